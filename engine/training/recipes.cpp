#include "engine/training/recipes.h"

#include "engine/core/errors.h"
#include "engine/training/reader_recipe.h"

namespace headlight {

const std::vector<Recipe>& recipes() {
    static const std::vector<Recipe> all = {
        {"reader", "a small BERT that says which noun a pronoun stands for", &trainReader},
    };
    return all;
}

void trainRecipe(const std::string& name, const TrainOptions& options, const JobControl& control) {
    std::string known;
    for (const Recipe& recipe : recipes()) {
        if (recipe.name == name) {
            if (options.steps < 0 || options.threads < 1)
                throw RequestError("A training needs at least one step and one thread.");
            if (options.out.empty())
                throw RequestError("A training needs a folder to write the model to.");
            recipe.train(options, control);
            return;
        }
        known += (known.empty() ? "" : ", ") + recipe.name;
    }
    throw RequestError("There is no recipe \"" + name + "\"; known are: " + known + ".");
}

} // namespace headlight
