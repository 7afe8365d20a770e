#include "ui/steps/number_panel.h"

#include "ui/steps/stage_text.h"
#include "ui/viewbar/segments.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <numeric>

namespace headlight {

namespace {
constexpr int tableKind = 0;
constexpr int treeKind = 1;
} // namespace

NumberPanel::NumberPanel(QWidget* parent)
    : QWidget(parent), m_terms(new TermsModel(this)), m_tree(new ProvenanceModel(this)) {
    setObjectName(QStringLiteral("numberPanel"));
    setAccessibleName(tr("This number"));
    build();
}

void NumberPanel::build() {
    m_name = new QLabel(this);
    m_name->setObjectName(QStringLiteral("numberName"));
    m_name->setWordWrap(true);
    m_value = new QLabel(this);
    m_value->setObjectName(QStringLiteral("numberValue"));
    m_value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_statement = new QLabel(this);
    m_statement->setObjectName(QStringLiteral("numberStatement"));
    m_statement->setWordWrap(true);
    m_statement->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_kind = new Segments(tr("How the number is shown"), this);
    m_kind->add(tableKind, tr("Terms"), tr("What is added up, one line a term"));
    m_kind->add(treeKind, tr("Where from"), tr("Down to inputs and learned weights, level by level"));
    connect(m_kind, &Segments::chosen, this, [this](int kind) { showTree(kind == treeKind); });
    auto* digitsLabel = new QLabel(tr("digits"), this);
    digitsLabel->setObjectName(QStringLiteral("barLabel"));
    m_digits = new QSpinBox(this);
    m_digits->setObjectName(QStringLiteral("digits"));
    m_digits->setRange(3, 17);
    m_digits->setValue(4);
    m_digits->setAccessibleName(tr("Digits of every number"));
    digitsLabel->setBuddy(m_digits);
    connect(m_digits, &QSpinBox::valueChanged, this, [this](int digits) {
        refresh();
        Q_EMIT digitsChanged(digits);
    });

    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("termsTable"));
    m_table->setAccessibleName(tr("Terms of the sum"));
    m_table->setModel(m_terms);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(22);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setMinimumSectionSize(20);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const Term& term = m_terms->derivation().terms[static_cast<size_t>(index.row())];
        const size_t which = index.column() == TermsModel::second && term.count > 1 ? 1 : 0;
        Q_EMIT numberWanted(term.factors[which].cell);
    });
    m_treeView = new QTreeView(this);
    m_treeView->setObjectName(QStringLiteral("provenanceTree"));
    m_treeView->setAccessibleName(tr("Where the number comes from"));
    m_treeView->setModel(m_tree);
    m_treeView->setFrameShape(QFrame::NoFrame);
    m_treeView->setUniformRowHeights(true);
    m_treeView->setIndentation(14);
    m_treeView->header()->setStretchLastSection(true);
    m_views = new QStackedWidget(this);
    m_views->addWidget(m_table);
    m_views->addWidget(m_treeView);
    m_views->setMinimumHeight(110); // a few terms

    m_copy = new QToolButton(this);
    m_copy->setObjectName(QStringLiteral("copyNumber"));
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copies this number and its terms"));
    m_copy->setFocusPolicy(Qt::TabFocus);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(plainText()); });
    m_export = new QToolButton(this);
    m_export->setObjectName(QStringLiteral("exportSteps"));
    m_export->setText(tr("Export ▾"));
    m_export->setAccessibleName(tr("Export all steps"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setFocusPolicy(Qt::TabFocus);
    auto* menu = new QMenu(m_export);
    const auto add = [&](const QString& text, const char* format) {
        menu->addAction(text, this, [this, format] { Q_EMIT exportWanted(QString::fromLatin1(format)); });
    };
    add(tr("LaTeX (.tex)"), "latex");
    add(tr("Table of numbers (.csv)"), "csv");
    add(tr("JSON (.json)"), "json");
    add(tr("Spreadsheet with formulas (.fods)"), "fods");
    m_export->setMenu(menu);

    auto* switches = new QHBoxLayout;
    switches->setSpacing(6);
    switches->addWidget(m_kind);
    switches->addStretch(1);
    switches->addWidget(digitsLabel);
    switches->addWidget(m_digits);
    auto* values = new QHBoxLayout;
    values->setSpacing(8);
    values->addWidget(m_value);
    values->addStretch(1);
    values->addWidget(m_copy);
    values->addWidget(m_export);
    auto* card = new QWidget(this);
    card->setObjectName(QStringLiteral("numberCard"));
    card->setAttribute(Qt::WA_StyledBackground);
    auto* cardLayout = new QVBoxLayout(card);
    cardLayout->setContentsMargins(12, 8, 8, 8);
    cardLayout->setSpacing(2);
    cardLayout->addWidget(m_name);
    cardLayout->addLayout(values);
    cardLayout->addWidget(m_statement);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(card);
    layout->addLayout(switches);
    layout->addWidget(m_views, 1);
}

void NumberPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_name->setFont(theme.small);
    m_value->setFont(theme.large);
    m_statement->setFont(theme.small);
    QFont narrow = theme.small; // five numbers beside each other
    narrow.setPixelSize(11);
    m_table->setFont(narrow);
    m_treeView->setFont(narrow);
}

