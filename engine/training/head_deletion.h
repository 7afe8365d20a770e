#pragma once

#include "engine/core/progress.h"
#include "engine/models/model.h"
#include "engine/training/reader_figures.h"

namespace headlight {

/// A sequence and what its pronouns should say.
struct AskedSequence {
    struct Question {
        int position = 0;
        int answer = 0; ///< id
    };
    std::vector<int> ids;
    std::vector<Question> questions;
};

/// Share of the questions that the model answers with these heads switched off.
double accuracyWithout(const Model& model, const std::vector<AskedSequence>& sequences,
                       const std::vector<HeadAddress>& heads);

/// For one, two and three heads (as far as the model has more): the first ones of `linkHeads`, best first,
/// against every other set of as many heads of the model's first stack. Several threads are used; the figures
/// do not depend on how many. Throws Cancelled.
std::vector<DeletionFigures> deleteHeads(const Model& model, const std::vector<AskedSequence>& sequences,
                                         const std::vector<HeadAddress>& linkHeads,
                                         const JobControl& control = {});

/// All sets of `count` different heads, in the order of their heads.
std::vector<std::vector<HeadAddress>> headSets(const StackShape& stack, int count);

} // namespace headlight
