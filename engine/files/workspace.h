#pragma once

#include "engine/core/head_address.h"
#include "engine/core/model_reference.h"
#include "engine/core/token_anchor.h"
#include "engine/core/view_choices.h"
#include "engine/edits/edits.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

/// The one selection of a window. What is not there is not selected, or its text is gone.
struct WorkspaceSelection {
    std::optional<HeadAddress> head;
    std::optional<TokenAnchor> query;
    std::optional<TokenAnchor> key;
    bool byKey = false; ///< the column of the key is read ("who looks at it"), not the row of the query
    friend bool operator==(const WorkspaceSelection&, const WorkspaceSelection&) = default;
};

/// All that restores a view, as one immutable value. Its JSON form is described by workspace.schema.json;
/// files, autosave, undo and exported figures all embed that form.
struct Workspace {
    ModelReference model;
    std::string text; ///< UTF-8
    std::string pair; ///< second sentence; empty when there is none
    WorkspaceSelection selection;
    ViewChoices shown;
    Edits edits; ///< in the order in which they were made; dormant ones too
    friend bool operator==(const Workspace&, const Workspace&) = default;
};

/// The version that toJson writes. It grows when an older Headlight could not show what a newer one saved.
/// Version 1 had no tokens, pinned heads, zoom and selected column, version 2 no edits and no pages, version
/// 3 no comparison and no edits of single scores and weights; all are read.
constexpr int workspaceVersion = 4;

/// Throws RequestError when a text is not UTF-8.
nlohmann::json toJson(const Workspace& workspace);
std::string toText(const Workspace& workspace);

/// Keys that are not known are ignored and not kept. Throws FileError about `file` (the file, or what stands
/// for it in a message) in one sentence with the JSON pointer of the offending value: a newer version, a
/// missing key, a wrong type, an anchor outside its text. `pointer`: where the workspace stands in a larger
/// document ("/workspace"), for that pointer.
Workspace workspaceFromJson(const nlohmann::json& json, const std::string& file,
                            const std::string& pointer = {});
Workspace workspaceFromText(std::string_view text, const std::string& file);

/// The same workspace without anchors that do not lie in its texts, so that it can be read again once saved;
/// edits that had one are dormant.
Workspace withoutLostAnchors(Workspace workspace);

} // namespace headlight
