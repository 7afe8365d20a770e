#pragma once

#include "ui/experiments/bench_painter.h"
#include "ui/session/selection.h"

#include <QAbstractScrollArea>

namespace headlight {

/// The rows of the bench over one line of keys. Pointing at a cell tells its score and weight, a click
/// selects its key; Left and Right walk the keys, Up and Down the rows.
class BenchView : public QAbstractScrollArea {
    Q_OBJECT
public:
    BenchView(Selection& selection, FormulaLibrary& formulas, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setContent(BenchContent content);
    /// Indices in benchNormalisers().
    void setNormalisers(std::vector<int> normalisers);
    void setNumbers(bool on);
    const BenchPicture& picture() const { return m_picture; }
    /// Paints a figure of this size: no preview, no focus, nothing scrolled away.
    void paintFigure(QPainter& painter, QSize size) const;
    /// Height that shows every row.
    int wantedHeight() const;

    QSize minimumSizeHint() const override { return {320, 180}; }

Q_SIGNALS:
    /// Enter or a double click on what the head itself does.
    void stepsWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void readSelection();
    void layOut();
    void describe();
    void walk(int key);
    void showWalked();
    QString toolTipAt(QPointF point) const;

    Selection& m_selection;
    BenchPicture m_picture;
};

} // namespace headlight
