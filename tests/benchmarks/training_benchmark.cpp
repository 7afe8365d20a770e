#include "engine/files/model_folder.h"
#include "engine/models/bert_training.h"
#include "engine/session/model_session.h"
#include "engine/training/trainer.h"

#include <benchmark/benchmark.h>

#include <random>
#include <thread>

namespace headlight::benchmarks {
namespace {

/// The reader's shapes: of the bundled model where there is one.
BertConfig readerConfig() {
    for (const std::string& name : bundledModels())
        if (name == "reader")
            return BertConfig::from(ModelFolder::open(modelFolderOf(name)));
    BertConfig config;
    config.vocabularySize = 2000;
    return config;
}

/// Sentences of 10 to 20 tokens; three of them are to be answered.
Batch sentences(const BertConfig& config, int count, uint32_t seed) {
    std::mt19937 random(seed);
    const auto upTo = [&](int n) { return static_cast<int>(random() % static_cast<uint32_t>(n)); };
    Batch batch(static_cast<size_t>(count));
    for (Example& example : batch) {
        example.ids.resize(static_cast<size_t>(10 + upTo(11)));
        for (int& id : example.ids)
            id = upTo(config.vocabularySize);
        for (int i = 0; i < 3; ++i)
            example.targets.push_back(
                {upTo(static_cast<int>(example.ids.size())), upTo(config.vocabularySize), 0, 1});
    }
    return batch;
}

/// Forward and backward of one batch, cut into as many shards as threads.
void gradients(benchmark::State& state) {
    const BertConfig config = readerConfig();
    BertTrainable<float> model(config, 1);
    const auto threads = static_cast<size_t>(state.range(0));
    const Batch batch = sentences(config, static_cast<int>(state.range(1)), 7);
    std::vector<Gradients<float>> sums(threads);
    for (Gradients<float>& sum : sums)
        for (const Parameter<float>* parameter : model.parameters())
            sum.push_back(Matrix<float>::Zero(parameter->value.rows(), parameter->value.cols()));

    double flops = 0;
    uint64_t seed = 0;
    for ([[maybe_unused]] auto _ : state) {
        std::vector<LossSums> shards(threads);
        ++seed;
        {
            std::vector<std::jthread> workers;
            for (size_t i = 0; i < threads; ++i)
                workers.emplace_back([&, i] {
                    const size_t begin = batch.size() * i / threads, end = batch.size() * (i + 1) / threads;
                    shards[i] =
                        model.accumulate(std::span(batch).subspan(begin, end - begin), {seed}, sums[i]);
                });
        }
        for (const LossSums& shard : shards)
            flops += shard.flops;
    }
    state.counters["GFLOP/s"] = benchmark::Counter(flops * 1e-9, benchmark::Counter::kIsRate);
    state.counters["sentences/s"] =
        benchmark::Counter(static_cast<double>(batch.size()), benchmark::Counter::kIsIterationInvariantRate);
}

/// The same batch again and again: the trainer's own work is measured, not a task's.
class RepeatedBatch final : public Task {
public:
    explicit RepeatedBatch(Batch batch) : m_batch(std::move(batch)) {}
    Batch next() override { return m_batch; }
    std::string state() const override { return {}; }
    void restore(const std::string&) override {}

private:
    Batch m_batch;
};

/// Whole steps: shards, their sum, clipping, AdamW.
void trainingStep(benchmark::State& state) {
    const BertConfig config = readerConfig();
    BertTrainable<float> model(config, 1);
    RepeatedBatch task(sentences(config, static_cast<int>(state.range(0)), 7));
    TrainerOptions options;
    options.schedule.steps = 10;
    double gigaflops = 0;
    for ([[maybe_unused]] auto _ : state)
        gigaflops += train(model, task, options, {}).gigaflops;
    state.counters["GFLOP/s"] = benchmark::Counter(gigaflops, benchmark::Counter::kAvgIterations);
    state.SetItemsProcessed(state.iterations() * options.schedule.steps);
    state.SetLabel("10 steps; items are steps");
}

BENCHMARK(gradients)
    ->ArgNames({"threads", "sentences"})
    ->Args({1, 64})
    ->Args({2, 64})
    ->Args({2, 128})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(trainingStep)
    ->ArgName("sentences")
    ->Arg(64)
    ->Arg(128)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

} // namespace
} // namespace headlight::benchmarks
