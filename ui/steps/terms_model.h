#pragma once

#include "engine/explain/provenance.h"

#include <QAbstractTableModel>

namespace headlight {

/// The terms of one derivation: which, its factors, its value, the sum so far.
class TermsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { which, first, second, value, running, columns };
    using QAbstractTableModel::QAbstractTableModel;

    void setDerivation(const Derivation& derivation);
    void setDigits(int digits);
    const Derivation& derivation() const { return m_derivation; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Derivation m_derivation;
    int m_digits = 4;
};

} // namespace headlight
