#pragma once

#include "ui/history/history_model.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QListView;

namespace headlight {

/// The states one can go back to. A click or Enter shows one, F2 or a double click names it. Reads the
/// history only while it is visible.
class HistoryPanel : public QWidget {
    Q_OBJECT
public:
    explicit HistoryPanel(HistoryKeeper& keeper, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);

    QSize sizeHint() const override { return {260, 320}; }

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();

    HistoryKeeper& m_keeper;
    HistoryModel m_model;
    QLabel* m_title = nullptr;
    QLabel* m_hint = nullptr;
    QListView* m_list = nullptr;
    bool m_naming = false; ///< a name is being typed: the list is not read anew
    bool m_stale = true;
};

} // namespace headlight
