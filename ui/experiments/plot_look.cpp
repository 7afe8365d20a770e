#include "ui/experiments/plot_look.h"

#include "ui/look/axes_look.h"
#include "ui/theme/role_colours.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int leftMargin = 64;
constexpr int topMargin = 9; // half of the uppermost label of the axis
} // namespace

QColor seriesColour(int series, const Theme& theme) {
    return roleColour(series == 0 ? SymbolRole::query : SymbolRole::key, theme);
}

Plot::Plot(const QString& title, const QString& xLabel, const QString& yLabel, QWidget* parent)
    : QCustomPlot(parent), m_title(new QCPTextElement(this, title)), m_mark(new QCPItemStraightLine(this)) {
    setInteractions({});
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(title);
    plotLayout()->insertRow(0);
    plotLayout()->addElement(0, 0, m_title);
    m_title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    plotLayout()->setRowSpacing(2);
    xAxis->setLabel(xLabel);
    yAxis->setLabel(yLabel);
    axisRect()->setupFullAxesBox(false);
    // All plots alike at the left, so that axes above each other agree.
    axisRect()->setMinimumMargins({leftMargin, topMargin, 12, 0});
    legend->setVisible(false);
    m_mark->setVisible(false);
    m_mark->setLayer(QStringLiteral("grid"));
    setTheme(m_theme);
}

void Plot::setTheme(const Theme& theme) {
    m_theme = theme;
    const Palette& colours = theme.palette;
    setAxesLook(*this, theme);
    m_title->setFont(bold(theme.small));
    m_title->setTextColor(colours.text);
    QColor ground = colours.canvas;
    ground.setAlpha(215);
    legend->setBrush(ground);
    legend->setBorderPen(Qt::NoPen);
    legend->setFont(theme.small);
    legend->setTextColor(colours.text);
    legend->setIconSize(18, 10);
    legend->setRowSpacing(-2);
    legend->setMargins({4, 2, 6, 2});
    m_mark->setPen(QPen(colours.mutedText, 1, Qt::DashLine));
    for (const Series& each : m_series) {
        const QColor colour = seriesColour(each.colour, theme);
        each.curve->setPen(QPen(colour, 1.4, each.colour == 0 ? Qt::SolidLine : Qt::DashLine));
        if (each.bars) {
            QColor fill = colour;
            fill.setAlpha(110);
            each.bars->setBrush(fill);
            each.bars->setPen(Qt::NoPen);
            each.curve->setPen(QPen(colours.text, 1.4));
        } else {
            each.points->setScatterStyle(QCPScatterStyle(
                each.colour == 0 ? QCPScatterStyle::ssDisc : QCPScatterStyle::ssSquare, QPen(colour, 1.4),
                each.colour == 0 ? QBrush(colour) : QBrush(colours.canvas), 6.5));
            each.points->setPen(QPen(colour, 1.4));
            each.errors->setPen(QPen(colour, 1.2));
            each.dotted->setPen(QPen(colour, 1.6, Qt::DotLine));
        }
    }
    refresh();
}

void Plot::showLegend() {
    if (legend->visible())
        return;
    // Between title and axes: over the points it would hide some.
    axisRect()->insetLayout()->take(legend);
    plotLayout()->insertRow(1);
    plotLayout()->addElement(1, 0, legend);
    plotLayout()->setRowStretchFactor(1, 0.001);
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    legend->setVisible(true);
}

void Plot::setTitle(const QString& title) {
    m_title->setText(title);
    setAccessibleName(title);
}

int Plot::addSeries(const QString& name) {
    Series series;
    series.colour = static_cast<int>(m_series.size());
    series.curve = addGraph();
    series.curve->removeFromLegend();
    series.points = addGraph();
    series.points->setLineStyle(QCPGraph::lsNone);
    series.points->setName(name);
    series.dotted = addGraph();
    series.dotted->removeFromLegend();
    series.errors = new QCPErrorBars(xAxis, yAxis);
    series.errors->removeFromLegend();
    series.errors->setDataPlottable(series.points);
    series.errors->setWhiskerWidth(5);
    series.errors->setSymbolGap(0);
    m_series.push_back(series);
    if (!name.isEmpty())
        showLegend();
    setTheme(m_theme);
    return static_cast<int>(m_series.size()) - 1;
}

int Plot::addBars(const QString& name, int colour) {
    Series series;
    series.colour = colour;
    series.bars = new QCPBars(xAxis, yAxis);
    series.bars->setName(name);
    series.bars->setWidthType(QCPBars::wtPlotCoords);
    series.bars->setAntialiased(false);
    series.curve = addGraph();
    series.curve->removeFromLegend();
    m_series.push_back(series);
    setTheme(m_theme);
    return static_cast<int>(m_series.size()) - 1;
}

