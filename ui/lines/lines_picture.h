#pragma once

#include "engine/explain/shown_map.h"
#include "ui/paint/lines_geometry.h"
#include "ui/session/selection.h"
#include "ui/theme/theme.h"

#include <QString>

#include <memory>
#include <vector>

namespace headlight {

/// A head in the legend of the line view.
struct LinesHead {
    HeadAddress address;
    QString label; ///< "L2 H2", with its stack where there are several
    QColor colour;
    bool selected = false;
    bool shown = false; ///< selected, or previewed in its place: its numbers are told
    bool pinned = false;
    bool there = false;        ///< the trace has it; else it is listed only
    QString absence;           ///< why it is not: "not in this model"
    ShownMap map;              ///< empty when it is not there
    std::vector<float> sorted; ///< its weights in rising order, on the rank scale only
};

/// One line, by places among the shown rows and columns.
struct Line {
    int head = 0; ///< in LinesPicture::heads
    int query = 0;
    int key = 0;
    float weight = 0;    ///< as shown (summed or averaged where words are merged)
    double strength = 0; ///< 0 to 1: the weight on the scale of the view
    friend bool operator==(const Line&, const Line&) = default;
};

/// Weights below this are not drawn as lines; it is said below the picture.
constexpr float faintestLine = 0.01F;
/// The same of the grey lines of words that are not read.
constexpr float faintestGreyLine = 0.05F;

/// What the line view paints: some heads of one trace, laid out for one size. A value without a widget.
struct LinesPicture {
    std::shared_ptr<const Trace> trace; ///< null: nothing to show
    HeadAddress head;                   ///< the previewed or selected one
    HeadAddress selectedHead;
    ViewChoices choices;
    ReadAxis axis = ReadAxis::query;
    int query = -1; ///< token that is read, or selected
    int key = -1;
    bool keySelected = false; ///< else `key` comes from a preview or from the caret
    Hover hover;
    bool focused = false;
    bool releasable = true; ///< the legend has crosses; not in a figure
    Theme theme = lightTheme();

    std::vector<LinesHead> heads; ///< pinned ones in their order, then the shown or selected one
    std::vector<ShownToken> rows; ///< queries
    std::vector<ShownToken> columns;
    std::vector<QString> rowLabels;
    std::vector<QString> columnLabels;
    int pairStart = -1;       ///< place of the second sentence's first token; -1: one sentence
    int readRow = -1;         ///< place of the query that is read; -1 while a key is read or nothing is
    int readColumn = -1;      ///< the same of a key
    std::vector<Line> strong; ///< of the word that is read: every head's; where none is read, all there are
    std::vector<Line> rest;   ///< of the other words: the selected head's, grey
    float faintestRest = faintestGreyLine; ///< of those that are drawn, see mostLines
    float faintestStrong = faintestLine;

    LinesGeometry geometry;
    std::vector<LegendPlace> legend; ///< one a head
    QRectF queryHeading;
    QRectF keyHeading;
    QRectF notes; ///< below the words

    /// Takes over head, words and preview of the selection; the rest is read by the next three.
    void take(const Selection& selection);
    /// Reads the heads' maps and the words of the trace.
    void readTrace();
    /// Chooses the lines of the word that is read.
    void readLines();
    /// `smallestRow`: of a row's height, below which the picture scrolls.
    void layOut(QSizeF size, double scroll, double smallestRow = 16);

    /// Lines of the word that is read stand side by side, a lane a head; grey ones in the middle of the row.
    LineCurve curve(const Line& line) const;
    /// The line within a few pixels of the point, a strong one first; null: none.
    const Line* lineAt(QPointF point) const;
    /// The head in the legend whose map is walked and told; null when it is not there.
    const LinesHead* shownHead() const;
    /// Weight of a place in a head's map; nothing outside of it.
    static float weightAt(const LinesHead& head, int row, int column);
    /// Places of the other side in falling order of the shown head's weight from the word that is read.
    std::vector<int> strongestPlaces() const;

    /// What stands below the picture, a sentence each.
    QString faintNote() const;
    QString greyNote() const;
    QString hiddenNote() const;
};

/// No picture draws more lines than this of a kind: beyond it the faintest are left out, and it is said from
/// which weight on lines are drawn.
constexpr size_t mostLines = 700;

/// How strong a line is drawn: the weight on that scale, 0 to 1, as a cell of the map is coloured.
/// Logarithmic: from 0.0001 (0) to 1. Rank: the share of the other weights of the map that are smaller;
/// `sorted` are all of them in rising order, needed for this scale only.
double lineStrength(float weight, WeightScale scale, std::span<const float> sorted = {});
/// Headings of the two columns.
QString queryTitle();
QString keyTitle();
/// "linear", "square root", ...
QString lineScaleName(WeightScale scale);
/// How a shown token is written: its pieces joined.
QString shownLabel(const Trace& trace, const ShownToken& token);

} // namespace headlight
