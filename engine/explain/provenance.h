#pragma once

#include "engine/edits/site_edits.h"
#include "engine/explain/cell.h"
#include "engine/models/model.h"
#include "engine/trace/trace.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headlight {

/// One number that goes into another.
struct Factor {
    Cell cell;
    float value = 0;
};

/// One term of a sum: a number, the product of two, or (where `divided`) the first of two over the second.
struct Term {
    std::string label; ///< which one: a component "5", a word "animal", "bias"
    std::array<Factor, 2> factors;
    int count = 1; ///< factors that are used
    bool divided = false;
    bool subtracted = false;
    double value = 0;   ///< the product or quotient, negated where it is subtracted
    double running = 0; ///< the sum of the terms up to and including this one
    std::span<const Factor> used() const { return {factors.data(), static_cast<size_t>(count)}; }
};

/// How a number was made of its terms.
enum class Operation {
    given,       ///< input or weight: no terms
    sum,         ///< of the terms' values
    product,     ///< one term of two factors
    quotient,    ///< one divided term
    exponential, ///< exp of one term
    maximum,     ///< largest of the terms
    copy,        ///< one term, taken over as it is
    cleared,     ///< set to zero: its head is switched off, or every key of its row is masked
    chosen,      ///< a weight that another normaliser than softmax gave; terms: the scores that it read
    edited,      ///< an edit put this number here: painted, borrowed from another head, or what the painted
                 ///< cells left of a row; no terms, not re-added
    averaged     ///< a context that is its head's mean over the rows of the sentence; no terms, re-added from
                 ///< the weights and values of all rows
};

/// Where one number comes from, one level down, re-added on the spot from the recorded numbers it was made
/// of.
struct Derivation {
    Cell cell;
    std::string label; ///< "weight of “it” on “animal”"
    Operation operation = Operation::given;
    std::vector<Term> terms;
    float recorded = 0;   ///< what the forward pass wrote
    double readded = 0;   ///< the operation carried out in double on the recorded numbers above
    double magnitude = 0; ///< sum of |terms| of what is added up
    /// What rounding to float may have cost (roundingAllowance). 0 for copies, maxima and what is given.
    double tolerance = 0;
    bool agrees = false; ///< |readded - recorded| <= tolerance, or both the same infinity

    double difference() const { return readded == static_cast<double>(recorded) ? 0 : readded - recorded; }
};

/// 4 x 2^-23 x sum of |terms| for up to 16 terms, and the smallest normal float. The errors of a longer
/// float32 sum grow as the square root of its length, so 129 terms are allowed 2.8 times that.
double roundingAllowance(size_t terms, double magnitude);

/// Reads the cells of a trace: their recorded values, and where each comes from. Runs no pass, copies no
/// array. Trace and model have to outlive it. It takes microseconds to make one.
class Provenance {
public:
    /// Throws RequestError when that site was not recorded with vectors and details, saying what to record,
    /// or when the model is not the trace's.
    Provenance(const Trace& trace, const Model& model, Stack stack, int layer);

    int heads() const { return m_heads; }
    int queries() const { return m_queries; }     ///< n
    int keys() const { return m_keys; }           ///< m
    int headWidth() const { return m_headWidth; } ///< d_head
    int width() const { return m_width; }         ///< D
    Stack stack() const { return m_stack; }
    int layer() const { return m_layer; }
    const Trace& trace() const { return m_trace; }
    const SiteRecord& site() const { return *m_site; }
    const SiteDetail& detail() const { return *m_site->detail; }
    const SiteParameters& parameters() const { return m_parameters; }
    bool isSoftmax(int head) const;
    bool isSwitchedOff(int head) const;
    /// Switched off with the mean over the sentence in place of its contexts.
    bool isAveraged(int head) const;
    /// The score or the weight of this cell is what an edit of the trace made it.
    bool isEdited(const Cell& cell) const;
    /// Some weight of this row is.
    bool hasEditedWeights(int head, int query) const;
    /// Some score of this row is not the scaled product alone: temperature, position bias, mask.
    bool hasAdded(int head, int query) const;

    /// There is such a number, and it was recorded.
    bool has(const Cell& cell) const;
    /// The recorded number. Throws RequestError when there is none.
    float value(const Cell& cell) const;
    /// One level down: call again with the cell of a factor to go on. Throws RequestError.
    Derivation derive(const Cell& cell) const;
    /// "weight of “it” on “animal”", "component 5 of the query of “it”".
    std::string labelOf(const Cell& cell) const;
    /// How a token is called: its spelling in the text, the piece of an added token.
    std::string queryWord(int query) const;
    std::string keyWord(int key) const;

private:
    const std::vector<Token>& queryTokens() const;
    const std::vector<Token>& keyTokens() const;
    float unchecked(const Cell& cell) const;
    int keyHead(int head) const { return head * m_keyHeads / m_heads; }

    const Trace& m_trace;
    SiteParameters m_parameters;
    SiteEdits m_edits;
    const SiteRecord* m_site = nullptr;
    Stack m_stack;
    int m_layer;
    int m_heads = 0, m_keyHeads = 0, m_queries = 0, m_keys = 0, m_headWidth = 0, m_width = 0;
};

/// The cell of the row of a head that a view shows: its weight.
inline Cell weightCell(const HeadAddress& head, int query, int key) {
    return {Quantity::weight, head, query, key};
}

/// "re-added 32.39000142, recorded 32.39000320, differs by 1.8e-06 (rounding allows 2.1e-05)" with so many
/// significant digits, 1 to 17.
std::string statementOf(const Derivation& derivation, int digits);
/// A number with so many significant digits: "32.39", "1.8e-06", "−∞" for -infinity.
std::string numberText(double number, int digits);

} // namespace headlight
