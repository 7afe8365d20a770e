#pragma once

#include "engine/explain/readings.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace headlight {

/// What the model reads at the selected word: its best guess large, the next ones small.
class ReadingCard : public QWidget {
    Q_OBJECT
public:
    explicit ReadingCard(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Best first; who shows the card hides it while there are none. `before`: the best guess of the
    /// unchanged model, while edits are active.
    void setReadings(const QString& word, std::vector<Reading> readings,
                     const std::optional<Reading>& before = std::nullopt);

    bool hasReadings() const { return !m_readings.empty(); }

    QSize sizeHint() const override { return {320, 134}; }
    QSize minimumSizeHint() const override { return {200, 116}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    /// "unchanged model: tired 97.8 %"
    QString unchangedText() const;

    Theme m_theme = lightTheme();
    QString m_word;
    std::vector<Reading> m_readings;
    std::optional<Reading> m_before;
};

/// "97.8 %"; "<0.1 %" rather than a zero that is not one.
QString percentText(double probability);

} // namespace headlight
