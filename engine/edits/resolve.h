#pragma once

#include "engine/edits/edits.h"

#include <string>
#include <vector>

namespace headlight {

/// Which heads a model has, as far as edits ask.
struct StackHeads {
    Stack stack = Stack::encoder;
    int layers = 0;
    int heads = 0;
};

/// True when the scope covers at least one of these heads.
bool hasHeads(const std::vector<StackHeads>& stacks, const HeadScope& scope);

/// An edit of a workspace that a run does not apply, and why, in a sentence for people.
struct UnusedEdit {
    size_t index = 0; ///< in the workspace's list
    std::string reason;
};

/// The edits of a workspace for one run over these tokens.
struct ResolvedEdits {
    Edits edits; ///< their tokens have an index
    std::vector<UnusedEdit> unused;
};

/// Resolves anchors to tokens. Edits whose text is gone, or stands behind the last token that was read, or
/// whose heads this model does not have, or that borrow from a head computed later, are left out.
ResolvedEdits resolve(const Edits& edits, const std::vector<Token>& tokens,
                      const std::vector<StackHeads>& stacks);

/// What a pass may be given: heads that are there, tokens below `tokens`, patterns that are resolved. Throws
/// RequestError in a sentence.
void checkEdits(const Edits& edits, const std::vector<StackHeads>& stacks, int64_t tokens);

} // namespace headlight
