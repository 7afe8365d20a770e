#pragma once

#include "engine/core/view_choices.h"

#include <QObject>

#include <optional>

namespace headlight {

/// How the window shows its trace: one for the whole window, like the selection. Every view obeys it, and
/// may change it.
class ViewOptions : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const ViewChoices& choices() const { return m_choices; }
    Page page() const { return m_choices.page; }
    const StepsPlace& steps() const { return m_choices.steps; }
    const ComparedWith& compared() const { return m_choices.compared; }
    ViewKind view() const { return m_choices.view; }
    const HeadNumbers& numbers() const { return m_choices.numbers; }
    const DerivedChoice& derived() const { return m_choices.derived; }
    const EvidenceChoice& evidence() const { return m_choices.evidence; }
    WeightScale scale() const { return m_choices.scale; }
    const ShownTokens& tokens() const { return m_choices.tokens; }
    const std::optional<MapZoom>& zoom() const { return m_choices.zoom; }
    const std::vector<PinnedHead>& pinned() const { return m_choices.pinned; }
    /// Nothing when the head is not pinned.
    std::optional<int> colourOf(const HeadAddress& head) const;
    /// The colour that the next pinned head gets; nothing when all are taken.
    std::optional<int> freeColour() const;

    void setChoices(const ViewChoices& choices);
    void setPage(Page page);
    void setSteps(const StepsPlace& place);
    /// The Steps page at this stage.
    void openSteps(const std::string& stage);
    void setCompared(const ComparedWith& with);
    void setView(ViewKind view);
    void setScale(WeightScale scale);
    void setTokens(const ShownTokens& tokens);
    void setNumbers(const HeadNumbers& numbers);
    void setDerived(const DerivedChoice& derived);
    void setEvidence(const EvidenceChoice& evidence);
    void setZoom(const std::optional<MapZoom>& zoom);
    /// Pins in the first free colour. False when all colours are taken: nothing is changed, and the view asks
    /// which one to release.
    bool pin(const HeadAddress& head);
    void release(const HeadAddress& head);

Q_SIGNALS:
    void changed();

private:
    ViewChoices m_choices;
};

} // namespace headlight
