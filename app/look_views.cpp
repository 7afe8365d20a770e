#include "app/look_views.h"

#include "ui/allheads/all_heads_view.h"
#include "ui/derived/derived_view.h"
#include "ui/lines/lines_view.h"
#include "ui/look/map_page.h"

#include <algorithm>

namespace headlight {

namespace {
template <typename View>
LookParts partsOf(View* view) {
    return {view, [view](const Theme& theme) { view->setTheme(theme); },
            [view](QCPPainter& painter, QSize size) { view->paintFigure(painter, size); }};
}

LookParts mapView(const LookContext& context, QWidget* parent) {
    auto* view = new MapPage(context.traces, context.selection, context.options, context.edits, parent);
    if (EditTool* tool = view->tool())
        QObject::connect(tool, &EditTool::changed, view,
                         [tool, say = context.toolHint] { say(tool->inHand() ? tool->hint() : QString()); });
    return partsOf(view);
}

LookParts linesView(const LookContext& context, QWidget* parent) {
    auto* view = new LinesView(context.traces, context.selection, context.options, parent);
    view->setEdits(context.edits);
    return partsOf(view);
}

LookParts allHeadsView(const LookContext& context, QWidget* parent) {
    auto* view = new AllHeadsView(context.traces, context.selection, context.options, parent, context.jobs);
    LookParts parts = partsOf(view);
    parts.paintsAside = true; // over many sentences too
    parts.setModel = [view](const std::shared_ptr<const LoadedModel>& model) { view->setModel(model); };
    return parts;
}

LookParts derivedView(const LookContext& context, QWidget* parent) {
    LookParts parts =
        partsOf(new DerivedView(context.traces, context.selection, context.options, context.jobs, parent));
    parts.paintsAside = true;
    return parts;
}
} // namespace

const std::vector<LookViewKind>& lookViewKinds() {
    static const std::vector<LookViewKind> kinds{
        {ViewKind::map, QT_TRANSLATE_NOOP("LookViews", "Map"),
         QT_TRANSLATE_NOOP("LookViews", "A row a query, a column a key, a cell a weight"), mapView},
        {ViewKind::lines, QT_TRANSLATE_NOOP("LookViews", "Lines"),
         QT_TRANSLATE_NOOP("LookViews",
                           "A line from each query to the keys it looks at; pinned heads laid over "
                           "each other"),
         linesView},
        {ViewKind::heads, QT_TRANSLATE_NOOP("LookViews", "Heads"),
         QT_TRANSLATE_NOOP("LookViews",
                           "All heads at once: how alike they are, and where they stand by two metrics"),
         allHeadsView, false, false, false},
        {ViewKind::derived, QT_TRANSLATE_NOOP("LookViews", "Flow"),
         QT_TRANSLATE_NOOP("LookViews", "Derived from the weights of all layers: rollout and attention flow"),
         derivedView, true, true, false},
    };
    return kinds;
}

LookViews::LookViews(LookContext context, QWidget* parent)
    : QStackedWidget(parent), m_context(std::move(context)) {
    for (const LookViewKind& kind : lookViewKinds())
        m_places.push_back({&kind, {}});
    connect(&m_context.options, &ViewOptions::changed, this, &LookViews::show);
    show();
}

const LookViewKind& LookViews::shownKind() const {
    const auto found = std::find_if(m_places.begin(), m_places.end(), [this](const Place& place) {
        return place.kind->view == m_context.options.view();
    });
    return found == m_places.end() ? *m_places.front().kind : *found->kind;
}

void LookViews::dress(const LookParts& parts) const {
    parts.setTheme(m_theme);
    if (parts.setModel && m_model)
        parts.setModel(m_model);
}

void LookViews::show() {
    Place& place = m_places[static_cast<size_t>(&shownKind() - lookViewKinds().data())];
    if (place.parts.widget && currentWidget() == place.parts.widget)
        return;
    if (!place.parts.widget) {
        place.parts = place.kind->make(m_context, this);
        dress(place.parts);
        addWidget(place.parts.widget);
    }
    const QWidget* focused = window()->focusWidget();
    const bool hadFocus =
        focused && currentWidget() && (currentWidget() == focused || currentWidget()->isAncestorOf(focused));
    setCurrentWidget(place.parts.widget);
    if (hadFocus)
        place.parts.widget->setFocus();
}

void LookViews::setTheme(const Theme& theme) {
    m_theme = theme;
    for (const Place& place : m_places)
        if (place.parts.widget)
            place.parts.setTheme(theme);
}

void LookViews::setModel(const std::shared_ptr<const LoadedModel>& model) {
    m_model = model;
    for (const Place& place : m_places)
        if (place.parts.setModel)
            place.parts.setModel(model);
}

void LookViews::paintFigure(QCPPainter& painter, QSize size) const {
    const Place& shown = m_places[static_cast<size_t>(&shownKind() - lookViewKinds().data())];
    if (shown.parts.widget && shown.parts.paintsAside) {
        shown.parts.paintFigure(painter, size);
        return;
    }
    const LookParts parts =
        shownKind().make({m_context.traces, m_context.selection, m_context.options}, nullptr);
    const std::unique_ptr<QWidget> view(parts.widget);
    dress(parts);
    parts.paintFigure(painter, size);
}

} // namespace headlight
