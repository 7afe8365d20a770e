#include "app/commands/window_picture.h"

#include "app/main_window.h"
#include "engine/core/errors.h"
#include "engine/explain/words.h"
#include "ui/session/lane_runner.h"

#include <algorithm>

namespace headlight {

namespace {
int queryToShow(const LoadedModel& model, const Trace& trace) {
    try {
        return findToken(trace, *model.tokenizer, model.notes.exampleQuery);
    } catch (const RequestError&) { // another text than the example's
        const std::vector<Word> words = wordsOf(trace);
        const auto last =
            std::find_if(words.rbegin(), words.rend(), [](const Word& word) { return !word.special; });
        return last == words.rend() ? -1 : last->first;
    }
}
} // namespace

QImage windowPicture(const std::shared_ptr<const LoadedModel>& model, const Trace& trace,
                     const std::optional<HeadAddress>& head, ThemeName theme, const Edits& edits) {
    LaneRunner runner(model);
    WindowSettings settings;
    settings.theme = theme;
    WindowHooks hooks;
    hooks.models = bundledModels();
    hooks.examples = bundledExamples();
    MainWindow window(runner, model, settings, std::move(hooks));
    window.setText(QString::fromStdString(trace.text));
    window.document().edits().setEdits(edits);
    window.picture(); // until the text is read
    Selection& selection = window.selection();
    const std::optional<HeadAddress> shown = head ? head : parseHeadAddress(model->notes.exampleHead);
    if (shown)
        selection.setHead(*shown);
    selection.setQuery(queryToShow(*model, trace));
    return window.picture();
}

} // namespace headlight
