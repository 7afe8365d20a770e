#include "engine/explain/format_parts.h"
#include "engine/explain/formats.h"
#include "engine/explain/spreadsheet.h"

namespace headlight {

namespace {
/// Beyond so many numbers of the output matrix only the row of the asked component is computed.
constexpr int64_t mostOutputWeights = 400'000;

/// Vectors stand upright: a row a component, a column a token. Cells begin at row 1, column 1, below and
/// beside their labels.
class SheetWriter {
public:
    SheetWriter(const Steps& steps, const Provenance& from)
        : m_steps(steps), m_from(from), m_head(steps.question.head), m_query(steps.question.query),
          m_key(steps.question.key), m_keys(from.keys()), m_d(from.headWidth()), m_width(from.width()) {}

    std::string write() {
        writeAbout();
        writeInput();
        const SiteParameters& learned = m_from.parameters();
        m_hasQueryWeights = static_cast<bool>(learned.queryWeight);
        m_hasKeyWeights = learned.keyWeight && m_from.stack() != Stack::cross;
        m_hasValueWeights = learned.valueWeight && m_from.stack() != Stack::cross;
        if (m_hasQueryWeights)
            writeWeights("W_Q", Quantity::queryWeight, Quantity::queryBias);
        if (m_hasKeyWeights)
            writeWeights("W_K", Quantity::keyWeight, Quantity::keyBias);
        if (m_hasValueWeights)
            writeWeights("W_V", Quantity::valueWeight, Quantity::valueBias);
        writeQuery();
        writeVectors("Keys", Quantity::key, m_hasKeyWeights ? "W_K" : "", false);
        writeScale();
        writeDot();
        writeRow();
        writeVectors("Values", Quantity::value, m_hasValueWeights ? "W_V" : "", true);
        writeContext();
        writeJoined();
        writeOutput();
        return m_sheet.finish();
    }

private:
    static double wide(float number) { return static_cast<double>(number); }
    Cell cell(Quantity quantity, int row, int column) const { return {quantity, m_head, row, column}; }
    double value(Quantity quantity, int row, int column) const {
        return wide(m_from.value(cell(quantity, row, column)));
    }
    bool has(Quantity quantity, int row, int column) const { return m_from.has(cell(quantity, row, column)); }

    void header(std::initializer_list<std::string_view> titles) {
        for (const std::string_view title : titles)
            m_sheet.text(title);
        next();
    }
    void next() {
        m_sheet.endRow();
        ++m_row;
    }
    void begin(const char* name) {
        m_sheet.beginSheet(name);
        m_name = name;
        m_row = 0;
    }
    std::string here(int column) const { return cellAddress(m_name, m_row, column); }

    /// Three cells from `column` on: the formula, the recorded number, the difference. A number that is no
    /// number (masked) is written as such three times.
    void computed(int column, const std::string& formula, double recorded) {
        if (!std::isfinite(recorded)) {
            for (int i = 0; i < 3; ++i)
                m_sheet.text("masked");
            return;
        }
        if (formula.empty())
            m_sheet.number(recorded);
        else
            m_sheet.formula(formula);
        m_sheet.number(recorded);
        m_sheet.formula(here(column) + "-" + here(column + 1));
    }

    void writeAbout() {
        begin("About");
        const auto line = [this](std::string_view name, const std::string& text) {
            m_sheet.text(name);
            m_sheet.text(text);
            next();
        };
        line("Headlight", "every number of one query of one attention head");
        line("model", m_steps.model);
        line("text", m_steps.text);
        if (!m_steps.pairText.empty())
            line("second text", m_steps.pairText);
        line("head", toString(m_head));
        line("query", m_steps.queryWord + " (" + std::to_string(m_query) + ")");
        line("key", m_steps.keyWord + " (" + std::to_string(m_key) + ")");
        line("computed", "by this spreadsheet from the vectors of the words and the weights of the model");
        line("recorded", "by Headlight in the pass that made the output, in 32-bit numbers");
        line("difference", "computed - recorded: rounding, and nothing else");
        if (m_from.heads() > 1)
            line("other heads", "their contexts are recorded numbers here (sheet Joined)");
    }

    void writeInput() {
        begin("Input");
        m_sheet.text("component");
        for (int token = 0; token < m_from.queries(); ++token)
            m_sheet.text(m_from.queryWord(token));
        next();
        for (int i = 0; i < m_width; ++i) {
            m_sheet.number(i);
            for (int token = 0; token < m_from.queries(); ++token)
                m_sheet.number(value(Quantity::input, token, i));
            next();
        }
    }

    /// A column a component; the bias, where there is one, in the last row.
    void writeWeights(const char* name, Quantity weight, Quantity bias) {
        begin(name);
        m_sheet.text("component of x");
        for (int c = 0; c < m_d; ++c)
            m_sheet.number(c);
        next();
        for (int i = 0; i < m_width; ++i) {
            m_sheet.number(i);
            for (int c = 0; c < m_d; ++c)
                m_sheet.number(value(weight, c, i));
            next();
        }
        m_sheet.text("bias");
        for (int c = 0; c < m_d; ++c)
            m_sheet.number(has(bias, 0, c) ? value(bias, 0, c) : 0);
        next();
    }

