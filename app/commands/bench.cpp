#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "engine/core/errors.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ostream>

namespace headlight {

namespace {
constexpr const char* usualTokens = "8,16,32,64,128";
constexpr size_t fewestRuns = 5;
constexpr size_t mostRuns = 1000;
constexpr double secondsForOneLength = 0.5;

struct Measurement {
    std::string backend;
    int threads = 1;
    int tokens = 0;
    double milliseconds = 0; ///< median of one pass with everything recorded
    double gigaflops = 0;    ///< a second; 0 where the model does not say what a pass costs
};

std::vector<int> lengthsOf(const std::string& list, int maximum) {
    std::vector<int> lengths;
    for (size_t begin = 0; begin <= list.size();) {
        const size_t end = std::min(list.find(',', begin), list.size());
        const std::optional<long long> length = parseInteger(list.substr(begin, end - begin));
        if (!length || *length < 1)
            throw UsageError("--tokens is a list of whole numbers such as 8,16,64, not \"" + list + "\"");
        if (*length > maximum)
            throw RequestError("this model reads " + std::to_string(maximum) + " tokens at most, not " +
                               std::to_string(*length));
        lengths.push_back(static_cast<int>(*length));
        begin = end + 1;
    }
    return lengths;
}

/// Ids spread over the vocabulary, so that embedding rows come from everywhere as in a real text.
ModelInput inputOf(int tokens, int vocabularySize) {
    constexpr uint64_t spread = 2654435761;
    ModelInput input;
    for (uint64_t i = 0; i < static_cast<uint64_t>(tokens); ++i)
        input.ids.push_back(static_cast<int>(i * spread % static_cast<uint64_t>(vocabularySize)));
    return input;
}

Measurement measure(const Model& model, int tokens) {
    using Clock = std::chrono::steady_clock;
    const ModelInput input = inputOf(tokens, model.shape().vocabularySize);
    model.run(input, RecordPlan::everything(), {}); // prepares this length
    std::vector<double> seconds;
    const auto begin = Clock::now();
    const auto since = [](Clock::time_point start) {
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    while (seconds.size() < fewestRuns || (since(begin) < secondsForOneLength && seconds.size() < mostRuns)) {
        const auto start = Clock::now();
        model.run(input, RecordPlan::everything(), {});
        seconds.push_back(since(start));
    }
    const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
    std::nth_element(seconds.begin(), middle, seconds.end());
    return {model.backend(), model.threads(), tokens, *middle * 1e3, model.flops(tokens) / *middle / 1e9};
}

void printText(const std::vector<Measurement>& measurements, std::ostream& out) {
    out << "One pass with everything recorded, median:\n";
    for (const Measurement& one : measurements) {
        std::array<char, 80> figures{};
        std::snprintf(figures.data(), figures.size(), "%4d tokens  %9.3f ms", one.tokens, one.milliseconds);
        out << "  " << padded(one.backend, 28) << figures.data();
        if (one.gigaflops > 0) {
            std::snprintf(figures.data(), figures.size(), "  %7.1f GFLOP/s", one.gigaflops);
            out << figures.data();
        }
        out << "\n";
    }
}

void run(const Arguments& arguments, Streams& streams) {
    std::vector<Measurement> measurements;
    for (const BackendChoice backend : {BackendChoice::plain, BackendChoice::packed}) {
        const auto loaded = LoadedModel::load(arguments.value("model", {}), {backend});
        const Model& model = *loaded->model;
        // Where packing is not built in, both choices are the same backend.
        if (!measurements.empty() && measurements.back().backend == model.backend())
            break;
        const int maximum = model.shape().maximumTokens;
        const std::optional<std::string> list = arguments.value("tokens");
        std::vector<int> lengths = lengthsOf(list.value_or(usualTokens), list ? maximum : 128);
        std::erase_if(lengths, [maximum](int length) { return length > maximum; });
        for (const int tokens : lengths)
            measurements.push_back(measure(model, tokens));
    }
    if (!arguments.has("json")) {
        printText(measurements, streams.out);
        return;
    }
    nlohmann::ordered_json json{{"model", arguments.value("model", {})},
                                {"runs", nlohmann::ordered_json::array()}};
    for (const Measurement& one : measurements)
        json["runs"].push_back(
            {{"backend", one.backend},
             {"threads", one.threads},
             {"tokens", one.tokens},
             {"milliseconds", one.milliseconds},
             {"gflops", one.gigaflops > 0 ? nlohmann::ordered_json(one.gigaflops) : nullptr}});
    streams.out << jsonText(json) << "\n";
}
} // namespace

Command benchCommand() {
    return {"bench",
            "Times a forward pass with full recording, with each backend of the linear layers.",
            {},
            {modelOption(), {"tokens", "LIST", "lengths of the text, such as 8,16,64"}, jsonOption()},
            run};
}

} // namespace headlight
