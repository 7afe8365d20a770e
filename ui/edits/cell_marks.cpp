#include "ui/edits/cell_marks.h"

#include "engine/edits/site_edits.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlight {

namespace {
template <class Value>
void addOnce(std::vector<Value>& list, const Value& value) {
    if (std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(value);
}
} // namespace

HeadMarks headMarks(const Trace& trace, const HeadAddress& head, const ShownMap& shown) {
    HeadMarks marks;
    const SiteEdits site(trace.edits, head.stack, head.layer);
    if (site.empty())
        return marks;
    const HeadEdits edits = site.of(head.head);
    const auto add = [&](const EditToken& query, const EditToken& key, MarkKind kind) {
        const CellMark mark{placeOf(shown.rows, query.index), placeOf(shown.columns, key.index), kind};
        if (mark.row >= 0 && mark.column >= 0)
            addOnce(marks.cells, mark);
    };
    edits.each<BlockedCell>([&](const BlockedCell& cell) { add(cell.query, cell.key, MarkKind::masked); });
    edits.each<PaintedScore>([&](const PaintedScore& cell) { add(cell.query, cell.key, MarkKind::score); });
    edits.each<PaintedWeight>(
        [&](const PaintedWeight& cell) { add(cell.query, cell.key, MarkKind::weight); });
    for (const int token : hiddenTokens(trace, head))
        if (const int column = placeOf(shown.columns, token); column >= 0)
            addOnce(marks.hidden, column);
    return marks;
}

std::vector<int> hiddenTokens(const Trace& trace, const HeadAddress& head) {
    std::vector<int> tokens;
    const SiteEdits site(trace.edits, head.stack, head.layer);
    if (!site.empty())
        site.of(head.head).each<HiddenToken>(
            [&](const HiddenToken& token) { addOnce(tokens, token.key.index); });
    return tokens;
}

QString markInWords(MarkKind kind) {
    switch (kind) {
    case MarkKind::masked:
        break;
    case MarkKind::score:
        return QCoreApplication::translate("Edits", "score painted");
    case MarkKind::weight:
        return QCoreApplication::translate("Edits", "weight painted");
    }
    return QCoreApplication::translate("Edits", "masked by hand");
}

} // namespace headlight
