#include "engine/explain/steps_code.h"

#include <cmath>

namespace headlight {

namespace {
using Lines = std::vector<std::string>;

std::string entry(const Provenance& from, const char* name) {
    return "trace[\"" + std::string(toString(from.stack())) + "." + name + "\"]";
}

/// "W_Q = model["..."][rows]" and its bias, where the model has them.
void parameterLines(Lines& code, const char* letter, const ParameterView& weight, const ParameterView& bias,
                    const char* rows) {
    if (weight)
        code.push_back(std::string("W_") + letter + " = model[\"" + weight.name + "\"]" + rows);
    if (bias)
        code.push_back(std::string("b_") + letter + " = model[\"" + bias.name + "\"]" + rows);
}

class CodeWriter {
public:
    CodeWriter(const Provenance& from, const StepsQuestion& question, bool hasMasked)
        : m_from(from), m_question(question), m_hasMasked(hasMasked) {}

    void write(Stage& stage) const {
        Lines& code = stage.code;
        const SiteParameters& learned = m_from.parameters();
        const auto plus = [](const ParameterView& bias, const char* name) {
            return bias ? " + " + std::string(name) : std::string();
        };
        switch (stage.id) {
        case StageId::query:
            code = {"x = " + entry(m_from, "input") + "[layer]  # (n, D)"};
            parameterLines(code, "Q", learned.queryWeight, learned.queryBias, "[rows]");
            code.push_back(learned.queryWeight ? "q = W_Q @ x[query]" + plus(learned.queryBias, "b_Q")
                                               : "q = " + entry(m_from, "queries") + "[layer, head, query]");
            stage.codeResult = "q";
            break;
        case StageId::keys:
            vectors(code, "K", "keys", learned.keyWeight, learned.keyBias);
            stage.codeResult = "K";
            break;
        case StageId::dot:
            code = {"products = q * K[key]", "dot = products.sum()"};
            stage.codeResult = "dot";
            break;
        case StageId::scores:
            code = {"dots = K @ q  # (m)"};
            stage.codeResult = "dots";
            break;
        case StageId::scaled:
            code = {isUsualScale() ? "scaled = dots / np.sqrt(d_k)"
                                   : "scaled = dots * " + entry(m_from, "scale") + "[layer, head]"};
            if (!m_hasMasked)
                code.emplace_back("scores = scaled  # nothing is added here");
            stage.codeResult = "scaled";
            break;
        case StageId::masked:
            masked(stage);
            break;
        case StageId::shifted:
            code = {"z = scores - scores.max()"};
            stage.codeResult = "z";
            break;
        case StageId::exponentials:
            code = {"e = np.exp(z)"};
            stage.codeResult = "e";
            break;
        case StageId::sum:
            code = {"Z = e.sum()"};
            stage.codeResult = "Z";
            break;
        case StageId::weights:
            code = {m_from.hasEditedWeights(m_question.head.head, m_question.query)
                        ? "a = " + entry(m_from, "weights") + "[layer, head, query]  # changed by an edit"
                    : m_from.isSoftmax(m_question.head.head)
                        ? "a = e / Z"
                        : "a = " + entry(m_from, "weights") + "[layer, head, query]  # no softmax here"};
            stage.codeResult = "a";
            break;
        case StageId::weightedValues:
            vectors(code, "V", "values", learned.valueWeight, learned.valueBias);
            code.emplace_back("u = a[:, None] * V");
            stage.codeResult = "u";
            break;
        case StageId::context:
            code = {
                m_from.isSwitchedOff(m_question.head.head) ? "c = np.zeros(d_k)  # this head is switched off"
                : m_from.isAveraged(m_question.head.head)
                    ? "c = " + entry(m_from, "weights") + "[layer, head].mean(axis=0) @ V  # mean ablation"
                    : "c = u.sum(axis=0)"};
            stage.codeResult = "c";
            break;
        case StageId::concat:
            code = {"C = " + entry(m_from, "context") + "[layer, :, query].copy()  # (H, d_k)", "C[head] = c",
                    "C = C.reshape(-1)"};
            stage.codeResult = "C";
            break;
        case StageId::projection:
            parameterLines(code, "O", learned.outputWeight, learned.outputBias, "");
            code.push_back(learned.outputWeight
                               ? "o = W_O @ C" + plus(learned.outputBias, "b_O")
                               : "o = " + entry(m_from, "attention_output") + "[layer, query]");
            stage.codeResult = "o";
            break;
        case StageId::residual:
            code = {"y = x[query] + o"};
            stage.codeResult = "y";
            break;
        }
    }

private:
    bool isUsualScale() const {
        const float scale = m_from.detail().scale.at(m_question.head.head);
        return scale == static_cast<float>(1 / std::sqrt(static_cast<double>(m_from.headWidth())));
    }

