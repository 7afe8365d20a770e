#include "ui/experiments/find_experiment.h"

#include "engine/experiments/value_histogram.h"
#include "ui/experiments/example_map.h"
#include "ui/experiments/find_controls.h"
#include "ui/experiments/found_models.h"
#include "ui/experiments/found_picture.h"
#include "ui/experiments/plot_look.h"
#include "ui/experiments/row_table.h"
#include "ui/heads/metric_words.h"
#include "ui/jobs/job_bar.h"
#include "ui/paint/token_labels.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace headlight {

namespace {
constexpr int roomForPlot = 560; // pixels of width
constexpr int roomForAll = 900;  // with the example
constexpr int placeWidth = 52;
constexpr int bins = 20;

/// A dropped text; sessions, figures and models are the window's.
QString droppedText(const QMimeData* data) {
    const QList<QUrl> urls = data->urls();
    if (urls.size() != 1 || !urls.front().isLocalFile())
        return {};
    const QFileInfo file(urls.front().toLocalFile());
    const QStringList endings{QStringLiteral("txt"), QStringLiteral("tsv"), QStringLiteral("csv"),
                              QStringLiteral("text"), QString()};
    return file.isFile() && endings.contains(file.suffix().toLower()) ? file.filePath() : QString();
}
} // namespace

FindExperiment::FindExperiment(const ExperimentContext& context, QWidget* parent)
    : Experiment(parent), m_context(context), m_messenger(this), m_controls(new FindControls(this)),
      m_example(new ExampleMap), m_marks(new QLabel(this)),
      m_unmark(new QPushButton(tr("Take the selection"), this)), m_sentence(new QLabel(this)),
      m_heads(new FoundHeadsModel(this)), m_sorted(new QSortFilterProxyModel(this)),
      m_headTable(new QTableView(this)), m_plot(new Plot({}, {}, tr("sentences"), this)),
      m_sentences(new FoundSentencesModel(this)), m_sentencesTitle(new QLabel(this)),
      m_sentenceTable(new QTableView(this)), m_split(new QSplitter(Qt::Vertical, this)),
      m_bar(new JobBar(this)) {
    setObjectName(QStringLiteral("findExperiment"));
    setAcceptDrops(true);
    for (QLabel* label : {m_sentence, m_marks, m_sentencesTitle})
        label->setTextFormat(Qt::PlainText);
    m_sentence->setObjectName(QStringLiteral("findSummary"));
    m_sentence->setWordWrap(true);
    m_split->addWidget(buildHeads());
    m_split->addWidget(buildSentences());
    m_split->setChildrenCollapsible(false);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* body = new QHBoxLayout;
    body->setSpacing(12);
    body->addWidget(buildExample());
    body->addWidget(m_split, 1);
    body->addStretch(0);
    layout->addWidget(m_controls);
    layout->addWidget(m_sentence);
    layout->addLayout(body, 1);
    layout->addWidget(m_bar, 0, Qt::AlignLeft);
    m_split->hide();

    connect(m_controls, &FindControls::changed, this, [this] {
        m_problem.clear();
        readWindow();
        say();
    });
    connect(m_controls, &FindControls::findWanted, this, &FindExperiment::start);
    connect(&context.store, &TraceStore::changed, this, &FindExperiment::readWindow);
    connect(&context.selection, &Selection::changed, this, &FindExperiment::readWindow);
    connect(&context.jobs, &Jobs::changed, this, &FindExperiment::tellJob);
    connect(m_bar, &JobBar::cancelWanted, this, [this](quint64 job) { m_context.jobs.cancel(job); });
    setTheme(m_theme);
    readWindow();
    say();
}

FindExperiment::~FindExperiment() {
    m_messenger.close();
    if (m_job != 0)
        m_context.jobs.cancel(m_job);
}

