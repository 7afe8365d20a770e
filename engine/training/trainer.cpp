#include "engine/training/trainer.h"

#include "engine/core/errors.h"
#include "engine/ops/dropout.h"
#include "engine/training/checkpoint.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace headlight {

namespace {
using Clock = std::chrono::steady_clock;
constexpr size_t meanOver = 50; // steps

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// One shard of a batch: examples [begin, end), and what they come to.
struct Shard {
    std::span<const Example> examples;
    Gradients<float> gradients;
    LossSums sums;
    std::exception_ptr failure;
};

/// Cuts a batch so that shards have about the same number of tokens. Depends on nothing but the batch.
void cut(const Batch& batch, std::vector<Shard>& shards) {
    size_t tokens = 0;
    for (const Example& example : batch)
        tokens += example.ids.size();
    const size_t count = shards.size();
    size_t begin = 0, seen = 0;
    for (size_t shard = 0; shard < count; ++shard) {
        size_t end = begin;
        const size_t goal = tokens * (shard + 1) / count;
        while (end < batch.size() && (seen < goal || shard + 1 == count))
            seen += batch[end++].ids.size();
        shards[shard].examples = std::span(batch).subspan(begin, end - begin);
        begin = end;
    }
}

class Run {
public:
    Run(Trainable<float>& model, Task& task, const TrainerOptions& options, const JobControl& control)
        : m_model(model), m_task(task), m_options(options), m_control(control),
          m_optimiser(model.parameters(), options.optimiser), m_shards(static_cast<size_t>(options.shards)) {
        for (Shard& shard : m_shards)
            for (const Parameter<float>* parameter : model.parameters())
                shard.gradients.push_back(
                    Matrix<float>::Zero(parameter->value.rows(), parameter->value.cols()));
    }

    TrainerSummary run() {
        double secondsBefore = 0;
        if (!m_options.checkpoint.empty() && std::filesystem::exists(m_options.checkpoint)) {
            const CheckpointState state =
                readCheckpoint(m_options.checkpoint, m_options.identity, m_model.parameters(), m_optimiser);
            m_task.restore(state.task);
            secondsBefore = state.seconds;
            m_recent.push_back(state.recent);
        }
        const int64_t firstStep = m_optimiser.steps();
        const Clock::time_point begin = Clock::now();
        Clock::time_point saved = begin;
        double flops = 0;
        TrainerSummary summary;
        const auto update = [&] {
            summary.steps = m_optimiser.steps();
            summary.seconds = secondsBefore + secondsSince(begin);
            summary.gigaflops = flops / 1e9 / std::max(secondsSince(begin), 1e-9);
            const LossSums recent = recentSums();
            summary.loss = recent.loss / std::max(recent.weight, 1e-9);
            summary.accuracy = static_cast<double>(recent.correct) /
                               static_cast<double>(std::max<int64_t>(recent.targets, 1));
        };
        try {
            while (m_optimiser.steps() < m_options.schedule.steps) {
                pause();
                flops += step();
                update();
                report(summary, firstStep, secondsSince(begin));
                if (secondsSince(saved) > m_options.checkpointSeconds) {
                    save(summary.seconds);
                    saved = Clock::now();
                }
            }
        } catch (const Cancelled&) {
            save(secondsBefore + secondsSince(begin));
            throw;
        }
        update();
        save(summary.seconds); // what follows a training may fail; the training is not lost then
        return summary;
    }

private:
    LossSums recentSums() const {
        LossSums recent;
        for (const LossSums& sums : m_recent)
            recent += sums;
        return recent;
    }

    void pause() const {
        if (m_control.stop.stop_requested())
            throw Cancelled();
        m_control.stepAside();
    }

