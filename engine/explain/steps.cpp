#include "engine/explain/steps.h"

#include "engine/core/errors.h"
#include "engine/explain/steps_code.h"
#include "engine/explain/steps_stages.h"

#include <algorithm>
#include <array>

namespace headlight {

namespace {
constexpr std::array<std::string_view, 15> stageNames{
    "query",           "keys",    "dot",          "scores",     "scaled",
    "masked",          "shifted", "exponentials", "sum",        "weights",
    "weighted_values", "context", "concat",       "projection", "residual"};
static_assert(stageNames.size() == static_cast<size_t>(StageId::residual) + 1);

void require(bool good, const std::string& what, int value, int count) {
    if (!good)
        throw RequestError("There is no " + what + " " + std::to_string(value) + ": there are " +
                           std::to_string(count) + ", counted from 0.");
}

void check(const Provenance& from, const StepsQuestion& question) {
    const auto inside = [](int value, int count) { return value >= 0 && value < count; };
    require(inside(question.head.head, from.heads()), "head", question.head.head, from.heads());
    require(inside(question.query, from.queries()), "query token", question.query, from.queries());
    require(inside(question.key, from.keys()), "key token", question.key, from.keys());
    require(inside(question.component, from.headWidth()), "component", question.component, from.headWidth());
}
} // namespace

std::string_view nameOf(StageId stage) {
    return stageNames[static_cast<size_t>(stage)];
}

std::string Sentence::text() const {
    std::string result;
    for (const char* at = pattern; *at; ++at) {
        const int number = *at == '%' ? at[1] - '0' : 0;
        if (number >= 1 && number <= 9 && static_cast<size_t>(number) <= words.size()) {
            result += words[static_cast<size_t>(number) - 1];
            ++at;
        } else {
            result += *at;
        }
    }
    return result;
}

std::optional<Cell> StepArray::cellAt(int row, int column) const {
    if (!first)
        return std::nullopt;
    Cell cell = *first;
    cell.row += row;
    cell.column += column;
    return cell;
}

const Stage* Steps::find(StageId id) const {
    const auto found =
        std::find_if(stages.begin(), stages.end(), [id](const Stage& stage) { return stage.id == id; });
    return found == stages.end() ? nullptr : &*found;
}

Steps steps(const Trace& trace, const Model& model, const StepsQuestion& question) {
    const Provenance from(trace, model, question.head.stack, question.head.layer);
    check(from, question);
    Steps result;
    result.question = question;
    result.model = trace.model;
    result.modelSha256 = trace.modelSha256;
    result.text = trace.text;
    result.pairText = trace.pairText;
    result.queryWord = from.queryWord(question.query);
    result.keyWord = from.keyWord(question.key);
    result.queries = from.queries();
    result.keys = from.keys();
    result.heads = from.heads();
    result.headWidth = from.headWidth();
    result.width = from.width();
    const bool softmax = from.isSoftmax(question.head.head);
    for (int i = 0; i <= static_cast<int>(StageId::residual); ++i) {
        const auto id = static_cast<StageId>(i);
        if (id == StageId::masked && !from.hasAdded(question.head.head, question.query))
            continue;
        if (!softmax && (id == StageId::shifted || id == StageId::exponentials || id == StageId::sum))
            continue;
        result.stages.push_back(makeStage(id, from, question));
    }
    result.preamble = codePreamble(from, question);
    addCode(result.stages, from, question);
    return result;
}

} // namespace headlight
