#include "engine/explain/stage_maker.h"

#include "engine/explain/steps_stages.h"

namespace headlight {

namespace {
constexpr size_t termsInLine = 3;
}

Stage StageMaker::make(StageId id) {
    m_stage.id = id;
    switch (id) {
    case StageId::query:
        query();
        break;
    case StageId::keys:
        keys();
        break;
    case StageId::dot:
        dot();
        break;
    case StageId::scores:
        scores();
        break;
    case StageId::scaled:
        scaled();
        break;
    case StageId::masked:
        masked();
        break;
    case StageId::shifted:
        shifted();
        break;
    case StageId::exponentials:
        exponentials();
        break;
    case StageId::sum:
        sum();
        break;
    case StageId::weights:
        weights();
        break;
    case StageId::weightedValues:
        weightedValues();
        break;
    case StageId::context:
        context();
        break;
    case StageId::concat:
        concat();
        break;
    case StageId::projection:
        projection();
        break;
    case StageId::residual:
        residual();
        break;
    }
    return std::move(m_stage);
}

StepArray StageMaker::array(const Cell& first, const char* symbol, int rows, int columns, std::string name,
                            ArrayScale scale) const {
    StepArray result;
    result.name = std::move(name);
    result.symbol = symbol;
    result.scale = scale;
    result.rows = rows;
    result.columns = columns;
    result.first = first;
    const auto place = [&](const Tensor<float>& tensor, auto... index) {
        const std::span<const float> row = tensor.row(index...);
        result.data = row.data() + first.column;
        result.stride = static_cast<int>(row.size());
    };
    const auto learned = [&](const ParameterView& parameter, int row) {
        result.data = parameter.row(row) + first.column;
        result.stride = static_cast<int>(parameter.columns);
    };
    const SiteDetail& kept = m_from.detail();
    const SiteRecord& site = m_from.site();
    const SiteParameters& parameters = m_from.parameters();
    const auto keyHead = static_cast<int>(m_head * site.keys.dimension(0) / m_from.heads());
    const int own = m_head * m_from.headWidth();
    switch (first.quantity) {
    case Quantity::input:
        place(kept.input, first.row);
        break;
    case Quantity::query:
        place(site.queries, m_head, first.row);
        break;
    case Quantity::key:
        place(site.keys, keyHead, first.row);
        break;
    case Quantity::value:
        place(site.values, keyHead, first.row);
        break;
    case Quantity::dot:
        place(kept.dots, m_head, first.row);
        break;
    case Quantity::scaled:
        place(kept.scaled, m_head, first.row);
        break;
    case Quantity::positionBias:
        place(kept.positionBias, m_head, first.row);
        break;
    case Quantity::score:
        place(site.scores, m_head, first.row);
        break;
    case Quantity::shifted:
        place(kept.shifted, m_head, first.row);
        break;
    case Quantity::exponential:
        place(kept.exponentials, m_head, first.row);
        break;
    case Quantity::weight:
        place(site.weights, m_head, first.row);
        break;
    case Quantity::context:
        place(site.context, m_head, first.row);
        break;
    case Quantity::joined:
        place(kept.joined, first.row);
        break;
    case Quantity::output:
        place(kept.output, first.row);
        break;
    case Quantity::residual:
        place(kept.residual, first.row);
        break;
    case Quantity::rowSum:
        place(kept.rowSum, m_head);
        result.data += first.row;
        break;
    case Quantity::queryWeight:
        learned(parameters.queryWeight, own + first.row);
        break;
    case Quantity::keyWeight:
        learned(parameters.keyWeight, keyHead * m_from.headWidth() + first.row);
        break;
    case Quantity::outputWeight:
        learned(parameters.outputWeight, first.row);
        break;
    case Quantity::queryBias:
        learned(parameters.queryBias, 0);
        result.data += own;
        break;
    case Quantity::outputBias:
        learned(parameters.outputBias, 0);
        break;
    default:
        break;
    }
    return result;
}
std::vector<LinePiece> StageMaker::lineOf(const Derivation& sum, const std::string& left) {
    std::vector<LinePiece> line;
    const auto between = [&line](std::string piece) {
        if (!line.empty() && !line.back().isNumber)
            line.back().text += piece;
        else
            line.push_back({std::move(piece), 0, false, {}});
    };
    const auto number = [&line](const Factor& factor) {
        line.push_back({{}, static_cast<double>(factor.value), true, factor.cell});
    };
    between(left + " = ");
    if (sum.operation == Operation::exponential)
        between("exp(");
    if (sum.operation == Operation::maximum)
        between("max(");
    const size_t count = sum.terms.size();
    const bool cut = count > termsInLine + 2;
    for (size_t i = 0; i < count; ++i) {
        // A bias at the end stays.
        const bool last = i + 1 == count && sum.terms[i].count == 1;
        if (cut && i >= termsInLine && !last)
            continue;
        const Term& term = sum.terms[i];
        if (cut && last && i > termsInLine)
            between(" + … (" + std::to_string(i - termsInLine) + " more)");
        if (i > 0)
            between(sum.operation == Operation::maximum ? ", " : term.subtracted ? " − " : " + ");
        number(term.factors[0]);
        if (term.count == 2) {
            between(term.divided ? " / " : " × ");
            number(term.factors[1]);
        }
    }
    if (cut && !(sum.terms.back().count == 1))
        between(" + … (" + std::to_string(count - termsInLine) + " more)");
    if (sum.operation == Operation::exponential || sum.operation == Operation::maximum)
        between(")");
    if (count > 0 && sum.operation != Operation::copy)
        between(" = ");
    if (count == 0 || sum.operation != Operation::copy)
        line.push_back({{}, static_cast<double>(sum.recorded), true, sum.cell});
    return line;
}

Stage makeStage(StageId id, const Provenance& from, const StepsQuestion& question) {
    return StageMaker(from, question).make(id);
}

} // namespace headlight
