#include "engine/explain/provenance.h"

#include "engine/core/errors.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace headlight {

namespace {
constexpr float infinity = std::numeric_limits<float>::infinity();

std::string quoted(const std::string& word) {
    return "“" + word + "”";
}

struct Extent {
    int rows = 0, columns = 0;
};

bool fits(const ParameterView& parameter, int64_t rows, int64_t columns) {
    return !parameter || (parameter.rows == rows && parameter.columns == columns);
}
} // namespace

Provenance::Provenance(const Trace& trace, const Model& model, Stack stack, int layer)
    : m_trace(trace), m_parameters(model.parameters(stack, layer)), m_edits(trace.edits, stack, layer),
      m_site(trace.site(stack, layer)), m_stack(stack), m_layer(layer) {
    const std::string place = std::string(toString(stack)) + "." + std::to_string(layer);
    if (!m_site)
        throw RequestError("There is no attention site " + place + " in this recording; it has " +
                           std::to_string(trace.layers(stack)) + " layers of that stack, counted from 0.");
    if (!m_site->detail || m_site->queries.empty() || m_site->scores.empty())
        throw RequestError("The steps of " + place +
                           " were not recorded; run the text again with vectors and details of that site (on "
                           "the command line: headlight trace --details).");
    const SiteDetail& kept = *m_site->detail;
    m_heads = static_cast<int>(m_site->queries.dimension(0));
    m_keyHeads = static_cast<int>(m_site->keys.dimension(0));
    m_queries = static_cast<int>(m_site->weights.dimension(1));
    m_keys = static_cast<int>(m_site->weights.dimension(2));
    m_headWidth = static_cast<int>(m_site->queries.dimension(2));
    m_width = static_cast<int>(kept.input.dimension(1));
    const int64_t joined = int64_t{m_heads} * m_headWidth, narrow = int64_t{m_keyHeads} * m_headWidth;
    if (!fits(m_parameters.queryWeight, joined, m_width) || !fits(m_parameters.keyWeight, narrow, m_width) ||
        !fits(m_parameters.valueWeight, narrow, m_width) || !fits(m_parameters.outputWeight, m_width, joined))
        throw RequestError("This recording is of another model than the one that is loaded: the weights of " +
                           place + " have another shape; open the model " + trace.model + ".");
    const auto wide = [](const Tensor<float>& tensor, size_t dimensions, int64_t width) {
        return tensor.shape().size() == dimensions && tensor.shape().back() == width;
    };
    if (!wide(m_site->values, 3, m_headWidth) || !wide(m_site->context, 3, m_headWidth) ||
        !wide(kept.joined, 2, joined) || !wide(kept.output, 2, m_width) || !wide(kept.residual, 2, m_width) ||
        kept.scaled.empty() || kept.scale.empty() || kept.temperature.empty())
        throw RequestError(
            "The recording of " + place +
            " does not hold together: an array of its details is missing or has another width.");
    if (std::ssize(queryTokens()) != m_queries || std::ssize(keyTokens()) != m_keys)
        throw RequestError("The recording of " + place + " is not over the tokens of its text.");
}

const std::vector<Token>& Provenance::queryTokens() const {
    const bool target = m_stack != Stack::encoder && !m_trace.targetEncoding.tokens.empty();
    return target ? m_trace.targetEncoding.tokens : m_trace.encoding.tokens;
}
const std::vector<Token>& Provenance::keyTokens() const {
    return m_stack == Stack::decoder ? queryTokens() : m_trace.encoding.tokens;
}

namespace {
std::string wordOf(const Trace& trace, const std::vector<Token>& tokens, int index) {
    const Token& token = tokens[static_cast<size_t>(index)];
    return &tokens == &trace.encoding.tokens ? trace.spelling(token) : token.piece;
}
} // namespace

std::string Provenance::queryWord(int query) const {
    return wordOf(m_trace, queryTokens(), query);
}
std::string Provenance::keyWord(int key) const {
    return wordOf(m_trace, keyTokens(), key);
}

bool Provenance::isSoftmax(int head) const {
    const SiteDetail& kept = detail();
    return !kept.exponentials.empty() &&
           (kept.normalisers.empty() || kept.normalisers[static_cast<size_t>(head)] == "softmax");
}

bool Provenance::isSwitchedOff(int head) const {
    const std::vector<int>& off = detail().switchedOff;
    return std::find(off.begin(), off.end(), head) != off.end();
}

bool Provenance::isAveraged(int head) const {
    const HeadEdits edits = m_edits.of(head);
    const auto* off = edits.find<SwitchOff>();
    return off && off->context == OffContext::sentenceMean;
}

bool Provenance::isEdited(const Cell& cell) const {
    const HeadEdits edits = m_edits.of(cell.head.head);
    if (edits.empty())
        return false;
    if (cell.quantity == Quantity::score) {
        const std::vector<const PaintedScore*> painted = edits.cells<PaintedScore>();
        return unchecked(cell) > -infinity &&
               std::any_of(painted.begin(), painted.end(), [&cell](const PaintedScore* each) {
                   return each->query.index == cell.row && each->key.index == cell.column;
               });
    }
    if (cell.quantity != Quantity::weight)
        return false;
    if (edits.patternSource() || edits.find<TextPattern>())
        return true;
    const std::vector<const PaintedWeight*> painted = edits.paintedWeights(cell.row);
    return std::any_of(painted.begin(), painted.end(), [&cell](const PaintedWeight* each) {
        return each->renormalise || each->key.index == cell.column;
    });
}

