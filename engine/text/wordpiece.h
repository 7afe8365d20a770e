#pragma once

#include "engine/text/tokenizer.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace headlight {

/// A piece that is found in the text before anything is split: a special token, or one added beside the
/// vocabulary.
struct AddedPiece {
    std::string spelling;
    int id = 0;
    bool special = false;
};

/// What tokenizer_config.json says; the defaults are those of BertTokenizer.
struct WordPieceOptions {
    bool lowerCase = true;
    std::optional<bool> stripAccents; ///< nothing: accents go when letters are lower-cased
    bool splitIdeographs = true;      ///< tokenize_chinese_chars
    std::string unknownToken = "[UNK]";
    std::string separatorToken = "[SEP]";
    std::string paddingToken = "[PAD]";
    std::string classToken = "[CLS]";
    std::string maskToken = "[MASK]";
    std::vector<std::string> neverSplit; ///< words that are kept whole, as they are written after cleaning
    std::vector<AddedPiece> added;       ///< ids beyond the vocabulary follow it without a gap, in this order
};

/// BERT's tokenizer (WordPiece after Wu et al. 2016, section 4.1): the text is cleaned, lower-cased, split at
/// white space, punctuation and ideographs, and each word is spelled with the longest pieces of the
/// vocabulary, left to right. Gives the tokens of BertTokenizer, the Python class of Hugging Face
/// transformers 4.32, for every text whose characters are known to both Unicode versions (see characters.h).
///
/// A token's bytes are those of the characters that it spells, accents that were removed included; characters
/// that were removed between words belong to no token. Pieces of one original character (a Korean syllable)
/// share its bytes.
class WordPiece final : public Tokenizer {
public:
    /// `vocabulary`: one piece an id, "##" before pieces that continue a word; of equal pieces the last
    /// counts. Throws Error when it lacks the unknown, class or separator token, or when an added id leaves a
    /// gap.
    WordPiece(std::vector<std::string> vocabulary, WordPieceOptions options);

    using Tokenizer::encode;
    std::vector<Token> pieces(std::string_view text) const override;
    /// An empty `pair` is no pair.
    Encoding encode(std::string_view text, std::string_view pair, size_t maximumTokens) const override;
    /// A pair even when its second text is empty: [CLS] text [SEP] pair [SEP].
    Encoding encodePair(std::string_view text, std::string_view pair, size_t maximumTokens) const;

    size_t vocabularySize() const override { return m_pieces.size(); }
    std::string_view piece(int id) const override;
    int id(std::string_view piece) const override;

    const WordPieceOptions& options() const { return m_options; }

private:
    class Reader;

    /// Found before splitting, longest first.
    struct WholePiece {
        std::string spelling;
        int id = 0;
        bool special = false;
        bool isLowerCase = false; ///< so that it is found in capitals too, where text is lower-cased
    };

    std::vector<Token> read(std::string_view text, int textNumber, size_t enough) const;
    const WholePiece* wholePieceAt(std::string_view text, size_t position, size_t& bytes) const;
    bool isNeverSplit(std::string_view word) const;
    void addWholePieces();
    Token addedToken(const std::string& spelling, int textNumber) const;

    std::vector<std::string> m_pieces; ///< by id; the maps' keys are views of these
    WordPieceOptions m_options;
    bool m_stripAccents = true;
    std::unordered_map<std::string_view, int> m_first;        ///< pieces that begin a word
    std::unordered_map<std::string_view, int> m_continuation; ///< the others, without their "##"
    size_t m_longestPiece = 0;                                ///< bytes
    std::vector<WholePiece> m_wholePieces;
    std::array<bool, 256> m_beginsWholePiece = {}; ///< by first byte
    std::vector<std::string> m_neverSplit;         ///< special tokens included
    size_t m_longestNeverSplit = 0;                ///< bytes
    int m_unknownId = 0;
};

} // namespace headlight
