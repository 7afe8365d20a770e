#include "ui/evidence/evidence_feed.h"

#include "engine/core/errors.h"

#include <QMetaObject>

#include <algorithm>
#include <chrono>

namespace headlight {

namespace {
constexpr size_t mostMeasured = 64; ///< rows that are kept of one recording
constexpr std::chrono::milliseconds reportEvery{250};

OutputPaths pathsOf(const Trace& trace, const LoadedModel& model, const ChosenOutput& output) {
    constexpr int guesses = 3;
    OutputPaths result;
    result.lens = logitLens(trace, *model.model, *model.tokenizer, output.position, guesses);
    try {
        result.paths = model.model->directPaths(trace.recording, output.position, output.id);
    } catch (const RequestError&) {
        result.paths.reset(); // a recording without vectors
    }
    return result;
}
} // namespace

EvidenceFeed::EvidenceFeed(std::function<void(std::stop_token)> waitWhileBusy, QObject* parent)
    : QObject(parent), m_jobs(std::move(waitWhileBusy)) {}

void EvidenceFeed::setModel(std::shared_ptr<const LoadedModel> model) {
    m_model = std::move(model);
    forget();
}

void EvidenceFeed::forget() {
    rest();
    m_trace.reset();
    m_measured.clear();
    m_pathsOf.reset();
    m_paths.reset();
}

void EvidenceFeed::rest() {
    if (m_job != 0)
        m_jobs.cancel(m_job);
    m_job = 0;
    ++m_number;
    m_atWork.reset();
    m_question.reset();
    m_problem.clear();
    m_progress.reset();
}

std::optional<ChosenOutput> EvidenceFeed::outputFor(const Trace& trace, int query,
                                                    const std::string& piece) const {
    const Trace& unchanged = trace.baseline ? *trace.baseline : trace;
    std::optional<ChosenOutput> output = topAnswer(unchanged, query);
    // Of another model's recording, the piece may have another id, or none.
    if (output && m_model && m_model->sha256 == trace.modelSha256 && !piece.empty())
        if (const int id = m_model->tokenizer->id(piece); id >= 0 && id < trace.shape.vocabularySize)
            output->id = id;
    return output;
}

void EvidenceFeed::ask(const std::shared_ptr<const Trace>& trace, const TruthQuestion& question,
                       bool withTruth, bool inPassing) {
    if (!trace || (trace == m_trace && m_question == question && m_withTruth == withTruth))
        return;
    const bool isAtWork = m_atWork == question && m_truthAtWork == withTruth;
    if (trace == m_trace && m_job != 0 && (inPassing || isAtWork)) {
        m_question = question;
        m_withTruth = withTruth;
        return; // finish() starts it, if it was not what is at work
    }
    if (trace != m_trace)
        forget();
    else
        rest();
    m_trace = trace;
    m_question = question;
    m_withTruth = withTruth;
    if (!m_model || m_model->sha256 != trace->modelSha256) {
        m_problem = tr("Nothing can be measured in a recording of another model; open that model.");
        return;
    }
    start();
}

void EvidenceFeed::start() {
    const bool wantsPaths = m_pathsOf != m_question->output || !m_paths;
    if (wantsPaths) {
        m_pathsOf = m_question->output;
        m_paths.reset();
    }
    const bool wantsTruth = m_withTruth && !truth();
    if (!wantsPaths && !wantsTruth)
        return;
    m_atWork = m_question;
    m_truthAtWork = m_withTruth;
    const auto work = [this, number = m_number, trace = m_trace, model = m_model, question = *m_question,
                       wantsPaths, wantsTruth](const JobControl& control) {
        try {
            if (wantsPaths) {
                auto paths = std::make_shared<const OutputPaths>(pathsOf(*trace, *model, question.output));
                tell(number, [this, paths] { m_paths = paths; });
            }
            if (wantsTruth)
                measure(number, trace, model, question, control);
        } catch (const Cancelled&) {
            throw;
        } catch (const std::exception& error) {
            tell(number, [this, question, sentence = QString::fromUtf8(error.what())] {
                if (m_question == question)
                    m_problem = sentence;
            });
        }
        tell(number, [this] { finish(); });
    };
    m_job = m_jobs.add(tr("Measuring a row"), work);
}

void EvidenceFeed::finish() {
    m_job = 0;
    const std::optional<TruthQuestion> done = std::exchange(m_atWork, std::nullopt);
    if (m_question && (m_question != done || m_withTruth != m_truthAtWork))
        start();
}

std::optional<double> EvidenceFeed::progress() const {
    return m_question == m_atWork ? m_progress : std::nullopt;
}

void EvidenceFeed::measure(quint64 number, const std::shared_ptr<const Trace>& trace,
                           const std::shared_ptr<const LoadedModel>& model, const TruthQuestion& question,
                           const JobControl& control) {
    JobControl quiet; // what is reported wakes the window up, so it is little
    quiet.stop = control.stop;
    quiet.stepAside = control.stepAside;
    auto last = std::chrono::steady_clock::now();
    quiet.report = [&](const Progress& progress) {
        const auto now = std::chrono::steady_clock::now();
        if (now - last < reportEvery)
            return;
        last = now;
        tell(number, [this, fraction = progress.fraction] { m_progress = fraction; });
    };
    auto column = std::make_shared<const TruthColumn>(truthColumn(*trace, *model->model, question, quiet));
    tell(number, [this, question, column] {
        if (m_measured.size() >= mostMeasured)
            m_measured.erase(m_measured.begin());
        m_measured.push_back({question, column});
        m_progress.reset();
    });
}

void EvidenceFeed::tell(quint64 number, std::function<void()> keep) {
    QMetaObject::invokeMethod(
        this,
        [this, number, keep = std::move(keep)] {
            if (number != m_number)
                return;
            keep();
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

std::shared_ptr<const TruthColumn> EvidenceFeed::truth() const {
    const auto found = std::find_if(m_measured.begin(), m_measured.end(),
                                    [this](const Measured& each) { return m_question == each.question; });
    return found == m_measured.end() ? nullptr : found->column;
}

std::shared_ptr<const OutputPaths> EvidenceFeed::paths() const {
    return m_question && m_pathsOf == m_question->output ? m_paths : nullptr;
}

} // namespace headlight
