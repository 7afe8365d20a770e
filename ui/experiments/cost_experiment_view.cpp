#include "ui/experiments/cost_experiment_view.h"

#include "engine/session/platform.h"
#include "ui/experiments/bench_content.h"
#include "ui/experiments/cost_plots.h"
#include "ui/jobs/job_bar.h"
#include "ui/viewbar/segments.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>

#include <algorithm>
#include <array>

namespace headlight {

namespace {
constexpr int linearAxes = 0;
constexpr int logarithmicAxes = 1;
constexpr std::array longestLengths{256, 512, 1024, 2048, 4096};
constexpr int usualLongest = 2048;

QString bytesText(int64_t bytes) {
    constexpr double kibi = 1024;
    const auto size = static_cast<double>(bytes);
    return size < kibi * kibi ? QStringLiteral("%1 KiB").arg(size / kibi, 0, 'f', size < 10 * kibi ? 1 : 0)
                              : QStringLiteral("%1 MiB").arg(size / kibi / kibi, 0, 'f', 1);
}

/// 16, 32, ... up to the longest.
std::vector<int> lengthsUpTo(int longest) {
    std::vector<int> lengths;
    for (int n = 16; n <= longest; n *= 2)
        lengths.push_back(n);
    return lengths;
}

QString exponentText(const std::optional<PowerLaw>& law) {
    return law ? QStringLiteral("n^%1").arg(law->exponent, 0, 'f', 2) : QStringLiteral("–");
}
} // namespace

CostExperimentView::CostExperimentView(const ExperimentContext& context, QWidget* parent)
    : Experiment(parent), m_context(context), m_messenger(this), m_longest(new QComboBox(this)),
      m_start(new QPushButton(tr("Measure"), this)), m_axes(new Segments(tr("Axes"), this)),
      m_plots(new CostPlots(this)), m_table(new QTableWidget(this)), m_sentences(new QLabel(this)),
      m_machine(new QLabel(this)), m_bar(new JobBar(this)) {
    setObjectName(QStringLiteral("costExperiment"));
    for (const int n : longestLengths)
        m_longest->addItem(tr("up to n = %1").arg(n), n);
    m_longest->setObjectName(QStringLiteral("costLongest"));
    m_longest->setCurrentIndex(m_longest->findData(usualLongest));
    m_longest->setAccessibleName(tr("Longest sequence"));
    connect(m_longest, &QComboBox::activated, this,
            [this] { m_settings.lengths = lengthsUpTo(m_longest->currentData().toInt()); });
    m_start->setObjectName(QStringLiteral("costStart"));
    m_start->setToolTip(tr("Time both layers at growing lengths, on this machine"));
    m_axes->setObjectName(QStringLiteral("costAxes"));
    m_axes->add(logarithmicAxes, tr("logarithmic"),
                tr("A power of n is a straight line, and its slope is the exponent"));
    m_axes->add(linearAxes, tr("linear"), tr("How much longer it really takes"));
    connect(m_axes, &Segments::chosen, this,
            [this](int axes) { m_plots->setLogarithmic(axes == logarithmicAxes); });

    m_table->setObjectName(QStringLiteral("costTable"));
    m_table->setAccessibleName(tr("Measured costs"));
    const QStringList headings{tr("n"),
                               tr("attention\ntime"),
                               tr("attention\nmemory"),
                               tr("steps in\na row"),
                               tr("path\nlength"),
                               tr("GRU\ntime"),
                               tr("GRU\nmemory"),
                               tr("steps in\na row"),
                               tr("path\nlength")};
    m_table->setColumnCount(static_cast<int>(headings.size()));
    m_table->setHorizontalHeaderLabels(headings);
    for (const int column : {3, 7})
        m_table->horizontalHeaderItem(column)->setToolTip(
            tr("Products that must wait for one another: what does not run in parallel"));
    for (const int column : {4, 8})
        m_table->horizontalHeaderItem(column)->setToolTip(
            tr("Steps that a signal takes between the two tokens that lie farthest apart"));
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignBottom);
    m_table->verticalHeader()->setDefaultSectionSize(23);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    for (QLabel* label : {m_sentences, m_machine}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_sentences->setObjectName(QStringLiteral("costSentences"));
    m_machine->setObjectName(QStringLiteral("rowFooter"));

    auto* controls = new QHBoxLayout;
    controls->setSpacing(8);
    controls->addWidget(m_start);
    controls->addWidget(m_longest);
    controls->addWidget(m_axes);
    controls->addStretch(1);
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_plots, 1);
    column->addWidget(m_table);
    m_plots->setMinimumHeight(200);
    m_plots->setMaximumHeight(460);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_machine);
    column->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(controls);
    layout->addWidget(m_sentences);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_bar, 0, Qt::AlignLeft);

    connect(m_start, &QPushButton::clicked, this, &CostExperimentView::start);
    connect(&context.jobs, &Jobs::changed, this, &CostExperimentView::tellJob);
    connect(m_bar, &JobBar::cancelWanted, this, [this](quint64 job) { m_context.jobs.cancel(job); });
    m_plots->setResult(m_result);
    setTheme(m_theme);
    fillTable();
    say();
}

