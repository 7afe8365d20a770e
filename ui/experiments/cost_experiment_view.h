#pragma once

#include "engine/experiments/cost_experiment.h"
#include "ui/experiments/experiment.h"
#include "ui/experiments/messenger.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTableWidget;

namespace headlight {

class CostPlots;
class JobBar;
class Segments;

/// "What it costs": attention and a GRU layer against n, measured on this machine while one watches. Begins
/// when asked to.
class CostExperimentView : public Experiment {
    Q_OBJECT
public:
    explicit CostExperimentView(const ExperimentContext& context, QWidget* parent = nullptr);
    ~CostExperimentView() override;

    void setTheme(const Theme& theme) override;
    std::optional<FigureSource> figure() override;
    std::optional<NumberTable> numbers() const override;

    /// Of the next run; its lengths instead of those that are chosen.
    void setSettings(const CostSettings& settings);
    const CostResult& result() const { return m_result; }
    const CostPlots& plots() const { return *m_plots; }
    bool running() const { return m_job != 0; }

private:
    void start();
    void tellJob(const JobState& state);
    void fillTable();
    void say();

    ExperimentContext m_context;
    Theme m_theme = lightTheme();
    CostSettings m_settings;
    CostResult m_result;
    quint64 m_job = 0;
    bool m_stopped = false; ///< the last run was cancelled
    QString m_problem;
    Messenger m_messenger;
    QComboBox* m_longest;
    QPushButton* m_start;
    Segments* m_axes;
    CostPlots* m_plots;
    QTableWidget* m_table;
    QLabel* m_sentences;
    QLabel* m_machine;
    JobBar* m_bar;
};

} // namespace headlight
