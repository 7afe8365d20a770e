#pragma once

#include "ui/theme/theme.h"

#include <QListWidget>

namespace headlight {

/// The stages under each other, each with its mark: passed, here, still to come. Up and Down walk; every
/// other key is the page's.
class StageList : public QListWidget {
    Q_OBJECT
public:
    explicit StageList(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    const Theme& theme() const { return m_theme; }
    void setStages(const QStringList& titles);
    /// Without `wanted`.
    void setCurrent(int index);

    QSize sizeHint() const override { return {178, 360}; }
    QSize minimumSizeHint() const override { return {150, 120}; }

Q_SIGNALS:
    void wanted(int index);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    Theme m_theme = lightTheme();
    bool m_setting = false;
};

} // namespace headlight
