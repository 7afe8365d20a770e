#pragma once

#include "engine/core/head_address.h"
#include "engine/core/tensor.h"
#include "engine/core/token_anchor.h"

#include <array>
#include <cstdint>
#include <memory>
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
//   flag(name, bool&), choice(name, enum&, array of EditName), token(name, EditToken&),
//   head(name, HeadAddress&), text(name, string&), and optionalChoice, as choice: the first of the names need
//   not be said.
// A new kind is a new struct, its place in `EditKind` below, and what attention does with it
// (attention/edited_head.h).

enum class OffContext { zero, sentenceMean };
constexpr std::array offContextNames{EditName<OffContext>{OffContext::zero, "zero"},
                                     EditName<OffContext>{OffContext::sentenceMean, "sentence-mean"}};

/// The head says nothing of its own about any token: its context is zero, or (mean ablation) in every row the
/// mean of its contexts over all rows of this very sentence, added tokens included, as this pass computed
/// them. Queries, keys, scores and weights stay as computed.
struct SwitchOff {
    static constexpr std::string_view kind = "switch-off";
    OffContext context = OffContext::zero;
    template <class Fields>
    void eachField(Fields& fields) {
        fields.optionalChoice("context", context, offContextNames);
    }
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

/// A token that no query may look at, the token itself included. Rows of which every key is masked are as in
/// BlockedCell.
struct HiddenToken {
    static constexpr std::string_view kind = "hidden-token";
    EditToken key;
    template <class Fields>
    void eachField(Fields& fields) {
        fields.token("key", key);
    }
    friend bool operator==(const HiddenToken&, const HiddenToken&) = default;
};

enum class ScorePaint { set, add };
constexpr std::array scorePaintNames{EditName<ScorePaint>{ScorePaint::set, "set"},
                                     EditName<ScorePaint>{ScorePaint::add, "add"}};

/// One score, after scale and temperature and before the mask, is set to a value or has one added. A cell
/// that is masked stays masked.
struct PaintedScore {
    static constexpr std::string_view kind = "painted-score";
    EditToken query;
    EditToken key;
    ScorePaint paint = ScorePaint::set;
    double value = 0;
    template <class Fields>
    void eachField(Fields& fields) {
        fields.token("query", query);
        fields.token("key", key);
        fields.choice("paint", paint, scorePaintNames);
        fields.number("value", value, -10000, 10000);
    }
    friend bool operator==(const PaintedScore&, const PaintedScore&) = default;
};

/// The weights that a head had when the unchanged model read another sentence, in place of the head's own
/// (activation patching, Vig et al. 2020, of the pattern alone): what the head says of this sentence when it
/// looks where it looked in that one. Only between texts of equally many tokens. In a workspace the edit
/// holds the other sentence; for one run it is read (session/model_session.h), and passes read `weights`
/// alone.
struct TextPattern {
    static constexpr std::string_view kind = "text-pattern";
    std::string text;                                  ///< UTF-8, of the other sentence
    std::string pair;                                  ///< its second sentence; empty when there is none
    HeadAddress from;                                  ///< which head there
    std::shared_ptr<const Tensor<float>> weights = {}; ///< (n, n), of one run; null: not resolved
    template <class Fields>
    void eachField(Fields& fields) {
        fields.text("text", text);
        fields.text("pair", pair);
        fields.head("from", from);
    }
    friend bool operator==(const TextPattern& one, const TextPattern& other) {
        return one.text == other.text && one.pair == other.pair && one.from == other.from;
    }
};

/// The weights of another head of the same stack in place of the head's own. A source of an earlier layer
/// gives the weights that it used. A source of the same layer gives those that it had before it borrowed
/// itself, with what is painted in them, so that two heads can be swapped. Heads that are computed before the
/// source, and the source itself, keep their own.
struct BorrowedPattern {
    static constexpr std::string_view kind = "borrowed-pattern";
    HeadAddress from;
    template <class Fields>
    void eachField(Fields& fields) {
        fields.head("from", from);
    }
    friend bool operator==(const BorrowedPattern&, const BorrowedPattern&) = default;
};

enum class WeightPaint { set, scale };
constexpr std::array weightPaintNames{EditName<WeightPaint>{WeightPaint::set, "set"},
                                      EditName<WeightPaint>{WeightPaint::scale, "scale"}};

/// One weight, after the normaliser (or as borrowed), is set to a value or multiplied by one, masked or not.
/// Without `renormalise` nothing else changes, and the row no longer sums to 1. When a painted cell of a row
/// asks for it, the row sums to 1 again: painted cells keep their weights and the others share what is left
/// in the proportions that they had; where painted cells alone exceed 1, or the others have nothing, the
/// whole row is divided by its sum. A row of zeros stays one.
struct PaintedWeight {
    static constexpr std::string_view kind = "painted-weight";
    EditToken query;
    EditToken key;
    WeightPaint paint = WeightPaint::set;
    double value = 0;
    bool renormalise = false;
    template <class Fields>
    void eachField(Fields& fields) {
        fields.token("query", query);
        fields.token("key", key);
        fields.choice("paint", paint, weightPaintNames);
        fields.number("value", value, 0, 1000);
        fields.flag("renormalise", renormalise);
    }
    friend bool operator==(const PaintedWeight&, const PaintedWeight&) = default;
};

using EditKind = std::variant<SwitchOff, ScoreScale, Temperature, NormaliserChoice, MaskChoice, BlockedCell,
                              HiddenToken, PaintedScore, TextPattern, BorrowedPattern, PaintedWeight>;

/// One intervention on a forward pass, as data: what is changed, and in which heads.
struct Edit {
    HeadScope heads;
    EditKind what;
    friend bool operator==(const Edit&, const Edit&) = default;
};

/// All interventions of one pass. The weights of the model stay as they are; a pass without edits gives the
/// same bits as one that never heard of them. Where edits of one kind meet in a head, the narrower scope
/// wins, and of equal ones the later; blocked cells and hidden tokens add up, and painted cells do where they
/// are not the same cell. Different kinds are made in this order, whatever their order in the list: scale,
/// temperature, painted scores, masks (mask, blocked cells, hidden tokens), normaliser, text
/// pattern, borrowed pattern, painted weights, switch-off. So a pattern replaces what the ones before it made
/// of the weights, and cells can still be painted in it.
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
    void flag(std::string_view, bool&) {}
    void head(std::string_view, HeadAddress&) {}
    void text(std::string_view, std::string&) {}
    template <class T, size_t n>
    void choice(std::string_view, T&, const std::array<EditName<T>, n>&) {}
    template <class T, size_t n>
    void optionalChoice(std::string_view, T&, const std::array<EditName<T>, n>&) {}
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
/// The same question to the same heads: what one edit sets, the other would set again. Blocked or painted
/// cells, and hidden tokens, are the same when they are one.
bool sameTarget(const Edit& one, const Edit& other);

} // namespace headlight
