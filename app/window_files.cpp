#include "app/window_files.h"

#include "engine/core/errors.h"
#include "engine/files/for_others.h"
#include "engine/files/trace_file.h"
#include "ui/render/numbers.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QUrl>

#include <array>

namespace headlight {

namespace {
namespace fs = std::filesystem;

constexpr const char* sessionEnding = "headlight";
constexpr std::array exportEndings{"png", "svg", "pdf", "csv", "json"};

QString shownPath(const fs::path& path) {
    return QString::fromStdString(path.filename().string());
}

/// What a job has read.
struct Opened {
    FileKind kind = FileKind::unknown;
    std::optional<Session> session;
    std::optional<Workspace> workspace;
    std::shared_ptr<const Trace> trace;
};

Opened readFile(const fs::path& path) {
    Opened opened;
    opened.kind = kindOf(path);
    switch (opened.kind) {
    case FileKind::modelFolder:
        break;
    case FileKind::session:
        opened.session = readSession(path);
        break;
    case FileKind::trace:
        opened.trace = readTraceFile(path);
        break;
    default:
        opened.workspace = workspaceIn(path);
    }
    return opened;
}
} // namespace

WindowFiles::WindowFiles(QWidget* window, Document& document, HistoryKeeper& keeper, WindowFileHooks hooks,
                         const FileSettings& settings, fs::path autosaveFolder)
    : QObject(window), m_window(window), m_document(document), m_keeper(keeper), m_hooks(std::move(hooks)),
      m_settings(settings), m_autosave(std::move(autosaveFolder), [&keeper] { return keeper.session(); }),
      m_jobs({}) {
    connect(&document, &Document::changed, &m_autosave, &Autosave::note);
    connect(&keeper, &HistoryKeeper::changed, &m_autosave, &Autosave::note);
    connect(&m_autosave, &Autosave::failed, this,
            [this](const QString& sentence) { m_hooks.warn(sentence); });
    connect(&m_jobs, &Jobs::changed, this, [this](const JobState& state) {
        if (state.kind == JobState::Kind::failed) {
            m_hooks.say({});
            m_hooks.warn(QString::fromStdString(state.message));
        }
    });
    window->setAcceptDrops(true);
    window->installEventFilter(this);
    // An editor would take a dropped file for text.
    for (QPlainTextEdit* editor : window->findChildren<QPlainTextEdit*>())
        editor->viewport()->installEventFilter(this);
}

WindowFiles::~WindowFiles() = default;

void WindowFiles::begin() {
    if (m_keeper.history())
        return;
    Autosave::Restored restored = m_autosave.restore();
    if (restored.session)
        m_keeper.open(*restored.session);
    else
        m_keeper.begin();
    QStringList remarks{restored.remark};
    if (restored.session)
        remarks << tr("File > Start fresh begins anew.");
    if (offerOthers())
        remarks << tr("Another window was left behind as well: File > Restore another window.");
    remarks.removeAll(QString());
    if (!remarks.isEmpty())
        m_hooks.say(remarks.join(QLatin1Char(' ')));
}

bool WindowFiles::offerOthers() {
    const bool others = m_hooks.openAnother && m_autosave.leftBehind() > 0;
    if (m_another) {
        m_another->setVisible(others);
        m_another->setEnabled(others);
    }
    return others && m_another;
}

void WindowFiles::finish() {
    m_autosave.finish();
}

void WindowFiles::addTo(QMenu* file, QMenu* edit) {
    const auto add = [this](QMenu* menu, const QString& text, const QKeySequence& keys, auto what) {
        QAction* action = menu->addAction(text, this, what);
        action->setShortcut(keys);
        return action;
    };
    add(file, tr("Open &file…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), [this] { openDialog(); });
    m_recent = file->addMenu(tr("Open &recent"));
    connect(m_recent, &QMenu::aboutToShow, this, &WindowFiles::fillRecent);
    add(file, tr("&Save session"), QKeySequence::Save, [this] { save(); });
    add(file, tr("Save session &as…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
        [this] { saveDialog(); });
    add(file, tr("&Export…"), QKeySequence(Qt::CTRL | Qt::Key_E), [this] { exportDialog(); });
    add(file, tr("S&tart fresh"), {}, [this] { startFresh(); });
    m_another = add(file, tr("Restore another &window"), {}, [this] {
        m_another->setEnabled(m_autosave.leftBehind() > 1); // that window offers what is left then
        m_hooks.openAnother();
    });
    m_another->setVisible(false);
    m_another->setEnabled(false);
    m_undo = add(edit, tr("&Undo"), QKeySequence::Undo, [this] { m_keeper.undo(); });
    m_redo =
        add(edit, tr("&Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), [this] { m_keeper.redo(); });
    const auto refresh = [this] {
        m_undo->setEnabled(m_keeper.canUndo());
        m_redo->setEnabled(m_keeper.canRedo());
    };
    connect(&m_keeper, &HistoryKeeper::changed, this, refresh);
    refresh();
}

void WindowFiles::attempt(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        m_hooks.warn(QString::fromStdString(error.what()));
    }
}

void WindowFiles::open(const fs::path& path) {
    m_jobs.add(tr("Opening %1").arg(shownPath(path)), [this, path](const JobControl&) {
        auto opened = std::make_shared<const Opened>(readFile(path));
        QMetaObject::invokeMethod(
            this,
            [this, path, opened] {
                if (opened->kind == FileKind::modelFolder) {
                    m_hooks.openModel(path.string());
                } else if (opened->session) {
                    m_path = path;
                    m_expected = opened->session->workspace.model;
                    m_keeper.open(*opened->session);
                    adopt(opened->session->workspace, shownPath(path));
                } else if (opened->trace) {
                    m_hooks.showTrace(opened->trace);
                    m_hooks.say(
                        tr("This is the recording %1; typing goes back to the model.").arg(shownPath(path)));
                } else {
                    m_expected = opened->workspace->model;
                    m_keeper.open(*opened->workspace);
                    adopt(*opened->workspace, shownPath(path));
                }
                remember(path);
            },
            Qt::QueuedConnection);
    });
}

void WindowFiles::adopt(const Workspace& workspace, const QString& file) {
    if (m_expected) // else its model was missed, and that has been said
        m_hooks.say(tr("Opened %1.").arg(file));
    if (lastPartOf(m_document.model().name) == lastPartOf(workspace.model.name))
        noteModel(m_document.model()); // else it is on its way
}

fs::path WindowFiles::knownModelFolder(const std::string& name) const {
    for (const QString& recent : m_settings.recent) {
        const std::string path = recent.toStdString();
        std::error_code error;
        if (lastPartOf(path) == name && fs::exists(fs::path(path) / "config.json", error))
            return path;
    }
    return {};
}

void WindowFiles::missModel(const std::string& name) {
    if (!m_expected)
        m_expected = ModelReference{name, {}};
    noteModel(m_document.model());
}

void WindowFiles::noteModel(const ModelReference& model) {
    if (model.name.find('/') != std::string::npos)
        remember(model.name); // a figure that names only its last part finds it again
    if (!m_expected)
        return;
    const ModelReference expected = *std::exchange(m_expected, std::nullopt);
    const auto name = [](const ModelReference& each) {
        return QString::fromStdString(lastPartOf(each.name));
    };
    if (name(expected) != name(model))
        m_hooks.say(
            tr("This was made with the model %1; %2 is shown, and its numbers differ. Open the folder of "
               "%1, then this file again.")
                .arg(name(expected), name(model)));
    else if (!expected.sha256.empty() && !model.sha256.empty() && expected.sha256 != model.sha256)
        m_hooks.say(tr("The model %1 is not the same as when this was made (its weights have changed), so "
                       "numbers may differ.")
                        .arg(name(model)));
}

void WindowFiles::remember(const fs::path& path) {
    std::error_code error;
    const fs::path whole = fs::absolute(path, error);
    const QString name = QString::fromStdString((error ? path : whole).string());
    m_settings.recent.removeAll(name);
    m_settings.recent.prepend(name);
    m_settings.recent = m_settings.recent.mid(0, mostRecent);
}

void WindowFiles::fillRecent() {
    m_recent->clear();
    for (const QString& path : m_settings.recent)
        m_recent->addAction(QDir::toNativeSeparators(path).replace(QLatin1Char('&'), QLatin1String("&&")),
                            this, [this, path] { open(path.toStdString()); });
    if (m_settings.recent.isEmpty())
        m_recent->addAction(tr("Nothing yet"))->setEnabled(false);
}

void WindowFiles::save() {
    if (m_path.empty())
        saveDialog();
    else
        saveAs(m_path);
}

void WindowFiles::saveAs(const fs::path& path) {
    m_jobs.add(tr("Saving %1").arg(shownPath(path)),
               [this, path, session = m_keeper.session()](const JobControl&) {
                   writeSession(session, path);
                   QMetaObject::invokeMethod(
                       this,
                       [this, path] {
                           m_path = path;
                           remember(path);
                           m_hooks.say(tr("Saved as %1.").arg(QString::fromStdString(path.string())));
                       },
                       Qt::QueuedConnection);
               });
}

void WindowFiles::exportTo(const fs::path& path, QSize size, int scale) {
    attempt([&] {
        const std::string ending = path.extension().string();
        const std::shared_ptr<const Trace> trace = m_hooks.trace();
        if (!trace)
            throw RequestError("There is no picture yet.");
        const Workspace workspace = forOthers(m_document.workspace());
        std::function<void()> write;
        if (ending == ".csv" || ending == ".json") {
            if (const SaveNumbers save = m_hooks.numbers ? m_hooks.numbers() : SaveNumbers())
                write = [save, workspace, path] { save(workspace, path); };
            else
                write = [trace, head = m_hooks.head(), workspace, path] {
                    saveNumbers(*trace, head, workspace, path);
                };
        } else {
            const FigureSource source = m_hooks.figure();
            write = [figure = paintFigure(source, {path, size.isEmpty() ? source.size : size,
                                                   static_cast<double>(scale), workspace})] {
                writeFigure(figure);
            };
        }
        m_hooks.say(tr("Exporting %1 …").arg(shownPath(path)));
        m_jobs.add(tr("Exporting %1").arg(shownPath(path)),
                   [this, path, ending, scale, write = std::move(write)](const JobControl&) {
                       write();
                       QMetaObject::invokeMethod(
                           this,
                           [this, path, ending, scale] {
                               m_settings.exportFolder = QString::fromStdString(path.parent_path().string());
                               m_settings.exportFormat = QString::fromStdString(ending.substr(1));
                               m_settings.exportScale = scale;
                               m_hooks.say(tr("Exported as %1.").arg(QString::fromStdString(path.string())));
                           },
                           Qt::QueuedConnection);
                   });
    });
}

void WindowFiles::startFresh() {
    Workspace fresh;
    fresh.model = m_document.model();
    fresh.text = m_hooks.startText().toStdString();
    m_path.clear();
    m_keeper.open(fresh);
    m_hooks.say(tr("A fresh start; Undo leads back to what was there."));
}

void WindowFiles::openDialog() {
    auto* dialog = new QFileDialog(m_window, tr("Open"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Sessions, figures and recordings (*.headlight *.png *.svg *.pdf *.csv *.json "
                               "*.safetensors)"),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { open(path.toStdString()); });
    dialog->open();
}

void WindowFiles::saveDialog() {
    auto* dialog = new QFileDialog(m_window, tr("Save session"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QLatin1String(sessionEnding));
    dialog->setNameFilter(tr("Headlight sessions (*.headlight)"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { saveAs(path.toStdString()); });
    dialog->open();
}

void WindowFiles::exportDialog() {
    auto* dialog = new QFileDialog(m_window, tr("Export what is shown"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QFileDialog::DontUseNativeDialog); // it has the scale beside the name
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    if (!m_settings.exportFolder.isEmpty())
        dialog->setDirectory(m_settings.exportFolder);
    const QStringList filters{tr("Picture (*.png)"), tr("Drawing (*.svg)"), tr("Page (*.pdf)"),
                              tr("Numbers, a line a cell (*.csv)"), tr("Numbers (*.json)")};
    dialog->setNameFilters(filters);
    auto* scale = new QComboBox(dialog);
    for (int factor = 1; factor <= 4; ++factor)
        scale->addItem(tr("%1 × as many pixels").arg(factor), factor);
    scale->setCurrentIndex(m_settings.exportScale - 1);
    if (auto* layout = qobject_cast<QGridLayout*>(dialog->layout())) {
        auto* label = new QLabel(tr("Picture &size:"), dialog);
        label->setBuddy(scale);
        const int row = layout->rowCount();
        layout->addWidget(label, row, 0);
        layout->addWidget(scale, row, 1);
    }
    const auto choose = [dialog, filters](const QString& filter) {
        const qsizetype chosen = std::max<qsizetype>(0, filters.indexOf(filter));
        dialog->setDefaultSuffix(QLatin1String(exportEndings[static_cast<size_t>(chosen)]));
    };
    connect(dialog, &QFileDialog::filterSelected, dialog, choose);
    for (size_t i = 0; i < exportEndings.size(); ++i)
        if (m_settings.exportFormat == QLatin1String(exportEndings[i])) {
            dialog->selectNameFilter(filters[static_cast<qsizetype>(i)]);
            choose(filters[static_cast<qsizetype>(i)]);
        }
    dialog->selectFile(tr("attention"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, scale](const QString& path) {
        exportTo(path.toStdString(), {}, scale->currentData().toInt());
    });
    dialog->open();
}

QString WindowFiles::droppedFile(const QMimeData* data) {
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

bool WindowFiles::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::Drop: {
        auto* drop = static_cast<QDropEvent*>(event);
        const QString path = droppedFile(drop->mimeData());
        if (path.isEmpty())
            break;
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        if (event->type() == QEvent::Drop)
            open(path.toStdString());
        return true;
    }
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace headlight
