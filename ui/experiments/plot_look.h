#pragma once

#include "ui/look/custom_plot.h"
#include "ui/theme/theme.h"

#include <optional>
#include <vector>

namespace headlight {

/// A measured point; `low` and `high`: how far it may be off.
struct PlotPoint {
    double x = 0;
    double y = 0;
    double low = 0;
    double high = 0;
};

/// Measured points with error bars beside a curve, in the colours of the theme. The two series differ in
/// colour, shape of the points and dash of the curve.
class Plot : public QCustomPlot {
    Q_OBJECT
public:
    Plot(const QString& title, const QString& xLabel, const QString& yLabel, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setTitle(const QString& title);
    /// Returns its number, 0 or 1. The name stands in the legend, which is not there without one.
    int addSeries(const QString& name);
    /// The same, with bars instead of points (a histogram of `setPoints`).
    int addBars(const QString& name, int colour);
    void setSeriesName(int series, const QString& name);
    QString seriesName(int series) const;
    void setPoints(int series, const std::vector<PlotPoint>& points, double barWidth = 0);
    void setCurve(int series, const std::vector<QPointF>& curve);
    /// Another curve of the series, dotted; what it is stands in the title.
    void setDotted(int series, const std::vector<QPointF>& curve);

    void setLogarithmic(bool x, bool y);
    bool logarithmicY() const { return m_logarithmicY; }
    /// Always shown; what was measured beyond it widens it. On a logarithmic axis the ends become powers of
    /// ten.
    void setLeastRangeX(QCPRange range) { m_leastX = range; }
    void setLeastRangeY(QCPRange range) { m_leastY = range; }
    /// A line across the plot; nothing: none.
    void setMark(std::optional<double> x);
    /// Fits the axes to what there is, and draws.
    void refresh();
    /// Draws into a part of a figure.
    void paintFigure(QCPPainter& painter, const QRect& part);

    QSize minimumSizeHint() const override { return {210, 150}; }
    QSize sizeHint() const override { return {330, 220}; }

private:
    struct Series {
        QCPGraph* points = nullptr;
        QCPErrorBars* errors = nullptr;
        QCPBars* bars = nullptr;
        QCPGraph* curve = nullptr;
        QCPGraph* dotted = nullptr;
        int colour = 0;
        std::vector<PlotPoint> values;
        std::vector<QPointF> line;
        std::vector<QPointF> dots;
    };
    void showLegend();
    QCPAbstractPlottable* named(int series) const;
    QCPRange rangeOf(bool x) const;

    Theme m_theme = lightTheme();
    QCPTextElement* m_title;
    std::vector<Series> m_series;
    QCPItemStraightLine* m_mark;
    bool m_logarithmicX = false;
    bool m_logarithmicY = false;
    std::optional<QCPRange> m_leastX, m_leastY;
};

/// 0: the accent; 1: the other one. Both can be told apart from each other and from the ground.
QColor seriesColour(int series, const Theme& theme);

} // namespace headlight