bool Provenance::hasEditedWeights(int head, int query) const {
    const HeadEdits edits = m_edits.of(head);
    return edits.patternSource() || edits.find<TextPattern>() || !edits.paintedWeights(query).empty();
}

bool Provenance::hasAdded(int head, int query) const {
    const std::span<const float> scaled = detail().scaled.row(head, query);
    return !std::equal(scaled.begin(), scaled.end(), m_site->scores.row(head, query).begin());
}

namespace {
/// Rows and columns that a quantity has; nothing of what was not recorded or is not there.
Extent extentOf(Quantity quantity, const Provenance& of) {
    const SiteParameters& parameters = of.parameters();
    const SiteDetail& kept = of.detail();
    const int n = of.queries(), m = of.keys(), d = of.headWidth(), width = of.width();
    const int joined = of.heads() * d;
    const auto learned = [](const ParameterView& parameter, int rows, int columns) {
        return parameter ? Extent{rows, columns} : Extent{};
    };
    const auto recorded = [](const Tensor<float>& tensor, int rows, int columns) {
        return tensor.empty() ? Extent{} : Extent{rows, columns};
    };
    switch (quantity) {
    case Quantity::input:
        return {n, width};
    case Quantity::queryWeight:
        return learned(parameters.queryWeight, d, width);
    case Quantity::queryBias:
        return learned(parameters.queryBias, 1, d);
    case Quantity::keyWeight:
        return learned(parameters.keyWeight, d, width);
    case Quantity::keyBias:
        return learned(parameters.keyBias, 1, d);
    case Quantity::valueWeight:
        return learned(parameters.valueWeight, d, width);
    case Quantity::valueBias:
        return learned(parameters.valueBias, 1, d);
    case Quantity::outputWeight:
        return learned(parameters.outputWeight, width, joined);
    case Quantity::outputBias:
        return learned(parameters.outputBias, 1, width);
    case Quantity::scale:
        return recorded(kept.scale, 1, 1);
    case Quantity::temperature:
        return recorded(kept.temperature, 1, 1);
    case Quantity::positionBias:
        return recorded(kept.positionBias, n, m);
    case Quantity::query:
    case Quantity::context:
        return {n, d};
    case Quantity::key:
    case Quantity::value:
        return {m, d};
    case Quantity::mask:
    case Quantity::score:
    case Quantity::weight:
        return {n, m};
    case Quantity::dot:
        return recorded(kept.dots, n, m);
    case Quantity::scaled:
        return recorded(kept.scaled, n, m);
    case Quantity::shifted:
        return recorded(kept.shifted, n, m);
    case Quantity::exponential:
        return recorded(kept.exponentials, n, m);
    case Quantity::maximum:
        return recorded(kept.maximum, n, 1);
    case Quantity::rowSum:
        return recorded(kept.rowSum, n, 1);
    case Quantity::joined:
        return recorded(kept.joined, n, joined);
    case Quantity::output:
        return recorded(kept.output, n, width);
    case Quantity::residual:
        return recorded(kept.residual, n, width);
    }
    return {};
}

bool isSoftmaxStep(Quantity quantity) {
    return quantity == Quantity::maximum || quantity == Quantity::shifted ||
           quantity == Quantity::exponential || quantity == Quantity::rowSum;
}
} // namespace

bool Provenance::has(const Cell& cell) const {
    if (cell.head.stack != m_stack || cell.head.layer != m_layer || cell.head.head < 0 ||
        cell.head.head >= m_heads)
        return false;
    if (isSoftmaxStep(cell.quantity) && !isSoftmax(cell.head.head))
        return false;
    const Extent extent = extentOf(cell.quantity, *this);
    return cell.row >= 0 && cell.row < extent.rows && cell.column >= 0 && cell.column < extent.columns;
}

float Provenance::value(const Cell& cell) const {
    if (!has(cell))
        throw RequestError("There is no such number: " + std::string(nameOf(cell.quantity)) + " (" +
                           std::to_string(cell.row) + ", " + std::to_string(cell.column) + ") of " +
                           toString(cell.head) + ".");
    return unchecked(cell);
}

