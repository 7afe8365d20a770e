#pragma once

#include "ui/session/edits_state.h"

#include <QWidget>

class QVBoxLayout;

namespace headlight {

/// The edits in the order in which they were made, each with a button that takes it away. One whose word is
/// gone from the text is greyed: it is not applied, and comes back with its text.
class EditList : public QWidget {
    Q_OBJECT
public:
    explicit EditList(EditsState& edits, QWidget* parent = nullptr);

    /// To be called when a text may have changed what is dormant.
    void refresh();
    /// What it shows, for tests: a line an edit.
    QStringList lines() const { return m_lines; }

private:
    EditsState& m_edits;
    QStringList m_lines;
    QVBoxLayout* m_layout;
};

} // namespace headlight
