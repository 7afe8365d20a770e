#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/training/recipes.h"

#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <ostream>

namespace headlight {

namespace {
constexpr long long mostSteps = 100'000'000;
constexpr long long mostThreads = 1024;

volatile std::sig_atomic_t interrupted = 0;

/// While it lives, Ctrl-C asks for an end that keeps what was learned; a second one ends the program at once.
class InterruptWatch {
public:
    InterruptWatch() {
        interrupted = 0;
        m_before = std::signal(SIGINT, [](int) {
            interrupted = 1;
            std::signal(SIGINT, SIG_DFL);
        });
    }
    ~InterruptWatch() { std::signal(SIGINT, m_before == SIG_ERR ? SIG_DFL : m_before); }
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;

private:
    void (*m_before)(int) = SIG_DFL;
};

/// "3:05"
std::string minutes(double seconds) {
    const long whole = std::lround(seconds);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%ld:%02ld", whole / 60, whole % 60);
    return text.data();
}

std::string lineOf(const Progress& progress) {
    std::array<char, 16> percent{};
    std::snprintf(percent.data(), percent.size(), "%5.1f %%", progress.fraction * 100);
    std::string line = std::string(percent.data()) + "  " + progress.message;
    if (progress.secondsLeft >= 0)
        line += "  " + minutes(progress.secondsLeft) + " left";
    return line;
}

TrainOptions optionsOf(const Arguments& arguments) {
    TrainOptions options;
    options.out = arguments.value("out", {});
    options.data = arguments.value("data", {});
    options.steps = arguments.integer("steps", 1, mostSteps).value_or(options.steps);
    options.seed = static_cast<uint64_t>(arguments.integer("seed", 1, mostSteps).value_or(0));
    options.threads =
        static_cast<int>(arguments.integer("threads", 1, mostThreads).value_or(options.threads));
    return options;
}

void checkRecipe(const std::string& name) {
    std::string known;
    for (const Recipe& recipe : recipes()) {
        if (recipe.name == name)
            return;
        known += (known.empty() ? "" : ", ") + recipe.name;
    }
    throw UsageError("there is no recipe \"" + name + "\"; there is " + known);
}

void run(const Arguments& arguments, Streams& streams) {
    const std::string name = *arguments.positional(0);
    checkRecipe(name);
    const TrainOptions options = optionsOf(arguments);

    using Clock = std::chrono::steady_clock;
    constexpr auto betweenLines = std::chrono::seconds(1);
    std::stop_source stop;
    Clock::time_point nextLine = Clock::now();
    JobControl control;
    control.stop = stop.get_token();
    control.report = [&](const Progress& progress) {
        if (Clock::now() < nextLine && progress.fraction < 1)
            return;
        nextLine = Clock::now() + betweenLines;
        streams.error << lineOf(progress) << std::endl;
    };
    control.stepAside = [&stop] {
        if (interrupted)
            stop.request_stop();
    };

    const InterruptWatch watch;
    try {
        trainRecipe(name, options, control);
    } catch (const Cancelled&) {
        throw RequestError("stopped; what was learned so far is kept in " + options.out.string() +
                           ", and the same command goes on from there");
    }
    constexpr size_t maximumMetricsBytes = 1 << 20;
    const std::filesystem::path metrics = options.out / "metrics.json";
    if (std::filesystem::exists(metrics))
        streams.out << readTextFile(metrics, maximumMetricsBytes);
    streams.error << options.out.string() << " is trained; headlight look --model " << options.out.string()
                  << " --text T reads with it" << std::endl;
}

std::string help() {
    std::string text = "Trains a model, going on where an earlier call stopped. Recipes:";
    for (const Recipe& recipe : recipes())
        text += " " + recipe.name + " (" + recipe.description + ")";
    return text;
}
} // namespace

Command trainCommand() {
    return {"train",
            help(),
            {"RECIPE"},
            {{"out", "DIR", "the folder for the model; made if it is not there", true},
             {"data", "DIR", "a folder with corpora; without it, the recipe's own sentences alone"},
             {"steps", "N", "how many steps; without it, the recipe's number"},
             {"seed", "S", "another start of all random numbers"},
             {"threads", "T", "at most this many processors at a time"}},
            run};
}

} // namespace headlight