QWidget* FindExperiment::buildExample() {
    m_exampleScroll = new QScrollArea(this);
    m_exampleScroll->setWidget(m_example);
    m_exampleScroll->setFrameShape(QFrame::NoFrame);
    m_exampleScroll->setFocusPolicy(Qt::NoFocus);
    m_exampleScroll->viewport()->setAutoFillBackground(false);
    m_marks->setObjectName(QStringLiteral("findMarks"));
    m_marks->setWordWrap(true);
    m_unmark->setObjectName(QStringLiteral("findUnmark"));
    m_unmark->setToolTip(tr("Forget the marks, and take the cell that is selected in the window"));
    m_examplePart = new QWidget(this);
    auto* column = new QVBoxLayout(m_examplePart);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_marks);
    column->addWidget(m_unmark, 0, Qt::AlignLeft);
    column->addWidget(m_exampleScroll, 1);
    connect(m_unmark, &QPushButton::clicked, m_example, &ExampleMap::followSelection);
    connect(m_example, &ExampleMap::marksChanged, this, [this] {
        m_problem.clear();
        say();
    });
    connect(m_example, &ExampleMap::cursorMoved, this, &FindExperiment::showExampleCell);
    return m_examplePart;
}

void FindExperiment::showExampleCell(const QRect& cell) {
    m_exampleScroll->ensureVisible(cell.center().x(), cell.center().y(), 40, 40);
}

QWidget* FindExperiment::buildHeads() {
    m_sorted->setSourceModel(m_heads);
    m_sorted->setSortRole(sortRole);
    showRows(*m_headTable, "findHeads", tr("Heads, ranked"));
    m_headTable->setModel(m_sorted);
    m_headTable->setSortingEnabled(true);
    m_headTable->sortByColumn(FoundHeadsModel::place, Qt::AscendingOrder);
    m_headTable->horizontalHeader()->setStretchLastSection(true);
    m_headTable->installEventFilter(this);
    connect(m_headTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &FindExperiment::choose);
    connect(m_headTable, &QTableView::clicked, this, &FindExperiment::choose);
    m_plot->addBars({}, 0);
    m_plot->setLeastRangeY({0, 1});
    auto* part = new QWidget(this);
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_headTable, 3);
    row->addWidget(m_plot, 2);
    return part;
}

QWidget* FindExperiment::buildSentences() {
    showRows(*m_sentenceTable, "findSentences", tr("Sentences in which the selected head does it most"));
    m_sentenceTable->setModel(m_sentences);
    m_sentenceTable->horizontalHeader()->setStretchLastSection(true);
    m_sentenceTable->installEventFilter(this);
    m_sentenceTable->setToolTip(tr("Click: read this sentence. Double click or Enter: and look at it."));
    connect(m_sentenceTable, &QTableView::clicked, this,
            [this](const QModelIndex& at) { showSentence(at.row(), false); });
    connect(m_sentenceTable, &QTableView::doubleClicked, this,
            [this](const QModelIndex& at) { showSentence(at.row(), true); });
    m_sentencesTitle->setObjectName(QStringLiteral("findSentencesTitle"));
    auto* part = new QWidget(this);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_sentencesTitle);
    column->addWidget(m_sentenceTable, 1);
    return part;
}

void FindExperiment::setTheme(const Theme& theme) {
    m_theme = theme;
    m_controls->setTheme(theme);
    m_example->setTheme(theme);
    m_plot->setTheme(theme);
    m_sentence->setFont(theme.body);
    m_marks->setFont(theme.small);
    m_sentencesTitle->setFont(bold(theme.small));
    for (QTableView* table : {m_headTable, m_sentenceTable}) {
        table->setFont(theme.small);
        table->horizontalHeader()->setFont(theme.small);
    }
}

void FindExperiment::setModel(const std::shared_ptr<const LoadedModel>& model) {
    m_model = model;
    m_controls->setReady(model != nullptr);
    say();
}

void FindExperiment::setFile(const QString& path) {
    m_controls->setFile(path);
}

FindQuestion FindExperiment::question() const {
    FindQuestion question = m_controls->question();
    if (question.by == FindBy::example && m_example->trace()) {
        question.example.text = m_example->trace()->text;
        question.example.pair = m_example->trace()->pairText;
        question.exampleText = m_example->marksText();
        for (const MarkedCell& cell : m_example->marks()) {
            SearchRelation& relation = question.example.relations.emplace_back();
            relation.query = cell.query;
            relation.key = cell.key;
        }
    }
    return question;
}

