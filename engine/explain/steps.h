#pragma once

#include "engine/explain/provenance.h"

#include <memory>
#include <string>
#include <vector>

namespace headlight {

/// One head, one query and one key of a trace, and which component of a vector is written term by term.
struct StepsQuestion {
    HeadAddress head;
    int query = 0;
    int key = 0;
    int component = 0; ///< below d_head; in projection and residual it stands for head * d_head + component
};

/// The stages from a token's vector to what the attention adds to it, in this order.
enum class StageId {
    query,
    keys,
    dot,
    scores,
    scaled,
    masked, ///< only where temperature, position bias or mask change a score of this row
    shifted,
    exponentials,
    sum, ///< this and the two before it only where the weights are a softmax
    weights,
    weightedValues,
    context,
    concat,
    projection,
    residual
};
/// "query", "keys", "dot", ..., "weighted_values", ...: in files and on the command line.
std::string_view nameOf(StageId stage);

/// A sentence as a pattern with %1, %2, ... and what stands there, so that it can be translated.
struct Sentence {
    const char* pattern = "";
    std::vector<std::string> words;
    std::string text() const;
};

/// A symbol of the stage's formula with its present value.
struct SymbolValue {
    std::string id;            ///< as in the formula: "q", "W", "dk"
    std::string name;          ///< "query of “it”"
    std::vector<float> values; ///< one number, or the first few of a vector
    int length = 1;            ///< of the vector or the row; values may be fewer
    bool isNumber() const { return length == 1; }
};

/// A piece of the substituted line: a number that was recorded (or added up from such), or what stands
/// between.
struct LinePiece {
    std::string text;  ///< what stands between: "q = ", " × ", " + ", " + … (29 more) = "
    double number = 0; ///< where `isNumber`
    bool isNumber = false;
    std::optional<Cell> cell = {}; ///< which number it is
};

/// How an array wants to be coloured.
enum class ArrayScale {
    signedNumbers, ///< diverging around 0
    weights,       ///< 0 to 1
    positive       ///< from 0 on
};

/// An array to be drawn. The numbers are those of the trace itself where that holds them, so it has to
/// outlive this; else (products of terms) they are held here.
struct StepArray {
    std::string name;   ///< "query of “it”"
    std::string symbol; ///< id in the formula; may be empty
    ArrayScale scale = ArrayScale::signedNumbers;
    int rows = 0;
    int columns = 0;
    const float* data = nullptr; ///< rows x columns, rows `stride` apart
    int stride = 0;
    std::vector<std::string> rowLabels;    ///< words, or empty
    std::vector<std::string> columnLabels; ///< words, or empty: components counted from 0
    int markedRow = -1;                    ///< what the question is about; -1: none, or all of them
    int markedColumn = -1;
    std::optional<Cell> first = {}; ///< the cell at (0, 0); others: + row, + column. Nothing for products
    std::shared_ptr<const std::vector<float>> held = {}; ///< of arrays that are not in the trace

    float at(int row, int column) const { return data[static_cast<int64_t>(row) * stride + column]; }
    std::optional<Cell> cellAt(int row, int column) const;
};

/// One stage, with all that is shown of it.
struct Stage {
    StageId id = StageId::query;
    std::string title;                         ///< "Scale by 1/√d_k"
    std::string formula;                       ///< resources/formulas/NAME.svg
    std::string componentFormula;              ///< the same for one component; may be empty
    std::vector<Sentence> sentences;           ///< two, for a student
    std::vector<SymbolValue> symbols;          ///< of `formula`
    std::vector<SymbolValue> componentSymbols; ///< of `componentFormula`
    std::vector<LinePiece> line;               ///< the formula with its numbers
    std::vector<StepArray> arrays;
    std::vector<Derivation> sums;  ///< the first is that of `line`; re-added, with the difference
    std::vector<std::string> code; ///< numpy, after the code of the stages before it and Steps::preamble
    std::string codeResult;        ///< the variable that then holds what `result` holds
    StepArray result;              ///< what this stage hands on
};

/// All stages of one question. Reads the trace's numbers in place: the trace has to outlive it.
struct Steps {
    StepsQuestion question;
    std::string model, modelSha256, text, pairText;
    std::string queryWord, keyWord;
    int queries = 0, keys = 0, heads = 0, headWidth = 0, width = 0;
    std::vector<Stage> stages;
    std::vector<std::string> preamble; ///< numpy: reads trace and model, sets layer, head, query, key

    /// Null when there is no such stage here.
    const Stage* find(StageId id) const;
};

/// Reads what was recorded; runs no pass. Throws RequestError: a question outside the trace, or a trace
/// without the details of that site (the message says what to record).
Steps steps(const Trace& trace, const Model& model, const StepsQuestion& question);

} // namespace headlight