    void vectors(Lines& code, const std::string& letter, const char* recorded, const ParameterView& weight,
                 const ParameterView& bias) const {
        if (!weight || m_from.stack() == Stack::cross) {
            code.push_back(letter + " = " + entry(m_from, recorded) + "[layer, key_head]");
            return;
        }
        parameterLines(code, letter.c_str(), weight, bias, "[key_rows]");
        code.push_back(letter + " = x @ W_" + letter + ".T" + (bias ? " + b_" + letter : std::string()));
    }

    void masked(Stage& stage) const {
        stage.codeResult = "scores";
        for (int key = 0; key < m_from.keys(); ++key)
            if (m_from.isEdited({Quantity::score, m_question.head, m_question.query, key})) {
                stage.code = {"scores = " + entry(m_from, "scores") +
                              "[layer, head, query]  # some changed by an edit"};
                return;
            }
        std::string sum = "scaled";
        if (m_from.detail().temperature.at(m_question.head.head) != 1)
            sum += " / " + entry(m_from, "temperature") + "[layer, head]";
        if (!m_from.detail().positionBias.empty())
            sum += " + " + entry(m_from, "position_bias") + "[layer, head, query]";
        stage.code = {"mask = np.where(np.isneginf(" + entry(m_from, "scores") +
                          "[layer, head, query]), -np.inf, 0)",
                      "scores = " + sum + " + mask"};
    }

    const Provenance& m_from;
    const StepsQuestion& m_question;
    bool m_hasMasked;
};
} // namespace

std::vector<std::string> codePreamble(const Provenance& from, const StepsQuestion& question) {
    const auto number = [](int value) { return std::to_string(value); };
    const int group = from.heads() / static_cast<int>(from.site().keys.dimension(0));
    return {"import json, struct",
            "import numpy as np",
            "",
            "def read(path):",
            "    with open(path, \"rb\") as file:",
            "        length = struct.unpack(\"<Q\", file.read(8))[0]",
            "        header, data = json.loads(file.read(length)), file.read()",
            "    types = {\"F64\": \"<f8\", \"F32\": \"<f4\", \"F16\": \"<f2\"}",
            "    return {name: np.frombuffer(data[slice(*at[\"data_offsets\"])], types[at[\"dtype\"]])",
            "            .reshape(at[\"shape\"]).astype(np.float32)",
            "            for name, at in header.items() if at.get(\"dtype\") in types}",
            "",
            "trace = read(\"trace.safetensors\")  # headlight trace --details --out trace.safetensors",
            "model = read(\"model.safetensors\")  # in the folder of the model",
            "layer, head, query, key = " + number(question.head.layer) + ", " + number(question.head.head) +
                ", " + number(question.query) + ", " + number(question.key),
            "d_k = " + number(from.headWidth()),
            "key_head = head // " + number(group),
            "rows = slice(head * d_k, (head + 1) * d_k)  # of this head in a weight matrix",
            "key_rows = slice(key_head * d_k, (key_head + 1) * d_k)"};
}

void addCode(std::vector<Stage>& stages, const Provenance& from, const StepsQuestion& question) {
    bool hasMasked = false;
    for (const Stage& stage : stages)
        hasMasked |= stage.id == StageId::masked;
    const CodeWriter writer(from, question, hasMasked);
    for (Stage& stage : stages)
        writer.write(stage);
}

} // namespace headlight
