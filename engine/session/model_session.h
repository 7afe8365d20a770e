#pragma once

#include "engine/files/examples.h"
#include "engine/files/workspace.h"
#include "engine/models/model.h"
#include "engine/text/tokenizer.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace headlight {

/// What the window opens a model on; from the folder's optional `headlight.json`.
struct ModelNotes {
    std::string description;  ///< one line for people
    std::string exampleText;  ///< shown at the first start
    std::string exampleQuery; ///< word selected then
    std::string exampleHead;  ///< address of the head selected then, "encoder.1.head.2"
};

/// A model with its tokenizer, ready to read. Immutable and shared.
struct LoadedModel {
    std::string name; ///< "reader", or the folder's name
    std::filesystem::path folder;
    std::string sha256; ///< of model.safetensors
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Tokenizer> tokenizer;
    ModelNotes notes;

    /// A bundled name or a folder. Loads, checks that tokenizer and model agree on the vocabulary, and runs
    /// once so that the first real request is fast. Throws FileError, RequestError.
    static std::shared_ptr<const LoadedModel> load(const std::string& nameOrFolder,
                                                   const ModelOptions& options = {});
};

/// The folder with what comes with the program: HEADLIGHT_RESOURCES if set, else the installed one, found
/// from the program's own place, else the source tree of a program that was not installed.
std::filesystem::path resourceFolder();
std::vector<std::string> bundledModels();
/// The examples that come with the program; none where they are not there. Throws FileError when their file
/// is damaged.
std::vector<ExampleGroup> bundledExamples();
/// The folder that a bundled name or a path means; a bundled name wins. Throws RequestError that names the
/// bundled models.
std::filesystem::path modelFolderOf(const std::string& nameOrFolder);

/// How a workspace names a model, so that it can be opened again: a bundled one by its name, any other by its
/// folder.
ModelReference referenceOf(const LoadedModel& model);

/// One thing to compute.
struct RunRequest {
    uint64_t id = 0; ///< grows from request to request
    std::string text;
    std::string pair;
    RecordPlan plan;
    Edits edits; ///< of these texts, by anchors; one that is dormant, or does not fit the model, is left out
    std::string workspace;    ///< JSON carried into the trace
    int64_t memoryBudget = 0; ///< bytes a recording may take; 0: a quarter of this machine's memory
};

/// How a run ended. Partial results come before the Completed one; Cancelled is neither failure nor success.
struct RunResult {
    enum class Kind { completed, partial, cancelled, failed };
    Kind kind = Kind::failed;
    uint64_t id = 0;
    std::shared_ptr<const Trace> trace; ///< for completed and partial
    std::string message;                ///< for failed: one sentence for people
};

/// One model at work: text in, trace out. Keeps nothing between runs but the last unchanged pass, so that
/// the next edit of the same text need not repeat it, and the patterns of other sentences that were last
/// used, so that a keystroke need not read those sentences again.
class ModelSession {
public:
    explicit ModelSession(std::shared_ptr<const LoadedModel> model) : m_model(std::move(model)) {}
    const LoadedModel& model() const { return *m_model; }
    std::shared_ptr<const LoadedModel> sharedModel() const { return m_model; }

    /// Never throws: bad input (text that is not UTF-8, nothing to read, over the memory budget) is a
    /// `failed` result with its sentence. Sentences whose pattern an edit borrows are read first, unchanged;
    /// where one has another number of tokens, that edit is left out. Empty text is read as the special
    /// tokens alone. Calls `halfDone` once, when half of the layers are done. With edits that reach the pass,
    /// the unchanged pass is run as well and is the trace's baseline. May be called from several threads.
    RunResult run(const RunRequest& request, std::stop_token stop,
                  const std::function<void()>& halfDone = {}) const;

private:
    /// Gives the text patterns among the trace's edits their weights, kept or read; leaves out those that do
    /// not fit.
    void readPatterns(Trace& trace, const std::stop_token& stop) const;
    /// The unchanged pass over this encoding, kept or run.
    std::shared_ptr<const Trace> baselineOf(const Trace& trace, const RunRequest& request,
                                            std::stop_token stop) const;
    void keepBaseline(std::shared_ptr<const Trace> trace, const RecordPlan& plan) const;

    /// The last pass without edits.
    struct Unchanged {
        std::mutex mutex;
        std::shared_ptr<const Trace> trace; ///< guarded
        RecordPlan plan;                    ///< guarded
    };

    /// With their weights, of the last run that asked for any.
    struct Patterns {
        std::mutex mutex;
        std::vector<TextPattern> read; ///< guarded
    };

    std::shared_ptr<const LoadedModel> m_model;
    std::shared_ptr<Unchanged> m_unchanged = std::make_shared<Unchanged>();
    std::shared_ptr<Patterns> m_patterns = std::make_shared<Patterns>();
};

} // namespace headlight
