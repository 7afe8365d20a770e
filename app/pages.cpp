#include "app/pages.h"

#include "ui/experiments/experiments_page.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>

namespace headlight {

namespace {
PageParts lookPage(const PageContext& context, QWidget*) {
    return {context.look, context.lookBar, {}, {}, {}, {}};
}

PageParts stepsPage(const PageContext& context, QWidget* parent) {
    auto* page = new StepsPage(context.traces, context.selection, context.options, context.steps, parent);
    return {page,
            page->bar(),
            [page](const Theme& theme) { page->setTheme(theme); },
            [page](const std::shared_ptr<const LoadedModel>& model) { page->setModel(model); },
            [page](bool on) { page->setReducedMotion(on); },
            [page](QPainter& painter, QSize size) { page->paintFigure(painter, size); }};
}

PageParts comparePage(const PageContext& context, QWidget* parent) {
    auto* page = new ComparePage(context.traces, context.selection, context.options, context.compare, parent);
    return {page,
            page->bar(),
            [page](const Theme& theme) { page->setTheme(theme); },
            [page](const std::shared_ptr<const LoadedModel>&) { page->setModel(); },
            {},
            [page](QPainter& painter, QSize size) { page->paintFigure(painter, size); },
            [page] { return page->numbers(); }};
}

PageParts experimentsPage(const PageContext& context, QWidget* parent) {
    auto* page = new ExperimentsPage(context.traces, context.selection, context.jobs, context.waitWhileBusy,
                                     context.showSentence, parent);
    return {page,
            nullptr,
            [page](const Theme& theme) { page->setTheme(theme); },
            [page](const std::shared_ptr<const LoadedModel>& model) { page->setModel(model); },
            {},
            {}};
}
} // namespace

const std::vector<PageKind>& pageKinds() {
    static const std::vector<PageKind> kinds{
        {Page::look, QT_TRANSLATE_NOOP("Pages", "Look"), Qt::ALT | Qt::Key_1, lookPage},
        {Page::steps, QT_TRANSLATE_NOOP("Pages", "Steps"), Qt::ALT | Qt::Key_2, stepsPage},
        {Page::compare, QT_TRANSLATE_NOOP("Pages", "Compare"), Qt::ALT | Qt::Key_3, comparePage},
        {Page::experiments, QT_TRANSLATE_NOOP("Pages", "Experiments"), Qt::ALT | Qt::Key_4, experimentsPage},
    };
    return kinds;
}

Pages::Pages(PageContext context, QWidget* parent)
    : QObject(parent), m_context(std::move(context)), m_tabs(new QTabBar(parent)),
      m_bars(new QWidget(parent)), m_stack(new QStackedWidget(parent)) {
    m_tabs->setObjectName(QStringLiteral("pages"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_tabs->setAccessibleName(tr("Views"));
    m_tabs->setFocusPolicy(Qt::TabFocus);
    auto* bars = new QHBoxLayout(m_bars);
    bars->setContentsMargins(0, 0, 0, 0);
    for (const PageKind& kind : pageKinds()) {
        m_places.push_back({&kind, {}});
        const int tab = m_tabs->addTab(QCoreApplication::translate("Pages", kind.title));
        m_tabs->setTabToolTip(tab, kind.keys.toString(QKeySequence::NativeText));
    }
    connect(m_tabs, &QTabBar::currentChanged, this,
            [this](int tab) { m_context.options.setPage(m_places[static_cast<size_t>(tab)].kind->page); });
    connect(&m_context.options, &ViewOptions::changed, this, &Pages::show);
    make(m_places.front());
    show();
}

void Pages::make(Place& place) {
    place.parts = place.kind->make(m_context, m_stack);
    m_stack->addWidget(place.parts.widget);
    if (place.parts.bar)
        m_bars->layout()->addWidget(place.parts.bar);
    if (place.parts.setTheme)
        place.parts.setTheme(m_theme);
    if (place.parts.setReducedMotion)
        place.parts.setReducedMotion(m_reducedMotion);
    if (place.parts.setModel && m_model)
        place.parts.setModel(m_model);
}

Pages::Place& Pages::placeOf(Page page) {
    for (Place& place : m_places)
        if (place.kind->page == page)
            return place;
    return m_places.front(); // saved by a Headlight with more pages
}

const PageParts& Pages::currentParts() const {
    for (const Place& place : m_places)
        if (place.kind->page == m_current)
            return place.parts;
    return m_places.front().parts;
}

void Pages::show() {
    Place& place = placeOf(m_context.options.page());
    if (place.parts.widget && m_stack->currentWidget() == place.parts.widget && m_current == place.kind->page)
        return;
    if (!place.parts.widget)
        make(place);
    QWidget* focused = m_stack->window()->focusWidget();
    const bool hadFocus = focused && m_stack->isAncestorOf(focused);
    m_current = place.kind->page;
    {
        const QSignalBlocker quiet(m_tabs);
        m_tabs->setCurrentIndex(static_cast<int>(&place - m_places.data()));
    }
    for (const Place& each : m_places)
        if (each.parts.bar)
            each.parts.bar->setVisible(&each == &place);
    m_stack->setCurrentWidget(place.parts.widget);
    if (hadFocus)
        takeFocus();
    Q_EMIT changed();
}

void Pages::takeFocus() {
    QWidget* page = m_stack->currentWidget();
    // Of a page that is itself a stack of views, the one that is shown.
    if (auto* views = qobject_cast<QStackedWidget*>(page))
        page = views->currentWidget();
    page->setFocus(Qt::OtherFocusReason);
}

void Pages::setTheme(const Theme& theme) {
    m_theme = theme;
    for (const Place& place : m_places)
        if (place.parts.setTheme)
            place.parts.setTheme(theme);
}

void Pages::setModel(const std::shared_ptr<const LoadedModel>& model) {
    m_model = model;
    for (const Place& place : m_places)
        if (place.parts.setModel)
            place.parts.setModel(model);
}

void Pages::setReducedMotion(bool on) {
    m_reducedMotion = on;
    for (const Place& place : m_places)
        if (place.parts.setReducedMotion)
            place.parts.setReducedMotion(on);
}

} // namespace headlight
