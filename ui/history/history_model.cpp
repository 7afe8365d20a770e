#include "ui/history/history_model.h"

#include "ui/history/history_words.h"

#include <QDateTime>
#include <QFont>
#include <QLocale>

namespace headlight {

HistoryModel::HistoryModel(HistoryKeeper& keeper, QObject* parent)
    : QAbstractListModel(parent), m_keeper(keeper) {}

int HistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.name.isEmpty() ? row.words : row.name;
    case Qt::EditRole:
        return row.name;
    case Qt::ToolTipRole:
        return tr("%1\n%2").arg(
            row.words, QLocale().toString(QDateTime::fromMSecsSinceEpoch(row.time), QLocale::ShortFormat));
    case Qt::AccessibleTextRole: {
        const QString text = row.name.isEmpty() ? row.words : row.name;
        const QString branch = row.depth > 0 ? tr("%1, in a branch").arg(text) : text;
        return row.current ? tr("%1, shown now").arg(branch) : branch;
    }
    case Qt::FontRole: {
        QFont font;
        font.setBold(row.current);
        return font;
    }
    case depthRole:
        return row.depth;
    case currentRole:
        return row.current;
    case timeRole:
        return row.time;
    default:
        return {};
    }
}

Qt::ItemFlags HistoryModel::flags(const QModelIndex& index) const {
    return index.isValid() ? QAbstractListModel::flags(index) | Qt::ItemIsEditable | Qt::ItemNeverHasChildren
                           : QAbstractListModel::flags(index);
}

bool HistoryModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    Row& row = m_rows[static_cast<size_t>(index.row())];
    row.name = value.toString().simplified();
    Q_EMIT dataChanged(index, index);
    m_keeper.rename(row.id, row.name);
    return true;
}

qint64 HistoryModel::idAt(const QModelIndex& index) const {
    return index.isValid() ? m_rows[static_cast<size_t>(index.row())].id : 0;
}

QModelIndex HistoryModel::currentIndex() const {
    for (size_t row = 0; row < m_rows.size(); ++row)
        if (m_rows[row].current)
            return index(static_cast<int>(row));
    return {};
}

QString HistoryModel::wordsFor(const History& history, const HistoryNode& node) {
    const HistoryNode* parent = history.find(node.parent);
    const std::shared_ptr<const Workspace> before = parent ? parent->workspace : nullptr;
    Words& words = m_words[node.id];
    if (words.after != node.workspace || words.before != before)
        words = {before, node.workspace,
                 before ? changeInWords(*before, *node.workspace) : stateInWords(*node.workspace)};
    if (words.text.isEmpty())
        words.text = tr("as before"); // typed, and taken back
    return words.text;
}

void HistoryModel::refresh() {
    beginResetModel();
    m_rows.clear();
    if (const std::optional<History>& history = m_keeper.history()) {
        m_words.removeIf([&](const auto& each) { return !history->find(each.key()); });
        // A stack, not a recursion: a history is thousands of states deep.
        struct Open {
            qint64 id;
            int depth;
        };
        std::vector<Open> open{{history->first(), 0}};
        while (!open.empty()) {
            const auto [id, depth] = open.back();
            open.pop_back();
            const HistoryNode& node = *history->find(id);
            m_rows.push_back({id, depth, wordsFor(*history, node), QString::fromStdString(node.name),
                              node.time, id == history->current().id});
            const qint64 straight = history->lastChildOf(id);
            if (straight != 0)
                open.push_back({straight, depth});
            const std::vector<int64_t>& children = history->childrenOf(id);
            for (auto child = children.rbegin(); child != children.rend(); ++child)
                if (*child != straight)
                    open.push_back({*child, depth + 1});
        }
    }
    endResetModel();
}

} // namespace headlight
