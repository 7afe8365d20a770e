#pragma once

#include "engine/files/workspace.h"
#include "ui/session/edits_state.h"
#include "ui/session/selection.h"
#include "ui/session/view_options.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace headlight {

/// What the window works on, as one value: model, texts, selection, edits and how it is shown. Sessions,
/// autosave, undo and exported figures read `workspace()`; opening one of them calls `show()`. The parts are
/// changed by those who own them (the editor, the views); the document only brings them together.
class Document : public QObject {
    Q_OBJECT
public:
    Document(Selection& selection, ViewOptions& options, QObject* parent = nullptr);

    Workspace workspace() const;
    const QString& text() const { return m_text; }
    const QString& pair() const { return m_pair; }
    const ModelReference& model() const { return m_model; }
    /// What is changed in the passes over these texts; anchored to them.
    EditsState& edits() { return m_edits; }
    const EditsState& edits() const { return m_edits; }
    /// True while `show` hands out its parts; one submit follows for all of them.
    bool showing() const { return m_showing; }

    /// From the editor and the loader: what is shown has changed.
    void setTexts(const QString& text, const QString& pair);
    void setModel(const ModelReference& model);
    /// While a recording is shown, workspace() names its model; nothing: the loaded one again.
    void setRecorded(const std::optional<ModelReference>& model);

    /// Makes the window show `workspace`. Texts and view change at once, a missing model is asked for
    /// (`modelWanted`), and the selection follows with the first trace of these texts.
    void show(const Workspace& workspace);
    /// To be called with each trace before the views see it: when it is the awaited one, its selection is
    /// restored.
    void arrive(const Trace& trace);
    /// False until the trace of the texts last shown by `show` has arrived.
    bool settled() const { return !m_awaited; }
    /// The model that was asked for cannot be opened: the texts are shown with the one there is.
    void giveUpModel() { m_awaitedModel.reset(); }

Q_SIGNALS:
    /// workspace() has changed (never for a hover).
    void changed();
    /// What `show` asked for is on the screen.
    void arrived();
    /// Editors take these texts over; one submit follows.
    void textsWanted(const QString& text, const QString& pair);
    /// The window opens this model (a bundled one, a folder, or the last part of one: see forOthers) and
    /// calls setModel.
    void modelWanted(const QString& name);

private:
    void noteChange();

    Selection& m_selection;
    ViewOptions& m_options;
    EditsState m_edits;
    QString m_text, m_pair;
    ModelReference m_model;
    std::optional<ModelReference> m_recorded;
    std::optional<Workspace> m_awaited;
    std::optional<std::string> m_awaitedModel;
    bool m_showing = false;
};

} // namespace headlight
