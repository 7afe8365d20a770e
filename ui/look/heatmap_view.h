#pragma once

#include "ui/look/custom_plot.h"
#include "ui/look/heatmap_picture.h"
#include "ui/session/edits_state.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

#include <optional>

namespace headlight {

/// The weights of one head: a row a query, a column a key, the colour scale beside it. Pointing at a cell
/// tells its exact weight and score; clicking selects it, arrow keys walk. A word at the top is a column to
/// read, a word at the left a row. The wheel zooms at the pointer.
class HeatmapView : public QCustomPlot {
    Q_OBJECT
public:
    HeatmapView(const TraceStore& store, Selection& selection, ViewOptions& options,
                QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Lets the Edit tool (key E) mask cells: with it, a click or Space masks a cell of the shown head, or
    /// frees it again. Without edits there is no tool.
    void setEdits(EditsState* edits) { m_edits = edits; }
    /// Shows these numbers in the place of the weights of the selected head; asked with every trace.
    void setSource(MapSource source);
    /// The source has other numbers now.
    void refresh() { readTrace(); }
    bool editing() const { return m_editing; }
    void setEditing(bool on);
    const HeatmapPicture& picture() const { return m_picture; }
    /// Paints the map for a figure of this size: no preview, no focus.
    void paintFigure(QCPPainter& painter, QSize size);

    QSize minimumSizeHint() const override { return {320, 260}; }

Q_SIGNALS:
    void editingChanged(bool on);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void build();
    void readTrace();
    void readOptions();
    void readSelection();
    void readHover();
    void takeSelection();
    void takeTrace();
    void layOut(QSize size);
    void describe();
    void setFocused(bool focused);
    /// The token of the strongest shown key of a query; -1 when there is none.
    int strongestKey(int query) const;
    void select(QPointF point);
    void walk(int key);
    /// Selects the cell that is next in the order of weight, or the one before it, and brings it into view.
    void walkByWeight(bool forwards);
    /// The part that is seen follows the pointer in the overview.
    void lookAtOverview(QPointF point);
    /// Masks the cell of these tokens in the shown head, or frees it.
    void toggleCell(int query, int key);
    bool zoomByKey(int key);

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    EditsState* m_edits = nullptr;
    MapSource m_source; ///< empty: the weights of the selected head
    bool m_editing = false;
    MapLabels m_labels;
    HeatmapPicture m_picture;
    std::optional<QPointF> m_dragged; ///< where the hand that moves the map was last
    bool m_overviewHeld = false;
};

} // namespace headlight