    /// Component c of token's vector times a weight sheet.
    std::string projected(const char* weights, int token, int c) const {
        return "SUMPRODUCT(" + rangeAddress("Input", 1, token + 1, m_width, token + 1) + ";" +
               rangeAddress(weights, 1, c + 1, m_width, c + 1) + ")+" +
               cellAddress(weights, m_width + 1, c + 1);
    }

    void writeQuery() {
        begin("Query");
        header({"component", "computed", "recorded", "difference"});
        for (int c = 0; c < m_d; ++c) {
            m_sheet.number(c);
            computed(1, m_hasQueryWeights ? projected("W_Q", m_query, c) : std::string(),
                     value(Quantity::query, m_query, c));
            next();
        }
    }

    /// Keys: a row a component, a column a token. Values: the other way round, as they are used. Three blocks
    /// side by side: computed, recorded, difference.
    void writeVectors(const char* name, Quantity quantity, const std::string& weights, bool tokensDown) {
        begin(name);
        const int rows = tokensDown ? m_keys : m_d, columns = tokensDown ? m_d : m_keys;
        const auto label = [&](bool isToken, int index) {
            return isToken ? m_from.keyWord(index) : std::to_string(index);
        };
        m_sheet.text(tokensDown ? "token" : "component");
        for (const char* block : {"computed ", "recorded ", "difference "})
            for (int column = 0; column < columns; ++column)
                m_sheet.text(block + label(!tokensDown, column));
        next();
        for (int row = 0; row < rows; ++row) {
            m_sheet.text(label(tokensDown, row));
            const auto recorded = [&](int column) {
                return tokensDown ? value(quantity, row, column) : value(quantity, column, row);
            };
            for (int column = 0; column < columns; ++column) {
                const int token = tokensDown ? row : column, c = tokensDown ? column : row;
                if (weights.empty())
                    m_sheet.number(recorded(column));
                else
                    m_sheet.formula(projected(weights.c_str(), token, c));
            }
            for (int column = 0; column < columns; ++column)
                m_sheet.number(recorded(column));
            for (int column = 0; column < columns; ++column)
                m_sheet.formula(here(1 + column) + "-" + here(1 + columns + column));
            next();
        }
    }

    void writeScale() {
        begin("Scale");
        header({"", "computed", "recorded", "difference"});
        m_sheet.text("d_k");
        m_sheet.number(m_d);
        next();
        m_sheet.text("scale");
        const double scale = value(Quantity::scale, 0, 0);
        const bool usual = static_cast<float>(1 / std::sqrt(m_d)) == static_cast<float>(scale);
        computed(1, usual ? "1/SQRT(" + cellAddress("Scale", 1, 1) + ")" : std::string(), scale);
        next();
        m_sheet.text("temperature");
        m_sheet.number(value(Quantity::temperature, 0, 0));
        next();
        if (!m_from.isSoftmax(m_head.head))
            return;
        m_sheet.text("row maximum");
        const bool masked = !std::isfinite(value(Quantity::maximum, m_query, 0));
        computed(1, masked ? std::string() : "MAX(" + rowRange(scoreColumn) + ")",
                 value(Quantity::maximum, m_query, 0));
        next();
        m_sheet.text("row sum");
        computed(1, "SUM(" + rowRange(exponentialColumn) + ")", value(Quantity::rowSum, m_query, 0));
        next();
    }
    static constexpr int dotColumn = 1, scaledColumn = 4, biasColumn = 7, scoreColumn = 8, shiftedColumn = 11,
                         exponentialColumn = 14, weightColumn = 17;
    std::string rowRange(int column) const { return rangeAddress("Row", 1, column, m_keys, column); }
    static std::string scaleCell() { return cellAddress("Scale", 2, 1); }
    static std::string temperatureCell() { return cellAddress("Scale", 3, 1); }
    static std::string maximumCell() { return cellAddress("Scale", 4, 1); }
    static std::string sumCell() { return cellAddress("Scale", 5, 1); }

    void writeDot() {
        begin("Dot");
        header({"component", "query", "key", "product", "running sum"});
        for (int c = 0; c < m_d; ++c) {
            m_sheet.number(c);
            m_sheet.formula(cellAddress("Query", c + 1, 1));
            m_sheet.formula(cellAddress("Keys", c + 1, m_key + 1));
            m_sheet.formula(here(1) + "*" + here(2));
            m_sheet.formula("SUM(" + rangeAddress("Dot", 1, 3, m_row, 3) + ")");
            next();
        }
    }