void FindExperiment::start() {
    if (m_job != 0 || !m_model)
        return;
    const FindQuestion asked = question();
    m_problem = objectionTo(asked);
    if (m_problem.isEmpty() && asked.by == FindBy::example && !modelOf(*m_example->trace(), m_model))
        m_problem =
            tr("A recording of another model is shown. Type a sentence, and mark what to look for there.");
    if (!m_problem.isEmpty())
        return say();
    take(nullptr);
    m_controls->setBusy(true);
    m_job = m_context.jobs.add(tr("Finding heads"), [this, asked, model = m_model,
                                                     messenger = m_messenger](const JobControl& control) {
        findHeads(asked, *model, control, [this, &messenger](std::shared_ptr<const FoundHeads> found) {
            messenger.post([this, found = std::move(found)] { take(found); });
        });
    });
    say();
}

void FindExperiment::take(const std::shared_ptr<const FoundHeads>& found) {
    const bool hadFound = m_found != nullptr;
    const bool otherColumns = !hadFound || !found || m_found->metrics != found->metrics;
    m_found = found;
    {
        m_showing = true;
        m_heads->setFound(found);
        if (otherColumns) {
            m_headTable->resizeColumnsToContents();
            m_headTable->setColumnWidth(FoundHeadsModel::place, placeWidth);
        }
        m_split->setVisible(found != nullptr);
        m_showing = false;
    }
    showHead();
    say();
    if (hadFound != (m_found != nullptr))
        Q_EMIT contentChanged();
}

void FindExperiment::tellJob(const JobState& state) {
    if (!takeNews(state, m_job, *m_bar, m_problem))
        return;
    m_controls->setBusy(false);
    // What the job has posted comes first.
    m_messenger.post([this] { say(); });
}

void FindExperiment::readWindow() {
    const bool byExample = m_controls->question().by == FindBy::example;
    m_examplePart->setVisible(byExample);
    m_plot->setVisible(width() >= (byExample ? roomForAll : roomForPlot));
    if (!isVisible())
        return;
    if (byExample) {
        const Selection& selection = m_context.selection;
        // Edits are no part of the search: the unchanged pass is what is marked in.
        const auto baseline = m_context.store.baseline();
        m_example->show(baseline ? baseline : m_context.store.current(), selection.head(),
                        selection.markedQuery(), selection.key());
        constexpr int scrollBar = 14, leastWidth = 230;
        m_examplePart->setFixedWidth(std::clamp(m_example->sizeHint().width() + scrollBar, leastWidth,
                                                std::max(leastWidth, width() * 2 / 5)));
        if (!m_example->marks().empty() && !m_example->markedByHand())
            showExampleCell(m_example->cellRect(m_example->marks().front()).toAlignedRect());
        say();
    }
    showHead();
}

/// The window's head in both tables.
void FindExperiment::showHead() {
    const HeadAddress head = m_context.selection.head();
    const int row = m_heads->rowOf(head);
    const QModelIndex at = m_sorted->mapFromSource(m_heads->index(row, FoundHeadsModel::head));
    m_showing = true;
    if (row >= 0 && m_headTable->currentIndex().row() != at.row()) {
        m_headTable->setCurrentIndex(at);
        m_headTable->scrollTo(at);
    } else if (row < 0) {
        m_headTable->clearSelection();
    }
    m_showing = false;
    const int sentence = m_sentenceTable->currentIndex().row();
    const QString text = m_sentences->textAt(sentence);
    if (!m_sentences->setHead(m_found, row >= 0 ? std::optional(head) : std::nullopt))
        return;
    if (!text.isEmpty() && m_sentences->textAt(sentence) == text)
        m_sentenceTable->setCurrentIndex(m_sentences->index(sentence, 0));
    for (const int column : {FoundSentencesModel::value, FoundSentencesModel::looks})
        m_sentenceTable->resizeColumnToContents(column);
    const RankedHead* ranked = m_heads->headAt(row);
    std::vector<PlotPoint> points;
    double width = 1;
    if (ranked) {
        const HeadMetric& metric = *m_found->metrics.front();
        const ValueHistogram histogram = histogramOf(ranked->each, metric.least, metric.most, bins);
        width = histogram.width;
        for (size_t bin = 0; bin < histogram.counts.size(); ++bin)
            points.push_back({histogram.lowest + (static_cast<double>(bin) + 0.5) * width,
                              static_cast<double>(histogram.counts[bin]), 0, 0});
        m_plot->xAxis->setLabel(metricAxis(metric));
        m_plot->setTitle(tr("%1 in single sentences (%2)").arg(headLabel(head)).arg(ranked->each.size()));
    } else {
        m_plot->setTitle({});
    }
    m_plot->setPoints(0, points, width);
    m_plot->refresh();
    m_sentencesTitle->setText(!ranked ? QString()
                              : m_found->question.by == FindBy::example
                                  ? tr("Where %1 looks hardest from such a query").arg(headLabel(head))
                              : m_found->question.lowestFirst
                                  ? tr("Sentences with the lowest value of %1").arg(headLabel(head))
                                  : tr("Sentences in which %1 does it most").arg(headLabel(head)));
}

