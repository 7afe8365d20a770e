#include "engine/session/interactive_lane.h"
#include "tests/benchmarks/percentiles.h"
#include "tests/benchmarks/reader.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <semaphore>

namespace headlight::benchmarks {
namespace {

using Clock = std::chrono::steady_clock;

/// From `submit` on one thread to `deliver` on the worker: a letter more, a letter less, at about this many
/// tokens.
void keystrokeToTrace(benchmark::State& state) {
    const auto session = std::make_shared<const ModelSession>(reader());
    const std::string text = textOf(session->model(), static_cast<size_t>(state.range(0)));
    std::binary_semaphore delivered(0);
    Clock::time_point deliveredAt;
    bool completed = true;
    InteractiveLane lane(
        [&](const RunRequest& request, std::stop_token stop, const std::function<void()>& halfDone) {
            return session->run(request, stop, halfDone);
        },
        [&](Purpose, const RunResult& result) {
            if (result.kind == RunResult::Kind::partial)
                return;
            deliveredAt = Clock::now();
            completed = completed && result.kind == RunResult::Kind::completed;
            delivered.release();
        });

    std::vector<double> milliseconds;
    uint64_t id = 0;
    for ([[maybe_unused]] auto _ : state) {
        RunRequest request;
        request.id = ++id;
        request.text = id % 2 ? text + "s" : text;
        const Clock::time_point pressed = Clock::now();
        lane.submit(Purpose::main, std::move(request));
        delivered.acquire();
        const double seconds = std::chrono::duration<double>(deliveredAt - pressed).count();
        state.SetIterationTime(seconds);
        milliseconds.push_back(seconds * 1e3);
    }
    if (!completed)
        state.SkipWithError("a run did not complete");
    const Percentiles shown = percentiles(std::move(milliseconds));
    state.counters["p50 ms"] = shown.p50;
    state.counters["p99 ms"] = shown.p99;
    state.counters["max ms"] = shown.maximum;
}

BENCHMARK(keystrokeToTrace)
    ->ArgName("tokens")
    ->Arg(8)
    ->Arg(16)
    ->Arg(32)
    ->Arg(64)
    ->Arg(128)
    ->UseManualTime()
    ->Iterations(300)
    ->Unit(benchmark::kMicrosecond);

} // namespace
} // namespace headlight::benchmarks
