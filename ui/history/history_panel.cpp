#include "ui/history/history_panel.h"

#include <QLabel>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace headlight {

namespace {
constexpr int indent = 14;
constexpr int dotSpace = 18;
constexpr int deepestShown = 6;

/// A dot on a line, further right for a branch; the dot of the state that is shown is filled.
class StateDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setPalette(const Palette& palette) { m_palette = palette; }
    void setOpened(std::function<void()> opened) { m_opened = std::move(opened); }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override {
        m_opened();
        return QStyledItemDelegate::createEditor(parent, option, index);
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyleOptionViewItem moved = option;
        const int left = leftOf(index);
        moved.rect.setLeft(option.rect.left() + left);
        QStyledItemDelegate::paint(painter, moved, index);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_palette.hairline, 1));
        const double x = option.rect.left() + left - dotSpace / 2.0;
        painter->drawLine(QPointF(x, option.rect.top()), QPointF(x, option.rect.bottom() + 1));
        const bool current = index.data(HistoryModel::currentRole).toBool();
        painter->setPen(QPen(current ? m_palette.accent : m_palette.mutedText, 1.5));
        painter->setBrush(current ? m_palette.accent : m_palette.panel);
        constexpr double radius = 3.5;
        painter->drawEllipse(QPointF(x, option.rect.center().y() + 0.5), radius, radius);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        constexpr int height = 26;
        return {QStyledItemDelegate::sizeHint(option, index).width() + leftOf(index), height};
    }

    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override {
        editor->setGeometry(option.rect.adjusted(leftOf(index), 0, 0, 0));
    }

private:
    static int leftOf(const QModelIndex& index) {
        return dotSpace + indent * std::min(index.data(HistoryModel::depthRole).toInt(), deepestShown);
    }
    Palette m_palette;
    std::function<void()> m_opened;
};
} // namespace

HistoryPanel::HistoryPanel(HistoryKeeper& keeper, QWidget* parent)
    : QWidget(parent), m_keeper(keeper), m_model(keeper) {
    setObjectName(QStringLiteral("historyPanel"));
    setAttribute(Qt::WA_StyledBackground);
    m_title = new QLabel(tr("History"), this);
    m_hint = new QLabel(tr("Click goes there, F2 or double click names it"), this);
    m_hint->setWordWrap(true);
    m_list = new QListView(this);
    m_list->setObjectName(QStringLiteral("historyList"));
    m_list->setAccessibleName(tr("States to go back to"));
    m_list->setModel(&m_model);
    auto* delegate = new StateDelegate(m_list);
    delegate->setOpened([this] { m_naming = true; });
    m_list->setItemDelegate(delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    constexpr int margin = 12;
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->addWidget(m_title);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_hint);
    const auto go = [this](const QModelIndex& index) { m_keeper.goTo(m_model.idAt(index)); };
    // Queued: going there reads the list anew, and the click is still at work on it.
    connect(m_list, &QListView::clicked, this, go, Qt::QueuedConnection);
    connect(m_list, &QListView::activated, this, go, Qt::QueuedConnection);
    connect(&keeper, &HistoryKeeper::changed, this, [this] {
        m_stale = true;
        if (isVisible() && !m_naming)
            refresh();
    });
    connect(m_list->itemDelegate(), &QAbstractItemDelegate::closeEditor, this, [this] {
        m_naming = false;
        // Queued: the list still closes its editor.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_stale && isVisible() && !m_naming)
                    refresh();
            },
            Qt::QueuedConnection);
    });
    m_list->viewport()->installEventFilter(this);
}

/// The first click of a double click goes to the state and may read the list anew, so that the list itself
/// no longer knows what was clicked twice.
bool HistoryPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_list->viewport() || event->type() != QEvent::MouseButtonDblClick)
        return QWidget::eventFilter(watched, event);
    const QModelIndex index = m_list->indexAt(static_cast<QMouseEvent*>(event)->position().toPoint());
    if (!index.isValid())
        return false;
    m_list->setCurrentIndex(index);
    m_list->edit(index);
    return true;
}

void HistoryPanel::setTheme(const Theme& theme) {
    static_cast<StateDelegate*>(m_list->itemDelegate())->setPalette(theme.palette);
    m_title->setFont(theme.heading);
    m_hint->setFont(theme.small);
    m_list->setFont(theme.body);
    QPalette muted = palette();
    muted.setColor(QPalette::WindowText, theme.palette.mutedText);
    m_hint->setPalette(muted);
    m_list->viewport()->update();
}

void HistoryPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_stale)
        refresh();
}

void HistoryPanel::refresh() {
    m_stale = false;
    m_model.refresh();
    const QModelIndex current = m_model.currentIndex();
    m_list->setCurrentIndex(current);
    m_list->scrollTo(current);
}

} // namespace headlight
