#pragma once

#include "ui/compare/sentence_twins.h"

#include <QWidget>

class QToolButton;

namespace headlight {

/// Beside the tabs while the Compare page is shown: comparisons that are one click away.
class CompareBar : public QWidget {
    Q_OBJECT
public:
    explicit CompareBar(QWidget* parent = nullptr);

    /// What the first button does: compares with this twin, or lets another last word be typed.
    void setTwin(const std::optional<SentenceTwin>& twin);
    void setHasOtherHeads(bool on);
    void setEdited(bool on);

Q_SIGNALS:
    void twinWanted();
    void similarWanted();
    void beforeWanted();

private:
    QToolButton* button(const char* name, const QString& text, const QString& tip,
                        void (CompareBar::*signal)());

    QToolButton* m_twin;
    QToolButton* m_similar;
    QToolButton* m_before;
};

} // namespace headlight
