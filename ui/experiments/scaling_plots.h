#pragma once

#include "engine/experiments/scaling_experiment.h"
#include "ui/experiments/plot_look.h"

#include <QWidget>

#include <array>

class QGridLayout;

namespace headlight {

/// Two histograms of scores, without and with the factor, over the same axis; the largest weight and the
/// gradient against d_k.
class ScalingPlots : public QWidget {
    Q_OBJECT
public:
    explicit ScalingPlots(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setPoints(std::vector<ScalingPoint> points);
    /// The d_k whose histograms are shown; they are empty until it is measured.
    void setShown(int headWidth);
    /// Null while it is not measured.
    const ScalingPoint* shown() const;
    const std::vector<ScalingPoint>& points() const { return m_points; }
    void paintFigure(QCPPainter& painter, QSize size);

    enum Part { unscaled, scaled, largestWeight, gradient };
    const Plot& plot(Part part) const { return *m_plots[static_cast<size_t>(part)]; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void refresh();

    std::vector<ScalingPoint> m_points;
    int m_headWidth = 64;
    QGridLayout* m_grid;
    std::array<Plot*, 4> m_plots; ///< by Part
};

} // namespace headlight
