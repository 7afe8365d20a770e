#pragma once

#include "engine/explain/steps.h"

#include <algorithm>

namespace headlight {

inline std::string quoted(const std::string& word) {
    return "“" + word + "”";
}
inline std::string text(double number) {
    return numberText(number, 4);
}
inline std::string text(float number) {
    return numberText(static_cast<double>(number), 4);
}
inline std::string text(int number) {
    return std::to_string(number);
}

/// Makes the stages of one question; one object makes one stage.
class StageMaker {
public:
    StageMaker(const Provenance& from, const StepsQuestion& question)
        : m_from(from), m_question(question), m_head(question.head.head), m_query(question.query),
          m_key(question.key), m_component(question.component),
          m_wide(std::min(m_head * from.headWidth() + question.component, from.width() - 1)),
          m_queryWord(quoted(from.queryWord(question.query))), m_keyWord(quoted(from.keyWord(question.key))) {
    }

    Stage make(StageId id);

private:
    Cell cell(Quantity quantity, int row, int column) const {
        return {quantity, m_question.head, row, column};
    }
    float value(Quantity quantity, int row, int column) const {
        return m_from.value(cell(quantity, row, column));
    }
    Derivation derive(Quantity quantity, int row, int column) const {
        return m_from.derive(cell(quantity, row, column));
    }

    void head(const char* title, const char* formula, const char* componentFormula = "") {
        m_stage.title = title;
        m_stage.formula = formula;
        m_stage.componentFormula = componentFormula;
    }
    void say(const char* pattern, std::vector<std::string> words = {}) {
        m_stage.sentences.push_back({pattern, std::move(words)});
    }

    /// The recorded array that begins at this cell, `rows` x `columns`.
    StepArray array(const Cell& first, const char* symbol, int rows, int columns, std::string name,
                    ArrayScale scale = ArrayScale::signedNumbers) const;
    /// A row over the keys.
    StepArray overKeys(Quantity quantity, const char* symbol, std::string name,
                       ArrayScale scale = ArrayScale::signedNumbers) const {
        StepArray row = array(cell(quantity, m_query, 0), symbol, 1, m_from.keys(), std::move(name), scale);
        row.columnLabels = keyWords();
        row.markedColumn = m_key;
        return row;
    }
    /// One vector of D components.
    StepArray wide(Quantity quantity, const char* symbol, std::string name) const {
        StepArray row = array(cell(quantity, m_query, 0), symbol, 1, m_from.width(), std::move(name));
        row.markedColumn = m_wide;
        return row;
    }
    StepArray held(std::vector<float> numbers, int rows, int columns, const char* symbol,
                   std::string name) const {
        StepArray result;
        result.name = std::move(name);
        result.symbol = symbol;
        result.rows = rows;
        result.columns = columns;
        result.held = std::make_shared<const std::vector<float>>(std::move(numbers));
        result.data = result.held->data();
        result.stride = columns;
        return result;
    }
    StepArray queryVector() const {
        return array(cell(Quantity::query, m_query, 0), "q", 1, m_from.headWidth(),
                     "query of " + m_queryWord);
    }
    StepArray keyMatrix(const char* symbol) const {
        StepArray all = array(cell(Quantity::key, 0, 0), symbol, m_from.keys(), m_from.headWidth(), "keys");
        all.rowLabels = keyWords();
        all.markedRow = m_key;
        return all;
    }
    std::vector<std::string> keyWords() const {
        std::vector<std::string> words;
        words.reserve(static_cast<size_t>(m_from.keys()));
        for (int key = 0; key < m_from.keys(); ++key)
            words.push_back(m_from.keyWord(key));
        return words;
    }

    static SymbolValue symbol(const char* id, std::string name, float number) {
        return {id, std::move(name), {number}, 1};
    }
    static SymbolValue symbol(const char* id, const StepArray& of, int row = 0) {
        SymbolValue result{id, of.name, {}, of.columns};
        for (int i = 0; i < std::min(of.columns, 4); ++i)
            result.values.push_back(of.at(row, i));
        return result;
    }
    void symbols(std::vector<SymbolValue> values) { m_stage.symbols = std::move(values); }
    void componentSymbols(std::vector<SymbolValue> values) { m_stage.componentSymbols = std::move(values); }

    /// The first sum is the one that the line writes out.
    void add(Derivation sum, const std::string& left) {
        if (m_stage.line.empty())
            m_stage.line = lineOf(sum, left);
        m_stage.sums.push_back(std::move(sum));
    }

    static std::vector<LinePiece> lineOf(const Derivation& sum, const std::string& left);

    void query();
    void keys();
    void dot();
    void scores();
    void scaled();
    void masked();
    void shifted();
    void exponentials();
    void sum();
    void weights();
    void weightedValues();
    void context();
    void concat();
    void projection();
    void residual();

    StepArray weightedMatrix() const;
    /// The key of this row that has the largest number.
    int strongest(Quantity quantity) const {
        int best = 0;
        for (int key = 1; key < m_from.keys(); ++key)
            if (value(quantity, m_query, key) > value(quantity, m_query, best))
                best = key;
        return best;
    }

    const Provenance& m_from;
    const StepsQuestion& m_question;
    const int m_head, m_query, m_key, m_component;
    const int m_wide; ///< the component among all D
    const std::string m_queryWord, m_keyWord;
    Stage m_stage;
};

} // namespace headlight
