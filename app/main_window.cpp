#include "app/main_window.h"

#include "app/look_views.h"
#include "app/pages.h"
#include "app/window_files.h"
#include "ui/editor/text_editor.h"
#include "ui/editor/token_chips.h"
#include "ui/edits/edit_tool.h"
#include "ui/examples/examples_button.h"
#include "ui/experiments/experiment.h"
#include "ui/gestures/gesture_help.h"
#include "ui/glossary/glossary_dialog.h"
#include "ui/heads/heads_view.h"
#include "ui/jobs/job_bar.h"
#include "ui/notice/notice_strip.h"
#include "ui/row/row_panel.h"
#include "ui/theme/window_icon.h"
#include "ui/viewbar/view_bar.h"
#include "ui/whatif/what_if_panel.h"

#include <QAction>
#include <QCloseEvent>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QGuiApplication>
#include <QLabel>
#include <QScreen>
#include <QShortcut>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <optional>

namespace headlight {

namespace {
QString tokenCount(size_t count) {
    return count == 1 ? MainWindow::tr("1 token") : MainWindow::tr("%1 tokens").arg(count);
}

} // namespace

const std::vector<int>& windowSizes() {
    static const std::vector<int> sizes{100, 125, 150, 175, 200};
    return sizes;
}

MainWindow::MainWindow(Runner& runner, std::shared_ptr<const LoadedModel> model,
                       const WindowSettings& settings, WindowHooks hooks, QWidget* parent)
    : QMainWindow(parent), m_runner(runner), m_hooks(std::move(hooks)), m_theme(themeNamed(settings.theme)),
      m_sizePercent(settings.sizePercent), m_reducedMotion(settings.reducedMotion), m_loading({}),
      m_jobs([&runner](std::stop_token stop) { runner.waitUntilIdle(std::move(stop)); }),
      m_evidence([&runner](std::stop_token stop) { runner.waitUntilIdle(std::move(stop)); }) {
    setWindowTitle(tr("Headlight"));
    setWindowIcon(windowIcon());
    setMinimumSize(1024, 600);
    buildTop();
    buildCentre();
    buildStatusBar();
    buildMenus();
    m_row->setOrder(settings.rowOrder);
    m_options.setChoices(settings.shown);
    applyTheme();
    m_pages->setReducedMotion(reducedMotion());
    connect(&m_selection, &Selection::entered, this, &MainWindow::enterSteps);
    QSize start(1280, 720);
    if (QGuiApplication::platformName() != QLatin1String("offscreen")) {
        constexpr QSize frame(16, 48); // of a window manager, about
        start = start.boundedTo(QGuiApplication::primaryScreen()->availableGeometry().size() - frame);
    }
    resize(start);
    if (!settings.geometry.isEmpty())
        restoreGeometry(settings.geometry);

    connect(&m_runner, &Runner::traceReady, this, &MainWindow::showTrace);
    connect(&m_runner, &Runner::failed, this, &MainWindow::showFailure);
    connect(&m_jobs, &Jobs::changed, this, &MainWindow::showJob);
    connect(&m_loading, &Jobs::changed, this, &MainWindow::showLoading);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &MainWindow::submit);
    connect(m_pair, &QPlainTextEdit::textChanged, this, &MainWindow::submit);
    connect(&m_document, &Document::textsWanted, this, &MainWindow::takeTexts);
    connect(&m_document.edits(), &EditsState::changed, this, [this] {
        if (!m_document.showing())
            submit();
    });
    connect(&m_document, &Document::modelWanted, this,
            [this](const QString& name) { openNamedModel(name.toStdString()); });
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    connect(escape, &QShortcut::activated, this, [this] {
        if (EditTool* tool = m_views->findChild<EditTool*>(); tool && tool->inHand()) {
            tool->take(false);
            return;
        }
        if (m_options.page() != Page::look) {
            m_options.setPage(Page::look);
            m_pages->takeFocus();
            return;
        }
        m_selection.clearKey();
        showError({}, true);
        m_notice->setMessage({});
        m_notice->setHint({});
        say({});
    });
    if (!m_hooks.autosave.empty())
        buildFiles();
    adoptModel(std::move(model));
    // From the text to its tokens; the buttons beside the text are the last stops of the Tab key.
    setTabOrder(m_editor, m_pair);
    setTabOrder(m_pair, m_chips);
    QWidget* last = m_row->findChild<EvidenceList*>();
    for (QWidget* button : std::initializer_list<QWidget*>{m_pairButton, m_examples, m_themeButton}) {
        setTabOrder(last, button);
        last = button;
    }
    m_editor->setFocus();
    m_editor->moveCursor(QTextCursor::End);
}

MainWindow::~MainWindow() {
    // Children that listen to the store and the selection go while both are still whole.
    delete takeCentralWidget();
}

void MainWindow::setTheme(ThemeName name) {
    m_theme = themeNamed(name);
    applyTheme();
}