void NumberPanel::setNumber(const std::shared_ptr<const ShownSteps>& steps, const Cell& cell) {
    const bool sameTree = m_steps == steps && m_cell == cell;
    m_steps = steps;
    m_cell = cell;
    setEnabled(steps && steps->provenance->has(cell));
    if (!isEnabled())
        return;
    if (!sameTree) {
        m_terms->setDerivation(steps->provenance->derive(cell));
        if (treeShown())
            m_tree->setNumber(m_steps, m_cell);
    }
    refresh();
}

void NumberPanel::setDigits(int digits) {
    m_digits->setValue(digits);
}

int NumberPanel::digits() const {
    return m_digits->value();
}

void NumberPanel::showTree(bool on) {
    m_kind->setCurrent(on ? treeKind : tableKind);
    const bool before = treeShown();
    m_views->setCurrentWidget(on ? static_cast<QWidget*>(m_treeView) : m_table);
    if (before != on)
        Q_EMIT kindChanged();
    if (!on || !m_steps)
        return;
    m_tree->setNumber(m_steps, m_cell);
    m_treeView->expand(m_tree->index(0, 0));
    m_treeView->setColumnWidth(ProvenanceModel::what, 140);
    m_treeView->setColumnWidth(ProvenanceModel::value, 62);
}

bool NumberPanel::treeShown() const {
    return m_views->currentWidget() == m_treeView;
}

QString NumberPanel::statement() const {
    const Derivation& of = m_terms->derivation();
    if (of.operation == Operation::given)
        return operationText(of);
    QString text = QString::fromStdString(statementOf(of, std::max(6, m_digits->value())));
    return text.replace(QLatin1Char('-'), QChar(0x2212))
        .replace(QStringLiteral("re\u2212"), QStringLiteral("re-"));
}

/// Every column is as wide as the longest number of so many digits, or wider where there is room: a table
/// that is too wide is scrolled, no number is cut.
void NumberPanel::placeColumns() {
    const QFontMetrics metrics(m_table->font());
    constexpr int padding = 6, headPadding = 14;
    const auto wide = [&](const QString& text) { return metrics.horizontalAdvance(text) + padding; };
    const QString zeros(m_digits->value(), QLatin1Char('0'));
    const int longest = std::max(wide(QStringLiteral("\u22120.000") + zeros),
                                 wide(QStringLiteral("\u2212.e\u221205") + zeros));
    QString label = m_terms->headerData(TermsModel::which, Qt::Horizontal, Qt::DisplayRole).toString();
    for (const Term& term : m_terms->derivation().terms)
        if (term.label.size() > static_cast<size_t>(label.size()))
            label = QString::fromStdString(term.label);
    std::array<int, TermsModel::columns> widths{};
    widths.fill(longest);
    widths[TermsModel::which] = std::min(wide(label) + headPadding - padding, 130);
    widths[TermsModel::second] += metrics.horizontalAdvance(QStringLiteral("\u00d7 "));
    const int spare = m_table->viewport()->width() - std::accumulate(widths.begin(), widths.end(), 0);
    for (int column = 0; column < TermsModel::columns; ++column) {
        const bool grows = spare > 0 && column != TermsModel::which;
        const int width =
            widths[static_cast<size_t>(column)] + (grows ? spare / (TermsModel::columns - 1) : 0);
        if (m_table->columnWidth(column) != width)
            m_table->setColumnWidth(column, width);
    }
}

void NumberPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeColumns();
}

void NumberPanel::refresh() {
    const int digits = m_digits->value();
    m_terms->setDigits(digits);
    placeColumns();
    m_tree->setDigits(digits);
    const Derivation& of = m_terms->derivation();
    m_name->setText(QString::fromStdString(of.label) + (of.operation == Operation::given
                                                            ? QString()
                                                            : QStringLiteral("  ·  ") + operationText(of)));
    m_value->setText(shownNumber(static_cast<double>(of.recorded), digits));
    m_statement->setText(statement());
    // A label that wraps asks for its height too late for the first layout.
    m_statement->setMinimumHeight(m_statement->heightForWidth(std::max(200, width() - 24)));
    m_statement->setProperty("agrees", of.agrees || of.operation == Operation::given);
    setAccessibleDescription(m_name->text() + QStringLiteral(": ") + m_value->text() + QStringLiteral(". ") +
                             m_statement->text());
}

QString NumberPanel::plainText() const {
    QString text = m_name->text() + QLatin1Char('\t') + m_value->text() + QLatin1Char('\n') +
                   m_statement->text() + QLatin1Char('\n');
    for (int row = 0; row < m_terms->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < m_terms->columnCount(); ++column)
            cells << m_terms->index(row, column).data().toString();
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return text;
}

} // namespace headlight
