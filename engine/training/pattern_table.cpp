#include "engine/training/pattern_lists.h"

#include <vector>

namespace headlight {

std::span<const PatternRow> patternRows() {
    static const std::vector<PatternRow> rows = [] {
        std::vector<PatternRow> all;
        for (std::span<const PatternRow> list :
             {clausePatterns(), scenePatterns(), personPatterns(), emptyPatterns(), plainPatterns()})
            all.insert(all.end(), list.begin(), list.end());
        return all;
    }();
    return rows;
}

} // namespace headlight