WindowSettings MainWindow::settings() const {
    WindowSettings settings{m_theme.name,  m_row->order(),  m_options.choices(),
                            m_sizePercent, m_reducedMotion, saveGeometry()};
    settings.shown.pinned.clear(); // these belong to what was looked at, not to the person
    settings.shown.zoom.reset();
    settings.shown.compared = {};
    settings.shown.numbers = {};
    settings.shown.derived = {};
    settings.shown.evidence.output.clear();
    settings.shown.steps.stage.clear();
    settings.shown.steps.component = 0;
    return settings;
}

void MainWindow::adoptModel(std::shared_ptr<const LoadedModel> model) {
    const bool isFirst = !m_model;
    m_model = std::move(model);
    fillModelMenu();
    m_row->setTokenizer(m_model->tokenizer);
    m_evidence.setModel(m_model);
    m_pages->setModel(m_model);
    m_heads->setModel(m_model);
    m_whatIf->setTokenizer(m_model->tokenizer);
    m_views->setModel(m_model);
    m_document.setModel(referenceOf(*m_model));
    if (m_files)
        m_files->noteModel(m_document.model());
    const QString example = QString::fromStdString(m_model->notes.exampleText);
    const bool takesExample = isFirst && !example.isEmpty();
    m_firstOfModel = m_submitted + 1;
    if (takesExample && example != m_editor->toPlainText())
        m_editor->setPlainText(example); // submits
    else
        submit();
}

void MainWindow::setText(const QString& text) {
    m_editor->setPlainText(text);
}

void MainWindow::submit() {
    if (m_takingTexts)
        return;
    if (m_recordingShown)
        m_row->setTokenizer(m_model->tokenizer);
    m_recordingShown = false;
    m_document.setRecorded(std::nullopt);
    const QString text = m_editor->toPlainText();
    const QString pair = m_pair->isVisibleTo(this) ? m_pair->toPlainText() : QString();
    m_document.setTexts(text, pair);
    request();
    if (text != m_exampleText)
        m_notice->setHint({});
    m_notice->setMessage({});
    say({});
}

void MainWindow::request() {
    m_runner.setDetails(m_options.page() == Page::steps ? DetailChoice::of(m_selection.head())
                                                        : DetailChoice());
    m_submitted = m_runner.submit(m_document.text(), m_document.pair(), m_document.edits().edits());
}

bool MainWindow::wantDetails(const HeadAddress& head) {
    if (m_recordingShown)
        return false;
    const bool asked = m_runner.details().has(head.stack, head.layer);
    if (asked && m_answered >= m_submitted)
        return false; // it was read, and has none
    if (!asked)
        request();
    return true;
}

/// On other pages than Look the row panel gives them its place; experiments need that of the edits too.
void MainWindow::showPage() {
    m_row->parentWidget()->setVisible(m_pages->current() == Page::look);
    m_whatIf->setVisible(m_whatIfAction && m_whatIfAction->isChecked() &&
                         m_pages->current() != Page::experiments);
    say({});
}

void MainWindow::enterSteps(EnteredNumber number) {
    switch (number) {
    case EnteredNumber::weight:
        m_options.openSteps("weights");
        break;
    case EnteredNumber::score:
        m_options.openSteps("scaled");
        break;
    case EnteredNumber::head:
        m_options.setPage(Page::steps);
        break;
    }
    m_pages->takeFocus();
}

/// A desktop without animations, or a person who said so.
bool MainWindow::reducedMotion() const {
    return m_reducedMotion || qEnvironmentVariableIntValue("HEADLIGHT_REDUCED_MOTION") != 0 ||
           style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0;
}

QString MainWindow::usualHints() const {
    if (m_options.page() == Page::compare)
        return tr(
            "a cell is marked in all three maps · arrows walk · Enter steps · Esc back to Look · F1 keys");
    return m_options.page() == Page::steps
               ? tr("← → step · Space plays · ↑ ↓ change the key · 1 2 3 depth · Esc back to Look · F1 keys")
               : tr("hover previews · click selects · arrows walk · Enter steps · P pins a head · F1 keys");
}

void MainWindow::takeTexts(const QString& text, const QString& pair) {
    m_takingTexts = true;
    m_editor->showText(text);
    m_pair->showText(pair);
    showPair(!pair.isEmpty());
    m_takingTexts = false;
    submit();
}

void MainWindow::showPair(bool on) {
    const bool was = m_pair->isVisibleTo(this);
    m_pair->setVisible(on);
    m_pairButton->setText(on ? tr("− sentence") : tr("+ sentence"));
    m_pairButton->setAccessibleName(on ? tr("Take the second sentence away") : tr("Add a second sentence"));
    m_pairButton->setToolTip(m_pairButton->accessibleName());
    if (was == on || m_takingTexts || !m_model)
        return;
    (on ? m_pair : m_editor)->setFocus();
    if (!m_pair->toPlainText().isEmpty())
        submit();
}

void MainWindow::showExample(const TextExample& example) {
    m_exampleText = QString::fromStdString(example.text);
    showNew(workspaceOf(example, m_document.model(), parseHeadAddress(m_model->notes.exampleHead)));
    m_notice->setHint(tr("Look for: %1").arg(QString::fromStdString(example.look)));
}

