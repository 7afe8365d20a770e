#include "ui/allheads/heads_alike.h"

#include "engine/core/errors.h"

#include <algorithm>
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

HeadsAlike headsAlike(const Trace& trace, Stack stack) {
    HeadsAlike result;
    try {
        result.similarity = similarityOf(trace, stack);
        result.tree = averageLinkage(result.similarity.distances());
    } catch (const Error& error) {
        result = {};
        result.problem = QString::fromUtf8(error.what());
    }
    return result;
}

HeadsAlikeFeed::~HeadsAlikeFeed() {
    m_next.reset();
    if (m_worker.joinable())
        m_worker.join();
}

void HeadsAlikeFeed::ask(std::shared_ptr<const Trace> trace, Stack stack) {
    Question question{std::move(trace), stack};
    if (m_running) {
        m_next = std::move(question);
        return;
    }
    if (logarithms(*question.trace, stack) <= quickLogarithms) {
        m_answer = std::make_shared<const HeadsAlike>(headsAlike(*question.trace, stack));
        Q_EMIT changed();
        return;
    }
    start(std::move(question));
}

void HeadsAlikeFeed::start(Question question) {
    m_running = true;
    m_worker = std::jthread([this, asked = std::move(question)] {
        auto answer = std::make_shared<const HeadsAlike>(headsAlike(*asked.trace, asked.stack));
        QMetaObject::invokeMethod(
            this, [this, answer] { take(answer); }, Qt::QueuedConnection);
    });
    Q_EMIT changed(); // busy
}

void HeadsAlikeFeed::take(const std::shared_ptr<const HeadsAlike>& answer) {
    m_running = false;
    m_answer = answer;
    if (std::optional<Question> next = std::exchange(m_next, std::nullopt))
        ask(std::move(next->trace), next->stack);
    else
        Q_EMIT changed();
}

} // namespace headlight
