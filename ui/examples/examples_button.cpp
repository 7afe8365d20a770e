#include "ui/examples/examples_button.h"

#include <QFrame>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace headlight {

namespace {
constexpr int popupWidth = 620;
constexpr int popupHeight = 520;
constexpr int lookRole = Qt::UserRole;
constexpr int placeRole = Qt::UserRole + 1; // group * 1000 + example; absent: the title of a group
constexpr int groupFactor = 1000;

/// Two lines an example: the sentence, and what to look for.
class ExampleDelegate : public QStyledItemDelegate {
public:
    ExampleDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        return {0, index.data(placeRole).isValid() ? 46 : 32};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const QRect inner = option.rect.adjusted(14, 5, -14, -4);
        const QFontMetrics body(m_theme.body);
        painter->save();
        if (!index.data(placeRole).isValid()) {
            painter->setFont(bold(m_theme.small));
            painter->setPen(m_theme.palette.mutedText);
            painter->drawText(inner, Qt::AlignLeft | Qt::AlignBottom, index.data().toString());
            painter->restore();
            return;
        }
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_theme.palette.accentSoft);
            painter->setRenderHint(QPainter::Antialiasing);
            painter->drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 6, 6);
        }
        painter->setFont(m_theme.body);
        painter->setPen(m_theme.palette.text);
        painter->drawText(inner, Qt::AlignLeft | Qt::AlignTop,
                          body.elidedText(index.data().toString(), Qt::ElideRight, inner.width()));
        painter->setFont(m_theme.small);
        painter->setPen(m_theme.palette.mutedText);
        painter->drawText(inner, Qt::AlignLeft | Qt::AlignBottom,
                          QFontMetrics(m_theme.small)
                              .elidedText(index.data(lookRole).toString(), Qt::ElideRight, inner.width()));
        painter->restore();
    }

private:
    const Theme& m_theme;
};
} // namespace

ExamplesButton::ExamplesButton(QWidget* parent)
    : QToolButton(parent), m_popup(new QFrame(this, Qt::Popup)), m_list(new QListWidget(m_popup)) {
    setObjectName(QStringLiteral("examplesButton"));
    setText(tr("Examples ▾"));
    setAccessibleName(tr("Examples"));
    setToolTip(tr("Sentences worth trying, and what to look for"));
    setFocusPolicy(Qt::TabFocus);
    m_popup->setObjectName(QStringLiteral("examplesPopup"));
    m_popup->resize(popupWidth, popupHeight);
    auto* layout = new QVBoxLayout(m_popup);
    layout->setContentsMargins(1, 5, 1, 5);
    layout->addWidget(m_list);
    m_list->setObjectName(QStringLiteral("examplesList"));
    m_list->setAccessibleName(tr("Examples"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setItemDelegate(new ExampleDelegate(m_theme, m_list));
    m_list->installEventFilter(this);
    connect(m_list, &QListWidget::itemClicked, this, &ExamplesButton::choose);
    connect(this, &QToolButton::clicked, this, &ExamplesButton::open);
}

void ExamplesButton::setTheme(const Theme& theme) {
    m_theme = theme;
    m_list->viewport()->update();
}

void ExamplesButton::setGroups(std::vector<ExampleGroup> groups) {
    m_groups = std::move(groups);
    setVisible(!m_groups.empty());
    fill();
}

void ExamplesButton::fill() {
    m_list->clear();
    for (size_t g = 0; g < m_groups.size(); ++g) {
        auto* title = new QListWidgetItem(QString::fromStdString(m_groups[g].title), m_list);
        title->setFlags(Qt::NoItemFlags);
        for (size_t e = 0; e < m_groups[g].examples.size(); ++e) {
            const TextExample& example = m_groups[g].examples[e];
            auto* item = new QListWidgetItem(QString::fromStdString(example.title), m_list);
            item->setData(lookRole, QString::fromStdString(example.look));
            item->setData(placeRole, static_cast<int>(g * groupFactor + e));
            item->setData(Qt::AccessibleDescriptionRole, QString::fromStdString(example.look));
            item->setToolTip(QString::fromStdString(example.text));
        }
    }
}

int ExamplesButton::contentHeight() const {
    int height = 14;
    for (int row = 0; row < m_list->count(); ++row)
        height += m_list->sizeHintForRow(row);
    return height;
}

void ExamplesButton::open() {
    QPoint place = mapToGlobal(QPoint(width() - popupWidth, height() + 4));
    if (const QScreen* shown = screen()) {
        const QRect room = shown->availableGeometry();
        m_popup->resize(popupWidth, std::min(popupHeight, room.bottom() - place.y() - 8));
        place.setX(std::max(place.x(), room.left()));
    }
    m_popup->resize(popupWidth, std::min(m_popup->height(), contentHeight()));
    m_popup->move(place);
    m_popup->show();
    m_list->setFocus();
    if (!m_list->currentItem() && m_list->count() > 1)
        m_list->setCurrentRow(1);
}

void ExamplesButton::choose() {
    const QListWidgetItem* item = m_list->currentItem();
    if (!item || !item->data(placeRole).isValid())
        return;
    const auto place = static_cast<size_t>(item->data(placeRole).toInt());
    m_popup->hide();
    Q_EMIT chosen(m_groups[place / groupFactor].examples[place % groupFactor]);
}

bool ExamplesButton::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            choose();
            return true;
        }
    }
    return QToolButton::eventFilter(watched, event);
}

} // namespace headlight
