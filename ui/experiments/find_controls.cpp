#include "ui/experiments/find_controls.h"

#include "ui/heads/metric_words.h"
#include "ui/viewbar/flow_layout.h"
#include "ui/viewbar/segments.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

namespace headlight {

namespace {
constexpr int mostSentences = 100'000;
constexpr int widestName = 170; // pixels, of a file's name

int idOf(FindBy by) {
    return static_cast<int>(by);
}
int idOf(FindIn in) {
    return static_cast<int>(in);
}
} // namespace

FindControls::FindControls(QWidget* parent)
    : QWidget(parent), m_by(new Segments(tr("Rank heads by"), this)), m_metric(new QComboBox(this)),
      m_relation(new QComboBox(this)), m_order(new QComboBox(this)), m_in(new Segments(tr("Over"), this)),
      m_count(new QSpinBox(this)), m_open(new QToolButton(this)), m_find(new QPushButton(tr("Find"), this)) {
    m_by->setObjectName(QStringLiteral("findBy"));
    m_by->add(idOf(FindBy::relation), tr("relation"),
              tr("How much weight the right word gets, where it is known which one is right"));
    m_by->add(idOf(FindBy::metric), tr("metric"), tr("A number that says what a head does"));
    m_by->add(idOf(FindBy::example), tr("example"),
              tr("More like this: what you mark in the sentence that is shown"));
    m_metric->setObjectName(QStringLiteral("findMetric"));
    m_metric->setAccessibleName(tr("Metric"));
    m_relation->setObjectName(QStringLiteral("findRelation"));
    m_relation->setAccessibleName(tr("Relation"));
    m_order->setObjectName(QStringLiteral("findOrder"));
    m_order->setAccessibleName(tr("Order"));
    m_order->addItem(tr("highest first"), false);
    m_order->addItem(tr("lowest first"), true);
    m_order->setToolTip(tr("Also decides which sentences are kept of each head"));
    m_in->setObjectName(QStringLiteral("findIn"));
    m_in->add(idOf(FindIn::grammar), tr("grammar"),
              tr("Sentences of the bundled grammar that no training saw; it knows what pronouns stand for"));
    m_in->add(idOf(FindIn::file), tr("file"),
              tr("One sentence a line; a line of text, tab, query, tab, key marks a relation"));
    m_count->setObjectName(QStringLiteral("findCount"));
    m_count->setRange(1, mostSentences);
    m_count->setValue(FindQuestion().count);
    m_count->setSingleStep(100);
    m_count->setGroupSeparatorShown(true);
    m_count->setSuffix(tr(" sentences"));
    m_count->setAccessibleName(tr("Number of sentences"));
    m_open->setObjectName(QStringLiteral("findOpen"));
    m_open->setFocusPolicy(Qt::TabFocus);
    m_find->setObjectName(QStringLiteral("findStart"));
    m_find->setToolTip(tr("Read the sentences and rank the heads"));
    for (QComboBox* box : {m_metric, m_relation, m_order})
        box->setFocusPolicy(Qt::TabFocus);
    fillMetrics();
    fillRelations();

    auto* flow = new FlowLayout(this, 12, 6);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->addWidget(group(tr("rank heads by"), {m_by, m_metric, m_relation}));
    flow->addWidget(group({}, {m_order}));
    flow->addWidget(group(tr("over"), {m_in, m_count, m_open, m_find}));

    const auto changes = [this] {
        showChoices();
        Q_EMIT changed();
    };
    for (Segments* segments : {m_by, m_in})
        connect(segments, &Segments::chosen, this, [segments, changes](int id) {
            segments->setCurrent(id);
            changes();
        });
    for (QComboBox* box : {m_metric, m_relation, m_order})
        connect(box, &QComboBox::activated, this, changes);
    connect(m_count, &QSpinBox::valueChanged, this, changes);
    connect(m_open, &QToolButton::clicked, this, &FindControls::chooseFile);
    connect(m_find, &QPushButton::clicked, this, &FindControls::findWanted);
    m_by->setCurrent(idOf(FindBy::relation));
    m_in->setCurrent(idOf(FindIn::grammar));
    showChoices();
}

QWidget* FindControls::group(const QString& word, std::initializer_list<QWidget*> widgets) {
    auto* part = new QWidget(this);
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    if (!word.isEmpty())
        row->addWidget(new QLabel(word, part));
    for (QWidget* widget : widgets)
        row->addWidget(widget);
    return part;
}

void FindControls::fillMetrics() {
    for (const HeadMetric& metric : headMetrics()) {
        m_metric->addItem(metricName(metric), QString::fromUtf8(metric.id.data(), std::ssize(metric.id)));
        m_metric->setItemData(m_metric->count() - 1, metricTip(metric), Qt::ToolTipRole);
    }
    m_metric->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_metric->setMinimumContentsLength(18);
    m_metric->setMaxVisibleItems(24);
}

void FindControls::fillRelations() {
    const auto add = [this](const QString& text, RelationKind kind) {
        m_relation->addItem(text, static_cast<int>(kind));
        m_relation->setItemData(m_relation->count() - 1, metricTip(weightMetricOf(kind)), Qt::ToolTipRole);
    };
    add(tr("pronoun → antecedent"), RelationKind::pronounAntecedent);
    add(tr("verb → subject"), RelationKind::verbSubject);
    add(tr("marked in the file"), RelationKind::painted);
}

void FindControls::setTheme(const Theme& theme) {
    for (QComboBox* box : {m_metric, m_relation, m_order})
        box->setFont(theme.small);
    m_count->setFont(theme.small);
    showChoices();
}

FindQuestion FindControls::question() const {
    FindQuestion question;
    question.by = static_cast<FindBy>(m_by->current());
    question.metric = findMetric(m_metric->currentData().toString().toStdString());
    question.relation = static_cast<RelationKind>(m_relation->currentData().toInt());
    question.in = static_cast<FindIn>(m_in->current());
    question.count = m_count->value();
    question.file = m_file.toStdString();
    question.lowestFirst = m_order->currentData().toBool();
    return question;
}

void FindControls::showChoices() {
    const FindQuestion asked = question();
    m_metric->setVisible(asked.by == FindBy::metric);
    m_relation->setVisible(asked.by == FindBy::relation);
    m_metric->setToolTip(asked.metric ? metricTip(*asked.metric) : QString());
    m_relation->setToolTip(metricTip(weightMetricOf(asked.relation)));
    m_count->setVisible(asked.in == FindIn::grammar);
    m_open->setVisible(asked.in == FindIn::file);
    const QString name = QFileInfo(m_file).fileName();
    m_open->setText(name.isEmpty() ? tr("Choose a file…")
                                   : fontMetrics().elidedText(name, Qt::ElideMiddle, widestName));
    m_open->setAccessibleName(name.isEmpty() ? tr("Choose a file of sentences")
                                             : tr("Sentences of %1; choose another file").arg(name));
    m_open->setToolTip(name.isEmpty() ? tr("A text file with one sentence a line; it can be dropped here too")
                                      : m_file);
    m_find->setEnabled(!m_busy && m_ready);
    updateGeometry();
}

void FindControls::setFile(const QString& path) {
    m_file = path;
    m_in->setCurrent(idOf(FindIn::file));
    showChoices();
    Q_EMIT changed();
}

void FindControls::setBusy(bool busy) {
    m_busy = busy;
    showChoices();
}

void FindControls::setReady(bool ready) {
    m_ready = ready;
    showChoices();
}

void FindControls::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("A file of sentences"), QFileInfo(m_file).path(),
                                   tr("Text (*.txt *.tsv *.csv *.text);;All files (*)"));
    dialog->setObjectName(QStringLiteral("findFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &FindControls::setFile);
    dialog->open();
}

} // namespace headlight
