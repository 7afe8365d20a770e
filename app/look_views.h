#pragma once

#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"
#include "ui/theme/theme.h"

#include <QStackedWidget>

#include <functional>
#include <memory>
#include <vector>

class QCPPainter;

namespace headlight {

class EditsState;
class Jobs;
struct LoadedModel;

/// What a view of the page Look is made from.
struct LookContext {
    const TraceStore& traces;
    Selection& selection;
    ViewOptions& options;
    EditsState* edits = nullptr; ///< nothing: the Edit tool is not offered
    /// What the Edit tool in the hand does to a cell; empty: it was laid down.
    std::function<void(const QString&)> toolHint = [](const QString&) {};
    Jobs* jobs = nullptr; ///< for what takes long; nothing: it is computed at once
};

/// A view with what is done to all of them. Only `setModel` may be empty.
struct LookParts {
    QWidget* widget = nullptr;
    std::function<void(const Theme&)> setTheme;
    /// Called with the figure's painter and size.
    std::function<void(QCPPainter&, QSize)> paintFigure;
    std::function<void(const std::shared_ptr<const LoadedModel>&)> setModel = {};
    /// `paintFigure` moves nothing on the screen: the shown view itself is asked, not another of its kind.
    bool paintsAside = false;
};

/// One way to look at the trace: a new one is a widget class and a line in look_views.cpp.
struct LookViewKind {
    ViewKind view;
    const char* title; ///< on its switch; to be translated in the context "LookViews"
    const char* tip;   ///< of the switch; likewise
    std::function<LookParts(const LookContext& context, QWidget* parent)> make;
    bool hasAxis = true;  ///< it reads a row or a column
    bool hasScale = true; ///< it colours weights
    bool isOfHead = true; ///< of the selected head alone
};
const std::vector<LookViewKind>& lookViewKinds();

/// The page Look: the view that the options name. Each is made when it is first chosen.
class LookViews : public QStackedWidget {
    Q_OBJECT
public:
    LookViews(LookContext context, QWidget* parent);

    void setTheme(const Theme& theme);
    void setModel(const std::shared_ptr<const LoadedModel>& model);
    /// The shown view as a figure: painted by another of its kind, so that nothing moves on the screen.
    void paintFigure(QCPPainter& painter, QSize size) const;
    /// The shown view is of the selected head alone.
    bool isOfHead() const { return shownKind().isOfHead; }

private:
    struct Place {
        const LookViewKind* kind;
        LookParts parts;
    };
    void show();
    void dress(const LookParts& parts) const;
    const LookViewKind& shownKind() const;

    LookContext m_context;
    std::vector<Place> m_places;
    Theme m_theme = lightTheme();
    std::shared_ptr<const LoadedModel> m_model;
};

} // namespace headlight
