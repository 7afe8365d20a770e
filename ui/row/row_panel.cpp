#include "ui/row/row_panel.h"

#include "ui/paint/token_labels.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace headlight {

namespace {
constexpr int readingCount = 5;

QToolButton* switchButton(const QString& text, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QStringLiteral("switch"));
    button->setText(text);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}
} // namespace

RowPanel::RowPanel(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_options(options), m_title(new QLabel(this)),
      m_footer(new QLabel(this)), m_byWeight(switchButton(tr("strongest first"), this)),
      m_byPosition(switchButton(tr("by position"), this)), m_list(new RowList(selection, this)),
      m_reading(new ReadingCard(this)) {
    m_title->setObjectName(QStringLiteral("rowTitle"));
    m_footer->setObjectName(QStringLiteral("rowFooter"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_footer->setWordWrap(true);
    auto* group = new QButtonGroup(this);
    group->addButton(m_byWeight);
    group->addButton(m_byPosition);
    m_byWeight->setChecked(true);
    m_byWeight->setAccessibleName(tr("Order of keys: strongest first"));
    m_byPosition->setAccessibleName(tr("Order of keys: by position"));
    connect(m_byWeight, &QToolButton::clicked, this, [this] { setOrder(RowOrder::strongest); });
    connect(m_byPosition, &QToolButton::clicked, this, [this] { setOrder(RowOrder::position); });

    auto* order = new QHBoxLayout;
    order->setSpacing(0);
    order->addWidget(m_byWeight);
    order->addWidget(m_byPosition);
    order->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 12, 16, 16);
    layout->setSpacing(10);
    layout->addWidget(m_title);
    layout->addLayout(order);
    layout->addWidget(m_list, 10);
    layout->addWidget(m_footer);
    layout->addWidget(m_reading);
    layout->addStretch(1);

    connect(&store, &TraceStore::changed, this, &RowPanel::refresh);
    connect(&selection, &Selection::changed, this, &RowPanel::refresh);
    connect(&selection, &Selection::hoverChanged, this, &RowPanel::refresh);
}

void RowPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_title->setFont(theme.heading);
    m_footer->setFont(theme.small);
    m_list->setTheme(theme);
    m_reading->setTheme(theme);
}

void RowPanel::setTokenizer(std::shared_ptr<const Tokenizer> tokenizer) {
    m_tokenizer = std::move(tokenizer);
    m_shownQuery = -2;
    refresh();
}

void RowPanel::setOrder(RowOrder order) {
    m_order = order;
    m_byWeight->setChecked(order == RowOrder::strongest);
    m_byPosition->setChecked(order == RowOrder::position);
    m_shownQuery = -2;
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
    const HeadAddress head = m_selection.shownHead();
    const int query = trace ? m_selection.shownQuery() : -1;
    if (m_store.id() == m_shownId && head == m_shownHead && query == m_shownQuery)
        return;
    m_shownId = m_store.id();
    m_shownHead = head;
    m_shownQuery = query;
    if (!trace || query < 0) {
        m_title->setText(trace ? tr("Click a word to see what it looks at.") : QString());
        m_footer->clear();
        m_list->setContent({});
        m_reading->setReadings({}, {});
        return;
    }
    const QString word = tokenLabel(*trace, query);
    m_title->setText(tr("What “%1” looks at · %2").arg(word, headLabel(head)));
    RowContent content = rowContent(*trace, head, query, m_order);
    QString plain;
    if (const auto strongest = std::max_element(
            content.lines.begin(), content.lines.end(),
            [](const RowLine& one, const RowLine& other) { return one.weight < other.weight; });
        strongest != content.lines.end())
        plain = tr("In this head's mix for “%1”, “%3” has the weight %2.\n")
                    .arg(word, weightText(strongest->weight), strongest->label);
    m_footer->setText(plain + tr("weight = softmax of score · row sums to %1").arg(content.sum, 0, 'f', 3));
    m_list->setContent(std::move(content));
    m_reading->setReadings(word, m_tokenizer ? readings(*trace, *m_tokenizer, query, readingCount)
                                             : std::vector<Reading>());
}

} // namespace headlight
