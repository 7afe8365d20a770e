#pragma once

#include "engine/trace/recording.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

class SafetensorsFile;

/// The arrays of BasicSiteDetail as tensors of a trace file (README.md of this folder). They are written for
/// a stack whose every layer kept its details, and read when all that are required are there.

/// Calls `add(name, layers)` for each array of the stack, `name` without the stack; nothing where some layer
/// has no details.
void eachDetailArray(
    const StackRecord& record,
    const std::function<void(std::string_view name, const std::vector<const Tensor<float>*>& layers)>& add);

/// Throws (through `check`) when a tensor has another shape than this one.
using ShapeCheck = std::function<std::vector<int64_t>(
    const std::string& tensor, const std::vector<int64_t>& expected, const std::string& words)>;
/// Gives the sites of one stack their details, where the file has them. `weights` is (L, H, n, m).
void readDetails(const SafetensorsFile& file, Stack stack, const std::vector<int64_t>& weights,
                 const ShapeCheck& check, std::vector<SiteRecord>& sites);

} // namespace headlight
