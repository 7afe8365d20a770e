#pragma once

#include "ui/formula/formula_library.h"
#include "ui/steps/array_painter.h"
#include "ui/steps/player.h"
#include "ui/steps/steps_source.h"

#include <QTimer>
#include <QWidget>

class QPainter;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace headlight {

class FormulaView;
class NumberPanel;
class Segments;
class StageCanvas;
class StageList;
class TransportBar;

/// What the Steps page needs of the window.
struct StepsHooks {
    StepsSource::WantDetails wantDetails;
    /// Asks for a file and writes the steps into it: "latex", "csv", "json", "fods". Empty: no such menu.
    std::function<void(const ShownSteps& steps, const QString& format, int digits)> exportSteps;
};

/// One row of one head, from the vector of a word to what the attention adds to it, stage by stage with the
/// numbers of the trace. Shows the one selection and changes it: choosing a key's cell selects that key.
class StepsPage : public QWidget {
    Q_OBJECT
public:
    StepsPage(const TraceStore& store, Selection& selection, ViewOptions& options, StepsHooks hooks,
              QWidget* parent = nullptr);
    ~StepsPage() override;

    void setTheme(const Theme& theme);
    void setModel(std::shared_ptr<const LoadedModel> model);
    void setReducedMotion(bool on);
    /// For the place beside the tabs: how deep it goes, and whether every number is written out.
    QWidget* bar() { return m_bar; }

    StepsSource& source() { return *m_source; }
    Player& player() { return *m_player; }
    NumberPanel& number() { return *m_number; }
    StageCanvas& canvas() { return *m_canvas; }
    FormulaView& formula() { return *m_formula; }
    /// What a screen reader was told last.
    QString caption() const;
    QString code() const;
    /// Paints the current stage for a figure of this size.
    void paintFigure(QPainter& painter, QSize size);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    QWidget* buildBar();
    QWidget* buildCentre();
    QWidget* buildSide();
    void readAhead();
    void refresh();
    void showStage();
    void showDepth();
    void announce();
    void choose(const ArrayPlace& place);
    void showNumber(const ArrayPlace& place, QPoint globalPosition);
    void pick(const Cell& cell);
    void walkKeys(int step);
    void walkComponents(int step);
    bool handleKey(int key);

    Selection& m_selection;
    ViewOptions& m_options;
    StepsHooks m_hooks;
    FormulaLibrary m_library;
    QTimer m_readAhead;
    StepsSource* m_source;
    Player* m_player;
    Theme m_theme = lightTheme();
    QString m_caption;
    std::shared_ptr<const ShownSteps> m_drawn; ///< what the widgets point into
    std::optional<Cell> m_picked;              ///< a chosen number; nothing: the one of the stage

    QWidget* m_bar = nullptr;
    Segments* m_depth = nullptr;
    QToolButton* m_numbers = nullptr;
    StageList* m_stages = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_sentences = nullptr;
    QLabel* m_problem = nullptr;
    QStackedWidget* m_middle = nullptr;
    QScrollArea* m_scroll = nullptr;
    StageCanvas* m_canvas = nullptr;
    QWidget* m_codePage = nullptr;
    QPlainTextEdit* m_code = nullptr;
    QPushButton* m_copyCode = nullptr;
    QWidget* m_side = nullptr;
    FormulaView* m_formula = nullptr;
    NumberPanel* m_number = nullptr;
    TransportBar* m_transport = nullptr;
};

} // namespace headlight
