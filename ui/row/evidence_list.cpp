#include "ui/row/evidence_list.h"

#include "ui/paint/token_labels.h"
#include "ui/row/reading_card.h"
#include "ui/row/truth_words.h"

#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int lineHeight = 20;
enum Role {
    guessesRole = Qt::UserRole, ///< QStringList: pieces, then as many probabilities as text
    shareRole,                  ///< double, of the largest amount: -1 to 1
    numberRole,                 ///< QString
    markedRole                  ///< bool
};

/// A label, then either guesses side by side or a bar around 0 with its number.
class EvidenceDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setTheme(const Theme& theme) { m_theme = theme; }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {160, lineHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const QRectF room = option.rect;
        painter->save();
        const bool marked = index.data(markedRole).toBool();
        if (option.state.testFlag(QStyle::State_HasFocus) || marked) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(m_theme.palette.accent, marked ? 1.4 : 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4);
            painter->setRenderHint(QPainter::Antialiasing, false);
        }
        painter->setFont(marked ? bold(m_theme.small) : m_theme.small);
        painter->setPen(m_theme.palette.mutedText);
        const bool isSum = !index.data(guessesRole).isValid() && !index.data(shareRole).isValid();
        painter->drawText(
            QRectF(room.left() + inset, room.top(), isSum ? room.width() : labelWidth, room.height()),
            Qt::AlignLeft | Qt::AlignVCenter, index.data(Qt::DisplayRole).toString());
        const QRectF rest = room.adjusted(inset + labelWidth, 0, -inset, 0);
        if (index.data(guessesRole).isValid())
            paintGuesses(*painter, rest, index.data(guessesRole).toStringList());
        else
            paintShare(*painter, rest, index);
        painter->restore();
    }

private:
    static constexpr double inset = 5;
    static constexpr double labelWidth = 74;

    /// One behind the other; the last one that fits is shortened.
    void paintGuesses(QPainter& painter, const QRectF& room, const QStringList& guesses) const {
        constexpr double between = 12;
        constexpr double leastRoom = 40;
        double left = room.left();
        const qsizetype count = guesses.size() / 2;
        for (qsizetype i = 0; i < count && room.right() - left >= leastRoom; ++i) {
            painter.setFont(i == 0 ? bold(m_theme.small) : m_theme.small);
            painter.setPen(i == 0 ? m_theme.palette.text : m_theme.palette.mutedText);
            const QFontMetricsF metrics(painter.font());
            const QString ending = QLatin1Char(' ') + guesses[count + i];
            const QString text = elidedBefore(guesses[i] + ending, ending, metrics, room.right() - left);
            painter.drawText(QRectF(left, room.top(), room.right() - left, room.height()),
                             Qt::AlignLeft | Qt::AlignVCenter, text);
            left += metrics.horizontalAdvance(text) + between;
        }
    }

    void paintShare(QPainter& painter, const QRectF& room, const QModelIndex& index) const {
        constexpr double numberWidth = 50;
        const double half = (room.width() - numberWidth) / 2;
        const double zero = room.left() + half;
        const double length = index.data(shareRole).toDouble() * (half - 2);
        painter.fillRect(
            QRectF(std::min(zero, zero + length), room.top() + 5, std::abs(length), room.height() - 10),
            length < 0 ? m_theme.palette.warning : m_theme.palette.accent);
        if (index.data(shareRole).isValid())
            painter.fillRect(QRectF(zero, room.top() + 2, 1, room.height() - 4), m_theme.palette.mutedText);
        painter.setPen(m_theme.palette.text);
        painter.drawText(QRectF(room.right() - numberWidth, room.top(), numberWidth, room.height()),
                         Qt::AlignRight | Qt::AlignVCenter, index.data(numberRole).toString());
    }

    Theme m_theme = lightTheme();
};

struct Part {
    QString label;
    double share = 0;
    std::optional<HeadAddress> head;
};

