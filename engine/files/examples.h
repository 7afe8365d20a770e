#pragma once

#include "engine/files/workspace.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

/// Something that an example promises, so that a test can hold the model to it: at `query` the model reads
/// `reads`, or the example's head looks most strongly at `strongest`. Either may be empty; "mary|anna" are
/// the best two, in either order.
struct ExampleClaim {
    std::string query;
    std::string reads;
    std::string strongest;
};

/// A text worth trying, and one line on what to look for.
struct TextExample {
    std::string title;
    std::string look;
    std::string text;
    std::string pair;   ///< second sentence; empty when there is none
    std::string query;  ///< the word that is selected: "it", "it#2"
    bool byKey = false; ///< that word's column is read: who looks at it
    std::string head;   ///< an address; empty: the one that the model's notes name
    ViewChoices shown;
    std::vector<ExampleClaim> claims;
};

struct ExampleGroup {
    std::string title;
    std::vector<TextExample> examples;
};

/// Reads a file of examples. Throws FileError with the place and the problem.
std::vector<ExampleGroup> readExamples(const std::filesystem::path& path);
/// The same from the text of the file, which errors name `file`.
std::vector<ExampleGroup> examplesFromText(std::string_view text, const std::string& file);

/// The view that an example opens with: `model` and, where the example names no head, `head`.
Workspace workspaceOf(const TextExample& example, const ModelReference& model,
                      const std::optional<HeadAddress>& head);

/// Where a word stands in a text: "it", or "it#2" for its second occurrence, letter for letter, between
/// characters that belong to no word. Nothing when it does not occur.
std::optional<ByteRange> wordIn(std::string_view text, std::string_view word);

} // namespace headlight
