#pragma once

#include "ui/experiments/bench_content.h"
#include "ui/experiments/bench_feed.h"
#include "ui/experiments/experiment.h"
#include "ui/experiments/messenger.h"

class QBoxLayout;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace headlight {

class BenchView;
class JobBar;
class Segments;

/// Mechanism bench: the selected query of the selected head, scored and normalised in every way. Follows the
/// trace, head and query; times are measured when asked for.
class BenchExperiment : public Experiment {
    Q_OBJECT
public:
    explicit BenchExperiment(const ExperimentContext& context, QWidget* parent = nullptr);
    ~BenchExperiment() override;

    void setTheme(const Theme& theme) override;
    std::optional<FigureSource> figure() override;
    std::optional<NumberTable> numbers() const override;
    const BenchContent& content() const { return m_content; }

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildControls();
    void ask();
    void take(const std::shared_ptr<const Trace>& trace, const std::shared_ptr<const BenchResult>& result);
    void fillQueries();
    void chooseNormaliser(int id);
    void measure();
    void tellJob(const JobState& state);
    void say();
    BenchSettings settings() const;

    ExperimentContext m_context;
    Theme m_theme = lightTheme();
    BenchContent m_content;
    QString m_problem; ///< why there is nothing; empty when there is
    quint64 m_job = 0; ///< that measures times
    Messenger m_messenger;
    QBoxLayout* m_controls;
    Segments* m_normaliser;
    QComboBox* m_query;
    QToolButton* m_numbers;
    QLabel* m_windowLabel;
    QSpinBox* m_window;
    QSpinBox* m_seed;
    QPushButton* m_measure;
    BenchView* m_view;
    QLabel* m_sentences;
    JobBar* m_bar;
    BenchFeed m_feed; ///< last: its thread ends before anything else goes
};

} // namespace headlight
