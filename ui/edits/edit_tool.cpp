#include "ui/edits/edit_tool.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double mostWeight = 1;
constexpr double mostScore = 50;
constexpr double weightStep = 0.05;
constexpr double scoreStep = 0.5;

int pieces(const ShownToken& token) {
    return token.last - token.first + 1;
}
} // namespace

EditTool::EditTool(EditsState& edits, const TraceStore& store, Selection& selection, QObject* parent)
    : QObject(parent), m_edits(edits), m_store(store), m_selection(selection) {}

void EditTool::take(bool on) {
    if (on == m_inHand)
        return;
    endStroke();
    m_inHand = on;
    Q_EMIT changed();
}

void EditTool::setMode(EditMode mode) {
    if (mode == m_mode)
        return;
    endStroke();
    m_mode = mode;
    if (paints())
        m_ofScores = mode == EditMode::score;
    Q_EMIT changed();
}

double EditTool::least() const {
    return isOfScores() ? -mostScore : 0;
}

double EditTool::most() const {
    return isOfScores() ? mostScore : mostWeight;
}

double EditTool::step() const {
    return isOfScores() ? scoreStep : weightStep;
}

void EditTool::setValue(double value) {
    double& kept = isOfScores() ? m_score : m_weight;
    const double allowed = std::clamp(value, least(), most());
    if (kept == allowed)
        return;
    kept = allowed;
    Q_EMIT changed();
}

void EditTool::setRenormalises(bool on) {
    if (on == m_renormalises)
        return;
    m_renormalises = on;
    Edits next = m_edits.edits();
    for (Edit& edit : next)
        if (auto* weight = std::get_if<PaintedWeight>(&edit.what); weight && edit.heads == scope())
            weight->renormalise = on;
    m_edits.setEdits(next);
    Q_EMIT changed();
}

void EditTool::beginStroke() {
    m_stroke = true;
    m_adds.reset();
    m_edits.hold();
}

void EditTool::endStroke() {
    m_stroke = false;
    m_adds.reset();
    m_edits.release();
}

EditToken EditTool::token(int index) const {
    const Trace& trace = *m_store.current();
    return EditToken::of(trace.tokens(), index, trace.spelling(trace.tokens()[static_cast<size_t>(index)]));
}

template <class Make>
void EditTool::eachPair(const EditedCell& cell, Make make) const {
    for (int query = cell.query.first; query <= cell.query.last; ++query)
        for (int key = cell.key.first; key <= cell.key.last; ++key)
            make(token(query), token(key));
}

bool EditTool::isThere(const EditedCell& cell) const {
    const Trace* trace = m_store.current().get();
    const int count = trace ? static_cast<int>(trace->tokens().size()) : 0;
    return cell.query.first >= 0 && cell.query.last < count && cell.key.first >= 0 && cell.key.last < count;
}

void EditTool::apply(const EditedCell& cell) {
    if (!isThere(cell))
        return;
    switch (m_mode) {
    case EditMode::mask: {
        const bool adds = m_adds.value_or(!isMasked(cell));
        mask(cell, adds);
        if (m_stroke)
            m_adds = adds;
        return;
    }
    case EditMode::weight:
    case EditMode::score:
        setCell(cell, value());
        return;
    case EditMode::erase:
        erase(cell);
        return;
    }
}

bool EditTool::isMasked(const EditedCell& cell) const {
    bool all = true;
    eachPair(cell, [&](const EditToken& query, const EditToken& key) {
        all = all && m_edits.has({scope(), BlockedCell{query, key}});
    });
    return all;
}

void EditTool::mask(const EditedCell& cell, bool on) {
    Edits next = m_edits.edits();
    eachPair(cell, [&](const EditToken& query, const EditToken& key) {
        const Edit edit{scope(), BlockedCell{query, key}};
        next = on ? withEdit(std::move(next), edit) : withoutEdit(std::move(next), edit);
    });
    m_edits.setEdits(next);
}

bool EditTool::hasEdits(const EditedCell& cell) const {
    return withoutCell(m_edits.edits(), cell) != m_edits.edits();
}

