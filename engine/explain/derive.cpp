#include "engine/core/errors.h"
#include "engine/explain/provenance.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlight {

namespace {
double wide(float number) {
    return static_cast<double>(number);
}

/// Builds one derivation from the recorded numbers of a site.
class Deriver {
public:
    Deriver(const Provenance& from, const Cell& cell) : m_from(from), m_cell(cell) {
        m_result.cell = cell;
        m_result.recorded = from.value(cell); // throws when there is no such cell
        m_result.label = from.labelOf(cell);
    }

    Derivation derive() {
        const int head = m_cell.head.head;
        switch (m_cell.quantity) {
        case Quantity::query:
            projected(Quantity::input, Quantity::queryWeight, Quantity::queryBias, m_from.width());
            break;
        case Quantity::key:
            fromInputOfKeys(Quantity::keyWeight, Quantity::keyBias);
            break;
        case Quantity::value:
            fromInputOfKeys(Quantity::valueWeight, Quantity::valueBias);
            break;
        case Quantity::dot:
            m_result.terms.reserve(static_cast<size_t>(m_from.headWidth()));
            for (int c = 0; c < m_from.headWidth(); ++c)
                product(std::to_string(c), cell(Quantity::query, m_cell.row, c),
                        cell(Quantity::key, m_cell.column, c));
            finish(Operation::sum);
            break;
        case Quantity::scaled:
            product({}, same(Quantity::dot), cell(Quantity::scale, 0, 0));
            finish(Operation::product);
            break;
        case Quantity::score:
            score();
            break;
        case Quantity::maximum:
            for (int key = 0; key < m_from.keys(); ++key)
                single(m_from.keyWord(key), cell(Quantity::score, m_cell.row, key));
            finish(Operation::maximum);
            break;
        case Quantity::shifted:
            if (rowIsMasked()) {
                cleared(-std::numeric_limits<double>::infinity());
                break;
            }
            single("score", same(Quantity::score));
            single("row maximum", cell(Quantity::maximum, m_cell.row, 0)).subtracted = true;
            finish(Operation::sum);
            break;
        case Quantity::exponential:
            if (rowIsMasked()) {
                cleared(0);
                break;
            }
            single({}, same(Quantity::shifted));
            finish(Operation::exponential);
            break;
        case Quantity::rowSum:
            if (rowIsMasked()) {
                cleared(0);
                break;
            }
            for (int key = 0; key < m_from.keys(); ++key)
                single(m_from.keyWord(key), cell(Quantity::exponential, m_cell.row, key));
            finish(Operation::sum);
            break;
        case Quantity::weight:
            weight();
            break;
        case Quantity::context:
            if (m_from.isSwitchedOff(head)) {
                cleared(0);
                break;
            }
            if (m_from.isAveraged(head)) {
                averaged();
                break;
            }
            m_result.terms.reserve(static_cast<size_t>(m_from.keys()));
            for (int key = 0; key < m_from.keys(); ++key)
                product(m_from.keyWord(key), cell(Quantity::weight, m_cell.row, key),
                        cell(Quantity::value, key, m_cell.column));
            finish(Operation::sum);
            break;
        case Quantity::joined: {
            Cell context = cell(Quantity::context, m_cell.row, m_cell.column % m_from.headWidth());
            context.head.head = m_cell.column / m_from.headWidth();
            single("head " + std::to_string(context.head.head), context);
            finish(Operation::copy);
            break;
        }
        case Quantity::output:
            projected(Quantity::joined, Quantity::outputWeight, Quantity::outputBias,
                      m_from.heads() * m_from.headWidth());
            break;
        case Quantity::residual:
            single("input", same(Quantity::input));
            single("output", same(Quantity::output));
            finish(Operation::sum);
            break;
        default:
            given();
        }
        return std::move(m_result);
    }

private:
    Cell cell(Quantity quantity, int row, int column) const { return {quantity, m_cell.head, row, column}; }
    Cell same(Quantity quantity) const { return cell(quantity, m_cell.row, m_cell.column); }
    Factor factor(const Cell& from) const { return {from, m_from.value(from)}; }

    Term& single(std::string label, const Cell& from) {
        return m_result.terms.emplace_back(Term{std::move(label), {factor(from), Factor{}}, 1});
    }
    Term& product(std::string label, const Cell& left, const Cell& right) {
        return m_result.terms.emplace_back(Term{std::move(label), {factor(left), factor(right)}, 2});
    }

    void given() {
        m_result.operation = Operation::given;
        m_result.readded = wide(m_result.recorded);
        m_result.agrees = true;
    }
    void cleared(double to) {
        m_result.operation = Operation::cleared;
        m_result.readded = to;
        m_result.agrees = wide(m_result.recorded) == to;
    }

