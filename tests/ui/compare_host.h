#pragma once

#include "tests/ui/fake_runner.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_view.h"
#include "ui/editor/text_editor.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QLabel>
#include <QMouseEvent>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

namespace headlight {

/// The page Compare with all that it needs of a window, answered on the window's own thread.
struct CompareHost {
    explicit CompareHost(const std::shared_ptr<const LoadedModel>& model, const QString& text,
                         const std::vector<std::string>& sentences = {}, OtherModelHooks models = {})
        : runner(model),
          page(new ComparePage(traces, selection, options,
                               {&runner, &document, sentences, withJobs(std::move(models))}, &window)),
          layout(new QVBoxLayout(&window)) {
        layout->addWidget(page->bar());
        layout->addWidget(page, 1);
        QObject::connect(&document, &Document::changed, &window, [this] {
            if (asked == document.text() && edits == document.edits().edits())
                return;
            asked = document.text();
            edits = document.edits().edits();
            runner.submit(asked, document.pair(), edits);
        });
        QObject::connect(&runner, &Runner::traceReady, &window,
                         [this](quint64 id, const std::shared_ptr<const Trace>& trace) {
                             if (traces.current())
                                 selection.carryTo(trace);
                             else
                                 selection.start(trace, "it",
                                                 parseHeadAddress(runner.model().notes.exampleHead));
                             traces.set(id, trace);
                         });
        const auto count = [this] { answered = runner.compared().size(); };
        QObject::connect(&runner, &Runner::comparedReady, &window, count);
        QObject::connect(&runner, &Runner::comparedFailed, &window, count);
        window.resize(1054, 640);
        window.show();
        window.activateWindow();
        setText(text);
        settle();
    }
    OtherModelHooks withJobs(OtherModelHooks models) {
        models.jobs = &loading;
        return models;
    }
    void setText(const QString& text) { document.setTexts(text, {}); }
    void settle() {
        QTRY_COMPARE(traces.id(), runner.lastId());
        QTRY_COMPARE(answered, runner.compared().size());
    }
    template <class Widget>
    Widget& find(const char* name) {
        return *window.findChild<Widget*>(QString::fromLatin1(name));
    }
    void click(const char* name) {
        QTest::mouseClick(&find<QToolButton>(name), Qt::LeftButton);
        settle();
    }
    /// Rests the pointer there.
    void point(QPoint place) {
        QMouseEvent move(QEvent::MouseMove, place, view().mapToGlobal(place), Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(&view(), &move);
    }
    CompareView& view() { return find<CompareView>("comparison"); }
    const ComparePicture& picture() { return page->picture(); }
    const Comparison& comparison() { return picture().comparison; }
    TextEditor& textB() { return find<TextEditor>("compareText"); }
    QString text(const char* name) { return find<QLabel>(name).text(); }
    QString row(int place) {
        return placeNameOfA(picture().sides, comparison().rows[static_cast<size_t>(place)]);
    }
    QString column(int place) {
        return placeNameOfA(picture().sides, comparison().columns[static_cast<size_t>(place)]);
    }
    int placeOf(const char* word) {
        for (int place = 0; place < static_cast<int>(comparison().rows.size()); ++place)
            if (row(place) == QLatin1String(word))
                return place;
        return -1;
    }
    QPoint cell(ComparePicture::Part part, MapCell at) {
        return picture().maps[part].cell(at.query, at.key).center().toPoint();
    }

    FakeRunner runner;
    TraceStore traces;
    Selection selection;
    ViewOptions options;
    Document document{selection, options};
    QString asked;
    Edits edits;
    size_t answered = 0;
    Jobs loading{{}};
    QWidget window;
    ComparePage* page;
    QVBoxLayout* layout;
};

} // namespace headlight
