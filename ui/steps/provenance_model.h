#pragma once

#include "ui/steps/steps_source.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <vector>

namespace headlight {

/// Where a number comes from, down to inputs and learned weights: a number has terms, a term of two factors
/// has its numbers. Each level is read when it is opened, never before.
class ProvenanceModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { what, value, how, columns };
    explicit ProvenanceModel(QObject* parent = nullptr);
    ~ProvenanceModel() override;

    /// The tree of one number of these steps.
    void setNumber(std::shared_ptr<const ShownSteps> steps, const Cell& cell);
    void setDigits(int digits);
    /// How many numbers and terms were read so far.
    int readNodes() const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    using QObject::parent;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    Node* nodeOf(const QModelIndex& index) const;
    std::vector<std::unique_ptr<Node>> childrenOf(Node& node) const;
    QString howText(const Node& node) const;

    std::shared_ptr<const ShownSteps> m_steps;
    std::unique_ptr<Node> m_root; ///< invisible; its one child is the number
    int m_digits = 4;
};

/// "sum of 32 terms", "given", ...: how a number was made.
QString operationText(const Derivation& derivation);

} // namespace headlight
