#pragma once

#include "engine/session/model_session.h"

namespace headlight::benchmarks {

/// The bundled reader, or the model that HEADLIGHT_BENCHMARK_MODEL names; loaded once. Throws FileError,
/// RequestError.
std::shared_ptr<const LoadedModel> reader();

/// English prose that this model reads as exactly `tokens` tokens, special ones included, or as many as it
/// takes.
std::string textOf(const LoadedModel& model, size_t tokens);

} // namespace headlight::benchmarks
