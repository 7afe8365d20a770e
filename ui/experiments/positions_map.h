#pragma once

#include "ui/experiments/positions_picture.h"

#include <QPixmap>
#include <QWidget>

namespace headlight {

/// The map of a scheme of positions. Pointing at a cell tells its number, a click selects its row and column;
/// arrow keys walk, Page Up and Page Down by ten.
class PositionsMap : public QWidget {
    Q_OBJECT
public:
    explicit PositionsMap(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void show(std::shared_ptr<const PositionTerms> terms, PositionsView view);
    const PositionsPicture& picture() const { return m_picture; }

    QSize minimumSizeHint() const override { return {240, 170}; }

Q_SIGNALS:
    /// The selected row and column, or those under the pointer.
    void shownChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void select(const PositionsCell& cell);
    void setHovered(const std::optional<PositionsCell>& cell);
    void tell();
    void refresh();

    PositionsPicture m_picture;
    QPixmap m_map; ///< the cells as last drawn; null: to be drawn anew
};

} // namespace headlight
