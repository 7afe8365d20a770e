#include "engine/text/wordpiece.h"

#include "engine/core/errors.h"
#include "engine/text/characters.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <limits>
#include <span>

namespace headlight {
namespace {

constexpr size_t longestSpelledWord = 100; ///< characters; longer words are unknown
constexpr size_t everything = std::numeric_limits<size_t>::max();
constexpr std::string_view continuationMark = "##";

std::string lowerCased(std::string_view text) {
    std::vector<Character> characters;
    for (size_t position = 0; position < text.size();) {
        const DecodedCharacter decoded = decodeUtf8(text, position);
        appendLowerCase(characters, {decoded.codePoint, {}});
        position += decoded.bytes;
    }
    std::string result;
    for (const Character& character : characters)
        appendUtf8(result, character.codePoint);
    return result;
}

/// Bytes at the beginning of `text` that become `spelling` when they are lower-cased; 0 when they do not.
size_t matchLowerCased(std::string_view text, std::string_view spelling) {
    std::vector<Character> characters;
    std::string lower;
    size_t position = 0;
    while (position < text.size() && lower.size() < spelling.size()) {
        const DecodedCharacter decoded = decodeUtf8(text, position);
        characters.clear();
        appendLowerCase(characters, {decoded.codePoint, {}});
        for (const Character& character : characters)
            appendUtf8(lower, character.codePoint);
        position += decoded.bytes;
        if (!spelling.starts_with(lower))
            return 0;
    }
    return lower == spelling ? position : 0;
}

/// Where a sequence of tokens was cut: everything before this byte has been read completely.
size_t bytesBefore(const std::vector<Token>& tokens, size_t kept) {
    if (kept == 0)
        return 0;
    return std::min(tokens[kept - 1].bytes.end, tokens[kept].bytes.begin);
}

} // namespace

/// One pass over one text: collects a word's characters until the word ends, then spells it.
class WordPiece::Reader {
public:
    Reader(const WordPiece& tokenizer, std::string_view text, int textNumber)
        : m_tokenizer(tokenizer), m_text(text), m_textNumber(textNumber) {}

    /// Stops at the end of the word that makes it `enough` tokens or more.
    std::vector<Token> read(size_t enough) {
        size_t position = 0;
        while (position < m_text.size() && m_tokens.size() < enough) {
            size_t bytes = 0;
            if (m_tokenizer.m_beginsWholePiece[static_cast<unsigned char>(m_text[position])]) {
                if (const WholePiece* whole = m_tokenizer.wholePieceAt(m_text, position, bytes)) {
                    endWord();
                    m_tokens.push_back({whole->id,
                                        m_tokenizer.m_pieces[static_cast<size_t>(whole->id)],
                                        {position, position + bytes},
                                        m_textNumber,
                                        m_nextWord++,
                                        whole->special,
                                        false});
                    position += bytes;
                    continue;
                }
            }
            const DecodedCharacter decoded = decodeUtf8(m_text, position);
            add({decoded.codePoint, {position, position + decoded.bytes}});
            position += decoded.bytes;
        }
        endWord();
        return std::move(m_tokens);
    }

private:
    void add(const Character& character) {
        const char32_t codePoint = character.codePoint;
        if (codePoint == replacementCharacter || isControl(codePoint))
            return;
        if (isWhitespace(codePoint)) {
            endWord();
            return;
        }
        const bool ideograph = m_tokenizer.m_options.splitIdeographs && isIdeograph(codePoint);
        if (ideograph)
            endWord();
        if (m_tokenizer.m_options.lowerCase)
            appendLowerCase(m_word, character);
        else
            m_word.push_back(character);
        if (ideograph)
            endWord();
    }

