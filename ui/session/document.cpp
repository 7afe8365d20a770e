#include "ui/session/document.h"

#include "engine/files/for_others.h"
#include "engine/files/text_change.h"

namespace headlight {

Document::Document(Selection& selection, ViewOptions& options, QObject* parent)
    : QObject(parent), m_selection(selection), m_options(options) {
    connect(&selection, &Selection::changed, this, &Document::noteChange);
    connect(&options, &ViewOptions::changed, this, &Document::noteChange);
    connect(&m_edits, &EditsState::changed, this, [this] {
        if (!m_showing && m_awaited)
            m_awaited->edits = m_edits.edits();
        noteChange();
    });
}

Workspace Document::workspace() const {
    // While its trace is on the way, what is being shown is what was asked for.
    if (m_awaited)
        return *m_awaited;
    Workspace workspace;
    workspace.model = m_recorded.value_or(m_model);
    workspace.selection = m_selection.saved();
    workspace.shown = m_options.choices();
    // While the trace of the newest text is on the way, the selection still stands on the text before it.
    if (const std::shared_ptr<const Trace>& trace = m_selection.trace()) {
        workspace.text = trace->text;
        workspace.pair = trace->pairText;
    }
    workspace = withTexts(workspace, m_text.toStdString(), m_pair.toStdString());
    workspace.edits = m_edits.edits();
    return workspace;
}

void Document::setTexts(const QString& text, const QString& pair) {
    if (text == m_text && pair == m_pair)
        return;
    if (!m_showing)
        m_edits.carry(m_text, m_pair, text, pair);
    m_text = text;
    m_pair = pair;
    if (!m_showing)
        m_awaited.reset(); // somebody types: what was awaited will not come
    noteChange();
}

void Document::setModel(const ModelReference& model) {
    if (model == m_model)
        return;
    m_model = model;
    m_awaitedModel.reset();
    noteChange();
}

void Document::setRecorded(const std::optional<ModelReference>& model) {
    if (model == m_recorded)
        return;
    m_recorded = model;
    if (model)
        m_awaited.reset(); // what was awaited is not what is shown
    noteChange();
}

void Document::show(const Workspace& workspace) {
    m_showing = true;
    m_awaited = workspace;
    m_awaitedModel.reset();
    const std::string& wanted = workspace.model.name;
    if (!wanted.empty() && wanted != m_model.name && wanted != lastPartOf(m_model.name))
        m_awaitedModel = workspace.model.name;
    m_options.setChoices(workspace.shown);
    m_edits.setEdits(workspace.edits);
    Q_EMIT textsWanted(QString::fromStdString(workspace.text), QString::fromStdString(workspace.pair));
    if (m_awaitedModel)
        Q_EMIT modelWanted(QString::fromStdString(workspace.model.name));
    m_showing = false;
    Q_EMIT changed();
}

void Document::arrive(const Trace& trace) {
    if (!m_awaited || m_awaitedModel || trace.text != m_awaited->text || trace.pairText != m_awaited->pair)
        return;
    const WorkspaceSelection selection = m_awaited->selection;
    m_awaited.reset();
    m_selection.restore(selection);
    Q_EMIT arrived();
}

void Document::noteChange() {
    if (!m_showing)
        Q_EMIT changed();
}

} // namespace headlight
