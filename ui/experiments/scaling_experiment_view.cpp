#include "ui/experiments/scaling_experiment_view.h"

#include "ui/jobs/job_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QSpinBox>

#include <algorithm>

namespace headlight {

namespace {
constexpr int firstWidth = 64; // of most trained models' heads

QString three(double value) {
    return QString::number(value, 'g', 3);
}
} // namespace

ScalingExperimentView::ScalingExperimentView(const ExperimentContext& context, QWidget* parent)
    : Experiment(parent), m_context(context), m_messenger(this), m_slider(new QSlider(Qt::Horizontal, this)),
      m_width(new QLabel(this)), m_seed(new QSpinBox(this)), m_again(new QPushButton(tr("Run again"), this)),
      m_sentences(new QLabel(this)), m_plots(new ScalingPlots(this)), m_bar(new JobBar(this)) {
    setObjectName(QStringLiteral("scalingExperiment"));
    const std::vector<int> widths = scalingWidths();
    m_slider->setObjectName(QStringLiteral("scalingWidth"));
    m_slider->setRange(0, static_cast<int>(widths.size()) - 1);
    m_slider->setPageStep(1);
    m_slider->setTickPosition(QSlider::TicksBelow);
    m_slider->setTickInterval(1);
    m_slider->setMinimumWidth(140);
    m_slider->setMaximumWidth(420);
    m_slider->setAccessibleName(tr("d_k, the length of a query"));
    m_slider->setValue(
        static_cast<int>(std::find(widths.begin(), widths.end(), firstWidth) - widths.begin()));
    m_width->setMinimumWidth(72);
    m_seed->setObjectName(QStringLiteral("scalingSeed"));
    m_seed->setRange(0, 1'000'000);
    m_seed->setValue(static_cast<int>(m_settings.seed));
    m_seed->setPrefix(tr("seed "));
    m_seed->setAccessibleName(tr("Seed of the drawn queries and keys"));
    m_again->setObjectName(QStringLiteral("scalingRun"));
    m_again->setToolTip(tr("Draw queries and keys from this seed and measure again"));
    m_sentences->setObjectName(QStringLiteral("scalingSentences"));
    m_sentences->setTextFormat(Qt::PlainText);
    m_sentences->setWordWrap(true);

    auto* controls = new QHBoxLayout;
    controls->setSpacing(8);
    controls->addWidget(m_width);
    controls->addWidget(m_slider, 1);
    controls->addStretch();
    controls->addWidget(m_seed);
    controls->addWidget(m_again);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_plots);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(controls);
    layout->addWidget(m_sentences);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_bar, 0, Qt::AlignLeft);

    connect(m_slider, &QSlider::valueChanged, this, [this] {
        m_plots->setShown(shownWidth());
        say();
    });
    connect(m_again, &QPushButton::clicked, this, &ScalingExperimentView::start);
    connect(&context.jobs, &Jobs::changed, this, &ScalingExperimentView::tellJob);
    connect(m_bar, &JobBar::cancelWanted, this, [this](quint64 job) { m_context.jobs.cancel(job); });
    m_plots->setShown(shownWidth());
    setTheme(m_theme);
    say();
}

ScalingExperimentView::~ScalingExperimentView() {
    m_messenger.close();
    if (m_job != 0)
        m_context.jobs.cancel(m_job);
}

int ScalingExperimentView::shownWidth() const {
    return scalingWidths()[static_cast<size_t>(m_slider->value())];
}

void ScalingExperimentView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_plots->setTheme(theme);
    m_sentences->setFont(theme.body);
    m_width->setFont(theme.heading);
    auto* scroll = findChild<QScrollArea*>();
    QPalette ground = scroll->viewport()->palette();
    ground.setColor(QPalette::Window, theme.palette.canvas);
    scroll->viewport()->setPalette(ground);
    m_plots->setPalette(ground);
}

void ScalingExperimentView::setSettings(const ScalingSettings& settings) {
    m_settings = settings;
    m_seed->setValue(static_cast<int>(settings.seed));
}

void ScalingExperimentView::showEvent(QShowEvent* event) {
    Experiment::showEvent(event);
    if (!m_begun)
        start();
}

