#pragma once

#include "app/main_window.h"
#include "tests/ui/fake_model.h"
#include "tests/ui/fake_runner.h"
#include "ui/look/heatmap_view.h"
#include "ui/row/row_panel.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>

namespace headlight {

/// A window on the fake model, with its first picture.
struct Fixture {
    explicit Fixture(WindowHooks hooks = {})
        : runner(fakeModel()), window(runner, fakeModel(), {}, std::move(hooks)) {
        window.resize(1280, 720);
        window.show();
        window.picture();
        window.activateWindow();
    }
    const Trace& trace() const { return *window.traces().current(); }
    QString word(int token) const {
        return token < 0
                   ? QString()
                   : QString::fromStdString(trace().spelling(trace().tokens()[static_cast<size_t>(token)]));
    }
    QString query() { return word(window.selection().query()); }
    QString key() { return word(window.selection().key()); }
    template <class Widget>
    Widget& find(const char* name) {
        return *window.findChild<Widget*>(QString::fromLatin1(name));
    }
    QPlainTextEdit& editor() { return find<QPlainTextEdit>("editor"); }
    HeatmapView& map() { return find<HeatmapView>("map"); }
    QLabel& notice() { return find<QLabel>("notice"); }
    RowPanel& panel() { return *window.findChild<RowPanel*>(); }
    void settle() { QTRY_COMPARE(window.traces().id(), runner.lastId()); }

    FakeRunner runner;
    MainWindow window;
};

/// A window with files.
inline WindowHooks withFiles(const QTemporaryDir& folder) {
    WindowHooks hooks;
    hooks.autosave = folder.filePath(QStringLiteral("autosave")).toStdString();
    return hooks;
}

} // namespace headlight
