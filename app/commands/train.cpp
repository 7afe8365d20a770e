#include "app/commands/job_console.h"
#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/training/recipes.h"

#include <ostream>

namespace headlight {

namespace {
constexpr long long mostSteps = 100'000'000;
constexpr long long mostThreads = 1024;

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

    JobConsole console(streams.error);
    try {
        trainRecipe(name, options, console.control());
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
