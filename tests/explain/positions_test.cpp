#include "engine/core/errors.h"
#include "engine/explain/positions.h"
#include "engine/files/safetensors.h"
#include "engine/session/model_session.h"

#include <QTest>

#include <cmath>

using namespace headlight;

namespace {
constexpr double float32Noise = 1e-5; // of sums over 64 terms of size 1

/// Sum over pairs of 2-d rotations: what both sinusoidal and, twice over, rotary products come to.
double cosineSum(int distance, int width, double base = 10000) {
    double sum = 0;
    for (int pair = 0; pair < width / 2; ++pair)
        sum += std::cos(distance * std::pow(base, -2.0 * pair / width));
    return sum;
}

PositionSettings settings(int positions, int width) {
    PositionSettings result;
    result.positions = positions;
    result.width = width;
    return result;
}

/// The largest difference between a product and one other of the same distance.
double unevenness(const PositionTerms& terms) {
    double most = 0;
    for (int i = 0; i < terms.positions; ++i)
        for (int j = 0; j < terms.positions; ++j) {
            const int distance = j - i, first = std::max(0, -distance);
            most = std::max(most, std::abs(static_cast<double>(terms.dot.at(i, j)) -
                                           static_cast<double>(terms.dot.at(first, first + distance))));
        }
    return most;
}
} // namespace

class PositionsTest : public QObject {
    Q_OBJECT

private slots:
    /// Vaswani et al. 2017, section 3.5; by hand for d = 4: wavelengths 2 pi and 200 pi.
    void sinusoidsAsInThePaper() {
        const PositionTerms terms = positionTerms(PositionScheme::sinusoidal, settings(3, 4));
        QVERIFY(!terms.ofModel);
        QCOMPARE(terms.terms.at(0, 0), 0.0F);
        QCOMPARE(terms.terms.at(0, 1), 1.0F);
        QCOMPARE(terms.terms.at(2, 0), static_cast<float>(std::sin(2.0)));
        QCOMPARE(terms.terms.at(2, 1), static_cast<float>(std::cos(2.0)));
        QCOMPARE(terms.terms.at(2, 2), static_cast<float>(std::sin(0.02)));
        QCOMPARE(terms.terms.at(2, 3), static_cast<float>(std::cos(0.02)));
    }

    /// sin a sin b + cos a cos b = cos(a - b).
    void sinusoidalProductsDependOnTheDistanceAlone() {
        const PositionTerms terms = positionTerms(PositionScheme::sinusoidal, settings(100, 64));
        for (int i = 0; i < 100; ++i)
            for (int j = 0; j < 100; ++j) {
                const double expected = cosineSum(j - i, 64);
                QVERIFY(std::abs(static_cast<double>(terms.dot.at(i, j)) - expected) < 32 * float32Noise);
                QVERIFY(std::abs(static_cast<double>(terms.cosine.at(i, j)) - expected / 32) < float32Noise);
            }
        QVERIFY(terms.relativeSpread < 1e-5);
        QVERIFY(unevenness(terms) < 32 * float32Noise);
    }

    /// R_i q . R_j k = q . R_(j - i) k; of vectors of ones, each pair gives 2 cos.
    void rotaryProductsDependOnTheDistanceAlone() {
        const PositionTerms terms = positionTerms(PositionScheme::rotary, settings(90, 32));
        QCOMPARE(terms.terms.at(0, 5), 1.0F);
        for (int i = 0; i < 90; ++i)
            for (int j = 0; j < 90; ++j)
                QVERIFY(std::abs(static_cast<double>(terms.dot.at(i, j)) - 2 * cosineSum(j - i, 32)) <
                        32 * float32Noise);
        QVERIFY(terms.relativeSpread < 1e-5);
        QCOMPARE(terms.cosine.at(7, 7), 1.0F);
    }

    /// A rotation keeps lengths, and really turns: by p radians in the first pair.
    void rotaryTermsAreTurnedByTheirPosition() {
        for (int position = 0; position < 20; ++position)
            for (int pair = 0; pair < 4; ++pair) {
                const double x = rotaryTerm(position, 2 * pair, 8), y = rotaryTerm(position, 2 * pair + 1, 8);
                QVERIFY(std::abs(std::hypot(x, y) - std::sqrt(2)) < 1e-12);
                const double angle = position * std::pow(10000, -pair / 4.0);
                QVERIFY(std::abs(std::remainder(std::atan2(y, x) - M_PI / 4 - angle, 2 * M_PI)) < 1e-9);
            }
    }

