#pragma once

#include "engine/core/progress.h"
#include "engine/files/examples.h"
#include "engine/session/model_session.h"
#include "ui/evidence/evidence_feed.h"
#include "ui/history/history_keeper.h"
#include "ui/row/row_content.h"
#include "ui/session/document.h"
#include "ui/session/jobs.h"
#include "ui/session/runner.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/theme/theme.h"

#include <QByteArray>
#include <QImage>
#include <QMainWindow>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class QAction;
class QLabel;
class QMenu;
class QToolButton;

namespace headlight {

class EditBanner;
class ExamplesButton;
class GestureHelp;
class GlossaryDialog;
class HistoryPanel;
class HeadsView;
class JobBar;
class LookViews;
class Pages;
class NoticeStrip;
class RowPanel;
class TextEditor;
class TokenChips;
class ViewBar;
class WhatIfPanel;
class WindowFiles;
struct FigureSource;
struct OtherModelHooks;
struct PageContext;
struct SentenceToShow;
struct ShownSteps;

/// What the window remembers from one start to the next. A value: the application reads and writes it.
struct WindowSettings {
    ThemeName theme = ThemeName::light;
    RowOrder rowOrder = RowOrder::strongest;
    ViewChoices shown;          ///< nothing pinned, no zoom, no numbers of heads
    int sizePercent = 100;      ///< of everything; a change is for the next start
    bool reducedMotion = false; ///< besides what the desktop asks for
    QByteArray geometry;        ///< QWidget::saveGeometry
};

/// The sizes that can be chosen, in percent: for a projector, or for tired eyes.
const std::vector<int>& windowSizes();

/// What the window remembers about files. A value.
struct FileSettings {
    QStringList recent;   ///< paths, newest first
    QString exportFolder; ///< empty: the home folder
    QString exportFormat = QStringLiteral("png");
    int exportScale = 2; ///< of a PNG, 1 to 4
    friend bool operator==(const FileSettings&, const FileSettings&) = default;
};

/// What the window asks of the application that it cannot do itself.
struct WindowHooks {
    std::vector<std::string> models; ///< bundled ones, for the model menu
    /// Loads a bundled name or a folder; called on a job's thread; throws Error.
    std::function<std::shared_ptr<const LoadedModel>(const std::string&)> loadModel;
    /// Trains a reader and returns the folder it was written to; called on a job's thread; throws Error or
    /// Cancelled. Empty: there is no training in this build, and no menu entry.
    std::function<std::filesystem::path(const JobControl&)> trainReader;
    std::function<void()> openAnother; ///< starts another window, which restores what is still to be restored
    std::filesystem::path autosave;    ///< folder; empty: the window has no files at all
    FileSettings files;
    std::vector<ExampleGroup> examples; ///< none: no examples are offered
};

/// The window: puts the views together, computes nothing. Every view shows the one trace and the one
/// selection.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// Submits the example of the model's notes at once; the first picture follows. `runner` already reads
    /// with `model`, and outlives the window.
    MainWindow(Runner& runner, std::shared_ptr<const LoadedModel> model, const WindowSettings& settings,
               WindowHooks hooks, QWidget* parent = nullptr);
    ~MainWindow() override;

    WindowSettings settings() const;
    const TraceStore& traces() const { return m_traces; }
    Selection& selection() { return m_selection; }
    ViewOptions& options() { return m_options; }
    Document& document() { return m_document; }
    void setText(const QString& text);
    void setTheme(ThemeName name);
    /// A session, figure, recording or model folder.
    void openFile(const std::filesystem::path& path);
    FileSettings fileSettings() const;
    /// Loads another model in the background; on failure the window says why and goes on with what it has.
    void openModel(const std::string& nameOrFolder);
    void train();

