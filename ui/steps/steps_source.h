#pragma once

#include "engine/explain/steps.h"
#include "engine/session/model_session.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace headlight {

/// Steps with everything that they read in place.
struct ShownSteps {
    std::shared_ptr<const Trace> trace;
    std::shared_ptr<const LoadedModel> model;
    Steps steps;
    std::unique_ptr<const Provenance> provenance; ///< of the same site
};

/// The steps of the one selection, as long as somebody looks. Asks for the details of a site that the trace
/// does not have, and goes on showing what there was until they have come.
class StepsSource : public QObject {
    Q_OBJECT
public:
    /// Asks that the text be read again with the details of this head's site; false when it cannot be, as in
    /// a recording out of a file.
    using WantDetails = std::function<bool(const HeadAddress& head)>;

    StepsSource(const TraceStore& store, Selection& selection, ViewOptions& options, WantDetails wantDetails,
                QObject* parent = nullptr);

    void setModel(std::shared_ptr<const LoadedModel> model);
    /// While false nothing is computed.
    void setActive(bool active);

    /// Null before the first, and while `problem` says why there are none.
    const std::shared_ptr<const ShownSteps>& shown() const { return m_shown; }
    /// One sentence; empty when all is well.
    const QString& problem() const { return m_problem; }
    /// What is shown belongs to an older selection: details are on their way.
    bool isWaiting() const { return m_waiting; }
    /// Of the stage that the view choices name; -1 when there are no steps.
    int index() const;
    const Stage* stage() const;
    /// Chooses a stage by its place; out of bounds the nearest.
    void setIndex(int index);

Q_SIGNALS:
    /// Other steps, or another stage, depth or component.
    void changed();

private:
    void refresh();
    std::optional<StepsQuestion> question(const Trace& trace) const;
    void show(std::shared_ptr<const ShownSteps> shown, const QString& problem);

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    WantDetails m_wantDetails;
    std::shared_ptr<const LoadedModel> m_model;
    std::shared_ptr<const ShownSteps> m_shown;
    QString m_problem;
    StepsPlace m_place; ///< that was last told of
    bool m_active = false;
    bool m_waiting = false;
};

} // namespace headlight
