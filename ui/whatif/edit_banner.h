#pragma once

#include "ui/session/edits_state.h"
#include "ui/session/trace_store.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace headlight {

/// Says, for as long as the numbers on the screen are of a changed model, what was changed, with the button
/// that puts the model back. It speaks of the trace that is shown, a recording too.
class EditBanner : public QWidget {
    Q_OBJECT
public:
    EditBanner(EditsState& edits, const TraceStore& store, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    QString text() const;

private:
    void refresh();

    EditsState& m_edits;
    const TraceStore& m_store;
    QLabel* m_label;
    QToolButton* m_reset;
};

} // namespace headlight
