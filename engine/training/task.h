#pragma once

#include "engine/models/example.h"

#include <string>

namespace headlight {

/// Where a training's examples come from: an endless stream whose place can be saved and found again.
class Task {
public:
    Task() = default;
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    virtual ~Task() = default;

    /// The next batch of the stream.
    virtual Batch next() = 0;
    /// All that decides the batches to come, as text. `restore(state())` is a no-op. Throws RequestError when
    /// `state` is not the state of such a task.
    virtual std::string state() const = 0;
    virtual void restore(const std::string& state) = 0;
};

} // namespace headlight
