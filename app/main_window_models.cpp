#include "app/main_window.h"
#include "app/pages.h"
#include "app/window_files.h"
#include "ui/editor/text_editor.h"
#include "ui/jobs/job_bar.h"
#include "ui/row/row_panel.h"
#include "ui/session/lane_runner.h"

#include <QAction>
#include <QLabel>

#include <algorithm>
#include <optional>

namespace headlight {

void MainWindow::openModel(const std::string& nameOrFolder) {
    if (!m_hooks.loadModel)
        return;
    m_loading.add(tr("Opening %1").arg(QString::fromStdString(nameOrFolder)),
                  [this, nameOrFolder](const JobControl&) {
                      // The hook is a constant of the window's life; the result is handed over on the
                      // window's own thread.
                      auto loaded = m_hooks.loadModel(nameOrFolder);
                      QMetaObject::invokeMethod(
                          this,
                          [this, loaded] {
                              m_runner.setModel(loaded);
                              showError({}, true);
                              adoptModel(loaded);
                          },
                          Qt::QueuedConnection);
                  });
}

/// A model that a file names: a bundled one, a folder, or the last part of a folder, which is looked for
/// among those that were opened before.
void MainWindow::openNamedModel(const std::string& name) {
    const bool bundled =
        std::find(m_hooks.models.begin(), m_hooks.models.end(), name) != m_hooks.models.end();
    if (bundled || name.find('/') != std::string::npos || !m_files) {
        openModel(name);
    } else if (const std::filesystem::path folder = m_files->knownModelFolder(name); !folder.empty()) {
        openModel(folder.string());
    } else {
        m_document.giveUpModel();
        m_files->missModel(name);
    }
}

void MainWindow::showLoading(const JobState& state) {
    if (state.kind == JobState::Kind::failed) {
        showError(QString::fromStdString(state.message), false);
        m_document.giveUpModel();
        if (m_files)
            m_files->noteModel(m_document.model());
    }
    if (state.kind == JobState::Kind::running)
        m_facts->setText(QString::fromStdString(state.title) + QStringLiteral(" …"));
    else if (m_traces.current())
        showFacts(*m_traces.current());
}

/// For B of the Compare page.
OtherModelHooks MainWindow::otherModels() {
    OtherModelHooks hooks;
    hooks.bundled = m_hooks.models;
    hooks.load = m_hooks.loadModel;
    hooks.find = [this](const std::string& name) {
        const bool bundled =
            std::find(m_hooks.models.begin(), m_hooks.models.end(), name) != m_hooks.models.end();
        const std::filesystem::path known =
            bundled || !m_files ? std::filesystem::path() : m_files->knownModelFolder(name);
        return known.empty() ? name : known.string();
    };
    hooks.runner = [](std::shared_ptr<const LoadedModel> model) {
        return std::make_unique<LaneRunner>(std::move(model));
    };
    hooks.jobs = &m_loading;
    return hooks;
}

void MainWindow::train() {
    if (!m_hooks.trainReader)
        return;
    m_trainAction->setEnabled(false);
    m_training = m_jobs.add(tr("Training a reader"), [this](const JobControl& control) {
        const std::filesystem::path folder = m_hooks.trainReader(control);
        QMetaObject::invokeMethod(
            this, [this, folder] { openModel(folder.string()); }, Qt::QueuedConnection);
    });
}

void MainWindow::showJob(const JobState& state) {
    const bool active = state.kind == JobState::Kind::running || state.kind == JobState::Kind::waiting;
    m_job->show(state);
    m_hints->setVisible(!active);
    if (m_trainAction)
        m_trainAction->setEnabled(!active);
    if (state.kind == JobState::Kind::failed)
        showError(QString::fromStdString(state.message), false);
    if (state.kind == JobState::Kind::cancelled && state.id == m_training)
        say(tr("Training was stopped; Jobs > Train a reader goes on from there."));
}

/// A recording that was read from a file; the next key goes back to the model.
void MainWindow::showRecording(const std::shared_ptr<const Trace>& trace) {
    m_takingTexts = true;
    m_editor->showText(QString::fromStdString(trace->text));
    m_pair->showText(QString::fromStdString(trace->pairText));
    showPair(!trace->pairText.empty());
    m_takingTexts = false;
    // Another vocabulary would spell its readings wrongly.
    m_row->setTokenizer(trace->modelSha256 == m_model->sha256 ? m_model->tokenizer : nullptr);
    m_recordingShown = true;
    m_document.setRecorded(ModelReference{trace->model, trace->modelSha256});
    m_document.setTexts(m_editor->toPlainText(), QString::fromStdString(trace->pairText));
    showTrace(m_submitted, trace);
}

} // namespace headlight
