#include "ui/history/history_words.h"

#include "engine/files/text_change.h"
#include "engine/session/history.h"
#include "ui/paint/edit_words.h"
#include "ui/paint/token_labels.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace headlight {

namespace {
constexpr int longestPart = 28;

QString say(const char* text) {
    return QCoreApplication::translate("History", text);
}

QString shortened(QString text) {
    text = text.simplified();
    return text.size() > longestPart ? text.left(longestPart - 1).trimmed() + QChar(0x2026) : text;
}

QString part(const std::string& text, size_t begin, size_t end) {
    return shortened(QString::fromUtf8(text.data() + begin, static_cast<qsizetype>(end - begin)));
}

bool isSpaceAt(const std::string& text, size_t place) {
    return place >= text.size() || text[place] == ' ' || text[place] == '\n' || text[place] == '\t';
}

/// "tired → wide": whole words around what was replaced.
QString textChange(const std::string& before, const std::string& after) {
    const TextChange change = findChange(before, after);
    size_t begin = change.begin;
    size_t rest = before.size() - change.begin - change.removed; // equal bytes behind the change
    const auto touches = [&](const std::string& text, size_t from, size_t to) {
        return to > from && !isSpaceAt(text, from);
    };
    const bool inWord =
        touches(before, begin, begin + change.removed) || touches(after, begin, begin + change.inserted);
    while (inWord && begin > 0 && !isSpaceAt(before, begin - 1))
        --begin;
    const size_t lastBefore = before.size() - rest;
    const size_t lastAfter = after.size() - rest;
    const bool open = (lastBefore > begin && !isSpaceAt(before, lastBefore - 1)) ||
                      (lastAfter > begin && !isSpaceAt(after, lastAfter - 1));
    while (open && rest > 0 && !isSpaceAt(before, before.size() - rest))
        --rest;
    const QString gone = part(before, begin, before.size() - rest);
    const QString come = part(after, begin, after.size() - rest);
    if (gone.isEmpty() && come.isEmpty())
        return say("spaces");
    if (gone.isEmpty())
        return QStringLiteral("+ ") + come;
    if (come.isEmpty())
        return QStringLiteral("− ") + gone;
    return gone + QStringLiteral(" → ") + come;
}

QString tokenName(const Workspace& workspace, const TokenAnchor& anchor) {
    if (anchor.special)
        return say("special token %1").arg(*anchor.special + 1);
    const std::string& text = anchor.text == 0 ? workspace.text : workspace.pair;
    const size_t end = std::min(anchor.bytes.end, text.size());
    return part(text, std::min(anchor.bytes.begin, end), end);
}

void addSelection(QStringList& parts, const Workspace& before, const Workspace& after) {
    const WorkspaceSelection& old = before.selection;
    const WorkspaceSelection& now = after.selection;
    if (now.head && old.head != now.head)
        parts << say("head %1").arg(headLabel(*now.head));
    if (now.byKey) {
        if (now.key && (old.key != now.key || !old.byKey))
            parts << say("column of %1").arg(tokenName(after, *now.key));
        return;
    }
    if (old.query != now.query)
        parts << (now.query ? say("query %1").arg(tokenName(after, *now.query)) : say("no query"));
    if (old.key != now.key && now.key)
        parts << say("key %1").arg(tokenName(after, *now.key));
    else if (old.byKey)
        parts << say("row");
    else if (old.key && !now.key && old.query == now.query)
        parts << say("no key");
}

QString scaleName(WeightScale scale) {
    switch (scale) {
    case WeightScale::linear:
        break;
    case WeightScale::squareRoot:
        return say("square root");
    case WeightScale::logarithmic:
        return say("log");
    case WeightScale::rank:
        return say("rank");
    }
    return say("linear");
}

QString pageName(Page page) {
    switch (page) {
    case Page::look:
        break;
    case Page::steps:
        return say("steps");
    case Page::experiments:
        return say("experiments");
    case Page::compare:
        return say("compare");
    }
    return say("look");
}

void addView(QStringList& parts, const ViewChoices& old, const ViewChoices& now) {
    if (old.page != now.page)
        parts << say("page: %1").arg(pageName(now.page));
    if (old.view != now.view)
        parts << (now.view == ViewKind::map     ? say("view: map")
                  : now.view == ViewKind::lines ? say("view: lines")
                  : now.view == ViewKind::heads ? say("view: heads")
                                                : say("view: flow through layers"));
    if (old.derived.kind != now.derived.kind)
        parts << (now.derived.kind == DerivedKind::rollout ? say("rollout") : say("attention flow"));
    if (old.derived.layer != now.derived.layer)
        parts << (now.derived.layer ? say("up to layer %1").arg(*now.derived.layer)
                                    : say("up to the last layer"));
    if (old.derived.markedHeads != now.derived.markedHeads)
        parts << (now.derived.markedHeads ? say("marked heads only") : say("all heads"));
    if (old.scale != now.scale)
        parts << say("scale: %1").arg(scaleName(now.scale));
    const auto metric = [&](const std::string& before, const std::string& after, const QString& place) {
        if (before != after)
            parts << (after.empty() ? say("no %1").arg(place)
                                    : say("%1: %2").arg(place, QString::fromStdString(after)));
    };
    metric(old.numbers.badge, now.numbers.badge, say("number of each head"));
    if (old.numbers.sorted != now.numbers.sorted)
        parts << (now.numbers.sorted ? say("heads sorted") : say("heads by layer"));
    metric(old.numbers.across, now.numbers.across, say("plot across"));
    metric(old.numbers.up, now.numbers.up, say("plot up"));
    if (old.evidence.shown != now.evidence.shown)
        parts << (now.evidence.shown ? say("evidence shown") : say("evidence hidden"));
    if (old.evidence.output != now.evidence.output)
        parts << (now.evidence.output.empty()
                      ? say("measured: the best reading")
                      : say("measured: %1").arg(QString::fromStdString(now.evidence.output)));
    if (old.tokens.special != now.tokens.special)
        parts << (now.tokens.special ? say("special tokens shown") : say("special tokens hidden"));
    if (old.tokens.first != now.tokens.first)
        parts << (now.tokens.first ? say("first token shown") : say("first token hidden"));
    if (old.tokens.mergeWords != now.tokens.mergeWords)
        parts << (now.tokens.mergeWords ? say("whole words") : say("pieces of words"));
    const auto isIn = [](const std::vector<PinnedHead>& list, const PinnedHead& head) {
        return std::find(list.begin(), list.end(), head) != list.end();
    };
    for (const PinnedHead& head : now.pinned)
        if (!isIn(old.pinned, head))
            parts << say("pinned %1").arg(headLabel(head.head));
    for (const PinnedHead& head : old.pinned)
        if (!isIn(now.pinned, head))
            parts << say("released %1").arg(headLabel(head.head));
}

/// "beside: tired → wide", "beside: L0 H3".
void addCompared(QStringList& parts, const Workspace& before, const Workspace& after) {
    const ComparedWith& old = before.shown.compared;
    const ComparedWith& now = after.shown.compared;
    if (old.model != now.model)
        parts << (now.model ? say("beside: %1").arg(shortened(QString::fromStdString(now.model->name)))
                            : say("beside: the same model"));
    if (old.text != now.text)
        parts << (now.text ? say("beside: %1").arg(textChange(old.text.value_or(before.text), *now.text))
                           : say("beside: the same sentence"));
    if (old.head != now.head)
        parts << (now.head ? say("beside: %1").arg(headLabel(*now.head)) : say("beside: the same head"));
    if (old.unedited != now.unedited)
        parts << (now.unedited ? say("beside: without edits") : say("beside: with the edits"));
}

/// "temperature 2 (L1 H1)", "no more: causal mask (all heads)".
void addEdits(QStringList& parts, const Workspace& before, const Workspace& after) {
    if (after.edits.empty()) {
        parts << say("the unchanged model");
        return;
    }
    const Edits old = carried(before.edits, before.text, before.pair, after.text, after.pair);
    const auto isIn = [](const Edits& list, const Edit& edit) {
        return std::find(list.begin(), list.end(), edit) != list.end();
    };
    for (const Edit& edit : after.edits)
        if (!isIn(old, edit))
            parts << editInWords(edit);
    for (const Edit& edit : old)
        if (std::none_of(after.edits.begin(), after.edits.end(),
                         [&](const Edit& each) { return sameTarget(each, edit); }))
            parts << say("no more: %1").arg(editInWords(edit));
}
} // namespace

