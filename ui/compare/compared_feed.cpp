#include "ui/compare/compared_feed.h"

#include "engine/files/text_change.h"

namespace headlight {

ComparedFeed::ComparedFeed(const TraceStore& store, const ViewOptions& options, const Document& document,
                           Runner& runner, QObject* parent)
    : QObject(parent), m_store(store), m_options(options), m_document(document), m_runner(runner) {
    connect(&store, &TraceStore::changed, this, &ComparedFeed::refresh);
    connect(&options, &ViewOptions::changed, this, &ComparedFeed::refresh);
    connect(&runner, &Runner::comparedReady, this,
            [this](quint64 id, const std::shared_ptr<const Trace>& trace) { take(id, trace, {}); });
    connect(&runner, &Runner::comparedFailed, this,
            [this](quint64 id, const QString& message) { take(id, nullptr, message); });
}

void ComparedFeed::setActive(bool on) {
    m_active = on;
    refresh();
}

void ComparedFeed::forget() {
    m_asked.reset();
    m_trace.reset();
    m_problem.clear();
    refresh();
}

ComparedFeed::Question ComparedFeed::question(const std::string& text) const {
    const Trace& current = *m_store.current();
    Question question{QString::fromStdString(text), QString::fromStdString(current.pairText), {}};
    if (!m_options.compared().unedited)
        question.edits = carried(m_document.edits().edits(), m_document.text().toStdString(),
                                 m_document.pair().toStdString(), text, current.pairText);
    return question;
}

void ComparedFeed::refresh() {
    const std::shared_ptr<const Trace>& current = m_store.current();
    if (!m_active || !current)
        return;
    const ComparedWith& with = m_options.compared();
    if (!with.text || *with.text == current->text) {
        m_asked.reset();
        show(with.unedited && current->baseline ? current->baseline : current, {});
        return;
    }
    Question wanted = question(*with.text);
    if (m_asked == wanted)
        return;
    const bool isFirst = !m_asked;
    m_asked = std::move(wanted);
    const quint64 id = m_runner.submitCompared(m_asked->text, m_asked->pair, m_asked->edits);
    if (isFirst) {
        // What is shown is of the window's own sentence, and so would the numbers be that stand beside this
        // one.
        m_oldest = id;
        show(nullptr, {});
    }
}

void ComparedFeed::take(quint64 id, const std::shared_ptr<const Trace>& trace, const QString& problem) {
    if (!m_asked || id < m_oldest || id < m_answered)
        return;
    m_answered = id;
    show(trace, problem);
}

void ComparedFeed::show(const std::shared_ptr<const Trace>& trace, const QString& problem) {
    if (trace == m_trace && problem == m_problem)
        return;
    m_trace = trace;
    m_problem = problem;
    Q_EMIT changed();
}

} // namespace headlight