QCPAbstractPlottable* Plot::named(int series) const {
    const Series& each = m_series[static_cast<size_t>(series)];
    return each.bars ? static_cast<QCPAbstractPlottable*>(each.bars) : each.points;
}

void Plot::setSeriesName(int series, const QString& name) {
    named(series)->setName(name);
}

QString Plot::seriesName(int series) const {
    return named(series)->name();
}

void Plot::setPoints(int series, const std::vector<PlotPoint>& points, double barWidth) {
    Series& each = m_series[static_cast<size_t>(series)];
    each.values = points;
    QVector<double> xs;
    QVector<double> ys;
    QVector<double> lows;
    QVector<double> highs;
    for (const PlotPoint& point : points) {
        xs << point.x;
        ys << point.y;
        lows << point.low;
        highs << point.high;
    }
    if (each.bars) {
        each.bars->setWidth(barWidth);
        each.bars->setData(xs, ys, true);
    } else {
        each.points->setData(xs, ys, true);
        each.errors->setData(lows, highs);
    }
}

void Plot::setCurve(int series, const std::vector<QPointF>& curve) {
    Series& each = m_series[static_cast<size_t>(series)];
    each.line = curve;
    QVector<double> xs;
    QVector<double> ys;
    for (const QPointF& point : curve) {
        xs << point.x();
        ys << point.y();
    }
    each.curve->setData(xs, ys, true);
}

void Plot::setDotted(int series, const std::vector<QPointF>& curve) {
    Series& each = m_series[static_cast<size_t>(series)];
    each.dots = curve;
    QVector<double> xs;
    QVector<double> ys;
    for (const QPointF& point : curve) {
        xs << point.x();
        ys << point.y();
    }
    each.dotted->setData(xs, ys, true);
}

void Plot::setLogarithmic(bool x, bool y) {
    m_logarithmicX = x;
    m_logarithmicY = y;
    const auto set = [](QCPAxis* axis, bool on, double base) {
        axis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        if (on) {
            const QSharedPointer<QCPAxisTickerLog> ticker(new QCPAxisTickerLog);
            ticker->setLogBase(base);
            ticker->setSubTickCount(0);
            axis->setTicker(ticker);
        } else {
            axis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
            axis->ticker()->setTickCount(4);
        }
    };
    set(xAxis, x, 4); // 1, 4, 16, ... 1024
    set(yAxis, y, 10);
    xAxis->setNumberFormat(x ? QStringLiteral("f") : QStringLiteral("g"));
    xAxis->setNumberPrecision(x ? 0 : 6);
    yAxis->setNumberFormat(y ? QStringLiteral("eb") : QStringLiteral("gb"));
    yAxis->setNumberPrecision(y ? 0 : 4);
}

void Plot::setMark(std::optional<double> x) {
    m_mark->setVisible(x.has_value());
    if (x) {
        m_mark->point1->setCoords(*x, yAxis->range().lower);
        m_mark->point2->setCoords(*x, yAxis->range().upper);
    }
}

QCPRange Plot::rangeOf(bool x) const {
    const bool logarithmic = x ? m_logarithmicX : m_logarithmicY;
    const std::optional<QCPRange>& least = x ? m_leastX : m_leastY;
    double lower = HUGE_VAL;
    double upper = -HUGE_VAL;
    const auto take = [&](double value) {
        if (!std::isfinite(value) || (logarithmic && value <= 0))
            return;
        lower = std::min(lower, value);
        upper = std::max(upper, value);
    };
    if (least) {
        take(least->lower);
        take(least->upper);
    }
    for (const Series& each : m_series) {
        for (const PlotPoint& point : each.values) {
            take(x ? point.x : point.y);
            if (!x)
                take(point.y + point.high);
        }
        for (const auto* curve : {&each.line, &each.dots})
            for (const QPointF& point : *curve)
                take(x ? point.x() : point.y());
    }
    if (lower > upper)
        return logarithmic ? QCPRange(1, 10) : QCPRange(0, 1);
    if (!logarithmic) {
        if (!least)
            lower = std::min(lower, 0.0);
        const double room = (upper - lower) * (x ? 0.02 : 0.08);
        return {least && lower == least->lower ? lower : lower - (lower < 0 ? room : 0),
                !x && least && upper == least->upper ? upper : upper + room};
    }
    if (x)
        return {lower / 1.3, upper * 1.3};
    return {std::pow(10, std::floor(std::log10(lower))), std::pow(10, std::ceil(std::log10(upper)))};
}

void Plot::refresh() {
    xAxis->setRange(rangeOf(true));
    yAxis->setRange(rangeOf(false));
    if (m_mark->visible())
        setMark(m_mark->point1->key());
    replot(rpQueuedReplot);
}

void Plot::paintFigure(QCPPainter& painter, const QRect& part) {
    painter.save();
    painter.translate(part.topLeft());
    toPainter(&painter, part.width(), part.height());
    painter.restore();
    replot(rpQueuedReplot);
}

} // namespace headlight
