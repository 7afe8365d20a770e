#pragma once

#include "ui/edits/edit_tool.h"
#include "ui/look/custom_plot.h"
#include "ui/look/heatmap_picture.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

#include <optional>

namespace headlight {

/// The weights of one head: a row a query, a column a key, the colour scale beside it. Pointing at a cell
/// tells its exact weight and score; clicking selects it, arrow keys walk. A word at the top is a column to
/// read, a word at the left a row. The wheel zooms at the pointer. With the Edit tool in the hand, a click or
/// a drag changes cells, which stay marked.
class HeatmapView : public QCustomPlot {
    Q_OBJECT
public:
    HeatmapView(const TraceStore& store, Selection& selection, ViewOptions& options,
                QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Shows these numbers in the place of the weights of the selected head; asked with every trace.
    void setSource(MapSource source);
    /// The source has other numbers now.
    void refresh() { readTrace(); }
    /// What edits are made with: the tool that key E takes up, and the menu of a word (right click). Without
    /// them nothing is changed here.
    void setEdits(EditsState* edits, EditTool* tool);
    bool editing() const { return m_tool && m_tool->inHand(); }
    const HeatmapPicture& picture() const { return m_picture; }
    /// Paints the map for a figure of this size: no preview, no focus.
    void paintFigure(QCPPainter& painter, QSize size);

    QSize minimumSizeHint() const override { return {320, 260}; }

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
    void hideEvent(QHideEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
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
    /// The cell as the tool takes it; nothing where there is none.
    std::optional<EditedCell> editedCell(MapCell cell) const;
    std::optional<EditedCell> selectedCell() const;
    void beginStroke(MapCell cell, QPointF point);
    QRectF placeOnScreen() const;
    void paintTo(QPointF point);
    void goOnWithStroke(QPointF point);
    void endStroke();
    bool editByKey(const QKeyEvent& event);
    bool paintByKey(const EditedCell& cell, int key);
    bool zoomByKey(int key);

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    EditsState* m_edits = nullptr;
    MapSource m_source; ///< empty: the weights of the selected head
    EditTool* m_tool = nullptr;
    MapLabels m_labels;
    HeatmapPicture m_picture;
    std::optional<QPointF> m_dragged; ///< where the hand that moves the map was last
    bool m_overviewHeld = false;
    /// Of the Edit tool, while its button is down.
    struct Stroke {
        enum class Way { undecided, paints, adjusts };
        Way way = Way::undecided;
        MapCell cell;    ///< where it began
        QPointF began;   ///< likewise, on the screen: the map may move while it is painted
        QPointF last;    ///< the pointer
        QRectF place;    ///< of the map on the screen then
        double from = 0; ///< of an adjustment: the weight or score that there was
    };
    std::optional<Stroke> m_stroke;
};

} // namespace headlight
