#pragma once

#include <QRectF>

#include <vector>

namespace headlight {

/// One row of weights: a score function under a normaliser.
struct BenchStrip {
    int scoreFunction = 0;
    int normaliser = 0;
    double top = 0; ///< in the content, before scrolling
    double height = 0;
};

/// A score function: its title and one strip a normaliser.
struct BenchGroup {
    int scoreFunction = 0;
    double top = 0;
    double height = 0;
    double titleHeight = 0; ///< above the strips; 0: the title stands at their left
    size_t firstStrip = 0;
    size_t strips = 0;
};

/// Left end and width.
struct BenchColumn {
    double left = 0;
    double width = 0;
    double right() const { return left + width; }
    bool exists() const { return width > 0; }
};

/// Where everything of the bench stands: plain geometry, in the coordinates of the viewport.
struct BenchGeometry {
    // Given.
    QSizeF size;
    int keys = 0;
    std::vector<int> normalisers; ///< shown ones
    int scoreFunctions = 0;
    int hard = -1;          ///< the normaliser whose gradient is told in words, which take two lines
    bool numbers = false;   ///< weights are written into the cells
    double labelHeight = 0; ///< of the words above
    double scrollX = 0;
    double scrollY = 0;

    // Laid out.
    bool wide = false; ///< titles at the left, and a column for each number
    double headerHeight = 0;
    double cellWidth = 0;
    double contentHeight = 0; ///< below the header
    BenchColumn title, normaliser, cells, entropy, multiplyAdds, parameters, time, gradient;
    std::vector<BenchGroup> groups;
    std::vector<BenchStrip> strips;

    void layOut();
    double scrollRoomX() const;
    double scrollRoomY() const;
    QRectF groupRect(const BenchGroup& group) const;
    QRectF titleRect(const BenchGroup& group) const;
    QRectF stripRect(const BenchStrip& strip, const BenchColumn& column) const;
    QRectF cellRect(const BenchStrip& strip, int key) const;
    /// The key under a point of the header or of a strip; -1: none.
    int keyAt(QPointF point) const;
    /// Index in `strips`; -1: none.
    int stripAt(QPointF point) const;
    const BenchGroup& groupOf(const BenchStrip& strip) const;
};

} // namespace headlight
