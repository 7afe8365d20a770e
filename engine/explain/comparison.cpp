#include "engine/explain/comparison.h"

#include "engine/core/divergence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace headlight {

namespace {
constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

std::vector<ComparedPlace> commonPlaces(const Trace& a, const std::vector<ShownToken>& ofA, const Trace& b,
                                        const std::vector<ShownToken>& ofB) {
    std::vector<ComparedPlace> places;
    const bool oneModel = a.modelSha256 == b.modelSha256;
    const auto names = [&](const Trace& trace, const std::vector<ShownToken>& tokens) {
        return oneModel ? alignmentNames(trace, tokens) : spelledNames(trace, tokens);
    };
    for (const AlignedPlace& place : aligned(names(a, ofA), names(b, ofB))) {
        ComparedPlace common;
        common.kind = place.kind;
        if (place.a >= 0)
            common.a = ofA[static_cast<size_t>(place.a)];
        if (place.b >= 0)
            common.b = ofB[static_cast<size_t>(place.b)];
        places.push_back(common);
    }
    return places;
}

/// A shown map's weights at the common places.
Tensor<float> spread(const ShownMap& map, const std::vector<ComparedPlace>& rows,
                     const std::vector<ComparedPlace>& columns,
                     std::optional<ShownToken> ComparedPlace::*side) {
    Tensor<float> result({static_cast<int64_t>(rows.size()), static_cast<int64_t>(columns.size())});
    int64_t from = 0;
    for (size_t r = 0; r < rows.size(); ++r) {
        const bool hasRow = (rows[r].*side).has_value();
        int64_t key = 0;
        for (size_t c = 0; c < columns.size(); ++c) {
            const bool hasColumn = (columns[c].*side).has_value();
            result.at(r, c) = hasRow && hasColumn ? map.weights.at(from, key) : nothing;
            key += hasColumn ? 1 : 0;
        }
        from += hasRow ? 1 : 0;
    }
    return result;
}

void compareRow(Comparison& result, size_t row, double hiddenA, double hiddenB) {
    RowDistance& distance = result.distances[row];
    const std::span<const float> a = result.a.row(row);
    const std::span<const float> b = result.b.row(row);
    const std::span<float> difference = result.difference.row(row);
    std::fill(difference.begin(), difference.end(), nothing);
    if (!result.rows[row].matched()) {
        ++result.unmatchedRows;
        return;
    }
    distance.elsewhereA = hiddenA;
    distance.elsewhereB = hiddenB;
    double bits = 0;
    for (size_t column = 0; column < difference.size(); ++column) {
        const ComparedPlace& place = result.columns[column];
        if (place.matched()) {
            difference[column] = a[column] - b[column];
            bits += divergencePart(static_cast<double>(a[column]), static_cast<double>(b[column]));
            continue;
        }
        if (place.a)
            distance.elsewhereA += static_cast<double>(a[column]);
        if (place.b)
            distance.elsewhereB += static_cast<double>(b[column]);
    }
    bits += divergencePart(distance.elsewhereA, distance.elsewhereB);
    distance.bits = std::max(0.0, bits);
    float most = -1;
    for (size_t column = 0; column < difference.size(); ++column)
        if (std::abs(difference[column]) > most) { // false for NaN
            most = std::abs(difference[column]);
            distance.largest = static_cast<int>(column);
        }
}

ComparedCell cellAt(const Comparison& comparison, size_t row, size_t column) {
    return {static_cast<int>(row), static_cast<int>(column), comparison.a.at(row, column),
            comparison.b.at(row, column), comparison.difference.at(row, column)};
}

void summarise(Comparison& result) {
    double sum = 0;
    int rows = 0;
    for (const RowDistance& distance : result.distances)
        if (distance.bits) {
            sum += *distance.bits;
            ++rows;
        }
    if (rows > 0)
        result.bits = sum / rows;
    for (size_t row = 0; row < result.rows.size(); ++row) {
        const int column = result.distances[row].largest;
        if (column < 0)
            continue;
        const ComparedCell cell = cellAt(result, row, static_cast<size_t>(column));
        if (!result.largest || std::abs(cell.difference) > std::abs(result.largest->difference))
            result.largest = cell;
    }
    if (!result.largest)
        return;
    const float most = std::abs(result.largest->difference);
    if (most == 0)
        return;
    constexpr std::array ends{0.01F, 0.02F, 0.05F, 0.1F, 0.2F, 0.5F};
    for (const float end : ends)
        if (most <= end) {
            result.scaleEnd = end;
            return;
        }
}
} // namespace

