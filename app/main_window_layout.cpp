#include "app/look_views.h"
#include "app/main_window.h"
#include "app/pages.h"
#include "app/window_files.h"
#include "ui/editor/text_editor.h"
#include "ui/editor/token_chips.h"
#include "ui/examples/examples_button.h"
#include "ui/glossary/glossary_dialog.h"
#include "ui/heads/heads_view.h"
#include "ui/history/history_panel.h"
#include "ui/jobs/job_bar.h"
#include "ui/look/custom_plot.h"
#include "ui/notice/notice_strip.h"
#include "ui/render/numbers.h"
#include "ui/row/row_panel.h"
#include "ui/theme/widget_style.h"
#include "ui/viewbar/view_bar.h"
#include "ui/viewbar/wrapping_row.h"
#include "ui/whatif/edit_banner.h"
#include "ui/whatif/what_if_panel.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QStatusBar>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <optional>

namespace headlight {

namespace {
constexpr int narrowestRight = 300;
constexpr int widestRight = 380;
constexpr int narrowestEvidence = 340; ///< of the same, while it shows measured numbers
constexpr int widestEvidence = 440;

QWidget* panel(const QString& name, QWidget* parent) {
    auto* widget = new QWidget(parent);
    widget->setObjectName(name);
    widget->setAttribute(Qt::WA_StyledBackground);
    return widget;
}
} // namespace

void MainWindow::buildTop() {
    auto* whole = new QWidget(this);
    auto* wholeLayout = new QVBoxLayout(whole);
    wholeLayout->setContentsMargins(0, 0, 0, 0);
    wholeLayout->setSpacing(0);
    setCentralWidget(whole);

    QWidget* top = panel(QStringLiteral("topRow"), whole);
    m_modelButton = new QToolButton(top);
    m_modelButton->setObjectName(QStringLiteral("modelButton"));
    m_modelButton->setPopupMode(QToolButton::InstantPopup);
    m_modelButton->setFocusPolicy(Qt::TabFocus);
    m_modelButton->setMenu(new QMenu(m_modelButton));
    m_editor = new TextEditor(top);
    m_themeButton = new QToolButton(top);
    m_themeButton->setFocusPolicy(Qt::TabFocus);
    connect(m_themeButton, &QToolButton::clicked, this,
            [this] { setTheme(m_theme.dark() ? ThemeName::light : ThemeName::dark); });
    m_pair = new TextEditor(top);
    m_pair->setObjectName(QStringLiteral("pairEditor"));
    m_pair->setAccessibleName(tr("Second sentence"));
    m_pair->setPlaceholderText(tr("Type a second sentence"));
    m_pairButton = new QToolButton(top);
    m_pairButton->setObjectName(QStringLiteral("pairButton"));
    m_pairButton->setFocusPolicy(Qt::TabFocus);
    connect(m_pairButton, &QToolButton::clicked, this, [this] { showPair(!m_pair->isVisibleTo(this)); });
    m_examples = new ExamplesButton(top);
    m_examples->setGroups(m_hooks.examples);
    connect(m_examples, &ExamplesButton::chosen, this, &MainWindow::showExample);
    m_chips = new TokenChips(m_traces, m_selection, top);
    m_chips->setEdits(&m_document.edits());
    m_notice = new NoticeStrip(top);
    m_banner = new EditBanner(m_document.edits(), m_traces, top);

    auto* layout = new QGridLayout(top);
    layout->setContentsMargins(20, 8, 20, 8);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(9);
    layout->addWidget(m_modelButton, 0, 0, Qt::AlignTop);
    layout->addWidget(m_editor, 0, 1);
    layout->addWidget(m_pairButton, 0, 2, Qt::AlignTop);
    layout->addWidget(m_examples, 0, 3, Qt::AlignTop);
    layout->addWidget(m_themeButton, 0, 4, Qt::AlignTop);
    layout->addWidget(m_pair, 1, 1);
    layout->addWidget(m_chips, 2, 1, 1, 4);
    layout->addWidget(m_notice, 3, 1, 1, 4);
    layout->addWidget(m_banner, 4, 1, 1, 4);
    layout->setColumnStretch(1, 1);
    showPair(false);
    wholeLayout->addWidget(top);
}

void MainWindow::buildCentre() {
    auto* middle = new QWidget(centralWidget());
    auto* layout = new QHBoxLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    auto* left = new QScrollArea(middle);
    left->setObjectName(QStringLiteral("leftPanel"));
    left->setWidgetResizable(true);
    left->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    left->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    left->setFrameShape(QFrame::NoFrame);
    left->setFocusPolicy(Qt::NoFocus);
    m_heads = new HeadsView(m_traces, m_selection, m_options, left);
    m_heads->setEdits(&m_document.edits());
    left->setWidget(m_heads);

    // Edits are about everything that stands below them, on every page.
    auto* below = new QWidget(middle);
    auto* belowLayout = new QHBoxLayout(below);
    belowLayout->setContentsMargins(0, 0, 0, 0);
    belowLayout->setSpacing(0);
    auto* work = new QVBoxLayout;
    work->setSpacing(0);
    m_whatIf = new WhatIfPanel(m_document.edits(), m_selection, m_traces, middle);
    m_whatIf->setSentences(exampleSentences());
    m_whatIf->hide();
    work->addWidget(m_whatIf);
    work->addWidget(below, 1);
    QWidget* centre = panel(QStringLiteral("centre"), below);
    auto* centreLayout = new QVBoxLayout(centre);
    centreLayout->setContentsMargins(0, 0, 0, 0);
    centreLayout->setSpacing(0);
    m_bar = new ViewBar(m_selection, m_options, centre);
    for (const LookViewKind& kind : lookViewKinds())
        m_bar->addView(kind.view, QCoreApplication::translate("LookViews", kind.title),
                       QCoreApplication::translate("LookViews", kind.tip), kind.hasAxis, kind.hasScale);
    m_views = new LookViews({m_traces, m_selection, m_options, &m_document.edits(),
                             [this](const QString& hint) {
                                 m_toolHint = hint;
                                 constexpr int tall = 720; // below, no place is kept for a banner
                                 m_banner->setToolInHand(!hint.isEmpty() && height() >= tall);
                                 say({});
                             },
                             &m_jobs},
                            centre);
    m_pages = new Pages(pageContext(), centre);
    centreLayout->insertWidget(0, new WrappingRow(m_pages->tabs(), m_pages->bars(), centre));
    centreLayout->addWidget(m_pages->stack(), 1);
    connect(m_pages, &Pages::changed, this, &MainWindow::showPage);

    QWidget* right = panel(QStringLiteral("rightPanel"), below);
    right->setMinimumWidth(narrowestRight);
    right->setMaximumWidth(widestRight);
    auto* rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    m_row = new RowPanel(m_traces, m_selection, m_options, right);
    rightLayout->addWidget(m_row);
    m_row->setEvidence(m_evidence, m_document.edits());
    connect(m_row, &RowPanel::explanationWanted, this, &MainWindow::showGlossary);

    m_history = new HistoryPanel(m_keeper, middle);
    m_history->hide();
    m_left = panel(QStringLiteral("leftColumn"), middle);
    m_left->setFixedWidth(narrowestLeft);
    auto* leftLayout = new QVBoxLayout(m_left);
    leftLayout->setContentsMargins(0, 0, 1, 0);
    leftLayout->setSpacing(0);
    leftLayout->addWidget(left, 1);
    leftLayout->addWidget(m_history, 1);
    layout->addWidget(m_left);
    belowLayout->addWidget(centre, 5);
    belowLayout->addWidget(right, 3);
    layout->addLayout(work, 1);
    static_cast<QVBoxLayout*>(centralWidget()->layout())->addWidget(middle, 1);
}

PageContext MainWindow::pageContext() {
    StepsHooks steps;
    steps.wantDetails = [this](const HeadAddress& address) { return wantDetails(address); };
    steps.exportSteps = [this](const ShownSteps& shown, const QString& format, int digits) {
        exportSteps(shown, format, digits);
    };
    CompareHooks compare{&m_runner, &m_document, exampleSentences(), otherModels()};
    return {m_traces,
            m_selection,
            m_options,
            m_jobs,
            [this](std::stop_token stop) { m_runner.waitUntilIdle(std::move(stop)); },
            std::move(steps),
            std::move(compare),
            m_views,
            m_bar,
            [this](const SentenceToShow& sentence) { showSentence(sentence); }};
}

std::vector<std::string> MainWindow::exampleSentences() const {
    std::vector<std::string> sentences;
    for (const ExampleGroup& group : m_hooks.examples)
        for (const TextExample& example : group.examples)
            sentences.push_back(example.text);
    return sentences;
}

void MainWindow::buildStatusBar() {
    statusBar()->setSizeGripEnabled(false);
    m_facts = new QLabel(this);
    m_facts->setObjectName(QStringLiteral("facts"));
    m_job = new JobBar(this);
    connect(m_job, &JobBar::cancelWanted, this, [this](quint64 job) { m_jobs.cancel(job); });
    m_hints = new QLabel(usualHints(), this);
    m_hints->setObjectName(QStringLiteral("hints"));
    statusBar()->addWidget(m_facts);
    statusBar()->addWidget(m_job);
    statusBar()->addPermanentWidget(m_hints);
    statusBar()->setContentsMargins(12, 0, 12, 0);
}

QAction* MainWindow::action(QMenu* menu, const QString& text, const QKeySequence& keys,
                            std::function<void()> what) {
    QAction* result = menu->addAction(text, this, std::move(what));
    result->setShortcut(keys);
    return result;
}

void MainWindow::buildMenus() {
    m_fileMenu = menuBar()->addMenu(tr("&File"));
    action(m_fileMenu, tr("Open &model folder…"), Qt::CTRL | Qt::Key_O, [this] { chooseFolder(); });
    m_editMenu = menuBar()->addMenu(tr("&Edit"));

    QMenu* view = menuBar()->addMenu(tr("&View"));
    action(view, tr("Go to the &text"), Qt::CTRL | Qt::Key_L, [this] { m_editor->takeFocus(); });
    action(view, tr("&Examples"), Qt::CTRL | Qt::SHIFT | Qt::Key_E, [this] { m_examples->open(); });
    action(view, tr("&Second sentence"), Qt::CTRL | Qt::Key_2,
           [this] { showPair(!m_pair->isVisibleTo(this)); });
    m_whatIfAction = view->addAction(tr("&What if"));
    m_whatIfAction->setShortcut(Qt::CTRL | Qt::Key_I);
    m_whatIfAction->setCheckable(true);
    connect(m_whatIfAction, &QAction::toggled, this, [this](bool on) {
        if (on && m_pages->current() == Page::experiments)
            m_options.setPage(Page::look); // where its effect is seen
        m_whatIf->setVisible(on);
        if (on)
            m_whatIf->takeFocus();
        else
            m_pages->takeFocus();
    });
    m_bar->addSwitch(m_whatIfAction);
    buildEvidence(view);
    action(view, tr("&Put the model back"), Qt::CTRL | Qt::Key_R, [this] { m_document.edits().clear(); });
    view->addSeparator();
    for (const PageKind& kind : pageKinds())
        action(view, QCoreApplication::translate("Pages", kind.title), kind.keys, [this, page = kind.page] {
            m_options.setPage(page);
            m_pages->takeFocus();
        });
    view->addSeparator();
    view->addActions(m_bar->tokenActions());
    view->addSeparator();
    QAction* history = view->addAction(tr("&History"));
    history->setShortcut(Qt::CTRL | Qt::Key_H);
    history->setCheckable(true);
    connect(history, &QAction::toggled, m_history, &QWidget::setVisible);
    connect(m_evidenceAction, &QAction::toggled, history, &QAction::setChecked);
    buildSizeMenu(view);
    QAction* motion = view->addAction(tr("Less &motion"));
    motion->setCheckable(true);
    motion->setChecked(m_reducedMotion);
    connect(motion, &QAction::toggled, this, [this](bool on) {
        m_reducedMotion = on;
        m_pages->setReducedMotion(reducedMotion());
    });
    action(view, tr("&Dark or light"), Qt::CTRL | Qt::Key_D,
           [this] { setTheme(m_theme.dark() ? ThemeName::light : ThemeName::dark); });

    if (m_hooks.trainReader) {
        QMenu* jobs = menuBar()->addMenu(tr("&Jobs"));
        m_trainAction = action(jobs, tr("&Train a reader"), {}, [this] { train(); });
    }

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    action(help, tr("&Keys and gestures"), Qt::Key_F1, [this] { showHelp(); });
    action(help, tr("&Words used here"), Qt::CTRL | Qt::Key_F1, [this] { showGlossary({}); });
}

void MainWindow::buildEvidence(QMenu* view) {
    m_evidenceAction = view->addAction(tr("E&vidence"));
    m_evidenceAction->setShortcut(Qt::CTRL | Qt::Key_T);
    m_evidenceAction->setCheckable(true);
    m_evidenceAction->setToolTip(
        tr("What each weight of the row does, measured; what the answer is made of; the "
           "history (Ctrl+T)"));
    m_bar->addSwitch(m_evidenceAction);
    connect(m_evidenceAction, &QAction::toggled, this, [this](bool on) {
        EvidenceChoice choice = m_options.evidence();
        choice.shown = on;
        m_options.setEvidence(choice);
        QWidget* right = m_row->parentWidget();
        right->setMinimumWidth(on ? narrowestEvidence : narrowestRight);
        right->setMaximumWidth(on ? widestEvidence : widestRight);
    });
    connect(m_evidenceAction, &QAction::triggered, this, [this](bool on) {
        if (on)
            m_options.setPage(Page::look); // where it is seen
    });
    connect(&m_options, &ViewOptions::changed, m_evidenceAction,
            [this] { m_evidenceAction->setChecked(m_options.evidence().shown); });
}

void MainWindow::buildSizeMenu(QMenu* view) {
    QMenu* menu = view->addMenu(tr("Si&ze of everything"));
    auto* group = new QActionGroup(menu);
    for (const int percent : windowSizes()) {
        QAction* size = menu->addAction(tr("%1 %").arg(percent));
        size->setCheckable(true);
        size->setChecked(percent == m_sizePercent);
        group->addAction(size);
        connect(size, &QAction::triggered, this, [this, percent] {
            m_sizePercent = percent;
            say(tr("Headlight is drawn at %1 % from the next start on.").arg(percent));
        });
    }
}

void MainWindow::fillModelMenu() {
    QMenu* menu = m_modelButton->menu();
    menu->clear();
    for (const std::string& name : m_hooks.models)
        menu->addAction(QString::fromStdString(name), this, [this, name] { openModel(name); });
    menu->addSeparator();
    menu->addAction(tr("Open model folder…"), this, [this] { chooseFolder(); });
    m_modelButton->setText(QString::fromStdString(m_model->name) + QStringLiteral("  ▾"));
    m_modelButton->setAccessibleName(tr("Model: %1").arg(QString::fromStdString(m_model->name)));
    m_modelButton->setToolTip(QString::fromStdString(m_model->notes.description));
}

void MainWindow::applyTheme() {
    // The whole application's, so that file dialogs are as readable as the window.
    QApplication::setPalette(widgetPalette(m_theme));
    QApplication::setFont(m_theme.body);
    setPalette(widgetPalette(m_theme));
    setFont(m_theme.body);
    setStyleSheet(widgetStyle(m_theme));
    m_editor->setTheme(m_theme);
    m_pair->setTheme(m_theme);
    m_examples->setTheme(m_theme);
    m_chips->setTheme(m_theme);
    m_notice->setTheme(m_theme);
    m_heads->setTheme(m_theme);
    m_views->setTheme(m_theme);
    m_row->setTheme(m_theme);
    m_banner->setTheme(m_theme);
    m_whatIf->setTheme(m_theme);
    m_pages->setTheme(m_theme);
    m_history->setTheme(m_theme);
    if (m_glossary)
        m_glossary->setTheme(m_theme);
    m_themeButton->setText(m_theme.dark() ? tr("◐ Light") : tr("◐ Dark"));
    m_themeButton->setAccessibleName(m_theme.dark() ? tr("Change to the light theme")
                                                    : tr("Change to the dark theme"));
}

void MainWindow::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Open model folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& folder) { openModel(folder.toStdString()); });
    dialog->open();
}

