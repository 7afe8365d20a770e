#include "engine/text/characters.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <optional>

namespace headlight {
namespace {

utf8proc_category_t category(char32_t codePoint) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(codePoint));
}

int combiningClass(char32_t codePoint) {
    return utf8proc_get_property(static_cast<utf8proc_int32_t>(codePoint))->combining_class;
}

/// Canonical order: marks of different combining classes after one base are sorted by class (Unicode,
/// section 3.11).
void orderMarks(std::vector<Character>& characters) {
    const auto mark = [](const Character& character) { return combiningClass(character.codePoint) != 0; };
    const auto lowerClass = [](const Character& left, const Character& right) {
        return combiningClass(left.codePoint) < combiningClass(right.codePoint);
    };
    auto begin = std::find_if(characters.begin(), characters.end(), mark);
    while (begin != characters.end()) {
        const auto end = std::find_if_not(begin, characters.end(), mark);
        if (!std::is_sorted(begin, end, lowerClass)) {
            const ByteRange all = {begin->bytes.begin, (end - 1)->bytes.end};
            std::stable_sort(begin, end, lowerClass);
            std::for_each(begin, end, [all](Character& character) { character.bytes = all; });
        }
        begin = std::find_if(end, characters.end(), mark);
    }
}

/// The one character that the two compose to, if there is one.
std::optional<char32_t> composition(char32_t first, char32_t second) {
    std::array<utf8proc_int32_t, 2> pair = {static_cast<utf8proc_int32_t>(first),
                                            static_cast<utf8proc_int32_t>(second)};
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (utf8proc_normalize_utf32(pair.data(), 2, options) != 1)
        return {};
    return static_cast<char32_t>(pair[0]);
}

} // namespace

bool isControl(char32_t codePoint) {
    if (codePoint < 0x80)
        return (codePoint < 0x20 && codePoint != '\t' && codePoint != '\n' && codePoint != '\r') ||
               codePoint == 0x7F;
    switch (category(codePoint)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
        return true;
    default:
        return false;
    }
}

bool isWhitespace(char32_t codePoint) {
    if (codePoint < 0x80)
        return codePoint == ' ' || codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
    switch (category(codePoint)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return false;
    }
}

bool isPunctuation(char32_t codePoint) {
    if (codePoint < 0x80)
        return (codePoint >= '!' && codePoint <= '/') || (codePoint >= ':' && codePoint <= '@') ||
               (codePoint >= '[' && codePoint <= '`') || (codePoint >= '{' && codePoint <= '~');
    switch (category(codePoint)) {
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
        return true;
    default:
        return false;
    }
}

bool isNonSpacingMark(char32_t codePoint) {
    return codePoint >= 0x80 && category(codePoint) == UTF8PROC_CATEGORY_MN;
}

bool isIdeograph(char32_t codePoint) {
    const auto in = [codePoint](char32_t first, char32_t last) {
        return codePoint >= first && codePoint <= last;
    };
    return codePoint >= 0x3400 &&
           (in(0x4E00, 0x9FFF) || in(0x3400, 0x4DBF) || in(0x20000, 0x2A6DF) || in(0x2A700, 0x2B73F) ||
            in(0x2B740, 0x2B81F) || in(0x2B820, 0x2CEAF) || in(0xF900, 0xFAFF) || in(0x2F800, 0x2FA1F));
}

void appendLowerCase(std::vector<Character>& characters, Character character) {
    const char32_t codePoint = character.codePoint;
    if (codePoint < 0x80) {
        if (codePoint >= 'A' && codePoint <= 'Z')
            character.codePoint += 'a' - 'A';
        characters.push_back(character);
        return;
    }
    // The only character whose lower-case form without context is longer than one character
    // (SpecialCasing.txt).
    if (codePoint == 0x130) {
        characters.push_back({'i', character.bytes});
        characters.push_back({0x307, character.bytes});
        return;
    }
    character.codePoint = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(codePoint)));
    characters.push_back(character);
}

void decompose(std::vector<Character>& characters) {
    std::vector<Character> result;
    result.reserve(characters.size() + characters.size() / 2);
    for (const Character& character : characters) {
        if (character.codePoint < 0x80) {
            result.push_back(character);
            continue;
        }
        std::array<utf8proc_int32_t, 8> parts = {}; // Unicode's longest canonical decomposition has 4
        int boundaryClass = 0;
        const utf8proc_ssize_t count = utf8proc_decompose_char(
            static_cast<utf8proc_int32_t>(character.codePoint), parts.data(),
            static_cast<utf8proc_ssize_t>(parts.size()), UTF8PROC_DECOMPOSE, &boundaryClass);
        if (count < 1 || count > static_cast<utf8proc_ssize_t>(parts.size())) {
            result.push_back(character);
            continue;
        }
        for (size_t part = 0; part < static_cast<size_t>(count); ++part)
            result.push_back({static_cast<char32_t>(parts[part]), character.bytes});
    }
    orderMarks(result);
    characters = std::move(result);
}

// The canonical composition algorithm, Unicode section 3.11, D117.
void compose(std::vector<Character>& characters) {
    decompose(characters);
    std::vector<Character> result;
    result.reserve(characters.size());
    std::optional<size_t> starter; // index in `result` of the base that later characters may join
    int previousClass = 0;         // of the last character kept after the starter; 0: the starter itself
    for (const Character& character : characters) {
        const int currentClass = combiningClass(character.codePoint);
        if (starter && (previousClass == 0 || previousClass < currentClass)) {
            char32_t& base = result[*starter].codePoint;
            if (const auto composed = composition(base, character.codePoint)) {
                base = *composed;
                for (size_t index = *starter; index < result.size(); ++index)
                    result[index].bytes.end = std::max(result[index].bytes.end, character.bytes.end);
                continue;
            }
        }
        if (currentClass == 0)
            starter = result.size();
        previousClass = currentClass;
        result.push_back(character);
    }
    characters = std::move(result);
}

} // namespace headlight
