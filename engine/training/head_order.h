#pragma once

#include "engine/models/bert_network.h"
#include "engine/text/tokenizer.h"
#include "engine/training/grammar.h"

#include <vector>

namespace headlight {

/// For each layer, its heads in a new order: what stands first becomes head 0.
using HeadOrder = std::vector<std::vector<int>>;

/// Heads by the mean weight that they put on the antecedent's first piece on the rows of pronouns, the most
/// first, over `sentences` trained sentences of the grammar. Which of a layer's heads is called the first
/// means nothing to the model; nested dropout gives it a meaning (see TrainingNoise).
HeadOrder orderByLink(const BertNetwork<float>& network, const Tokenizer& tokenizer, const Grammar& grammar,
                      int sentences, uint64_t seed);

/// Gives the heads of a `BertForMaskedLM` other places: rows of the query, key and value projections, columns
/// of the output projection. The model computes the same, but for the order in which heads are added. Throws
/// RequestError when `order` does not hold every head of every layer once.
void reorderHeads(const std::vector<Parameter<float>*>& parameters, const BertConfig& config,
                  const HeadOrder& order);

} // namespace headlight
