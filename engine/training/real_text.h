#pragma once

#include "engine/text/tokenizer.h"
#include "engine/training/corpus.h"

namespace headlight {

/// A corpus as a model reads it: pieces without [CLS] and [SEP].
struct RealText {
    struct Sentence {
        std::vector<int> ids;
        bool continues = false; ///< see CorpusSentence
    };
    struct Source {
        std::string name;
        std::vector<Sentence> training;
        std::vector<std::vector<int>> heldOut;
    };
    std::vector<Source> sources;

    bool empty() const { return sources.empty(); }
    int64_t trainingTokens() const;
};

RealText tokenizeCorpus(const Corpus& corpus, const Tokenizer& tokenizer);

} // namespace headlight
