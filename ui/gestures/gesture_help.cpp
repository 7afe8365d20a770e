#include "ui/gestures/gesture_help.h"

#include "ui/gestures/gestures.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace headlight {

GestureHelp::GestureHelp(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keys and gestures"));
    const std::vector<Gesture> rows = gestures();
    auto* table = new QTableWidget(static_cast<int>(rows.size()), 3, this);
    table->setObjectName(QStringLiteral("gestureTable"));
    table->setAccessibleName(tr("Keys and gestures"));
    table->setHorizontalHeaderLabels({tr("where"), tr("do"), tr("what happens")});
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    for (int row = 0; row < table->rowCount(); ++row) {
        const Gesture& gesture = rows[static_cast<size_t>(row)];
        table->setItem(row, 0, new QTableWidgetItem(gesture.where));
        table->setItem(row, 1, new QTableWidgetItem(gesture.keys));
        table->setItem(row, 2, new QTableWidgetItem(gesture.what));
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->addWidget(table);
    layout->addWidget(buttons);
    resize(820, 640);
}

} // namespace headlight
