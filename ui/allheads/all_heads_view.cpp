#include "ui/allheads/all_heads_view.h"

#include "ui/allheads/metric_plot.h"
#include "ui/allheads/similarity_view.h"
#include "ui/heads/metric_words.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace headlight {

namespace {
/// Side by side, when wider than this times the height.
constexpr double besideFrom = 1.25;
constexpr int grammarCount = 200;

std::vector<HeadValue> inStack(const std::vector<HeadValue>* all, Stack stack) {
    std::vector<HeadValue> values;
    if (all)
        std::copy_if(all->begin(), all->end(), std::back_inserter(values),
                     [stack](const HeadValue& each) { return each.head.stack == stack; });
    return values;
}

/// What a box shows: a metric of another Headlight is none of its.
const HeadMetric* metricIn(const QComboBox& box) {
    const HeadMetric* metric = findMetric(box.currentData().toString().toStdString());
    return metric && isOfEveryText(*metric) ? metric : nullptr;
}
} // namespace

AllHeadsView::AllHeadsView(const TraceStore& store, Selection& selection, ViewOptions& options,
                           QWidget* parent, Jobs* jobs)
    : QWidget(parent), m_store(store), m_selection(selection), m_options(options),
      m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      m_similarity(new SimilarityView(selection, options, this)),
      m_plot(new MetricPlot(selection, options, this)), m_across(new QComboBox(this)),
      m_up(new QComboBox(this)), m_values(this, [this] { readNumbers(); }), m_jobs(jobs), m_messenger(this) {
    setObjectName(QStringLiteral("allHeads"));
    setFocusProxy(m_similarity);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    buildOver();
    buildAxes();
    connect(&store, &TraceStore::changed, this, &AllHeadsView::readTrace);
    connect(&selection, &Selection::changed, this, &AllHeadsView::readSelection);
    connect(&options, &ViewOptions::changed, this, [this] {
        if (m_options.numbers() != m_numbers)
            readNumbers();
    });
    connect(&m_feed, &HeadsAlikeFeed::changed, this, &AllHeadsView::showAlike);
    if (jobs)
        connect(jobs, &Jobs::changed, this, &AllHeadsView::readNews);
}

AllHeadsView::~AllHeadsView() {
    m_messenger.close();
    if (m_job != 0)
        m_jobs->cancel(m_job);
}

void AllHeadsView::buildOver() {
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    if (m_jobs) {
        m_overBox = new QComboBox(this);
        m_overBox->setObjectName(QStringLiteral("alikeOver"));
        m_overBox->setAccessibleName(tr("Heads are compared over"));
        m_overBox->setFocusPolicy(Qt::TabFocus);
        m_overBox->addItem(tr("this sentence"), static_cast<int>(Over::sentence));
        m_overBox->addItem(tr("%1 sentences of the grammar").arg(grammarCount),
                           static_cast<int>(Over::grammar));
        m_overBox->addItem(tr("a file of sentences…"), static_cast<int>(Over::file));
        m_overBox->setItemData(1, tr("Sentences made by the bundled grammar that no training saw"),
                               Qt::ToolTipRole);
        m_overBox->setItemData(2, tr("A text file, a sentence a line"), Qt::ToolTipRole);
        connect(m_overBox, &QComboBox::activated, this,
                [this] { chooseOver(static_cast<Over>(m_overBox->currentData().toInt())); });
        auto* row = new QHBoxLayout;
        row->setContentsMargins(6, 6, 12, 0); // the word above the matrix begins where its heading does
        row->setSpacing(6);
        auto* label = new QLabel(tr("over"), this);
        label->setObjectName(QStringLiteral("barLabel"));
        row->addWidget(label);
        row->addWidget(m_overBox, 1);
        column->addLayout(row);
    }
    column->addWidget(m_similarity, 1);
    m_layout->addLayout(column, 1);
}

