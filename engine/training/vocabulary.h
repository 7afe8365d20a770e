#pragma once

#include "engine/training/word_pieces.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

class Grammar;
class Lexicon;

/// How much of the real text a vocabulary takes in.
struct VocabularyPlan {
    size_t words = 5500;    ///< whole words at most, those of the grammar included
    int64_t leastCount = 4; ///< of a whole word in the real text
    size_t pieces = 1200;   ///< learned from the words that are not whole
    size_t mostLetters = 6; ///< of a learned piece
};

/// The WordPiece vocabulary of a model trained on the grammar: [PAD] [UNK] [CLS] [SEP] [MASK] as 0 to 4,
/// punctuation, digits, letters alone and inside words (so that no Latin word is unknown), every word of
/// lexicon and grammar, and common pieces of words. Where there is real text, its most frequent words too,
/// and pieces learned from the others. No piece stands in it twice.
std::vector<std::string> buildVocabulary(const Lexicon& lexicon, const Grammar& grammar,
                                         const WordCounts& realWords = {}, const VocabularyPlan& plan = {});

/// vocab.txt, tokenizer_config.json and special_tokens_map.json for `BertTokenizer` with lower-casing. Throws
/// FileError.
void writeTokenizerFiles(const std::filesystem::path& folder, const std::vector<std::string>& vocabulary,
                         int maximumTokens);

/// How syllables of invented words begin ("b", "str") and end ("ck", "ng"); both are in the vocabulary's
/// pieces.
std::span<const std::string_view> wordOnsets();
std::span<const std::string_view> wordEnds();

} // namespace headlight
