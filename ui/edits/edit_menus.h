#pragma once

#include "engine/explain/shown_map.h"
#include "engine/trace/trace.h"
#include "ui/session/edits_state.h"

class QMenu;
class QPoint;
class QWidget;

namespace headlight {

/// Edits that hide a token, or all pieces of a word.
Edits hidingOf(const Trace& trace, const ShownToken& token, const HeadScope& heads);
/// These edits with more, or without them when all of them are already there.
Edits toggledAll(Edits edits, const Edits& more);

/// "Hide “animal” from all heads", "Hide “animal” from L1 H0"; once done, "Show it again".
void addHideActions(QMenu& menu, EditsState& edits, const Trace& trace, const ShownToken& token,
                    const HeadAddress& head);
/// "Switch off L1 H0", "Replace L1 H0 by its mean over this sentence"; once done, "Switch L1 H0 on again".
void addHeadActions(QMenu& menu, EditsState& edits, const Trace& trace, const HeadAddress& head);
/// The menu of a word: what hides it. It deletes itself when it is closed.
void popUpTokenMenu(EditsState& edits, const Trace& trace, const ShownToken& token, const HeadAddress& head,
                    QWidget* parent, QPoint global);

/// These edits with the heads of the scope switched on, whatever wider or narrower scope switched them off;
/// the others stay as they are.
Edits switchedOn(const Edits& edits, const HeadScope& heads, const ModelShape& shape);

} // namespace headlight
