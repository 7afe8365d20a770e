#pragma once

#include <vector>

namespace headlight {

/// One logit as a sum of what each part of the model wrote into the residual stream of its position (Elhage
/// et al. 2021, "A Mathematical Framework for Transformer Circuits", direct paths to the output). Derived,
/// not recorded: what stands between the part and the logit is held as the pass left it. Layer norms keep
/// the deviation that they divided by (their mean and gain are linear anyway), the output head's activation
/// f keeps its ratio f(x) / x, and what later heads and feed-forward blocks would have made of the part is
/// counted to those later parts, not to it. So held, every step is linear, the shares add up to the logit,
/// and a share is no prediction of what happens when the part is switched off. In a post-norm model (BERT)
/// every later layer norm scales the share; without holding them direct paths would be defined for the last
/// layer alone. What moves all logits of the position alike changes nothing that is read (and a share may
/// well do that), so shares of one token say most beside those of another: their differences.
struct DirectPaths {
    double logit = 0;                       ///< as the same pass gives it, bias of the token included
    double embeddings = 0;                  ///< of the embeddings after their norm
    std::vector<std::vector<double>> heads; ///< (L)(H): context of the head times its rows of W_O
    std::vector<double> feedForward;        ///< (L): of the whole block with its biases
    double biases = 0;                      ///< of output projections, layer norms and the output head

    double sum() const {
        double total = embeddings + biases;
        for (const std::vector<double>& layer : heads)
            for (const double share : layer)
                total += share;
        for (const double share : feedForward)
            total += share;
        return total;
    }
};

} // namespace headlight
