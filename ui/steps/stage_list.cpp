#include "ui/steps/stage_list.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace headlight {

namespace {
constexpr int lineHeight = 28;
constexpr double markPlace = 14; ///< its middle, from the left

class StagePainter : public QStyledItemDelegate {
public:
    explicit StagePainter(StageList* list) : QStyledItemDelegate(list), m_list(*list) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {24, lineHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = m_list.theme();
        const bool current = index.row() == m_list.currentRow();
        const bool passed = index.row() < m_list.currentRow();
        const QRectF line = option.rect;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (current || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(current && m_list.hasFocus() ? QPen(theme.palette.accent, 1.4) : QPen(Qt::NoPen));
            painter->setBrush(theme.palette.accentSoft);
            painter->drawRoundedRect(line.adjusted(1, 1, -1, -1), 5, 5);
        }
        const QPointF mark(line.left() + markPlace, line.center().y());
        painter->setPen(QPen(theme.palette.hairline, 1.5));
        if (index.row() > 0)
            painter->drawLine(QPointF(mark.x(), line.top()), mark - QPointF(0, 6));
        if (index.row() + 1 < m_list.count())
            painter->drawLine(mark + QPointF(0, 6), QPointF(mark.x(), line.bottom()));
        painter->setPen(QPen(passed || current ? theme.palette.accent : theme.palette.mutedText, 1.5));
        painter->setBrush(current  ? QBrush(theme.palette.accent)
                          : passed ? QBrush(theme.palette.accentSoft)
                                   : QBrush(Qt::NoBrush));
        painter->drawEllipse(mark, current ? 5 : 4, current ? 5 : 4);
        if (line.width() < 2 * markPlace + 40) {
            painter->restore(); // the name is in the tool tip and over the picture
            return;
        }
        const QFont font = current ? bold(theme.small) : theme.small;
        painter->setFont(font);
        painter->setPen(current ? theme.palette.text : theme.palette.mutedText);
        const QRectF room = line.adjusted(markPlace + 12, 0, -4, 0);
        painter->drawText(
            room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            QFontMetricsF(font).elidedText(index.data().toString(), Qt::ElideRight, room.width()));
        painter->restore();
    }

private:
    const StageList& m_list;
};
} // namespace

StageList::StageList(QWidget* parent) : QListWidget(parent) {
    setObjectName(QStringLiteral("stageList"));
    setAccessibleName(tr("Stages"));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setItemDelegate(new StagePainter(this));
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        viewport()->update();
        if (!m_setting && row >= 0)
            Q_EMIT wanted(row);
    });
}

void StageList::setTheme(const Theme& theme) {
    m_theme = theme;
    viewport()->update();
}

void StageList::setStages(const QStringList& titles) {
    m_setting = true;
    const int before = currentRow();
    while (count() > titles.size())
        delete takeItem(count() - 1);
    for (int i = 0; i < titles.size(); ++i) {
        if (i >= count())
            addItem(QString());
        if (item(i)->text() != titles[i]) {
            item(i)->setText(titles[i]);
            item(i)->setToolTip(titles[i]);
        }
    }
    setCurrentRow(std::min(before, count() - 1));
    m_setting = false;
}

void StageList::setCurrent(int index) {
    m_setting = true;
    setCurrentRow(index);
    m_setting = false;
}

void StageList::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
        QListWidget::keyPressEvent(event);
    else
        event->ignore();
}

} // namespace headlight