    void writeRow() {
        begin("Row");
        m_sheet.text("key");
        for (const char* what : {"q.k", "scaled"})
            titles(what);
        m_sheet.text("position bias");
        for (const char* what : {"score", "score - maximum", "exp", "weight"})
            titles(what);
        next();
        const bool softmax = m_from.isSoftmax(m_head.head);
        for (int key = 0; key < m_keys; ++key) {
            m_sheet.text(m_from.keyWord(key));
            computed(dotColumn,
                     "SUMPRODUCT(" + rangeAddress("Query", 1, 1, m_d, 1) + ";" +
                         rangeAddress("Keys", 1, key + 1, m_d, key + 1) + ")",
                     value(Quantity::dot, m_query, key));
            computed(scaledColumn, here(dotColumn) + "*" + scaleCell(),
                     value(Quantity::scaled, m_query, key));
            m_sheet.number(
                has(Quantity::positionBias, m_query, key) ? value(Quantity::positionBias, m_query, key) : 0);
            computed(scoreColumn,
                     edited(Quantity::score, key)
                         ? std::string()
                         : here(scaledColumn) + "/" + temperatureCell() + "+" + here(biasColumn),
                     value(Quantity::score, m_query, key));
            const bool masked = !std::isfinite(value(Quantity::score, m_query, key));
            if (softmax) {
                computed(shiftedColumn, here(scoreColumn) + "-" + maximumCell(),
                         value(Quantity::shifted, m_query, key));
                computed(exponentialColumn, masked ? "0" : "EXP(" + here(shiftedColumn) + ")",
                         value(Quantity::exponential, m_query, key));
                computed(weightColumn,
                         edited(Quantity::weight, key) ? std::string()
                         : masked                      ? "0"
                                                       : here(exponentialColumn) + "/" + sumCell(),
                         value(Quantity::weight, m_query, key));
            } else {
                for (int i = 0; i < 6; ++i)
                    m_sheet.text("no softmax");
                computed(weightColumn, {}, value(Quantity::weight, m_query, key));
            }
            next();
        }
    }
    /// What an edit put there is not computed again.
    bool edited(Quantity quantity, int key) const {
        return m_from.isEdited({quantity, m_head, m_query, key});
    }
    void titles(const std::string& what) {
        for (const char* kind : {"computed ", "recorded ", "difference "})
            m_sheet.text(kind + what);
    }

    void writeContext() {
        begin("Context");
        header({"component", "computed", "recorded", "difference"});
        for (int c = 0; c < m_d; ++c) {
            m_sheet.number(c);
            computed(1,
                     m_from.isAveraged(m_head.head) ? std::string()
                     : m_from.isSwitchedOff(m_head.head)
                         ? "0"
                         : "SUMPRODUCT(" + rowRange(weightColumn) + ";" +
                               rangeAddress("Values", 1, c + 1, m_keys, c + 1) + ")",
                     value(Quantity::context, m_query, c));
            next();
        }
    }

    /// The context of this head is the computed one; other heads have their recorded numbers.
    void writeJoined() {
        begin("Joined");
        header({"component", "computed", "recorded", "difference"});
        for (int i = 0; i < m_from.heads() * m_d; ++i) {
            m_sheet.number(i);
            const bool own = i / m_d == m_head.head;
            computed(1, own ? cellAddress("Context", i % m_d + 1, 1) : std::string(),
                     value(Quantity::joined, m_query, i));
            next();
        }
    }

    void writeOutput() {
        const int joined = m_from.heads() * m_d;
        const bool learned = has(Quantity::outputWeight, 0, 0);
        const bool all = int64_t{joined} * m_width <= mostOutputWeights;
        const int asked = std::min(m_head.head * m_d + m_steps.question.component, m_width - 1);
        const int first = all ? 0 : asked, last = all ? m_width - 1 : asked;
        if (learned) {
            begin("W_O");
            m_sheet.text("component of the joined contexts");
            for (int c = first; c <= last; ++c)
                m_sheet.number(c);
            next();
            for (int i = 0; i < joined; ++i) {
                m_sheet.number(i);
                for (int c = first; c <= last; ++c)
                    m_sheet.number(value(Quantity::outputWeight, c, i));
                next();
            }
            m_sheet.text("bias");
            for (int c = first; c <= last; ++c)
                m_sheet.number(has(Quantity::outputBias, 0, c) ? value(Quantity::outputBias, 0, c) : 0);
            next();
        }
        begin("Output");
        header({"component", "computed output", "recorded output", "difference output", "computed residual",
                "recorded residual", "difference residual"});
        for (int c = first; c <= last; ++c) {
            m_sheet.number(c);
            const int column = c - first + 1;
            computed(1,
                     learned ? "SUMPRODUCT(" + rangeAddress("Joined", 1, 1, joined, 1) + ";" +
                                   rangeAddress("W_O", 1, column, joined, column) + ")+" +
                                   cellAddress("W_O", joined + 1, column)
                             : std::string(),
                     value(Quantity::output, m_query, c));
            computed(4, cellAddress("Input", c + 1, m_query + 1) + "+" + here(1),
                     value(Quantity::residual, m_query, c));
            next();
        }
    }

    const Steps& m_steps;
    const Provenance& m_from;
    const HeadAddress m_head;
    const int m_query, m_key, m_keys, m_d, m_width;
    bool m_hasQueryWeights = false, m_hasKeyWeights = false, m_hasValueWeights = false;
    Spreadsheet m_sheet;
    std::string m_name;
    int m_row = 0;
};
} // namespace

std::string stepsSpreadsheet(const Steps& steps, const Provenance& provenance) {
    return SheetWriter(steps, provenance).write();
}

} // namespace headlight
