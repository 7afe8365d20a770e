#pragma once

#include "engine/models/bert_config.h"
#include "engine/training/recipes.h"
#include "engine/training/trainer.h"

namespace headlight {

/// The bundled reader: a BERT of three layers that was trained on the sentence grammar, and on real sentences
/// where there are some, to guess masked words and to answer with the antecedent at a pronoun. See
/// Recipe::train.
void trainReader(const TrainOptions& options, const JobControl& control);

/// Its shape, for a vocabulary of this size.
BertConfig readerConfig(int vocabularySize);

} // namespace headlight
