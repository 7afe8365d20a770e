#include "engine/experiments/mechanism_table.h"

#include "engine/attention/additive_score.h"
#include "engine/attention/cosine_score.h"
#include "engine/attention/general_score.h"
#include "engine/attention/hard_normaliser.h"
#include "engine/attention/sparsemax.h"

#include <cmath>

namespace headlight {

namespace {
using Score = std::unique_ptr<ScoreFunction<float>>;
using Weights = std::unique_ptr<Normaliser<float>>;

Score dot(Index, Index, uint64_t) {
    return std::make_unique<DotProduct<float>>();
}
Score scaledDot(Index d, Index, uint64_t) {
    return std::make_unique<DotProduct<float>>(1 / std::sqrt(static_cast<double>(d)));
}
Score general(Index d, Index, uint64_t seed) {
    return General<float>::seeded(d, d, seed);
}
Score concat(Index d, Index innerWidth, uint64_t seed) {
    return Concat<float>::seeded(innerWidth, d, d, seed);
}
Score additive(Index d, Index innerWidth, uint64_t seed) {
    return Additive<float>::seeded(innerWidth, d, d, seed);
}
Score cosine(Index, Index, uint64_t) {
    return std::make_unique<Cosine<float>>();
}
template <class N>
Weights plain() {
    return std::make_unique<N>();
}
} // namespace

const std::vector<ScoreEntry>& scoreTable() {
    static const std::vector<ScoreEntry> table = {
        {{"dot", "q . k", "Luong, Pham & Manning 2015, section 3.1", false}, dot},
        {{"scaled dot", "q . k / sqrt(d_k)", "Vaswani et al. 2017, section 3.2.1", false}, scaledDot},
        {{"general", "q^T W k", "Luong, Pham & Manning 2015, section 3.1", true}, general},
        {{"concat", "v^T tanh(W [q; k])", "Luong, Pham & Manning 2015, section 3.1", true}, concat},
        {{"additive", "v^T tanh(W_q q + W_k k)", "Bahdanau, Cho & Bengio 2015, section A.1.2", true},
         additive},
        {{"cosine", "q . k / (|q| |k|)", "Graves, Wayne & Danihelka 2014, equation 6", false}, cosine},
    };
    return table;
}

const std::vector<NormaliserEntry>& normaliserTable() {
    static const std::vector<NormaliserEntry> table = {
        {{"softmax", "exp(s_j) / sum exp(s_i)", "Bahdanau, Cho & Bengio 2015, equation 6", false},
         plain<Softmax<float>>,
         false},
        {{"sparsemax", "max(s_j - tau, 0)", "Martins & Astudillo 2016, equation 2", false},
         plain<Sparsemax<float>>,
         false},
        {{"hard", "1 on the largest s_j", "Xu et al. 2015, section 4.1 (there a draw; here the largest)",
          false},
         plain<Hard<float>>,
         false},
        {{"local", "softmax over |j - i| <= D", "Luong, Pham & Manning 2015, section 3.3 (local-m)", false},
         plain<Softmax<float>>,
         true},
    };
    return table;
}

std::vector<MechanismInfo> benchScoreFunctions() {
    std::vector<MechanismInfo> all;
    for (const ScoreEntry& entry : scoreTable())
        all.push_back(entry.info);
    return all;
}

std::vector<MechanismInfo> benchNormalisers() {
    std::vector<MechanismInfo> all;
    for (const NormaliserEntry& entry : normaliserTable())
        all.push_back(entry.info);
    return all;
}

} // namespace headlight
