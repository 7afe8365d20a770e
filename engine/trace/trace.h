#pragma once

#include "engine/core/token.h"
#include "engine/edits/resolve.h"
#include "engine/trace/record_plan.h"
#include "engine/trace/recording.h"

#include <memory>
#include <string>
#include <vector>

namespace headlight {

/// A recording with what is needed to read it: the text, the tokens, the model. Immutable once published,
/// shared by every view as `shared_ptr<const Trace>`; there is no Eigen and no Qt in it.
struct Trace {
    std::string model;       ///< name or folder
    std::string modelSha256; ///< of model.safetensors, lower-case hex
    std::string text;        ///< UTF-8
    std::string pairText;    ///< second sentence of a pair; empty when there is none
    std::string targetText;  ///< what a decoder was given; empty for encoders
    Encoding encoding;       ///< of text (and pair): the tokens that were read
    Encoding targetEncoding; ///< of the decoder's input; empty for encoders
    ModelShape shape;
    Recording recording;
    std::string workspace; ///< JSON of the Workspace that made it; may be empty

    /// What was changed in this pass: its numbers are those of the model so changed. Tokens by their index.
    Edits edits;
    /// Of the edits asked for, those that could not be made here, each with the reason in a sentence.
    std::vector<std::string> unusedEdits;
    /// The pass over the same text without edits, to show an effect beside; null without edits, and for
    /// recordings that were read from a file.
    std::shared_ptr<const Trace> baseline;

    // "Same bits" holds for one processor type, thread count and backend: a trace names all three.
    std::string cpu;
    int threads = 1;
    std::string backend;
    double seconds = 0;   ///< of the forward pass, tokenizing included
    bool partial = false; ///< only the first layers are there

    const std::vector<Token>& tokens() const { return encoding.tokens; }
    /// Null when that site was not recorded.
    const SiteRecord* site(Stack stack, int layer) const;
    /// How many heads the recorded sites of this stack have; 0 when the stack is absent.
    int heads(Stack stack) const;
    int layers(Stack stack) const;
    /// The token's own spelling in the text, from its byte range ("didn"); the piece ("[CLS]") for added
    /// tokens.
    std::string spelling(const Token& token) const;
};

/// The heads of a model, as edits ask for them.
std::vector<StackHeads> headsOf(const ModelShape& shape);

} // namespace headlight
