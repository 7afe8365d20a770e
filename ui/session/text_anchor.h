#pragma once

#include "engine/trace/trace.h"

#include <optional>
#include <string>
#include <string_view>

namespace headlight {

/// Where `range` of the text `before` stands in `after`, when one piece of the text was replaced (what
/// differs between the equal beginning and the equal end). A word that is being edited keeps what is left of
/// it; nothing when none is left.
std::optional<ByteRange> carriedRange(ByteRange range, std::string_view before, std::string_view after);

/// Holds on to a word while the text around it changes: by its bytes, never by its number. A token that the
/// tokenizer added ([CLS], the second [SEP]) is held by its piece and its count among equal ones.
class TextAnchor {
public:
    /// Holds nothing.
    TextAnchor() = default;
    /// Holds the token `index` of the trace; nothing when there is no such token.
    TextAnchor(const Trace& trace, int index);

    bool empty() const { return !m_set; }
    /// The held token in another trace, or -1 while its word is gone. When found, the anchor moves on to that
    /// trace's text; when not, it keeps the text in which the word last was, so that undoing brings the word
    /// back.
    int findIn(const Trace& trace);

private:
    bool m_set = false;
    std::string m_text;
    ByteRange m_bytes;
    int m_textNumber = 0;
    std::string m_addedPiece; ///< not empty: an added token
    int m_count = 0;
};

} // namespace headlight
