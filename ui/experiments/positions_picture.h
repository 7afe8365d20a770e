#pragma once

#include "engine/explain/positions.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

class QPainter;

namespace headlight {

/// Which matrix of a scheme is shown.
enum class PositionsView { terms, dot, cosine };

/// A row and a column of the shown matrix.
struct PositionsCell {
    int row = 0;
    int column = 0;
    friend bool operator==(const PositionsCell&, const PositionsCell&) = default;
};

/// A map of position terms or of their products, with a scale of colours that diverges from 0; all that is
/// needed to paint it. Places are in logical pixels. Where a pixel stands for several numbers it has the
/// colour of the one farthest from 0.
struct PositionsPicture {
    Theme theme = lightTheme();
    std::shared_ptr<const PositionTerms> terms; ///< null: nothing yet
    PositionsView view = PositionsView::terms;
    PositionsCell selected;
    std::optional<PositionsCell> hovered;
    bool focused = false;

    // From layOut:
    QRectF map;   ///< empty when there is nothing
    QRectF scale; ///< the strip of colours

    /// The shown matrix; of schemes of distances alone always the products. Null when there is none.
    const Tensor<float>* matrix() const;
    bool showsProducts() const;
    int rows() const;
    int columns() const;
    /// The colour scale goes from -limit to limit: the largest size of a shown number; of cosines 1.
    float limit() const { return m_limit; }
    /// What the pointer, or the keyboard, is at.
    PositionsCell shown() const { return hovered.value_or(selected); }
    float value(const PositionsCell& cell) const;
    /// "position 3, component 7: 0.0312"
    QString reading(const PositionsCell& cell) const;

    /// To be called after another matrix or theme.
    void read();
    void layOut(QSizeF size);
    std::optional<PositionsCell> at(QPointF point) const;
    QRectF rowRect(int row) const;
    QRectF columnRect(int column) const;
    /// The map in so many device pixels.
    QImage image(QSize pixels) const;

private:
    float m_limit = 1;
    std::vector<QRgb> m_colours; ///< from -limit to limit
};

/// Everything but the cells, which are the image.
void paintAroundPositions(QPainter& painter, const PositionsPicture& picture);

/// A number with four figures: "0.0312", "-3.142", "12".
QString fourFigures(double number);

} // namespace headlight
