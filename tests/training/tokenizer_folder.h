#pragma once

#include "engine/text/registry.h"
#include "engine/training/grammar.h"
#include "engine/training/vocabulary.h"

#include <QTemporaryDir>

namespace headlight {

/// The grammar with its tokenizer, loaded from files as models have them.
struct GrammarWithTokenizer {
    QTemporaryDir folder;
    Lexicon lexicon;
    Grammar grammar{lexicon};
    std::vector<std::string> vocabulary = buildVocabulary(lexicon, grammar);
    std::shared_ptr<const Tokenizer> tokenizer;

    GrammarWithTokenizer() {
        const std::filesystem::path path = folder.path().toStdString();
        writeTokenizerFiles(path, vocabulary, 128);
        tokenizer = loadTokenizer(path);
    }
};

} // namespace headlight
