#pragma once

#include "engine/metrics/head_metric.h"
#include "ui/look/custom_plot.h"
#include "ui/session/selection.h"
#include "ui/session/view_options.h"
#include "ui/theme/theme.h"

#include <array>
#include <optional>
#include <vector>

namespace headlight {

/// A head by two of its numbers.
struct HeadDot {
    HeadAddress head;
    double across = 0;
    double up = 0;
};

/// Heads as dots by two metrics. The selected head, the one that is pointed at and the pinned ones are named;
/// pointing at a dot previews its head, clicking selects it, Left and Right walk from dot to dot.
class MetricPlot : public QCustomPlot {
    Q_OBJECT
public:
    MetricPlot(Selection& selection, ViewOptions& options, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Heads without one of the two values are left out, and counted above the plot. A metric may be null:
    /// there are no dots then.
    void setValues(const HeadMetric* across, const std::vector<HeadValue>& acrossValues, const HeadMetric* up,
                   const std::vector<HeadValue>& upValues);
    const std::vector<HeadDot>& dots() const { return m_dots; }
    /// Where a dot was last drawn; nothing when the head has none.
    std::optional<QPointF> placeOf(const HeadAddress& head) const;
    QString note() const { return m_note->text(); }
    void paintFigure(QCPPainter& painter, const QRect& part);

    QSize minimumSizeHint() const override { return {180, 110}; }
    QSize sizeHint() const override { return {320, 220}; }

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    const HeadDot* dotAt(QPointF point) const;
    const HeadDot* dotOf(const HeadAddress& head) const;
    void readSelection();
    void name(size_t label, const HeadDot& dot, const QColor& colour);
    void fitAxes();
    void walk(int step);

    Selection& m_selection;
    ViewOptions& m_options;
    Theme m_theme = lightTheme();
    std::vector<HeadDot> m_dots;
    QString m_acrossName, m_upName;
    QCPTextElement* m_note;
    QCPGraph* m_all;
    QCPGraph* m_selected;
    QCPGraph* m_hovered;
    std::array<QCPGraph*, pinnedColours> m_pinned{};
    std::array<QCPItemText*, pinnedColours + 2> m_labels{}; ///< pinned ones, the selected, the hovered
};

} // namespace headlight