    void distancesAreSummedUp() {
        const PositionTerms terms = positionTerms(PositionScheme::sinusoidal, settings(10, 8));
        QCOMPARE(terms.byDistance.size(), size_t{19});
        QCOMPARE(terms.byDistance.front().distance, -9);
        QCOMPARE(terms.byDistance[9].distance, 0);
        QVERIFY(std::abs(terms.byDistance[9].mean - 4) < 1e-6);
        QVERIFY(std::abs(terms.byDistance[12].mean - cosineSum(3, 8)) < 1e-6);
    }

    void clippedDistances() {
        const PositionTerms terms = positionTerms(PositionScheme::clipped, settings(40, 2));
        QVERIFY(terms.terms.empty());
        QVERIFY(terms.cosine.empty());
        QCOMPARE(terms.dot.at(3, 5), 2.0F);
        QCOMPARE(terms.dot.at(5, 3), -2.0F);
        QCOMPARE(terms.dot.at(0, 39), 16.0F);
        QCOMPARE(terms.dot.at(39, 0), -16.0F);
        QCOMPARE(terms.spread, 0.0);
    }

    /// Worked out by hand from Raffel et al. 2020: 16 buckets a side, the first 8 exact, then
    /// 8 + floor(8 ln(distance / 8) / ln 16).
    void bucketsAsInT5() {
        const auto bucket = [](int distance) { return relativeBucket(distance, 32, 128); };
        QCOMPARE(bucket(0), 0);
        QCOMPARE(bucket(-1), 1);
        QCOMPARE(bucket(-7), 7);
        QCOMPARE(bucket(-8), 8);
        QCOMPARE(bucket(-11), 8);  // 8 ln(11/8) / ln 16 = 0.92
        QCOMPARE(bucket(-12), 9);  // 1.17
        QCOMPARE(bucket(-33), 12); // 4.09
        QCOMPARE(bucket(-127), 15);
        QCOMPARE(bucket(-4000), 15);
        QCOMPARE(bucket(1), 17);
        QCOMPARE(bucket(7), 23);
        QCOMPARE(bucket(4000), 31);
        const PositionTerms terms = positionTerms(PositionScheme::buckets, settings(60, 2));
        QCOMPARE(terms.dot.at(0, 12), 9.0F);
        QCOMPARE(terms.dot.at(12, 0), -9.0F);
        QCOMPARE(terms.spread, 0.0);
    }

    /// Bit for bit the tensor in the file.
    void learnedOnesAreTheTensorOfTheModel() {
        const auto model = LoadedModel::load("reader");
        const PositionTerms terms = positionTermsOf(*model->model);
        QVERIFY(terms.ofModel);
        QCOMPARE(terms.source, std::string("bert.embeddings.position_embeddings.weight"));
        const auto file = SafetensorsFile::open(model->folder / "model.safetensors");
        const Tensor<float> expected = file->read(terms.source);
        QCOMPARE(terms.terms.shape(), expected.shape());
        for (size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(terms.terms.values()[i], expected.values()[i]);
        double sum = 0, one = 0, other = 0;
        for (int c = 0; c < terms.width; ++c) {
            const auto a = static_cast<double>(terms.terms.at(3, c)),
                       b = static_cast<double>(terms.terms.at(9, c));
            sum += a * b;
            one += a * a;
            other += b * b;
        }
        QVERIFY(std::abs(static_cast<double>(terms.dot.at(3, 9)) - sum) < 1e-6);
        QVERIFY(std::abs(static_cast<double>(terms.cosine.at(9, 3)) - sum / std::sqrt(one * other)) < 1e-6);
        // Trained vectors are no function of the distance: the measure can fail.
        QVERIFY(terms.relativeSpread > 1e-3);
        QVERIFY(unevenness(terms) > 1e-3);
    }

    void whatCannotBeAsked() {
        QVERIFY_EXCEPTION_THROWN(positionTerms(PositionScheme::learned, {}), RequestError);
        QVERIFY_EXCEPTION_THROWN(positionTerms(PositionScheme::sinusoidal, settings(0, 8)), RequestError);
        QVERIFY_EXCEPTION_THROWN(positionTerms(PositionScheme::rotary, settings(8, 7)), RequestError);
        QVERIFY_EXCEPTION_THROWN(positionTerms(PositionScheme::sinusoidal, settings(mostPositions + 1, 8)),
                                 RequestError);
        PositionSettings odd;
        odd.buckets = 6;
        QVERIFY_EXCEPTION_THROWN(positionTerms(PositionScheme::buckets, odd), RequestError);
        std::stop_source stop;
        stop.request_stop();
        JobControl control;
        control.stop = stop.get_token();
        QVERIFY_EXCEPTION_THROWN(positionTerms(PositionScheme::sinusoidal, {}, control), Cancelled);
    }
};

QTEST_APPLESS_MAIN(PositionsTest)
#include "positions_test.moc"
