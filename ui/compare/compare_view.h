#pragma once

#include "ui/compare/compare_picture.h"
#include "ui/session/selection.h"

#include <QWidget>

namespace headlight {

/// The three maps. Pointing at a cell marks it in all of them, clicking selects it, arrow keys walk over the
/// common list, words that only one side has included; Enter opens the steps of A's number. The wheel zooms
/// all three.
class CompareView : public QWidget {
    Q_OBJECT
public:
    explicit CompareView(Selection& selection, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setScale(WeightScale scale);
    /// Another comparison; `problem` is shown where there is none.
    void setContent(const ComparedSides& sides, Comparison comparison, const QString& problem);
    const ComparePicture& picture() const { return m_picture; }
    void paintFigure(QPainter& painter, QSize size) const;

    QSize minimumSizeHint() const override { return {480, 260}; }

Q_SIGNALS:
    /// Another cell is told about.
    void told();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void layOut();
    void readSelection();
    void readHover();
    void select(MapCell cell);
    void setHover(MapCell cell);
    void setZoom(const std::optional<MapZoom>& zoom);
    void walk(int key);
    void describe();
    /// The token of A at a place; -1: A has none there.
    int tokenOfRow(int row) const;
    int tokenOfColumn(int column) const;

    Selection& m_selection;
    MapLabels m_labels;
    ComparePicture m_picture;
    bool m_telling = false; ///< the selection is being told from here
};

} // namespace headlight
