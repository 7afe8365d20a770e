#pragma once

#include "engine/edits/edits.h"

#include <QObject>
#include <QString>

namespace headlight {

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
    /// In the place of one with the same target, else behind the others.
    void set(const Edit& edit);
    /// Takes away the edits with the target of this one.
    void remove(const Edit& edit);
    void removeAt(size_t index);
    /// Sets this edit, or takes it away when there is one with its target.
    void toggle(const Edit& edit);
    void clear() { setEdits({}); }
    /// The texts change: edits stay on their words. Without a signal; that of the texts follows.
    void carry(const QString& text, const QString& pair, const QString& newText, const QString& newPair);

Q_SIGNALS:
    void changed();

private:
    Edits m_edits;
};

} // namespace headlight
