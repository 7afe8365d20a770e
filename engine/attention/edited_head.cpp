#include "engine/attention/edited_head.h"

#include "engine/attention/hard_normaliser.h"
#include "engine/attention/sparsemax.h"
#include "engine/core/tensor_view.h"
#include "engine/edits/painted_row.h"

#include <algorithm>

namespace headlight {

namespace {
template <class T>
std::unique_ptr<const Normaliser<T>> normaliserOf(const NormaliserChoice& choice, uint64_t headSeed) {
    switch (choice.normaliser) {
    case NormaliserKind::softmax:
        break;
    case NormaliserKind::sparsemax:
        return std::make_unique<Sparsemax<T>>();
    case NormaliserKind::hard:
        return std::make_unique<Hard<T>>();
    case NormaliserKind::sampled:
        return std::make_unique<SampledHard<T>>(headSeed);
    }
    return std::make_unique<Softmax<T>>();
}
} // namespace

template <class T>
EditedHead<T>::EditedHead(const HeadRule<T>& own, const HeadEdits& edits) : m_own(own), m_edits(edits) {
    if (edits.empty())
        return;
    if (const auto* off = edits.find<SwitchOff>())
        m_off = off->context;
    if (const auto* scale = edits.find<ScoreScale>())
        m_score.emplace(scale->factor);
    if (const auto* normaliser = edits.find<NormaliserChoice>())
        m_normaliser = normaliserOf<T>(*normaliser, edits.seedOf(normaliser->seed));
    const auto* mask = edits.find<MaskChoice>();
    const auto* temperature = edits.find<Temperature>();
    edits.each<BlockedCell>([this](const BlockedCell& cell) {
        m_masked.push_back({cell.query.index, cell.key.index});
    });
    edits.each<HiddenToken>([this](const HiddenToken& token) { m_hidden.push_back(token.key.index); });
    for (const PaintedScore* cell : edits.cells<PaintedScore>())
        m_changed.push_back({cell->query.index, cell->key.index, static_cast<T>(cell->value),
                             cell->paint == ScorePaint::add});
    HeadRule<T> rule{m_score ? *m_score : own.score,
                     m_normaliser ? *m_normaliser : own.normaliser,
                     own.mask,
                     temperature ? static_cast<T>(temperature->t) : own.temperature,
                     own.window,
                     m_masked,
                     m_hidden,
                     m_changed};
    if (mask && mask->mask == MaskKind::local)
        rule.window = mask->window;
    else if (mask)
        rule.mask = mask->mask == MaskKind::causal ? Mask::causal : Mask::none;
    m_rule.emplace(rule);
}

template <class T>
void EditedHead<T>::replace(MatrixView<T> weights) const {
    if (const auto* pattern = m_edits.find<TextPattern>())
        weights = matrixOf(*pattern->weights).template cast<T>();
}

template <class T>
void EditedHead<T>::paint(MatrixView<T> weights) const {
    std::vector<Index> rows;
    for (const PaintedWeight* cell : m_edits.cells<PaintedWeight>())
        if (std::find(rows.begin(), rows.end(), cell->query.index) == rows.end())
            rows.push_back(cell->query.index);
    for (const Index row : rows)
        paintRow<T>(m_edits.paintedWeights(static_cast<int>(row)),
                    {weights.row(row).data(), static_cast<size_t>(weights.cols())});
}

template <class T>
std::vector<Index> borrowPatterns(const SiteEdits& edits,
                                  std::span<const std::shared_ptr<const BasicSiteRecord<T>>> earlier,
                                  BasicSiteRecord<T>& record) {
    std::vector<Index> borrowers;
    if (!edits.has<BorrowedPattern>())
        return borrowers;
    const Tensor<T> own = record.weights; // before any head borrows
    for (Index head = 0; head < own.dimension(0); ++head) {
        const std::optional<HeadAddress> source = edits.of(static_cast<int>(head)).patternSource();
        if (!source)
            continue;
        const bool isEarlier = static_cast<size_t>(source->layer) < earlier.size();
        const Tensor<T>& from = isEarlier ? earlier[static_cast<size_t>(source->layer)]->weights : own;
        matrixOf(record.weights, head) = matrixOf(from, source->head);
        borrowers.push_back(head);
    }
    return borrowers;
}

template class EditedHead<float>;
template class EditedHead<double>;
template std::vector<Index> borrowPatterns(const SiteEdits&,
                                           std::span<const std::shared_ptr<const BasicSiteRecord<float>>>,
                                           BasicSiteRecord<float>&);
template std::vector<Index> borrowPatterns(const SiteEdits&,
                                           std::span<const std::shared_ptr<const BasicSiteRecord<double>>>,
                                           BasicSiteRecord<double>&);

} // namespace headlight
