#pragma once

#include "engine/core/progress.h"
#include "engine/core/tensor.h"

#include <string>
#include <vector>

namespace headlight {

class Model;

/// Ways in which a transformer is told where its tokens stand.
enum class PositionScheme {
    learned,    ///< one trained vector a position, added to the word's vector (Devlin et al. 2019, section 3)
    sinusoidal, ///< fixed sines and cosines, added likewise (Vaswani et al. 2017, section 3.5)
    rotary,     ///< queries and keys are turned by their position (Su et al. 2021, section 3.2)
    clipped,    ///< one trained term a distance, distances clipped at k (Shaw et al. 2018, section 3.2)
    buckets     ///< one trained bias a head and bucket of distances (Raffel et al. 2020, section 2.1)
};
/// "learned", "sinusoidal", "rotary", "clipped", "buckets".
std::string nameOf(PositionScheme scheme);
const std::vector<PositionScheme>& positionSchemes();

/// How far apart, and what the products of all pairs so far apart are.
struct DistanceProduct {
    int distance = 0; ///< key position minus query position
    double mean = 0, least = 0, most = 0;
};

/// The terms of one scheme and their products, position by position.
struct PositionTerms {
    PositionScheme scheme = PositionScheme::sinusoidal;
    bool ofModel = false; ///< these are the model's own numbers; else those of a formula
    std::string source;   ///< of the model's: the tensor in its file
    int positions = 0;    ///< P: as many as are shown
    int all = 0;          ///< the model has so many; P where there is no model
    int width = 0;        ///< d of the vectors; 0 where the scheme has none

    /// (P, d), a position a row: the vectors. Rotary: the vector of ones, turned to each position. Empty for
    /// schemes of distances alone.
    Tensor<float> terms;
    /// (P, P): t_i . t_j. For schemes of distances alone: which term the pair (query i, key j) gets, its
    /// number with the sign of j - i.
    Tensor<float> dot;
    Tensor<float> cosine; ///< (P, P): t_i . t_j / (|t_i| |t_j|), 0 where one of them is 0; or empty
    /// Of `dot`, one a distance from -(P - 1) to P - 1: all pairs at that distance.
    std::vector<DistanceProduct> byDistance;
    /// The largest difference between a product and the mean of its distance, and the same as a share of the
    /// largest product: 0 where the product depends on the distance alone.
    double spread = 0, relativeSpread = 0;
};

/// What is asked for: `scheme` over positions 0 to P - 1.
struct PositionSettings {
    int positions = 128; ///< P
    int width = 128;     ///< d of sinusoidal and rotary; even
    double base = 10000; ///< of their wavelengths
    int clip = 16;       ///< k of Shaw et al.
    int buckets = 32;    ///< of T5, both directions together; a multiple of 4
    int farthest = 128;  ///< distance from which on T5 has one bucket
    friend bool operator==(const PositionSettings&, const PositionSettings&) = default;
};

/// No more positions than this are multiplied with each other.
constexpr int mostPositions = 1024;

/// PE(p, 2i) = sin(p / base^(2i/d)), PE(p, 2i + 1) = cos(p / base^(2i/d)). Component c of position p.
double sinusoidalTerm(int position, int component, int width, double base = 10000);
/// Component c of the vector of ones after the rotation R_p: pair i = (2i, 2i + 1) is turned by
/// p base^(-2i/d).
double rotaryTerm(int position, int component, int width, double base = 10000);
/// max(-k, min(k, distance)).
int clippedDistance(int distance, int clip);
/// T5's bucket of key position minus query position, both directions: 0 to buckets / 2 - 1 for keys at or
/// before the query, the other half for those after it. The near half of each direction has one bucket a
/// distance, the others grow logarithmically up to `farthest`.
int relativeBucket(int distance, int buckets, int farthest);

/// A scheme by its formula. Throws RequestError (settings out of range, `learned`, which has no formula) and
/// Cancelled.
PositionTerms positionTerms(PositionScheme scheme, const PositionSettings& settings,
                            const JobControl& control = {});
/// The position vectors that the model adds to those of its words, its first mostPositions. Throws
/// RequestError when it has none, and Cancelled.
PositionTerms positionTermsOf(const Model& model, const JobControl& control = {});

} // namespace headlight