void ScalingExperimentView::start() {
    if (m_job != 0)
        return;
    m_begun = true;
    m_problem.clear();
    m_settings.seed = static_cast<uint64_t>(m_seed->value());
    m_points.clear();
    m_plots->setPoints({});
    m_again->setEnabled(false);
    m_job = m_context.jobs.add(
        tr("Scores of random queries and keys"),
        [this, settings = m_settings, messenger = m_messenger](const JobControl& control) {
            scalingExperiment(settings, control, [this, &messenger](const ScalingPoint& point) {
                messenger.post([this, point] {
                    m_points.push_back(point);
                    m_plots->setPoints(m_points);
                    say();
                    if (m_points.size() == 1)
                        Q_EMIT contentChanged();
                });
            });
        });
    say();
    Q_EMIT contentChanged();
}

void ScalingExperimentView::tellJob(const JobState& state) {
    if (!takeNews(state, m_job, *m_bar, m_problem))
        return;
    m_again->setEnabled(true);
    say();
}

void ScalingExperimentView::say() {
    m_width->setText(tr("dₖ = %1").arg(shownWidth()));
    const ScalingPoint* point = m_plots->shown();
    if (!m_problem.isEmpty()) {
        m_sentences->setText(m_problem);
        return;
    }
    if (!point) {
        m_sentences->setText(m_job != 0 ? tr("dₖ = %1 is not measured yet.").arg(shownWidth())
                                        : tr("dₖ = %1 was not measured; run it again.").arg(shownWidth()));
        return;
    }
    const ScoreStatistics& plain = point->unscaled;
    const ScoreStatistics& scaled = point->scaled;
    const QString spread =
        tr("Queries and keys have independent normal components: at dₖ = %1 their scores spread by %2 "
           "(theory "
           "√dₖ = %3), and by %4 once divided by √dₖ.")
            .arg(point->headWidth)
            .arg(three(plain.deviation.value), three(plain.deviation.theory), three(scaled.deviation.value));
    const QString effect =
        tr("Undivided, the largest of %1 weights is %2 on average, and half of the rows let a gradient of at "
           "most %3 through the softmax (root mean square %4); divided, %5 and %6 (%7).")
            .arg(m_settings.keys)
            .arg(three(plain.largestWeight.value), three(plain.jacobianMedian),
                 three(plain.jacobianNorm.value), three(scaled.largestWeight.value),
                 three(scaled.jacobianMedian), three(scaled.jacobianNorm.value));
    m_sentences->setText(spread + QLatin1Char(' ') + effect);
    m_plots->setAccessibleName(tr("Plots of scores, largest weight and gradient"));
    m_plots->setAccessibleDescription(m_sentences->text());
}

std::optional<FigureSource> ScalingExperimentView::figure() {
    if (m_points.empty())
        return std::nullopt;
    const auto paint = [this](QCPPainter& painter, QSize size) {
        painter.fillRect(QRect(QPoint(0, 0), size), m_theme.palette.canvas);
        m_plots->paintFigure(painter, size);
    };
    return FigureSource{paint, m_plots->size().expandedTo({560, 380})};
}

std::optional<NumberTable> ScalingExperimentView::numbers() const {
    if (m_points.empty())
        return std::nullopt;
    NumberTable table;
    table.format = "headlight-scaling";
    table.facts = {{"seed", TableCell(static_cast<int64_t>(m_settings.seed))},
                   {"rows", TableCell(static_cast<int64_t>(m_settings.rows))},
                   {"keys", TableCell(static_cast<int64_t>(m_settings.keys))}};
    table.columns = {"d_k", "factor", "quantity", "value", "standard_error", "theory", "from"};
    const auto add = [&](int width, const ScoreStatistics& statistics, const char* name,
                         const MeasuredMean& mean) {
        table.lines.push_back({static_cast<int64_t>(width), statistics.factor, std::string(name), mean.value,
                               mean.standardError, mean.theory, TableCell()});
    };
    for (const ScalingPoint& point : m_points)
        for (const ScoreStatistics* each : {&point.unscaled, &point.scaled}) {
            add(point.headWidth, *each, "mean", each->mean);
            add(point.headWidth, *each, "standard_deviation", each->deviation);
            add(point.headWidth, *each, "largest_weight", each->largestWeight);
            add(point.headWidth, *each, "jacobian_norm", each->jacobianNorm);
            table.lines.push_back({static_cast<int64_t>(point.headWidth), each->factor,
                                   std::string("jacobian_norm_median"), each->jacobianMedian, TableCell(),
                                   TableCell(), TableCell()});
            for (size_t bin = 0; bin < each->density.size(); ++bin)
                table.lines.push_back({static_cast<int64_t>(point.headWidth), each->factor,
                                       std::string("density"), each->density[bin], TableCell(),
                                       each->theoryDensity[bin],
                                       each->lowest + static_cast<double>(bin) * each->binWidth});
        }
    return table;
}

} // namespace headlight
