#include "ui/steps/provenance_model.h"

#include "ui/steps/stage_text.h"

#include <QCoreApplication>

namespace headlight {

/// A number (with a cell), or a term of two numbers (with a term).
struct ProvenanceModel::Node {
    Node* parent = nullptr;
    int row = 0;
    QString label;
    std::optional<Cell> cell;
    Term term;
    std::optional<Derivation> derivation; ///< of a number, once it was opened
    std::vector<std::unique_ptr<Node>> children;
    bool isRead = false;
};

QString operationText(const Derivation& derivation) {
    const auto say = [](const char* text) { return QCoreApplication::translate("Steps", text); };
    switch (derivation.operation) {
    case Operation::given:
        return isGiven(derivation.cell.quantity) ? say("input or learned weight") : say("recorded");
    case Operation::sum:
        return say("sum of %1 terms").arg(derivation.terms.size());
    case Operation::product:
        return say("product");
    case Operation::quotient:
        return say("quotient");
    case Operation::exponential:
        return say("exp of one number");
    case Operation::maximum:
        return say("largest of %1").arg(derivation.terms.size());
    case Operation::copy:
        return say("taken over");
    case Operation::cleared:
        return say("set to 0");
    case Operation::chosen:
        return say("made by another rule than softmax");
    case Operation::edited:
        return say("put here by an edit");
    case Operation::averaged:
        return say("mean over the sentence");
    }
    return {};
}

ProvenanceModel::ProvenanceModel(QObject* parent)
    : QAbstractItemModel(parent), m_root(std::make_unique<Node>()) {}

ProvenanceModel::~ProvenanceModel() = default;

void ProvenanceModel::setNumber(std::shared_ptr<const ShownSteps> steps, const Cell& cell) {
    beginResetModel();
    m_steps = std::move(steps);
    m_root = std::make_unique<Node>();
    m_root->isRead = true;
    if (m_steps && m_steps->provenance->has(cell)) {
        auto number = std::make_unique<Node>();
        number->parent = m_root.get();
        number->cell = cell;
        number->label = QString::fromStdString(m_steps->provenance->labelOf(cell));
        number->derivation = m_steps->provenance->derive(cell);
        m_root->children.push_back(std::move(number));
    }
    endResetModel();
}

void ProvenanceModel::setDigits(int digits) {
    if (digits == m_digits)
        return;
    m_digits = digits;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
    Q_EMIT layoutChanged();
}

int ProvenanceModel::readNodes() const {
    const auto count = [](const auto& self, const Node& node) -> int {
        int sum = 0;
        for (const auto& child : node.children)
            sum += 1 + self(self, *child);
        return sum;
    };
    return count(count, *m_root);
}

ProvenanceModel::Node* ProvenanceModel::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex ProvenanceModel::index(int row, int column, const QModelIndex& parent) const {
    const Node* node = nodeOf(parent);
    if (row < 0 || static_cast<size_t>(row) >= node->children.size() || column < 0 || column >= columns)
        return {};
    return createIndex(row, column, node->children[static_cast<size_t>(row)].get());
}

QModelIndex ProvenanceModel::parent(const QModelIndex& child) const {
    Node* above = child.isValid() ? nodeOf(child)->parent : nullptr;
    return above && above != m_root.get() ? createIndex(above->row, 0, above) : QModelIndex();
}

int ProvenanceModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int ProvenanceModel::columnCount(const QModelIndex&) const {
    return columns;
}

bool ProvenanceModel::hasChildren(const QModelIndex& parent) const {
    if (parent.column() > 0)
        return false;
    const Node* node = nodeOf(parent);
    if (node->isRead)
        return !node->children.empty();
    return !node->cell || !isGiven(node->cell->quantity);
}

bool ProvenanceModel::canFetchMore(const QModelIndex& parent) const {
    return parent.isValid() && parent.column() == 0 && !nodeOf(parent)->isRead;
}

std::vector<std::unique_ptr<ProvenanceModel::Node>> ProvenanceModel::childrenOf(Node& node) const {
    std::vector<std::unique_ptr<Node>> children;
    const Provenance& from = *m_steps->provenance;
    const auto addNumber = [&](const Factor& factor, const QString& label) {
        auto number = std::make_unique<Node>();
        number->cell = factor.cell;
        number->label = label;
        number->term.value = static_cast<double>(factor.value);
        children.push_back(std::move(number));
    };
    const auto labelOf = [&](const Factor& factor) {
        return QString::fromStdString(from.labelOf(factor.cell));
    };
    if (!node.cell) {
        for (const Factor& factor : node.term.used())
            addNumber(factor, labelOf(factor));
    } else {
        if (!node.derivation)
            node.derivation = from.derive(*node.cell);
        for (const Term& term : node.derivation->terms) {
            if (term.count == 1) {
                addNumber(term.factors[0], labelOf(term.factors[0]));
                continue;
            }
            auto product = std::make_unique<Node>();
            product->label =
                node.derivation->terms.size() == 1 ? QString() : QString::fromStdString(term.label);
            product->term = term;
            children.push_back(std::move(product));
        }
    }
    for (size_t i = 0; i < children.size(); ++i) {
        children[i]->row = static_cast<int>(i);
        children[i]->parent = &node;
    }
    return children;
}

void ProvenanceModel::fetchMore(const QModelIndex& parent) {
    Node* node = nodeOf(parent);
    if (node->isRead || !m_steps)
        return;
    node->isRead = true;
    std::vector<std::unique_ptr<Node>> children = childrenOf(*node);
    if (children.empty())
        return;
    beginInsertRows(parent, 0, static_cast<int>(children.size()) - 1);
    node->children = std::move(children);
    endInsertRows();
}

QString ProvenanceModel::howText(const Node& node) const {
    if (node.cell)
        return node.derivation                ? operationText(*node.derivation)
               : isGiven(node.cell->quantity) ? tr("input or learned weight")
                                              : QString();
    const QString sign = node.term.divided ? QStringLiteral(" ÷ ") : QStringLiteral(" × ");
    return shownNumber(static_cast<double>(node.term.factors[0].value), m_digits) + sign +
           shownNumber(static_cast<double>(node.term.factors[1].value), m_digits);
}

QVariant ProvenanceModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Node& node = *nodeOf(index);
    const double number = node.derivation ? static_cast<double>(node.derivation->recorded) : node.term.value;
    if (role == Qt::UserRole)
        return index.column() == value ? QVariant(number) : QVariant();
    if (role == Qt::TextAlignmentRole && index.column() == value)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case what:
        return node.label.isEmpty() ? howText(node) : node.label;
    case value:
        return shownNumber(number, m_digits);
    case how:
        return node.label.isEmpty() ? QString() : howText(node);
    default:
        return {};
    }
}

QVariant ProvenanceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case what:
        return tr("number");
    case value:
        return tr("value");
    case how:
        return tr("made of");
    default:
        return {};
    }
}

} // namespace headlight
