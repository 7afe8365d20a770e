#include "ui/steps/steps_source.h"

#include "engine/core/errors.h"
#include "engine/explain/shown_reading.h"
#include "ui/steps/stage_text.h"

#include <algorithm>

namespace headlight {

StepsSource::StepsSource(const TraceStore& store, Selection& selection, ViewOptions& options,
                         WantDetails wantDetails, QObject* parent)
    : QObject(parent), m_store(store), m_selection(selection), m_options(options),
      m_wantDetails(std::move(wantDetails)) {
    connect(&store, &TraceStore::changed, this, &StepsSource::refresh);
    connect(&selection, &Selection::changed, this, &StepsSource::refresh);
    connect(&options, &ViewOptions::changed, this, [this] {
        if (m_place == m_options.steps() || !m_active)
            return;
        const bool recompute = m_place.component != m_options.steps().component;
        m_place = m_options.steps();
        if (recompute)
            refresh();
        else
            Q_EMIT changed();
    });
}

void StepsSource::setModel(std::shared_ptr<const LoadedModel> model) {
    m_model = std::move(model);
    refresh();
}

void StepsSource::setActive(bool active) {
    if (m_active == active)
        return;
    m_active = active;
    if (active)
        refresh();
}

std::optional<StepsQuestion> StepsSource::question(const Trace& trace) const {
    const int count = static_cast<int>(trace.tokens().size());
    if (count == 0)
        return std::nullopt;
    StepsQuestion question;
    question.head = m_selection.head();
    question.query = std::clamp(m_selection.markedQuery(), 0, count - 1);
    question.key = m_selection.key();
    if (question.key < 0 || question.key >= count) {
        const ShownReading row = shownRow(trace, question.head, {}, question.query);
        question.key = row.cells.empty() ? 0 : row.cells.front().token.first;
    }
    const StackShape* shape = trace.shape.find(question.head.stack);
    question.component = std::clamp(m_options.steps().component, 0, shape ? shape->headWidth - 1 : 0);
    return question;
}

void StepsSource::refresh() {
    if (!m_active)
        return;
    m_place = m_options.steps();
    const std::shared_ptr<const Trace> trace = m_store.current();
    if (!trace || !m_model)
        return;
    const HeadAddress head = m_selection.head();
    const SiteRecord* site = trace->site(head.stack, head.layer);
    const bool isOfModel = trace->modelSha256 == m_model->sha256;
    if (!site || !site->detail) {
        m_waiting = m_wantDetails(head);
        if (m_waiting) {
            Q_EMIT changed();
            return;
        }
        show(nullptr, tr("These steps need numbers that this recording does not have. Change the text to go "
                         "back to the model."));
        return;
    }
    if (!isOfModel)
        return; // the trace of the model that was just opened follows
    m_waiting = false;
    const std::optional<StepsQuestion> asked = question(*trace);
    if (!asked) {
        show(nullptr, tr("There is nothing to step through: type a sentence."));
        return;
    }
    try {
        auto shown = std::make_shared<ShownSteps>();
        shown->trace = trace;
        shown->model = m_model;
        shown->steps = steps(*trace, *m_model->model, *asked);
        shown->provenance =
            std::make_unique<const Provenance>(*trace, *m_model->model, head.stack, head.layer);
        show(std::move(shown), {});
    } catch (const Error& error) {
        show(nullptr, QString::fromStdString(error.what()));
    }
}

void StepsSource::show(std::shared_ptr<const ShownSteps> shown, const QString& problem) {
    // Those who still look at the numbers of the old one get the new one before it goes.
    const std::shared_ptr<const ShownSteps> before = std::exchange(m_shown, std::move(shown));
    m_problem = problem;
    Q_EMIT changed();
}

int StepsSource::index() const {
    return m_shown ? stageIndex(m_shown->steps, m_options.steps().stage) : -1;
}

const Stage* StepsSource::stage() const {
    const int place = index();
    return place < 0 ? nullptr : &m_shown->steps.stages[static_cast<size_t>(place)];
}

void StepsSource::setIndex(int index) {
    if (!m_shown || m_shown->steps.stages.empty())
        return;
    const auto last = static_cast<int>(m_shown->steps.stages.size()) - 1;
    StepsPlace place = m_options.steps();
    place.stage = nameOf(m_shown->steps.stages[static_cast<size_t>(std::clamp(index, 0, last))].id);
    m_options.setSteps(place);
}

} // namespace headlight
