#pragma once

#include <QObject>
#include <QTimer>

#include <vector>

namespace headlight {

/// Walks through stages, and through the terms of a stage while it plays. Knows no widget and no numbers.
class Player : public QObject {
    Q_OBJECT
public:
    explicit Player(QObject* parent = nullptr);

    /// How many terms each stage shows one after the other; 1: it is there at once. Keeps its place as far
    /// as it can.
    void setStages(std::vector<int> terms);
    int count() const { return static_cast<int>(m_terms.size()); }
    int index() const { return m_index; }
    /// Of the stage's sum, how many are there yet; -1: all.
    int terms() const { return m_shown; }
    bool isPlaying() const { return m_timer.isActive(); }
    double speed() const { return m_speed; }
    /// Stages appear whole, and one follows the other without anything moving between.
    bool reducedMotion() const { return m_reduced; }

    /// To a stage, whole.
    void go(int index);
    /// To a place of the scrub bar: `ticksAStage` for each stage, the terms between.
    void scrub(int tick);
    int tick() const;
    int lastTick() const { return count() * ticksAStage - 1; }
    void step() { go(m_index + 1); }
    void back() { go(m_index - 1); }
    void reset() { go(0); }
    /// From the last stage, begins anew.
    void play();
    void pause();
    void setSpeed(double speed); ///< 0.25 to 4
    void setReducedMotion(bool on) { m_reduced = on; }
    /// What the clock does while it plays; for tests too.
    void advance();

    static constexpr int ticksAStage = 32;
    static const std::vector<double>& speeds();

Q_SIGNALS:
    /// Another stage or another number of terms.
    void moved();
    /// Playing, pause or speed.
    void stateChanged();

private:
    int termsOf(int index) const { return m_terms[static_cast<size_t>(index)]; }
    void set(int index, int shown);
    void schedule();

    std::vector<int> m_terms;
    int m_index = 0;
    int m_shown = -1;
    double m_speed = 1;
    bool m_reduced = false;
    QTimer m_timer;
};

} // namespace headlight