void MainWindow::buildFiles() {
    WindowFileHooks hooks;
    hooks.openModel = [this](const std::string& folder) { openModel(folder); };
    hooks.showTrace = [this](const std::shared_ptr<const Trace>& trace) { showRecording(trace); };
    hooks.openAnother = m_hooks.openAnother;
    hooks.trace = [this] { return m_traces.current(); };
    hooks.head = [this] { return m_selection.head(); };
    hooks.figure = [this] { return shownFigure(); };
    hooks.numbers = [this] {
        const PageParts& page = m_pages->currentParts();
        if (page.numbers)
            return page.numbers();
        const std::shared_ptr<const TruthColumn> truth = m_evidence.truth();
        if (!truth || truth->question.head != m_selection.head())
            return SaveNumbers();
        return SaveNumbers([trace = m_traces.current(), head = m_selection.head(),
                            truth](const Workspace& workspace, const std::filesystem::path& path) {
            saveNumbers(*trace, head, workspace, path, truth.get());
        });
    };
    hooks.startText = [this] { return QString::fromStdString(m_model->notes.exampleText); };
    hooks.say = [this](const QString& sentence) { say(sentence); };
    hooks.warn = [this](const QString& sentence) { showError(sentence, false); };
    m_files = new WindowFiles(this, m_document, m_keeper, std::move(hooks), m_hooks.files, m_hooks.autosave);
    m_files->addTo(m_fileMenu, m_editMenu);
    m_fileMenu->addSeparator();
    action(m_fileMenu, tr("&Quit"), Qt::CTRL | Qt::Key_Q, [this] { close(); });
}

FigureSource MainWindow::shownFigure() {
    if (const PageParts& page = m_pages->currentParts(); page.paintFigure)
        return withCaption({page.paintFigure, m_pages->stack()->size()}, *m_traces.current(),
                           m_selection.head(), m_theme);
    const auto paint = [this](QCPPainter& painter, QSize size) { m_views->paintFigure(painter, size); };
    return withCaption({paint, m_views->size()}, *m_traces.current(),
                       m_views->isOfHead() ? std::optional(m_selection.head()) : std::nullopt, m_theme);
}

} // namespace headlight
