#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

class Grammar;
class Lexicon;

/// The WordPiece vocabulary of a model trained on the grammar: [PAD] [UNK] [CLS] [SEP] [MASK] as 0 to 4,
/// punctuation, digits, letters alone and inside words (so that no Latin word is unknown), every word of
/// lexicon and grammar, and common pieces of words. No piece stands in it twice.
std::vector<std::string> buildVocabulary(const Lexicon& lexicon, const Grammar& grammar);

/// vocab.txt, tokenizer_config.json and special_tokens_map.json for `BertTokenizer` with lower-casing. Throws
/// FileError.
void writeTokenizerFiles(const std::filesystem::path& folder, const std::vector<std::string>& vocabulary,
                         int maximumTokens);

/// How syllables of invented words begin ("b", "str") and end ("ck", "ng"); both are in the vocabulary's
/// pieces.
std::span<const std::string_view> wordOnsets();
std::span<const std::string_view> wordEnds();

} // namespace headlight
