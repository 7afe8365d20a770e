#include "engine/text/utf8.h"
#include "engine/text/wordpiece.h"

#include <cstdint>
#include <cstdlib>

using namespace headlight;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

/// Ranges lie in the text, cut no character of a valid text, and never go backwards; words are numbered one
/// by one.
void checkTokens(const std::vector<Token>& tokens, std::string_view text, const Tokenizer& tokenizer) {
    const bool valid = !firstInvalidUtf8(text);
    const auto isBoundary = [text](size_t byte) {
        return byte == text.size() || (static_cast<unsigned char>(text[byte]) & 0xC0) != 0x80;
    };
    ByteRange previous;
    int word = -1;
    for (const Token& token : tokens) {
        require(token.id >= 0 && static_cast<size_t>(token.id) < tokenizer.vocabularySize());
        require(token.bytes.begin < token.bytes.end && token.bytes.end <= text.size());
        require(token.bytes.begin >= previous.begin && token.bytes.end >= previous.end);
        require(!valid || (isBoundary(token.bytes.begin) && isBoundary(token.bytes.end)));
        require(token.word == word || token.word == word + 1);
        previous = token.bytes;
        word = token.word;
    }
}

std::string_view takeLine(std::string_view& bytes) {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    return line;
}

} // namespace

/// Two bytes of settings, a line with a piece for the vocabulary, one never split, one added; then the text
/// and, after the last line feed of it, its pair.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size < 2)
        return 0;
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const unsigned flags = data[0];
    const size_t maximumTokens = data[1];
    bytes.remove_prefix(2);

    std::vector<std::string> vocabulary = {"[PAD]",    "[UNK]",    "[CLS]",    "[SEP]",    "[MASK]", "a",
                                           "##a",      "e",        "##\u00e9", "the",      "##s",    "\u1112",
                                           "##\u1161", "##\u11ab", "\u4e2d",   "##\u0301", "."};
    WordPieceOptions options;
    options.lowerCase = flags & 1;
    if (flags & 2)
        options.stripAccents = (flags & 4) != 0;
    options.splitIdeographs = flags & 8;
    if (flags & 16)
        vocabulary.emplace_back(takeLine(bytes));
    if (flags & 32)
        options.neverSplit.emplace_back(takeLine(bytes));
    if (flags & 64)
        options.added.push_back({std::string(takeLine(bytes)), static_cast<int>(vocabulary.size()), true});
    const WordPiece tokenizer(std::move(vocabulary), options);

    checkTokens(tokenizer.pieces(bytes), bytes, tokenizer);
    const size_t lineEnd = std::min(bytes.rfind('\n'), bytes.size());
    const std::string_view text = bytes.substr(0, lineEnd), pair = bytes.substr(lineEnd);
    const Encoding encoding = tokenizer.encode(text, pair, maximumTokens);
    require(maximumTokens == 0 ? !encoding.truncated : encoding.tokens.size() <= maximumTokens);
    require(encoding.bytesRead <= text.size() && encoding.pairBytesRead <= pair.size());
    return 0;
}
