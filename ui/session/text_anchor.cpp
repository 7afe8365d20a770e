#include "ui/session/text_anchor.h"

#include <algorithm>

namespace headlight {

namespace {
const std::string& textOf(const Trace& trace, int number) {
    return number == 0 ? trace.text : trace.pairText;
}
} // namespace

std::optional<ByteRange> carriedRange(ByteRange range, std::string_view before, std::string_view after) {
    if (before == after)
        return range;
    const size_t shorter = std::min(before.size(), after.size());
    size_t prefix = 0;
    while (prefix < shorter && before[prefix] == after[prefix])
        ++prefix;
    size_t suffix = 0;
    while (suffix < shorter - prefix &&
           before[before.size() - 1 - suffix] == after[after.size() - 1 - suffix])
        ++suffix;
    const size_t changedEnd = before.size() - suffix; // [prefix, changedEnd) of `before` was replaced
    const size_t changedEndAfter = after.size() - suffix;
    const auto moved = [&](size_t position) { return position - changedEnd + changedEndAfter; };
    if (range.end <= prefix)
        return range;
    if (range.begin >= changedEnd)
        return ByteRange{moved(range.begin), moved(range.end)};
    if (range.begin < prefix && range.end > changedEnd)
        return ByteRange{range.begin, moved(range.end)};
    if (range.begin < prefix)
        return ByteRange{range.begin, prefix};
    if (range.end > changedEnd)
        return ByteRange{changedEndAfter, moved(range.end)};
    return std::nullopt;
}

TextAnchor::TextAnchor(const Trace& trace, int index) {
    if (index < 0 || static_cast<size_t>(index) >= trace.tokens().size())
        return;
    const Token& token = trace.tokens()[static_cast<size_t>(index)];
    m_set = true;
    m_textNumber = token.text;
    if (token.bytes.empty()) {
        m_addedPiece = token.piece;
        for (int i = 0; i < index; ++i)
            m_count += trace.tokens()[static_cast<size_t>(i)].piece == token.piece;
    } else {
        m_bytes = token.bytes;
        m_text = textOf(trace, token.text);
    }
}

int TextAnchor::findIn(const Trace& trace) {
    if (!m_set)
        return -1;
    const std::vector<Token>& tokens = trace.tokens();
    if (!m_addedPiece.empty()) {
        int count = 0;
        for (size_t i = 0; i < tokens.size(); ++i)
            if (tokens[i].piece == m_addedPiece && count++ == m_count)
                return static_cast<int>(i);
        return -1;
    }
    const std::string& text = textOf(trace, m_textNumber);
    const std::optional<ByteRange> range = carriedRange(m_bytes, m_text, text);
    if (!range)
        return -1;
    for (size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        if (token.text == m_textNumber && !token.bytes.empty() && token.bytes.end > range->begin &&
            token.bytes.begin < range->end) {
            m_text = text;
            m_bytes = *range;
            return static_cast<int>(i);
        }
    }
    return -1;
}

} // namespace headlight
