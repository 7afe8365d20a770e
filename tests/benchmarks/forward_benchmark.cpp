#include "tests/benchmarks/reader.h"

#include <benchmark/benchmark.h>

namespace headlight::benchmarks {
namespace {

/// One forward pass with everything recorded.
void forward(benchmark::State& state, RecordPlan plan) {
    const auto loaded = reader();
    ModelInput input;
    const auto tokens = static_cast<size_t>(state.range(0));
    for (const Token& token : loaded->tokenizer->encode(textOf(*loaded, tokens), {}, tokens).tokens) {
        input.ids.push_back(token.id);
        input.tokenTypes.push_back(token.text);
    }
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(loaded->model->run(input, plan, {}));
    state.SetLabel(std::to_string(input.ids.size()) + " tokens, " + loaded->model->backend());
}

/// Tokens a second of the tokenizer alone.
void encode(benchmark::State& state) {
    const auto loaded = reader();
    const std::string text = textOf(*loaded, static_cast<size_t>(state.range(0)));
    int64_t tokens = 0;
    for ([[maybe_unused]] auto _ : state)
        tokens += std::ssize(loaded->tokenizer->encode(text).tokens);
    state.SetItemsProcessed(tokens);
}

/// What a session does for one text: tokens, pass, trace.
void session(benchmark::State& state) {
    const ModelSession one(reader());
    RunRequest request;
    request.text = textOf(one.model(), static_cast<size_t>(state.range(0)));
    for ([[maybe_unused]] auto _ : state) {
        ++request.id;
        if (one.run(request, {}).kind != RunResult::Kind::completed)
            state.SkipWithError("the session failed");
    }
}

/// What a change of the temperature costs: the pass with edits, the unchanged one being there already.
void edited(benchmark::State& state) {
    const ModelSession one(reader());
    RunRequest request;
    request.text = textOf(one.model(), static_cast<size_t>(state.range(0)));
    one.run(request, {});
    for ([[maybe_unused]] auto _ : state) {
        ++request.id;
        request.edits = {{HeadScope::all(), Temperature{1 + static_cast<double>(request.id % 8) / 8}}};
        if (one.run(request, {}).kind != RunResult::Kind::completed)
            state.SkipWithError("the session failed");
    }
}

void lengths(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgName("tokens")->UseRealTime()->Unit(benchmark::kMicrosecond);
    for (const int64_t n : {8, 16, 32, 64, 128})
        benchmark->Arg(n);
}

BENCHMARK_CAPTURE(forward, everything_recorded, RecordPlan::everything())->Apply(lengths);
BENCHMARK_CAPTURE(forward, weights_only, RecordPlan::weightsOnly())->Apply(lengths);
BENCHMARK(session)->Apply(lengths);
BENCHMARK(edited)->Apply(lengths);
BENCHMARK(encode)->Arg(16)->Arg(128)->Arg(10000)->ArgName("tokens");

} // namespace
} // namespace headlight::benchmarks
