#include "ui/experiments/row_table.h"

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>

namespace headlight {

namespace {
constexpr int rowHeight = 23;

/// Whole rows are marked, so no single cell is framed.
class RowDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state.setFlag(QStyle::State_HasFocus, false);
    }
};
} // namespace

void showRows(QTableView& table, const char* objectName, const QString& accessibleName) {
    table.setObjectName(QString::fromLatin1(objectName));
    table.setAccessibleName(accessibleName);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setShowGrid(false);
    table.setItemDelegate(new RowDelegate(&table));
    table.setTabKeyNavigation(false);
    table.setWordWrap(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(rowHeight);
    table.horizontalHeader()->setHighlightSections(false);
    table.setMinimumHeight(2 * rowHeight + 10);
}

} // namespace headlight
