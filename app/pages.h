#pragma once

#include "ui/compare/compare_page.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"
#include "ui/steps/steps_page.h"
#include "ui/theme/theme.h"

#include <QKeySequence>
#include <QPainter>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QHBoxLayout;
class QStackedWidget;
class QTabBar;

namespace headlight {

class Jobs;
struct SentenceToShow;

/// What a page is made from.
struct PageContext {
    const TraceStore& traces;
    Selection& selection;
    ViewOptions& options;
    Jobs& jobs;
    std::function<void(std::stop_token)> waitWhileBusy; ///< blocks while a text is being read
    StepsHooks steps;
    CompareHooks compare;
    QWidget* look = nullptr;                                      ///< the page Look is made by the window
    QWidget* lookBar = nullptr;                                   ///< its switches
    std::function<void(const SentenceToShow&)> showSentence = {}; ///< of an experiment
};

/// A page with what the window does to all of them. Functions may be empty.
struct PageParts {
    QWidget* widget = nullptr;
    QWidget* bar = nullptr; ///< switches beside the tabs, while the page is shown
    std::function<void(const Theme&)> setTheme;
    std::function<void(const std::shared_ptr<const LoadedModel>&)> setModel;
    std::function<void(bool)> setReducedMotion;
    /// For exported figures; empty: the page has none.
    std::function<void(QPainter& painter, QSize size)> paintFigure;
    /// What writes its numbers to a file, on any thread; empty: the page has none of its own.
    std::function<std::function<void(const Workspace&, const std::filesystem::path&)>()> numbers = {};
};

/// One kind of page: a new one is a widget class and a line in pages.cpp.
struct PageKind {
    Page page;
    const char* title; ///< to be translated in the context "Pages"
    QKeySequence keys;
    std::function<PageParts(const PageContext& context, QWidget* parent)> make;
};
const std::vector<PageKind>& pageKinds();

/// The tabs and the pages below them, of which one is shown; a page is made when it is first chosen. The page
/// is a choice of the view like others: saved, undone and restored with it.
class Pages : public QObject {
    Q_OBJECT
public:
    Pages(PageContext context, QWidget* parent);

    QTabBar* tabs() { return m_tabs; }
    QWidget* bars() { return m_bars; }
    QStackedWidget* stack() { return m_stack; }
    Page current() const { return m_current; }
    const PageParts& currentParts() const;

    void setTheme(const Theme& theme);
    void setModel(const std::shared_ptr<const LoadedModel>& model);
    void setReducedMotion(bool on);
    void takeFocus();

Q_SIGNALS:
    void changed();

private:
    struct Place {
        const PageKind* kind;
        PageParts parts;
    };
    void show();
    void make(Place& place);
    Place& placeOf(Page page);

    PageContext m_context;
    QTabBar* m_tabs;
    QWidget* m_bars;
    QStackedWidget* m_stack;
    std::vector<Place> m_places;
    Page m_current = Page::look;
    Theme m_theme = lightTheme();
    std::shared_ptr<const LoadedModel> m_model;
    bool m_reducedMotion = false;
};

} // namespace headlight