    /// One batch, one move of the parameters. Returns the arithmetic done. A step that is cancelled has not
    /// happened: the task is put back to where it was.
    double step() {
        const std::string before = m_task.state();
        const Batch batch = m_task.next();
        cut(batch, m_shards);
        try {
            accumulate();
        } catch (...) {
            m_task.restore(before);
            throw;
        }
        // Added in the order of the shards, whichever was ready first.
        LossSums sums;
        for (const Shard& shard : m_shards)
            sums += shard.sums;
        Gradients<float>& total = m_shards.front().gradients;
        for (size_t i = 0; i < total.size(); ++i) {
            for (size_t shard = 1; shard < m_shards.size(); ++shard)
                total[i] += m_shards[shard].gradients[i];
            total[i] *= static_cast<float>(1 / std::max(sums.weight, 1e-9));
        }
        clipGlobalNorm<float>(total, m_options.maximumNorm);
        m_optimiser.step(total, m_options.schedule.rate(m_optimiser.steps()));
        m_recent.push_back(sums);
        if (m_recent.size() > meanOver)
            m_recent.pop_front();
        return sums.flops;
    }

    /// Of the step that comes, but for the seed.
    TrainingNoise noise() const {
        TrainingNoise noise;
        const double done =
            static_cast<double>(m_optimiser.steps()) / static_cast<double>(m_options.schedule.steps);
        if (done > m_options.dropoutFadesFrom)
            noise.dropout = (1 - done) / (1 - m_options.dropoutFadesFrom);
        noise.nestedHeads = m_options.nestedHeads;
        return noise;
    }

    void accumulate() {
        std::atomic<size_t> next = 0;
        std::atomic<bool> stopped = false;
        const uint64_t stepSeed =
            dropoutStream(m_options.noiseSeed, static_cast<uint64_t>(m_optimiser.steps()));
        const TrainingNoise stepNoise = noise();
        for (Shard& shard : m_shards)
            shard.failure = nullptr;
        const auto work = [&](bool mayPause) {
            for (size_t i = next++; i < m_shards.size() && !stopped; i = next++) {
                Shard& shard = m_shards[i];
                try {
                    if (mayPause && i > 0)
                        pause();
                    for (Matrix<float>& gradient : shard.gradients)
                        gradient.setZero();
                    TrainingNoise own = stepNoise;
                    own.seed = std::max<uint64_t>(dropoutStream(stepSeed, i), 1); // 0 would mean none
                    shard.sums = m_model.accumulate(shard.examples, own, shard.gradients);
                } catch (...) {
                    shard.failure = std::current_exception();
                    stopped = true;
                }
            }
        };
        {
            std::vector<std::jthread> helpers;
            for (size_t i = 1;
                 i < std::min(m_shards.size(), static_cast<size_t>(std::max(m_options.threads, 1))); ++i)
                helpers.emplace_back([&work] { work(false); });
            work(true);
        }
        for (const Shard& shard : m_shards)
            if (shard.failure)
                std::rethrow_exception(shard.failure);
    }

    void report(const TrainerSummary& summary, int64_t firstStep, double seconds) const {
        const auto done = static_cast<double>(summary.steps - firstStep);
        const int64_t reached = m_options.stepsBefore + summary.steps;
        const int64_t all = m_options.stepsBefore + m_options.schedule.steps + m_options.stepsAfter;
        Progress progress;
        progress.fraction = static_cast<double>(reached) / static_cast<double>(all);
        progress.secondsLeft = seconds / done * static_cast<double>(all - reached);
        char text[160];
        std::snprintf(text, sizeof text, "step %lld of %lld, loss %.3f, %.1f steps/s, %.0f GFLOP/s",
                      static_cast<long long>(reached), static_cast<long long>(all), summary.loss,
                      done / std::max(seconds, 1e-9), summary.gigaflops);
        progress.message = text;
        m_control.report(progress);
    }

    void save(double seconds) const {
        if (!m_options.checkpoint.empty())
            writeCheckpoint(m_options.checkpoint, m_model.parameters(), m_optimiser,
                            {m_options.identity, m_task.state(), seconds, recentSums()});
    }

    Trainable<float>& m_model;
    Task& m_task;
    const TrainerOptions& m_options;
    const JobControl& m_control;
    AdamW<float> m_optimiser;
    std::vector<Shard> m_shards;
    std::deque<LossSums> m_recent;
};
} // namespace

TrainerSummary train(Trainable<float>& model, Task& task, const TrainerOptions& options,
                     const JobControl& control) {
    if (options.shards < 1 || options.schedule.steps < 0)
        throw RequestError("A training needs at least one shard and no negative number of steps.");
    return Run(model, task, options, control).run();
}

} // namespace headlight
