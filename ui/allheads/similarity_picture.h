#pragma once

#include "engine/core/view_choices.h"
#include "ui/allheads/heads_alike.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <memory>
#include <optional>
#include <vector>

class QPainter;

namespace headlight {

/// Two places in the order of the tree.
struct SimilarityCell {
    int row = 0;
    int column = 0;
    friend bool operator==(const SimilarityCell&, const SimilarityCell&) = default;
};

/// The matrix of heads against heads, in the order of the tree that stands at its side; all that is needed to
/// paint it. Places are in logical pixels.
struct SimilarityPicture {
    Theme theme = lightTheme();
    std::shared_ptr<const HeadsAlike> alike; ///< null: nothing yet
    bool busy = false;                       ///< it is of an earlier text
    HeadAddress selected;
    std::vector<PinnedHead> pinned;
    std::optional<SimilarityCell> hovered;
    bool focused = false;

    // From layOut:
    QRectF text;   ///< heading, what it is, and the pair that is pointed at: above, or in a wide place beside
    QRectF names;  ///< of the rows, left of the matrix
    QRectF matrix; ///< square; empty when there is nothing
    QRectF tree;   ///< at its right, a leaf beside its row
    QRectF scale;  ///< the strip of colours alone
    bool scaleIsUpright = false;

    /// Takes the numbers over; to be called when they have changed, and after another theme.
    void read();
    void layOut(QSizeF size);
    int count() const; ///< heads
    /// The head at a place of the order; nothing outside of it.
    std::optional<HeadAddress> head(int place) const;
    /// -1: not there.
    int placeOf(const HeadAddress& head) const;
    QRectF cell(const SimilarityCell& places) const;
    std::optional<SimilarityCell> at(QPointF point) const;
    /// In bits, of two places.
    float divergence(const SimilarityCell& places) const;
    /// "L0 H1 and L2 H3: 0.412 bits", of the pair that is pointed at; else of the selected head and the one
    /// most like it.
    QString reading() const;

private:
    QImage m_image; ///< a pixel a cell, in the order of the tree
    friend void paintSimilarity(QPainter& painter, const SimilarityPicture& picture);
};

void paintSimilarity(QPainter& painter, const SimilarityPicture& picture);

} // namespace headlight
