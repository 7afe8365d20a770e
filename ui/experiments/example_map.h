#pragma once

#include "engine/core/head_address.h"
#include "engine/trace/trace.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace headlight {

/// A cell of an attention map, by tokens.
struct MarkedCell {
    int query = 0;
    int key = 0;
    friend bool operator==(const MarkedCell&, const MarkedCell&) = default;
};

/// The map of one head over one sentence, in which cells are marked: a click, or the arrow keys and Space.
/// Until something is marked by hand, the selected cell is the mark; of a row alone, its strongest key. Marks
/// stay while the sentence does.
class ExampleMap : public QWidget {
    Q_OBJECT
public:
    explicit ExampleMap(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// What the window shows; `query` and `key`: selected, -1: none.
    void show(std::shared_ptr<const Trace> trace, const HeadAddress& head, int query, int key);
    /// Forgets what was marked by hand.
    void followSelection();

    const std::vector<MarkedCell>& marks() const { return m_marks; }
    bool markedByHand() const { return m_byHand; }
    const std::shared_ptr<const Trace>& trace() const { return m_trace; }
    /// "it → animal, it → street"
    QString marksText() const;
    MarkedCell cursor() const { return m_cursor; }
    QRectF cellRect(const MarkedCell& cell) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void marksChanged();
    /// The keyboard went to a cell: it should be in view.
    void cursorMoved(const QRect& cell);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int count() const;
    void layOut();
    void toggle(const MarkedCell& cell);
    void takeSelection();
    void moveCursor(int down, int right);
    void describe();
    bool isMarked(const MarkedCell& cell) const;
    std::optional<MarkedCell> cellAt(QPointF point) const;
    /// Nothing where this head was not recorded.
    std::optional<float> weightAt(const MarkedCell& cell) const;
    QString cellText(const MarkedCell& cell) const;

    Theme m_theme = lightTheme();
    std::shared_ptr<const Trace> m_trace;
    HeadAddress m_head;
    MarkedCell m_selected{-1, -1};
    std::vector<MarkedCell> m_marks;
    bool m_byHand = false;
    MarkedCell m_cursor;
    double m_left = 0, m_top = 0; ///< of the cells, after the words
};

} // namespace headlight
