#pragma once

#include "ui/look/custom_plot.h"
#include "ui/look/heatmap_picture.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

namespace headlight {

/// The weights of one head: a row a query, a column a key, the colour scale beside it from 0 to 1. Pointing
/// at a cell tells its exact weight and score; clicking selects it, arrow keys walk.
class HeatmapView : public QCustomPlot {
    Q_OBJECT
public:
    HeatmapView(const TraceStore& store, Selection& selection, ViewOptions& options,
                QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    const HeatmapPicture& picture() const { return m_picture; }
    /// Paints the map for a figure of this size: no preview, no focus.
    void paintFigure(QCPPainter& painter, QSize size);

    QSize minimumSizeHint() const override { return {320, 260}; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent*) override {}
    void mouseDoubleClickEvent(QMouseEvent* event) override { mousePressEvent(event); }
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void build();
    void readTrace();
    void readSelection();
    void readHover();
    void layOut(QSize size);
    void describe();
    int strongestKey(int query) const;

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    HeatmapPicture m_picture;
    QCPColorScale* m_scale = nullptr; ///< owned by the plot, like the layers
    QCPLayer* m_marks = nullptr;
    QCPLayer* m_card = nullptr;
};

} // namespace headlight
