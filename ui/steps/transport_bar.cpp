#include "ui/steps/transport_bar.h"

#include "ui/viewbar/segments.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

namespace headlight {

TransportBar::TransportBar(Player& player, QWidget* parent)
    : QWidget(parent), m_player(player), m_scrub(new QSlider(Qt::Horizontal, this)),
      m_where(new QLabel(this)), m_speed(new Segments(tr("Speed"), this)) {
    setObjectName(QStringLiteral("transport"));
    m_reset = button("resetButton", tr("⏮"), tr("To the first stage (Home)"));
    m_back = button("backButton", tr("◀"), tr("One stage back (Left)"));
    m_play = button("playButton", tr("▶ Play"), tr("Play (Space)"));
    m_step = button("stepButton", tr("▶|"), tr("One stage on (Right)"));
    connect(m_reset, &QToolButton::clicked, &player, &Player::reset);
    connect(m_back, &QToolButton::clicked, &player, &Player::back);
    connect(m_play, &QToolButton::clicked, this, [this] {
        if (m_player.isPlaying())
            m_player.pause();
        else
            m_player.play();
    });
    connect(m_step, &QToolButton::clicked, &player, &Player::step);
    m_scrub->setObjectName(QStringLiteral("scrub"));
    m_scrub->setAccessibleName(tr("Place among the stages"));
    m_scrub->setPageStep(Player::ticksAStage);
    m_scrub->setSingleStep(1);
    connect(m_scrub, &QSlider::valueChanged, &player, &Player::scrub);
    m_where->setObjectName(QStringLiteral("barLabel"));
    const std::vector<double>& speeds = Player::speeds();
    for (size_t i = 0; i < speeds.size(); ++i)
        m_speed->add(static_cast<int>(i), tr("%1×").arg(speeds[i]), tr("So many times as fast"));
    connect(m_speed, &Segments::chosen, &player,
            [&player, &speeds](int id) { player.setSpeed(speeds[static_cast<size_t>(id)]); });
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 16, 8);
    layout->setSpacing(6);
    for (QWidget* each : {m_reset, m_back, m_play, m_step})
        layout->addWidget(each);
    layout->addSpacing(6);
    layout->addWidget(m_scrub, 1);
    layout->addWidget(m_where);
    layout->addSpacing(6);
    layout->addWidget(m_speed);
    connect(&player, &Player::moved, this, &TransportBar::refresh);
    connect(&player, &Player::stateChanged, this, &TransportBar::refresh);
    refresh();
}

QToolButton* TransportBar::button(const char* name, const QString& text, const QString& accessibleName) {
    auto* result = new QToolButton(this);
    result->setObjectName(QString::fromLatin1(name));
    result->setText(text);
    result->setAccessibleName(accessibleName);
    result->setToolTip(accessibleName);
    result->setFocusPolicy(Qt::TabFocus);
    return result;
}

void TransportBar::setTheme(const Theme& theme) {
    m_where->setFont(theme.small);
    const QFontMetrics metrics(theme.small);
    m_where->setMinimumWidth(metrics.horizontalAdvance(tr("stage %1 of %2").arg(88).arg(88)) + 8);
    m_play->setMinimumWidth(86);
}

void TransportBar::refresh() {
    const QSignalBlocker quiet(m_scrub);
    const int count = m_player.count();
    setEnabled(count > 0);
    m_scrub->setRange(0, std::max(0, m_player.lastTick()));
    m_scrub->setValue(m_player.tick());
    const QString where = count > 0 ? tr("stage %1 of %2").arg(m_player.index() + 1).arg(count) : QString();
    m_where->setText(where);
    m_scrub->setAccessibleDescription(where);
    m_reset->setEnabled(m_player.index() > 0);
    m_back->setEnabled(m_player.index() > 0);
    m_step->setEnabled(m_player.index() + 1 < count);
    m_play->setText(m_player.isPlaying() ? tr("❚❚ Pause") : tr("▶ Play"));
    const QString name = m_player.isPlaying() ? tr("Pause (Space)") : tr("Play (Space)");
    m_play->setAccessibleName(name);
    m_play->setToolTip(name);
    const std::vector<double>& speeds = Player::speeds();
    for (size_t i = 0; i < speeds.size(); ++i)
        if (speeds[i] == m_player.speed())
            m_speed->setCurrent(static_cast<int>(i));
}

} // namespace headlight