bool Comparison::hasA(int row, int column) const {
    return rows[static_cast<size_t>(row)].a && columns[static_cast<size_t>(column)].a;
}

bool Comparison::hasB(int row, int column) const {
    return rows[static_cast<size_t>(row)].b && columns[static_cast<size_t>(column)].b;
}

bool Comparison::isMatched(int row, int column) const {
    return rows[static_cast<size_t>(row)].matched() && columns[static_cast<size_t>(column)].matched();
}

Comparison compared(const Trace& a, const HeadAddress& headA, const Trace& b, const HeadAddress& headB,
                    const ShownTokens& choice) {
    Comparison result;
    ShownTokens shown = choice;
    result.byWords = !choice.mergeWords && cutsDiffer(a, b);
    shown.mergeWords = choice.mergeWords || result.byWords;
    const ShownMap mapA = shownMap(a, headA, shown);
    const ShownMap mapB = shownMap(b, headB, shown);
    if (mapA.rows.empty() || mapB.rows.empty())
        return result;
    result.rows = commonPlaces(a, mapA.rows, b, mapB.rows);
    result.columns = commonPlaces(a, mapA.columns, b, mapB.columns);
    result.a = spread(mapA, result.rows, result.columns, &ComparedPlace::a);
    result.b = spread(mapB, result.rows, result.columns, &ComparedPlace::b);
    result.difference = Tensor<float>(result.a.shape());
    result.distances.resize(result.rows.size());
    size_t rowOfA = 0, rowOfB = 0;
    for (size_t row = 0; row < result.rows.size(); ++row) {
        const ComparedPlace& place = result.rows[row];
        const double hiddenA = place.a ? mapA.hidden[rowOfA++] : 0;
        const double hiddenB = place.b ? mapB.hidden[rowOfB++] : 0;
        compareRow(result, row, hiddenA, hiddenB);
    }
    summarise(result);
    return result;
}

std::vector<ComparedCell> largestDifferences(const Comparison& comparison, int count) {
    std::vector<ComparedCell> cells;
    for (size_t row = 0; row < comparison.rows.size(); ++row)
        for (size_t column = 0; column < comparison.columns.size(); ++column)
            if (!std::isnan(comparison.difference.at(row, column)))
                cells.push_back(cellAt(comparison, row, column));
    const auto end = cells.begin() + std::clamp<std::ptrdiff_t>(count, 0, std::ssize(cells));
    std::partial_sort(cells.begin(), end, cells.end(),
                      [](const ComparedCell& one, const ComparedCell& other) {
                          const float left = std::abs(one.difference), right = std::abs(other.difference);
                          if (left != right)
                              return left > right;
                          return one.row != other.row ? one.row < other.row : one.column < other.column;
                      });
    cells.erase(end, cells.end());
    return cells;
}

namespace {
int placeOf(const std::vector<ComparedPlace>& places, int token,
            std::optional<ShownToken> ComparedPlace::*side) {
    for (size_t i = 0; i < places.size(); ++i)
        if (const std::optional<ShownToken>& shown = places[i].*side;
            shown && shown->first <= token && token <= shown->last)
            return static_cast<int>(i);
    return -1;
}
} // namespace

int placeOfA(const std::vector<ComparedPlace>& places, int token) {
    return placeOf(places, token, &ComparedPlace::a);
}

int placeOfB(const std::vector<ComparedPlace>& places, int token) {
    return placeOf(places, token, &ComparedPlace::b);
}

} // namespace headlight
