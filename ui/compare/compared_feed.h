#pragma once

#include "ui/session/document.h"
#include "ui/session/runner.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

#include <optional>

namespace headlight {

/// The pass that B is read from: the one of the window, its unchanged one, or one over another sentence,
/// which is asked of the runner while the page is shown. Edits of the window count in it too, on the same
/// words as far as the other sentence has them, unless B is to be without.
class ComparedFeed : public QObject {
    Q_OBJECT
public:
    ComparedFeed(const TraceStore& store, const ViewOptions& options, const Document& document,
                 Runner& runner, QObject* parent = nullptr);

    /// Asks for nothing while off.
    void setActive(bool on);
    /// Another model reads from now on.
    void forget();
    /// Null while there is none, or it could not be read.
    const std::shared_ptr<const Trace>& trace() const { return m_trace; }
    /// One sentence: why there is none; empty otherwise.
    const QString& problem() const { return m_problem; }

Q_SIGNALS:
    void changed();

private:
    struct Question {
        QString text;
        QString pair;
        Edits edits;
        friend bool operator==(const Question&, const Question&) = default;
    };
    void refresh();
    void take(quint64 id, const std::shared_ptr<const Trace>& trace, const QString& problem);
    void show(const std::shared_ptr<const Trace>& trace, const QString& problem);
    Question question(const std::string& text) const;

    const TraceStore& m_store;
    const ViewOptions& m_options;
    const Document& m_document;
    Runner& m_runner;
    bool m_active = false;
    std::optional<Question> m_asked; ///< nothing: B needs no pass of its own
    quint64 m_oldest = 0;            ///< answers before it are of another model, or not wanted any more
    quint64 m_answered = 0;
    std::shared_ptr<const Trace> m_trace;
    QString m_problem;
};

} // namespace headlight
