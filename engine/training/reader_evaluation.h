#pragma once

#include "engine/core/progress.h"
#include "engine/models/model.h"
#include "engine/text/tokenizer.h"
#include "engine/training/grammar.h"
#include "engine/training/reader_figures.h"
#include "engine/training/real_text.h"

namespace headlight {

/// How much is measured.
struct ReaderSample {
    int sentences = 1000; ///< held-out sentences a set
    int deletions = 300;  ///< of them, those asked with heads switched off
    uint64_t seed = 2026;
};

/// Draws held-out sentences and runs the model on them; sentences that are truly ambiguous are left out. The
/// figures of real sentences need `text`, which may be null. Throws RequestError when the tokenizer lacks
/// special tokens or a word of the examples; Cancelled.
ReaderFigures evaluateReader(const Model& model, const Tokenizer& tokenizer, const Grammar& grammar,
                             const ReaderSample& sample, const RealText* text,
                             const JobControl& control = {});

/// The everyday sentences (see everyday.h) alone.
EverydayFigures evaluateEveryday(const Model& model, const Tokenizer& tokenizer);

} // namespace headlight
