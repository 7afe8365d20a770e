#include "engine/explain/positions.h"

#include "engine/core/errors.h"
#include "engine/core/matrix.h"
#include "engine/models/model.h"
#include "engine/models/position_table.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr Index rowsAtATime = 64;

size_t placeOf(int distance, int positions) {
    return static_cast<size_t>(distance + positions - 1);
}

/// dot and cosine of `terms`, in double.
void multiply(PositionTerms& result, const JobControl& control) {
    const Index count = result.positions, width = result.width;
    Matrix<double> terms(count, width);
    const std::span<const float> given = result.terms.values();
    std::copy(given.begin(), given.end(), terms.data());
    const Eigen::VectorXd lengths = terms.rowwise().norm();
    result.dot = Tensor<float>({count, count});
    result.cosine = Tensor<float>({count, count});
    Matrix<double> products;
    for (Index from = 0; from < count; from += rowsAtATime) {
        if (control.stop.stop_requested())
            throw Cancelled();
        control.stepAside();
        const Index rows = std::min(rowsAtATime, count - from);
        products.noalias() = terms.middleRows(from, rows) * terms.transpose();
        for (Index i = 0; i < rows; ++i)
            for (Index j = 0; j < count; ++j) {
                const double length = lengths(from + i) * lengths(j);
                result.dot.at(from + i, j) = static_cast<float>(products(i, j));
                result.cosine.at(from + i, j) =
                    length > 0 ? static_cast<float>(products(i, j) / length) : 0.0F;
            }
    }
}

void measureDistances(PositionTerms& result) {
    const int count = result.positions;
    result.byDistance.resize(static_cast<size_t>(2 * count - 1));
    double largest = 0;
    for (int distance = 1 - count; distance < count; ++distance) {
        DistanceProduct& at = result.byDistance[placeOf(distance, count)];
        at.distance = distance;
        const int first = std::max(0, -distance), pairs = count - std::abs(distance);
        for (int i = first; i < first + pairs; ++i) {
            const auto product = static_cast<double>(result.dot.at(i, i + distance));
            at.least = i == first ? product : std::min(at.least, product);
            at.most = i == first ? product : std::max(at.most, product);
            at.mean += product / pairs;
            largest = std::max(largest, std::abs(product));
        }
        result.spread = std::max({result.spread, at.most - at.mean, at.mean - at.least});
    }
    result.relativeSpread = largest > 0 ? result.spread / largest : 0;
}

void check(PositionScheme scheme, const PositionSettings& settings) {
    if (settings.positions < 1 || settings.positions > mostPositions)
        throw RequestError("Positions are 1 to " + std::to_string(mostPositions) + ", not " +
                           std::to_string(settings.positions) + ".");
    if (settings.width < 2 || settings.width % 2 != 0 || settings.width > 1 << 16)
        throw RequestError("The vectors need an even number of components from 2 to 65536, not " +
                           std::to_string(settings.width) + ".");
    if (!(settings.base > 1) || !std::isfinite(settings.base))
        throw RequestError("The base of the wavelengths is a number above 1.");
    if (scheme == PositionScheme::clipped && settings.clip < 1)
        throw RequestError("Distances are clipped at 1 or more.");
    if (scheme == PositionScheme::buckets &&
        (settings.buckets < 4 || settings.buckets % 4 != 0 || settings.farthest <= settings.buckets / 4))
        throw RequestError("There are 4 buckets or a multiple of 4, and the farthest distance lies beyond "
                           "those that have a bucket of their own.");
    if (scheme == PositionScheme::learned)
        throw RequestError("Learned positions have no formula; they are read from a model.");
}

double angle(int position, int component, int width, double base) {
    const int pair = component / 2;
    return position * std::pow(base, -2.0 * pair / width);
}
} // namespace

std::string nameOf(PositionScheme scheme) {
    switch (scheme) {
    case PositionScheme::learned:
        return "learned";
    case PositionScheme::sinusoidal:
        return "sinusoidal";
    case PositionScheme::rotary:
        return "rotary";
    case PositionScheme::clipped:
        return "clipped";
    case PositionScheme::buckets:
        break;
    }
    return "buckets";
}

const std::vector<PositionScheme>& positionSchemes() {
    static const std::vector<PositionScheme> schemes{PositionScheme::learned, PositionScheme::sinusoidal,
                                                     PositionScheme::rotary, PositionScheme::clipped,
                                                     PositionScheme::buckets};
    return schemes;
}

double sinusoidalTerm(int position, int component, int width, double base) {
    const double turn = angle(position, component, width, base);
    return component % 2 == 0 ? std::sin(turn) : std::cos(turn);
}

double rotaryTerm(int position, int component, int width, double base) {
    const double turn = angle(position, component, width, base);
    return component % 2 == 0 ? std::cos(turn) - std::sin(turn) : std::sin(turn) + std::cos(turn);
}

int clippedDistance(int distance, int clip) {
    return std::clamp(distance, -clip, clip);
}

int relativeBucket(int distance, int buckets, int farthest) {
    const int half = buckets / 2;
    const int side = distance > 0 ? half : 0;
    const int far = std::abs(distance), exact = half / 2;
    if (far < exact)
        return side + far;
    const double share =
        std::log(static_cast<double>(far) / exact) / std::log(static_cast<double>(farthest) / exact);
    return side + std::min(half - 1, exact + static_cast<int>(share * (half - exact)));
}

PositionTerms positionTerms(PositionScheme scheme, const PositionSettings& settings,
                            const JobControl& control) {
    check(scheme, settings);
    PositionTerms result;
    result.scheme = scheme;
    result.positions = result.all = settings.positions;
    const int count = result.positions;
    if (scheme == PositionScheme::sinusoidal || scheme == PositionScheme::rotary) {
        result.width = settings.width;
        result.terms = Tensor<float>({count, result.width});
        const auto term = scheme == PositionScheme::sinusoidal ? sinusoidalTerm : rotaryTerm;
        for (int p = 0; p < count; ++p)
            for (int c = 0; c < result.width; ++c)
                result.terms.at(p, c) = static_cast<float>(term(p, c, result.width, settings.base));
        multiply(result, control);
    } else {
        result.dot = Tensor<float>({count, count});
        for (int i = 0; i < count; ++i)
            for (int j = 0; j < count; ++j) {
                const int distance = j - i;
                int number = clippedDistance(distance, settings.clip);
                if (scheme == PositionScheme::buckets) {
                    number = relativeBucket(distance, settings.buckets, settings.farthest);
                    number = distance > 0 ? number - settings.buckets / 2 : -number;
                }
                result.dot.at(i, j) = static_cast<float>(number);
            }
    }
    measureDistances(result);
    return result;
}

PositionTerms positionTermsOf(const Model& model, const JobControl& control) {
    const auto* owner = dynamic_cast<const HasPositionTable*>(&model);
    const ParameterView table = owner ? owner->positionTable() : ParameterView();
    if (!table)
        throw RequestError("This model has no position vectors of its own to show.");
    PositionTerms result;
    result.scheme = PositionScheme::learned;
    result.ofModel = true;
    result.source = table.name;
    result.all = static_cast<int>(std::min<int64_t>(table.rows, 1 << 30));
    result.positions = std::min(result.all, mostPositions);
    result.width = static_cast<int>(table.columns);
    result.terms = Tensor<float>({result.positions, result.width});
    std::copy_n(table.data, result.terms.size(), result.terms.values().begin());
    multiply(result, control);
    measureDistances(result);
    return result;
}

} // namespace headlight
