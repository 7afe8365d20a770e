#include "ui/heads/pin_menu.h"

#include "ui/paint/token_labels.h"
#include "ui/theme/pinned_colours.h"

#include <QCoreApplication>
#include <QMenu>
#include <QPainter>
#include <QPixmap>

#include <algorithm>

namespace headlight {

namespace {
QString translated(const char* text) {
    return QCoreApplication::translate("Pins", text);
}

QIcon dot(const QColor& colour) {
    constexpr int side = 32;
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF(5, 5, side - 10, side - 10));
    return QIcon(pixmap);
}

QMenu* menuNamed(const char* name, QWidget* parent) {
    auto* menu = new QMenu(parent);
    menu->setObjectName(QString::fromLatin1(name));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

/// In one change, so that one step of undo takes it back.
void replace(ViewOptions& options, const HeadAddress& released, const HeadAddress& head) {
    ViewChoices next = options.choices();
    const auto found = std::find_if(next.pinned.begin(), next.pinned.end(),
                                    [&](const PinnedHead& each) { return each.head == released; });
    if (found == next.pinned.end() || options.colourOf(head))
        return;
    found->head = head;
    options.setChoices(next);
}

void askWhichToRelease(ViewOptions& options, const HeadAddress& head, const Theme& theme, QWidget* parent,
                       QPoint global) {
    QMenu* menu = menuNamed("releaseMenu", parent);
    QAction* title =
        menu->addAction(translated("All eight colours are taken. Give %1 the one of:").arg(headLabel(head)));
    title->setEnabled(false);
    menu->addSeparator();
    for (const PinnedHead& each : options.pinned())
        menu->addAction(dot(pinnedColour(each.colour, theme)),
                        translated("%1 (%2)").arg(headLabel(each.head), pinnedColourName(each.colour, theme)),
                        &options,
                        [&options, released = each.head, head] { replace(options, released, head); });
    menu->popup(global);
}
} // namespace

void togglePin(ViewOptions& options, const HeadAddress& head, const Theme& theme, QWidget* parent,
               QPoint global) {
    if (options.colourOf(head))
        options.release(head);
    else if (!options.pin(head))
        askWhichToRelease(options, head, theme, parent, global);
}

void popUpHeadMenu(ViewOptions& options, const HeadAddress& head, const Theme& theme, QWidget* parent,
                   QPoint global, const HeadMenuEdits& changes) {
    QMenu* menu = menuNamed("headMenu", parent);
    const auto toggle = [&options, head, theme, parent, global] {
        togglePin(options, head, theme, parent, global);
    };
    const QString label = headLabel(head);
    if (const std::optional<int> colour = options.colourOf(head))
        menu->addAction(dot(pinnedColour(*colour, theme)), translated("Release %1").arg(label), parent,
                        toggle);
    else if (const std::optional<int> next = options.freeColour())
        menu->addAction(dot(pinnedColour(*next, theme)),
                        translated("Pin %1 in %2").arg(label, pinnedColourName(*next, theme)), parent,
                        toggle);
    else
        menu->addAction(translated("Pin %1 in place of another…").arg(label), parent, toggle);
    if (changes.edits && changes.trace) {
        menu->addSeparator();
        addHeadActions(*menu, *changes.edits, *changes.trace, head);
    }
    menu->popup(global);
}

} // namespace headlight
