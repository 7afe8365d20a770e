#pragma once

#include "engine/core/head_address.h"
#include "engine/core/token_anchor.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace headlight {

/// Which heads an edit is about: all, those of a stack, of a layer, or one. Written `all`, `encoder`,
/// `encoder.1`, `encoder.1.head.2`.
struct HeadScope {
    std::optional<Stack> stack; ///< nothing: all heads of the model
    int layer = -1;             ///< -1: every layer of the stack
    int head = -1;              ///< -1: every head of the layer

    static HeadScope all() { return {}; }
    static HeadScope ofLayer(Stack stack, int layer) { return {stack, layer, -1}; }
    static HeadScope one(const HeadAddress& head) { return {head.stack, head.layer, head.head}; }

    bool covers(const HeadAddress& address) const;
    /// 0 for all heads up to 3 for a single one. Of edits of one kind, the narrowest decides.
    int narrowness() const;
    friend bool operator==(const HeadScope&, const HeadScope&) = default;
};
std::string toString(const HeadScope& scope);
/// Nothing when the text is no scope; whether the model has those heads is not asked here.
std::optional<HeadScope> parseHeadScope(std::string_view text);

/// A token that an edit is about. In a workspace it is held by its anchor; for one run that anchor is
/// resolved to the index of a token (edits/resolve.h). Passes read the index alone.
struct EditToken {
    std::optional<TokenAnchor> anchor; ///< nothing: its text is gone, and the edit is dormant
    std::string word;                  ///< its spelling when it was chosen, for lists
    int index = -1;                    ///< of one run; -1: not resolved

    static EditToken at(int index) { return {std::nullopt, {}, index}; }
    /// The token of that index, with its anchor and its spelling.
    static EditToken of(const std::vector<Token>& tokens, int index, std::string word);
    friend bool operator==(const EditToken&, const EditToken&) = default;
};

/// A name of an enumerator in files.
template <class T>
struct EditName {
    T value;
    std::string_view name;
};

// A kind of edit is a small struct: `kind`, its name in files; its values; and `eachField`, which shows them
// one by one to a visitor, so that files, texts that change and checks need not know the kind:
//   number(name, double&, least, most), whole(name, int&, least, most), seed(name, uint64_t&),
//   choice(name, enum&, array of EditName), token(name, EditToken&).
// A new kind is a new struct, its place in `EditKind` below, and what attention does with it
// (attention/edited_head.h).

/// The head adds nothing: its context is zero. Queries, keys, scores and weights stay as computed.
struct SwitchOff {
    static constexpr std::string_view kind = "switch-off";
    template <class Fields>
    void eachField(Fields&) {}
    friend bool operator==(const SwitchOff&, const SwitchOff&) = default;
};

/// The factor of queries x keys, in place of the model's own 1/sqrt(d_k); 1 is no scaling.
struct ScoreScale {
    static constexpr std::string_view kind = "score-scale";
    double factor = 1;
    template <class Fields>
    void eachField(Fields& fields) {
        fields.number("factor", factor, -1000, 1000);
    }
    friend bool operator==(const ScoreScale&, const ScoreScale&) = default;
};

/// softmax(s / t): below 1 sharper, above 1 flatter. The recorded scores are the divided ones.
struct Temperature {
    static constexpr std::string_view kind = "temperature";
    double t = 1;
    template <class Fields>
    void eachField(Fields& fields) {
        fields.number("t", t, 0.01, 100);
    }
    friend bool operator==(const Temperature&, const Temperature&) = default;
};

enum class NormaliserKind { softmax, sparsemax, hard, sampled };
constexpr std::array normaliserNames{EditName<NormaliserKind>{NormaliserKind::softmax, "softmax"},
                                     EditName<NormaliserKind>{NormaliserKind::sparsemax, "sparsemax"},
                                     EditName<NormaliserKind>{NormaliserKind::hard, "hard"},
                                     EditName<NormaliserKind>{NormaliserKind::sampled, "sampled"}};

/// How a row of scores becomes a row of weights (attention/normaliser.h).
struct NormaliserChoice {
    static constexpr std::string_view kind = "normaliser";
    NormaliserKind normaliser = NormaliserKind::softmax;
    uint64_t seed = 1; ///< of `sampled`; each head draws its own numbers from it
    template <class Fields>
    void eachField(Fields& fields) {
        fields.choice("normaliser", normaliser, normaliserNames);
        fields.seed("seed", seed);
    }
    friend bool operator==(const NormaliserChoice&, const NormaliserChoice&) = default;
};

enum class MaskKind { none, causal, local };
constexpr std::array maskNames{EditName<MaskKind>{MaskKind::none, "none"},
                               EditName<MaskKind>{MaskKind::causal, "causal"},
                               EditName<MaskKind>{MaskKind::local, "local"}};

/// Which keys a query may look at: none and causal in place of the model's own mask, local beside it.
struct MaskChoice {
    static constexpr std::string_view kind = "mask";
    MaskKind mask = MaskKind::none;
    int window = 2; ///< of `local`: keys at most so many tokens before or behind the query
    template <class Fields>
    void eachField(Fields& fields) {
        fields.choice("mask", mask, maskNames);
        fields.whole("window", window, 0, 1 << 20);
    }
    friend bool operator==(const MaskChoice&, const MaskChoice&) = default;
};

/// One cell of the map that is masked: this query may not look at this key. A row of which every key is
/// masked has weights and context of zero.
struct BlockedCell {
    static constexpr std::string_view kind = "blocked-cell";
    EditToken query;
    EditToken key;
    template <class Fields>
    void eachField(Fields& fields) {
        fields.token("query", query);
        fields.token("key", key);
    }
    friend bool operator==(const BlockedCell&, const BlockedCell&) = default;
};

using EditKind = std::variant<SwitchOff, ScoreScale, Temperature, NormaliserChoice, MaskChoice, BlockedCell>;

/// One intervention on a forward pass, as data: what is changed, and in which heads.
struct Edit {
    HeadScope heads;
    EditKind what;
    friend bool operator==(const Edit&, const Edit&) = default;
};

/// All interventions of one pass. The weights of the model stay as they are; a pass without edits gives the
/// same bits as one that never heard of them. Where edits of one kind meet in a head, the narrower scope
/// wins, and of equal ones the later; blocked cells add up.
using Edits = std::vector<Edit>;

/// Edits that switch off these heads.
Edits switchedOff(const std::vector<HeadAddress>& heads);

/// A visitor of fields that passes tokens on and leaves out everything else.
template <class Visit>
struct EditTokens {
    Visit& visit;
    void number(std::string_view, double&, double, double) {}
    void whole(std::string_view, int&, int, int) {}
    void seed(std::string_view, uint64_t&) {}
    template <class T, size_t n>
    void choice(std::string_view, T&, const std::array<EditName<T>, n>&) {}
    void token(std::string_view, EditToken& token) { visit(token); }
};

/// Calls `visit(EditToken&)` for every token that the edit names.
template <class Visit>
void eachToken(Edit& edit, Visit visit) {
    EditTokens<Visit> tokens{visit};
    std::visit([&tokens](auto& what) { what.eachField(tokens); }, edit.what);
}

/// True when some token of it is gone from the text; such an edit stays in the list and is not applied.
bool isDormant(const Edit& edit);
/// The same question to the same heads: what one edit sets, the other would set again. Blocked cells are the
/// same when they are one cell.
bool sameTarget(const Edit& one, const Edit& other);

} // namespace headlight
