#pragma once

#include "engine/files/workspace.h"
#include "engine/trace/trace.h"
#include "ui/session/text_anchor.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>

namespace headlight {

/// What the pointer rests on: a preview that selects nothing. -1: no query or key.
struct Hover {
    std::optional<HeadAddress> head;
    int query = -1;
    int key = -1;
    friend bool operator==(const Hover&, const Hover&) = default;
};

/// What is read of a head: the row of the selected query ("what does it look at?"), or the column of the
/// selected key ("who looks at it?").
enum class ReadAxis { query, key };

/// What was double clicked, or entered: the weight or the score of the selected query and key, or a head.
enum class EnteredNumber { weight, score, head };

/// The one selection of the window: a head, a query token, a key token. Every view shows it and may change
/// it. It stays on the same words while the text changes; while a selected word is gone its index is -1.
class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const HeadAddress& head() const { return m_head; }
    int query() const { return m_query; } ///< -1: none
    int key() const { return m_key; }     ///< -1: none
    ReadAxis axis() const { return m_axis; }
    const Hover& hover() const { return m_hover; }
    /// The row that is framed: the selected query, else the word at the caret.
    int markedQuery() const { return m_query >= 0 ? m_query : m_caret; }
    /// What views draw: the preview where there is one, else the selection, else the word at the caret.
    HeadAddress shownHead() const { return m_hover.head.value_or(m_head); }
    int shownQuery() const { return m_hover.query >= 0 ? m_hover.query : markedQuery(); }
    /// The token whose column is read while axis() is `key`: the preview, the selected key, else the word
    /// that is selected or at the caret.
    int shownColumn() const { return m_hover.key >= 0 ? m_hover.key : m_key >= 0 ? m_key : markedQuery(); }

    void setHead(const HeadAddress& head);
    /// Another query; a selected key is let go.
    void setQuery(int query) { setCell(query, -1); }
    void setCell(int query, int key);
    void setKey(int key) { setCell(m_query, key); }
    void clearKey() { setKey(-1); }
    /// Reads the column of `key`; the selected query stays.
    void setColumn(int key);
    void setAxis(ReadAxis axis);
    /// The trace last carried to; null before the first.
    const std::shared_ptr<const Trace>& trace() const { return m_trace; }
    /// What a Workspace keeps of it; of the trace last carried to.
    WorkspaceSelection saved() const;
    /// Selects what was saved, as far as the trace has it.
    void restore(const WorkspaceSelection& saved);
    void setHover(const Hover& hover);
    void clearHover() { setHover({}); }

    /// Where the caret stands in the text (bytes): while nothing is selected, its word is previewed, so that
    /// typing a new sentence shows something. Given before carryTo or start, without a signal.
    void setCaret(size_t byte) { m_caretByte = byte; }

    /// Goes over to another trace without a signal: TraceStore's `changed` follows and makes every view look.
    /// `head`: another one to select (another model was opened). A head that the trace does not have becomes
    /// the first one that it has.
    void carryTo(std::shared_ptr<const Trace> trace, const std::optional<HeadAddress>& head = std::nullopt);
    /// What a newcomer sees selected: the first token spelled like `word` (nothing when there is none), and
    /// the head; a head that is not there is the first one. Without a signal, like carryTo.
    void start(std::shared_ptr<const Trace> trace, const std::string& word,
               const std::optional<HeadAddress>& head);

    /// A view selects a number and then says that the steps to it are wanted.
    void enter(EnteredNumber number) { Q_EMIT entered(number); }

Q_SIGNALS:
    void entered(headlight::EnteredNumber number);
    /// Head, query, key or axis.
    void changed();
    void hoverChanged();

private:
    void select(int query, int key, ReadAxis axis);
    /// A preview under a resting pointer gives way to what the keyboard selects.
    void leaveHoverFor(const Hover& selected);

    std::shared_ptr<const Trace> m_trace;
    HeadAddress m_head;
    int m_query = -1;
    int m_key = -1;
    ReadAxis m_axis = ReadAxis::query;
    TextAnchor m_queryAnchor;
    TextAnchor m_keyAnchor;
    Hover m_hover;
    size_t m_caretByte = 0;
    int m_caret = -1; ///< the token at the caret
};

} // namespace headlight
