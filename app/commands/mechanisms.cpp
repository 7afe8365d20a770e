#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "engine/core/errors.h"
#include "engine/experiments/mechanism_bench.h"
#include "engine/explain/words.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ostream>

namespace headlight {

namespace {
using nlohmann::ordered_json;

template <class Number>
std::string numberText(const char* format, Number number) {
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), format, number);
    return text.data();
}

ordered_json jsonNumbers(const std::vector<float>& numbers) {
    ordered_json array = ordered_json::array();
    for (const float number : numbers)
        array.push_back(jsonNumber(number));
    return array;
}

ordered_json jsonRow(const BenchRow& row) {
    const MechanismInfo score = benchScoreFunctions()[static_cast<size_t>(row.scoreFunction)];
    const MechanismInfo normaliser = benchNormalisers()[static_cast<size_t>(row.normaliser)];
    return {{"mechanism", score.name},
            {"formula", score.formula},
            {"reference", score.reference},
            {"normaliser", normaliser.name},
            {"normaliser_formula", normaliser.formula},
            {"normaliser_reference", normaliser.reference},
            {"recorded", row.recorded},
            {"untrained", row.untrained},
            {"seed", row.untrained ? ordered_json(row.seed) : ordered_json(nullptr)},
            {"scores", jsonNumbers(row.scores)},
            {"weights", jsonNumbers(row.weights)},
            {"entropy_bits", row.entropy},
            {"multiply_adds", row.multiplyAdds},
            {"parameters", row.parameterCount},
            {"seconds", row.seconds},
            {"gradient_norm", row.gradientNorm},
            {"differentiable", row.differentiable}};
}

void printJson(const ReadText& read, const BenchResult& result, std::ostream& out) {
    ordered_json tokens = ordered_json::array(), rows = ordered_json::array();
    for (const Token& token : read.trace->tokens())
        tokens.push_back(token.piece);
    for (const BenchRow& row : result.rows)
        rows.push_back(jsonRow(row));
    out << jsonText({{"model", read.model->name},
                     {"text", read.trace->text},
                     {"head", toString(result.head)},
                     {"query", result.query},
                     {"tokens", tokens},
                     {"head_width", result.headWidth},
                     {"local_half_width", result.settings.localHalfWidth},
                     {"gradient_of", "u . context, u = (1, ..., 1) / sqrt(head_width)"},
                     {"rows", rows}})
        << '\n';
}

void printText(const ReadText& read, const BenchResult& result, std::ostream& out) {
    const std::vector<Token>& tokens = read.trace->tokens();
    const auto spelling = [&](size_t token) {
        return printable(token < tokens.size() ? read.trace->spelling(tokens[token]) : "?");
    };
    out << "Row of " << spelling(static_cast<size_t>(result.query)) << " (token " << result.query << ") in "
        << toString(result.head) << ", " << result.queries << " queries, " << result.keys << " keys of width "
        << result.headWidth << "\n"
        << "* what the model itself does; + untrained: parameters drawn with seed " << result.settings.seed
        << "\n"
        << padded("", 2) << padded("score", 12) << padded("weights by", 12) << padded("strongest keys", 44)
        << padded("entropy", 9) << padded("gradient", 10) << padded("mult-adds", 11) << padded("params", 8)
        << "time\n";
    for (const BenchRow& row : result.rows) {
        std::vector<size_t> keys(row.weights.size());
        for (size_t key = 0; key < keys.size(); ++key)
            keys[key] = key;
        std::stable_sort(keys.begin(), keys.end(),
                         [&](size_t a, size_t b) { return row.weights[a] > row.weights[b]; });
        std::string strongest;
        for (size_t i = 0; i < std::min<size_t>(3, keys.size()) && row.weights[keys[i]] > 0; ++i)
            strongest += (i > 0 ? ", " : "") + spelling(keys[i]) + " " +
                         weightText(static_cast<double>(row.weights[keys[i]]));
        const std::string gradient = row.differentiable ? numberText("%.4f", row.gradientNorm) : "none";
        out << padded(row.recorded    ? "*"
                      : row.untrained ? "+"
                                      : "",
                      2)
            << padded(benchScoreFunctions()[static_cast<size_t>(row.scoreFunction)].name, 12)
            << padded(benchNormalisers()[static_cast<size_t>(row.normaliser)].name, 12)
            << padded(strongest, 44) << padded(numberText("%.3f", row.entropy), 9) << padded(gradient, 10)
            << padded(numberText("%.0f", row.multiplyAdds), 11)
            << padded(std::to_string(row.parameterCount), 8)
            << numberText("%.1f microseconds", row.seconds * 1e6) << '\n';
    }
    out << "Entropy is in bits. Gradient: length of what reaches the scores when a gradient of length 1 "
           "arrives at the context.\nMultiply-adds and time are those of the whole head.\n";
}

void run(const Arguments& arguments, Streams& streams) {
    BenchSettings settings;
    settings.seed = static_cast<uint64_t>(arguments.integer("seed", 0, 1LL << 62).value_or(1));
    settings.localHalfWidth = static_cast<int>(arguments.integer("window", 0, 1 << 20).value_or(2));
    settings.innerWidth = static_cast<int>(arguments.integer("inner", 1, 4096).value_or(0));
    const ReadText read = readText(arguments, streams, RecordPlan::everything());
    std::optional<HeadAddress> head = headOf(arguments, read.trace->shape);
    if (!head)
        head = parseHeadAddress(read.model->notes.exampleHead);
    if (!head || !read.trace->shape.has(*head))
        head = HeadAddress{read.trace->shape.stacks.at(0).stack, 0, 0};
    const int query = findToken(*read.trace, *read.model->tokenizer, arguments.value("query", {}));
    const BenchResult result = mechanismBench(*read.trace, *head, query, settings);
    if (arguments.has("json"))
        printJson(read, result, streams.out);
    else
        printText(read, result, streams.out);
}
} // namespace

Command mechanismsCommand() {
    return {"mechanisms",
            "Attention mechanisms side by side, on the vectors of one head and one query.",
            {},
            {modelOption(),
             textOption(),
             pairOption(),
             {"query", "Q",
              "the row: a word (its first piece), word#2 for its second occurrence, or an index", true},
             {"head", "ADDRESS", "one head, such as encoder.1.head.2; else that of the model's example"},
             {"seed", "N", "of the parameters that the model does not have (1)"},
             {"inner", "N", "rows of W in concat and additive (the width of the head)"},
             {"window", "N", "half-width of the local window (2)"},
             jsonOption()},
            run};
}

} // namespace headlight
