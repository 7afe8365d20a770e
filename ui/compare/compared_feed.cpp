#include "ui/compare/compared_feed.h"

#include "engine/files/text_change.h"

namespace headlight {

ComparedFeed::ComparedFeed(const TraceStore& store, const ViewOptions& options, const Document& document,
                           Runner& runner, OtherModelHooks models, QObject* parent)
    : QObject(parent), m_store(store), m_options(options), m_document(document), m_runner(runner),
      m_other(std::move(models)) {
    connect(&store, &TraceStore::changed, this, &ComparedFeed::refresh);
    connect(&options, &ViewOptions::changed, this, &ComparedFeed::refresh);
    connect(&runner, &Runner::comparedReady, this,
            [this](quint64 id, const std::shared_ptr<const Trace>& trace) {
                if (!m_ofOther)
                    take(id, trace, {});
            });
    connect(&runner, &Runner::comparedFailed, this, [this](quint64 id, const QString& message) {
        if (!m_ofOther)
            take(id, nullptr, message);
    });
    connect(&m_other, &OtherModel::arrived, this, &ComparedFeed::listenToOther);
    connect(&m_other, &OtherModel::changed, this, &ComparedFeed::refresh);
}

void ComparedFeed::listenToOther() {
    if (m_ofOther)
        m_asked.reset(); // of the model before
    Runner* runner = m_other.runner();
    if (!runner)
        return;
    connect(runner, &Runner::traceReady, this,
            [this](quint64 id, const std::shared_ptr<const Trace>& trace) { take(id, trace, {}); });
    connect(runner, &Runner::failed, this,
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
    if (!m_active || !m_store.current())
        return;
    const std::optional<ModelReference>& model = m_options.compared().model;
    const bool ofOther = model.has_value();
    m_other.want(model);
    if (ofOther != m_ofOther)
        m_asked.reset();
    m_ofOther = ofOther;
    if (ofOther)
        refreshOther();
    else
        refreshOwn();
}

void ComparedFeed::refreshOwn() {
    const std::shared_ptr<const Trace>& current = m_store.current();
    const ComparedWith& with = m_options.compared();
    if (!with.text || *with.text == current->text) {
        m_asked.reset();
        show(with.unedited && current->baseline ? current->baseline : current, {});
        return;
    }
    askFor(question(*with.text), [this](const Question& asked) {
        return m_runner.submitCompared(asked.text, asked.pair, asked.edits);
    });
}

void ComparedFeed::askFor(Question wanted, const std::function<quint64(const Question&)>& submit) {
    if (m_asked == wanted)
        return;
    const bool isFirst = !m_asked;
    m_asked = std::move(wanted);
    const quint64 id = submit(*m_asked);
    if (isFirst) {
        // What is shown is of another text or model, and so would the numbers be that stand beside this one.
        m_oldest = id;
        m_answered = 0;
        show(nullptr, {});
    }
}

void ComparedFeed::refreshOther() {
    if (!m_other.model()) {
        m_asked.reset();
        show(nullptr, m_other.problem());
        return;
    }
    askFor(question(m_options.compared().text.value_or(m_store.current()->text)),
           [this](const Question& asked) {
               return m_other.runner()->submit(asked.text, asked.pair, asked.edits);
           });
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