    /// The recorded number stands for itself.
    void edited() {
        given();
        m_result.operation = Operation::edited;
    }
    /// The mean over all rows of what the row's weights and values would have given.
    void averaged() {
        m_result.operation = Operation::averaged;
        double sum = 0;
        for (int query = 0; query < m_from.queries(); ++query)
            for (int key = 0; key < m_from.keys(); ++key) {
                const double term = wide(m_from.value(cell(Quantity::weight, query, key))) *
                                    wide(m_from.value(cell(Quantity::value, key, m_cell.column)));
                sum += term;
                m_result.magnitude += std::abs(term);
            }
        m_result.readded = sum / m_from.queries();
        m_result.magnitude /= m_from.queries();
        m_result.tolerance =
            roundingAllowance(static_cast<size_t>(m_from.queries() + m_from.keys()), m_result.magnitude);
        m_result.agrees = std::abs(m_result.difference()) <= m_result.tolerance;
    }

    /// Row `m_cell.row` of `vectors` times the weight row of this component, plus its bias.
    void projected(Quantity vectors, Quantity weight, Quantity bias, int length) {
        if (!m_from.has(cell(weight, m_cell.column, 0)))
            return given();
        m_result.terms.reserve(static_cast<size_t>(length) + 1);
        for (int i = 0; i < length; ++i)
            product(std::to_string(i), cell(vectors, m_cell.row, i), cell(weight, m_cell.column, i));
        if (const Cell learned = cell(bias, 0, m_cell.column); m_from.has(learned))
            single("bias", learned);
        finish(Operation::sum);
    }
    /// Keys and values of cross-attention come from another stack, whose output is not part of this site.
    void fromInputOfKeys(Quantity weight, Quantity bias) {
        if (m_from.stack() == Stack::cross)
            return given();
        projected(Quantity::input, weight, bias, m_from.width());
    }

    void score() {
        if (m_from.isEdited(m_cell))
            return edited();
        Term& term = single("scaled dot product", same(Quantity::scaled));
        bool changed = false;
        if (const Cell temperature = cell(Quantity::temperature, 0, 0);
            m_from.has(temperature) && m_from.value(temperature) != 1) {
            term.factors[1] = factor(temperature);
            term.count = 2;
            term.divided = changed = true;
        }
        if (m_from.has(same(Quantity::positionBias))) {
            single("position bias", same(Quantity::positionBias));
            changed = true;
        }
        if (m_from.value(same(Quantity::mask)) != 0) {
            single("mask", same(Quantity::mask));
            changed = true;
        }
        finish(changed ? Operation::sum : Operation::copy);
    }

    void weight() {
        if (m_from.isEdited(m_cell))
            return edited();
        if (!m_from.isSoftmax(m_cell.head.head)) {
            for (int key = 0; key < m_from.keys(); ++key)
                single(m_from.keyWord(key), cell(Quantity::score, m_cell.row, key));
            given();
            m_result.operation = Operation::chosen;
            return;
        }
        if (rowIsMasked()) {
            cleared(0);
            return;
        }
        product({}, same(Quantity::exponential), cell(Quantity::rowSum, m_cell.row, 0)).divided = true;
        finish(Operation::quotient);
    }

    bool rowIsMasked() const {
        const std::span<const float> scores = m_from.site().scores.row(m_cell.head.head, m_cell.row);
        return std::all_of(scores.begin(), scores.end(),
                           [](float score) { return score == -std::numeric_limits<float>::infinity(); });
    }

    static double valueOf(const Term& term) {
        double value = wide(term.factors[0].value);
        if (term.count == 2)
            value = term.divided ? value / wide(term.factors[1].value) : value * wide(term.factors[1].value);
        return term.subtracted ? -value : value;
    }

    /// Fills in the terms' values and carries the operation out.
    void finish(Operation operation) {
        m_result.operation = operation;
        double sum = 0, largest = -std::numeric_limits<double>::infinity();
        for (Term& term : m_result.terms) {
            term.value = valueOf(term);
            term.running = sum += term.value;
            largest = std::max(largest, term.value);
            m_result.magnitude += std::abs(term.value);
        }
        m_result.readded = sum;
        if (operation == Operation::maximum) {
            m_result.readded = largest;
        } else if (operation == Operation::exponential) {
            m_result.readded = std::exp(sum);
            m_result.magnitude = m_result.readded;
        }
        if (operation != Operation::maximum && operation != Operation::copy &&
            std::isfinite(m_result.magnitude))
            m_result.tolerance = roundingAllowance(m_result.terms.size(), m_result.magnitude);
        m_result.agrees = m_result.readded == wide(m_result.recorded) ||
                          std::abs(m_result.difference()) <= m_result.tolerance;
    }

    const Provenance& m_from;
    Cell m_cell;
    Derivation m_result;
};
} // namespace

double roundingAllowance(size_t terms, double magnitude) {
    const double growth = std::max(1.0, std::sqrt(static_cast<double>(terms) / 16));
    return 4 * wide(std::numeric_limits<float>::epsilon()) * growth * magnitude +
           wide(std::numeric_limits<float>::min());
}

Derivation Provenance::derive(const Cell& cell) const {
    return Deriver(*this, cell).derive();
}

} // namespace headlight
