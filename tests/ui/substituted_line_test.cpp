#include "ui/formula/substituted_line.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace headlight;

namespace {
MathLine product(double query, double key) {
    return {mathNumber(query, 2, SymbolRole::query), mathOperation("*"), mathNumber(key, 2, SymbolRole::key)};
}

/// 0.83 = (0.41 × 1.20 + …) / √32 with `terms` terms.
MathLine dotProduct(int terms) {
    std::vector<MathLine> all;
    for (int t = 0; t < terms; ++t)
        all.push_back(product(0.41 - 0.74 * (t % 2), 1.2 - 0.68 * (t % 3)));
    return {mathNumber(0.83, 2, SymbolRole::score), mathOperation("="),
            mathFraction({mathSum(std::move(all))}, {mathRoot({mathNumber(32, 0)})})};
}

MathLine longSum(int terms, int notGiven = 0) {
    std::vector<MathLine> all;
    for (int t = 0; t < terms; ++t)
        all.push_back(product(0.01 * t, 1.0));
    return {mathNumber("1.5"), mathOperation("="), mathSum(std::move(all), notGiven)};
}

QString shownText(const SubstitutedLayout& layout) {
    QString text;
    for (const PlacedMath& each : layout.placed)
        text += each.text;
    return text;
}

bool anyOverlap(const SubstitutedLayout& layout) {
    for (size_t i = 0; i < layout.placed.size(); ++i)
        for (size_t j = i + 1; j < layout.placed.size(); ++j) {
            const PlacedMath &one = layout.placed[i], &other = layout.placed[j];
            if (one.kind == PlacedMath::Kind::text && other.kind == PlacedMath::Kind::text &&
                one.rect.adjusted(0.01, 0.01, -0.01, -0.01).intersects(other.rect))
                return true;
        }
    return false;
}
} // namespace

class SubstitutedLineTest : public QObject {
    Q_OBJECT
private slots:
    void signsAreTypographic() {
        const MathLine line{mathNumber(-0.5, 2), mathOperation("="),
                            mathSum({product(-0.33, 0.52), product(-1, -2)}), mathOperation("-"),
                            mathNumber("-3")};
        QCOMPARE(plainText(line), QStringLiteral("−0.50 = −0.33 × 0.52 + (−1.00) × (−2.00) − (−3)"));
        QVERIFY(!plainText(line).contains(QLatin1Char('-')));
        const SubstitutedLayout layout = layOutLine(line, lightTheme().body, 2000);
        QCOMPARE(shownText(layout), QStringLiteral("−0.50=−0.33×0.52+(−1.00)×(−2.00)−(−3)"));
    }

    void fractionsRootsAndGroupsAreSpoken() {
        QCOMPARE(plainText({mathFraction({mathNumber("1")}, {mathRoot({mathNumber("32")})}),
                            mathOperation("="), mathGroup({mathNumber("-2")}, "exp")}),
                 QStringLiteral("(1) / (√(32)) = exp(−2)"));
        QCOMPARE(plainText({mathSum({{mathNumber("1")}, {mathNumber("2")}}, 5)}),
                 QStringLiteral("1 + … 5 more terms … + 2"));
    }

    void whatFitsIsShownWhole() {
        const SubstitutedLayout layout = layOutLine(dotProduct(4), lightTheme().body, 900);
        QCOMPARE(layout.leftOut, 0);
        QCOMPARE(layout.rows, 1);
        QVERIFY(!shownText(layout).contains(QLatin1String("more")));
        QVERIFY(!anyOverlap(layout));
    }

    void middleTermsAreLeftOutAndCounted() {
        for (const int terms : {32, 64, 1024})
            for (const double width : {320.0, 480.0, 800.0}) {
                const SubstitutedLayout layout = layOutLine(dotProduct(terms), lightTheme().body, width);
                QVERIFY(layout.size.width() <= width);
                // The result stands in one row with "=" and the fraction.
                QCOMPARE(layout.rows, 1);
                QVERIFY(layout.leftOut > 0 && layout.leftOut < terms);
                const QString text = shownText(layout);
                QVERIFY2(text.contains(QStringLiteral("… %1 more terms …").arg(layout.leftOut)),
                         qPrintable(text));
                QCOMPARE(text.count(QChar(0x00d7)), terms - layout.leftOut);
                QVERIFY(!anyOverlap(layout));
            }
    }