std::vector<Part> partsOf(const DirectPaths& paths, Stack stack) {
    std::vector<Part> parts{{EvidenceList::tr("embeddings"), paths.embeddings, {}},
                            {EvidenceList::tr("biases"), paths.biases, {}}};
    for (size_t layer = 0; layer < paths.heads.size(); ++layer)
        for (size_t head = 0; head < paths.heads[layer].size(); ++head) {
            const HeadAddress address{stack, static_cast<int>(layer), static_cast<int>(head)};
            parts.push_back({headLabel(address), paths.heads[layer][head], address});
        }
    for (size_t layer = 0; layer < paths.feedForward.size(); ++layer)
        parts.push_back({EvidenceList::tr("L%1 MLP").arg(layer), paths.feedForward[layer], {}});
    std::stable_sort(parts.begin(), parts.end(), [](const Part& one, const Part& other) {
        return std::abs(one.share) > std::abs(other.share);
    });
    return parts;
}
} // namespace

EvidenceList::EvidenceList(QWidget* parent) : QListWidget(parent) {
    setObjectName(QStringLiteral("evidenceList"));
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new EvidenceDelegate(this));
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    viewport()->setAutoFillBackground(false);
    connect(this, &QListWidget::itemClicked, this, &EvidenceList::choose);
    connect(this, &QListWidget::itemActivated, this, &EvidenceList::choose);
}

void EvidenceList::setTheme(const Theme& theme) {
    static_cast<EvidenceDelegate*>(itemDelegate())->setTheme(theme);
    viewport()->update();
}

void EvidenceList::showNothing() {
    clear();
    m_heads.clear();
}

void EvidenceList::showLens(const std::vector<LensLayer>& layers) {
    setAccessibleName(tr("What the model would read after each layer"));
    showNothing();
    for (const LensLayer& layer : layers) {
        QStringList pieces, shares, said;
        for (const Reading& guess : layer.guesses) {
            pieces << QString::fromStdString(guess.piece);
            shares << percentText(guess.probability);
            said << pieces.back() + QLatin1Char(' ') + shares.back();
        }
        const QString label = layer.layer < 0 ? tr("embeddings") : tr("after L%1").arg(layer.layer);
        auto* item = new QListWidgetItem(label, this);
        item->setData(guessesRole, pieces + shares);
        item->setData(Qt::AccessibleTextRole, label + QStringLiteral(": ") + said.join(QStringLiteral(", ")));
        item->setToolTip(item->data(Qt::AccessibleTextRole).toString());
        m_heads.emplace_back();
    }
}

void EvidenceList::showPaths(const DirectPaths& paths, Stack stack, const HeadAddress& selected) {
    setAccessibleName(tr("What each part of the model adds to the logit"));
    const int row = currentRow();
    const int place = verticalScrollBar()->value();
    showNothing();
    const std::vector<Part> parts = partsOf(paths, stack);
    const double largest = parts.empty() ? 0 : std::abs(parts.front().share);
    for (const Part& part : parts) {
        auto* item = new QListWidgetItem(part.label, this);
        item->setData(shareRole, largest > 0 ? part.share / largest : 0);
        item->setData(numberRole, changeText(part.share));
        item->setData(markedRole, part.head == selected);
        item->setData(Qt::AccessibleTextRole, part.label + QStringLiteral(": ") + changeText(part.share));
        item->setToolTip(part.head
                             ? tr("%1: %2; a click selects the head").arg(part.label, changeText(part.share))
                             : item->data(Qt::AccessibleTextRole).toString());
        m_heads.push_back(part.head);
    }
    const QString sum = tr("the logit, their sum");
    auto* item = new QListWidgetItem(sum, this);
    item->setData(numberRole, changeText(paths.logit));
    item->setData(Qt::AccessibleTextRole, sum + QStringLiteral(": ") + changeText(paths.logit));
    m_heads.emplace_back();
    setCurrentRow(row < count() ? row : -1);
    verticalScrollBar()->setValue(place);
}

void EvidenceList::choose(QListWidgetItem* chosen) {
    const auto line = static_cast<size_t>(row(chosen));
    if (line < m_heads.size() && m_heads[line])
        Q_EMIT headChosen(HeadAddress(*m_heads[line]));
}

} // namespace headlight
