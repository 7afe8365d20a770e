#include "engine/metrics/clustering.h"
#include "engine/metrics/flow.h"
#include "engine/metrics/head_metric.h"
#include "engine/metrics/rollout.h"
#include "engine/metrics/similarity.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

namespace headlight::benchmarks {
namespace {

/// A made recording of weights alone: 12 layers of 12 heads, each row a softmax of random scores.
Trace madeTrace(int64_t tokens) {
    constexpr int64_t layers = 12, heads = 12;
    std::mt19937 random(1);
    std::normal_distribution<float> score(0, 2);
    Trace trace;
    for (int64_t i = 0; i < tokens; ++i) {
        Token token;
        token.id = static_cast<int>(i % 20);
        token.special = i == 0 || i + 1 == tokens;
        trace.encoding.tokens.push_back(token);
    }
    StackRecord record{Stack::encoder, {}, {}, {}};
    for (int64_t layer = 0; layer < layers; ++layer) {
        auto site = std::make_shared<SiteRecord>();
        site->weights = Tensor<float>({heads, tokens, tokens});
        for (int64_t head = 0; head < heads; ++head)
            for (int64_t query = 0; query < tokens; ++query) {
                const std::span<float> row = site->weights.row(head, query);
                float sum = 0;
                for (float& weight : row)
                    sum += weight = std::exp(score(random));
                for (float& weight : row)
                    weight /= sum;
            }
        record.sites.push_back(site);
    }
    trace.recording.stacks.push_back(record);
    return trace;
}

/// 144 heads against each other.
void similarity(benchmark::State& state) {
    const Trace trace = madeTrace(state.range(0));
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(similarityOf(trace, Stack::encoder));
}

void clustering(benchmark::State& state) {
    const Tensor<float> distances = similarityOf(madeTrace(16), Stack::encoder).distances();
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(averageLinkage(distances));
}

/// Every metric that needs nothing but weights, of 144 heads.
void metricsOfAllHeads(benchmark::State& state) {
    const Trace trace = madeTrace(state.range(0));
    for ([[maybe_unused]] auto _ : state)
        for (const HeadMetric& metric : headMetrics())
            benchmark::DoNotOptimize(valuesOf(metric, trace));
}

void rollout(benchmark::State& state) {
    const Trace trace = madeTrace(state.range(0));
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(attentionRollout(trace, Stack::encoder));
}

/// From one output token to all inputs.
void flow(benchmark::State& state) {
    const Trace trace = madeTrace(state.range(0));
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(attentionFlow(trace, Stack::encoder, 0));
}

void lengths(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgName("tokens")->UseRealTime()->Unit(benchmark::kMillisecond);
    for (const int64_t n : {16, 64, 128})
        benchmark->Arg(n);
}

BENCHMARK(similarity)->Apply(lengths);
BENCHMARK(clustering)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(metricsOfAllHeads)->Apply(lengths);
BENCHMARK(rollout)->Apply(lengths);
BENCHMARK(flow)->ArgName("tokens")->Arg(16)->Arg(76)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace
} // namespace headlight::benchmarks
