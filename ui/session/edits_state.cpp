#include "ui/session/edits_state.h"

#include "engine/files/text_change.h"

#include <algorithm>

namespace headlight {

namespace {
auto hasTargetOf(const Edit& edit) {
    return [&edit](const Edit& each) { return !isDormant(each) && sameTarget(each, edit); };
}
} // namespace

Edits withEdit(Edits edits, const Edit& edit) {
    const auto found = std::find_if(edits.begin(), edits.end(), hasTargetOf(edit));
    if (found != edits.end())
        *found = edit;
    else
        edits.push_back(edit);
    return edits;
}

Edits withoutEdit(Edits edits, const Edit& edit) {
    std::erase_if(edits, hasTargetOf(edit));
    return edits;
}

bool EditsState::has(const Edit& edit) const {
    return std::any_of(m_edits.begin(), m_edits.end(), hasTargetOf(edit));
}

bool EditsState::active() const {
    return std::any_of(m_edits.begin(), m_edits.end(), [](const Edit& edit) { return !isDormant(edit); });
}

void EditsState::setEdits(const Edits& edits) {
    if (edits == m_edits)
        return;
    m_edits = edits;
    Q_EMIT changed();
}

void EditsState::removeAt(size_t index) {
    if (index >= m_edits.size())
        return;
    Edits next = m_edits;
    next.erase(next.begin() + static_cast<std::ptrdiff_t>(index));
    setEdits(next);
}

void EditsState::toggle(const Edit& edit) {
    if (has(edit))
        remove(edit);
    else
        set(edit);
}

void EditsState::hold() {
    if (m_held)
        return;
    m_held = true;
    Q_EMIT heldChanged();
}

void EditsState::release() {
    if (!m_held)
        return;
    m_held = false;
    Q_EMIT heldChanged();
}

void EditsState::carry(const QString& text, const QString& pair, const QString& newText,
                       const QString& newPair) {
    if (!m_edits.empty())
        m_edits = carried(m_edits, text.toStdString(), pair.toStdString(), newText.toStdString(),
                          newPair.toStdString());
}

} // namespace headlight
