#pragma once

#include "engine/core/byte_range.h"

#include <vector>

namespace headlight {

/// A character on its way through a tokenizer, and the bytes of the original text that it comes from. One
/// original character can become several (all with its bytes), and several can become one (with the bytes of
/// all).
struct Character {
    char32_t codePoint = 0;
    ByteRange bytes;
};

/// Classes of characters as BERT's tokenizer defines them, after the Unicode version of the linked utf8proc.
/// A character that this version has not assigned counts as a control character.
bool isControl(char32_t codePoint);    ///< general category C*, except tab, line feed, carriage return
bool isWhitespace(char32_t codePoint); ///< category Z*, tab, line feed, carriage return
bool isPunctuation(
    char32_t codePoint); ///< category P*, and every ASCII character that is no letter, digit or space
bool isNonSpacingMark(char32_t codePoint); ///< category Mn: accents that take no room of their own
bool isIdeograph(char32_t codePoint);      ///< CJK blocks that BERT reads character by character

/// Appends the lower-case form of one character: Unicode's full mapping without context, so that a capital
/// sigma always becomes U+03C3 and U+0130 becomes "i" and a combining dot.
void appendLowerCase(std::vector<Character>& characters, Character character);

/// Canonical decomposition (NFD) of a text, in place. Characters that change places share the bytes of all of
/// them, so that byte ranges never go backwards.
void decompose(std::vector<Character>& characters);

/// Canonical composition (NFC) of a text, in place.
void compose(std::vector<Character>& characters);

} // namespace headlight
