#pragma once

#include "ui/experiments/experiment.h"

#include <filesystem>

class QLabel;
class QStackedLayout;
class QToolButton;

namespace headlight {

class Segments;

/// The experiments, one at a time: questions that take more than the one pass that the other views show. Made
/// when first chosen.
class ExperimentsPage : public QWidget {
    Q_OBJECT
public:
    /// `waitWhileBusy`: blocks while a text is being read (Runner::waitUntilIdle); may be empty, and so may
    /// `showSentence` (see ExperimentContext).
    ExperimentsPage(const TraceStore& store, Selection& selection, Jobs& jobs,
                    std::function<void(std::stop_token)> waitWhileBusy = {},
                    std::function<void(const SentenceToShow&)> showSentence = {}, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setModel(const std::shared_ptr<const LoadedModel>& model);
    /// Of experimentEntries().
    void setCurrent(int index);
    int current() const;
    Experiment* experiment() const;
    /// The experiment that is shown, by the ending of the path: .png, .svg, .pdf, or .csv, .json for its
    /// numbers. Whole or not at all. Throws RequestError and FileError.
    void save(const std::filesystem::path& path);

    QSize minimumSizeHint() const override { return {480, 320}; }

private:
    void chooseFile(const QString& ending);
    void refreshSave();

    FormulaLibrary m_formulas;
    ExperimentContext m_context;
    std::vector<ExperimentEntry> m_entries;
    std::vector<Experiment*> m_made; ///< null: not chosen yet
    Theme m_theme = lightTheme();
    std::shared_ptr<const LoadedModel> m_model;
    Segments* m_choice;
    QToolButton* m_save;
    QLabel* m_saved; ///< what became of saving
    QStackedLayout* m_stack;
};

} // namespace headlight
