#pragma once

#include "engine/ops/activation.h"

namespace headlight {

class ModelFolder;

/// The shape and the constants of a BERT encoder with a masked-word head (Devlin et al. 2019), as in
/// `BertForMaskedLM`.
struct BertConfig {
    int vocabularySize = 0;
    int width = 128; ///< D
    int layers = 3;
    int heads = 4;
    int feedForward = 512;
    int maximumPositions = 128;
    int typeVocabulary = 2;
    double layerNormEps = 1e-12;
    double attentionDropout = 0.1; ///< on weights, in training only
    double hiddenDropout = 0.1;    ///< on embeddings and on what enters the residual stream, in training only
    Activation activation = Activation::geluErf;

    int headWidth() const { return width / heads; }
    /// Throws FileError naming the key when config.json lacks one, or holds what cannot be (heads that do not
    /// divide the width).
    static BertConfig from(const ModelFolder& folder);
};

} // namespace headlight