void AllHeadsView::chooseOver(Over over) {
    if (over != Over::file) {
        over == Over::sentence ? leaveMany() : readMany(over, {});
        return;
    }
    m_overBox->setCurrentIndex(static_cast<int>(m_over)); // until a file is chosen
    auto* dialog = new QFileDialog(this, tr("A file of sentences, one a line"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { readMany(Over::file, file); });
    dialog->open();
}

void AllHeadsView::readMany(Over over, const QString& file) {
    if (!m_model || !m_jobs)
        return;
    if (m_job != 0)
        m_jobs->cancel(m_job);
    m_over = over;
    m_overBox->setCurrentIndex(static_cast<int>(over));
    m_many.reset();
    const QString name = QFileInfo(file).fileName();
    m_job = m_jobs->add(tr("Similarity of heads"), [this, over, file, name, model = m_model,
                                                    stack = m_selection.head().stack,
                                                    messenger = m_messenger](const JobControl& control) {
        const std::vector<SearchSentence> sentences =
            over == Over::grammar ? sentencesOfGrammar(grammarCount) : sentencesOfFile(file);
        HeadsAlike alike = headsAlikeOver(model, stack, sentences, control);
        const auto count = sentences.size();
        alike.over = over == Over::grammar ? tr("mean over %1 sentences of the grammar").arg(count)
                                           : tr("mean over %1 sentences of %2").arg(count).arg(name);
        messenger.post([this, over, model, many = std::make_shared<const HeadsAlike>(std::move(alike))] {
            if (m_over != over || m_model != model)
                return;
            m_many = many;
            showAlike();
        });
    });
    showAlike();
}

void AllHeadsView::readNews(const JobState& state) {
    if (m_job == 0 || state.id != m_job || state.kind == JobState::Kind::waiting ||
        state.kind == JobState::Kind::running)
        return;
    m_job = 0;
    if (state.kind != JobState::Kind::done)
        leaveMany(); // the window says why
}

void AllHeadsView::leaveMany() {
    if (m_job != 0)
        m_jobs->cancel(m_job);
    m_job = 0;
    m_many.reset();
    m_over = Over::sentence;
    if (m_overBox)
        m_overBox->setCurrentIndex(0);
    readTrace();
    showAlike();
}

void AllHeadsView::showAlike() {
    if (m_over == Over::sentence)
        m_similarity->setAlike(m_feed.answer(), m_feed.busy());
    else
        m_similarity->setAlike(m_many ? m_many : m_feed.answer(), !m_many);
}

void AllHeadsView::buildAxes() {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 6, 12, 0);
    row->setSpacing(6);
    const auto add = [&](QComboBox* box, const QString& word, const char* name, const QString& spoken,
                         std::string HeadNumbers::*metric) {
        auto* label = new QLabel(word, this);
        label->setObjectName(QStringLiteral("barLabel"));
        box->setObjectName(QString::fromLatin1(name));
        box->setAccessibleName(spoken);
        box->setFocusPolicy(Qt::TabFocus);
        fillWithMetrics(*box);
        box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(box, &QComboBox::activated, this, [this, box, metric] {
            HeadNumbers numbers = m_options.numbers();
            numbers.*metric = box->currentData().toString().toStdString();
            m_options.setNumbers(numbers);
        });
        row->addWidget(label);
        row->addWidget(box, 1);
    };
    add(m_up, tr("up"), "plotUp", tr("Metric from bottom to top"), &HeadNumbers::up);
    add(m_across, tr("across"), "plotAcross", tr("Metric from left to right"), &HeadNumbers::across);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 4);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(m_plot, 1);
    m_layout->addLayout(column, 1);
}

void AllHeadsView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_similarity->setTheme(theme);
    m_plot->setTheme(theme);
    for (QComboBox* box : {m_across, m_up, m_overBox})
        if (box)
            box->setFont(theme.small);
}

void AllHeadsView::setModel(std::shared_ptr<const LoadedModel> model) {
    const bool isOther = m_model != model;
    m_model = std::move(model);
    if (isOther && m_over != Over::sentence)
        leaveMany();
    if (isVisible())
        readNumbers();
}

void AllHeadsView::readTrace() {
    if (!isVisible() || !m_store.current())
        return;
    if (m_stack != m_selection.head().stack && m_over != Over::sentence) {
        m_stack = m_selection.head().stack;
        leaveMany(); // those were the heads of another stack
        return;
    }
    m_stack = m_selection.head().stack;
    if (m_over == Over::sentence)
        m_feed.ask(m_store.current(), m_stack);
    readNumbers();
}

void AllHeadsView::readNumbers() {
    m_numbers = m_options.numbers();
    const Trace* trace = m_store.current().get();
    const Model* model = trace ? modelOf(*trace, m_model) : nullptr;
    showMetric(*m_across, m_numbers.across, trace, model);
    showMetric(*m_up, m_numbers.up, trace, model);
    if (!trace)
        return;
    const Stack stack = m_selection.head().stack;
    const HeadMetric* across = metricIn(*m_across);
    const HeadMetric* up = metricIn(*m_up);
    m_values.ask({across, up}, m_store.current(), m_model);
    m_plot->setValues(across, inStack(m_values.of(across), stack), up, inStack(m_values.of(up), stack));
}

void AllHeadsView::readSelection() {
    if (m_selection.head().stack != m_stack)
        readTrace();
}

void AllHeadsView::paintFigure(QCPPainter& painter, QSize size) {
    AllHeadsView view(m_store, m_selection, m_options); // nothing moves on the screen
    view.m_model = m_model;
    view.m_values.setAtOnce();
    view.setTheme(m_theme);
    if (!m_store.current())
        painter.fillRect(QRect(QPoint(0, 0), size), m_theme.palette.canvas);
    else if (const auto known = m_many ? m_many : m_feed.answerTo(*m_store.current(), m_stack))
        view.paintAll(painter, size, *known);
    else
        view.paintAll(painter, size, headsAlike(*m_store.current(), m_selection.head().stack));
}

void AllHeadsView::paintAll(QCPPainter& painter, QSize size, const HeadsAlike& alike) {
    painter.fillRect(QRect(QPoint(0, 0), size), m_theme.palette.canvas);
    const bool beside = size.width() > besideFrom * size.height();
    const QSize half =
        beside ? QSize(size.width() / 2, size.height()) : QSize(size.width(), size.height() / 2);
    m_plot->resize(half);
    readNumbers(); // the names of the axes as far as there is room
    m_similarity->paintFigure(painter, half, alike);
    m_plot->paintFigure(painter, QRect(beside ? QPoint(half.width(), 0) : QPoint(0, half.height()), half));
}

void AllHeadsView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_layout->setDirection(width() > besideFrom * height() ? QBoxLayout::LeftToRight
                                                           : QBoxLayout::TopToBottom);
}

void AllHeadsView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    readTrace();
}

} // namespace headlight
