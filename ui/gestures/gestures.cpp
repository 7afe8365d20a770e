#include "ui/gestures/gestures.h"

#include <QCoreApplication>

namespace headlight {

namespace {
QString translated(const char* text) {
    return QCoreApplication::translate("Gestures", text);
}
} // namespace

std::vector<Gesture> gestures() {
    const auto gesture = [](const char* id, const char* where, const char* keys, const char* what) {
        return Gesture{QString::fromLatin1(id), translated(where), translated(keys), translated(what)};
    };
    return {
        gesture("hover", QT_TRANSLATE_NOOP("Gestures", "everywhere"),
                QT_TRANSLATE_NOOP("Gestures", "rest the pointer"),
                QT_TRANSLATE_NOOP("Gestures", "previews that word, cell or head; nothing is selected")),
        gesture("click", QT_TRANSLATE_NOOP("Gestures", "everywhere"), QT_TRANSLATE_NOOP("Gestures", "click"),
                QT_TRANSLATE_NOOP("Gestures", "selects that word, cell or head")),
        gesture("escape", QT_TRANSLATE_NOOP("Gestures", "everywhere"), QT_TRANSLATE_NOOP("Gestures", "Esc"),
                QT_TRANSLATE_NOOP("Gestures", "lets go of the selected key, closes a message")),
        gesture("tab", QT_TRANSLATE_NOOP("Gestures", "everywhere"),
                QT_TRANSLATE_NOOP("Gestures", "Tab, Shift+Tab"),
                QT_TRANSLATE_NOOP("Gestures", "goes to the next or previous part of the window")),
        gesture("map.arrows", QT_TRANSLATE_NOOP("Gestures", "map"),
                QT_TRANSLATE_NOOP("Gestures", "arrow keys"),
                QT_TRANSLATE_NOOP("Gestures",
                                  "walk from cell to cell; the first step starts at the strongest key")),
        gesture("map.ends", QT_TRANSLATE_NOOP("Gestures", "map"), QT_TRANSLATE_NOOP("Gestures", "Home, End"),
                QT_TRANSLATE_NOOP("Gestures", "go to the first or last key of the row")),
        gesture("lines.arrows", QT_TRANSLATE_NOOP("Gestures", "lines"),
                QT_TRANSLATE_NOOP("Gestures", "arrow keys"),
                QT_TRANSLATE_NOOP("Gestures", "Up, Down: the previous or next word; Right, Left: along its "
                                              "lines, from the strongest on")),
        gesture(
            "lines.heading", QT_TRANSLATE_NOOP("Gestures", "lines"),
            QT_TRANSLATE_NOOP("Gestures", "click a column's heading"),
            QT_TRANSLATE_NOOP("Gestures", "reads from that side: what a word looks at, or who looks at it")),
        gesture(
            "pin.key", QT_TRANSLATE_NOOP("Gestures", "heads, lines"), QT_TRANSLATE_NOOP("Gestures", "P"),
            QT_TRANSLATE_NOOP("Gestures", "pins the selected head in a colour of its own, or releases it")),
        gesture("pin.click", QT_TRANSLATE_NOOP("Gestures", "heads"),
                QT_TRANSLATE_NOOP("Gestures", "Ctrl+click, right click"),
                QT_TRANSLATE_NOOP("Gestures", "pins that head or releases it")),
        gesture("pin.legend", QT_TRANSLATE_NOOP("Gestures", "lines"),
                QT_TRANSLATE_NOOP("Gestures", "click a head above the lines"),
                QT_TRANSLATE_NOOP("Gestures", "selects it; its × releases it")),
        gesture("map.column", QT_TRANSLATE_NOOP("Gestures", "map"),
                QT_TRANSLATE_NOOP("Gestures", "click a word at the top"),
                QT_TRANSLATE_NOOP("Gestures", "reads that column: which words look at it")),
        gesture("map.row", QT_TRANSLATE_NOOP("Gestures", "map"),
                QT_TRANSLATE_NOOP("Gestures", "click a word at the left"),
                QT_TRANSLATE_NOOP("Gestures", "reads that row: what the word looks at")),
        gesture("axis", QT_TRANSLATE_NOOP("Gestures", "map, row"), QT_TRANSLATE_NOOP("Gestures", "C"),
                QT_TRANSLATE_NOOP("Gestures", "changes between the row and the column of a word")),
        gesture("map.wheel", QT_TRANSLATE_NOOP("Gestures", "map"), QT_TRANSLATE_NOOP("Gestures", "wheel"),
                QT_TRANSLATE_NOOP("Gestures", "zooms at the pointer")),
        gesture("map.drag", QT_TRANSLATE_NOOP("Gestures", "map"),
                QT_TRANSLATE_NOOP("Gestures", "drag with the middle button, or with Shift"),
                QT_TRANSLATE_NOOP("Gestures", "moves the zoomed map")),
        gesture("map.zoom", QT_TRANSLATE_NOOP("Gestures", "map"), QT_TRANSLATE_NOOP("Gestures", "+, −, 0"),
                QT_TRANSLATE_NOOP("Gestures", "zoom in, zoom out, show the whole map")),
        gesture("heads.arrows", QT_TRANSLATE_NOOP("Gestures", "heads"),
                QT_TRANSLATE_NOOP("Gestures", "arrow keys"),
                QT_TRANSLATE_NOOP("Gestures", "walk from head to head")),
        gesture("words.arrows", QT_TRANSLATE_NOOP("Gestures", "words"),
                QT_TRANSLATE_NOOP("Gestures", "Left, Right"),
                QT_TRANSLATE_NOOP("Gestures", "select the previous or next word that looks")),
        gesture("row.arrows", QT_TRANSLATE_NOOP("Gestures", "row"), QT_TRANSLATE_NOOP("Gestures", "Up, Down"),
                QT_TRANSLATE_NOOP("Gestures", "select the previous or next key")),
        gesture("editor.focus", QT_TRANSLATE_NOOP("Gestures", "everywhere"),
                QT_TRANSLATE_NOOP("Gestures", "Ctrl+L"),
                QT_TRANSLATE_NOOP("Gestures", "goes to the text and selects it")),
        gesture("model.open", QT_TRANSLATE_NOOP("Gestures", "everywhere"),
                QT_TRANSLATE_NOOP("Gestures", "Ctrl+O"),
                QT_TRANSLATE_NOOP("Gestures", "opens a model folder")),
        gesture("theme", QT_TRANSLATE_NOOP("Gestures", "everywhere"), QT_TRANSLATE_NOOP("Gestures", "Ctrl+D"),
                QT_TRANSLATE_NOOP("Gestures", "changes between light and dark")),
        gesture("help", QT_TRANSLATE_NOOP("Gestures", "everywhere"), QT_TRANSLATE_NOOP("Gestures", "F1"),
                QT_TRANSLATE_NOOP("Gestures", "shows this table")),
        gesture("glossary", QT_TRANSLATE_NOOP("Gestures", "everywhere"),
                QT_TRANSLATE_NOOP("Gestures", "Ctrl+F1"),
                QT_TRANSLATE_NOOP("Gestures", "explains the words used here, such as score and weight")),
        gesture("row.heading", QT_TRANSLATE_NOOP("Gestures", "row"),
                QT_TRANSLATE_NOOP("Gestures", "click a column's heading"),
                QT_TRANSLATE_NOOP("Gestures", "explains that word")),
    };
}

} // namespace headlight
