#include "engine/training/real_text.h"

namespace headlight {

namespace {
std::vector<int> idsOf(const std::string& text, const Tokenizer& tokenizer) {
    std::vector<int> ids;
    for (const Token& token : tokenizer.pieces(text))
        ids.push_back(token.id);
    return ids;
}
} // namespace

int64_t RealText::trainingTokens() const {
    int64_t tokens = 0;
    for (const Source& source : sources)
        for (const Sentence& sentence : source.training)
            tokens += std::ssize(sentence.ids);
    return tokens;
}

RealText tokenizeCorpus(const Corpus& corpus, const Tokenizer& tokenizer) {
    RealText text;
    for (const CorpusSource& from : corpus.sources) {
        RealText::Source& source = text.sources.emplace_back();
        source.name = from.name;
        for (const CorpusSentence& sentence : from.training)
            source.training.push_back({idsOf(sentence.text, tokenizer), sentence.continues});
        for (const std::string& sentence : from.heldOut)
            source.heldOut.push_back(idsOf(sentence, tokenizer));
    }
    return text;
}

} // namespace headlight
