#include "ui/steps/terms_model.h"

#include "ui/steps/stage_text.h"

namespace headlight {

void TermsModel::setDerivation(const Derivation& derivation) {
    beginResetModel();
    m_derivation = derivation;
    endResetModel();
}

void TermsModel::setDigits(int digits) {
    if (digits == m_digits)
        return;
    m_digits = digits;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int TermsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_derivation.terms.size());
}

int TermsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant TermsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Term& term = m_derivation.terms[static_cast<size_t>(index.row())];
    if (role == Qt::TextAlignmentRole)
        return QVariant(index.column() == which ? Qt::AlignLeft | Qt::AlignVCenter
                                                : Qt::AlignRight | Qt::AlignVCenter);
    // The very number, for tests and assistive technology, beside the one with so many digits.
    if (role != Qt::DisplayRole && role != Qt::UserRole)
        return {};
    const auto number = [&](double of) {
        return role == Qt::UserRole ? QVariant(of) : QVariant(shownNumber(of, m_digits));
    };
    switch (index.column()) {
    case which:
        return QString::fromStdString(term.label);
    case first:
        return number(static_cast<double>(term.factors[0].value));
    case second: {
        if (term.count < 2)
            return {};
        const QVariant factor = number(static_cast<double>(term.factors[1].value));
        if (role == Qt::UserRole)
            return factor;
        return (term.divided ? QStringLiteral("÷ ") : QStringLiteral("× ")) + factor.toString();
    }
    case value:
        return number(term.value);
    case running:
        return number(term.running);
    default:
        return {};
    }
}

QVariant TermsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == which ? Qt::AlignLeft | Qt::AlignVCenter
                                         : Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case which:
        return tr("term");
    case first:
        return tr("factor");
    case second:
        return tr("factor");
    case value:
        return tr("value");
    case running:
        return tr("so far");
    default:
        return {};
    }
}

} // namespace headlight
