#pragma once

#include "engine/files/workspace.h"
#include "engine/session/model_session.h"
#include "ui/session/jobs.h"
#include "ui/session/messenger.h"
#include "ui/session/runner.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headlight {

/// How B gets a model of its own. Without `load` it has none.
struct OtherModelHooks {
    std::vector<std::string> bundled; ///< names, for the menu
    /// A bundled name or a folder; called on a job's thread; throws Error.
    std::function<std::shared_ptr<const LoadedModel>(const std::string&)> load;
    /// Where the folder is whose last part alone is known; empty: as it is named.
    std::function<std::string(const std::string&)> find;
    std::function<std::unique_ptr<Runner>(std::shared_ptr<const LoadedModel>)> runner;
    Jobs* jobs = nullptr; ///< models are loaded here, one after the other
};

/// The model of B where that is not the window's: loaded in the background, kept while it is wanted, with a
/// lane of its own.
class OtherModel : public QObject {
    Q_OBJECT
public:
    explicit OtherModel(OtherModelHooks hooks, QObject* parent = nullptr);
    ~OtherModel() override;

    const OtherModelHooks& hooks() const { return m_hooks; }
    /// Loads it unless it is there; one that could not be loaded is not tried again until another is wanted.
    void want(const std::optional<ModelReference>& model);
    /// Loads another one before it is wanted; what is there stays until then. `opened` or `refused` follows.
    void open(const std::string& nameOrFolder);
    /// What is being opened is not wanted any more.
    void giveUpOpening();
    /// Null while it is being loaded, or cannot be.
    const std::shared_ptr<const LoadedModel>& model() const { return m_model; }
    Runner* runner() const { return m_runner.get(); }
    /// One sentence: why it is not there (yet); empty otherwise.
    QString problem() const { return m_problem; }
    /// It is another one than was saved under that name: one sentence; empty otherwise.
    QString remark() const;

Q_SIGNALS:
    /// There is another runner, or none; before each of those below.
    void arrived();
    /// What is wanted is there, or cannot be had.
    void changed();
    /// What open() was asked for is there, under this name.
    void opened(const headlight::ModelReference& model);
    /// Or cannot be had: one sentence.
    void refused(const QString& problem);

private:
    struct Loaded {
        std::shared_ptr<const LoadedModel> model;
        QString problem;
    };
    void load(const std::string& name, std::function<void(const Loaded&)> take);
    void adopt(const std::shared_ptr<const LoadedModel>& model);

    OtherModelHooks m_hooks;
    Messenger m_messenger;
    std::optional<ModelReference> m_wanted;
    std::shared_ptr<const LoadedModel> m_model;
    std::unique_ptr<Runner> m_runner;
    QString m_problem;
    quint64 m_turn = 0; ///< of the newest wish; what was loaded for another is dropped
    quint64 m_job = 0;
};

} // namespace headlight
