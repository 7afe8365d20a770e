#include "app/commands/application.h"
#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "app/commands/window_picture.h"
#include "engine/core/errors.h"
#include "engine/explain/formats.h"
#include "engine/explain/readings.h"
#include "engine/explain/words.h"
#include "engine/files/atomic_file.h"
#include "engine/files/for_others.h"
#include "ui/render/figure.h"
#include "ui/render/numbers.h"
#include "ui/render/stage_figure.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <sstream>

namespace headlight {

namespace {
constexpr QSize mapSize(800, 720);
constexpr QSize headsSize(1000, 700);
constexpr QSize linesSize(800, 720);
constexpr QSize alikeSize(1000, 520);
constexpr QSize stepsSize(900, 0); // as high as the stage needs
constexpr int linesRow = 20;       // pixels; a long text makes the figure taller

struct Figure {
    ReadText read;
    HeadAddress head;
    int query = -1;
    int key = -1; ///< of the steps; -1: the strongest
    Theme theme;
    FigureFile file;
    QSize asked; ///< empty: the usual size of the view
    Workspace workspace;

    /// The file in the size that was asked for.
    FigureFile sized(QSize usual) const {
        FigureFile result = file;
        result.size = asked.isEmpty() ? usual : asked;
        return result;
    }
};

void renderMap(const Figure& figure) {
    const std::string ending = figure.file.path.extension().string();
    if (ending == ".csv" || ending == ".json")
        saveNumbers(*figure.read.trace, figure.head, figure.workspace, figure.file.path);
    else
        renderHeatmap(*figure.read.trace, {figure.head, figure.query, figure.workspace.shown, figure.theme},
                      figure.sized(mapSize));
}

void renderLineView(const Figure& figure) {
    const int tokens = static_cast<int>(figure.read.trace->tokens().size());
    QSize size = linesSize;
    size.setHeight(std::max(size.height(), 200 + linesRow * tokens));
    renderLines(*figure.read.trace, {figure.head, figure.query, figure.workspace.shown, figure.theme},
                figure.sized(size));
}

void renderSteps(const Figure& figure) {
    const Trace& trace = *figure.read.trace;
    const Model& model = *figure.read.model->model;
    StageFigure stage{{figure.head, std::max(0, figure.query), figure.key, 0},
                      figure.workspace.shown.steps,
                      {figure.theme, figure.workspace.shown.steps.depth}};
    if (stage.question.key < 0)
        stage.question.key = strongestKeys(trace, figure.head, stage.question.query).front().key;
    if (figure.file.path.extension() == ".csv")
        writeFileAtomically(figure.file.path, stepsAs(StepsFormat::csv, trace, model, stage.question));
    else
        renderStage(trace, model, stage, figure.sized(stepsSize));
}

void renderAllHeads(const Figure& figure) {
    renderHeads(*figure.read.trace, figure.theme, figure.sized(headsSize));
}

void renderSimilarity(const Figure& figure) {
    renderAlike(*figure.read.trace, {figure.head, figure.query, figure.workspace.shown, figure.theme},
                figure.sized(alikeSize));
}

void renderDerivedMap(const Figure& figure) {
    renderDerived(*figure.read.trace, {figure.head, figure.query, figure.workspace.shown, figure.theme},
                  figure.sized(mapSize));
}

void renderWindow(const Figure& figure) {
    if (figure.file.path.extension() != ".png")
        throw RequestError(figure.file.path.string() + ": a picture of the window is a .png");
    if (!figure.read.trace->pairText.empty())
        throw RequestError("the window shows one text: leave --pair out");
    savePicture(windowPicture(figure.read.model, *figure.read.trace, figure.head, figure.theme.name,
                              figure.read.edits),
                figure.file.path, figure.workspace);
}

struct View {
    const char* name;
    void (*render)(const Figure&);
    ViewKind kind = ViewKind::map;
    Page page = Page::look;
    DerivedKind derived = DerivedKind::rollout;
};
constexpr std::array views{View{"heatmap", renderMap},
                           View{"lines", renderLineView, ViewKind::lines},
                           View{"heads", renderAllHeads},
                           View{"similarity", renderSimilarity, ViewKind::heads},
                           View{"rollout", renderDerivedMap, ViewKind::derived},
                           View{"flow", renderDerivedMap, ViewKind::derived, Page::look, DerivedKind::flow},
                           View{"steps", renderSteps, ViewKind::map, Page::steps},
                           View{"window", renderWindow}};

const View& viewOf(const std::string& name) {
    std::string known;
    for (const View& view : views) {
        if (view.name == name)
            return view;
        known += known.empty() ? "" : ", ";
        known += view.name;
    }
    throw UsageError("--view is one of " + known + ", not \"" + name + "\"");
}

ThemeName themeOf(const Arguments& arguments) {
    const std::string name = arguments.value("theme", "light");
    if (name != "light" && name != "dark")
        throw UsageError("--theme is light or dark, not \"" + name + "\"");
    return name == "dark" ? ThemeName::dark : ThemeName::light;
}

/// The token of `--query`; without it that of the model's example, -1 where the text has none such.
int queryOf(const Arguments& arguments, const ReadText& read) {
    const std::optional<std::string> asked = arguments.value("query");
    try {
        return findToken(*read.trace, *read.model->tokenizer, asked.value_or(read.model->notes.exampleQuery));
    } catch (const RequestError&) {
        if (asked)
            throw;
        return -1;
    }
}

/// The heads of `--pins`, each in the next colour.
std::vector<PinnedHead> pinsOf(const Arguments& arguments) {
    std::vector<PinnedHead> pins;
    std::istringstream list(arguments.value("pins", {}));
    for (std::string name; std::getline(list, name, ',');) {
        const std::optional<HeadAddress> head = parseHeadAddress(name);
        if (!head)
            throw UsageError("--pins takes addresses such as encoder.1.head.2, with commas between, not \"" +
                             name + "\"");
        if (pins.size() == pinnedColours)
            throw UsageError("--pins takes at most " + std::to_string(pinnedColours) +
                             " heads, a colour for each");
        if (std::none_of(pins.begin(), pins.end(),
                         [&](const PinnedHead& each) { return each.head == *head; }))
            pins.push_back({*head, static_cast<int>(pins.size())});
    }
    return pins;
}

/// "WxH" in logical pixels.
QSize sizeOf(const Arguments& arguments) {
    const std::optional<std::string> text = arguments.value("size");
    if (!text)
        return {};
    const size_t by = text->find('x');
    const auto part = [&](size_t begin, size_t end) {
        const std::optional<long long> number = parseInteger(text->substr(begin, end - begin));
        return number && *number >= 50 && *number <= 10000 ? static_cast<int>(*number) : 0;
    };
    const QSize size = by == std::string::npos ? QSize() : QSize(part(0, by), part(by + 1, text->size()));
    if (size.isEmpty())
        throw UsageError("--size is a width and a height from 50 to 10000, such as 800x720, not \"" + *text +
                         "\"");
    return size;
}

WeightScale weightScaleOf(const Arguments& arguments) {
    const std::string name = arguments.value("weights", "linear");
    constexpr std::array scales{
        std::pair{"linear", WeightScale::linear}, std::pair{"sqrt", WeightScale::squareRoot},
        std::pair{"log", WeightScale::logarithmic}, std::pair{"rank", WeightScale::rank}};
    for (const auto& [known, scale] : scales)
        if (name == known)
            return scale;
    throw UsageError("--weights is linear, sqrt, log or rank, not \"" + name + "\"");
}

StepsPlace stepsPlaceOf(const Arguments& arguments) {
    StepsPlace place;
    place.stage = arguments.value("stage", "weights");
    std::string known;
    bool found = false;
    for (int id = 0; id <= static_cast<int>(StageId::residual); ++id) {
        const std::string name(nameOf(static_cast<StageId>(id)));
        found = found || name == place.stage;
        known += (known.empty() ? "" : ", ") + name;
    }
    if (!found)
        throw UsageError("--stage is one of " + known + ", not \"" + place.stage + "\"");
    const std::string depth = arguments.value("depth", "arithmetic");
    if (depth != "idea" && depth != "arithmetic")
        throw UsageError("--depth is idea or arithmetic, not \"" + depth + "\"");
    place.depth = depth == "idea" ? StepsDepth::idea : StepsDepth::arithmetic;
    return place;
}

/// The last layer of a derived map.
std::optional<int> layerOf(const Arguments& arguments, bool isDerived) {
    constexpr long long mostLayers = 10000;
    const std::optional<long long> layer = arguments.integer("layer", 0, mostLayers);
    if (layer && !isDerived)
        throw UsageError("--layer goes with --view rollout and --view flow");
    return layer ? std::optional(static_cast<int>(*layer)) : std::nullopt;
}

/// With the numbers on the way for the one view that shows them.
ReadText readFor(const View& view, const Arguments& arguments, Streams& streams) {
    if (view.page != Page::steps)
        return readText(arguments, streams, RecordPlan::everything());
    return readText(arguments, streams, [&](const Model& model) {
        const std::optional<HeadAddress> given = headOf(arguments, model.shape());
        RecordPlan plan = RecordPlan::everything();
        plan.details = given ? DetailChoice::of(*given) : DetailChoice::ofAll();
        return plan;
    });
}

Workspace workspaceOf(const Figure& figure, const Arguments& arguments) {
    Workspace workspace;
    const Trace& trace = *figure.read.trace;
    workspace.model = referenceOf(*figure.read.model);
    workspace.text = trace.text;
    workspace.pair = trace.pairText;
    workspace.edits = figure.read.edits;
    workspace.selection.head = figure.head;
    if (figure.query >= 0)
        workspace.selection.query = anchorOf(trace.tokens(), figure.query);
    workspace.shown.scale = weightScaleOf(arguments);
    workspace.shown.tokens = {!arguments.has("hide-special"), !arguments.has("hide-first"),
                              arguments.has("words")};
    return forOthers(workspace);
}

void run(const Arguments& arguments, Streams& streams) {
    constexpr long long largestScale = 8;
    const View& view = viewOf(arguments.value("view", {}));
    const ThemeName theme = themeOf(arguments);
    const QSize asked = sizeOf(arguments);
    const auto scale = static_cast<double>(arguments.integer("scale", 1, largestScale).value_or(2));
    const std::vector<PinnedHead> pins = pinsOf(arguments);
    const StepsPlace place = stepsPlaceOf(arguments);
    const std::optional<int> layer = layerOf(arguments, view.kind == ViewKind::derived);
    weightScaleOf(arguments); // what is wrong with the command line is said before the model is read
    const Application application(Application::Screen::none); // fonts, which a theme has, need one
    Figure figure{readFor(view, arguments, streams),           {},    -1, -1, themeNamed(theme),
                  {arguments.value("out", {}), {}, scale, {}}, asked, {}};
    const std::optional<HeadAddress> given = headOf(arguments, figure.read.trace->shape);
    const std::optional<HeadAddress> example = parseHeadAddress(figure.read.model->notes.exampleHead);
    figure.head =
        given.value_or(example.value_or(HeadAddress{figure.read.trace->shape.stacks.front().stack, 0, 0}));
    figure.query = queryOf(arguments, figure.read);
    if (const std::optional<std::string> key = arguments.value("key"))
        figure.key = findToken(*figure.read.trace, *figure.read.model->tokenizer, *key);
    figure.workspace = workspaceOf(figure, arguments);
    figure.workspace.shown.page = view.page;
    if (view.page == Page::steps)
        figure.workspace.shown.steps = place;
    if (figure.key >= 0)
        figure.workspace.selection.key = anchorOf(figure.read.trace->tokens(), figure.key);
    figure.workspace.shown.view = view.kind;
    figure.workspace.shown.pinned = pins;
    if (view.kind == ViewKind::derived)
        figure.workspace.shown.derived = {view.derived, layer, !pins.empty()};
    figure.file.workspace = figure.workspace;
    view.render(figure);
    streams.out << figure.file.path.string() << "\n";
}
} // namespace

Command renderCommand() {
    return {
        "render",
        "Paints one view into a file; no display needed.",
        {},
        {modelOption(),
         textOption(),
         pairOption(),
         editsOption(),
         {"view", "VIEW",
          "heatmap, lines or steps (of one head), heads (all of them), similarity (all against all), rollout "
          "or flow (derived from the weights of all layers) or window",
          true},
         {"head", "ADDRESS",
          "the head of heatmap, lines and steps; without it, the one that the model's example shows"},
         {"query", "TOKEN", "the row of the heatmap, the word of the lines: a word (it, it#2) or an index"},
         {"key", "TOKEN", "for steps: the key; without it, the strongest one of the query"},
         {"stage", "NAME",
          "for steps: query, keys, dot, scores, scaled, ..., weights (the default), ..., residual"},
         {"depth", "NAME", "for steps: idea, or arithmetic (the default) with the numbers substituted"},
         {"pins", "ADDRESSES",
          "for lines: more heads in colours of their own, with commas between; for rollout and flow: in "
          "layers "
          "with one of these or --head, those alone count"},
         {"layer", "N", "for rollout and flow: the last layer that counts; without it, the model's last"},
         {"theme", "NAME", "light (the default) or dark"},
         {"scale", "N", "pixels of a .png for each pixel of its size, 1 to 8 (2)"},
         {"size", "WxH", "in pixels; without it, the usual size of the view"},
         {"weights", "SCALE", "how weights are coloured: linear (the default), sqrt, log or rank"},
         {"hide-special", "", "leaves out tokens such as [CLS]"},
         {"hide-first", "", "leaves out the first token"},
         {"words", "", "pieces of a word as one"},
         {"out", "FILE",
          "f.png, f.svg or f.pdf; for the heatmap also its numbers, f.csv or f.json, for "
          "steps f.csv",
          true}},
        run};
}

} // namespace headlight
