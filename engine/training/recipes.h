#pragma once

#include "engine/core/progress.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace headlight {

/// What the person who starts a training chooses.
struct TrainOptions {
    std::filesystem::path out;  ///< folder for the model; made if it is not there
    std::filesystem::path data; ///< folder with corpora; empty: the recipe's grammar alone
    int64_t steps = 0;          ///< 0: the recipe's own number
    uint64_t seed = 0;          ///< 0: the recipe's own seed
    int threads = 2;
};

/// One bundled model's way into being. A new recipe is a new file and one line in recipes.cpp.
struct Recipe {
    std::string name;
    std::string description; ///< one line for people
    void (*train)(const TrainOptions&, const JobControl&);
};

const std::vector<Recipe>& recipes();

/// Trains and measures a model and writes its folder in Hugging Face layout: config.json, model.safetensors,
/// tokenizer files, headlight.json, metrics.json and the model card README.md. Throws Cancelled when told to
/// stop, leaving the training in the folder as *.safetensors, with which the same call goes on; RequestError
/// for an unknown recipe (names the known ones) or options that cannot be; FileError.
void trainRecipe(const std::string& name, const TrainOptions& options, const JobControl& control);

} // namespace headlight
