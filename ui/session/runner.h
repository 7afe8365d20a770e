#pragma once

#include "engine/session/model_session.h"
#include "engine/trace/trace.h"

#include <QObject>
#include <QString>

#include <memory>
#include <stop_token>
#include <utility>

namespace headlight {

/// What the window asks for traces. Answers come as signals on the window's thread, newest first wins: ids
/// only grow, and an answer that is older than one already given is never given. LaneRunner is the real one;
/// tests have their own.
class Runner : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// From now on texts are read by this model; answers of the model before are dropped.
    virtual void setModel(std::shared_ptr<const LoadedModel> model) = 0;
    /// From the next text on, the details of these sites are recorded with it: for the page that shows them.
    void setDetails(DetailChoice details) { m_details = std::move(details); }
    const DetailChoice& details() const { return m_details; }
    /// Takes microseconds. `pair`: a second sentence, or nothing; `edits`: anchored to these texts. Returns
    /// the id that the answer will carry.
    virtual quint64 submit(const QString& text, const QString& pair, const Edits& edits = {}) = 0;
    /// The same for what is compared with it (B of the Compare page), in a waiting slot of its own: neither
    /// replaces the other. The answer is `comparedReady` or `comparedFailed` with the returned id.
    virtual quint64 submitCompared(const QString& text, const QString& pair, const Edits& edits) = 0;
    /// Blocks while a text is being read; for jobs that step aside. Called from their threads.
    virtual void waitUntilIdle(std::stop_token stop) const = 0;

Q_SIGNALS:
    void traceReady(quint64 id, const std::shared_ptr<const headlight::Trace>& trace);
    /// One sentence for people; the picture keeps what it had.
    void failed(quint64 id, const QString& message);
    void comparedReady(quint64 id, const std::shared_ptr<const headlight::Trace>& trace);
    void comparedFailed(quint64 id, const QString& message);

private:
    DetailChoice m_details;
};

} // namespace headlight
