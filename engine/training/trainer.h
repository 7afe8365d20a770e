#pragma once

#include "engine/core/progress.h"
#include "engine/models/trainable.h"
#include "engine/training/optimiser.h"
#include "engine/training/task.h"

#include <filesystem>
#include <string>

namespace headlight {

/// What decides a training's result, and how it is carried out.
struct TrainerOptions {
    LearningRateSchedule schedule; ///< `schedule.steps` is the length of the training
    AdamW<float>::Constants optimiser;
    double maximumNorm = 1; ///< of the gradients, see clipGlobalNorm
    uint64_t noiseSeed = 1; ///< of dropout and of what else is left out at random
    /// Part of the training, 0 to 1, from which on dropout fades: its rates fall in a straight line to 0 at
    /// the end. What is learned last is learned without noise.
    double dropoutFadesFrom = 1;
    double nestedHeads = 0; ///< see TrainingNoise
    /// Into how many parts a batch is cut. Part of the recipe, not of the machine: results are added in the
    /// order of the shards, so the number of threads does not change one bit.
    int shards = 2;
    int threads = 2; ///< at most this many shards run at the same time
    /// Where the training is kept when it is stopped, and every `checkpointSeconds`; empty: nowhere.
    std::filesystem::path checkpoint;
    double checkpointSeconds = 60;
    /// Steps of the other parts of the same training, which reports count as well.
    int64_t stepsBefore = 0, stepsAfter = 0;
    /// Names model, task and everything else that makes two trainings different; a checkpoint of another one
    /// is refused.
    std::string identity;
};

/// What a training came to.
struct TrainerSummary {
    int64_t steps = 0;
    double seconds = 0;   ///< over all the pieces of an interrupted training
    double loss = 0;      ///< mean over the last 50 steps (up to 99 after an interruption), natural log
    double accuracy = 0;  ///< of the targets of these steps, dropout on
    double gigaflops = 0; ///< a second, of the products, over this piece
};

/// Trains `model` on `task`, continuing from `options.checkpoint` if that file exists: the parameters at the
/// end are, bit for bit, those of a training that was not interrupted. Throws Cancelled, with the checkpoint
/// written, when `control` asks to stop; FileError when the checkpoint is damaged or another training's.
/// `control` is used on the calling thread only.
TrainerSummary train(Trainable<float>& model, Task& task, const TrainerOptions& options,
                     const JobControl& control);

} // namespace headlight
