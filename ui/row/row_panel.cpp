#include "ui/row/row_panel.h"

#include "engine/explain/effects.h"
#include "ui/glossary/glossary.h"
#include "ui/paint/token_labels.h"
#include "ui/viewbar/flow_layout.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace headlight {

namespace {
constexpr int readingCount = 5;

QToolButton* switchButton(const QString& text, const QString& accessibleName, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QStringLiteral("switch"));
    button->setText(text);
    button->setAccessibleName(accessibleName);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QHBoxLayout* switchOf(QToolButton* one, QToolButton* other, QWidget* parent) {
    auto* group = new QButtonGroup(parent);
    group->addButton(one);
    group->addButton(other);
    auto* layout = new QHBoxLayout;
    layout->setSpacing(0);
    layout->addWidget(one);
    layout->addWidget(other);
    layout->addStretch();
    return layout;
}
} // namespace

RowPanel::RowPanel(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_options(options),
      m_byQuery(switchButton(tr("it looks at"), tr("Read the row: what the word looks at"), this)),
      m_byKey(switchButton(tr("looks at it"), tr("Read the column: which words look at it"), this)),
      m_title(new QLabel(this)), m_footer(new QLabel(this)),
      m_byWeight(switchButton(tr("strongest first"), tr("Order: strongest first"), this)),
      m_byPosition(switchButton(tr("by position"), tr("Order: by position"), this)),
      m_orderBox(new QWidget(this)), m_list(new RowList(selection, this)), m_reading(new ReadingCard(this)),
      m_evidence(new EvidenceCard(this)) {
    build();
    connect(m_list, &RowList::explanationWanted, this, &RowPanel::explanationWanted);
    connect(m_byQuery, &QToolButton::clicked, this, [this] { m_selection.setAxis(ReadAxis::query); });
    connect(m_byKey, &QToolButton::clicked, this, [this] { m_selection.setAxis(ReadAxis::key); });
    connect(m_byWeight, &QToolButton::clicked, this, [this] { setOrder(RowOrder::strongest); });
    connect(m_byPosition, &QToolButton::clicked, this, [this] { setOrder(RowOrder::position); });
    connect(&store, &TraceStore::changed, this, &RowPanel::refresh);
    connect(&options, &ViewOptions::changed, this, &RowPanel::refresh);
    connect(&selection, &Selection::changed, this, &RowPanel::refresh);
    connect(&selection, &Selection::hoverChanged, this, &RowPanel::refresh);
}

void RowPanel::build() {
    m_byQuery->setProperty("part", QStringLiteral("row"));
    m_byKey->setProperty("part", QStringLiteral("column"));
    m_byWeight->setProperty("part", QStringLiteral("strongest"));
    m_byPosition->setProperty("part", QStringLiteral("position"));
    m_byQuery->setToolTip(tr("The row of the selected query: what it looks at (key C changes)"));
    m_byKey->setToolTip(tr("The column of the selected key: which words look at it (key C changes)"));
    m_byQuery->setWhatsThis(glossaryTip(QStringLiteral("query")));
    m_byKey->setWhatsThis(glossaryTip(QStringLiteral("key")));
    m_footer->setToolTip(glossaryTip(QStringLiteral("softmax")));
    m_footer->setWhatsThis(m_footer->toolTip());
    m_title->setObjectName(QStringLiteral("rowTitle"));
    m_footer->setObjectName(QStringLiteral("rowFooter"));
    m_title->setTextFormat(Qt::PlainText);
    m_footer->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_footer->setWordWrap(true);
    m_byQuery->setChecked(true);
    m_byWeight->setChecked(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 12, 16, 16);
    layout->setSpacing(10);
    auto* axisBox = new QWidget(this);
    axisBox->setLayout(switchOf(m_byQuery, m_byKey, this));
    m_orderBox->setLayout(switchOf(m_byWeight, m_byPosition, this));
    axisBox->layout()->setContentsMargins(0, 0, 0, 0);
    m_orderBox->layout()->setContentsMargins(0, 0, 0, 0);
    auto* topRow = new FlowLayout(nullptr, 8);
    auto* orderRow = new QHBoxLayout;
    topRow->addWidget(axisBox);
    orderRow->addWidget(m_orderBox);
    m_topRow = topRow;
    m_orderRow = orderRow;
    layout->addLayout(topRow);
    layout->addWidget(m_title);
    layout->addLayout(orderRow);
    layout->addWidget(m_list, 10);
    layout->addWidget(m_footer);
    layout->addWidget(m_reading);
    layout->addWidget(m_evidence, 3);
    m_evidence->hide();
    layout->addStretch(1);
}

void RowPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_title->setFont(theme.heading);
    m_footer->setFont(theme.small);
    m_list->setTheme(theme);
    m_reading->setTheme(theme);
    m_evidence->setTheme(theme);
}

void RowPanel::setTokenizer(std::shared_ptr<const Tokenizer> tokenizer) {
    m_tokenizer = std::move(tokenizer);
    m_shownReading.second = -2;
    refresh();
}

void RowPanel::setOrder(RowOrder order) {
    m_order = order;
    m_byWeight->setChecked(order == RowOrder::strongest);
    m_byPosition->setChecked(order == RowOrder::position);
    m_shown.token = -2;
    refresh();
}

void RowPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void RowPanel::refresh() {
    if (!isVisible())
        return;
    const Trace* trace = m_store.current().get();
    const bool byRow = m_selection.axis() == ReadAxis::query;
    (byRow ? m_byQuery : m_byKey)->setChecked(true);
    if (trace)
        refreshReading(*trace, m_selection.shownQuery());
    Shown shown;
    shown.id = m_store.id();
    shown.head = m_selection.shownHead();
    shown.axis = m_selection.axis();
    shown.token = !trace ? -1 : byRow ? m_selection.shownQuery() : m_selection.shownColumn();
    shown.tokens = m_options.tokens();
    shown.evidence = wantsEvidence();
    refreshEvidence(m_store.current(), shown.head);
    if (shown.evidence && byRow) {
        shown.truth = m_feed->truth();
        shown.problem = m_feed->problem();
        shown.percent = static_cast<int>(m_feed->progress().value_or(-0.01) * 100);
    }
    if (shown == m_shown)
        return;
    m_shown = shown;
    if (!trace || shown.token < 0) {
        m_title->setText(!trace  ? QString()
                         : byRow ? tr("Click a word to see what it looks at.")
                                 : tr("Click a word at the top of the map to see what looks at it."));
        m_footer->clear();
        m_list->setContent({});
        return;
    }
    RowContent content = byRow ? rowContent(*trace, shown.head, shown.token, m_order, shown.tokens)
                               : columnContent(*trace, shown.head, shown.token, m_order, shown.tokens);
    if (content.of < 0 && trace->site(shown.head.stack, shown.head.layer)) {
        m_title->setText(tr("“%1” is selected, but hidden.").arg(tokenLabel(*trace, shown.token)));
        m_footer->setText(tr("Select another word, or show this one again."));
    } else {
        m_title->setText(title(content, shown.head));
        if (shown.evidence && byRow && m_output && shown.problem.isEmpty() && content.of == content.ofLast)
            addTruth(content, shown.truth.get());
        m_footer->setText(shown.evidence   ? evidenceFooter(content)
                          : content.edited ? effectInWords(*trace, content, shown.head)
                                           : footer(content));
        m_footer->setToolTip(content.edited ? tr("Context: of how much the unchanged numbers sum to without "
                                                 "their signs. Answer: how much probability moved from some "
                                                 "words to others.")
                                            : QString());
    }
    m_list->setContent(std::move(content));
}

void RowPanel::refreshReading(const Trace& trace, int query) {
    const std::pair<quint64, int> wanted(m_store.id(), query);
    if (wanted == m_shownReading)
        return;
    m_shownReading = wanted;
    const bool known = m_tokenizer && query >= 0;
    std::optional<Reading> before;
    if (known && trace.baseline)
        for (const Reading& best : readings(*trace.baseline, *m_tokenizer, query, 1))
            before = best;
    m_reading->setReadings(
        tokenLabel(trace, query),
        known ? readings(trace, *m_tokenizer, query, readingCount) : std::vector<Reading>(), before);
}

/// How far the edits moved this row, added up by the engine.
QString RowPanel::effectInWords(const Trace& trace, const RowContent& content,
                                const HeadAddress& head) const {
    const RowLine& first = *std::max_element(content.lines.begin(), content.lines.end(),
                                             [](const RowLine& one, const RowLine& other) {
                                                 return one.before.value_or(0) < other.before.value_or(0);
                                             });
    QStringList parts{tr("Unchanged: “%1” had %2, the most; now %3.")
                          .arg(first.label, weightText(first.before.value_or(0)), weightText(first.weight))};
    const std::optional<RowEffect> effect =
        content.axis == ReadAxis::query ? rowEffect(trace, head, content.of) : std::nullopt;
    if (effect) {
        QString moved = tr("Sums of absolute changes: weights %1").arg(effect->weightChange, 0, 'f', 3);
        if (effect->contextChange)
            moved += tr(", context %1 (of %2)")
                         .arg(*effect->contextChange, 0, 'f', 2)
                         .arg(effect->contextBefore, 0, 'f', 2);
        if (const std::optional<double> reading = readingChange(trace, content.of))
            moved += tr("; answer %1").arg(percentText(*reading));
        parts << moved + QLatin1Char('.');
    }
    return parts.join(QLatin1Char(' '));
}

QString RowPanel::title(const RowContent& content, const HeadAddress& head) const {
    const QString text =
        content.axis == ReadAxis::query ? tr("What “%1” looks at · %2") : tr("every token → “%1” · %2");
    return text.arg(content.ofLabel, headLabel(head));
}

QString RowPanel::footer(const RowContent& content) const {
    if (content.lines.empty())
        return {};
    const bool byRow = content.axis == ReadAxis::query;
    const RowLine& strongest =
        *std::max_element(content.lines.begin(), content.lines.end(),
                          [](const RowLine& one, const RowLine& other) { return one.weight < other.weight; });
    const QString plain = byRow ? tr("In this head's mix for “%1”, “%3” has the weight %2.")
                                : tr("“%3” gives “%1” the largest weight, %2.");
    QStringList lines{plain.arg(content.ofLabel, weightText(strongest.weight), strongest.label)};
    if (content.merged)
        lines << tr("Words: weights of a key's pieces are summed, of a query's averaged; no single score.");
    const QString sum = QString::number(content.sum, 'f', 3);
    const bool hides = m_shown.tokens != ShownTokens{true, true, m_shown.tokens.mergeWords};
    const QString hidden = weightText(static_cast<float>(content.hidden));
    if (byRow && hides)
        lines << tr("weight = softmax of score · row sums to %1, %2 of it on hidden tokens; nothing is "
                    "rescaled")
                     .arg(sum, hidden);
    else if (byRow)
        lines << tr("weight = softmax of score · row sums to %1").arg(sum);
    else if (hides)
        lines << tr("column sums to %1, %2 of it from hidden tokens; nothing is rescaled · columns need not "
                    "sum to 1")
                     .arg(sum, hidden);
    else
        lines << tr("column sums to %1; columns need not sum to 1").arg(sum);
    return lines.join(QLatin1Char('\n'));
}

} // namespace headlight
