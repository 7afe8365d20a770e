#include "tests/ui/fake_runner.h"

#include <QMetaObject>

namespace headlight {

FakeRunner::FakeRunner(std::shared_ptr<const LoadedModel> model) : m_session(std::move(model)) {}

void FakeRunner::setModel(std::shared_ptr<const LoadedModel> model) {
    m_session = ModelSession(std::move(model));
}

quint64 FakeRunner::submit(const QString& text, const QString& pair, const Edits& edits) {
    m_pairs.push_back(pair);
    m_texts.push_back(text);
    m_edits.push_back(edits);
    const quint64 id = m_texts.size();
    if (!m_hold)
        QMetaObject::invokeMethod(
            this, [this, id] { answer(id); }, Qt::QueuedConnection);
    return id;
}

quint64 FakeRunner::submitCompared(const QString& text, const QString& pair, const Edits& edits) {
    RunRequest request;
    request.id = m_compared.size() + 1;
    request.text = text.toStdString();
    request.pair = pair.toStdString();
    request.edits = edits;
    m_compared.push_back(request);
    QMetaObject::invokeMethod(
        this,
        [this, request] {
            const RunResult result = m_session.run(request, {});
            if (result.kind == RunResult::Kind::completed)
                Q_EMIT comparedReady(request.id, result.trace);
            else
                Q_EMIT comparedFailed(request.id, QString::fromStdString(result.message));
        },
        Qt::QueuedConnection);
    return request.id;
}

void FakeRunner::answer(quint64 id) {
    RunRequest request;
    request.id = id;
    request.text = m_texts[id - 1].toStdString();
    request.pair = m_pairs[id - 1].toStdString();
    request.edits = m_edits[id - 1];
    request.plan.details = details();
    const RunResult result = m_session.run(request, {});
    if (result.kind == RunResult::Kind::completed)
        Q_EMIT traceReady(id, result.trace);
    else
        Q_EMIT failed(id, QString::fromStdString(result.message));
}

} // namespace headlight
