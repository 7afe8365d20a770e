#pragma once

#include "tests/ui/window_fixture.h"
#include "ui/editor/token_chips.h"
#include "ui/heads/heads_view.h"
#include "ui/look/map_page.h"
#include "ui/viewbar/segments.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QListView>
#include <QMenu>
#include <QMouseEvent>

namespace headlight {

/// What hands do to the model in a window, as a person would do it.
template <class Window>
struct EditHands {
    Window& f;

    const Edits& edits() { return f.window.document().edits().edits(); }
    template <class Kind>
    const Kind& only() {
        if (edits().size() != 1)
            qFatal("%d edits, not one", static_cast<int>(edits().size()));
        return std::get<Kind>(edits().front().what);
    }
    EditTool& tool() { return *f.window.template findChild<EditTool*>(); }
    HeatmapView& map() { return f.template find<HeatmapView>("map"); }
    TokenChips& chips() { return f.template find<TokenChips>("chips"); }
    HeadsView& heads() { return f.template find<HeadsView>("heads"); }
    QAbstractItemModel& history() { return *f.template find<QListView>("historyList").model(); }
    int states() { return history().rowCount(); }
    QString lastState() { return history().index(states() - 1, 0).data().toString(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(f.window.focusWidget() ? f.window.focusWidget() : &f.window, key, modifiers);
    }

    QPoint cell(int query, int key) { return map().picture().map.cell(query, key).center().toPoint(); }
    void move(QPoint to) {
        QMouseEvent event(QEvent::MouseMove, to, map().mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&map(), &event);
    }
    /// Presses, goes to each place, and lets go.
    void drag(const std::vector<QPoint>& places) {
        QTest::mousePress(&map(), Qt::LeftButton, {}, places.front());
        for (size_t i = 1; i < places.size(); ++i)
            move(places[i]);
        QTest::mouseRelease(&map(), Qt::LeftButton, {}, places.back());
    }
    void click(int query, int key) { QTest::mouseClick(&map(), Qt::LeftButton, {}, cell(query, key)); }

    /// A right click at this place, and a click on the line of the menu that begins so.
    void choose(QWidget& at, QPoint place, const QString& line) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, at.mapToGlobal(place));
        QCoreApplication::sendEvent(&at, &event);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (!menu)
            qFatal("no menu");
        QStringList lines;
        for (QAction* action : menu->actions()) {
            lines << action->text();
            if (!action->text().startsWith(line))
                continue;
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            f.window.activateWindow(); // as window systems do when a menu goes
            return;
        }
        qFatal("no such line: %s", qPrintable(lines.join(QStringLiteral(" | "))));
    }
    void chooseHead(const HeadAddress& head, const QString& line) {
        choose(heads(), heads().thumbnailRect(head).center(), line);
    }
    void chooseWord(int token, const QString& line) {
        choose(*chips().viewport(), chips().chipRect(token).center(), line);
    }
    Segments& segments(const char* name) {
        for (Segments* each : f.window.template findChildren<Segments*>())
            if (each->accessibleName() == QString::fromLatin1(name))
                return *each;
        qFatal("no such switches");
    }
};

inline bool isNear(const QColor& one, const QColor& other) {
    constexpr int most = 60;
    return std::abs(one.red() - other.red()) < most && std::abs(one.green() - other.green()) < most &&
           std::abs(one.blue() - other.blue()) < most;
}

/// A window on the fake model with its history open and the keyboard in the map.
struct EditFolder {
    QTemporaryDir folder;
};
struct EditWindow : EditFolder, Fixture {
    EditWindow() : Fixture(withFiles(folder)) {
        window.resize(1280, 900); // cells of a size at which marks are told apart
        QTest::keyClick(&window, Qt::Key_H, Qt::ControlModifier);
        map().setFocus();
    }
    EditHands<EditWindow> hands{*this};
    void takeTool(Qt::Key mode) {
        QTest::keyClick(&map(), Qt::Key_E);
        QTest::keyClick(&map(), mode);
        QRect place; // the strip takes its own, and the rows above it theirs
        do {
            place = {map().mapTo(&window, QPoint()), map().size()};
            QTest::qWait(30);
        } while (place != QRect(map().mapTo(&window, QPoint()), map().size()));
    }
};

} // namespace headlight
