#include "ui/theme/pinned_colours.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace headlight;

class ColourScaleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lightnessChangesInOneDirectionByEqualSteps();
    void endsAreTheGivenColours();
    void everyWeightHasAColour();
    void squareRootLiftsSmallWeights();
    void placesRiseWithTheWeightOnEveryScale();
    void textCanBeReadOnEveryCell();
    void textColoursReachTheContrastOfWcag();
    void pinnedColoursStayApartForEveryEye();
};

void ColourScaleTest::lightnessChangesInOneDirectionByEqualSteps() {
    for (const Theme& theme : {lightTheme(), darkTheme()}) {
        const double first = lightness(theme.weights.colour(0));
        const double last = lightness(theme.weights.colour(1));
        QVERIFY(std::abs(last - first) > 0.6);
        QCOMPARE(last > first, theme.dark());
        for (int i = 1; i < ColourScale::size; ++i) {
            const float weight = static_cast<float>(i) / (ColourScale::size - 1);
            const double wanted = first + (last - first) * i / (ColourScale::size - 1);
            // A byte of a channel is a step of up to 0.004.
            QVERIFY2(std::abs(lightness(theme.weights.colour(weight)) - wanted) < 0.006,
                     qPrintable(QString::number(i)));
        }
        for (int i = 8; i < ColourScale::size; ++i) {
            const auto at = [&](int place) {
                return lightness(theme.weights.colour(static_cast<float>(place) / 255));
            };
            QVERIFY((at(i) - at(i - 8)) * (last - first) > 0);
        }
    }
}

void ColourScaleTest::endsAreTheGivenColours() {
    const ColourScale scale({0xfffbfbfa, 0xff4a8fd6, 0xff0f2a66});
    QCOMPARE(scale.colour(0), 0xfffbfbfa);
    QCOMPARE(scale.colour(1), 0xff0f2a66);
}

void ColourScaleTest::everyWeightHasAColour() {
    const ColourScale scale = lightTheme().weights;
    QCOMPARE(scale.colour(-0.1F), scale.colour(0));
    QCOMPARE(scale.colour(1.5F), scale.colour(1));
    QCOMPARE(scale.colour(std::numeric_limits<float>::infinity()), scale.colour(1));
    QCOMPARE(scale.colour(std::nanf("")), ColourScale::notANumber);
}

void ColourScaleTest::squareRootLiftsSmallWeights() {
    const ColourScale scale = darkTheme().weights;
    QCOMPARE(scale.colour(0.25F, WeightScale::squareRoot), scale.colour(0.5F));
    QCOMPARE(scale.colour(0, WeightScale::squareRoot), scale.colour(0));
    QCOMPARE(scale.colour(1, WeightScale::squareRoot), scale.colour(1));
}

void ColourScaleTest::placesRiseWithTheWeightOnEveryScale() {
    for (const WeightScale scale :
         {WeightScale::linear, WeightScale::squareRoot, WeightScale::logarithmic, WeightScale::rank}) {
        QCOMPARE(scalePlace(0, scale), 0.0F);
        QCOMPARE(scalePlace(1, scale), 1.0F);
        QCOMPARE(scalePlace(-1, scale), 0.0F);
        QCOMPARE(scalePlace(2, scale), 1.0F);
        QVERIFY(std::isnan(scalePlace(std::nanf(""), scale)));
        for (int i = 1; i <= 1000; ++i)
            QVERIFY(scalePlace(static_cast<float>(i) / 1000, scale) >
                    scalePlace(static_cast<float>(i - 1) / 1000, scale));
    }
    QVERIFY(std::abs(scalePlace(0.01F, WeightScale::logarithmic) - 0.5F) < 1e-6F);
    QCOMPARE(scalePlace(smallestLogWeight, WeightScale::logarithmic), 0.0F);
    QCOMPARE(scalePlace(1e-6F, WeightScale::logarithmic), 0.0F);
    QCOMPARE(scalePlace(0.25F, WeightScale::squareRoot), 0.5F);
}

