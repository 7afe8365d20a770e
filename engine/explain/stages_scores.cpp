#include "engine/explain/stage_maker.h"

#include <cmath>

namespace headlight {

void StageMaker::query() {
    head("The query vector", "query", "query_component");
    say("The vector of %1 is multiplied with this head's query matrix: %2 numbers become %3.",
        {m_queryWord, text(m_from.width()), text(m_from.headWidth())});
    say("Think of the result as the question that %1 asks of every word.", {m_queryWord});
    StepArray x =
        array(cell(Quantity::input, m_query, 0), "x", 1, m_from.width(), "vector of " + m_queryWord);
    StepArray q = queryVector();
    q.markedColumn = m_component;
    symbols({symbol("q", q), symbol("x", x)});
    if (m_from.has(cell(Quantity::queryWeight, 0, 0))) {
        StepArray matrix = array(cell(Quantity::queryWeight, 0, 0), "W", m_from.headWidth(), m_from.width(),
                                 "query matrix of this head");
        matrix.markedRow = m_component;
        m_stage.symbols.push_back(symbol("W", matrix, m_component));
        m_stage.arrays.push_back(std::move(matrix));
    }
    if (m_from.has(cell(Quantity::queryBias, 0, 0))) {
        StepArray bias = array(cell(Quantity::queryBias, 0, 0), "b", 1, m_from.headWidth(), "query bias");
        bias.markedColumn = m_component;
        m_stage.symbols.push_back(symbol("b", bias));
        m_stage.arrays.push_back(std::move(bias));
    }
    componentSymbols({symbol("q", "component of the query", value(Quantity::query, m_query, m_component)),
                      symbol("x", "first component of the vector", x.at(0, 0))});
    if (m_from.has(cell(Quantity::queryWeight, 0, 0)))
        m_stage.componentSymbols.push_back(
            symbol("W", "first number of the matrix row", value(Quantity::queryWeight, m_component, 0)));
    if (m_from.has(cell(Quantity::queryBias, 0, 0)))
        m_stage.componentSymbols.push_back(symbol("b", "bias", value(Quantity::queryBias, 0, m_component)));
    m_stage.result = q;
    m_stage.arrays.insert(m_stage.arrays.begin(), std::move(x));
    m_stage.arrays.push_back(std::move(q));
    add(derive(Quantity::query, m_query, m_component), "q[" + text(m_component) + "]");
}

void StageMaker::keys() {
    head("The keys", "key", "key_component");
    say("Every word, %1 among them, gets a key in the same way, with the key matrix of this head.",
        {m_keyWord});
    say("A key says what a word has to offer; it is what the query of %1 will be compared with.",
        {m_queryWord});
    StepArray k = keyMatrix("k");
    StepArray own = array(cell(Quantity::key, m_key, 0), "k", 1, m_from.headWidth(), "key of " + m_keyWord);
    own.markedColumn = m_component;
    symbols({symbol("k", own)});
    componentSymbols({symbol("k", "component of the key", value(Quantity::key, m_key, m_component))});
    if (m_from.stack() != Stack::cross) {
        StepArray x =
            array(cell(Quantity::input, m_key, 0), "x", 1, m_from.width(), "vector of " + m_keyWord);
        m_stage.symbols.push_back(symbol("x", x));
        m_stage.componentSymbols.push_back(symbol("x", "first component of the vector", x.at(0, 0)));
        m_stage.arrays.push_back(std::move(x));
    }
    if (m_from.has(cell(Quantity::keyWeight, 0, 0))) {
        StepArray matrix = array(cell(Quantity::keyWeight, 0, 0), "W", m_from.headWidth(), m_from.width(),
                                 "key matrix of this head");
        matrix.markedRow = m_component;
        m_stage.symbols.push_back(symbol("W", matrix, m_component));
        m_stage.componentSymbols.push_back(
            symbol("W", "first number of the matrix row", value(Quantity::keyWeight, m_component, 0)));
        m_stage.arrays.push_back(std::move(matrix));
    }
    if (m_from.has(cell(Quantity::keyBias, 0, 0)))
        m_stage.componentSymbols.push_back(symbol("b", "bias", value(Quantity::keyBias, 0, m_component)));
    m_stage.arrays.push_back(std::move(own));
    m_stage.result = k;
    m_stage.arrays.push_back(std::move(k));
    add(derive(Quantity::key, m_key, m_component), "k[" + text(m_component) + "]");
}

void StageMaker::dot() {
    head("One dot product, term by term", "dot");
    Derivation sum = derive(Quantity::dot, m_query, m_key);
    say("The query of %1 and the key of %2 are multiplied component by component, and the products are added "
        "up to %3.",
        {m_queryWord, m_keyWord, text(sum.recorded)});
    say("The larger the sum, the better the two match; components of opposite sign pull it down.");
    StepArray q = queryVector();
    StepArray k = array(cell(Quantity::key, m_key, 0), "k", 1, m_from.headWidth(), "key of " + m_keyWord);
    std::vector<float> products, running;
    for (const Term& term : sum.terms) {
        products.push_back(static_cast<float>(term.value));
        running.push_back(static_cast<float>(term.running));
    }
    q.markedColumn = k.markedColumn = m_component;
    StepArray each = held(std::move(products), 1, m_from.headWidth(), "dot", "products");
    StepArray total = held(std::move(running), 1, m_from.headWidth(), "", "running sum");
    each.markedColumn = total.markedColumn = m_component;
    symbols({symbol("dot", "dot product", sum.recorded), symbol("q", q), symbol("k", k),
             symbol("qt", "component of the query", q.at(0, m_component)),
             symbol("kt", "component of the key", k.at(0, m_component))});
    m_stage.arrays = {std::move(q), std::move(k), std::move(each), std::move(total)};
    m_stage.result = array(cell(Quantity::dot, m_query, m_key), "dot", 1, 1, "dot product");
    add(std::move(sum), "q · k");
}

void StageMaker::scores() {
    head("All dot products", "scores");
    const int best = strongest(Quantity::dot);
    say("The query of %1 is compared with every key in the same way: %2 dot products.",
        {m_queryWord, text(m_from.keys())});
    say("The largest is %1, with %2.",
        {text(value(Quantity::dot, m_query, best)), quoted(m_from.keyWord(best))});
    StepArray q = queryVector(), k = keyMatrix("K");
    StepArray row = overKeys(Quantity::dot, "", "dot products of " + m_queryWord);
    symbols({symbol("q", q), symbol("first", "with the first key", row.at(0, 0)),
             symbol("second", "with the second key", row.at(0, std::min(1, m_from.keys() - 1))),
             symbol("last", "with the last key", row.at(0, m_from.keys() - 1))});
    m_stage.result = row;
    m_stage.arrays = {std::move(q), std::move(k), std::move(row)};
    add(derive(Quantity::dot, m_query, m_key), "q · k");
}

void StageMaker::scaled() {
    head("Scale", "scaled");
    const float factor = value(Quantity::scale, 0, 0);
    const bool usual = std::abs(factor * std::sqrt(static_cast<float>(m_from.headWidth())) - 1) < 1e-6F;
    if (usual)
        say("Each dot product is divided by √%1, the root of the number of components: times %2.",
            {text(m_from.headWidth()), text(factor)});
    else
        say("Each dot product is multiplied by %2; without the edit it would be 1/√%1.",
            {text(m_from.headWidth()), text(factor)});
    say("Sums of many products grow with their number; without this, the softmax would be almost all or "
        "nothing.");
    StepArray row = overKeys(Quantity::scaled, "s", "scaled dot products of " + m_queryWord);
    symbols(
        {symbol("s", "scaled dot product", row.at(0, m_key)),
         symbol("dot", "dot product", value(Quantity::dot, m_query, m_key)), symbol("q", queryVector()),
         symbol("k", array(cell(Quantity::key, m_key, 0), "k", 1, m_from.headWidth(), "key of " + m_keyWord)),
         symbol("dk", "number of components", static_cast<float>(m_from.headWidth()))});
    m_stage.result = row;
    m_stage.arrays = {overKeys(Quantity::dot, "dot", "dot products of " + m_queryWord), std::move(row)};
    add(derive(Quantity::scaled, m_query, m_key), "s");
}

void StageMaker::masked() {
    head("Position bias and mask", "masked");
    int hidden = 0;
    std::vector<float> mask;
    for (int key = 0; key < m_from.keys(); ++key) {
        mask.push_back(value(Quantity::mask, m_query, key));
        hidden += mask.back() != 0;
    }
    const float temperature = value(Quantity::temperature, 0, 0);
    int edited = 0;
    for (int key = 0; key < m_from.keys(); ++key)
        edited += m_from.isEdited(cell(Quantity::score, m_query, key));
    if (edited > 0)
        say("An edit put other numbers in place of %1 of the scores.", {text(edited)});
    else if (temperature != 1)
        say("The scores are divided by the temperature %1.", {text(temperature)});
    else
        say("What depends on the places of the two words alone is added to each score.");
    say("%1 of %2 keys are masked for %3: minus infinity is added, and their weight will be 0.",
        {text(hidden), text(m_from.keys()), m_queryWord});
    StepArray row = overKeys(Quantity::score, "s", "scores of " + m_queryWord);
    symbols({symbol("s", "score", row.at(0, m_key)),
             symbol("scaled", "scaled dot product", value(Quantity::scaled, m_query, m_key)),
             symbol("mask", "mask", mask[static_cast<size_t>(m_key)]),
             symbol("dk", "number of components", static_cast<float>(m_from.headWidth()))});
    m_stage.arrays.push_back(overKeys(Quantity::scaled, "scaled", "scaled dot products"));
    if (m_from.has(cell(Quantity::positionBias, m_query, m_key))) {
        m_stage.symbols.push_back(
            symbol("bias", "position bias", value(Quantity::positionBias, m_query, m_key)));
        m_stage.arrays.push_back(overKeys(Quantity::positionBias, "bias", "position bias"));
    } else {
        m_stage.symbols.push_back(symbol("bias", "position bias: none in this model", 0));
    }
    StepArray added = held(std::move(mask), 1, m_from.keys(), "mask", "mask");
    added.columnLabels = keyWords();
    added.markedColumn = m_key;
    m_stage.arrays.push_back(std::move(added));
    m_stage.result = row;
    m_stage.arrays.push_back(std::move(row));
    add(derive(Quantity::score, m_query, m_key), "s");
}

} // namespace headlight