Edits EditTool::withoutCell(Edits edits, const EditedCell& cell) const {
    eachPair(cell, [&](const EditToken& query, const EditToken& key) {
        for (const EditKind& what :
             {EditKind(BlockedCell{query, key}), EditKind(PaintedScore{query, key, ScorePaint::set, 0}),
              EditKind(PaintedWeight{query, key, WeightPaint::set, 0, false})})
            edits = withoutEdit(std::move(edits), {scope(), what});
    });
    return edits;
}

void EditTool::erase(const EditedCell& cell) {
    if (!isThere(cell))
        return;
    const bool adds = m_adds.value_or(!hasEdits(cell));
    m_edits.setEdits(adds ? painted(m_edits.edits(), cell, 0) : withoutCell(m_edits.edits(), cell));
    if (m_stroke)
        m_adds = adds;
}

/// Painted cells of one row share one switch: the engine would renormalise it if a single one asked.
Edits EditTool::painted(Edits edits, const EditedCell& cell, double weight) const {
    eachPair(cell, [&](const EditToken& query, const EditToken& key) {
        edits =
            withEdit(std::move(edits), {scope(), PaintedWeight{query, key, WeightPaint::set,
                                                               weight / pieces(cell.key), m_renormalises}});
        for (Edit& edit : edits)
            if (auto* mate = std::get_if<PaintedWeight>(&edit.what);
                mate && edit.heads == scope() && mate->query.anchor == query.anchor)
                mate->renormalise = m_renormalises;
    });
    return edits;
}

void EditTool::setCell(const EditedCell& cell, double value) {
    if (!isThere(cell))
        return;
    constexpr double finest = 1000; // three decimals: what is said is what is set
    const double allowed = std::round(std::clamp(value, least(), most()) * finest) / finest;
    if (!isOfScores()) {
        m_edits.setEdits(painted(m_edits.edits(), cell, allowed));
        return;
    }
    Edits next = m_edits.edits();
    eachPair(cell, [&](const EditToken& query, const EditToken& key) {
        next = withEdit(std::move(next), {scope(), PaintedScore{query, key, ScorePaint::set, allowed}});
    });
    m_edits.setEdits(next);
}

std::optional<double> EditTool::valueOf(const EditedCell& cell) const {
    if (!isThere(cell))
        return std::nullopt;
    const EditToken query = token(cell.query.first);
    const EditToken key = token(cell.key.first);
    for (const Edit& edit : m_edits.edits()) {
        const auto* weight = std::get_if<PaintedWeight>(&edit.what);
        const auto* score = std::get_if<PaintedScore>(&edit.what);
        if (edit.heads != scope())
            continue;
        if (!isOfScores() && weight && weight->paint == WeightPaint::set &&
            weight->query.anchor == query.anchor && weight->key.anchor == key.anchor)
            return weight->value * pieces(cell.key);
        if (isOfScores() && score && score->paint == ScorePaint::set && score->query.anchor == query.anchor &&
            score->key.anchor == key.anchor)
            return score->value;
    }
    if (!isOfScores())
        return cell.weight;
    const HeadAddress head = m_selection.head();
    const SiteRecord* site = m_store.current()->site(head.stack, head.layer);
    if (!site || site->scores.shape().size() != 3 || cell.query.first >= site->scores.dimension(1) ||
        cell.key.first >= site->scores.dimension(2))
        return std::nullopt;
    const auto score = static_cast<double>(site->scores.at(head.head, cell.query.first, cell.key.first));
    return std::isfinite(score) ? std::optional(score) : std::nullopt;
}

void EditTool::nudge(const EditedCell& cell, int steps) {
    if (!paints())
        return;
    // To the next whole step: 0.988 goes down to 0.95.
    constexpr double nearly = 1e-6;
    const double now = valueOf(cell).value_or(0) / step();
    const double start = steps > 0 ? std::floor(now + nearly) : std::ceil(now - nearly);
    setCell(cell, (start + steps) * step());
}

} // namespace headlight
