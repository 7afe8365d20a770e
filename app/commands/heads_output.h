#pragma once

#include "engine/experiments/head_search.h"
#include "engine/session/model_session.h"

#include <iosfwd>
#include <string>

namespace headlight {

/// What `headlight heads` found, and how it was asked.
struct HeadsReport {
    std::shared_ptr<const LoadedModel> model;
    std::vector<SearchSentence> sentences;
    HeadSearchQuestion question;
    HeadSearchResult result;
    std::string source;           ///< "300 sentences of the grammar that were never trained, seed 1"
    std::optional<uint64_t> seed; ///< of the grammar
    size_t shown = 0;             ///< heads in the text; JSON has all of them
};

/// For people: a line a head, with the sentences where it does it most.
void printHeadsText(const HeadsReport& report, std::ostream& out);
/// {"model", "metric", "source", "seed", "sentences", "answered", "relations", "heads"}.
void printHeadsJson(const HeadsReport& report, std::ostream& out);

} // namespace headlight
