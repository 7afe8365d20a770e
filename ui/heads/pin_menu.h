#pragma once

#include "ui/edits/edit_menus.h"
#include "ui/session/view_options.h"
#include "ui/theme/theme.h"

#include <QIcon>
#include <QPoint>

class QMenu;
class QWidget;

namespace headlight {

/// Releases a pinned head; pins another one. When all colours are taken, a menu at `global` (of the screen)
/// lists the pinned heads: the chosen one is released and gives its colour to `head`.
void togglePin(ViewOptions& options, const HeadAddress& head, const Theme& theme, QWidget* parent,
               QPoint global);
/// What the menu of a head can change in the model.
struct HeadMenuEdits {
    EditsState* edits = nullptr; ///< nothing: the menu switches no head off
    const Trace* trace = nullptr;
};
/// The menu of a head: "Pin L2 H2 in orange", or "Release L2 H2"; what switches it off, or on again. It
/// deletes itself when it is closed.
void popUpHeadMenu(ViewOptions& options, const HeadAddress& head, const Theme& theme, QWidget* parent,
                   QPoint global, const HeadMenuEdits& changes = {});

} // namespace headlight
