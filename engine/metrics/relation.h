#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace headlight {

/// What two tokens of a text have to do with each other.
enum class RelationKind {
    pronounAntecedent, ///< a pronoun and the noun that it stands for
    verbSubject,       ///< a verb and the noun that does it
    painted            ///< whatever a person marked in an example
};
/// "pronoun-antecedent", "verb-subject", "painted".
std::string_view nameOf(RelationKind kind);

/// One known relation, given beside a trace: the trace itself does not know it. Tokens by their index; of a
/// word in pieces, its first one.
struct TokenRelation {
    RelationKind kind = RelationKind::painted;
    int query = 0; ///< the pronoun, the verb
    int key = 0;   ///< what it should look at
    friend bool operator==(const TokenRelation&, const TokenRelation&) = default;
};

/// Those of one kind.
std::vector<TokenRelation> ofKind(std::span<const TokenRelation> relations, RelationKind kind);

} // namespace headlight
