#pragma once

#include "ui/edits/edit_tool.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QToolButton;

namespace headlight {

class Segments;

/// Stands over the map while the Edit tool is in the hand: which head it changes, what it does to a cell, the
/// value that it sets, and the button that lays it down.
class EditStrip : public QWidget {
    Q_OBJECT
public:
    EditStrip(EditTool& tool, Selection& selection, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void refresh();

    EditTool& m_tool;
    Selection& m_selection;
    QLabel* m_title;
    Segments* m_modes;
    QDoubleSpinBox* m_value;
    QToolButton* m_renormalise;
    QToolButton* m_done;
    bool m_refreshing = false;
};

} // namespace headlight