void ColourScaleTest::textCanBeReadOnEveryCell() {
    for (const Theme& theme : {lightTheme(), darkTheme()})
        for (int i = 0; i <= 100; ++i) {
            const float weight = static_cast<float>(i) / 100;
            QVERIFY(contrastRatio(theme.weights.textOn(weight),
                                  QColor::fromRgb(theme.weights.colour(weight))) >= 4.5);
        }
}

namespace {
using Colour = std::array<double, 3>;

Colour linear(const QColor& colour) {
    const auto channel = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return {channel(colour.redF()), channel(colour.greenF()), channel(colour.blueF())};
}

Colour times(const std::array<Colour, 3>& matrix, const Colour& colour) {
    Colour result{};
    for (size_t i = 0; i < 3; ++i)
        for (size_t j = 0; j < 3; ++j)
            result[i] += matrix[i][j] * colour[j];
    return result;
}

Colour okLab(const Colour& colour) {
    Colour cone = times({{{0.4122214708, 0.5363325363, 0.0514459929},
                          {0.2119034982, 0.6806995451, 0.1073969566},
                          {0.0883024619, 0.2817188376, 0.6299787005}}},
                        colour);
    for (double& each : cone)
        each = std::cbrt(std::max(each, 0.0));
    return times({{{0.2104542553, 0.7936177850, -0.0040720468},
                   {1.9779984951, -2.4285922050, 0.4505937099},
                   {0.0259040371, 0.7827717662, -0.8086757660}}},
                 cone);
}

/// The smallest distance of two colours in OKLab, seen by a full-coloured eye and by the three dichromats
/// (Machado, Oliveira and Fernandes 2009, severity 1).
double smallestDistance(const std::vector<QColor>& colours) {
    const std::array<std::array<Colour, 3>, 4> eyes{{
        {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
        {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
        {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
        {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
    }};
    double smallest = 9;
    for (const auto& eye : eyes)
        for (size_t i = 0; i < colours.size(); ++i)
            for (size_t j = 0; j < i; ++j) {
                const Colour one = okLab(times(eye, linear(colours[i])));
                const Colour other = okLab(times(eye, linear(colours[j])));
                smallest =
                    std::min(smallest, std::hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]));
            }
    return smallest;
}
} // namespace

void ColourScaleTest::pinnedColoursStayApartForEveryEye() {
    QVERIFY(smallestDistance({QColor(200, 80, 0), QColor(110, 130, 0)}) < 0.08); // one hue to some eyes
    for (const Theme& theme : {lightTheme(), darkTheme()}) {
        std::vector<QColor> colours{theme.palette.accent};
        for (int i = 0; i < pinnedColours; ++i) {
            colours.push_back(pinnedColour(i, theme));
            for (const QColor& ground : {theme.palette.canvas, theme.palette.panel})
                QVERIFY2(contrastRatio(colours.back(), ground) >= 3, qPrintable(pinnedColourName(i, theme)));
            QVERIFY(!pinnedColourName(i, theme).isEmpty());
        }
        QVERIFY2(smallestDistance(colours) >= 0.085, qPrintable(QString::number(smallestDistance(colours))));
        QCOMPARE(pinnedColour(pinnedColours, theme), theme.palette.mutedText);
    }
}

void ColourScaleTest::textColoursReachTheContrastOfWcag() {
    for (const Theme& theme : {lightTheme(), darkTheme()}) {
        const Palette& colours = theme.palette;
        for (const QColor& ground : {colours.panel, colours.canvas, colours.field, colours.accentSoft}) {
            QVERIFY(contrastRatio(colours.text, ground) >= 7);
            QVERIFY(contrastRatio(colours.mutedText, ground) >= 4.5);
            QVERIFY(contrastRatio(colours.accent, ground) >= 3);
        }
        QVERIFY(contrastRatio(colours.warning, colours.warningSoft) >= 4.5);
    }
}

QTEST_APPLESS_MAIN(ColourScaleTest)
#include "colour_scale_test.moc"
