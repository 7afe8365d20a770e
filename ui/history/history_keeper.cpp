#include "ui/history/history_keeper.h"

#include <QDateTime>

namespace headlight {

HistoryKeeper::HistoryKeeper(Document& document, QObject* parent)
    : HistoryKeeper(document, &QDateTime::currentMSecsSinceEpoch, parent) {}

HistoryKeeper::HistoryKeeper(Document& document, History::Clock clock, QObject* parent)
    : QObject(parent), m_document(document), m_clock(std::move(clock)) {
    connect(&document, &Document::changed, this, &HistoryKeeper::note);
    connect(&document.edits(), &EditsState::heldChanged, this, &HistoryKeeper::takeStroke);
    connect(&document, &Document::arrived, this, [this] { m_restoring = false; });
}

void HistoryKeeper::begin() {
    if (m_history)
        return;
    m_history.emplace(m_document.workspace(), m_clock);
    Q_EMIT changed();
}

Session HistoryKeeper::session() const {
    return m_history ? sessionOf(m_document.workspace(), *m_history) : Session{m_document.workspace(), {}, 0};
}

/// What a hand does from its press to its release is one state, however long it takes and whatever follows.
void HistoryKeeper::takeStroke() {
    if (!m_history)
        return;
    m_history->separate();
    note();
    m_history->separate();
}

void HistoryKeeper::note() {
    if (!m_history || m_showing || m_document.edits().held())
        return;
    const Workspace now = m_document.workspace();
    const Workspace& current = *m_history->current().workspace;
    if (m_restoring && now.text == current.text && now.pair == current.pair)
        return;
    m_restoring = false; // somebody typed before it was there
    if (m_history->record(now))
        Q_EMIT changed();
}

void HistoryKeeper::showCurrent() {
    m_restoring = true;
    m_showing = true;
    m_document.show(*m_history->current().workspace);
    m_showing = false;
    Q_EMIT changed();
}

void HistoryKeeper::undo() {
    if (!canUndo())
        return;
    m_history->undo();
    showCurrent();
}

void HistoryKeeper::redo() {
    if (!canRedo())
        return;
    m_history->redo();
    showCurrent();
}

void HistoryKeeper::goTo(qint64 id) {
    if (m_history && id != m_history->current().id && m_history->goTo(id))
        showCurrent();
}

void HistoryKeeper::rename(qint64 id, const QString& name) {
    if (!m_history)
        return;
    constexpr qsizetype longest = 80;
    m_history->rename(id, name.simplified().left(longest).toStdString());
    Q_EMIT changed();
}

void HistoryKeeper::open(const Workspace& workspace) {
    if (!m_history)
        m_history.emplace(workspace, m_clock);
    m_history->separate();
    m_history->record(workspace);
    m_history->separate();
    showCurrent();
}

void HistoryKeeper::open(const Session& session) {
    m_history.emplace(historyOf(session, m_clock));
    showCurrent();
}

} // namespace headlight
