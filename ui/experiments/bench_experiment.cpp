#include "ui/experiments/bench_experiment.h"

#include "ui/experiments/bench_view.h"
#include "ui/jobs/job_bar.h"
#include "ui/look/custom_plot.h"
#include "ui/paint/token_labels.h"
#include "ui/viewbar/segments.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <numeric>

namespace headlight {

namespace {
constexpr int largestSeed = 1'000'000;
constexpr int roomy = 800; // from here on the controls stand in one line

int count(const std::vector<MechanismInfo>& list) {
    return static_cast<int>(list.size());
}

QString normaliserTip(const MechanismInfo& info) {
    return QStringLiteral("%1\n%2").arg(QString::fromStdString(info.formula),
                                        QString::fromStdString(info.reference));
}
} // namespace

BenchExperiment::BenchExperiment(const ExperimentContext& context, QWidget* parent)
    : Experiment(parent), m_context(context), m_messenger(this),
      m_controls(new QBoxLayout(QBoxLayout::LeftToRight)), m_normaliser(new Segments(tr("Normaliser"), this)),
      m_query(new QComboBox(this)), m_numbers(new QToolButton(this)),
      m_windowLabel(new QLabel(tr("window ±"), this)), m_window(new QSpinBox(this)),
      m_seed(new QSpinBox(this)), m_measure(new QPushButton(tr("Measure times"), this)),
      m_view(new BenchView(context.selection, context.formulas, this)), m_sentences(new QLabel(this)),
      m_bar(new JobBar(this)), m_feed(context.waitWhileBusy) {
    setObjectName(QStringLiteral("benchExperiment"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(buildControls());
    layout->addWidget(m_view, 1);
    layout->addWidget(m_sentences);
    layout->addWidget(m_bar, 0, Qt::AlignLeft);
    m_sentences->setObjectName(QStringLiteral("benchSentences"));
    m_sentences->setTextFormat(Qt::PlainText);
    m_sentences->setWordWrap(true);

    connect(&context.store, &TraceStore::changed, this, &BenchExperiment::ask);
    connect(&context.selection, &Selection::changed, this, &BenchExperiment::ask);
    connect(&m_feed, &BenchFeed::answered, this, &BenchExperiment::take);
    connect(&m_feed, &BenchFeed::failed, this, [this](const QString& sentence) {
        m_problem = sentence;
        say();
    });
    connect(&context.jobs, &Jobs::changed, this, &BenchExperiment::tellJob);
    connect(m_bar, &JobBar::cancelWanted, this, [this](quint64 job) { m_context.jobs.cancel(job); });
    setTheme(m_theme);
    chooseNormaliser(0);
}

BenchExperiment::~BenchExperiment() {
    m_messenger.close();
    if (m_job != 0)
        m_context.jobs.cancel(m_job);
}

QWidget* BenchExperiment::buildControls() {
    const std::vector<MechanismInfo> normalisers = benchNormalisers();
    for (int i = 0; i < count(normalisers); ++i) {
        const MechanismInfo& info = normalisers[static_cast<size_t>(i)];
        m_normaliser->add(i, QString::fromStdString(info.name), normaliserTip(info));
    }
    m_normaliser->add(count(normalisers), tr("all"), tr("Every normaliser, over the same keys"));
    m_normaliser->setObjectName(QStringLiteral("benchNormaliser"));
    connect(m_normaliser, &Segments::chosen, this, &BenchExperiment::chooseNormaliser);

    m_query->setObjectName(QStringLiteral("benchQuery"));
    m_query->setAccessibleName(tr("Query"));
    m_query->setToolTip(tr("The query whose row is compared: the selected word"));
    m_query->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_query->setMinimumContentsLength(9);
    m_query->setMaxVisibleItems(20);
    connect(m_query, &QComboBox::activated, this, [this](int query) { m_context.selection.setQuery(query); });

    m_numbers->setObjectName(QStringLiteral("benchNumbers"));
    m_numbers->setText(tr("numbers"));
    m_numbers->setCheckable(true);
    m_numbers->setFocusPolicy(Qt::TabFocus);
    m_numbers->setToolTip(tr("Write the weights into the cells, and the scores below where they fit"));
    connect(m_numbers, &QToolButton::toggled, m_view, &BenchView::setNumbers);
    m_window->setObjectName(QStringLiteral("benchWindow"));
    m_window->setRange(0, 99);
    m_window->setValue(BenchSettings{}.localHalfWidth);
    m_window->setAccessibleName(tr("Half-width of the local window"));
    m_window->setToolTip(tr("“local” sees the keys at most so many tokens away from the query"));
    m_windowLabel->setBuddy(m_window);
    m_seed->setObjectName(QStringLiteral("benchSeed"));
    m_seed->setRange(0, largestSeed);
    m_seed->setValue(static_cast<int>(BenchSettings{}.seed));
    m_seed->setPrefix(tr("seed "));
    m_seed->setAccessibleName(tr("Seed of the untrained parameters"));
    m_seed->setToolTip(
        tr("Draws the parameters of general, concat and additive, which the model does not have"));
    for (QSpinBox* box : {m_window, m_seed})
        connect(box, &QSpinBox::valueChanged, this, &BenchExperiment::ask);
    m_measure->setObjectName(QStringLiteral("benchMeasure"));
    m_measure->setToolTip(tr("Time every mechanism on this head, on this machine"));
    connect(m_view, &BenchView::stepsWanted, this,
            [this] { m_context.selection.enter(EnteredNumber::weight); });
    connect(m_measure, &QPushButton::clicked, this, &BenchExperiment::measure);

    auto* first = new QHBoxLayout;
    auto* label = new QLabel(tr("query"), this);
    label->setBuddy(m_query);
    first->addWidget(label);
    first->addWidget(m_query);
    first->addSpacing(4);
    first->addWidget(m_normaliser);
    auto* second = new QHBoxLayout;
    second->addWidget(m_windowLabel);
    second->addWidget(m_window);
    second->addWidget(m_seed);
    second->addWidget(m_numbers);
    second->addWidget(m_measure);
    for (QHBoxLayout* line : {first, second})
        line->setSpacing(6);
    first->addStretch(1);
    second->addStretch(1);
    for (QSpinBox* box : {m_window, m_seed})
        box->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_measure->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* controls = new QWidget(this);
    controls->setLayout(m_controls);
    m_controls->setContentsMargins(0, 0, 0, 0);
    m_controls->setSpacing(6);
    m_controls->addLayout(first, 1);
    m_controls->addLayout(second);
    return controls;
}

void BenchExperiment::setTheme(const Theme& theme) {
    m_theme = theme;
    m_view->setTheme(theme);
    m_sentences->setFont(theme.body);
}

void BenchExperiment::showEvent(QShowEvent* event) {
    Experiment::showEvent(event);
    ask();
}

void BenchExperiment::resizeEvent(QResizeEvent* event) {
    Experiment::resizeEvent(event);
    m_controls->setDirection(width() >= roomy ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

BenchSettings BenchExperiment::settings() const {
    BenchSettings settings;
    settings.seed = static_cast<uint64_t>(m_seed->value());
    settings.localHalfWidth = m_window->value();
    return settings;
}

void BenchExperiment::ask() {
    if (!isVisible())
        return;
    const std::shared_ptr<const Trace>& trace = m_context.store.current();
    const HeadAddress head = m_context.selection.head();
    const int query = m_context.selection.markedQuery();
    m_problem.clear();
    if (!trace)
        m_problem = tr("There is no text to compare mechanisms on yet.");
    else if (!hasVectors(*trace, head))
        m_problem =
            tr("This recording has no queries, keys and values of %1, which the bench needs. Type the "
               "text again with the model loaded.")
                .arg(headLabel(head));
    else if (query < 0)
        m_problem = tr("Click a word: its query is what the mechanisms are compared on.");
    if (m_problem.isEmpty())
        m_feed.ask({trace, head, query, settings()});
    else
        take(nullptr, nullptr);
}

void BenchExperiment::take(const std::shared_ptr<const Trace>& trace,
                           const std::shared_ptr<const BenchResult>& result) {
    if (result && !m_problem.isEmpty())
        return; // an answer to what is no longer asked
    const bool emptyBefore = m_content.empty();
    m_content.trace = trace;
    m_content.result = result;
    m_view->setContent(m_content);
    fillQueries();
    say();
    if (m_content.empty() != emptyBefore)
        Q_EMIT contentChanged();
}

void BenchExperiment::fillQueries() {
    const QSignalBlocker quiet(m_query);
    QStringList words;
    if (!m_content.empty())
        for (int i = 0; i < m_content.result->queries; ++i)
            words << QStringLiteral("%1  %2").arg(i).arg(tokenLabel(*m_content.trace, i));
    bool same = words.size() == m_query->count();
    for (qsizetype i = 0; same && i < words.size(); ++i)
        same = words[i] == m_query->itemText(static_cast<int>(i));
    if (!same) {
        m_query->clear();
        m_query->addItems(words);
    }
    m_query->setCurrentIndex(m_content.empty() ? -1 : m_content.result->query);
    m_query->setEnabled(!m_content.empty());
}

void BenchExperiment::chooseNormaliser(int id) {
    std::vector<int> shown{id};
    const std::vector<MechanismInfo> all = benchNormalisers();
    if (id >= count(all)) {
        shown.resize(all.size());
        std::iota(shown.begin(), shown.end(), 0);
    }
    const bool local = std::any_of(shown.begin(), shown.end(),
                                   [&](int each) { return all[static_cast<size_t>(each)].name == "local"; });
    m_window->setVisible(local);
    m_windowLabel->setVisible(local);
    m_normaliser->setCurrent(id);
    m_view->setNormalisers(std::move(shown));
    say();
}

void BenchExperiment::measure() {
    if (m_content.empty() || m_job != 0)
        return;
    const auto trace = m_content.trace;
    const HeadAddress head = m_content.result->head;
    const int query = m_content.result->query;
    m_measure->setEnabled(false);
    m_job =
        m_context.jobs.add(tr("Timing the mechanisms"), [this, trace, head, query, settings = settings(),
                                                         messenger = m_messenger](const JobControl& control) {
            auto timed =
                std::make_shared<const BenchResult>(mechanismBench(*trace, head, query, settings, control));
            messenger.post([this, timed] {
                m_content.timed = timed;
                m_view->setContent(m_content);
                say();
            });
        });
}

void BenchExperiment::tellJob(const JobState& state) {
    if (!takeNews(state, m_job, *m_bar, m_problem))
        return;
    m_measure->setEnabled(true);
    if (!m_problem.isEmpty())
        say();
}

/// Two sentences: what the rows are, and what is special about the normaliser that is shown.
void BenchExperiment::say() {
    m_measure->setEnabled(m_job == 0 && !m_content.empty());
    if (m_content.empty() || !m_problem.isEmpty()) {
        m_sentences->setText(m_problem);
        return;
    }
    const BenchResult& result = *m_content.result;
    const auto recorded = std::find_if(result.rows.begin(), result.rows.end(),
                                       [](const BenchRow& row) { return row.recorded; });
    const QString word = tokenLabel(*m_content.trace, result.query);
    const std::vector<MechanismInfo> normalisers = benchNormalisers();
    const int shown = m_normaliser->current();
    QString text = tr("One query, “%1” in %2, with the same keys and values in every row;")
                       .arg(word, headLabel(result.head)) +
                   QLatin1Char(' ');
    if (recorded == result.rows.end())
        text += tr("none of these mechanisms is exactly what the head did.");
    else if (shown == recorded->normaliser || shown >= count(normalisers))
        text += tr("the marked row is what the head itself did.");
    else
        text += tr("the head itself uses %1 and %2.")
                    .arg(QString::fromStdString(
                             benchScoreFunctions()[static_cast<size_t>(recorded->scoreFunction)].name),
                         QString::fromStdString(normalisers[static_cast<size_t>(recorded->normaliser)].name));
    const std::string name =
        shown < count(normalisers) ? normalisers[static_cast<size_t>(shown)].name : std::string();
    if (name == "softmax")
        text += tr(" Softmax gives every key that is not masked some weight, however little.");
    else if (name == "sparsemax")
        text += tr(" Sparsemax gives keys with low scores a weight of exactly 0.");
    else if (name == "hard")
        text +=
            tr(" Hard attention puts all weight on the key with the largest score. 0: no gradient passes an "
               "argmax, so back-propagation cannot teach the scores.");
    else if (name == "local")
        text += tr(" Local attention sees the keys up to %1 tokens to each side; the others are masked.")
                    .arg(result.settings.localHalfWidth);
    else
        text += tr(" Within one mechanism the scores are the same; only the normaliser differs.");
    m_sentences->setText(text);
}

std::optional<FigureSource> BenchExperiment::figure() {
    if (m_content.empty())
        return std::nullopt;
    const QSize size(m_view->width(), std::max(m_view->wantedHeight() + 8, 200));
    const auto paint = [this](QCPPainter& painter, QSize room) { m_view->paintFigure(painter, room); };
    return withCaption({paint, size}, *m_content.trace, m_content.result->head, m_theme);
}

std::optional<NumberTable> BenchExperiment::numbers() const {
    if (m_content.empty())
        return std::nullopt;
    return benchTable(m_content);
}

} // namespace headlight
