#include "app/commands/application.h"
#include "app/commands/look_output.h"
#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "app/commands/window_picture.h"
#include "app/preferences.h"
#include "engine/core/errors.h"
#include "engine/training/recipes.h"
#include "ui/autosave/autosave.h"
#include "ui/render/figure.h"
#include "ui/session/lane_runner.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <ostream>
#include <thread>

namespace headlight {

namespace {
constexpr const char* usualModel = "reader";
constexpr const char* usualText = "The animal didn't cross the street because it was too tired.";
constexpr const char* usualQuery = "it";
constexpr const char* usualPicture = "headlight-window.png";

/// The model that the window opens on when no file is named.
std::string firstModel() {
    const std::vector<std::string> bundled = bundledModels();
    if (bundled.empty())
        throw RequestError(
            "there is no model to open: none is bundled here; name a folder that holds one, as in "
            "headlight FOLDER");
    return std::find(bundled.begin(), bundled.end(), usualModel) != bundled.end() ? usualModel
                                                                                  : bundled.front();
}

std::string textOr(const std::string& text, const char* usual) {
    return text.empty() ? usual : text;
}

void showWithoutDisplay(const std::shared_ptr<const LoadedModel>& model, const std::filesystem::path& picture,
                        Streams& streams) {
    streams.error << "headlight: there is no display; the window is painted into " << picture.string()
                  << std::endl;
    const auto trace =
        traceOf(model, textOr(model->notes.exampleText, usualText), {}, streams, RecordPlan::everything());
    LookRequest request;
    try {
        request.query = findToken(*trace, *model->tokenizer, textOr(model->notes.exampleQuery, usualQuery));
    } catch (const RequestError&) {
        request.query = static_cast<int>(trace->tokens().size()) / 2; // a model that has no such word
    }
    savePicture(windowPicture(model, *trace, std::nullopt, ThemeName::light), picture);
    Look(*model, *trace, request).printText(streams.out);
    if (const auto head = parseHeadAddress(model->notes.exampleHead)) {
        request.head = head;
        Look(*model, *trace, request).printText(streams.out << "\n");
    }
}

/// A training that was stopped goes on in the same folder. One processor is left to the window.
std::filesystem::path trainForWindow(const JobControl& control) {
    TrainOptions options;
    options.out = std::filesystem::path(
                      QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString()) /
                  "headlight" / "models" / "my-reader";
    options.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1);
    std::filesystem::create_directories(options.out.parent_path());
    trainRecipe(usualModel, options, control);
    return options.out;
}

void showWindow(const std::shared_ptr<const LoadedModel>& model, const std::string& notOpened) {
    LaneRunner runner(model);
    WindowHooks hooks;
    hooks.models = bundledModels();
    hooks.loadModel = [](const std::string& nameOrFolder) { return LoadedModel::load(nameOrFolder); };
    hooks.trainReader = trainForWindow;
    hooks.openAnother = [] { QProcess::startDetached(QCoreApplication::applicationFilePath(), {}); };
    hooks.examples = bundledExamples();
    hooks.autosave = autosaveFolder();
    hooks.files = readFileSettings();
    MainWindow window(runner, model, readPreferences(), hooks);
    window.show();
    if (!notOpened.empty())
        window.openFile(notOpened); // the window says what is wrong with it
    QApplication::exec();
    writePreferences(window.settings());
    writeFileSettings(window.fileSettings());
}

void run(const Arguments& arguments, Streams& streams) {
    const std::optional<std::string> file = arguments.positional(0);
    const Application application(Application::Screen::display);
    if (!application.hasDisplay()) {
        showWithoutDisplay(LoadedModel::load(file ? *file : firstModel()),
                           arguments.value("out", usualPicture), streams);
        return;
    }
    if (!file) {
        showWindow(LoadedModel::load(firstModel()), {});
        return;
    }
    std::shared_ptr<const LoadedModel> model;
    try {
        model = LoadedModel::load(*file);
    } catch (const Error&) {
        if (bundledModels().empty())
            throw;
    }
    if (model)
        showWindow(model, {});
    else
        showWindow(LoadedModel::load(firstModel()), *file);
}
} // namespace

Command windowCommand() {
    return {{},
            "Opens the window, on a model folder if one is named. With no display: a picture of it and the "
            "strongest weights.",
            {"[FILE]"},
            {{"out", "PICTURE", "where the picture goes when there is no display (headlight-window.png)"}},
            run};
}

} // namespace headlight
