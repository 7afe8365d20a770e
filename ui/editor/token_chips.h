#pragma once

#include "ui/editor/chip_layout.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/theme/theme.h"

#include <QAbstractScrollArea>

namespace headlight {

class EditsState;

/// The tokens as the model reads them, in the text's own spelling. The word that is read is framed; the one
/// it looks at (or, for a column, that looks at it) most strongly is filled with the colour of that weight; a
/// selected key is underlined; one that is hidden from the shown head is struck through. Clicking a word
/// makes it the query.
class TokenChips : public QAbstractScrollArea {
    Q_OBJECT
public:
    TokenChips(const TraceStore& store, Selection& selection, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Lets the menu of a word hide it from heads; without edits there is no menu.
    void setEdits(EditsState* edits) { m_edits = edits; }
    /// Whether the shown head may not look at this token: its chip is struck through.
    bool isHidden(int token) const;
    /// The chip of a token, in the coordinates of the viewport; empty when there is none.
    QRect chipRect(int token) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void readTrace();
    void readSelection();
    void layOut();
    void showQuery();
    void paintChip(QPainter& painter, size_t index, const QRectF& rect) const;
    int tokenAt(QPointF point) const;

    const TraceStore& m_store;
    Selection& m_selection;
    Theme m_theme = lightTheme();
    struct Chip {
        QString text;
        bool special = false;
        double width = 0;
        int word = -1;
    };
    std::vector<Chip> m_chips;
    EditsState* m_edits = nullptr;
    std::vector<int> m_hidden;
    ChipLayout m_layout;
    int m_strongest = -1;
    float m_strongestWeight = 0;
    int m_shownRows = 1;
};

} // namespace headlight
