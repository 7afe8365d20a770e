#include "ui/experiments/cost_plots.h"

#include <QHBoxLayout>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int attention = 0; // series
constexpr int recurrent = 1;
constexpr double mebibyte = 1024.0 * 1024.0;

/// "attention: n^1.92"
QString named(const QString& layer, const std::optional<PowerLaw>& law) {
    return law ? CostPlots::tr("%1: n^%2").arg(layer).arg(law->exponent, 0, 'f', 2) : layer;
}

/// Points enough that the law is a curve on linear axes too.
std::vector<QPointF> curveOf(const std::optional<PowerLaw>& law, const std::vector<CostPoint>& points,
                             size_t from, double unit) {
    std::vector<QPointF> curve;
    if (!law || points.size() <= from)
        return curve;
    constexpr int steps = 48;
    const double first = points[from].length;
    const double growth = points.back().length / first;
    for (int i = 0; i <= steps; ++i) {
        const double n = first * std::pow(growth, static_cast<double>(i) / steps);
        curve.emplace_back(n, law->at(n) / unit);
    }
    return curve;
}
} // namespace

const CostLaws& shownLaws(const CostResult& result) {
    return result.longLaws.attentionTime ? result.longLaws : result.laws;
}

bool wasDisturbed(const CostResult& result) {
    const auto disturbed = [](const LayerCost& cost) { return cost.seconds > 2 * cost.fastest; };
    return std::any_of(result.points.begin(), result.points.end(), [&](const CostPoint& point) {
        return disturbed(point.attention) || disturbed(point.recurrent);
    });
}

CostPlots::CostPlots(QWidget* parent)
    : QWidget(parent), m_time(new Plot(tr("time of one pass"), tr("n, tokens"), tr("seconds"), this)),
      m_memory(new Plot(tr("memory of what it keeps"), tr("n, tokens"), tr("MiB"), this)) {
    for (Plot* plot : {m_time, m_memory}) {
        plot->addSeries(tr("attention"));
        plot->addSeries(tr("GRU"));
    }
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_time, 1);
    layout->addWidget(m_memory, 1);
    setLogarithmic(true);
}

void CostPlots::setTheme(const Theme& theme) {
    m_time->setTheme(theme);
    m_memory->setTheme(theme);
}

void CostPlots::setLogarithmic(bool on) {
    for (Plot* plot : {m_time, m_memory}) {
        plot->setLogarithmic(on, on);
        plot->refresh();
    }
}

void CostPlots::setResult(const CostResult& result) {
    std::vector<PlotPoint> times[2];
    std::vector<PlotPoint> bytes[2];
    for (const CostPoint& point : result.points) {
        int series = attention;
        for (const LayerCost* cost : {&point.attention, &point.recurrent}) {
            times[series].push_back({static_cast<double>(point.length), cost->seconds,
                                     cost->seconds - cost->fastest, cost->slowest - cost->seconds});
            bytes[series].push_back(
                {static_cast<double>(point.length), static_cast<double>(cost->heldBytes) / mebibyte, 0, 0});
            ++series;
        }
    }
    const CostLaws& laws = shownLaws(result);
    const size_t from = &laws == &result.longLaws ? result.points.size() / 2 : 0;
    const auto show = [&](Plot& plot, int series, const QString& name, const std::vector<PlotPoint>& points,
                          const std::optional<PowerLaw>& law, double unit) {
        plot.setPoints(series, points);
        plot.setCurve(series, curveOf(law, result.points, from, unit));
        plot.setSeriesName(series, named(name, law));
    };
    show(*m_time, attention, tr("attention"), times[attention], laws.attentionTime, 1);
    show(*m_time, recurrent, tr("GRU"), times[recurrent], laws.recurrentTime, 1);
    show(*m_memory, attention, tr("attention"), bytes[attention], laws.attentionBytes, mebibyte);
    show(*m_memory, recurrent, tr("GRU"), bytes[recurrent], laws.recurrentBytes, mebibyte);
    for (Plot* plot : {m_time, m_memory}) {
        const double first = result.settings.lengths.empty() ? 1 : result.settings.lengths.front();
        const double last = result.settings.lengths.empty() ? 1 : result.settings.lengths.back();
        plot->setLeastRangeX({first, std::max(last, first + 1)});
        plot->refresh();
    }
}

void CostPlots::paintFigure(QCPPainter& painter, QSize size) {
    const int width = size.width() / 2;
    m_time->paintFigure(painter, {0, 0, width, size.height()});
    m_memory->paintFigure(painter, {width, 0, size.width() - width, size.height()});
}

} // namespace headlight
