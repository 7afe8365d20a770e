#include "ui/compare/other_model.h"

#include "engine/core/errors.h"
#include "engine/files/for_others.h"

#include <utility>

namespace headlight {

OtherModel::OtherModel(OtherModelHooks hooks, QObject* parent)
    : QObject(parent), m_hooks(std::move(hooks)), m_messenger(this) {}

OtherModel::~OtherModel() {
    m_messenger.close();
    if (m_job != 0)
        m_hooks.jobs->cancel(m_job);
}

void OtherModel::want(const std::optional<ModelReference>& model) {
    const bool sameName = model && m_wanted && model->name == m_wanted->name;
    const bool stillNone = !model && !m_wanted;
    m_wanted = model;
    if (sameName || stillNone)
        return;
    ++m_turn; // what is being opened comes too late
    adopt(nullptr);
    if (!model)
        return;
    m_problem = tr("Opening %1 …").arg(QString::fromStdString(lastPartOf(model->name)));
    load(model->name, [this](const Loaded& loaded) {
        adopt(loaded.model);
        m_problem = loaded.problem;
        Q_EMIT changed();
    });
}

void OtherModel::open(const std::string& nameOrFolder) {
    load(nameOrFolder, [this](const Loaded& loaded) {
        if (!loaded.model) {
            Q_EMIT refused(loaded.problem);
            if (!m_model && m_wanted) // its loading had stepped aside
                want(std::exchange(m_wanted, std::nullopt));
            return;
        }
        adopt(loaded.model);
        m_wanted = referenceOf(*loaded.model);
        Q_EMIT opened(*m_wanted);
        Q_EMIT changed(); // also where the same one was wanted before
    });
}

void OtherModel::giveUpOpening() {
    if (m_job != 0)
        m_hooks.jobs->cancel(m_job);
    m_job = 0;
    ++m_turn;
}

void OtherModel::adopt(const std::shared_ptr<const LoadedModel>& model) {
    m_problem.clear();
    m_model = model;
    m_runner = model ? m_hooks.runner(model) : nullptr;
    Q_EMIT arrived();
}

void OtherModel::load(const std::string& name, std::function<void(const Loaded&)> take) {
    giveUpOpening();
    const quint64 turn = m_turn;
    const auto arrive = [this, turn, take = std::move(take)](const Loaded& loaded) {
        if (turn != m_turn)
            return;
        m_job = 0;
        take(loaded);
    };
    if (!m_hooks.load || !m_hooks.jobs || !m_hooks.runner) {
        m_messenger.post([arrive] { arrive({nullptr, tr("No other model can be opened here.")}); });
        return;
    }
    const std::string place = m_hooks.find ? m_hooks.find(name) : name;
    m_job =
        m_hooks.jobs->add(tr("Opening %1").arg(QString::fromStdString(name)),
                          [place, arrive, hook = m_hooks.load, messenger = m_messenger](const JobControl&) {
                              Loaded loaded;
                              try {
                                  loaded.model = hook(place);
                              } catch (const Cancelled&) {
                                  throw;
                              } catch (const std::exception& error) {
                                  loaded.problem = QString::fromUtf8(error.what());
                              }
                              messenger.post([arrive, loaded] { arrive(loaded); });
                          });
}

QString OtherModel::remark() const {
    if (!m_model || !m_wanted || m_wanted->sha256.empty() || m_wanted->sha256 == m_model->sha256)
        return {};
    return tr("%1 has other weights than when this was saved.").arg(QString::fromStdString(m_model->name));
}

} // namespace headlight