    void endWord() {
        if (m_word.empty())
            return;
        // Below U+0300 nothing changes when it is composed.
        if (std::any_of(m_word.begin(), m_word.end(),
                        [](const Character& c) { return c.codePoint >= 0x300; }))
            compose(m_word);
        bool whole = m_tokenizer.isNeverSplit(spelling(m_word));
        if (!whole && m_tokenizer.m_stripAccents) {
            stripAccents();
            whole = m_tokenizer.isNeverSplit(spelling(m_word));
        }
        if (whole)
            spell(m_word);
        else
            splitAtPunctuation();
        m_word.clear();
    }

    void stripAccents() {
        if (std::all_of(m_word.begin(), m_word.end(), [](const Character& c) { return c.codePoint < 0x80; }))
            return;
        decompose(m_word);
        size_t kept = 0;
        for (size_t index = 0; index < m_word.size(); ++index) {
            const Character character = m_word[index];
            if (!isNonSpacingMark(character.codePoint))
                m_word[kept++] = character;
            else if (kept > 0)
                m_word[kept - 1].bytes.end = std::max(m_word[kept - 1].bytes.end, character.bytes.end);
        }
        m_word.resize(kept);
    }

    void splitAtPunctuation() {
        const std::span<const Character> word = m_word;
        size_t begin = 0;
        for (size_t index = 0; index < word.size(); ++index) {
            if (!isPunctuation(word[index].codePoint))
                continue;
            spell(word.subspan(begin, index - begin));
            spell(word.subspan(index, 1));
            begin = index + 1;
        }
        spell(word.subspan(begin));
    }

    /// UTF-8 of `word`, valid until the next call; m_ends holds where each of its characters ends.
    std::string_view spelling(std::span<const Character> word) {
        m_spelling.clear();
        m_ends.clear();
        for (const Character& character : word) {
            appendUtf8(m_spelling, character.codePoint);
            m_ends.push_back(m_spelling.size());
        }
        return m_spelling;
    }

    void spell(std::span<const Character> word) {
        if (word.empty())
            return;
        const size_t before = m_tokens.size();
        const int number = m_nextWord++;
        if (word.size() <= longestSpelledWord && addPieces(word, number))
            return;
        m_tokens.resize(before);
        addPiece(m_tokenizer.m_unknownId, word, number);
        m_tokens.back().unknown = true;
    }

    /// False when the vocabulary cannot spell the whole word.
    bool addPieces(std::span<const Character> word, int number) {
        spelling(word);
        for (size_t begin = 0; begin < word.size();) {
            const auto [length, id] = longestPiece(begin);
            if (length == 0)
                return false;
            addPiece(id, word.subspan(begin, length), number);
            begin += length;
        }
        return true;
    }

    struct Match {
        size_t characters = 0; ///< 0: no piece fits
        int id = 0;
    };

    /// The longest piece of the vocabulary at character `begin` of the word in m_spelling.
    Match longestPiece(size_t begin) const {
        const auto& pieces = begin == 0 ? m_tokenizer.m_first : m_tokenizer.m_continuation;
        const size_t firstByte = begin == 0 ? 0 : m_ends[begin - 1];
        const size_t lastByte =
            firstByte + std::min(m_tokenizer.m_longestPiece, m_spelling.size() - firstByte);
        size_t end =
            static_cast<size_t>(std::upper_bound(m_ends.begin(), m_ends.end(), lastByte) - m_ends.begin());
        for (; end > begin; --end) {
            const auto found =
                pieces.find(std::string_view(m_spelling).substr(firstByte, m_ends[end - 1] - firstByte));
            if (found != pieces.end())
                return {end - begin, found->second};
        }
        return {};
    }

    void addPiece(int id, std::span<const Character> characters, int number) {
        const ByteRange bytes = {characters.front().bytes.begin, characters.back().bytes.end};
        m_tokens.push_back(
            {id, m_tokenizer.m_pieces[static_cast<size_t>(id)], bytes, m_textNumber, number, false, false});
    }

