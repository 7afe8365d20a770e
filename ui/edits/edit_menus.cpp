#include "ui/edits/edit_menus.h"

#include "ui/paint/edit_words.h"
#include "ui/paint/token_labels.h"

#include <QCoreApplication>
#include <QMenu>

#include <algorithm>

namespace headlight {

namespace {
QString translated(const char* text) {
    return QCoreApplication::translate("EditMenus", text);
}

bool hasAll(const EditsState& edits, const Edits& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const Edit& edit) { return edits.has(edit); });
}
} // namespace

Edits hidingOf(const Trace& trace, const ShownToken& token, const HeadScope& heads) {
    Edits result;
    for (int index = token.first; index <= token.last; ++index) {
        const Token& piece = trace.tokens()[static_cast<size_t>(index)];
        result.push_back({heads, HiddenToken{EditToken::of(trace.tokens(), index, trace.spelling(piece))}});
    }
    return result;
}

Edits toggledAll(Edits edits, const Edits& more) {
    Edits with = edits;
    for (const Edit& edit : more)
        with = withEdit(std::move(with), edit);
    if (with != edits)
        return with;
    for (const Edit& edit : more)
        edits = withoutEdit(std::move(edits), edit);
    return edits;
}

void addHideActions(QMenu& menu, EditsState& edits, const Trace& trace, const ShownToken& token,
                    const HeadAddress& head) {
    const QString word = tokenLabel(trace, token);
    for (const HeadScope& heads : {HeadScope::all(), HeadScope::one(head)}) {
        const Edits hiding = hidingOf(trace, token, heads);
        const QString text =
            hasAll(edits, hiding) ? translated("Show “%1” again to %2") : translated("Hide “%1” from %2");
        menu.addAction(text.arg(word, scopeInWords(heads)), &edits,
                       [&edits, hiding] { edits.setEdits(toggledAll(edits.edits(), hiding)); });
    }
}

void addHeadActions(QMenu& menu, EditsState& edits, const Trace& trace, const HeadAddress& head) {
    const QString label = headLabel(head);
    const auto* off = edits.effective<SwitchOff>(head);
    const HeadScope scope = HeadScope::one(head);
    const auto add = [&](OffContext context, const char* text) {
        if (!off || off->context != context)
            menu.addAction(translated(text).arg(label), &edits, [&edits, scope, context] {
                edits.set({scope, SwitchOff{context}});
            });
    };
    add(OffContext::zero, QT_TRANSLATE_NOOP("EditMenus", "Switch off %1"));
    add(OffContext::sentenceMean,
        QT_TRANSLATE_NOOP("EditMenus", "Replace %1 by its mean over this sentence"));
    if (off)
        menu.addAction(translated("Switch %1 on again").arg(label), &edits,
                       [&edits, scope, shape = trace.shape] {
                           edits.setEdits(switchedOn(edits.edits(), scope, shape));
                       });
}

void popUpTokenMenu(EditsState& edits, const Trace& trace, const ShownToken& token, const HeadAddress& head,
                    QWidget* parent, QPoint global) {
    auto* menu = new QMenu(parent);
    menu->setObjectName(QStringLiteral("tokenMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addHideActions(*menu, edits, trace, token, head);
    menu->popup(global);
}

Edits switchedOn(const Edits& edits, const HeadScope& heads, const ModelShape& shape) {
    const auto isWithin = [](const HeadScope& inner, const HeadScope& outer) {
        return !outer.stack ||
               (inner.stack == outer.stack && (outer.layer < 0 || inner.layer == outer.layer) &&
                (outer.head < 0 || inner.head == outer.head));
    };
    const auto isWider = [&](const Edit& edit) { return edit.heads != heads && isWithin(heads, edit.heads); };
    EditsState before;
    before.setEdits(edits);
    Edits result;
    for (const Edit& edit : edits)
        if (!std::holds_alternative<SwitchOff>(edit.what) || !(isWider(edit) || isWithin(edit.heads, heads)))
            result.push_back(edit);
    // What a wider scope said goes on for its other heads.
    for (const StackShape& stack : shape.stacks)
        for (int layer = 0; layer < stack.layers; ++layer)
            for (int head = 0; head < stack.heads; ++head) {
                const HeadAddress address{stack.stack, layer, head};
                const auto* off = before.effective<SwitchOff>(address);
                const auto decides = std::find_if(edits.begin(), edits.end(), [&](const Edit& edit) {
                    return std::get_if<SwitchOff>(&edit.what) && off && edit.heads.covers(address) &&
                           isWider(edit) && *std::get_if<SwitchOff>(&edit.what) == *off;
                });
                const Edit own{HeadScope::one(address), off ? *off : SwitchOff{}};
                if (decides != edits.end() && !heads.covers(address) && !before.has(own))
                    result = withEdit(std::move(result), own);
            }
    return result;
}

} // namespace headlight
