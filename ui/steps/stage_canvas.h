#pragma once

#include "ui/steps/array_painter.h"

#include <QWidget>

namespace headlight {

/// The arrays of the current stage. Pointing at a number tells it, clicking chooses it.
class StageCanvas : public QWidget {
    Q_OBJECT
public:
    explicit StageCanvas(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Null: nothing is drawn. The stage has to outlive the next call.
    void setStage(const Stage* stage);
    void setNumbers(bool on);
    void setDigits(int digits);
    /// So many terms of the sum are there yet; -1: all.
    void setTerms(int terms);
    void setPicked(const std::optional<ArrayPlace>& place);

    const StageGeometry& geometryOfArrays() const { return m_geometry; }
    const ArrayLook& look() const { return m_look; }
    /// Number of the array in the middle of whose place `at` is, for tests and the figure.
    QRectF placeRect(const ArrayPlace& place) const;

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const headlight::ArrayPlace& place);
    /// By double click: the steps to this very number are wanted.
    void wanted(const headlight::ArrayPlace& place, QPoint globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void layOut();
    void describe();
    void setHover(const std::optional<ArrayPlace>& place);
    void paintCard(QPainter& painter) const;

    static constexpr int margin = 4;

    const Stage* m_stage = nullptr;
    StageGeometry m_geometry;
    ArrayLook m_look;
};

} // namespace headlight
