#pragma once

#include "ui/session/runner.h"

#include <vector>

namespace headlight {

/// Answers on the window's own thread, one event later, with what the model makes of the text. `hold` keeps
/// answers back until `answer` is called, in any order a test likes.
class FakeRunner : public Runner {
    Q_OBJECT
public:
    explicit FakeRunner(std::shared_ptr<const LoadedModel> model);

    void setModel(std::shared_ptr<const LoadedModel> model) override;
    quint64 submit(const QString& text, const QString& pair, const Edits& edits = {}) override;
    quint64 submitCompared(const QString& text, const QString& pair, const Edits& edits) override;
    void waitUntilIdle(std::stop_token) const override {}

    const LoadedModel& model() const { return m_session.model(); }
    void hold(bool on) { m_hold = on; }
    void answer(quint64 id);
    const std::vector<QString>& texts() const { return m_texts; }
    const std::vector<Edits>& edits() const { return m_edits; }
    const std::vector<RunRequest>& compared() const { return m_compared; }
    quint64 lastId() const { return m_texts.size(); }

private:
    ModelSession m_session;
    bool m_hold = false;
    std::vector<QString> m_texts, m_pairs; ///< of request id - 1
    std::vector<Edits> m_edits;            ///< of request id - 1
    std::vector<RunRequest> m_compared;    ///< of compared request id - 1
};

} // namespace headlight
