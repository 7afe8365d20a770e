#include "ui/session/view_options.h"

#include <algorithm>

namespace headlight {

std::optional<int> ViewOptions::colourOf(const HeadAddress& head) const {
    for (const PinnedHead& each : m_choices.pinned)
        if (each.head == head)
            return each.colour;
    return std::nullopt;
}

void ViewOptions::setChoices(const ViewChoices& choices) {
    if (choices == m_choices)
        return;
    m_choices = choices;
    Q_EMIT changed();
}

void ViewOptions::setPage(Page page) {
    ViewChoices next = m_choices;
    next.page = page;
    setChoices(next);
}

void ViewOptions::setSteps(const StepsPlace& place) {
    ViewChoices next = m_choices;
    next.steps = place;
    setChoices(next);
}

void ViewOptions::openSteps(const std::string& stage) {
    ViewChoices next = m_choices;
    next.page = Page::steps;
    next.steps.stage = stage;
    setChoices(next);
}

void ViewOptions::setCompared(const ComparedWith& with) {
    ViewChoices next = m_choices;
    next.compared = with;
    setChoices(next);
}

void ViewOptions::setView(ViewKind view) {
    ViewChoices next = m_choices;
    next.view = view;
    setChoices(next);
}

void ViewOptions::setScale(WeightScale scale) {
    ViewChoices next = m_choices;
    next.scale = scale;
    setChoices(next);
}

void ViewOptions::setTokens(const ShownTokens& tokens) {
    ViewChoices next = m_choices;
    next.tokens = tokens;
    next.zoom.reset(); // its rows and columns were of other tokens
    setChoices(next);
}

void ViewOptions::setNumbers(const HeadNumbers& numbers) {
    ViewChoices next = m_choices;
    next.numbers = numbers;
    setChoices(next);
}

void ViewOptions::setDerived(const DerivedChoice& derived) {
    ViewChoices next = m_choices;
    next.derived = derived;
    setChoices(next);
}

void ViewOptions::setEvidence(const EvidenceChoice& evidence) {
    ViewChoices next = m_choices;
    next.evidence = evidence;
    setChoices(next);
}

void ViewOptions::setZoom(const std::optional<MapZoom>& zoom) {
    ViewChoices next = m_choices;
    next.zoom = zoom;
    setChoices(next);
}

std::optional<int> ViewOptions::freeColour() const {
    for (int colour = 0; colour < pinnedColours; ++colour)
        if (std::none_of(m_choices.pinned.begin(), m_choices.pinned.end(),
                         [&](const PinnedHead& each) { return each.colour == colour; }))
            return colour;
    return std::nullopt;
}

bool ViewOptions::pin(const HeadAddress& head) {
    if (colourOf(head))
        return true;
    const std::optional<int> colour = freeColour();
    if (!colour)
        return false;
    ViewChoices next = m_choices;
    next.pinned.push_back({head, *colour});
    setChoices(next);
    return true;
}

void ViewOptions::release(const HeadAddress& head) {
    ViewChoices next = m_choices;
    std::erase_if(next.pinned, [&](const PinnedHead& each) { return each.head == head; });
    setChoices(next);
}

} // namespace headlight
