#include "engine/layers/linear.h"
#include "engine/session/platform.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <exception>

/// Says on which processor and with which backends the figures were taken.
int main(int argc, char** argv) {
    if (!std::getenv("HEADLIGHT_RESOURCES"))
        setenv("HEADLIGHT_RESOURCES", HEADLIGHT_SOURCE "/resources", 0);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::AddCustomContext("processor", headlight::processorName());
    benchmark::AddCustomContext("plain backend", headlight::plainBackendName());
    benchmark::AddCustomContext("packed backend", headlight::packedBackendName());
    const char* cap = std::getenv("ONEDNN_MAX_CPU_ISA");
    benchmark::AddCustomContext("ONEDNN_MAX_CPU_ISA", cap ? cap : "not set");
    try {
        benchmark::RunSpecifiedBenchmarks();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "headlight_benchmarks: %s\n", error.what());
        return 1;
    }
    benchmark::Shutdown();
}