CostExperimentView::~CostExperimentView() {
    m_messenger.close();
    if (m_job != 0)
        m_context.jobs.cancel(m_job);
}

void CostExperimentView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_plots->setTheme(theme);
    m_sentences->setFont(theme.body);
    m_machine->setFont(theme.small);
    m_table->setFont(theme.small);
    m_table->horizontalHeader()->setFont(theme.small);
    auto* scroll = findChild<QScrollArea*>();
    QPalette ground = scroll->viewport()->palette();
    ground.setColor(QPalette::Window, theme.palette.canvas);
    scroll->viewport()->setPalette(ground);
    scroll->widget()->setPalette(ground);
}

void CostExperimentView::setSettings(const CostSettings& settings) {
    m_settings = settings;
}

void CostExperimentView::start() {
    if (m_job != 0)
        return;
    m_problem.clear();
    m_stopped = false;
    m_result = {};
    m_result.settings = m_settings;
    m_plots->setResult(m_result);
    fillTable();
    m_start->setEnabled(false);
    m_longest->setEnabled(false);
    m_job =
        m_context.jobs.add(tr("Attention and a GRU layer"),
                           [this, settings = m_settings, messenger = m_messenger](const JobControl& control) {
                               const auto show = [this, &messenger](const CostResult& result) {
                                   messenger.post([this, result] {
                                       m_result = result;
                                       m_plots->setResult(m_result);
                                       fillTable();
                                       say();
                                       Q_EMIT contentChanged();
                                   });
                               };
                               // Shown once more at the end: it may say what was left out.
                               show(costExperiment(settings, control, show));
                           });
    say();
    Q_EMIT contentChanged();
}

void CostExperimentView::tellJob(const JobState& state) {
    if (!takeNews(state, m_job, *m_bar, m_problem))
        return;
    m_start->setEnabled(true);
    m_longest->setEnabled(true);
    m_stopped = state.kind == JobState::Kind::cancelled;
    say();
}

