#pragma once

#include "ui/session/edits_state.h"
#include "ui/session/trace_store.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace headlight {

/// Says, for as long as the numbers on the screen are of a changed model, what was changed, with the button
/// that puts the model back. It speaks of the trace that is shown, a recording too. One line: what does not
/// fit is in its tip, and in the list of edits.
class EditBanner : public QWidget {
    Q_OBJECT
public:
    EditBanner(EditsState& edits, const TraceStore& store, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    QString text() const { return m_text; }
    /// Keeps its place while nothing is changed yet, so that the first edit moves nothing under a hand.
    void keepPlace(bool on);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void showText();

    EditsState& m_edits;
    const TraceStore& m_store;
    QString m_text;
    QLabel* m_label;
    QToolButton* m_reset;
};

} // namespace headlight
