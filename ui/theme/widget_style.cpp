#include "ui/theme/widget_style.h"

namespace headlight {

QPalette widgetPalette(const Theme& theme) {
    const Palette& colours = theme.palette;
    QPalette palette;
    palette.setColor(QPalette::Window, colours.panel);
    palette.setColor(QPalette::WindowText, colours.text);
    palette.setColor(QPalette::Base, colours.field);
    palette.setColor(QPalette::AlternateBase, colours.canvas);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.mutedText);
    palette.setColor(QPalette::Button, colours.field);
    palette.setColor(QPalette::ButtonText, colours.text);
    palette.setColor(QPalette::ToolTipBase, colours.panel);
    palette.setColor(QPalette::ToolTipText, colours.text);
    palette.setColor(QPalette::Highlight, colours.accent);
    palette.setColor(QPalette::HighlightedText, theme.dark() ? QColor(Qt::black) : QColor(Qt::white));
    palette.setColor(QPalette::Link, colours.accent);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colours.mutedText);
    return palette;
}

QString widgetStyle(const Theme& theme) {
    const Palette& colours = theme.palette;
    QString sheet = QStringLiteral(R"(
QMainWindow, QDialog, #topRow, #leftPanel, #rightPanel { background: %panel; color: %text; }
#centre { background: %canvas; }
#rowTitle { color: %text; }
#rowFooter { color: %muted; }
#evidenceTitle, #evidenceValue, #evidenceCaption { color: %muted; }
#outputButton { background: %panel; padding: 2px 8px; }
#evidenceList { background: transparent; border: none; outline: none; }
#evidenceList::item { padding: 0; }
#leftPanel > QWidget, #heads { background: %panel; }
#leftPanel { border: none; }
#leftColumn { background: %panel; border-right: 1px solid %hairline; }
#rightPanel { border-left: 1px solid %hairline; }
#topRow { border-bottom: 1px solid %hairline; }
QMenuBar { background: %panel; color: %text; padding: 2px 16px; }
QMenuBar::item { padding: 4px 8px; border-radius: 5px; background: transparent; color: %text; }
QMenuBar::item:selected { background: %accentSoft; }
QMenu { background: %panel; color: %text; border: 1px solid %hairline; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 14px; border-radius: 4px; }
QMenu::item:selected { background: %accentSoft; color: %text; }
QMenu::item:disabled { color: %muted; }
QMenu::separator { height: 1px; background: %hairline; margin: 5px 8px; }
QPushButton, QToolButton { background: %field; color: %text; border: 1px solid transparent; border-radius: 6px; padding: 6px 12px; }
QPushButton:hover, QToolButton:hover { background: %accentSoft; }
QPushButton:focus, QToolButton:focus { border-color: %accent; }
QPushButton:disabled { color: %muted; }
QFileDialog QToolButton { padding: 3px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolButton::menu-indicator { image: none; }
#experiments QPushButton, #saveExperiment { background: %panel; border: 1px solid %hairline; padding: 4px 11px; }
#experiments QPushButton:focus, #saveExperiment:focus { border-color: %accent; }
#experiments QTableView { background: %panel; color: %text; border: none; selection-background-color: %accentSoft; selection-color: %text; }
#experiments QTableView:focus { border: 1px solid %accent; }
#findOpen { background: %panel; border: 1px solid %hairline; padding: 4px 9px; }
#findOpen:focus { border-color: %accent; }
#findStart { font-weight: bold; }
#benchNumbers { background: %panel; border: 1px solid %hairline; padding: 3px 9px; color: %muted; }
#benchNumbers:checked { background: %accentSoft; color: %text; font-weight: bold; }
#benchNumbers:focus { border-color: %accent; }
#experiments QSlider::groove:horizontal { background: %scroll; height: 4px; border-radius: 2px; }
#experiments QSlider::sub-page:horizontal { background: %accent; border-radius: 2px; }
#experiments QSlider::handle:horizontal { background: %accent; width: 14px; margin: -5px 0; border-radius: 7px; }
#experiments QSlider::handle:horizontal:focus { border: 2px solid %text; }
#compareBar QToolButton, #comparePage QToolButton { background: %panel; border: 1px solid %hairline; padding: 4px 9px; font-size: 12px; }
#compareBar QToolButton:hover, #comparePage QToolButton:hover { background: %accentSoft; }
#compareBar QToolButton:focus, #comparePage QToolButton:focus { border-color: %accent; }
#compareUnedited:checked { background: %accentSoft; font-weight: bold; }
#comparePage QLabel { color: %text; }
#comparePage #compareHeadA, #comparePage #compareEditsA, #comparePage #rowFooter { color: %muted; }
#compareText { background: %panel; color: %text; border: 2px solid %hairline; border-radius: 8px; }
#compareText:focus { border-color: %accent; }
#modelButton { font-weight: bold; }
#barLabel { color: %muted; font-size: 12px; padding-left: 6px; }
#viewBar QToolButton#tokensButton, #viewBar QToolButton#scaleButton, #viewBar QToolButton#moreButton { font-size: 12px; padding: 4px 5px; }
#examplesPopup { background: %panel; border: 1px solid %hairline; }
#examplesPopup QListWidget { background: %panel; border: none; }
#switch { background: transparent; border: 1px solid %hairline; border-radius: 0; padding: 3px 7px; color: %muted; font-size: 12px; }
#switch:checked { background: %accentSoft; color: %text; font-weight: bold; }
#switch:focus { border-color: %accent; }
#switch:disabled, #switch:checked:disabled { background: transparent; color: %scroll; font-weight: normal; }
#viewBar QToolButton:disabled { color: %scroll; }
#editor, #pairEditor { background: %field; color: %text; border: 2px solid transparent; border-radius: 8px; }
#editor:focus, #pairEditor:focus { border-color: %accent; }
QTabBar { background: %canvas; }
QTabBar::tab { background: transparent; color: %muted; padding: 9px 2px 7px 2px; margin: 0 14px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: %text; font-weight: bold; border-bottom: 2px solid %accent; }
QTabBar::tab:focus { color: %accent; }
QStatusBar { background: %panel; color: %muted; border-top: 1px solid %hairline; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: %muted; font-size: 12px; padding: 3px 8px; }
QStatusBar QPushButton { padding: 2px 10px; font-size: 12px; }
#stepsSide { background: %panel; border-left: 1px solid %hairline; }
#stepsSideScroll, #stepsSideScroll > QWidget > QWidget { background: %panel; }
#stepsPage QListWidget { background: %panel; border: none; border-right: 1px solid %hairline; padding: 8px 4px; outline: none; }
#stageScroll, #stageScroll > QWidget { background: %canvas; }
#stageTitle, #stepsCaption, #stepsProblem { color: %text; }
#numberCard { background: %accentSoft; border-radius: 8px; }
#numberName, #numberStatement { color: %muted; font-size: 12px; }
#numberValue { color: %text; font-size: 21px; font-weight: bold; }
#numberStatement[agrees="false"] { color: %warningText; }
#transport { background: %canvas; border-top: 1px solid %hairline; }
#stepsCode { background: %field; color: %text; border: none; border-radius: 8px; padding: 8px; }
#stepsPage QTableView, #stepsPage QTreeView { background: %panel; color: %text; border: none; selection-background-color: %accentSoft; selection-color: %text; }
#stepsPage QSpinBox { font-size: 12px; }
#whatIf { background: %canvas; border-bottom: 1px solid %hairline; }
#editList QScrollArea, #editLines { background: transparent; }
#patternProblem { color: %warningText; font-size: 12px; }
#whatIf QComboBox { font-size: 12px; }
#whatIf QSpinBox, #whatIf QDoubleSpinBox, #whatIf QLineEdit { background: %field; color: %text; border: 1px solid %hairline; border-radius: 4px; padding: 2px 5px; font-size: 12px; selection-background-color: %accent; selection-color: %onAccent; }
#whatIf QSpinBox:focus, #whatIf QDoubleSpinBox:focus, #whatIf QLineEdit:focus { border-color: %accent; }
#stepsPage QHeaderView::section { font-size: 12px; padding: 2px 6px; }
#transport QToolButton { background: %panel; border: 1px solid %hairline; }
#transport QToolButton:hover { background: %accentSoft; }
#transport QToolButton:focus { border-color: %accent; }
#transport QToolButton#playButton { background: %accent; color: %onAccent; font-weight: bold; }
#transport QToolButton#playButton:focus { border: 2px solid %text; }
#transport QToolButton#switch { border-radius: 0; background: transparent; }
#transport QToolButton#switch:checked { background: %accentSoft; }
#stepsPage #copyNumber, #stepsPage #exportSteps { background: %panel; padding: 3px 8px; font-size: 12px; }
#copyCode { padding: 4px 10px; font-size: 12px; }
QSlider::groove:horizontal { background: %hairline; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: %accent; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: %accent; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { border: 2px solid %text; }
QProgressBar { background: %field; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: %accent; border-radius: 3px; }
QTextBrowser { background: %panel; color: %text; border: none; font-size: 14px; }
QListWidget { background: %panel; color: %text; border: 1px solid %hairline; border-radius: 6px; }
QListWidget::item { border: none; padding: 3px 8px; }
QListWidget::item:selected { background: %accentSoft; color: %text; }
#glossarySearch { background: %field; color: %text; border: 1px solid %hairline; border-radius: 6px; padding: 5px 8px; }
#glossarySearch:focus, #glossaryWords:focus { border-color: %accent; }
QTableWidget { background: %panel; color: %text; border: none; gridline-color: %hairline; }
QHeaderView::section { background: %panel; color: %muted; border: none; padding: 4px 8px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: %scroll; border-radius: 4px; min-height: 24px; margin: 1px; }
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; }
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical { background: transparent; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: %scroll; border-radius: 4px; min-width: 24px; margin: 1px; }
QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal { width: 0; }
QScrollBar::add-page:horizontal, QScrollBar::sub-page:horizontal { background: transparent; }
QToolTip { background: %panel; color: %text; border: 1px solid %hairline; }
)");
    sheet.replace(QLatin1String("%onAccent"),
                  theme.dark() ? QStringLiteral("#000000") : QStringLiteral("#ffffff"));
    sheet.replace(QLatin1String("%warningText"), colours.warning.name());
    // The longer name first: one is the beginning of the other.
    sheet.replace(QLatin1String("%accentSoft"), colours.accentSoft.name());
    sheet.replace(QLatin1String("%accent"), colours.accent.name());
    sheet.replace(QLatin1String("%panel"), colours.panel.name());
    sheet.replace(QLatin1String("%canvas"), colours.canvas.name());
    sheet.replace(QLatin1String("%field"), colours.field.name());
    sheet.replace(QLatin1String("%hairline"), colours.hairline.name());
    sheet.replace(QLatin1String("%scroll"),
                  theme.dark() ? QStringLiteral("#4a515b") : QStringLiteral("#c9cdd2"));
    sheet.replace(QLatin1String("%text"), colours.text.name());
    sheet.replace(QLatin1String("%muted"), colours.mutedText.name());
    return sheet;
}

} // namespace headlight
