#pragma once

#include "engine/core/head_address.h"
#include "engine/core/model_reference.h"

#include <optional>
#include <string>
#include <vector>

namespace headlight {

/// How a trace is shown, as plain values: the window changes them, a Workspace keeps them. None of them
/// changes a number; what is left out or drawn on another scale is said beside the picture.

/// What the middle of the window is for.
enum class Page { look, steps, experiments, compare };

/// `heads`: all heads of a stack against each other; `derived`: a map made of the weights of many layers.
enum class ViewKind { map, lines, heads, derived };

/// What is derived from the weights of all layers up to one (engine/metrics/rollout.h, flow.h).
enum class DerivedKind { rollout, flow };
struct DerivedChoice {
    DerivedKind kind = DerivedKind::rollout;
    std::optional<int>
        layer; ///< the last one that counts; nothing, or one that is not there: the model's last
    bool markedHeads =
        false; ///< in layers with a selected or pinned head, those alone; else all of each layer
    friend bool operator==(const DerivedChoice&, const DerivedChoice&) = default;
};

/// How much the Steps page tells: what a stage is for, its arithmetic with every term, or code that does the
/// same.
enum class StepsDepth { idea, arithmetic, code };

/// Where one stands on the Steps page.
struct StepsPlace {
    std::string stage; ///< nameOf(StageId): "dot", "weights"; empty or not there: the first stage
    StepsDepth depth = StepsDepth::arithmetic;
    int component = 0; ///< of the vectors of a head, which is followed term by term
    friend bool operator==(const StepsPlace&, const StepsPlace&) = default;
};

/// What the Compare page shows beside what the window shows (A): B, as far as it differs from A.
struct ComparedWith {
    std::optional<std::string> text; ///< another sentence, UTF-8; nothing: the one of the window
    std::optional<HeadAddress> head; ///< another head; nothing: the selected one
    bool unedited = false;           ///< the model as it is, without the edits of the window
    std::optional<ModelReference> model = std::nullopt; ///< another model; nothing: the one of the window
    friend bool operator==(const ComparedWith&, const ComparedWith&) = default;
};

/// How a weight becomes a colour or the strength of a line. Logarithmic and rank are named like the others
/// on the screen, linear is the usual one.
enum class WeightScale { linear, squareRoot, logarithmic, rank };

/// Which tokens a view shows. Weights are never made larger when some are left out: the share that lies on
/// hidden keys is stated instead.
struct ShownTokens {
    bool special = true;     ///< tokens that the tokenizer added ([CLS], [SEP])
    bool first = true;       ///< the first token of the sequence, on which weight often rests
    bool mergeWords = false; ///< pieces of a word as one: weights of a key's pieces are summed, those of a
                             ///< query's pieces averaged
    friend bool operator==(const ShownTokens&, const ShownTokens&) = default;
};

/// A head that is kept in view beside the selected one, in a colour of its own.
struct PinnedHead {
    HeadAddress head;
    int colour = 0; ///< 0 to pinnedColours - 1; no two pinned heads have the same
    friend bool operator==(const PinnedHead&, const PinnedHead&) = default;
};
constexpr int pinnedColours = 8;

/// The part of the map that fills the view, in rows and columns of shown tokens, from the first one's edge.
struct MapZoom {
    double firstRow = 0, rows = 0;
    double firstColumn = 0, columns = 0;
    friend bool operator==(const MapZoom&, const MapZoom&) = default;
};

/// What is told of all heads at once. Metrics by their id (engine/metrics/head_metric.h); one that is not
/// known is none.
struct HeadNumbers {
    std::string badge;                ///< written on each thumbnail; empty: nothing
    bool sorted = false;              ///< thumbnails by it, the highest first, instead of layer by layer
    std::string across = "entropy";   ///< of the plot, from left to right
    std::string up = "mean-distance"; ///< of the plot, from bottom to top
    friend bool operator==(const HeadNumbers&, const HeadNumbers&) = default;
};

/// What stands beside the weights to judge them by: measured changes, the logit lens, direct contributions.
struct EvidenceChoice {
    bool shown = false;
    std::string
        output; ///< the piece whose reading is measured; empty, or not known to the model: the best one
    friend bool operator==(const EvidenceChoice&, const EvidenceChoice&) = default;
};

struct ViewChoices {
    Page page = Page::look;
    ViewKind view = ViewKind::map;
    WeightScale scale = WeightScale::linear;
    ShownTokens tokens;
    std::vector<PinnedHead> pinned; ///< in the order in which they were pinned
    std::optional<MapZoom> zoom;    ///< nothing: the whole map
    StepsPlace steps;
    ComparedWith compared;
    HeadNumbers numbers;
    DerivedChoice derived;
    EvidenceChoice evidence;
    friend bool operator==(const ViewChoices&, const ViewChoices&) = default;
};

} // namespace headlight
