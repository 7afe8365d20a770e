#include "engine/metrics/relation.h"

#include <algorithm>
#include <iterator>

namespace headlight {

std::string_view nameOf(RelationKind kind) {
    switch (kind) {
    case RelationKind::pronounAntecedent:
        return "pronoun-antecedent";
    case RelationKind::verbSubject:
        return "verb-subject";
    case RelationKind::painted:
        return "painted";
    }
    return {};
}

std::vector<TokenRelation> ofKind(std::span<const TokenRelation> relations, RelationKind kind) {
    std::vector<TokenRelation> chosen;
    std::copy_if(relations.begin(), relations.end(), std::back_inserter(chosen),
                 [kind](const TokenRelation& relation) { return relation.kind == kind; });
    return chosen;
}

} // namespace headlight