    /// A picture of the whole window, also without a display. Waits (with the event loop running) until the
    /// last text was read, at most `milliseconds`.
    QImage picture(int milliseconds = 20000);

Q_SIGNALS:
    /// Every visible view has painted the trace of this request, and the picture was handed to the window
    /// system.
    void painted(quint64 requestId);

protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildTop();
    void buildCentre();
    void buildStatusBar();
    void buildMenus();
    void fillModelMenu();
    QAction* action(QMenu* menu, const QString& text, const QKeySequence& keys, std::function<void()> what);
    void applyTheme();
    void openNamedModel(const std::string& name);
    void adoptModel(std::shared_ptr<const LoadedModel> model);
    void submit();
    /// Asks for a trace of the texts, with the details that the page needs.
    void request();
    bool wantDetails(const HeadAddress& head);
    void showPage();
    void enterSteps(EnteredNumber number);
    void exportSteps(const ShownSteps& steps, const QString& format, int digits);
    bool reducedMotion() const;
    void takeTexts(const QString& text, const QString& pair);
    void showPair(bool on);
    void showExample(const TextExample& example);
    /// What an experiment found.
    void showSentence(const SentenceToShow& sentence);
    /// As a new state: undo leads back to what was there.
    void showNew(const Workspace& workspace);
    void showTrace(quint64 id, const std::shared_ptr<const Trace>& trace);
    void showFacts(const Trace& trace);
    void showError(const QString& message, bool isOfText);
    void showFailure(quint64 id, const QString& message);
    void showJob(const JobState& state);
    void showLoading(const JobState& state);
    void chooseFolder();
    void say(const QString& sentence);
    QString usualHints() const;
    PageContext pageContext();
    OtherModelHooks otherModels();
    std::vector<std::string> exampleSentences() const;
    void buildFiles();
    void showRecording(const std::shared_ptr<const Trace>& trace);
    FigureSource shownFigure();
    void buildSizeMenu(QMenu* view);
    void buildEvidence(QMenu* view);
    void showHelp();
    /// `term`: a word of the glossary; empty: from the beginning.
    void showGlossary(const QString& term);

    static constexpr int narrowestLeft = 226;

    Runner& m_runner;
    std::shared_ptr<const LoadedModel> m_model;
    WindowHooks m_hooks;
    Theme m_theme;
    int m_sizePercent = 100;
    bool m_reducedMotion = false;
    TraceStore m_traces;
    Selection m_selection;
    ViewOptions m_options;
    Document m_document{m_selection, m_options};
    HistoryKeeper m_keeper{m_document};
    quint64 m_submitted = 0;
    quint64 m_answered = 0;
    quint64 m_toPaint = 0;      ///< newest trace that is not painted yet; 0: none
    quint64 m_firstOfModel = 0; ///< its answer gets the head that its notes name
    bool m_errorIsOfText = true;
    bool m_takingTexts = false;
    bool m_beginning = false;      ///< what a crash left behind is being shown
    bool m_recordingShown = false; ///< instead of what the model makes of the text
    QString m_toolHint;            ///< of the Edit tool, while it is in the hand
    QString m_exampleText;         ///< while it is shown, so is its hint

    QToolButton* m_modelButton = nullptr;
    QToolButton* m_themeButton = nullptr;
    TextEditor* m_editor = nullptr;
    TextEditor* m_pair = nullptr;
    QToolButton* m_pairButton = nullptr;
    ExamplesButton* m_examples = nullptr;
    TokenChips* m_chips = nullptr;
    NoticeStrip* m_notice = nullptr;
    QWidget* m_left = nullptr;
    HeadsView* m_heads = nullptr;
    Pages* m_pages = nullptr;
    LookViews* m_views = nullptr;
    ViewBar* m_bar = nullptr;
    EditBanner* m_banner = nullptr;
    WhatIfPanel* m_whatIf = nullptr;
    QAction* m_whatIfAction = nullptr;
    QAction* m_evidenceAction = nullptr;
    RowPanel* m_row = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_hints = nullptr;
    JobBar* m_job = nullptr;
    QAction* m_trainAction = nullptr;
    GestureHelp* m_help = nullptr;
    GlossaryDialog* m_glossary = nullptr;
    HistoryPanel* m_history = nullptr;
    QMenu* m_fileMenu = nullptr;
    QMenu* m_editMenu = nullptr;
    WindowFiles* m_files = nullptr;

    // Last: their threads are stopped before anything else goes.
    quint64 m_training = 0; ///< job that trains; 0: none was started
    Jobs m_loading;
    Jobs m_jobs;
    EvidenceFeed m_evidence;
};

} // namespace headlight