QString changeInWords(const Workspace& before, const Workspace& after) {
    const WorkspaceChange change = changeBetween(before, after);
    QStringList parts;
    if (change.model)
        parts << say("model: %1").arg(shortened(QString::fromStdString(after.model.name)));
    if (before.text != after.text)
        parts << say("text: %1").arg(textChange(before.text, after.text));
    if (before.pair != after.pair)
        parts << say("second sentence: %1").arg(textChange(before.pair, after.pair));
    if (change.selection && !change.texts && !change.edits)
        addSelection(parts, before, after);
    if (change.edits)
        addEdits(parts, before, after);
    if (change.view)
        addView(parts, before.shown, after.shown);
    if (change.compared)
        addCompared(parts, before, after);
    if (change.zoom && parts.isEmpty())
        parts << (after.shown.zoom ? say("zoom") : say("whole map"));
    if (parts.isEmpty() && before != after)
        parts << (change.selection ? say("selection") : say("view"));
    constexpr qsizetype most = 3;
    if (parts.size() > most)
        parts = parts.mid(0, most) << QStringLiteral("…");
    return parts.join(QStringLiteral(" · "));
}

QString stateInWords(const Workspace& workspace) {
    const QString text = shortened(QString::fromStdString(workspace.text));
    return text.isEmpty() ? say("no text") : text;
}

} // namespace headlight
