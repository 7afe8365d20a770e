#pragma once

#include "ui/heads/head_painter.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/session/view_options.h"

#include <QWidget>

namespace headlight {

/// All heads as thumbnails, layer by layer; below them what is selected. Pointing at a head shows it
/// everywhere for as long as the pointer rests there; clicking selects it.
class HeadsView : public QWidget {
    Q_OBJECT
public:
    HeadsView(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Where the thumbnail of a head is; empty when there is none.
    QRect thumbnailRect(const HeadAddress& head) const;

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void readTrace();
    void readSelection();
    std::optional<HeadAddress> headAt(QPointF point) const;
    double gridsBottom() const;

    const TraceStore& m_store;
    Selection& m_selection;
    ViewOptions& m_options;
    Theme m_theme = lightTheme();
    ShownTokens m_tokens; ///< of the thumbnails
    std::vector<HeadGrid> m_grids;
    QString m_entropy;
};

} // namespace headlight
