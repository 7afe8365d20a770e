#pragma once

#include "ui/session/edits_state.h"
#include "ui/session/trace_store.h"

#include <QWidget>

class QScrollArea;
class QVBoxLayout;

namespace headlight {

/// The edits in the order in which they were made, each with a button that takes it away; hidden while there
/// is one that is made. One that does not fit is greyed and says why: its word is gone from the text, and it
/// comes back with it, the model has no such head, or another sentence has another number of tokens. A long
/// list scrolls.
class EditList : public QWidget {
    Q_OBJECT
public:
    EditList(EditsState& edits, const TraceStore& store, QWidget* parent = nullptr);

    /// To be called when another text or model may have changed what fits.
    void refresh();
    /// What it shows, for tests: a line an edit.
    QStringList lines() const { return m_lines; }

private:
    /// Why an edit is not applied; empty when it is.
    QString reason(const Edit& edit) const;

    EditsState& m_edits;
    const TraceStore& m_store;
    QStringList m_lines;
    QWidget* m_inner;
    QVBoxLayout* m_layout;
    QScrollArea* m_scroll;
};

} // namespace headlight
