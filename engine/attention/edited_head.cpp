#include "engine/attention/edited_head.h"

#include "engine/core/errors.h"

namespace headlight {

namespace {
template <class T>
std::unique_ptr<const Normaliser<T>> normaliserOf(const NormaliserChoice& choice, uint64_t headSeed) {
    switch (choice.normaliser) {
    case NormaliserKind::softmax:
        return std::make_unique<Softmax<T>>();
    case NormaliserKind::sparsemax:
    case NormaliserKind::hard:
    case NormaliserKind::sampled:
        break;
    }
    static_cast<void>(headSeed);
    throw RequestError("This normaliser is not there yet.");
}

Mask maskOf(const MaskChoice& choice) {
    switch (choice.mask) {
    case MaskKind::none:
        return Mask::none;
    case MaskKind::causal:
        return Mask::causal;
    case MaskKind::local:
        break;
    }
    throw RequestError("This mask is not there yet.");
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
    m_rule.emplace(HeadRule<T>{m_score ? *m_score : own.score, m_normaliser ? *m_normaliser : own.normaliser,
                               mask ? maskOf(*mask) : own.mask,
                               temperature ? static_cast<T>(temperature->t) : own.temperature, m_masked});
}

template class EditedHead<float>;
template class EditedHead<double>;

} // namespace headlight
