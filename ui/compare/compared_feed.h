#pragma once

#include "ui/compare/other_model.h"
#include "ui/session/document.h"
#include "ui/session/runner.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

#include <optional>

namespace headlight {

/// The pass that B is read from: the one of the window, its unchanged one, one over another sentence, or one
/// of another model; the last two are asked of a runner while the page is shown. Edits of the window count in
/// it too, on the same words as far as the other sentence has them, unless B is to be without.
class ComparedFeed : public QObject {
    Q_OBJECT
public:
    ComparedFeed(const TraceStore& store, const ViewOptions& options, const Document& document,
                 Runner& runner, OtherModelHooks models = {}, QObject* parent = nullptr);

    /// Asks for nothing while off.
    void setActive(bool on);
    /// Another model reads from now on.
    void forget();
    /// Null while there is none, or it could not be read.
    const std::shared_ptr<const Trace>& trace() const { return m_trace; }
    /// One sentence: why there is none; empty otherwise.
    const QString& problem() const { return m_problem; }
    OtherModel& other() { return m_other; }

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
    void refreshOwn();
    void refreshOther();
    void listenToOther();
    /// `submit` gives a question to a runner and returns its id.
    void askFor(Question wanted, const std::function<quint64(const Question&)>& submit);
    void take(quint64 id, const std::shared_ptr<const Trace>& trace, const QString& problem);
    void show(const std::shared_ptr<const Trace>& trace, const QString& problem);
    Question question(const std::string& text) const;

    const TraceStore& m_store;
    const ViewOptions& m_options;
    const Document& m_document;
    Runner& m_runner;
    OtherModel m_other;
    bool m_active = false;
    bool m_ofOther = false;          ///< what was asked last
    std::optional<Question> m_asked; ///< nothing: B needs no pass of its own
    quint64 m_oldest = 0;            ///< answers before it are of another model, or not wanted any more
    quint64 m_answered = 0;
    std::shared_ptr<const Trace> m_trace;
    QString m_problem;
};

} // namespace headlight
