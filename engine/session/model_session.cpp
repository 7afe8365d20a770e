#include "engine/session/model_session.h"

#include "engine/core/errors.h"
#include "engine/edits/resolve.h"
#include "engine/files/model_folder.h"
#include "engine/models/registry.h"
#include "engine/session/model_notes.h"
#include "engine/session/platform.h"
#include "engine/text/registry.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <new>

namespace headlight {

namespace {
Encoding encode(const LoadedModel& model, const std::string& text, const std::string& pair) {
    return model.tokenizer->encode(text, pair, static_cast<size_t>(model.model->shape().maximumTokens));
}

void checkUtf8(const std::string& text, const char* what) {
    const std::optional<size_t> at = firstInvalidUtf8(text);
    if (!at)
        return;
    std::array<char, 8> hex{};
    std::snprintf(hex.data(), hex.size(), "0x%02x", static_cast<unsigned char>(text[*at]));
    throw RequestError(std::string(what) + " is not UTF-8: byte " + std::to_string(*at) + " (" + hex.data() +
                       ") does not belong there; save it as UTF-8 and try again");
}

std::string megabytes(int64_t bytes) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f MB", static_cast<double>(bytes) / 1e6);
    return text.data();
}

void checkMemory(const RunRequest& request, const ModelShape& shape, int64_t tokens) {
    const int64_t passes = request.edits.empty() ? 1 : 2; // the unchanged one is kept beside
    const int64_t needed = passes * plannedBytes(request.plan, shape, tokens);
    const int64_t allowed = request.memoryBudget > 0 ? request.memoryBudget : memoryBytes() / 4;
    if (allowed > 0 && needed > allowed)
        throw RequestError(megabytes(needed) + " are needed to record " + std::to_string(tokens) +
                           " tokens, and " + megabytes(allowed) +
                           " are allowed; shorten the text, record less, or allow more memory");
}

/// What a trace says about itself beside its numbers.
void describe(Trace& trace, const LoadedModel& model, const RunRequest& request) {
    static const std::string processor = processorName();
    trace.model = model.name;
    trace.modelSha256 = model.sha256;
    trace.text = request.text;
    trace.pairText = request.pair;
    trace.shape = model.model->shape();
    trace.workspace = request.workspace;
    trace.cpu = processor;
    trace.threads = model.model->threads();
    trace.backend = model.model->backend();
}

/// Token ids without an embedding row would only be found in the middle of a run.
void checkVocabulary(const LoadedModel& model) {
    const size_t pieces = model.tokenizer->vocabularySize();
    const auto rows = static_cast<size_t>(model.model->shape().vocabularySize);
    if (pieces > rows)
        throw FileError(model.folder.string(), "the tokenizer has " + std::to_string(pieces) +
                                                   " pieces, but the model knows " + std::to_string(rows) +
                                                   "; the tokenizer files belong to another model");
}

/// The first run builds what later ones find ready.
void warmUp(const LoadedModel& model) {
    const ModelInput input = inputOf(encode(model, "Headlight", {}));
    if (!input.ids.empty())
        model.model->run(input, RecordPlan::everything(), {});
}
} // namespace

std::shared_ptr<const LoadedModel> LoadedModel::load(const std::string& nameOrFolder,
                                                     const ModelOptions& options) {
    const ModelFolder folder = ModelFolder::open(modelFolderOf(nameOrFolder));
    auto loaded = std::make_shared<LoadedModel>();
    loaded->name = folder.name();
    loaded->folder = folder.path();
    loaded->model = loadModel(folder, options);
    loaded->tokenizer = loadTokenizer(folder.path());
    loaded->sha256 = folder.weights().sha256();
    checkVocabulary(*loaded);
    loaded->notes = readModelNotes(folder, loaded->model->shape());
    warmUp(*loaded);
    return loaded;
}

