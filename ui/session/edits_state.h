#pragma once

#include "engine/edits/edits.h"

#include <QObject>
#include <QString>

namespace headlight {

/// These edits with one more: in the place of one with the same target, else behind the others.
Edits withEdit(Edits edits, const Edit& edit);
/// These edits without those that have the target of this one.
Edits withoutEdit(Edits edits, const Edit& edit);

/// The edits of the window, in the order in which they were made; dormant ones too. Every change asks for a
/// new pass at once.
class EditsState : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const Edits& edits() const { return m_edits; }
    /// True while at least one edit is not dormant: the numbers on the screen are of the changed model.
    bool active() const;
    /// The edit of this kind for exactly these heads; null when there is none.
    template <class Kind>
    const Kind* find(const HeadScope& heads) const {
        for (const Edit& edit : m_edits)
            if (edit.heads == heads)
                if (const Kind* what = std::get_if<Kind>(&edit.what))
                    return what;
        return nullptr;
    }
    /// The edit of this kind that counts in this head; null when there is none.
    template <class Kind>
    const Kind* effective(const HeadAddress& head) const {
        const Kind* best = nullptr;
        int narrowest = -1;
        for (const Edit& edit : m_edits)
            if (const Kind* what = std::get_if<Kind>(&edit.what);
                what && edit.heads.covers(head) && edit.heads.narrowness() >= narrowest) {
                best = what;
                narrowest = edit.heads.narrowness();
            }
        return best;
    }

    void setEdits(const Edits& edits);
    void set(const Edit& edit) { setEdits(withEdit(m_edits, edit)); }
    void remove(const Edit& edit) { setEdits(withoutEdit(m_edits, edit)); }
    /// True when there is one with the target of this one.
    bool has(const Edit& edit) const;
    void removeAt(size_t index);
    /// Sets this edit, or takes it away when there is one with its target.
    void toggle(const Edit& edit);
    void clear() { setEdits({}); }
    /// A hand is at work on them, until `release`: every change is shown at once, and all of them together
    /// are one state of the history.
    void hold();
    void release();
    bool held() const { return m_held; }
    /// The texts change: edits stay on their words. Without a signal; that of the texts follows.
    void carry(const QString& text, const QString& pair, const QString& newText, const QString& newPair);

Q_SIGNALS:
    void changed();
    void heldChanged();

private:
    Edits m_edits;
    bool m_held = false;
};

} // namespace headlight
