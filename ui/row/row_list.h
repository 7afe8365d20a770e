#pragma once

#include "ui/row/row_columns.h"
#include "ui/row/row_content.h"
#include "ui/session/selection.h"
#include "ui/theme/theme.h"

#include <QAbstractScrollArea>
#include <QRectF>

#include <vector>

namespace headlight {

/// The keys of the row that is read, or the queries of the column: score as a bar around 0, weight as a bar
/// from 0 to 1, both as numbers. With a truth column, what was measured stands in the place of the scores.
class RowList : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit RowList(Selection& selection, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setContent(RowContent content);
    const RowContent& content() const { return m_content; }
    /// The glossary's word of the heading under a point; empty: none.
    QString termAt(QPointF point) const;
    /// The line of a token in the coordinates of the viewport; empty when it is not there.
    QRect lineRect(int token) const;
    /// Where the measured change of a token's line stands; empty when it is not there.
    QRect changeRect(int token) const;
    /// Height that shows every line.
    int wantedHeight() const;

    QSize sizeHint() const override { return {320, wantedHeight()}; }
    QSize minimumSizeHint() const override { return {280, 110}; }

Q_SIGNALS:
    /// A heading was clicked: its word in the glossary.
    void explanationWanted(const QString& term);
    /// A measured change was clicked: what can be done with its edge is to be offered there.
    void edgeMenuWanted(int key, const QPoint& globalPlace);
    /// The edge of the selected key is to be deleted, or put back.
    void edgeDeletionWanted(int key);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    static constexpr int headerHeight = 28;
    static constexpr int lineHeight = 24;

    /// A column's heading: what it says, where, and its word in the glossary.
    struct Heading {
        QRectF room;
        QString text;
        QString term;
        Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
    };
    RowColumns columns() const;
    std::vector<Heading> headings() const;
    void paintHeader(QPainter& painter) const;
    void paintLine(QPainter& painter, const RowLine& line, double top) const;
    void paintScore(QPainter& painter, const RowLine& line, double top) const;
    void paintWeight(QPainter& painter, const RowLine& line, double top) const;
    void paintTruth(QPainter& painter, const RowLine& line, double top) const;
    void describe();
    QString lineInWords(int token) const;
    /// The token whose measured change is under a point; -1: none.
    int changeAt(QPointF point) const;
    bool isOneEdge(int token) const; ///< a line of its own, not pieces of a word
    void offerEdge(int token);
    int lineOf(int token) const;
    /// The token of the line under a point; -1: none.
    int tokenAt(QPointF point) const;
    /// The token whose line is selected: the key in a row, the query in a column.
    int selectedToken() const;
    void select(int token);
    void measureLabels();
    void fitScrollBar();
    void showSelected();

    Selection& m_selection;
    Theme m_theme = lightTheme();
    RowContent m_content;
    double m_widestLabel = 0; ///< bold
};

} // namespace headlight
