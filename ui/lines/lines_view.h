#pragma once

#include "ui/lines/lines_picture.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

#include <QAbstractScrollArea>

namespace headlight {

class EditsState;

/// Attention as lines from words to words: queries at the left, keys at the right, a line the stronger the
/// more weight it stands for; the selected head and every pinned one, each in its colour. Pointing at a word
/// or a line previews it and tells exact weights; clicking selects, arrow keys walk. The legend selects heads
/// and releases pinned ones.
class LinesView : public QAbstractScrollArea {
    Q_OBJECT
public:
    LinesView(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Lets the menu of a head switch it off; without edits it does not.
    void setEdits(EditsState* edits) { m_edits = edits; }
    const LinesPicture& picture() const { return m_picture; }
    /// Paints a figure of this size: no preview, no focus, nothing scrolled away.
    void paintFigure(QPainter& painter, QSize size) const;

    QSize minimumSizeHint() const override { return {320, 260}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void readTrace();
    void readSelection();
    void layOut();
    void describe();
    int legendAt(QPointF point) const;
    Hover hoverAt(QPointF point) const;
    void clickLegend(int entry, QPointF point, Qt::KeyboardModifiers modifiers);
    void walk(int step);
    void walkByStrength(int step);
    void select(int row, int column);
    /// Scrolls to the word that is read, unless it is a preview: nothing moves under the pointer.
    void showRead();
    void showPlace(int place);

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    EditsState* m_edits = nullptr;
    LinesPicture m_picture;
};

} // namespace headlight
