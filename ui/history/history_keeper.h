#pragma once

#include "engine/session/session_file.h"
#include "ui/session/document.h"

#include <optional>

namespace headlight {

/// Undo of the whole window: notes what the document shows as states of a History, and brings states back.
/// Hover never enters; what a restored state turns into on its way to the screen is no new state.
class HistoryKeeper : public QObject {
    Q_OBJECT
public:
    explicit HistoryKeeper(Document& document, QObject* parent = nullptr);
    HistoryKeeper(Document& document, History::Clock clock, QObject* parent = nullptr);

    /// The first picture is there: what is shown now becomes the first state. Does nothing when there is one.
    void begin();
    /// Nothing before begin or open.
    const std::optional<History>& history() const { return m_history; }
    Session session() const;

    bool canUndo() const { return m_history && m_history->canUndo(); }
    bool canRedo() const { return m_history && m_history->canRedo(); }
    void undo();
    void redo();
    void goTo(qint64 id);
    void rename(qint64 id, const QString& name);

    /// Shows a workspace as a new state; undo leads back to what was there.
    void open(const Workspace& workspace);
    /// Shows a session with its own states; those there were are gone.
    void open(const Session& session);

Q_SIGNALS:
    /// The tree, or which state is the current one.
    void changed();

private:
    void note();
    void takeStroke();
    void showCurrent();

    Document& m_document;
    History::Clock m_clock;
    std::optional<History> m_history;
    bool m_showing = false;   ///< the document is being told
    bool m_restoring = false; ///< a state is on its way to the screen
};

} // namespace headlight
