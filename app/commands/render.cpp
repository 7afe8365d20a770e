#include "app/commands/application.h"
#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "app/commands/window_picture.h"
#include "engine/core/errors.h"
#include "engine/explain/words.h"
#include "engine/files/atomic_file.h"
#include "ui/render/figure.h"

#include <algorithm>
#include <ostream>
#include <sstream>

namespace headlight {

namespace {
constexpr QSize mapSize(800, 720);
constexpr QSize linesSize(800, 720);
constexpr int linesRow = 20; // pixels; a long text makes the figure taller
constexpr QSize headsSize(1000, 700);

struct Figure {
    ReadText read;
    HeadAddress head;
    Theme theme;
    std::filesystem::path path;
    int query = -1;
    ViewChoices choices;
};

/// A cell of a CSV file: in quotes, quotes doubled (RFC 4180).
std::string csvCell(const std::string& text) {
    std::string cell = "\"";
    for (const char letter : text)
        cell += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return cell + '"';
}

/// The weights of one head: a line a query, a column a key, the very floats.
void writeCsv(const Figure& figure) {
    const Trace& trace = *figure.read.trace;
    const SiteRecord& site = *trace.site(figure.head.stack, figure.head.layer);
    std::string csv = "\"query\"";
    for (const Token& key : trace.tokens())
        csv += ',' + csvCell(key.piece);
    csv += "\r\n";
    for (size_t query = 0; query < trace.tokens().size(); ++query) {
        csv += csvCell(trace.tokens()[query].piece);
        for (const float weight : site.weights.row(figure.head.head, query))
            csv += ',' + jsonText(jsonNumber(weight));
        csv += "\r\n";
    }
    writeFileAtomically(figure.path, csv);
}

void renderMap(const Figure& figure) {
    if (figure.path.extension() == ".csv")
        writeCsv(figure);
    else
        renderHeatmap(*figure.read.trace, figure.head, -1, figure.theme, mapSize, figure.path);
}

void renderLineView(const Figure& figure) {
    const int tokens = static_cast<int>(figure.read.trace->tokens().size());
    QSize size = linesSize;
    size.setHeight(std::max(size.height(), 200 + linesRow * tokens));
    renderLines(*figure.read.trace, figure.head, figure.query, figure.choices, figure.theme, size,
                figure.path);
}

void renderAllHeads(const Figure& figure) {
    renderHeads(*figure.read.trace, figure.theme, headsSize, figure.path);
}

void renderWindow(const Figure& figure) {
    if (figure.path.extension() != ".png")
        throw RequestError(figure.path.string() + ": a picture of the window is a .png");
    if (!figure.read.trace->pairText.empty())
        throw RequestError("the window shows one text: leave --pair out");
    savePicture(windowPicture(figure.read.model, *figure.read.trace, figure.head, figure.theme.name),
                figure.path);
}

struct View {
    const char* name;
    void (*render)(const Figure&);
};
constexpr std::array views{View{"heatmap", renderMap}, View{"lines", renderLineView},
                           View{"heads", renderAllHeads}, View{"window", renderWindow}};

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

void run(const Arguments& arguments, Streams& streams) {
    const View& view = viewOf(arguments.value("view", {}));
    const ThemeName theme = themeOf(arguments);
    ViewChoices choices;
    choices.pinned = pinsOf(arguments);
    const Application application(Application::Screen::none); // fonts, which a theme has, need one
    Figure figure{readText(arguments, streams, RecordPlan::everything()),
                  {},
                  themeNamed(theme),
                  arguments.value("out", {}),
                  -1,
                  choices};
    figure.query = queryOf(arguments, figure.read);
    const std::optional<HeadAddress> asked = headOf(arguments, figure.read.trace->shape);
    const std::optional<HeadAddress> example = parseHeadAddress(figure.read.model->notes.exampleHead);
    figure.head =
        asked.value_or(example.value_or(HeadAddress{figure.read.trace->shape.stacks.front().stack, 0, 0}));
    view.render(figure);
    streams.out << figure.path.string() << "\n";
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
         {"view", "VIEW", "heatmap or lines (of one head), heads (all of them) or window", true},
         {"head", "ADDRESS",
          "the head of heatmap and lines; without it, the one that the model's example shows"},
         {"query", "TOKEN", "for lines: the token whose lines stand out, as a word (it, it#2) or an index"},
         {"pins", "ADDRESSES", "for lines: more heads in colours of their own, with commas between"},
         {"theme", "NAME", "light (the default) or dark"},
         {"out", "FILE", "f.png, f.svg or f.pdf; for the heatmap also f.csv", true}},
        run};
}

} // namespace headlight
