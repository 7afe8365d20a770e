#include "ui/compare/compare_words.h"

#include "ui/paint/edit_words.h"
#include "ui/paint/token_labels.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace headlight {

namespace {
QString say(const char* text) {
    return QCoreApplication::translate("Compare", text);
}

const ComparedPlace& at(const std::vector<ComparedPlace>& places, int place) {
    return places[static_cast<size_t>(place)];
}

QString weightOr(bool there, float weight, const char* missing) {
    return there ? weightText(weight) : say(missing);
}

QString arrow(const ComparedSides& sides, const Comparison& comparison, MapCell cell) {
    return QStringLiteral("%1 → %2").arg(placeName(sides, at(comparison.rows, cell.query)),
                                         placeName(sides, at(comparison.columns, cell.key)));
}
} // namespace

QString placeNameOfA(const ComparedSides& sides, const ComparedPlace& place) {
    return sides.a && place.a ? tokenLabel(*sides.a, *place.a) : QString();
}

QString placeNameOfB(const ComparedSides& sides, const ComparedPlace& place) {
    return sides.b && place.b ? tokenLabel(*sides.b, *place.b) : QString();
}

QString placeName(const ComparedSides& sides, const ComparedPlace& place) {
    const QString a = placeNameOfA(sides, place), b = placeNameOfB(sides, place);
    if (place.kind == AlignedKind::replaced)
        return QStringLiteral("%1 / %2").arg(a, b);
    return place.a ? a : b;
}

QString sideInWords(const Trace& trace, const HeadAddress& head) {
    QStringList edits;
    for (const Edit& edit : trace.edits)
        edits << editInWords(edit);
    return QStringLiteral("%1 · %2 · %3")
        .arg(QString::fromStdString(trace.model), headLabel(head),
             edits.isEmpty() ? say("no edits") : edits.join(QStringLiteral(", ")));
}

QString differenceText(float difference) {
    if (difference == 0)
        return QStringLiteral("0");
    QString text = weightText(std::abs(difference));
    const bool isBound = text.startsWith(QLatin1Char('<')) || text.startsWith(QLatin1Char('>'));
    text.insert(isBound ? 1 : 0, difference < 0 ? QChar(0x2212) : QLatin1Char('+'));
    return text;
}

QString bitsText(double bits) {
    if (bits > 0 && bits < 0.0005)
        return say("<0.001 bits");
    return say("%1 bits").arg(bits, 0, 'f', bits == 0 ? 0 : 3);
}

QString cellInWords(const ComparedSides& sides, const Comparison& comparison, MapCell cell) {
    const float difference = comparison.difference.at(cell.query, cell.key);
    QStringList parts{arrow(sides, comparison, cell)};
    parts << say("A %1").arg(
        weightOr(comparison.hasA(cell.query, cell.key), comparison.a.at(cell.query, cell.key), "–"));
    parts << say("B %1").arg(
        weightOr(comparison.hasB(cell.query, cell.key), comparison.b.at(cell.query, cell.key), "–"));
    parts << (comparison.isMatched(cell.query, cell.key) ? say("A − B %1").arg(differenceText(difference))
                                                         : say("not the same words, so nothing to subtract"));
    return parts.join(QStringLiteral("    "));
}

QString rowInWords(const ComparedSides& sides, const Comparison& comparison, int row) {
    const RowDistance& distance = comparison.distances[static_cast<size_t>(row)];
    const QString name = placeName(sides, at(comparison.rows, row));
    if (!distance.bits)
        return say("Row “%1”: only words that both have are compared.").arg(name);
    QString text = say("Row “%1”: %2 apart").arg(name, bitsText(*distance.bits));
    if (distance.elsewhereA > 0 || distance.elsewhereB > 0)
        text += say(" (A %1 and B %2 lie on keys that are not in both; counted as one)")
                    .arg(weightText(static_cast<float>(distance.elsewhereA)),
                         weightText(static_cast<float>(distance.elsewhereB)));
    return text;
}

QString summaryInWords(const ComparedSides& sides, const Comparison& comparison) {
    if (!comparison.bits)
        return say("The two sentences have no word in common, so there is nothing to subtract.");
    QString text = say("Distance %1 (Jensen-Shannon, mean of the rows; 0 is equal, 1 the most)")
                       .arg(bitsText(*comparison.bits));
    if (comparison.unmatchedRows > 0)
        text += comparison.unmatchedRows == 1
                    ? say(", without the hatched row")
                    : say(", without the %1 hatched rows").arg(comparison.unmatchedRows);
    if (comparison.byWords)
        text += say(" · by whole words, which the two models cut differently");
    const std::optional<ComparedCell>& cell = comparison.largest;
    if (cell && cell->difference != 0)
        text += say(" · most: %1: %2 against %3")
                    .arg(arrow(sides, comparison, {cell->row, cell->column}), weightText(cell->a),
                         weightText(cell->b));
    else if (cell && sides.a->edits != sides.b->edits)
        text += say(" · every cell is equal: the edits act after these weights (a head that is switched off "
                    "keeps them), see later layers and what the model reads");
    else if (cell)
        text += say(" · every cell is equal");
    return text;
}

} // namespace headlight
