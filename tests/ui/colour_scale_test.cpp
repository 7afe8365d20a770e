#include "ui/theme/theme.h"

#include <QTest>

#include <cmath>
#include <limits>

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
