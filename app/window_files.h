#pragma once

#include "app/main_window.h"
#include "app/preferences.h"
#include "engine/files/recipe.h"
#include "ui/autosave/autosave.h"
#include "ui/history/history_keeper.h"
#include "ui/render/figure.h"
#include "ui/session/jobs.h"
#include "ui/session/trace_store.h"

#include <QObject>
#include <QPointer>

class QAction;
class QMenu;
class QMimeData;
class QWidget;

namespace headlight {

using SaveNumbers = std::function<void(const Workspace& workspace, const std::filesystem::path& path)>;

/// What the files of a window need of it.
struct WindowFileHooks {
    std::function<void(const std::string& folder)> openModel;
    std::function<void(const std::shared_ptr<const Trace>&)>
        showTrace;                                       ///< of a file; typing goes back to live
    std::function<void()> openAnother;                   ///< starts another window; may be empty
    std::function<std::shared_ptr<const Trace>()> trace; ///< the one that is shown; may be null
    std::function<HeadAddress()> head;                   ///< the selected one
    std::function<FigureSource()> figure;                ///< of the view that is shown
    /// Writes the numbers of the view that is shown, on any thread; empty, or giving nothing: those of the
    /// map are meant.
    std::function<SaveNumbers()> numbers;
    std::function<QString()> startText;                ///< what a fresh window shows
    std::function<void(const QString& sentence)> say;  ///< a calm remark
    std::function<void(const QString& sentence)> warn; ///< something could not be done
};

/// The files of one window: sessions, figures and numbers that are saved and opened again, recent ones, what
/// is dropped on the window, the autosave. Every file that may be large is read on a job's thread. Nothing
/// here blocks: dialogs are open beside the window, errors are sentences in it.
class WindowFiles : public QObject {
    Q_OBJECT
public:
    /// `window` is the parent of dialogs, and files can be dropped on it and on the editors in it.
    WindowFiles(QWidget* window, Document& document, HistoryKeeper& keeper, WindowFileHooks hooks,
                const FileSettings& settings, std::filesystem::path autosaveFolder);
    ~WindowFiles() override;

    /// Open, reopen recent, save, save as, export, start fresh; undo and redo into `edit`.
    void addTo(QMenu* file, QMenu* edit);
    /// With the first picture: what a crash left behind is shown, else what is there is the first state.
    void begin();
    /// The window is closed by its user.
    void finish();
    FileSettings settings() const { return m_settings; }

    /// A session, figure, trace, workspace or model folder, told apart by content.
    void open(const std::filesystem::path& path);
    void save();
    /// The ending decides: .headlight
    void saveAs(const std::filesystem::path& path);
    /// .png, .svg, .pdf, .csv or .json of what is shown, with its workspace. Painted at once; the file is
    /// made and written on a job's thread.
    void exportTo(const std::filesystem::path& path, QSize size, int scale);
    void startFresh();
    /// To be called when a model was opened: says so where it is not the one that a file was made with.
    void noteModel(const ModelReference& model);
    /// To be called when there is no such model: says that another one is shown.
    void missModel(const std::string& name);
    /// The folder of this name among those that were opened before; empty: none.
    std::filesystem::path knownModelFolder(const std::string& name) const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void openDialog();
    void saveDialog();
    void exportDialog();
    /// Whether other windows were left behind by a crash; their menu entry is there only then.
    bool offerOthers();
    void fillRecent();
    void remember(const std::filesystem::path& path);
    void adopt(const Workspace& workspace, const QString& file);
    void attempt(const std::function<void()>& work);
    static QString droppedFile(const QMimeData* data);

    QWidget* m_window;
    Document& m_document;
    HistoryKeeper& m_keeper;
    WindowFileHooks m_hooks;
    FileSettings m_settings;
    std::filesystem::path m_path;             ///< of the session; empty: not saved yet
    std::optional<ModelReference> m_expected; ///< the model that the opened file was made with
    QPointer<QMenu> m_recent;
    QAction* m_another = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    Autosave m_autosave;
    Jobs m_jobs; ///< last: its thread ends before anything else goes
};

} // namespace headlight
