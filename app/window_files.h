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

/// What the files of a window need of it.
struct WindowFileHooks {
    std::function<void(const std::string& folder)> openModel;
    std::function<void(const std::shared_ptr<const Trace>&)>
        showTrace;                                       ///< of a file; typing goes back to live
    std::function<std::shared_ptr<const Trace>()> trace; ///< the one that is shown; may be null
    std::function<HeadAddress()> head;                   ///< the selected one
    std::function<FigureSource()> figure;                ///< of the view that is shown
    std::function<QString()> startText;                  ///< what a fresh window shows
    std::function<void(const QString& sentence)> say;    ///< a calm remark
    std::function<void(const QString& sentence)> warn;   ///< something could not be done
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
    /// .png, .svg, .pdf, .csv or .json of what is shown, with its workspace.
    void exportTo(const std::filesystem::path& path, QSize size, int scale);
    void startFresh();
    /// To be called when a model was opened: says so where it is not the one that a file was made with.
    void noteModel(const ModelReference& model);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void openDialog();
    void saveDialog();
    void exportDialog();
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
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    Autosave m_autosave;
    Jobs m_jobs; ///< last: its thread ends before anything else goes
};

} // namespace headlight