void ModelSession::readPatterns(Trace& trace, const std::stop_token& stop) const {
    const auto isPattern = [](const Edit& edit) { return std::holds_alternative<TextPattern>(edit.what); };
    if (std::none_of(trace.edits.begin(), trace.edits.end(), isPattern))
        return;
    std::vector<TextPattern> kept;
    {
        const std::lock_guard lock(m_patterns->mutex);
        kept = m_patterns->read;
    }
    std::map<std::pair<std::string, std::string>, Recording> read; // each other sentence once
    std::vector<TextPattern> used;
    const auto misfit = [&trace](size_t tokens) {
        if (tokens == trace.tokens().size())
            return false;
        trace.unusedEdits.push_back(std::string(TextPattern::kind) + ": the other sentence has " +
                                    std::to_string(tokens) + " tokens and this one " +
                                    std::to_string(trace.tokens().size()) +
                                    "; a pattern fits only where they are as many");
        return true;
    };
    std::erase_if(trace.edits, [&](Edit& edit) {
        auto* pattern = std::get_if<TextPattern>(&edit.what);
        if (!pattern)
            return false;
        if (const auto known = std::find(kept.begin(), kept.end(), *pattern); known != kept.end()) {
            pattern->weights = known->weights;
            used.push_back(*pattern);
            return misfit(static_cast<size_t>(pattern->weights->dimension(0)));
        }
        const Encoding encoding = encode(*m_model, pattern->text, pattern->pair);
        if (misfit(encoding.tokens.size()))
            return true;
        const auto [at, isNew] = read.try_emplace({pattern->text, pattern->pair});
        if (isNew) {
            RunControl control;
            control.stop = stop;
            at->second = m_model->model->run(inputOf(encoding), {false, false, false, {}}, control);
        }
        for (const StackRecord& stack : at->second.stacks)
            if (stack.stack == pattern->from.stack) {
                const Tensor<float>& all = stack.sites[static_cast<size_t>(pattern->from.layer)]->weights;
                const auto n = static_cast<size_t>(all.dimension(1) * all.dimension(2));
                pattern->weights = std::make_shared<const Tensor<float>>(
                    std::vector<int64_t>{all.dimension(1), all.dimension(2)},
                    all.values().subspan(static_cast<size_t>(pattern->from.head) * n, n));
                used.push_back(*pattern);
            }
        return false;
    });
    const std::lock_guard lock(m_patterns->mutex);
    m_patterns->read = std::move(used);
}

RunResult ModelSession::run(const RunRequest& request, std::stop_token stop,
                            const std::function<void()>& halfDone) const {
    const auto begin = std::chrono::steady_clock::now();
    const auto failed = [&request](std::string sentence) {
        return RunResult{RunResult::Kind::failed, request.id, nullptr, std::move(sentence)};
    };
    try {
        checkUtf8(request.text, "The text");
        checkUtf8(request.pair, "The second text");
        for (const Edit& edit : request.edits)
            if (const auto* pattern = std::get_if<TextPattern>(&edit.what))
                checkUtf8(pattern->text + " " + pattern->pair, "The other sentence of an edit");
        const Model& model = *m_model->model;
        auto trace = std::make_shared<Trace>();
        trace->encoding = encode(*m_model, request.text, request.pair);
        if (trace->tokens().empty())
            throw RequestError("There is nothing to read: the text has no token.");
        checkMemory(request, model.shape(), static_cast<int64_t>(trace->tokens().size()));

        ResolvedEdits resolved = resolve(request.edits, trace->tokens(), headsOf(model.shape()));
        for (const UnusedEdit& unused : resolved.unused)
            trace->unusedEdits.push_back(unused.reason);
        trace->edits = std::move(resolved.edits);
        readPatterns(*trace, stop);

        RunControl control;
        control.stop = stop;
        control.edits = trace->edits;
        bool saidHalf = false;
        control.layerFinished = [&halfDone, &saidHalf](const Recording&, int done, int of) {
            if (saidHalf || !halfDone || 2 * done < of)
                return;
            saidHalf = true;
            halfDone();
        };
        trace->recording = model.run(inputOf(trace->encoding), request.plan, control);

        describe(*trace, *m_model, request);
        trace->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        if (trace->edits.empty())
            keepBaseline(trace, request.plan);
        else
            trace->baseline = baselineOf(*trace, request, stop);
        return {RunResult::Kind::completed, request.id, std::move(trace), {}};
    } catch (const Cancelled&) {
        return {RunResult::Kind::cancelled, request.id, nullptr, {}};
    } catch (const std::bad_alloc&) {
        return failed("There is not enough memory to record this text; shorten it.");
    } catch (const std::exception& error) {
        return failed(error.what());
    }
}

std::shared_ptr<const Trace> ModelSession::baselineOf(const Trace& trace, const RunRequest& request,
                                                      std::stop_token stop) const {
    {
        const std::lock_guard lock(m_unchanged->mutex);
        const std::shared_ptr<const Trace>& kept = m_unchanged->trace;
        if (kept && kept->text == request.text && kept->pairText == request.pair &&
            m_unchanged->plan == request.plan)
            return kept;
    }
    const auto begin = std::chrono::steady_clock::now();
    auto baseline = std::make_shared<Trace>();
    baseline->encoding = trace.encoding;
    RunControl control;
    control.stop = std::move(stop);
    baseline->recording = m_model->model->run(inputOf(trace.encoding), request.plan, control);
    describe(*baseline, *m_model, request);
    baseline->workspace.clear(); // which has the edits
    baseline->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    keepBaseline(baseline, request.plan);
    return baseline;
}

void ModelSession::keepBaseline(std::shared_ptr<const Trace> trace, const RecordPlan& plan) const {
    const std::lock_guard lock(m_unchanged->mutex);
    m_unchanged->trace = std::move(trace);
    m_unchanged->plan = plan;
}

} // namespace headlight
