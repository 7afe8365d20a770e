#pragma once

#include "ui/experiments/head_finder.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>

namespace headlight {

/// The role by which tables are sorted: the number or the place behind a cell.
constexpr int sortRole = Qt::UserRole + 1;

/// The ranked heads: place, head, and a column a metric.
class FoundHeadsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { place, head, firstValue };
    explicit FoundHeadsModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    void setFound(std::shared_ptr<const FoundHeads> found);
    const std::shared_ptr<const FoundHeads>& found() const { return m_found; }
    const RankedHead* headAt(int row) const;     ///< null: no such row
    int rowOf(const HeadAddress& address) const; ///< -1: none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const FoundHeads> m_found;
};

/// The sentences in which one head does it most.
class FoundSentencesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { value, looks, sentence, columns };
    explicit FoundSentencesModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// Of no head: the table is empty. False when that is what is shown already.
    bool setHead(std::shared_ptr<const FoundHeads> found, const std::optional<HeadAddress>& head);
    const FoundSentence* sentenceAt(int row) const; ///< null: no such row
    QString textAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const FoundHeads> m_found;
    std::optional<HeadAddress> m_head;
    std::vector<FoundSentence> m_best;
};

} // namespace headlight
