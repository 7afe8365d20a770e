#pragma once

#include "ui/experiments/experiment.h"
#include "ui/experiments/messenger.h"
#include "ui/experiments/scaling_plots.h"

class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;

namespace headlight {

class JobBar;

/// "Why divide by sqrt(d_k)?": begins when it is first shown; a slider chooses the d_k whose scores are seen.
class ScalingExperimentView : public Experiment {
    Q_OBJECT
public:
    explicit ScalingExperimentView(const ExperimentContext& context, QWidget* parent = nullptr);
    ~ScalingExperimentView() override;

    void setTheme(const Theme& theme) override;
    std::optional<FigureSource> figure() override;
    std::optional<NumberTable> numbers() const override;

    /// Before the first run; the seed is the one that its field shows.
    void setSettings(const ScalingSettings& settings);
    const ScalingPlots& plots() const { return *m_plots; }
    bool running() const { return m_job != 0; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void start();
    void tellJob(const JobState& state);
    void say();
    int shownWidth() const;

    ExperimentContext m_context;
    Theme m_theme = lightTheme();
    ScalingSettings m_settings;
    std::vector<ScalingPoint> m_points;
    quint64 m_job = 0;
    bool m_begun = false;
    QString m_problem;
    Messenger m_messenger;
    QSlider* m_slider;
    QLabel* m_width;
    QSpinBox* m_seed;
    QPushButton* m_again;
    QLabel* m_sentences;
    ScalingPlots* m_plots;
    JobBar* m_bar;
};

} // namespace headlight
