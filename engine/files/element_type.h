#pragma once

#include "engine/files/safetensors.h"

#include <optional>
#include <string>
#include <string_view>

namespace headlight {

/// "F32": the name in a safetensors header.
std::string_view elementName(ElementType type);
/// Nothing for a type that Headlight does not read.
std::optional<ElementType> parseElementType(std::string_view name);
/// All names that Headlight reads, separated by commas.
std::string elementNames();
/// Bytes of one element.
size_t elementSize(ElementType type);
/// Whether the type can be widened (F64: narrowed) to float.
bool isFloatingPoint(ElementType type);

} // namespace headlight
