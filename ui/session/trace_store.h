#pragma once

#include "engine/trace/trace.h"

#include <QObject>

#include <memory>

namespace headlight {

/// The trace that every view shows. There is one; views keep no copy of their own.
class TraceStore : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Null until the first answer.
    const std::shared_ptr<const Trace>& current() const { return m_current; }
    /// The unchanged pass over the same text; null unless edits made the current trace.
    std::shared_ptr<const Trace> baseline() const { return m_current ? m_current->baseline : nullptr; }
    /// Id of the request that made it; 0 before the first.
    quint64 id() const { return m_id; }
    /// Ignored when `id` is older than what is shown.
    void set(quint64 id, std::shared_ptr<const Trace> trace);

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<const Trace> m_current;
    quint64 m_id = 0;
};

} // namespace headlight
