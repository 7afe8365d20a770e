#include "engine/training/reader_recipe.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/models/bert_training.h"
#include "engine/models/registry.h"
#include "engine/text/registry.h"
#include "engine/training/masked_word_task.h"
#include "engine/training/model_folder_writer.h"
#include "engine/training/reader_card.h"
#include "engine/training/reader_evaluation.h"
#include "engine/training/vocabulary.h"

#include <algorithm>

namespace headlight {

namespace {
constexpr int64_t recipeSteps = 6000;
constexpr uint64_t recipeSeed = 1;
constexpr int64_t evaluationSample = 1000; // sentences a set; trials of a few steps are measured on fewer
constexpr uint64_t evaluationSeed = 2026;
} // namespace

BertConfig readerConfig(int vocabularySize) {
    BertConfig config;
    config.vocabularySize = vocabularySize;
    config.width = 128;
    config.layers = 3;
    config.heads = 4;
    config.feedForward = 512;
    config.maximumPositions = 128;
    config.attentionDropout = 0.2;
    config.hiddenDropout = 0.1;
    return config;
}

namespace {
constexpr const char* checkpointName = "training.safetensors";

/// A folder is trained into when it is new, empty, or holds a training to go on with; nobody's files are
/// replaced.
void checkFolder(const std::filesystem::path& folder) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder, ignored) ||
        std::filesystem::exists(folder / checkpointName, ignored) ||
        std::filesystem::is_empty(folder, ignored))
        return;
    if (std::filesystem::exists(folder / "metrics.json", ignored))
        throw FileError(folder.string(),
                        "there is a trained model in this folder already; name another folder, or "
                        "delete this one to train anew");
    throw FileError(folder.string(),
                    "this folder has other files in it and no training to go on with; name a new folder");
}
} // namespace

void trainReader(const TrainOptions& options, const JobControl& control) {
    if (!options.data.empty())
        throw RequestError("The recipe reader is trained on its grammar alone; leave --data out.");
    checkFolder(options.out);
    const uint64_t seed = options.seed ? options.seed : recipeSeed;
    const int64_t steps = options.steps ? options.steps : recipeSteps;
    const Lexicon lexicon;
    const Grammar grammar(lexicon);
    const std::vector<std::string> vocabulary = buildVocabulary(lexicon, grammar);
    const BertConfig config = readerConfig(static_cast<int>(vocabulary.size()));

    StagedFolder folder(options.out);
    writeTokenizerFiles(folder.stage(), vocabulary, config.maximumPositions);
    const std::shared_ptr<const Tokenizer> tokenizer = loadTokenizer(folder.stage());

    BertTrainable<float> model(config, seed);
    MaskedWordTask::Options taskOptions;
    taskOptions.seed = seed + 1'000'003;
    taskOptions.answerWeight = 2;
    taskOptions.maximumTokens = config.maximumPositions;
    MaskedWordTask task(grammar, *tokenizer, taskOptions);
    TrainerOptions training;
    training.schedule = {3e-3, std::min<int64_t>(400, steps / 10), steps, 0.0,
                         LearningRateSchedule::Decay::cosine};
    training.dropoutSeed = seed;
    training.threads = options.threads;
    training.checkpoint = options.out / checkpointName;
    training.identity = "reader, seed " + std::to_string(seed) + ", " + std::to_string(steps) + " steps";
    const TrainerSummary summary = train(model, task, training, control);

    writeBert(folder.stage(), config, model.network().parameters());
    const std::shared_ptr<const Model> written = loadModel(ModelFolder::open(folder.stage()));
    const ReaderFigures figures =
        evaluateReader(*written, *tokenizer, grammar,
                       static_cast<int>(std::min(evaluationSample, 10 * steps)), evaluationSeed, control);
    const ReaderCard card{config, written->shape().parameters, seed, options.threads, summary, figures};
    writeFileAtomically(folder.stage() / "metrics.json", toJson(figures).dump(2) + '\n');
    writeFileAtomically(folder.stage() / "headlight.json", readerNotes(card));
    writeFileAtomically(folder.stage() / "README.md", readerCardText(card));
    folder.publish();
    std::filesystem::remove(training.checkpoint);
}

} // namespace headlight
