#include "ui/derived/derived_feed.h"

#include "engine/core/errors.h"
#include "engine/metrics/flow.h"
#include "engine/metrics/rollout.h"

#include <algorithm>
#include <span>
#include <utility>

namespace headlight {

namespace {
/// Multiplications of a rollout that take a few milliseconds.
constexpr double quickProducts = 4e6;

int64_t tokensOf(const DerivedQuestion& question) {
    return static_cast<int64_t>(question.trace->tokens().size());
}

int64_t levelsOf(const DerivedQuestion& question) {
    const int layers = question.trace->layers(question.stack);
    const std::optional<int>& last = question.graph.lastLayer;
    return last ? std::min(*last + 1, layers) + 1 : layers + 1;
}

/// Small enough for the thread of the window, and for a frame.
bool takesAMoment(const DerivedQuestion& question) {
    if (question.kind == DerivedKind::flow)
        return false;
    const auto tokens = static_cast<double>(tokensOf(question));
    const auto heads = static_cast<double>(question.trace->heads(question.stack));
    return static_cast<double>(levelsOf(question)) * tokens * tokens * (tokens + heads) <= quickProducts;
}

bool isLarge(const DerivedQuestion& question) {
    const int64_t nodes = levelsOf(question) * tokensOf(question);
    return question.kind == DerivedKind::flow && nodes > DerivedFeed::quickNodes && nodes <= maximumFlowNodes;
}

std::vector<float> inFloat(std::span<const double> row) {
    std::vector<float> result;
    std::transform(row.begin(), row.end(), std::back_inserter(result),
                   [](double value) { return static_cast<float>(value); });
    return result;
}

/// Throws Cancelled alone.
DerivedAnswer answerOf(const DerivedQuestion& question, const JobControl& control) {
    DerivedAnswer answer;
    answer.question = question;
    try {
        if (question.kind == DerivedKind::rollout) {
            answer.cells = attentionRollout(*question.trace, question.stack, question.graph).back();
        } else {
            answer.cells = Tensor<float>({tokensOf(question), tokensOf(question)});
            attentionFlows(
                *question.trace, question.stack, question.graph,
                [&](int output, std::span<const double> flow) {
                    const std::vector<float> row = inFloat(flow);
                    std::copy(row.begin(), row.end(), answer.cells.row(output).begin());
                },
                {}, control);
        }
    } catch (const RequestError& error) {
        answer.cells = {};
        answer.problem = QString::fromUtf8(error.what());
    }
    return answer;
}
} // namespace

DerivedFeed::DerivedFeed(Jobs* jobs, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_messenger(this), m_quiet({}) {
    if (jobs)
        connect(jobs, &Jobs::changed, this, &DerivedFeed::readNews);
}

DerivedFeed::~DerivedFeed() {
    m_messenger.close();
    stop();
}

void DerivedFeed::stop() {
    if (m_job != 0)
        m_jobs->cancel(m_job);
    if (m_quietJob != 0)
        m_quiet.cancel(m_quietJob);
    m_job = m_quietJob = 0;
}

void DerivedFeed::ask(const DerivedQuestion& question, int preferred) {
    prefer(preferred);
    if (question == m_question)
        return;
    stop();
    m_question = question;
    const quint64 turn = ++m_turn;
    if (!question.trace) {
        show(turn, {});
    } else if (!m_jobs || takesAMoment(question)) {
        show(turn, answerOf(question, {}));
    } else if (isLarge(question)) {
        m_answer = {};
        m_answer.question = question;
        m_state = State::offered;
        Q_EMIT changed();
    } else {
        m_state = State::computing;
        m_quietJob = m_quiet.add(
            tr("Derived map"), [this, question, turn, messenger = m_messenger](const JobControl& control) {
                const auto answer = std::make_shared<const DerivedAnswer>(answerOf(question, control));
                messenger.post([this, turn, answer] { show(turn, *answer); });
            });
        Q_EMIT changed();
    }
}

void DerivedFeed::start() {
    if (m_state != State::offered || !m_jobs)
        return;
    const auto tokens = static_cast<size_t>(tokensOf(m_question));
    if (m_answer.cells.empty()) {
        m_answer.cells = Tensor<float>({std::ssize(m_question.trace->tokens()), tokensOf(m_question)});
        m_answer.known.assign(tokens, false);
    }
    m_state = State::computing;
    m_job = m_jobs->add(tr("Attention flow"), [this, question = m_question, turn = m_turn,
                                               preferred = m_preferred, known = m_answer.known,
                                               messenger = m_messenger](const JobControl& control) {
        attentionFlows(
            *question.trace, question.stack, question.graph,
            [&](int output, std::span<const double> flow) {
                messenger.post([this, turn, output, row = inFloat(flow)] { showRow(turn, output, row); });
            },
            {[&] { return preferred->load(); }, known}, control);
    });
    Q_EMIT changed();
}

void DerivedFeed::showRow(quint64 turn, int query, const std::vector<float>& row) {
    if (turn != m_turn)
        return;
    std::copy(row.begin(), row.end(), m_answer.cells.row(query).begin());
    m_answer.known[static_cast<size_t>(query)] = true;
    Q_EMIT changed();
}

void DerivedFeed::show(quint64 turn, const DerivedAnswer& answer) {
    if (turn != m_turn)
        return;
    m_answer = answer;
    m_state = State::done;
    m_quietJob = 0;
    Q_EMIT changed();
}

void DerivedFeed::readNews(const JobState& state) {
    if (m_job == 0 || state.id != m_job || state.kind == JobState::Kind::waiting ||
        state.kind == JobState::Kind::running)
        return;
    m_job = 0;
    const bool whole = std::find(m_answer.known.begin(), m_answer.known.end(), false) == m_answer.known.end();
    m_state = whole ? State::done : State::offered; // stopped: what is known stays
    if (state.kind == JobState::Kind::failed)
        m_answer.problem = QString::fromStdString(state.message);
    Q_EMIT changed();
}

} // namespace headlight
