#include "ui/session/trace_store.h"

namespace headlight {

void TraceStore::set(quint64 id, std::shared_ptr<const Trace> trace) {
    if (id < m_id || !trace)
        return;
    m_id = id;
    m_current = std::move(trace);
    Q_EMIT changed();
}

} // namespace headlight
