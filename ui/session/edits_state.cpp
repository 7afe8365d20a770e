#include "ui/session/edits_state.h"

#include "engine/files/text_change.h"

#include <algorithm>

namespace headlight {

bool EditsState::active() const {
    return std::any_of(m_edits.begin(), m_edits.end(), [](const Edit& edit) { return !isDormant(edit); });
}

void EditsState::setEdits(const Edits& edits) {
    if (edits == m_edits)
        return;
    m_edits = edits;
    Q_EMIT changed();
}

void EditsState::set(const Edit& edit) {
    Edits next = m_edits;
    const auto found = std::find_if(next.begin(), next.end(), [&](const Edit& each) {
        return !isDormant(each) && sameTarget(each, edit);
    });
    if (found != next.end())
        *found = edit;
    else
        next.push_back(edit);
    setEdits(next);
}

void EditsState::remove(const Edit& edit) {
    Edits next = m_edits;
    std::erase_if(next, [&](const Edit& each) { return !isDormant(each) && sameTarget(each, edit); });
    setEdits(next);
}

void EditsState::removeAt(size_t index) {
    if (index >= m_edits.size())
        return;
    Edits next = m_edits;
    next.erase(next.begin() + static_cast<std::ptrdiff_t>(index));
    setEdits(next);
}

void EditsState::toggle(const Edit& edit) {
    const bool there = std::any_of(m_edits.begin(), m_edits.end(), [&](const Edit& each) {
        return !isDormant(each) && sameTarget(each, edit);
    });
    if (there)
        remove(edit);
    else
        set(edit);
}

void EditsState::carry(const QString& text, const QString& pair, const QString& newText,
                       const QString& newPair) {
    if (!m_edits.empty())
        m_edits = carried(m_edits, text.toStdString(), pair.toStdString(), newText.toStdString(),
                          newPair.toStdString());
}

} // namespace headlight