void CostExperimentView::fillTable() {
    m_table->setRowCount(static_cast<int>(m_result.points.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const CostPoint& point = m_result.points[static_cast<size_t>(row)];
        QStringList cells{QString::number(point.length)};
        for (const LayerCost* cost : {&point.attention, &point.recurrent})
            cells << secondsText(cost->seconds) << bytesText(cost->heldBytes)
                  << QString::number(cost->sequentialSteps) << QString::number(cost->pathLength);
        for (int column = 0; column < m_table->columnCount(); ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_table->setItem(row, column, item);
        }
    }
    // Whole in the page's own scroll area: no list that scrolls within one.
    m_table->setFixedHeight(
        m_table->horizontalHeader()->sizeHint().height() +
        std::max(1, m_table->rowCount()) * m_table->verticalHeader()->defaultSectionSize() + 4);
}

void CostExperimentView::say() {
    const CostSettings& settings = m_result.points.empty() ? m_settings : m_result.settings;
    m_machine->setText(
        tr("%1 · %2 · layers of width %3, attention with %4 heads; the median of %5 passes, bars from the "
           "fastest to the slowest; lines: least squares on log n, over the longer half")
            .arg(QString::fromStdString(processorName()),
                 m_result.backend.empty() ? tr("not measured yet") : QString::fromStdString(m_result.backend))
            .arg(settings.width)
            .arg(settings.heads)
            .arg(settings.repeats));
    if (!m_problem.isEmpty()) {
        m_sentences->setText(m_problem);
        return;
    }
    if (m_result.points.empty()) {
        m_sentences->setText(m_job != 0 ? tr("The first lengths are being measured.")
                             : m_stopped
                                 ? tr("Stopped before the first length was measured.")
                                 : tr("Attention compares every token with every other: its time and memory "
                                      "should grow with n². A recurrent layer takes n steps, one after the "
                                      "other. Measure it here."));
        return;
    }
    const CostPoint& last = m_result.points.back();
    QString text;
    const CostLaws& laws = shownLaws(m_result);
    if (laws.attentionTime && laws.attentionBytes)
        text =
            tr("On this machine attention's time grows like %1 and its memory like %2; the GRU's like %3 and "
               "%4.")
                .arg(exponentText(laws.attentionTime), exponentText(laws.attentionBytes),
                     exponentText(laws.recurrentTime), exponentText(laws.recurrentBytes));
    else
        text = tr("One length is measured; an exponent needs two.");
    text +=
        tr(" At n = %1 a signal between the farthest tokens takes %2 step in attention and %3 in the GRU, "
           "which must be taken one after the other.")
            .arg(last.length)
            .arg(last.attention.pathLength)
            .arg(last.recurrent.pathLength);
    if (wasDisturbed(m_result))
        text += tr(" Passes of one length differ much: something else is using this machine, so do not trust "
                   "the exponents of the time. Measure again when it is quiet.");
    if (m_stopped)
        text += tr(" Stopped: what was measured stays.");
    if (!m_result.leftOut.empty())
        text += QLatin1Char(' ') + QString::fromStdString(m_result.leftOut);
    m_sentences->setText(text);
    m_plots->setAccessibleName(tr("Plots of time and memory against n"));
    m_plots->setAccessibleDescription(text);
}

std::optional<FigureSource> CostExperimentView::figure() {
    if (m_result.points.empty())
        return std::nullopt;
    const auto paint = [this](QCPPainter& painter, QSize size) {
        constexpr int captionHeight = 26;
        painter.fillRect(QRect(QPoint(0, 0), size), m_theme.palette.canvas);
        m_plots->paintFigure(painter, {size.width(), size.height() - captionHeight});
        painter.setFont(m_theme.small);
        painter.setPen(m_theme.palette.mutedText);
        const QRect line(12, size.height() - captionHeight, size.width() - 24, captionHeight);
        painter.drawText(
            line, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(m_theme.small).elidedText(m_machine->text(), Qt::ElideRight, line.width()));
    };
    return FigureSource{paint, m_plots->size().expandedTo({560, 240}) + QSize(0, 26)};
}

std::optional<NumberTable> CostExperimentView::numbers() const {
    if (m_result.points.empty())
        return std::nullopt;
    const CostSettings& settings = m_result.settings;
    NumberTable table;
    table.format = "headlight-cost";
    table.facts = {{"cpu", processorName()},
                   {"backend", m_result.backend},
                   {"width", TableCell(static_cast<int64_t>(settings.width))},
                   {"heads", TableCell(static_cast<int64_t>(settings.heads))},
                   {"repeats", TableCell(static_cast<int64_t>(settings.repeats))},
                   {"seed", TableCell(static_cast<int64_t>(settings.seed))}};
    const auto tell = [&](const CostLaws& laws, const std::string& ending) {
        const auto law = [&](const char* name, const std::optional<PowerLaw>& fit) {
            table.facts.emplace_back(name + ending, fit ? TableCell(fit->exponent) : TableCell());
        };
        law("attention_time_exponent", laws.attentionTime);
        law("attention_memory_exponent", laws.attentionBytes);
        law("gru_time_exponent", laws.recurrentTime);
        law("gru_memory_exponent", laws.recurrentBytes);
    };
    tell(m_result.laws, "");
    tell(m_result.longLaws, "_longer_half");
    table.columns = {"n",
                     "layer",
                     "seconds",
                     "fastest",
                     "slowest",
                     "multiply_adds",
                     "bytes_counted",
                     "bytes_held",
                     "sequential_steps",
                     "path_length"};
    for (const CostPoint& point : m_result.points)
        for (const auto& [name, cost] :
             {std::pair("attention", &point.attention), std::pair("gru", &point.recurrent)})
            table.lines.push_back({static_cast<int64_t>(point.length), std::string(name), cost->seconds,
                                   cost->fastest, cost->slowest, cost->multiplyAdds, cost->bytes,
                                   cost->heldBytes, cost->sequentialSteps, cost->pathLength});
    return table;
}

} // namespace headlight
