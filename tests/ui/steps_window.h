#pragma once

#include "app/main_window.h"
#include "tests/ui/fake_model.h"
#include "tests/ui/fake_runner.h"
#include "ui/look/heatmap_view.h"
#include "ui/steps/stage_canvas.h"
#include "ui/steps/steps_page.h"

#include <QTest>

namespace headlight {

inline std::shared_ptr<const LoadedModel> reader() {
    static const std::shared_ptr<const LoadedModel> loaded = LoadedModel::load("reader");
    return loaded;
}

/// A window on the bundled model, answered on the window's own thread.
struct StepsWindow {
    explicit StepsWindow(const std::shared_ptr<const LoadedModel>& model = reader(),
                         const WindowSettings& settings = {})
        : runner(model), window(runner, model, settings, {}) {
        window.resize(1280, 720);
        window.show();
        window.picture();
        window.activateWindow();
    }
    template <class Widget>
    Widget& find(const char* name) {
        return *window.findChild<Widget*>(QString::fromLatin1(name));
    }
    StepsPage& page() { return find<StepsPage>("stepsPage"); }
    HeatmapView& map() { return find<HeatmapView>("map"); }
    Selection& selection() { return window.selection(); }
    const ShownSteps& steps() { return *page().source().shown(); }
    const Stage& stage() { return *page().source().stage(); }
    std::string stageName() { return std::string(nameOf(stage().id)); }
    void settle() { QTRY_COMPARE(window.traces().id(), runner.lastId()); }
    /// The Steps page by keyboard from the map.
    void enter() {
        map().setFocus();
        QTest::keyClick(&map(), Qt::Key_Right); // the strongest key of "it"
        QTest::keyClick(&map(), Qt::Key_Return);
        settle();
        QVERIFY(page().source().shown());
    }
    void key(int key) { QTest::keyClick(&page().canvas(), static_cast<Qt::Key>(key)); }
    void goTo(StageId id) {
        for (size_t i = 0; i < steps().steps.stages.size(); ++i)
            if (steps().steps.stages[i].id == id)
                page().player().go(static_cast<int>(i));
        QVERIFY(stage().id == id);
    }

    FakeRunner runner;
    MainWindow window;
};

} // namespace headlight
