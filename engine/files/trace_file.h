#pragma once

#include "engine/files/safetensors.h"
#include "engine/trace/trace.h"

#include <filesystem>
#include <memory>

namespace headlight {

/// Writes a trace as a safetensors file in float32, in the layout that README.md of this folder describes.
/// Whole or not at all. Throws FileError when the file cannot be written, RequestError when a text is not
/// UTF-8 or the layers of one stack differ in shape.
void writeTraceFile(const Trace& trace, const std::filesystem::path& path);

/// Reads a trace, Headlight's own or one that another program saved. Required are `{stack}.weights` of at
/// least one stack and the tokens; what else is there must agree with them, and every other array of the
/// result is empty or null. Throws FileError: not a trace file, written by a newer version, a shape that does
/// not fit (tensor, expected and found), weights that are not finite.
std::shared_ptr<const Trace> readTraceFile(const std::filesystem::path& path);
std::shared_ptr<const Trace> readTrace(const SafetensorsFile& file);

} // namespace headlight
