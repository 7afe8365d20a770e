#pragma once

#include "engine/edits/edits.h"
#include "engine/files/json_fields.h"

#include <filesystem>
#include <string>

namespace headlight {

/// No workspace has more.
constexpr size_t maximumEdits = 1000;

/// [{"kind": "temperature", "heads": "all", "t": 2}, ...]: the kind, the heads it is for, and its values. A
/// token is an anchor with the word it stood for, {"text": 0, "bytes": [4, 10], "word": "animal"}, or, when
/// its text is gone, {"gone": true, "word": "animal"}.
enum class TokenForm {
    anchored, ///< as above: a workspace
    indexed   ///< with "index", a token's place in one run: a trace, or a list written by hand; it may stand
              ///< there alone
};
nlohmann::json editsJson(const Edits& edits, TokenForm form = TokenForm::anchored);

/// The list that stands at `pointer`. Anchors have to lie in `text` and `pair`. Throws FileError as
/// JsonFields says: an unknown kind, a missing or wrong value.
Edits editsFromJson(const nlohmann::json& list, const JsonFields& fields, const std::string& pointer,
                    const std::string& text, const std::string& pair, TokenForm form = TokenForm::anchored);

/// The edits of a file, for these texts: an object with "edits", whose tokens are of these texts; or
/// anything with a workspace (workspaceIn), whose anchors are carried from its texts to these. Throws
/// FileError.
Edits editsIn(const std::filesystem::path& path, const std::string& text, const std::string& pair);

} // namespace headlight