void MainWindow::showSentence(const SentenceToShow& sentence) {
    Workspace workspace;
    workspace.model = m_document.model();
    workspace.text = sentence.text;
    workspace.selection = {sentence.head, sentence.query, sentence.key};
    workspace.shown = m_document.workspace().shown;
    workspace.shown.zoom.reset();
    if (sentence.look)
        workspace.shown.page = Page::look;
    showNew(workspace);
}

void MainWindow::showNew(const Workspace& workspace) {
    if (m_keeper.history())
        m_keeper.open(workspace);
    else
        m_document.show(workspace);
}

void MainWindow::showTrace(quint64 id, const std::shared_ptr<const Trace>& trace) {
    if (id < m_traces.id())
        return;
    m_answered = id;
    const bool isFirstOfModel = m_firstOfModel != 0 && id >= m_firstOfModel;
    const std::optional<HeadAddress> head =
        isFirstOfModel ? parseHeadAddress(m_model->notes.exampleHead) : std::nullopt;
    m_firstOfModel = isFirstOfModel ? 0 : m_firstOfModel;
    m_selection.setCaret(m_editor->caretByte());
    if (!m_traces.current())
        m_selection.start(trace, m_model->notes.exampleQuery, head);
    else
        m_selection.carryTo(trace, head);
    m_document.arrive(*trace);
    m_toPaint = id;
    if (m_errorIsOfText)
        showError({}, true);
    m_notice->setRemark(unreadRemark(*trace));
    showFacts(*trace);
    m_traces.set(id, trace);
    if (m_files) {
        m_beginning = true;
        m_files->begin();
        m_beginning = false;
    } else
        m_keeper.begin();
}

void MainWindow::showFacts(const Trace& trace) {
    m_facts->setText(
        tokenCount(trace.tokens().size()) +
        tr("   ·   %1 layers × %2 heads   ·   %3   ·   %4 ms")
            .arg(trace.layers(m_selection.head().stack))
            .arg(trace.heads(m_selection.head().stack))
            .arg(QString::fromStdString(trace.model)) // of a recording, not the one that is loaded
            .arg(trace.seconds * 1000, 0, 'f', 1));
}

/// An error about the text goes away with the next text that can be read; one about a job or a folder stays
/// until something is opened, Esc is pressed, or the next error takes its place.
void MainWindow::showError(const QString& message, bool isOfText) {
    m_errorIsOfText = isOfText;
    m_notice->setError(message);
}

void MainWindow::showFailure(quint64 id, const QString& message) {
    m_answered = id;
    showError(message, true);
}

void MainWindow::openFile(const std::filesystem::path& path) {
    if (m_files)
        m_files->open(path);
    else
        openModel(path.string());
}

FileSettings MainWindow::fileSettings() const {
    return m_files ? m_files->settings() : m_hooks.files;
}

/// What has just been done stands in the status bar, where it moves nothing; that work was restored after a
/// crash, in the strip, where it is not missed.
void MainWindow::say(const QString& sentence) {
    if (m_beginning)
        m_notice->setMessage(sentence);
    else
        m_hints->setText(sentence.isEmpty() ? usualHints() : sentence);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    constexpr double leftShare = 0.18;
    constexpr int widestLeft = 340;
    m_left->setFixedWidth(std::clamp(static_cast<int>(width() * leftShare), narrowestLeft, widestLeft));
    constexpr int tight = 1270;
    constexpr int narrow = 1300;
    constexpr int roomy = 1400;
    m_bar->setRoom(width() < tight    ? ViewBar::Room::least
                   : width() < narrow ? ViewBar::Room::little
                   : width() < roomy  ? ViewBar::Room::less
                                      : ViewBar::Room::enough);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_files)
        m_files->finish();
    QMainWindow::closeEvent(event);
}

void MainWindow::showHelp() {
    if (!m_help)
        m_help = new GestureHelp(this);
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

void MainWindow::showGlossary(const QString& term) {
    if (!m_glossary) {
        m_glossary = new GlossaryDialog(this);
        m_glossary->setTheme(m_theme);
    }
    m_glossary->choose(term);
    m_glossary->show();
    m_glossary->raise();
    m_glossary->activateWindow();
}

bool MainWindow::event(QEvent* event) {
    const bool handled = QMainWindow::event(event);
    // Qt paints everything that is dirty in answer to one UpdateRequest, and flushes before it returns.
    if (event->type() == QEvent::UpdateRequest && m_toPaint != 0) {
        const quint64 id = m_toPaint;
        m_toPaint = 0;
        Q_EMIT painted(id);
    }
    return handled;
}

QImage MainWindow::picture(int milliseconds) {
    if (!isVisible()) {
        setAttribute(Qt::WA_DontShowOnScreen);
        show();
    }
    const QDeadlineTimer deadline(milliseconds);
    do { // at least once: what has just been selected is still to be laid out
        QEventLoop loop;
        QTimer::singleShot(20, &loop, &QEventLoop::quit);
        loop.exec();
    } while (m_answered < m_submitted && !deadline.hasExpired());
    return grab().toImage();
}

} // namespace headlight
