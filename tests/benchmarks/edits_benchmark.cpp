#include "engine/experiments/truth.h"
#include "engine/explain/logit_lens.h"
#include "tests/benchmarks/percentiles.h"
#include "tests/benchmarks/reader.h"

#include <benchmark/benchmark.h>

#include <chrono>

namespace headlight::benchmarks {
namespace {

using Clock = std::chrono::steady_clock;
const HeadAddress changed{Stack::encoder, 1, 0};

std::vector<EditKind> kinds(int tokens) {
    const EditToken query = EditToken::at(tokens / 2), key = EditToken::at(1);
    return {SwitchOff{},
            SwitchOff{OffContext::sentenceMean},
            HiddenToken{key},
            PaintedScore{query, key, ScorePaint::set, 3},
            BorrowedPattern{{Stack::encoder, 0, 1}},
            PaintedWeight{query, key, WeightPaint::set, 0.5, true}};
}

RunRequest requestOf(const LoadedModel& model, int tokens) {
    RunRequest request;
    request.text = textOf(model, static_cast<size_t>(tokens));
    return request;
}

/// One edit of the kinds above after the other on the same text, baseline kept: what the window waits for.
void editRerun(benchmark::State& state) {
    const ModelSession session(reader());
    RunRequest request = requestOf(session.model(), static_cast<int>(state.range(0)));
    const std::vector<EditKind> all = kinds(static_cast<int>(state.range(0)));
    session.run(request, {}); // the baseline
    std::vector<double> milliseconds;
    size_t next = 0;
    for ([[maybe_unused]] auto _ : state) {
        request.edits = {{HeadScope::one(changed), all[next++ % all.size()]}};
        const Clock::time_point begin = Clock::now();
        const RunResult result = session.run(request, {});
        milliseconds.push_back(std::chrono::duration<double>(Clock::now() - begin).count() * 1e3);
        if (!result.trace || result.trace->edits.size() != 1)
            state.SkipWithError("an edit was not made");
    }
    const Percentiles shown = percentiles(std::move(milliseconds));
    state.counters["p50 ms"] = shown.p50;
    state.counters["p99 ms"] = shown.p99;
}

/// A keystroke while a head has its pattern from another sentence: the same one each time (`other` 0), or
/// another one with every key (1), which has to be read as well.
void patternRerun(benchmark::State& state) {
    const ModelSession session(reader());
    const RunRequest plain = requestOf(session.model(), static_cast<int>(state.range(0)));
    std::vector<double> milliseconds;
    size_t next = 0;
    for ([[maybe_unused]] auto _ : state) {
        // Spaces at the end make another text of the same tokens.
        const std::string spaces(1 + next++ % 2, ' ');
        RunRequest request = plain;
        request.text += spaces;
        request.edits = {{HeadScope::one(changed),
                          TextPattern{state.range(1) == 0 ? plain.text : plain.text + spaces, {}, changed}}};
        const Clock::time_point begin = Clock::now();
        const RunResult result = session.run(request, {});
        milliseconds.push_back(std::chrono::duration<double>(Clock::now() - begin).count() * 1e3);
        if (!result.trace || result.trace->edits.size() != 1)
            state.SkipWithError("a pattern was not used");
    }
    const Percentiles shown = percentiles(std::move(milliseconds));
    state.counters["p50 ms"] = shown.p50;
    state.counters["p99 ms"] = shown.p99;
}

/// Every edge of one row, deleted and measured.
void truthRow(benchmark::State& state) {
    const ModelSession session(reader());
    const int tokens = static_cast<int>(state.range(0));
    const auto trace = session.run(requestOf(session.model(), tokens), {}).trace;
    const TruthQuestion question{changed, tokens / 2, *topAnswer(*trace, tokens / 2)};
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(truthColumn(*trace, *session.model().model, question));
}

void lensAndShares(benchmark::State& state) {
    const ModelSession session(reader());
    const int tokens = static_cast<int>(state.range(0));
    const auto trace = session.run(requestOf(session.model(), tokens), {}).trace;
    const Model& model = *session.model().model;
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(logitLens(*trace, model, *session.model().tokenizer, tokens / 2));
        benchmark::DoNotOptimize(headShares(*trace, model, tokens / 2, topAnswer(*trace, tokens / 2)->id));
    }
}

BENCHMARK(editRerun)->ArgName("tokens")->Arg(16)->Arg(64)->Iterations(300)->Unit(benchmark::kMillisecond);
BENCHMARK(patternRerun)
    ->ArgNames({"tokens", "other"})
    ->ArgsProduct({{16, 64}, {0, 1}})
    ->Iterations(300)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(truthRow)->ArgName("tokens")->Arg(16)->Unit(benchmark::kMillisecond);
BENCHMARK(lensAndShares)->ArgName("tokens")->Arg(16)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace headlight::benchmarks
