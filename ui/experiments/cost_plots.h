#pragma once

#include "engine/experiments/cost_experiment.h"
#include "ui/experiments/plot_look.h"

#include <QWidget>

namespace headlight {

/// The laws over the longer half of the lengths, else over all.
const CostLaws& shownLaws(const CostResult& result);

/// True when the median pass of some length took more than twice as long as its fastest: something else used
/// the machine, and the fitted exponents of the time are not to be trusted.
bool wasDisturbed(const CostResult& result);

/// Time and memory of the two layers against n, with the law that was fitted to each.
class CostPlots : public QWidget {
    Q_OBJECT
public:
    explicit CostPlots(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setResult(const CostResult& result);
    void setLogarithmic(bool on);
    void paintFigure(QCPPainter& painter, QSize size);
    const Plot& time() const { return *m_time; }
    const Plot& memory() const { return *m_memory; }

private:
    Plot* m_time;
    Plot* m_memory;
};

} // namespace headlight
