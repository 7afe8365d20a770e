#pragma once

#include "engine/files/examples.h"
#include "ui/theme/theme.h"

#include <QToolButton>

class QFrame;
class QListWidget;

namespace headlight {

/// A switch that unfolds the examples: the sentence, and under it one line on what to look for. Typing the
/// beginning of a title, arrows and Return choose, as in any list.
class ExamplesButton : public QToolButton {
    Q_OBJECT
public:
    explicit ExamplesButton(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setGroups(std::vector<ExampleGroup> groups);
    void open();

Q_SIGNALS:
    void chosen(const headlight::TextExample& example);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    int contentHeight() const;
    void choose();

    std::vector<ExampleGroup> m_groups;
    Theme m_theme = lightTheme();
    QFrame* m_popup;
    QListWidget* m_list;
};

} // namespace headlight
