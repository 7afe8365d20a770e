#include "engine/experiments/truth.h"

#include "engine/core/errors.h"
#include "engine/edits/site_edits.h"
#include "engine/metrics/value_norms.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double step = 0.125; ///< of the central difference, as a share of the weight

struct Answer {
    double value = 0; ///< in the measure that was asked for
    double probability = 0;
};

Answer answerOf(const Tensor<float>& logits, const ChosenOutput& output) {
    const std::span<const float> row = logits.row(output.position); // (V)
    const auto chosen = static_cast<size_t>(output.id);
    const double largest = *std::max_element(row.begin(), row.end());
    double others = 0; // of exp(logit - largest)
    for (size_t id = 0; id < row.size(); ++id)
        if (id != chosen)
            others += std::exp(static_cast<double>(row[id]) - largest);
    const double logit = row[chosen];
    const double own = std::exp(logit - largest);
    const double logOdds = logit - largest - std::log(others);
    return {output.measure == OutputMeasure::logit ? logit : logOdds, own / (own + others)};
}

void check(const Trace& trace, const TruthQuestion& question) {
    const SiteRecord* site = trace.site(question.head.stack, question.head.layer);
    if (!site || question.head.head < 0 || question.head.head >= site->weights.dimension(0) ||
        question.query < 0 || question.query >= site->weights.dimension(1))
        throw RequestError("There is no row " + std::to_string(question.query) + " of " +
                           toString(question.head) + " in this recording.");
    const Tensor<float>* logits = trace.recording.logits.get();
    if (!logits || logits->empty())
        throw RequestError(
            "What an edge does to the output cannot be measured: the output was not recorded.");
    if (question.output.position < 0 || question.output.position >= logits->dimension(0) ||
        question.output.id < 0 || question.output.id >= logits->dimension(1))
        throw RequestError("There is no logit of token " + std::to_string(question.output.id) +
                           " at position " + std::to_string(question.output.position) +
                           " in this recording.");
}

/// Runs the text of a trace again, one weight changed.
class Remeasure {
public:
    Remeasure(const Trace& trace, const Model& model, const TruthQuestion& question,
              const JobControl& control)
        : m_model(model), m_question(question), m_control(control), m_input(inputOf(trace.encoding)),
          m_edits(trace.edits) {
        const SiteEdits site(trace.edits, question.head.stack, question.head.layer);
        const HeadEdits own = site.of(question.head.head);
        if (own.find<SwitchOff>())
            throw RequestError("The head " + toString(question.head) +
                               " is switched off, so no weight of it has an effect; switch it on first.");
        if (own.paintedWeights(question.query).empty())
            return;
        const std::span<const float> row = trace.site(question.head.stack, question.head.layer)
                                               ->weights.row(question.head.head, question.query);
        for (size_t key = 0; key < row.size(); ++key)
            m_edits.push_back(painted(static_cast<int>(key), static_cast<double>(row[key])));
    }

    /// With this weight at this key, and no other of the row changed.
    Answer with(int key, double weight) const {
        if (m_control.stop.stop_requested())
            throw Cancelled();
        m_control.stepAside();
        RunControl control;
        control.stop = m_control.stop;
        control.edits = m_edits;
        control.edits.push_back(painted(key, weight));
        return answerOf(*m_model.run(m_input, {false, false, true, {}}, control).logits, m_question.output);
    }

private:
    Edit painted(int key, double weight) const {
        return {HeadScope::one(m_question.head),
                PaintedWeight{EditToken::at(m_question.query), EditToken::at(key), WeightPaint::set, weight,
                              false}};
    }

    const Model& m_model;
    const TruthQuestion& m_question;
    const JobControl& m_control;
    const ModelInput m_input;
    Edits m_edits;
};
} // namespace

std::optional<ChosenOutput> topAnswer(const Trace& trace, int position) {
    const Tensor<float>* logits = trace.recording.logits.get();
    if (!logits || logits->empty() || position < 0 || position >= logits->dimension(0))
        return std::nullopt;
    const std::span<const float> row = logits->row(position);
    return ChosenOutput{position, static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin())};
}

std::optional<double> outputValue(const Trace& trace, const ChosenOutput& output) {
    const Tensor<float>* logits = trace.recording.logits.get();
    if (!logits || logits->empty() || output.position < 0 || output.position >= logits->dimension(0) ||
        output.id < 0 || output.id >= logits->dimension(1))
        return std::nullopt;
    return answerOf(*logits, output).value;
}

std::optional<double> outputChange(const Trace& trace, const ChosenOutput& output) {
    const std::optional<double> after = outputValue(trace, output);
    const std::optional<double> before = trace.baseline ? outputValue(*trace.baseline, output) : std::nullopt;
    return after && before ? std::optional(*after - *before) : std::nullopt;
}

void judge(std::vector<EdgeTruth>& edges) {
    double largestWeight = 0, largestChange = 0;
    for (const EdgeTruth& edge : edges) {
        largestWeight = std::max(largestWeight, static_cast<double>(edge.weight));
        largestChange = std::max(largestChange, std::abs(edge.change));
    }
    const bool anyMatters = largestChange >= truthLeast;
    for (EdgeTruth& edge : edges) {
        const double look = largestWeight > 0 ? static_cast<double>(edge.weight) / largestWeight : 0;
        const double effect = anyMatters ? std::abs(edge.change) / largestChange : 0;
        edge.verdict = look >= truthHigh && effect < truthLow   ? EdgeVerdict::overrated
                       : look < truthLow && effect >= truthHigh ? EdgeVerdict::underrated
                                                                : EdgeVerdict::asItLooks;
    }
}

TruthColumn truthColumn(const Trace& trace, const Model& model, const TruthQuestion& question,
                        const JobControl& control) {
    check(trace, question);
    const Remeasure measure(trace, model, question, control);
    const SiteRecord& site = *trace.site(question.head.stack, question.head.layer);
    const std::span<const float> row = site.weights.row(question.head.head, question.query); // (m)
    const Answer whole = answerOf(*trace.recording.logits, question.output);
    const std::optional<HeadPattern> pattern = HeadPattern::of(trace, question.head);
    const auto norms = pattern ? transformedValueNorms(*pattern, &model) : std::nullopt;

    TruthColumn column{question, whole.value, whole.probability, {}};
    for (size_t key = 0; key < row.size(); ++key) {
        EdgeTruth edge;
        edge.key = static_cast<int>(key);
        edge.weight = row[key];
        if (norms)
            edge.valueSize = std::abs(static_cast<double>(row[key])) * (*norms)[key];
        if (const auto weight = static_cast<double>(row[key]); weight != 0) {
            const Answer without = measure.with(edge.key, 0);
            edge.change = without.value - whole.value;
            edge.probabilityChange = without.probability - whole.probability;
            const Answer more = measure.with(edge.key, weight * (1 + step));
            const Answer less = measure.with(edge.key, weight * (1 - step));
            edge.gradientTimesWeight = (more.value - less.value) / (2 * step);
        }
        column.edges.push_back(edge);
        control.report({static_cast<double>(key + 1) / static_cast<double>(row.size()), -1, {}});
    }
    judge(column.edges);
    return column;
}

} // namespace headlight
