#pragma once

#include "engine/files/workspace.h"

#include <optional>
#include <string>
#include <string_view>

namespace headlight {

/// One replacement in a text: the bytes [begin, begin + removed) became `inserted` new bytes.
struct TextChange {
    size_t begin = 0;
    size_t removed = 0;
    size_t inserted = 0;
    friend bool operator==(const TextChange&, const TextChange&) = default;
};

/// The single replacement that turns `before` into `after`: what is left between their common beginning and
/// end. Where it could lie in several places ("so " typed before "so tired" or after its first word), the
/// place at word limits is chosen, so that whole words move. Never cuts a UTF-8 character.
TextChange findChange(std::string_view before, std::string_view after);

/// A byte range carried through a change: kept before it, shifted behind it, and nothing when the change
/// touched its inside.
std::optional<ByteRange> carried(ByteRange range, const TextChange& change);
/// The same for an anchor; `text` says in which text (0, or 1 for the pair) the change happened. Added tokens
/// always stay.
std::optional<TokenAnchor> carried(const TokenAnchor& anchor, int text, const TextChange& change);

/// A word carried through a change, `after` being the changed text. Letters that go or come inside it, or
/// behind its last one, leave it the word that it was; it is gone with its last letter, and when a change
/// that reaches into it puts other text in its place.
std::optional<ByteRange> carriedWord(ByteRange word, const TextChange& change, std::string_view after);
/// Edits carried through the changes of both texts by the words that they are about. An edit whose word is
/// gone becomes dormant and stays so: it never moves to another word.
Edits carried(const Edits& edits, const std::string& text, const std::string& pair,
              const std::string& newText, const std::string& newPair);

/// The workspace with new texts, its selection and edits carried along; what was selected inside the changed
/// part is selected no more.
Workspace withTexts(const Workspace& workspace, const std::string& text, const std::string& pair);

} // namespace headlight