float Provenance::unchecked(const Cell& cell) const {
    const int head = cell.head.head, row = cell.row, column = cell.column;
    const SiteDetail& kept = detail();
    const int own = head * m_headWidth, narrow = keyHead(head) * m_headWidth;
    switch (cell.quantity) {
    case Quantity::input:
        return kept.input.at(row, column);
    case Quantity::queryWeight:
        return m_parameters.queryWeight.at(own + row, column);
    case Quantity::queryBias:
        return m_parameters.queryBias.at(0, own + column);
    case Quantity::keyWeight:
        return m_parameters.keyWeight.at(narrow + row, column);
    case Quantity::keyBias:
        return m_parameters.keyBias.at(0, narrow + column);
    case Quantity::valueWeight:
        return m_parameters.valueWeight.at(narrow + row, column);
    case Quantity::valueBias:
        return m_parameters.valueBias.at(0, narrow + column);
    case Quantity::outputWeight:
        return m_parameters.outputWeight.at(row, column);
    case Quantity::outputBias:
        return m_parameters.outputBias.at(0, column);
    case Quantity::scale:
        return kept.scale.at(head);
    case Quantity::temperature:
        return kept.temperature.at(head);
    case Quantity::positionBias:
        return kept.positionBias.at(head, row, column);
    case Quantity::mask:
        return m_site->scores.at(head, row, column) == -infinity &&
                       kept.scaled.at(head, row, column) > -infinity
                   ? -infinity
                   : 0;
    case Quantity::query:
        return m_site->queries.at(head, row, column);
    case Quantity::key:
        return m_site->keys.at(keyHead(head), row, column);
    case Quantity::value:
        return m_site->values.at(keyHead(head), row, column);
    case Quantity::dot:
        return kept.dots.at(head, row, column);
    case Quantity::scaled:
        return kept.scaled.at(head, row, column);
    case Quantity::score:
        return m_site->scores.at(head, row, column);
    case Quantity::maximum:
        return kept.maximum.at(head, row);
    case Quantity::shifted:
        return kept.shifted.at(head, row, column);
    case Quantity::exponential:
        return kept.exponentials.at(head, row, column);
    case Quantity::rowSum:
        return kept.rowSum.at(head, row);
    case Quantity::weight:
        return m_site->weights.at(head, row, column);
    case Quantity::context:
        return m_site->context.at(head, row, column);
    case Quantity::joined:
        return kept.joined.at(row, column);
    case Quantity::output:
        return kept.output.at(row, column);
    case Quantity::residual:
        return kept.residual.at(row, column);
    }
    return 0;
}

std::string Provenance::labelOf(const Cell& cell) const {
    const auto component = [&cell](const std::string& what) {
        return "component " + std::to_string(cell.column) + " of " + what;
    };
    const auto pair = [this, &cell](const std::string& what) {
        return what + " of " + quoted(queryWord(cell.row)) + " on " + quoted(keyWord(cell.column));
    };
    const std::string name(nameOf(cell.quantity));
    switch (cell.quantity) {
    case Quantity::input:
        return component("the vector of " + quoted(queryWord(cell.row)));
    case Quantity::query:
        return component("the query of " + quoted(queryWord(cell.row)));
    case Quantity::key:
        return component("the key of " + quoted(keyWord(cell.row)));
    case Quantity::value:
        return component("the value of " + quoted(keyWord(cell.row)));
    case Quantity::context:
        return component("the context of " + quoted(queryWord(cell.row)));
    case Quantity::joined:
        return component("the joined contexts of " + quoted(queryWord(cell.row)));
    case Quantity::output:
        return component("the attention output of " + quoted(queryWord(cell.row)));
    case Quantity::residual:
        return component("the vector of " + quoted(queryWord(cell.row)) + " after the attention");
    case Quantity::maximum:
    case Quantity::rowSum:
        return name + " of " + quoted(queryWord(cell.row));
    case Quantity::dot:
    case Quantity::scaled:
    case Quantity::score:
    case Quantity::shifted:
    case Quantity::exponential:
    case Quantity::weight:
    case Quantity::positionBias:
    case Quantity::mask:
        return pair(name);
    case Quantity::scale:
    case Quantity::temperature:
        return name;
    default:
        break;
    }
    const std::string place = cell.quantity == Quantity::queryBias || cell.quantity == Quantity::keyBias ||
                                      cell.quantity == Quantity::valueBias ||
                                      cell.quantity == Quantity::outputBias
                                  ? std::to_string(cell.column)
                                  : std::to_string(cell.row) + ", " + std::to_string(cell.column);
    return std::string(symbolOf(cell.quantity)) + "(" + place + ")";
}

std::string numberText(double number, int digits) {
    if (std::isnan(number))
        return "not a number";
    if (std::isinf(number))
        return number < 0 ? "−∞" : "∞";
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::general,
                                   std::clamp(digits, 1, 17));
    return {text.data(), end.ptr};
}

std::string statementOf(const Derivation& derivation, int digits) {
    const auto text = [digits](double number) { return numberText(number, digits); };
    if (derivation.operation == Operation::given)
        return "recorded " + text(static_cast<double>(derivation.recorded));
    if (derivation.operation == Operation::edited)
        return "recorded " + text(static_cast<double>(derivation.recorded)) + ", put here by an edit";
    const std::string both = "re-added " + text(derivation.readded) + ", recorded " +
                             text(static_cast<double>(derivation.recorded));
    if (derivation.difference() == 0)
        return both + ": the same";
    return both + ", differs by " + numberText(std::abs(derivation.difference()), 2) +
           (derivation.agrees ? " (rounding allows " : " (MORE than rounding allows: ") +
           numberText(derivation.tolerance, 2) + ")";
}

} // namespace headlight
