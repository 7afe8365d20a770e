#pragma once

#include "ui/experiments/experiment.h"
#include "ui/experiments/head_finder.h"
#include "ui/experiments/messenger.h"

class QLabel;
class QPushButton;
class QScrollArea;
class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace headlight {

class ExampleMap;
class FindControls;
class FoundHeadsModel;
class FoundSentencesModel;
class JobBar;
class Plot;

/// "Find heads": all heads ranked over many sentences by a metric, a relation, or what is marked in one
/// example, and of the selected head the sentences in which it does it most. Begins when asked to; what was
/// found until it is stopped stays.
class FindExperiment : public Experiment {
    Q_OBJECT
public:
    explicit FindExperiment(const ExperimentContext& context, QWidget* parent = nullptr);
    ~FindExperiment() override;

    void setTheme(const Theme& theme) override;
    void setModel(const std::shared_ptr<const LoadedModel>& model) override;
    std::optional<FigureSource> figure() override;
    std::optional<NumberTable> numbers() const override;

    const std::shared_ptr<const FoundHeads>& found() const { return m_found; }
    bool running() const { return m_job != 0; }
    /// Of the next search.
    void setFile(const QString& path);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildExample();
    QWidget* buildHeads();
    QWidget* buildSentences();
    FindQuestion question() const;
    void start();
    void take(const std::shared_ptr<const FoundHeads>& found);
    void tellJob(const JobState& state);
    void readWindow();
    void showExampleCell(const QRect& cell);
    void showHead();
    void choose(const QModelIndex& current);
    void showSentence(int row, bool look);
    void say();

    ExperimentContext m_context;
    Theme m_theme = lightTheme();
    std::shared_ptr<const LoadedModel> m_model;
    std::shared_ptr<const FoundHeads> m_found;
    quint64 m_job = 0;
    QString m_problem;
    bool m_showing = false; ///< the table follows the window
    Messenger m_messenger;
    FindControls* m_controls;
    ExampleMap* m_example;
    QWidget* m_examplePart = nullptr;
    QScrollArea* m_exampleScroll = nullptr;
    QLabel* m_marks;
    QPushButton* m_unmark;
    QLabel* m_sentence; ///< what is shown, or why nothing is
    FoundHeadsModel* m_heads;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_headTable;
    Plot* m_plot;
    FoundSentencesModel* m_sentences;
    QLabel* m_sentencesTitle;
    QTableView* m_sentenceTable;
    QSplitter* m_split;
    JobBar* m_bar;
};

} // namespace headlight
