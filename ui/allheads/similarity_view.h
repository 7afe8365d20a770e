#pragma once

#include "ui/allheads/similarity_picture.h"
#include "ui/session/selection.h"
#include "ui/session/view_options.h"

#include <QWidget>

namespace headlight {

/// The matrix of heads against heads with its tree. Pointing at a cell tells how far its two heads differ and
/// previews the row's; clicking selects that one, arrow keys walk in the order of the tree, P pins.
class SimilarityView : public QWidget {
    Q_OBJECT
public:
    SimilarityView(Selection& selection, ViewOptions& options, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setAlike(const std::shared_ptr<const HeadsAlike>& alike, bool busy);
    const SimilarityPicture& picture() const { return m_picture; }
    void paintFigure(QPainter& painter, QSize size, const HeadsAlike& alike) const;

    QSize minimumSizeHint() const override { return {180, 150}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void readSelection();
    void walk(int step);

    Selection& m_selection;
    ViewOptions& m_options;
    SimilarityPicture m_picture;
};

} // namespace headlight
