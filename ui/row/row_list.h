#pragma once

#include "ui/row/row_content.h"
#include "ui/session/selection.h"
#include "ui/theme/theme.h"

#include <QAbstractScrollArea>

namespace headlight {

/// The keys of the row that is read, or the queries of the column: score as a bar around 0, weight as a bar
/// from 0 to 1, both as numbers.
class RowList : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit RowList(Selection& selection, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setContent(RowContent content);
    const RowContent& content() const { return m_content; }
    /// The line of a token in the coordinates of the viewport; empty when it is not there.
    QRect lineRect(int token) const;
    /// Height that shows every line.
    int wantedHeight() const;

    QSize sizeHint() const override { return {320, wantedHeight()}; }
    QSize minimumSizeHint() const override { return {280, 110}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void paintHeader(QPainter& painter) const;
    void paintLine(QPainter& painter, const RowLine& line, double top) const;
    int lineOf(int token) const;
    /// The token of the line under a point; -1: none.
    int tokenAt(QPointF point) const;
    /// The token whose line is selected: the key in a row, the query in a column.
    int selectedToken() const;
    void select(int token);
    void fitScrollBar();
    void showSelected();

    Selection& m_selection;
    Theme m_theme = lightTheme();
    RowContent m_content;
};

} // namespace headlight
