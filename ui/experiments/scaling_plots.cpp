#include "ui/experiments/scaling_plots.h"

#include <QGridLayout>

#include <algorithm>

namespace headlight {

namespace {
constexpr int twoColumns = 460; // from this width on
constexpr int withFactor = 0;   // series and colour
constexpr int without = 1;

void showHistogram(Plot& plot, const ScoreStatistics* statistics, double reach) {
    std::vector<PlotPoint> bars;
    std::vector<QPointF> curve;
    if (statistics)
        for (size_t bin = 0; bin < statistics->density.size(); ++bin) {
            const double middle =
                statistics->lowest + (static_cast<double>(bin) + 0.5) * statistics->binWidth;
            bars.push_back({middle, statistics->density[bin], 0, 0});
            curve.emplace_back(middle, statistics->theoryDensity[bin]);
        }
    plot.setPoints(0, bars, statistics ? statistics->binWidth : 1);
    plot.setCurve(0, curve);
    plot.setLeastRangeX({-reach, reach});
    plot.refresh();
}

PlotPoint pointOf(int headWidth, const MeasuredMean& mean) {
    return {static_cast<double>(headWidth), mean.value, mean.standardError, mean.standardError};
}
} // namespace

ScalingPlots::ScalingPlots(QWidget* parent)
    : QWidget(parent), m_grid(new QGridLayout(this)),
      m_plots{new Plot(tr("scores q · k"), tr("score"), tr("density"), this),
              new Plot(tr("scores q · k / √dₖ"), tr("score, same axis"), tr("density"), this),
              new Plot(tr("largest weight of a row (mean)"), tr("dₖ"), QString(), this),
              new Plot(tr("softmax gradient; dotted: median row"), tr("dₖ"), QString(), this)} {
    m_plots[unscaled]->addBars(tr("without"), without);
    m_plots[scaled]->addBars(tr("with"), withFactor);
    for (const Part part : {unscaled, scaled}) {
        m_plots[part]->setLogarithmic(false, false);
    }
    for (const Part part : {largestWeight, gradient}) {
        m_plots[part]->addSeries(tr("q · k / √dₖ"));
        m_plots[part]->addSeries(tr("q · k"));
        m_plots[part]->setLeastRangeX({1, 1024});
    }
    m_plots[largestWeight]->setLogarithmic(true, false);
    m_plots[largestWeight]->setLeastRangeY({0, 1});
    m_plots[gradient]->setLogarithmic(true, true);
    m_plots[gradient]->setLeastRangeY({0.01, 1});
    m_plots[gradient]->setToolTip(
        tr("Root mean square of the Frobenius norm of the softmax's Jacobian, diag(w) − w wᵀ"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(6);
    arrange();
    refresh();
}

void ScalingPlots::setTheme(const Theme& theme) {
    for (Plot* plot : m_plots)
        plot->setTheme(theme);
}

void ScalingPlots::setPoints(std::vector<ScalingPoint> points) {
    m_points = std::move(points);
    refresh();
}

void ScalingPlots::setShown(int headWidth) {
    m_headWidth = headWidth;
    refresh();
}

const ScalingPoint* ScalingPlots::shown() const {
    const auto found = std::find_if(m_points.begin(), m_points.end(), [this](const ScalingPoint& each) {
        return each.headWidth == m_headWidth;
    });
    return found == m_points.end() ? nullptr : &*found;
}

void ScalingPlots::refresh() {
    const ScalingPoint* point = shown();
    const double reach = point ? -point->unscaled.lowest : 4;
    showHistogram(*m_plots[unscaled], point ? &point->unscaled : nullptr, reach);
    showHistogram(*m_plots[scaled], point ? &point->scaled : nullptr, std::max(reach, 4.0));
    const auto show = [this](Part part, MeasuredMean ScoreStatistics::*number) {
        for (const int series : {withFactor, without}) {
            std::vector<PlotPoint> measured;
            std::vector<QPointF> theory;
            for (const ScalingPoint& each : m_points) {
                const MeasuredMean& mean = (series == withFactor ? each.scaled : each.unscaled).*number;
                measured.push_back(pointOf(each.headWidth, mean));
                theory.emplace_back(each.headWidth, mean.theory);
            }
            m_plots[part]->setPoints(series, measured);
            m_plots[part]->setCurve(series, theory);
        }
        m_plots[part]->setMark(m_headWidth);
        m_plots[part]->refresh();
    };
    show(largestWeight, &ScoreStatistics::largestWeight);
    for (const int series : {withFactor, without}) {
        std::vector<QPointF> medians;
        for (const ScalingPoint& each : m_points)
            medians.emplace_back(each.headWidth,
                                 (series == withFactor ? each.scaled : each.unscaled).jacobianMedian);
        m_plots[gradient]->setDotted(series, medians);
    }
    show(gradient, &ScoreStatistics::jacobianNorm);
}

void ScalingPlots::arrange() {
    const int columns = width() >= twoColumns ? 2 : 1;
    if (m_grid->count() > 0 && (m_grid->itemAtPosition(0, 1) != nullptr) == (columns == 2))
        return;
    for (Plot* plot : m_plots)
        m_grid->removeWidget(plot);
    // The two histograms stand above each other, so that their common axis can be seen.
    for (size_t i = 0; i < m_plots.size(); ++i) {
        const int place = static_cast<int>(i);
        if (columns == 2)
            m_grid->addWidget(m_plots[i], place % 2, place / 2);
        else
            m_grid->addWidget(m_plots[i], place, 0);
    }
}

void ScalingPlots::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void ScalingPlots::paintFigure(QCPPainter& painter, QSize size) {
    const int width = size.width() / 2;
    const int height = size.height() / 2;
    for (int i = 0; i < 4; ++i)
        m_plots[static_cast<size_t>(i)]->paintFigure(painter, {i / 2 * width, i % 2 * height,
                                                               i / 2 == 0 ? width : size.width() - width,
                                                               i % 2 == 0 ? height : size.height() - height});
}

} // namespace headlight
