#include "engine/layers/linear.h"
#include "engine/layers/parameter_list.h"

#include <benchmark/benchmark.h>

namespace headlight::benchmarks {
namespace {

/// Several layers of one shape, so large together that each finds its weights outside the caches, as in a
/// model's pass.
class ColdLayers {
public:
    ColdLayers(Index inputs, Index outputs, bool packed) {
        const Index bytes = inputs * outputs * static_cast<Index>(sizeof(float));
        const Index count = std::clamp<Index>(coldBytes / bytes, 1, 64);
        for (Index i = 0; i < count; ++i) {
            Parameter<float>& weight = m_parameters.matrix("weight", outputs, inputs);
            Parameter<float>& bias = m_parameters.vector("bias", outputs);
            weight.value.setRandom();
            m_layers.emplace_back(weight, &bias);
            if (packed)
                m_layers.back().pack();
        }
    }
    const Linear<float>& next() { return m_layers[m_next++ % m_layers.size()]; }

private:
    static constexpr Index coldBytes = 96 << 20;
    ParameterList<float> m_parameters;
    std::vector<Linear<float>> m_layers;
    size_t m_next = 0;
};

void linear(benchmark::State& state, bool packed) {
    const Index n = state.range(0), inputs = state.range(1), outputs = state.range(2);
    if (packed && packedBackendName().empty()) {
        state.SkipWithError("oneDNN is not built in");
        return;
    }
    ColdLayers layers(inputs, outputs, packed);
    Matrix<float> x = Matrix<float>::Random(n, inputs), y(n, outputs);
    double flops = 0;
    for ([[maybe_unused]] auto _ : state) {
        const Linear<float>& layer = layers.next();
        layer.forward(x, y);
        benchmark::DoNotOptimize(y.data());
        flops += layer.flops(n);
    }
    state.counters["GFLOP/s"] = benchmark::Counter(flops * 1e-9, benchmark::Counter::kIsRate);
}

void shapes(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgNames({"rows", "in", "out"})->UseRealTime();
    for (const int64_t n : {1, 8, 16, 32, 128})
        benchmark->Args({n, 768, 3072});
    for (const int64_t n : {16, 32, 128}) {
        benchmark->Args({n, 128, 128});
        benchmark->Args({n, 128, 512});
        benchmark->Args({n, 512, 128});
    }
}

BENCHMARK_CAPTURE(linear, plain, false)->Apply(shapes);
BENCHMARK_CAPTURE(linear, packed, true)->Apply(shapes);

} // namespace
} // namespace headlight::benchmarks
