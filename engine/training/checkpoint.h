#pragma once

#include "engine/models/trainable.h"
#include "engine/training/optimiser.h"

#include <filesystem>
#include <string>

namespace headlight {

/// What a checkpoint holds besides parameters and the optimiser's moments.
struct CheckpointState {
    std::string identity; ///< of the training, see TrainerOptions
    std::string task;     ///< Task::state
    double seconds = 0;   ///< of training so far
    LossSums recent;      ///< over the last steps, for the figures of a training that goes on
};

/// Writes one safetensors file atomically: "parameter.NAME", "first_moment.NAME" and "second_moment.NAME" in
/// F32, the rest as metadata. Throws FileError.
void writeCheckpoint(const std::filesystem::path& path, const std::vector<Parameter<float>*>& parameters,
                     const AdamW<float>& optimiser, const CheckpointState& state);

/// Reads it back into `parameters` and `optimiser`. Nothing is changed when it throws FileError: the file is
/// damaged, or its identity is not `identity`.
CheckpointState readCheckpoint(const std::filesystem::path& path, const std::string& identity,
                               const std::vector<Parameter<float>*>& parameters, AdamW<float>& optimiser);

} // namespace headlight
