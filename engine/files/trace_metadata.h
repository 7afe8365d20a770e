#pragma once

#include "engine/files/safetensors.h"
#include "engine/trace/trace.h"

namespace headlight {

/// Everything of a trace that is not an array of numbers, as the strings of a safetensors file's
/// `__metadata__`.
void writeTraceMetadata(const Trace& trace, SafetensorsWriter& writer);

/// Fills all of `trace` but its recording and what of its shape the arrays tell. Throws FileError.
void readTraceMetadata(const SafetensorsFile& file, Trace& trace);

} // namespace headlight
