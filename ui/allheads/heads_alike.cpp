#include "ui/allheads/heads_alike.h"

#include "engine/core/errors.h"
#include "engine/training/grammar.h"

#include <QFile>

#include <algorithm>
#include <chrono>
#include <utility>

namespace headlight {

namespace {
/// Logarithms of a pass over all pairs that take some milliseconds.
constexpr double quickLogarithms = 5e6;

double logarithms(const Trace& trace, Stack stack) {
    double heads = 0;
    double cells = 0;
    for (const HeadAddress& head : headsOf(trace))
        if (head.stack == stack) {
            heads += 1;
            const auto& weights = trace.site(stack, head.layer)->weights;
            cells = static_cast<double>(weights.dimension(1)) * static_cast<double>(weights.dimension(2));
        }
    return heads * heads / 2 * cells;
}
} // namespace

HeadsAlike headsAlike(const Trace& trace, Stack stack, const JobControl& control) {
    HeadsAlike result;
    try {
        result.similarity = similarityOf(trace, stack, control);
        result.tree = averageLinkage(result.similarity.distances());
    } catch (const Error& error) {
        result = {};
        result.problem = QString::fromUtf8(error.what());
    }
    return result;
}

std::vector<SearchSentence> sentencesOfGrammar(int count) {
    const Lexicon lexicon;
    return grammarSentences(Grammar(lexicon), count, 1);
}

std::vector<SearchSentence> sentencesOfFile(const QString& path) {
    constexpr qint64 largest = 16LL << 20;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw RequestError(path.toStdString() + " cannot be read: " + file.errorString().toStdString() + ".");
    const QByteArray content = file.read(largest + 1);
    if (content.size() > largest)
        throw RequestError(path.toStdString() +
                           " is larger than 16 MiB, which is more than a list of sentences.");
    return parseSearchSentences({content.data(), static_cast<size_t>(content.size())}, path.toStdString());
}

HeadsAlike headsAlikeOver(const std::shared_ptr<const LoadedModel>& model, Stack stack,
                          const std::vector<SearchSentence>& sentences, const JobControl& control) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point begin = Clock::now();
    const ModelSession session(model);
    SimilarityMean mean(stack);
    for (size_t i = 0; i < sentences.size(); ++i) {
        control.stepAside();
        RunRequest request;
        request.text = sentences[i].text;
        request.plan = RecordPlan::weightsOnly();
        const RunResult result = session.run(request, control.stop);
        if (control.stop.stop_requested() || result.kind == RunResult::Kind::cancelled)
            throw Cancelled();
        if (result.kind != RunResult::Kind::completed)
            throw RequestError(
                (sentences[i].line > 0 ? "line " + std::to_string(sentences[i].line) + ": " : std::string()) +
                result.message);
        mean.add(*result.trace);
        const double done = static_cast<double>(i + 1) / static_cast<double>(sentences.size());
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        control.report({done, seconds / done - seconds,
                        "sentence " + std::to_string(i + 1) + " of " + std::to_string(sentences.size())});
    }
    HeadsAlike result;
    result.similarity = mean.mean();
    result.tree = averageLinkage(result.similarity.distances());
    return result;
}

void HeadsAlikeFeed::ask(const std::shared_ptr<const Trace>& trace, Stack stack) {
    if (trace == m_trace && stack == m_stack)
        return;
    m_trace = trace;
    m_stack = stack;
    m_work.ask(
        logarithms(*trace, stack) <= quickLogarithms,
        [trace, stack](const JobControl& control) { return headsAlike(*trace, stack, control); },
        [this](HeadsAlike answer) {
            m_answer = std::make_shared<const HeadsAlike>(std::move(answer));
            Q_EMIT changed();
        });
    if (busy())
        Q_EMIT changed();
}

std::shared_ptr<const HeadsAlike> HeadsAlikeFeed::answerTo(const Trace& trace, Stack stack) const {
    return m_trace.get() == &trace && m_stack == stack && !busy() ? m_answer : nullptr;
}

} // namespace headlight
