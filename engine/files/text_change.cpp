#include "engine/files/text_change.h"

#include <algorithm>

namespace headlight {

namespace {

bool isContinuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

bool insideCharacter(std::string_view text, size_t position) {
    return position < text.size() && isContinuation(text[position]);
}

/// A letter, a digit, or part of any character outside ASCII.
bool inWord(char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return code >= 0x80U || (code >= '0' && code <= '9') || ((code | 0x20U) >= 'a' && (code | 0x20U) <= 'z');
}

bool cutsWord(std::string_view text, size_t position) {
    return position > 0 && position < text.size() && inWord(text[position - 1]) && inWord(text[position]);
}

} // namespace

TextChange findChange(std::string_view before, std::string_view after) {
    const size_t shorter = std::min(before.size(), after.size());
    const auto begin =
        std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(shorter), after.begin())
            .first;
    size_t prefix = static_cast<size_t>(begin - before.begin());
    while (prefix > 0 && (insideCharacter(before, prefix) || insideCharacter(after, prefix)))
        --prefix;
    size_t suffix = 0;
    while (suffix < shorter - prefix &&
           before[before.size() - 1 - suffix] == after[after.size() - 1 - suffix])
        ++suffix;
    while (suffix > 0 &&
           (insideCharacter(before, before.size() - suffix) || insideCharacter(after, after.size() - suffix)))
        --suffix;

    const TextChange latest{prefix, before.size() - prefix - suffix, after.size() - prefix - suffix};
    if (latest.removed != 0 && latest.inserted != 0)
        return latest;
    // A pure insertion or deletion may slide to the left as long as the byte that it gives up equals the byte
    // that it takes.
    const std::string_view longer = latest.inserted != 0 ? after : before;
    const size_t length = std::max(latest.inserted, latest.removed);
    for (TextChange place = latest;; --place.begin) {
        if (!cutsWord(longer, place.begin) && !cutsWord(longer, place.begin + length) &&
            !cutsWord(latest.inserted != 0 ? before : after, place.begin))
            return place;
        if (place.begin == 0 || longer[place.begin - 1] != longer[place.begin + length - 1])
            return latest;
    }
}

std::optional<ByteRange> carried(ByteRange range, const TextChange& change) {
    if (range.end <= change.begin)
        return range;
    if (range.begin < change.begin + change.removed)
        return std::nullopt;
    return ByteRange{range.begin - change.removed + change.inserted,
                     range.end - change.removed + change.inserted};
}

std::optional<TokenAnchor> carried(const TokenAnchor& anchor, int text, const TextChange& change) {
    if (anchor.special || anchor.text != text)
        return anchor;
    const std::optional<ByteRange> bytes = carried(anchor.bytes, change);
    return bytes ? std::optional(TokenAnchor{text, *bytes, {}}) : std::nullopt;
}

std::optional<ByteRange> carriedWord(ByteRange word, const TextChange& change, std::string_view after) {
    const size_t changedEnd = change.begin + change.removed;
    if (word.end <= change.begin)
        return word;
    if (word.begin >= changedEnd)
        return ByteRange{word.begin - change.removed + change.inserted,
                         word.end - change.removed + change.inserted};
    if (change.removed == 0) { // typed inside the word; behind a space begins another
        const std::string_view typed = after.substr(change.begin, change.inserted);
        const bool splits = typed.find_first_of(" \t\r\n") != std::string_view::npos;
        return ByteRange{word.begin, splits ? change.begin : word.end + change.inserted};
    }
    const bool within = change.begin >= word.begin && changedEnd <= word.end;
    if (change.inserted != 0 || !within || change.removed == word.size())
        return std::nullopt;
    return ByteRange{word.begin, word.end - change.removed};
}

Edits carried(const Edits& edits, const std::string& text, const std::string& pair,
              const std::string& newText, const std::string& newPair) {
    Edits result = edits;
    const auto carry = [&result](int number, const std::string& before, const std::string& after) {
        if (before == after)
            return;
        const TextChange change = findChange(before, after);
        for (Edit& edit : result)
            eachToken(edit, [&](EditToken& token) {
                if (!token.anchor || token.anchor->special || token.anchor->text != number)
                    return;
                const std::optional<ByteRange> bytes = carriedWord(token.anchor->bytes, change, after);
                token.anchor = bytes ? std::optional(TokenAnchor{number, *bytes, {}}) : std::nullopt;
            });
    };
    if (!result.empty()) {
        carry(0, text, newText);
        carry(1, pair, newPair);
    }
    return result;
}

Workspace withTexts(const Workspace& workspace, const std::string& text, const std::string& pair) {
    Workspace result = workspace;
    const TextChange change = findChange(workspace.text, text);
    const TextChange pairChange = findChange(workspace.pair, pair);
    for (std::optional<TokenAnchor>* anchor : {&result.selection.query, &result.selection.key}) {
        if (*anchor)
            *anchor = carried(**anchor, 0, change);
        if (*anchor)
            *anchor = carried(**anchor, 1, pairChange);
    }
    result.edits = carried(workspace.edits, workspace.text, workspace.pair, text, pair);
    result.text = text;
    result.pair = pair;
    return result;
}

} // namespace headlight
