#pragma once

#include "ui/steps/player.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace headlight {

class Segments;

/// Reset, back, play or pause, step, scrub, speed; everything that a player of stages needs.
class TransportBar : public QWidget {
    Q_OBJECT
public:
    explicit TransportBar(Player& player, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void refresh();

private:
    QToolButton* button(const char* name, const QString& text, const QString& accessibleName);

    Player& m_player;
    QToolButton* m_reset;
    QToolButton* m_back;
    QToolButton* m_play;
    QToolButton* m_step;
    QSlider* m_scrub;
    QLabel* m_where;
    Segments* m_speed;
};

} // namespace headlight
