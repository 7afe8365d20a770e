#include "ui/experiments/found_models.h"

#include "ui/heads/metric_words.h"
#include "ui/paint/token_labels.h"

#include <algorithm>

namespace headlight {

namespace {
int cellAlignment(bool isNumber) {
    return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}
} // namespace

void FoundHeadsModel::setFound(std::shared_ptr<const FoundHeads> found) {
    beginResetModel();
    m_found = std::move(found);
    endResetModel();
}

const RankedHead* FoundHeadsModel::headAt(int row) const {
    if (!m_found || row < 0 || row >= rowCount())
        return nullptr;
    return &m_found->result.heads[static_cast<size_t>(row)];
}

int FoundHeadsModel::rowOf(const HeadAddress& address) const {
    for (int row = 0; row < rowCount(); ++row)
        if (headAt(row)->head == address)
            return row;
    return -1;
}

int FoundHeadsModel::rowCount(const QModelIndex& parent) const {
    return m_found && !parent.isValid() ? static_cast<int>(m_found->result.heads.size()) : 0;
}

int FoundHeadsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : firstValue + (m_found ? static_cast<int>(m_found->metrics.size()) : 1);
}

QVariant FoundHeadsModel::data(const QModelIndex& index, int role) const {
    const RankedHead* found = index.isValid() ? headAt(index.row()) : nullptr;
    if (!found)
        return {};
    const int column = index.column();
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(column != head);
    const bool isValue = column >= firstValue;
    const auto metric = static_cast<size_t>(std::max(0, column - firstValue));
    const std::optional<double> number =
        isValue && metric < found->values.size() ? found->values[metric] : std::nullopt;
    if (role == Qt::DisplayRole) {
        if (column == place)
            return index.row() + 1;
        return column == head ? headLabel(found->head) : valueText(*m_found->metrics[metric], number);
    }
    if (role == sortRole) {
        if (isValue)
            return number ? QVariant(*number) : QVariant();
        return column == place ? index.row()
                               : (static_cast<int>(found->head.stack) * 4096 + found->head.layer) * 4096 +
                                     found->head.head;
    }
    if (role == Qt::ToolTipRole && number)
        return QString::number(*number, 'g', 9);
    if (role == Qt::AccessibleTextRole)
        return isValue ? QStringLiteral("%1: %2").arg(metricName(*m_found->metrics[metric]),
                                                      valueText(*m_found->metrics[metric], number))
                       : data(index, Qt::DisplayRole);
    return {};
}

QVariant FoundHeadsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section != head);
    if (section >= firstValue) {
        if (!m_found)
            return role == Qt::DisplayRole ? QVariant(tr("value")) : QVariant();
        const HeadMetric& metric = *m_found->metrics[static_cast<size_t>(section - firstValue)];
        if (role == Qt::DisplayRole)
            return metric.unit.empty() ? metricName(metric) : metricAxis(metric);
        return role == Qt::ToolTipRole ? QVariant(metricTip(metric)) : QVariant();
    }
    if (role == Qt::DisplayRole)
        return section == place ? tr("#") : tr("head");
    if (role == Qt::ToolTipRole)
        return section == place ? tr("Place by the first value") : tr("Layer and head, both from 0");
    return {};
}

bool FoundSentencesModel::setHead(std::shared_ptr<const FoundHeads> found,
                                  const std::optional<HeadAddress>& head) {
    if (found == m_found && head == m_head)
        return false;
    beginResetModel();
    m_found = std::move(found);
    m_head = head;
    m_best.clear();
    if (m_found && head)
        for (const RankedHead& each : m_found->result.heads)
            if (each.head == *head)
                m_best = each.best;
    endResetModel();
    return true;
}

const FoundSentence* FoundSentencesModel::sentenceAt(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &m_best[static_cast<size_t>(row)];
}

QString FoundSentencesModel::textAt(int row) const {
    const FoundSentence* found = sentenceAt(row);
    return found ? QString::fromStdString((*m_found->sentences)[found->sentence].text) : QString();
}

int FoundSentencesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_best.size());
}

int FoundSentencesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant FoundSentencesModel::data(const QModelIndex& index, int role) const {
    const FoundSentence* found = index.isValid() ? sentenceAt(index.row()) : nullptr;
    if (!found)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(index.column() == value);
    const QString words = found->query < 0
                              ? QString()
                              : QStringLiteral("%1 → %2").arg(QString::fromStdString(found->queryWord),
                                                              QString::fromStdString(found->keyWord));
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        if (index.column() == value)
            return valueText(*m_found->metrics.front(), found->value);
        return index.column() == looks ? words : textAt(index.row());
    }
    if (role == Qt::ToolTipRole)
        return index.column() == sentence || found->query < 0
                   ? textAt(index.row())
                   : tr("%1, weight %2").arg(words, weightText(static_cast<float>(found->weight)));
    return {};
}

QVariant FoundSentencesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section == value);
    if (role != Qt::DisplayRole)
        return {};
    if (section == value)
        return tr("value");
    return section == looks ? tr("strongest") : tr("sentence");
}

} // namespace headlight