    const WordPiece& m_tokenizer;
    std::string_view m_text;
    int m_textNumber;
    int m_nextWord = 0;
    std::vector<Token> m_tokens;
    std::vector<Character> m_word;
    std::string m_spelling;
    std::vector<size_t> m_ends;
};

WordPiece::WordPiece(std::vector<std::string> vocabulary, WordPieceOptions options)
    : m_pieces(std::move(vocabulary)), m_options(std::move(options)),
      m_stripAccents(m_options.stripAccents.value_or(m_options.lowerCase)) {
    const size_t plainPieces = m_pieces.size();
    for (const AddedPiece& added : m_options.added) {
        const auto id = static_cast<size_t>(added.id);
        if (added.id < 0 || id > m_pieces.size())
            throw Error("lacks pieces: the added token \"" + added.spelling + "\" has the id " +
                        std::to_string(added.id) + ", but there are only " + std::to_string(m_pieces.size()) +
                        " before it");
        if (id == m_pieces.size())
            m_pieces.push_back(added.spelling);
    }
    for (size_t index = 0; index < plainPieces; ++index) {
        const std::string_view spelling = m_pieces[index];
        m_first[spelling] = static_cast<int>(index);
        if (spelling.starts_with(continuationMark))
            m_continuation[spelling.substr(continuationMark.size())] = static_cast<int>(index);
        m_longestPiece = std::max(m_longestPiece, spelling.size());
    }
    for (const std::string& needed : {m_options.unknownToken, m_options.classToken, m_options.separatorToken})
        if (!m_first.contains(needed))
            throw Error("has no piece \"" + needed + "\", which every BERT tokenizer needs");
    m_unknownId = m_first.at(m_options.unknownToken);
    addWholePieces();
}

void WordPiece::addWholePieces() {
    const auto add = [this](const std::string& spelling, int id, bool special) {
        // Half a character could be found inside a whole one and would cut it.
        if (spelling.empty() || firstInvalidUtf8(spelling))
            return;
        m_wholePieces.push_back(
            {spelling, id, special, m_options.lowerCase && lowerCased(spelling) == spelling});
    };
    m_neverSplit = m_options.neverSplit;
    for (const std::string& spelling : {m_options.unknownToken, m_options.separatorToken,
                                        m_options.paddingToken, m_options.classToken, m_options.maskToken}) {
        m_neverSplit.push_back(spelling);
        if (const auto found = m_first.find(spelling); found != m_first.end())
            add(spelling, found->second, true);
    }
    for (const AddedPiece& added : m_options.added) {
        add(added.spelling, added.id, added.special);
        if (added.special)
            m_neverSplit.push_back(added.spelling);
    }
    std::stable_sort(m_wholePieces.begin(), m_wholePieces.end(),
                     [](const WholePiece& left, const WholePiece& right) {
                         return left.spelling.size() > right.spelling.size();
                     });
    for (const WholePiece& whole : m_wholePieces) {
        const auto first = static_cast<unsigned char>(whole.spelling.front());
        // A piece that is found in capitals too may begin with another byte than its spelling's.
        if (whole.isLowerCase && (first >= 0x80 || (first >= 'a' && first <= 'z')))
            m_beginsWholePiece.fill(true);
        m_beginsWholePiece[first] = true;
    }
    for (const std::string& word : m_neverSplit)
        m_longestNeverSplit = std::max(m_longestNeverSplit, word.size());
}

const WordPiece::WholePiece* WordPiece::wholePieceAt(std::string_view text, size_t position,
                                                     size_t& bytes) const {
    const std::string_view rest = text.substr(position);
    for (const WholePiece& whole : m_wholePieces) {
        bytes = rest.starts_with(whole.spelling) ? whole.spelling.size() : 0;
        if (bytes == 0 && whole.isLowerCase)
            bytes = matchLowerCased(rest, whole.spelling);
        if (bytes > 0)
            return &whole;
    }
    return nullptr;
}

bool WordPiece::isNeverSplit(std::string_view word) const {
    return word.size() <= m_longestNeverSplit &&
           std::find(m_neverSplit.begin(), m_neverSplit.end(), word) != m_neverSplit.end();
}

std::vector<Token> WordPiece::read(std::string_view text, int textNumber, size_t enough) const {
    return Reader(*this, text, textNumber).read(enough);
}

std::vector<Token> WordPiece::pieces(std::string_view text) const {
    return read(text, 0, everything);
}

Token WordPiece::addedToken(const std::string& spelling, int textNumber) const {
    Token token;
    token.id = m_first.at(spelling);
    token.piece = spelling;
    token.text = textNumber;
    token.special = true;
    return token;
}

Encoding WordPiece::encode(std::string_view text, std::string_view pair, size_t maximumTokens) const {
    if (!pair.empty())
        return encodePair(text, pair, maximumTokens);
    const size_t room = maximumTokens == 0 ? everything - 1 : std::max<size_t>(maximumTokens, 2) - 2;
    std::vector<Token> tokens = read(text, 0, room + 1);
    const size_t kept = std::min(tokens.size(), room);

    Encoding result;
    result.truncated = kept < tokens.size();
    result.bytesRead = result.truncated ? bytesBefore(tokens, kept) : text.size();
    result.tokens.reserve(kept + 2);
    result.tokens.push_back(addedToken(m_options.classToken, 0));
    std::move(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(kept),
              std::back_inserter(result.tokens));
    result.tokens.push_back(addedToken(m_options.separatorToken, 0));
    if (maximumTokens == 1) {
        result.tokens.resize(1);
        result.truncated = true;
    }
    return result;
}

Encoding WordPiece::encodePair(std::string_view text, std::string_view pair, size_t maximumTokens) const {
    const size_t room = maximumTokens == 0 ? everything - 1 : std::max<size_t>(maximumTokens, 3) - 3;
    std::vector<Token> first = read(text, 0, room + 1);
    std::vector<Token> second = read(pair, 1, room + 1);
    size_t keptFirst = first.size(), keptSecond = second.size();
    while (keptFirst + keptSecond > room) {
        if (keptFirst > keptSecond)
            --keptFirst;
        else
            --keptSecond;
    }

    Encoding result;
    result.truncated = keptFirst < first.size() || keptSecond < second.size();
    result.bytesRead = keptFirst < first.size() ? bytesBefore(first, keptFirst) : text.size();
    result.pairBytesRead = keptSecond < second.size() ? bytesBefore(second, keptSecond) : pair.size();
    first.resize(keptFirst);
    second.resize(keptSecond);
    const int wordsBefore = first.empty() ? 0 : first.back().word + 1;
    for (Token& token : second)
        token.word += wordsBefore;
    result.tokens.reserve(keptFirst + keptSecond + 3);
    result.tokens.push_back(addedToken(m_options.classToken, 0));
    std::move(first.begin(), first.end(), std::back_inserter(result.tokens));
    result.tokens.push_back(addedToken(m_options.separatorToken, 0));
    std::move(second.begin(), second.end(), std::back_inserter(result.tokens));
    result.tokens.push_back(addedToken(m_options.separatorToken, 1));
    if (maximumTokens > 0 && result.tokens.size() > maximumTokens) {
        result.tokens.resize(maximumTokens);
        result.truncated = true;
    }
    return result;
}

std::string_view WordPiece::piece(int id) const {
    const bool known = id >= 0 && static_cast<size_t>(id) < m_pieces.size();
    return known ? std::string_view(m_pieces[static_cast<size_t>(id)]) : std::string_view();
}

int WordPiece::id(std::string_view piece) const {
    if (const auto found = m_first.find(piece); found != m_first.end())
        return found->second;
    for (const AddedPiece& added : m_options.added)
        if (added.spelling == piece)
            return added.id;
    return -1;
}

} // namespace headlight
