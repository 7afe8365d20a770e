#pragma once

#include "engine/files/workspace.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace headlight {

/// Every figure that Headlight writes carries the Workspace that made it, so that the figure can be opened
/// again: README.md of this folder says where it stands in each format. Here it is put in and found again,
/// without any picture library.

/// What a file is, by its content and not by its name.
enum class FileKind {
    modelFolder, ///< any folder
    session,
    workspace, ///< the bare JSON
    trace,     ///< safetensors
    png,
    svg,
    pdf,
    csv,     ///< numbers with a workspace at their end
    numbers, ///< JSON of a map, or of a comparison
    unknown
};
/// Throws FileError when it is missing or cannot be read.
FileKind kindOf(const std::filesystem::path& path);

/// Their "format".
constexpr const char* sessionFormat = "headlight-session";
constexpr const char* numbersFormat = "headlight-map";
constexpr const char* comparisonFormat = "headlight-comparison";
/// No JSON that is read is longer, nor any workspace in a figure; numbers, which can be many, are not kept.
constexpr size_t maximumSessionBytes = size_t{16} << 20U;
constexpr size_t maximumNumbersBytes = size_t{256} << 20U;

/// The workspace in a figure, session, bare workspace or trace. Throws FileError: none in there (a picture
/// that a web site or another program has written anew loses it), cut off, damaged, newer, malformed.
Workspace workspaceIn(const std::filesystem::path& path);
/// The same for the content of a file that is not a folder; `file`: what stands for it in a message.
Workspace workspaceInBytes(std::span<const std::byte> bytes, const std::string& file);
FileKind kindOfBytes(std::span<const std::byte> bytes);

/// A PNG with the workspace in an iTXt chunk behind its header. `png` must be one.
std::string pngWithWorkspace(std::string_view png, const Workspace& workspace);
/// An SVG with the workspace in a <metadata> element before its drawing.
std::string svgWithWorkspace(std::string_view svg, const Workspace& workspace);
/// The XMP packet of a PDF that carries the workspace.
std::string xmpWithWorkspace(const Workspace& workspace, const std::string& title);
/// The last line of a CSV file: a comment of one cell, with no quote and no comma, so that readers that know
/// no comments see one more short row. With its line break.
std::string csvWorkspaceLine(const Workspace& workspace);

} // namespace headlight
