#pragma once

#include "ui/history/history_keeper.h"

#include <QAbstractListModel>
#include <QHash>

#include <vector>

namespace headlight {

/// The tree of states as rows from old to new. The way that redo would go is one straight line; a branch that
/// was left stands indented in front of the state that came after it.
class HistoryModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { depthRole = Qt::UserRole, currentRole, timeRole };

    explicit HistoryModel(HistoryKeeper& keeper, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Gives the state a name; an empty one takes it away.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

    qint64 idAt(const QModelIndex& index) const;
    QModelIndex currentIndex() const;
    /// Reads the history again; costs as much as it has states.
    void refresh();

private:
    struct Row {
        qint64 id = 0;
        int depth = 0;
        QString words;
        QString name;
        qint64 time = 0;
        bool current = false;
    };
    struct Words {
        std::shared_ptr<const Workspace> before, after;
        QString text;
    };
    QString wordsFor(const History& history, const HistoryNode& node);

    HistoryKeeper& m_keeper;
    std::vector<Row> m_rows;
    QHash<qint64, Words> m_words; ///< found before, for states that have not changed
};

} // namespace headlight
