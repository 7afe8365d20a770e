#pragma once

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

#include <vector>

namespace headlight {

/// Where words and lines stand in a line view: queries in a column at the left, keys in one at the right, a
/// row a word, row 0 on top. Beside the words at one side, bars tell weights. All in pixels of the picture;
/// `scroll` of them are above `area`.
struct LinesGeometry {
    QRectF area; ///< for words and lines; what is outside of it is not seen
    int queries = 0;
    int keys = 0;
    double top = 0; ///< of row 0 when nothing is scrolled
    double rowHeight = 0;
    double scroll = 0;
    bool barsAtKeys = true; ///< else beside the queries
    double queryEdge = 0;   ///< x of the line ends at the queries
    double keyEdge = 0;     ///< x of the line ends at the keys
    double queryWidth = 0;  ///< of the widest word
    double keyWidth = 0;
    double barsWidth = 0;
    double numberWidth = 0;

    double contentHeight() const;
    /// How far it can be scrolled.
    double scrollRoom() const;
    QRectF queryWord(int query) const;
    QRectF keyWord(int key) const;
    /// Where the bars of a row of the read side stand: as long as a weight of 1.
    QRectF bars(int row) const;
    /// The number behind them.
    QRectF number(int row) const;
    /// Where the line of one of `heads` heads leaves a query or meets a key: side by side within the row, so
    /// that no head hides another.
    QPointF queryEnd(int query, int head = 0, int heads = 1) const;
    QPointF keyEnd(int key, int head = 0, int heads = 1) const;
    /// The word under the point, its bars and number included; -1: none. Between the columns there is none.
    int queryAt(QPointF point) const;
    int keyAt(QPointF point) const;
    /// Whether anything of a line can be seen.
    bool isSeen(int query, int key) const;
    bool isRowSeen(int row) const;
    /// The scroll at which this row is wholly seen, as near to the present one as possible.
    double scrollTo(int row) const;

private:
    double rowTop(int row) const { return top + row * rowHeight - scroll; }
    int rowAt(double y, int count) const;
};

/// What a line view has to make room for.
struct LinesNeeds {
    int queries = 0;
    int keys = 0;
    double queryWidth = 0; ///< of the widest word
    double keyWidth = 0;
    bool barsAtKeys = true;
    double smallestRow = 16; ///< below this height of a row the view scrolls
};

/// Rows as high as `area` allows, between the smallest and 32 pixels; the columns in its middle, not farther
/// apart than a line can be followed.
LinesGeometry fitLines(const QRectF& area, const LinesNeeds& needs);

/// A line from a query to a key: a cubic that leaves and arrives level.
struct LineCurve {
    QPointF from;
    QPointF to;

    void addTo(QPainterPath& path) const;
    /// The point after `share` (0 to 1) of the way across.
    QPointF at(double share) const;
    /// About how far the point is from the line; infinite outside of its width.
    double distanceTo(QPointF point) const;
};

/// One entry of the legend, and the small cross at its end that releases it.
struct LegendPlace {
    QRectF entry;
    QRectF cross; ///< empty where there is nothing to release
};
/// Entries of these widths (the cross included) one after the other, broken into rows of at most `width`.
std::vector<LegendPlace> layOutLegend(QPointF origin, double width, const std::vector<double>& widths,
                                      const std::vector<bool>& releasable);
constexpr double legendRowHeight = 26;

} // namespace headlight