    void aWiderLineShowsMoreTerms() {
        int before = 1000;
        for (const double width : {300.0, 500.0, 900.0}) {
            const int leftOut = layOutLine(longSum(200), lightTheme().body, width).leftOut;
            QVERIFY(leftOut < before);
            before = leftOut;
        }
    }

    void termsThatWereNotGivenAreCountedToo() {
        const SubstitutedLayout whole = layOutLine(longSum(4, 28), lightTheme().body, 2000);
        QCOMPARE(whole.leftOut, 28);
        QVERIFY(shownText(whole).contains(QStringLiteral("… 28 more terms …")));
        const SubstitutedLayout none = layOutLine(longSum(0, 3), lightTheme().body, 2000);
        QVERIFY(shownText(none).contains(QStringLiteral("… 3 more terms …")));
    }

    void rowsBreakBeforeOperatorsNotInsideProducts() {
        const SubstitutedLayout layout = layOutLine(longSum(8), lightTheme().body, 330, 9);
        QVERIFY(layout.rows > 1);
        QCOMPARE(layout.leftOut, 0);
        for (const PlacedMath& each : layout.placed) {
            QVERIFY(each.rect.right() <= 330);
            if (each.rect.left() == 0 && each.baseline > layout.placed.front().baseline + 1)
                QCOMPARE(each.text, QStringLiteral("+"));
        }
        QVERIFY(!anyOverlap(layout));
    }

    void aNumberKeepsItsWidthWhileItsDigitsChange() {
        const QFont font = lightTheme().body;
        const double first = layOutLine({mathNumber("0.111")}, font, 500).size.width();
        for (const char* text : {"0.888", "1.407", "9.999"})
            QCOMPARE(layOutLine({mathNumber(text)}, font, 500).size.width(), first);
    }

    void fractionsAreStackedAndPainted() {
        const MathLine line{mathFraction({mathNumber("1.25")}, {mathNumber("5.657")}),
                            mathGroup({mathFraction({mathNumber("1")}, {mathNumber("2")})}, "exp")};
        const Theme theme = darkTheme();
        const SubstitutedLayout layout = layOutLine(line, theme.body, 500);
        const auto placeOf = [&](const char* text) {
            for (const PlacedMath& each : layout.placed)
                if (each.text == QLatin1String(text))
                    return each.rect;
            return QRectF();
        };
        QVERIFY(placeOf("1.25").bottom() <= placeOf("5.657").top() + 4);
        QVERIFY(std::abs(placeOf("1.25").center().x() - placeOf("5.657").center().x()) < 0.01);
        QImage image(layout.size.toSize() + QSize(20, 20), QImage::Format_RGB32);
        image.fill(theme.palette.panel);
        QPainter painter(&image);
        paintLine(painter, layout, theme.body, theme, {10, 10});
        painter.end();
        int ruled = 0;
        for (const PlacedMath& each : layout.placed)
            if (each.kind == PlacedMath::Kind::bar) {
                const QPoint place = (each.rect.center() + QPointF(10, 10)).toPoint();
                for (int y = place.y() - 1; y <= place.y() + 1; ++y)
                    ruled += image.pixel(place.x(), y) != theme.palette.panel.rgb() ? 1 : 0;
            }
        QVERIFY(ruled >= 2);
    }

    void nothingIsLaidOutOfNothing() {
        const SubstitutedLayout layout = layOutLine({}, lightTheme().body, 100);
        QCOMPARE(layout.rows, 0);
        QVERIFY(layout.placed.empty());
        QVERIFY(
            layOutLine({mathGroup({}), mathFraction({}, {}), mathRoot({}), mathSum({})}, lightTheme().body, 1)
                .rows >= 1);
    }
};

QTEST_MAIN(SubstitutedLineTest)
#include "substituted_line_test.moc"
