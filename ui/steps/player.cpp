#include "ui/steps/player.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double stageMilliseconds = 2600; // to look at a whole stage
constexpr double sumMilliseconds = 3000;   // for the terms of one
constexpr double fastestTerm = 30;         // a term cannot be shorter
} // namespace

const std::vector<double>& Player::speeds() {
    static const std::vector<double> all{0.25, 0.5, 1, 2, 4};
    return all;
}

Player::Player(QObject* parent) : QObject(parent) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        advance();
        if (m_index + 1 < count() || m_shown >= 0)
            schedule();
        else
            Q_EMIT stateChanged();
    });
}

void Player::setStages(std::vector<int> terms) {
    m_terms = std::move(terms);
    if (m_terms.empty()) {
        m_index = 0;
        m_shown = -1;
        pause();
        return;
    }
    m_index = std::clamp(m_index, 0, count() - 1);
    if (m_shown > termsOf(m_index))
        m_shown = -1;
}

void Player::set(int index, int shown) {
    if (m_terms.empty())
        return;
    index = std::clamp(index, 0, count() - 1);
    if (index == m_index && shown == m_shown)
        return;
    m_index = index;
    m_shown = shown;
    Q_EMIT moved();
}

void Player::go(int index) {
    set(index, -1);
    if (isPlaying())
        schedule();
}

int Player::tick() const {
    if (m_terms.empty())
        return 0;
    if (m_shown < 0)
        return m_index * ticksAStage + ticksAStage - 1;
    return m_index * ticksAStage + m_shown * (ticksAStage - 1) / std::max(1, termsOf(m_index));
}

void Player::scrub(int tick) {
    if (m_terms.empty())
        return;
    tick = std::clamp(tick, 0, lastTick());
    const int index = tick / ticksAStage;
    const int within = tick % ticksAStage;
    const int terms = termsOf(index);
    const bool whole = terms <= 1 || within == ticksAStage - 1 || m_reduced;
    set(index, whole ? -1 : within * terms / (ticksAStage - 1));
}

void Player::play() {
    if (m_terms.empty())
        return;
    if (m_index + 1 >= count())
        set(0, -1);
    schedule();
    Q_EMIT stateChanged();
}

void Player::pause() {
    const bool was = isPlaying();
    m_timer.stop();
    if (m_shown >= 0)
        set(m_index, -1);
    if (was)
        Q_EMIT stateChanged();
}

void Player::setSpeed(double speed) {
    m_speed = std::clamp(speed, speeds().front(), speeds().back());
    if (isPlaying())
        schedule();
    Q_EMIT stateChanged();
}

void Player::advance() {
    if (m_terms.empty())
        return;
    if (m_shown >= 0) {
        set(m_index, m_shown + 1 >= termsOf(m_index) ? -1 : m_shown + 1);
        return;
    }
    if (m_index + 1 >= count())
        return;
    const bool grows = !m_reduced && termsOf(m_index + 1) > 1;
    set(m_index + 1, grows ? 0 : -1);
}

void Player::schedule() {
    const double term =
        std::max(fastestTerm, sumMilliseconds / std::max(1, m_terms.empty() ? 1 : termsOf(m_index)));
    m_timer.start(static_cast<int>(std::lround((m_shown >= 0 ? term : stageMilliseconds) / m_speed)));
}

} // namespace headlight
