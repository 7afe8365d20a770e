#include "engine/explain/stage_maker.h"

#include <cmath>

namespace headlight {

void StageMaker::shifted() {
    head("Subtract the row maximum", "shifted");
    const float maximum = value(Quantity::maximum, m_query, 0);
    say("The largest score of the row, %1, is subtracted from every score.", {text(maximum)});
    say("The weights stay the same, and exp can never grow too large for the computer.");
    StepArray row = overKeys(Quantity::shifted, "z", "shifted scores of " + m_queryWord);
    symbols({symbol("z", "shifted score", row.at(0, m_key)),
             symbol("s", "score", value(Quantity::score, m_query, m_key)),
             symbol("max", "row maximum", maximum)});
    m_stage.result = row;
    m_stage.arrays = {overKeys(Quantity::score, "s", "scores of " + m_queryWord), std::move(row)};
    add(derive(Quantity::shifted, m_query, m_key), "z");
    m_stage.sums.push_back(derive(Quantity::maximum, m_query, 0));
}

void StageMaker::exponentials() {
    head("Exponentials", "exponentials");
    say("exp makes every number positive and enlarges differences: the largest score becomes exactly 1.");
    say("For %1 the shifted score %2 becomes %3.", {m_keyWord, text(value(Quantity::shifted, m_query, m_key)),
                                                    text(value(Quantity::exponential, m_query, m_key))});
    StepArray row =
        overKeys(Quantity::exponential, "e", "exponentials of " + m_queryWord, ArrayScale::positive);
    symbols({symbol("e", "exponential", row.at(0, m_key)),
             symbol("z", "shifted score", value(Quantity::shifted, m_query, m_key)),
             symbol("s", "score", value(Quantity::score, m_query, m_key)),
             symbol("max", "row maximum", value(Quantity::maximum, m_query, 0))});
    m_stage.result = row;
    m_stage.arrays = {overKeys(Quantity::shifted, "z", "shifted scores of " + m_queryWord), std::move(row)};
    add(derive(Quantity::exponential, m_query, m_key), "e");
}

void StageMaker::sum() {
    head("Their sum", "sum");
    const float total = value(Quantity::rowSum, m_query, 0);
    say("The exponentials of all %1 keys are added up: %2.", {text(m_from.keys()), text(total)});
    say("It is at least 1, because the largest of them is 1; a sum near 1 means that one key stands out.");
    StepArray row =
        overKeys(Quantity::exponential, "e", "exponentials of " + m_queryWord, ArrayScale::positive);
    symbols({symbol("Z", "sum of the row", total), symbol("e", "exponential", row.at(0, m_key))});
    m_stage.arrays = {std::move(row)};
    m_stage.result =
        array(cell(Quantity::rowSum, m_query, 0), "Z", 1, 1, "sum of the row", ArrayScale::positive);
    add(derive(Quantity::rowSum, m_query, 0), "Z");
}

void StageMaker::weights() {
    const bool edited = m_from.hasEditedWeights(m_head, m_query);
    const bool softmax = m_from.isSoftmax(m_head) && !edited;
    head(softmax ? "Divide: the weights" : "The weights", "weights");
    const int best = strongest(Quantity::weight);
    if (edited)
        say("An edit changed the weights of %1 after they were made from the scores.", {m_queryWord});
    else if (softmax)
        say("Each exponential is divided by the sum, so that the weights of %1 add up to 1.", {m_queryWord});
    else
        say("Another rule than softmax (%1) turns the scores of %2 into weights here.",
            {m_from.detail().normalisers.empty() ? std::string("not recorded")
                                                 : m_from.detail().normalisers[static_cast<size_t>(m_head)],
             m_queryWord});
    say("%1 looks most at %2, with a weight of %3.",
        {m_queryWord, quoted(m_from.keyWord(best)), text(value(Quantity::weight, m_query, best))});
    StepArray row = overKeys(Quantity::weight, "a", "weights of " + m_queryWord, ArrayScale::weights);
    StepArray map = array(cell(Quantity::weight, 0, 0), "", m_from.queries(), m_from.keys(),
                          "weights of every query", ArrayScale::weights);
    for (int query = 0; query < m_from.queries(); ++query)
        map.rowLabels.push_back(m_from.queryWord(query));
    map.columnLabels = keyWords();
    map.markedRow = m_query;
    map.markedColumn = m_key;
    symbols(
        {symbol("a", "weight", row.at(0, m_key)),
         symbol("row", array(cell(Quantity::score, m_query, 0), "", 1, m_from.keys(), "scores of the row"))});
    if (softmax) {
        m_stage.symbols.push_back(symbol("e", "exponential", value(Quantity::exponential, m_query, m_key)));
        m_stage.symbols.push_back(symbol("Z", "sum of the row", value(Quantity::rowSum, m_query, 0)));
        m_stage.arrays.push_back(
            overKeys(Quantity::exponential, "e", "exponentials of " + m_queryWord, ArrayScale::positive));
    } else {
        m_stage.arrays.push_back(overKeys(Quantity::score, "", "scores of " + m_queryWord));
    }
    m_stage.result = row;
    m_stage.arrays.push_back(std::move(row));
    m_stage.arrays.push_back(std::move(map));
    add(derive(Quantity::weight, m_query, m_key), "a");
}

StepArray StageMaker::weightedMatrix() const {
    const int keys = m_from.keys(), d = m_from.headWidth();
    std::vector<float> products;
    products.reserve(static_cast<size_t>(keys) * static_cast<size_t>(d));
    for (int key = 0; key < keys; ++key) {
        const float weight = value(Quantity::weight, m_query, key);
        const StepArray values = array(cell(Quantity::value, key, 0), "", 1, d, {});
        for (int c = 0; c < d; ++c)
            products.push_back(weight * values.at(0, c));
    }
    StepArray result = held(std::move(products), keys, d, "u", "weights × values");
    result.rowLabels = keyWords();
    result.markedRow = m_key;
    result.markedColumn = m_component;
    return result;
}

void StageMaker::weightedValues() {
    head("Weights times values", "weighted_values", "weighted_values_component");
    const float weight = value(Quantity::weight, m_query, m_key);
    say("Every word also has a value: what it hands on. The value of %1 is multiplied with its weight %2.",
        {m_keyWord, text(weight)});
    say("Words with a weight near 0 hand on almost nothing.");
    StepArray values = array(cell(Quantity::value, 0, 0), "v", m_from.keys(), m_from.headWidth(), "values");
    values.rowLabels = keyWords();
    values.markedRow = m_key;
    values.markedColumn = m_component;
    StepArray products = weightedMatrix();
    const float v = values.at(m_key, m_component);
    symbols({symbol("u", products, m_key), symbol("a", "weight", weight), symbol("v", values, m_key)});
    componentSymbols({symbol("u", "component of the product", products.at(m_key, m_component)),
                      symbol("a", "weight", weight), symbol("v", "component of the value", v)});
    m_stage.line = {{"u[" + text(m_component) + "] = ", 0, false, {}},
                    {{}, static_cast<double>(weight), true, cell(Quantity::weight, m_query, m_key)},
                    {" × ", 0, false, {}},
                    {{}, static_cast<double>(v), true, cell(Quantity::value, m_key, m_component)},
                    {" = ", 0, false, {}},
                    {{}, static_cast<double>(weight) * static_cast<double>(v), true, {}}};
    m_stage.result = products;
    m_stage.arrays = {overKeys(Quantity::weight, "a", "weights of " + m_queryWord, ArrayScale::weights),
                      std::move(values), std::move(products)};
    // The products are not kept by themselves: where the values come from can be checked here.
    m_stage.sums.push_back(derive(Quantity::value, m_key, m_component));
}

void StageMaker::context() {
    head("Context: add them up", "context", "context_component");
    if (m_from.isSwitchedOff(m_head))
        say("This head is switched off: its context is set to 0, whatever its weights are.");
    else if (m_from.isAveraged(m_head))
        say("This head is switched off: its context is the mean of its contexts over all %1 words.",
            {text(m_from.queries())});
    else
        say("The weighted values of all %1 keys are added up, component by component.",
            {text(m_from.keys())});
    say("The context of %1 is a mixture of values, most of it from %2.",
        {m_queryWord, quoted(m_from.keyWord(strongest(Quantity::weight)))});
    StepArray row =
        array(cell(Quantity::context, m_query, 0), "c", 1, m_from.headWidth(), "context of " + m_queryWord);
    row.markedColumn = m_component;
    symbols({symbol("c", row), symbol("a", "weight", value(Quantity::weight, m_query, m_key)),
             symbol("v", array(cell(Quantity::value, m_key, 0), "v", 1, m_from.headWidth(),
                               "value of " + m_keyWord))});
    componentSymbols({symbol("c", "component of the context", row.at(0, m_component)),
                      symbol("a", "weight", value(Quantity::weight, m_query, m_key)),
                      symbol("v", "component of the value", value(Quantity::value, m_key, m_component))});
    m_stage.result = row;
    m_stage.arrays = {weightedMatrix(), std::move(row)};
    add(derive(Quantity::context, m_query, m_component), "c[" + text(m_component) + "]");
}

void StageMaker::concat() {
    head("All heads side by side", "concat");
    say("The contexts of all %1 heads are laid end to end: %1 × %2 = %3 numbers.",
        {text(m_from.heads()), text(m_from.headWidth()), text(m_from.heads() * m_from.headWidth())});
    say("This head gives the components from %1 to %2.",
        {text(m_head * m_from.headWidth()), text((m_head + 1) * m_from.headWidth() - 1)});
    StepArray heads = array(cell(Quantity::joined, m_query, 0), "C", m_from.heads(), m_from.headWidth(),
                            "contexts of all heads");
    heads.stride = m_from.headWidth();
    heads.first.reset(); // its rows are heads, not queries
    for (int head = 0; head < m_from.heads(); ++head)
        heads.rowLabels.push_back("head " + text(head));
    heads.markedRow = m_head;
    heads.markedColumn = m_component;
    StepArray row = array(cell(Quantity::joined, m_query, 0), "C", 1, m_from.heads() * m_from.headWidth(),
                          "joined contexts of " + m_queryWord);
    row.markedColumn = m_head * m_from.headWidth() + m_component;
    symbols({symbol("C", row), symbol("c0", heads, 0), symbol("cH", heads, m_from.heads() - 1)});
    m_stage.result = row;
    m_stage.arrays = {std::move(heads), std::move(row)};
    const int column = m_head * m_from.headWidth() + m_component;
    add(derive(Quantity::joined, m_query, column), "C[" + text(column) + "]");
}

void StageMaker::projection() {
    head("Output projection", "projection", "projection_component");
    say("The output matrix mixes the heads: each of the %1 new components reads all %2 joined ones.",
        {text(m_from.width()), text(m_from.heads() * m_from.headWidth())});
    say("The result is what the attention of this layer has to say about %1.", {m_queryWord});
    StepArray joined = array(cell(Quantity::joined, m_query, 0), "C", 1, m_from.heads() * m_from.headWidth(),
                             "joined contexts of " + m_queryWord);
    StepArray out = wide(Quantity::output, "o", "attention output for " + m_queryWord);
    symbols({symbol("o", out), symbol("C", joined)});
    componentSymbols({symbol("o", "component of the output", out.at(0, m_wide)),
                      symbol("C", "first joined component", joined.at(0, 0))});
    m_stage.arrays.push_back(std::move(joined));
    if (m_from.has(cell(Quantity::outputWeight, 0, 0))) {
        StepArray matrix = array(cell(Quantity::outputWeight, 0, 0), "W", m_from.width(),
                                 m_from.heads() * m_from.headWidth(), "output matrix");
        matrix.markedRow = m_wide;
        m_stage.symbols.push_back(symbol("W", matrix, m_wide));
        m_stage.componentSymbols.push_back(
            symbol("W", "first number of the matrix row", matrix.at(m_wide, 0)));
        m_stage.arrays.push_back(std::move(matrix));
    }
    if (m_from.has(cell(Quantity::outputBias, 0, 0))) {
        StepArray bias = array(cell(Quantity::outputBias, 0, 0), "b", 1, m_from.width(), "output bias");
        bias.markedColumn = m_wide;
        m_stage.symbols.push_back(symbol("b", bias));
        m_stage.componentSymbols.push_back(symbol("b", "bias", bias.at(0, m_wide)));
        m_stage.arrays.push_back(std::move(bias));
    }
    m_stage.result = out;
    m_stage.arrays.push_back(std::move(out));
    add(derive(Quantity::output, m_query, m_wide), "o[" + text(m_wide) + "]");
}

void StageMaker::residual() {
    head("Residual: add to what was there", "residual", "residual_component");
    double before = 0, added = 0;
    for (int i = 0; i < m_from.width(); ++i) {
        before += std::pow(static_cast<double>(value(Quantity::input, m_query, i)), 2);
        added += std::pow(static_cast<double>(value(Quantity::output, m_query, i)), 2);
    }
    say("The output is added to the vector that %1 came with; nothing is thrown away.", {m_queryWord});
    say("That vector has length %1, and what the attention adds has length %2.",
        {text(std::sqrt(before)), text(std::sqrt(added))});
    StepArray x = wide(Quantity::input, "x", "vector of " + m_queryWord);
    StepArray out = wide(Quantity::output, "o", "attention output for " + m_queryWord);
    StepArray y = wide(Quantity::residual, "y", "vector of " + m_queryWord + " after the attention");
    symbols({symbol("y", y), symbol("x", x), symbol("o", out)});
    componentSymbols({symbol("y", "component after the attention", y.at(0, m_wide)),
                      symbol("x", "component of the vector", x.at(0, m_wide)),
                      symbol("o", "component of the output", out.at(0, m_wide))});
    m_stage.result = y;
    m_stage.arrays = {std::move(x), std::move(out), std::move(y)};
    add(derive(Quantity::residual, m_query, m_wide), "y[" + text(m_wide) + "]");
}

} // namespace headlight
