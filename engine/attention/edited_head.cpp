#include "engine/attention/edited_head.h"

#include "engine/attention/hard_normaliser.h"
#include "engine/attention/sparsemax.h"

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
EditedHead<T>::EditedHead(const HeadRule<T>& own, const HeadEdits& edits) : m_own(own) {
    if (edits.empty())
        return;
    m_off = edits.find<SwitchOff>() != nullptr;
    if (const auto* scale = edits.find<ScoreScale>())
        m_score.emplace(scale->factor);
    if (const auto* normaliser = edits.find<NormaliserChoice>())
        m_normaliser = normaliserOf<T>(*normaliser, edits.seedOf(normaliser->seed));
    const auto* mask = edits.find<MaskChoice>();
    const auto* temperature = edits.find<Temperature>();
    edits.each<BlockedCell>([this](const BlockedCell& cell) {
        m_masked.push_back({cell.query.index, cell.key.index});
    });
    HeadRule<T> rule{m_score ? *m_score : own.score,
                     m_normaliser ? *m_normaliser : own.normaliser,
                     own.mask,
                     temperature ? static_cast<T>(temperature->t) : own.temperature,
                     own.window,
                     m_masked};
    if (mask && mask->mask == MaskKind::local)
        rule.window = mask->window;
    else if (mask)
        rule.mask = mask->mask == MaskKind::causal ? Mask::causal : Mask::none;
    m_rule.emplace(rule);
}

template class EditedHead<float>;
template class EditedHead<double>;

} // namespace headlight
