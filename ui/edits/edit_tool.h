#pragma once

#include "engine/explain/shown_map.h"
#include "ui/session/edits_state.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"

#include <QObject>

#include <optional>

namespace headlight {

/// What the Edit tool does to a cell of the shown head.
enum class EditMode {
    mask,   ///< the query may not look at the key; a second time frees the cell
    weight, ///< sets the weight
    score,  ///< sets the score, before the mask and the softmax
    erase   ///< takes the cell's edits away; where there are none, the weight becomes 0
};

/// A cell of the map, as the tokens that its row and its column stand for.
struct EditedCell {
    ShownToken query;
    ShownToken key;
    double weight = 0; ///< that the map shows
    bool sameAs(const EditedCell& other) const { return query == other.query && key == other.key; }
};

/// The Edit tool (key E): one for the window, whatever hand or strip holds it. It changes the shown head
/// alone. Where whole words are shown, a cell stands for all pieces of both: each of them is masked or gets
/// the score, and a weight is shared evenly by the pieces of the key.
class EditTool : public QObject {
    Q_OBJECT
public:
    EditTool(EditsState& edits, const TraceStore& store, Selection& selection, QObject* parent = nullptr);

    bool inHand() const { return m_inHand; }
    void take(bool on);
    EditMode mode() const { return m_mode; }
    void setMode(EditMode mode);
    /// True where the mode sets a number: weights and scores.
    bool paints() const { return m_mode == EditMode::weight || m_mode == EditMode::score; }
    /// What a click sets; of the mode that paints, else of the one that painted last.
    double value() const { return isOfScores() ? m_score : m_weight; }
    void setValue(double value);
    double least() const;
    double most() const;
    double step() const; ///< of + and -
    bool isOfScores() const { return m_ofScores; }
    /// Whether the rest of a painted row shares what is left of 1. A change reaches the weights that are
    /// painted in the shown head.
    bool renormalises() const { return m_renormalises; }
    void setRenormalises(bool on);

    /// From the press of a button to its release: all of it is one state of the history.
    void beginStroke();
    void endStroke();
    /// Does what the mode does. In a stroke, the first cell decides for all whether masks and edits come or
    /// go.
    void apply(const EditedCell& cell);
    void erase(const EditedCell& cell);
    /// Gives a cell this weight or score, cut to what is allowed.
    void setCell(const EditedCell& cell, double value);
    /// The weight or score that a cell has: as painted, else as the pass had it; nothing where there is none
    /// (a masked score).
    std::optional<double> valueOf(const EditedCell& cell) const;
    /// One step up or down from what it has.
    void nudge(const EditedCell& cell, int steps);

Q_SIGNALS:
    /// In the hand or not, the mode, its value or the switch.
    void changed();

private:
    HeadScope scope() const { return HeadScope::one(m_selection.head()); }
    EditToken token(int index) const;
    template <class Make>
    void eachPair(const EditedCell& cell, Make make) const;
    bool isThere(const EditedCell& cell) const;
    Edits withoutCell(Edits edits, const EditedCell& cell) const;
    bool hasEdits(const EditedCell& cell) const;
    bool isMasked(const EditedCell& cell) const;
    void mask(const EditedCell& cell, bool on);
    Edits painted(Edits edits, const EditedCell& cell, double weight) const;

    EditsState& m_edits;
    const TraceStore& m_store;
    Selection& m_selection;
    bool m_inHand = false;
    EditMode m_mode = EditMode::mask;
    bool m_ofScores = false;
    double m_weight = 1;
    double m_score = 5;
    bool m_renormalises = true;
    bool m_stroke = false;
    std::optional<bool> m_adds; ///< of a stroke, once its first cell has decided
};

} // namespace headlight
