#pragma once

#include "engine/core/token.h"
#include "engine/edits/edits.h"
#include "engine/models/direct_paths.h"
#include "engine/models/site_parameters.h"
#include "engine/trace/record_plan.h"
#include "engine/trace/recording.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace headlight {

/// What a model reads: token ids and what else its family wants with each of them. All vectors have one entry
/// a token.
struct ModelInput {
    std::vector<int> ids;
    std::vector<int> tokenTypes; ///< BERT's token_type_ids; empty means all 0
};

/// What the model reads of a tokenized text.
inline ModelInput inputOf(const Encoding& encoding) {
    ModelInput input;
    input.ids.reserve(encoding.tokens.size());
    input.tokenTypes.reserve(encoding.tokens.size());
    for (const Token& token : encoding.tokens) {
        input.ids.push_back(token.id);
        input.tokenTypes.push_back(token.text);
    }
    return input;
}

/// How Linear layers multiply (see layers/linear.h); chosen once, when the model is loaded.
enum class BackendChoice { automatic, plain, packed };

struct ModelOptions {
    BackendChoice backend = BackendChoice::automatic;
};

/// What is asked of a forward pass besides its input: when to stop, whom to tell, what to change.
struct RunControl {
    std::stop_token stop; ///< polled between layers and heads
    /// Called after each finished layer with what is recorded so far and how many layers are done of how
    /// many.
    std::function<void(const Recording&, int done, int of)> layerFinished = {};
    Edits edits = {};
};

/// A loaded model of any family: immutable, shared as `shared_ptr<const Model>`, safe to run from several
/// threads at once (all state of a pass lives in the pass).
class Model {
public:
    Model() = default;
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;
    virtual ~Model() = default;

    virtual const ModelShape& shape() const = 0;
    /// "plain (Eigen, AVX2)" or "packed (oneDNN, AVX-512)": what `headlight bench` and traces say.
    virtual std::string backend() const = 0;
    /// The most threads that a pass may use.
    virtual int threads() const { return 1; }
    /// Arithmetic of the products of one pass over n tokens, multiply and add counted as two; 0: not known.
    virtual double flops([[maybe_unused]] int64_t tokens) const { return 0; }

    /// What the attention site of that stack and layer was trained to; all of it absent where the model has
    /// no such site or does not give them away.
    virtual SiteParameters parameters(Stack /*stack*/, int /*layer*/) const { return {}; }

    /// The logits (n, V) that the model's own output head makes of vectors of the residual stream (n, D) that
    /// come from any layer; empty where the model has no such head.
    virtual Tensor<float> readOut(const Tensor<float>& /*hidden*/) const { return {}; }
    /// One logit of a recording that this model made, as a sum; nothing where the family cannot say. Throws
    /// RequestError: a recording without vectors or hidden, no such position or token.
    virtual std::optional<DirectPaths> directPaths(const Recording& /*recording*/, int /*position*/,
                                                   int /*id*/) const {
        return std::nullopt;
    }

    /// One forward pass over one sequence. Throws RequestError (no tokens, more than maximumTokens, an id
    /// outside the vocabulary, edits of a head that the model does not have) and Cancelled.
    virtual Recording run(const ModelInput& input, const RecordPlan& plan,
                          const RunControl& control) const = 0;
};

} // namespace headlight
