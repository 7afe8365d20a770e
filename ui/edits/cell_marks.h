#pragma once

#include "engine/explain/shown_map.h"
#include "engine/trace/trace.h"

#include <QString>

#include <vector>

namespace headlight {

/// What the edits of a pass did to one cell of a head's map.
enum class MarkKind { masked, score, weight };

/// A cell of a shown map that an edit is about, by its places in that map.
struct CellMark {
    int row = -1;
    int column = -1;
    MarkKind kind = MarkKind::masked;
    friend bool operator==(const CellMark&, const CellMark&) = default;
};

/// Everything that edits did to single cells and tokens of one head.
struct HeadMarks {
    std::vector<CellMark> cells; ///< each cell and kind once
    std::vector<int> hidden;     ///< columns whose token is hidden from the head
};

/// What the pass of the trace made, where it is shown; a token that is not shown is left out.
HeadMarks headMarks(const Trace& trace, const HeadAddress& head, const ShownMap& shown);
/// The tokens that were hidden from the head in this pass; by index, each once.
std::vector<int> hiddenTokens(const Trace& trace, const HeadAddress& head);
/// "masked", "its weight is painted": for a card, and for people who do not see the marks.
QString markInWords(MarkKind kind);

} // namespace headlight