void FindExperiment::choose(const QModelIndex& current) {
    const RankedHead* head = m_heads->headAt(m_sorted->mapToSource(current).row());
    if (m_showing || !head)
        return;
    const HeadAddress address = head->head; // the table may be filled anew meanwhile
    m_context.selection.setHead(address);
}

void FindExperiment::showSentence(int row, bool look) {
    const FoundSentence* found = m_sentences->sentenceAt(row);
    if (!found || !m_context.showSentence)
        return;
    const SentenceToShow shown{m_sentences->textAt(row).toStdString(), m_context.selection.head(),
                               found->queryAnchor, found->keyAnchor, look};
    m_context.showSentence(shown);
}

void FindExperiment::say() {
    const bool byExample = m_controls->question().by == FindBy::example;
    if (byExample)
        m_marks->setText(
            (m_example->marks().empty() ? tr("Nothing is marked.")
                                        : tr("More like this: %1").arg(m_example->marksText())) +
            QLatin1Char('\n') +
            (m_example->markedByHand()
                 ? tr("Click cells, or walk with the arrow keys and mark with Space.")
                 : tr("This is the window's selection; click other cells to mark them instead.")));
    m_unmark->setEnabled(m_example->markedByHand());
    QString text = m_problem;
    if (m_found) { // with a problem, what was found before it
        text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + summaryOf(*m_found, m_job != 0);
        if (m_model && m_model->sha256 != m_found->modelSha256)
            text += tr(" These are heads of %1, which is no longer the model of the window.")
                        .arg(QString::fromStdString(m_found->model));
        else if (const Trace* trace = m_context.store.current().get(); trace && !trace->edits.empty())
            text += tr(" Of the model without your edits.");
    }
    if (text.isEmpty() && m_job == 0) {
        const FindQuestion asked = question();
        const HeadMetric& metric = asked.ranking();
        text = objectionTo(asked);
        if (!m_model)
            text = tr("A recording is shown; open a model to search its heads.");
        else if (text.isEmpty())
            text = byExample ? tr("Ranks all heads by the weight on the marked cells, and finds sentences in "
                                  "which they do the like.")
                             : QString::fromUtf8(metric.measures.data(), std::ssize(metric.measures));
    }
    m_sentence->setText(text);
}

bool FindExperiment::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return Experiment::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool enters = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (watched == m_sentenceTable && (enters || key == Qt::Key_Space)) {
        showSentence(m_sentenceTable->currentIndex().row(), enters);
        return true;
    }
    if (watched == m_headTable && enters && m_headTable->currentIndex().isValid()) {
        m_context.selection.enter(EnteredNumber::head);
        return true;
    }
    return Experiment::eventFilter(watched, event);
}

void FindExperiment::showEvent(QShowEvent* event) {
    Experiment::showEvent(event);
    readWindow();
}

void FindExperiment::resizeEvent(QResizeEvent* event) {
    Experiment::resizeEvent(event);
    readWindow();
}

void FindExperiment::dragEnterEvent(QDragEnterEvent* event) {
    if (!droppedText(event->mimeData()).isEmpty()) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
    }
}

void FindExperiment::dropEvent(QDropEvent* event) {
    const QString path = droppedText(event->mimeData());
    if (path.isEmpty())
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    setFile(path);
}

std::optional<FigureSource> FindExperiment::figure() {
    if (!m_found)
        return std::nullopt;
    const auto paint = [found = m_found, theme = m_theme](QCPPainter& painter, QSize size) {
        paintRanking(painter, size, *found, theme);
    };
    return FigureSource{paint, QSize(std::max(560, width()), rankingHeight(*m_found))};
}

std::optional<NumberTable> FindExperiment::numbers() const {
    if (!m_found)
        return std::nullopt;
    return findTable(*m_found);
}

} // namespace headlight
