#include "ui/paint/lines_geometry.h"

#include <QTest>

#include <cmath>

using namespace headlight;

namespace {
LinesGeometry fit(int queries, int keys, QSizeF size = {600, 480}, bool barsAtKeys = true) {
    return fitLines(QRectF(QPointF(20, 70), size), {queries, keys, 80, 100, barsAtKeys, 16});
}
} // namespace

class LinesGeometryTest : public QObject {
    Q_OBJECT
private slots:
    void lineEndsLieOnTheirWords() {
        for (const int n : {1, 16, 24, 40})
            for (const bool barsAtKeys : {true, false}) {
                const LinesGeometry geometry = fit(n, n, {600, 480}, barsAtKeys);
                for (int row = 0; row < n; ++row)
                    for (int head = 0; head < 9; ++head) {
                        const QPointF from = geometry.queryEnd(row, head, 9),
                                      to = geometry.keyEnd(row, head, 9);
                        QVERIFY(from.y() > geometry.queryWord(row).top());
                        QVERIFY(from.y() < geometry.queryWord(row).bottom());
                        QVERIFY(to.y() > geometry.keyWord(row).top() &&
                                to.y() < geometry.keyWord(row).bottom());
                        QVERIFY(from.x() > geometry.queryWord(row).right() && from.x() < to.x());
                        QVERIFY(to.x() < geometry.keyWord(row).left());
                        QVERIFY(head == 0 || from.y() > geometry.queryEnd(row, head - 1, 9).y());
                    }
                QCOMPARE(geometry.queryEnd(0).y(), geometry.queryWord(0).center().y());
            }
    }

    void everyWordIsFoundUnderThePointerAlsoWhenScrolled() {
        LinesGeometry geometry = fit(100, 100);
        QVERIFY(geometry.scrollRoom() > 0);
        geometry.scroll = 333;
        int seen = 0;
        for (int row = 0; row < 100; ++row) {
            const QPointF left = geometry.queryWord(row).center(), right = geometry.keyWord(row).center();
            if (!geometry.area.contains(left))
                continue;
            ++seen;
            QCOMPARE(geometry.queryAt(left), row);
            QCOMPARE(geometry.keyAt(right), row);
            QCOMPARE(geometry.keyAt(geometry.bars(row).center()), row);
            QCOMPARE(geometry.queryAt(right), -1);
            QCOMPARE(geometry.keyAt(left), -1);
        }
        QVERIFY(seen >= 28);
        QCOMPARE(geometry.queryAt({geometry.queryEdge - 20, geometry.area.top() - 1}), -1);
        QCOMPARE(geometry.queryAt({(geometry.queryEdge + geometry.keyEdge) / 2, 200}), -1);
    }

    void everythingFitsAndStandsInOrder() {
        for (const int n : {1, 5, 16, 24, 128})
            for (const bool barsAtKeys : {true, false})
                for (const QSizeF size : {QSizeF(420, 300), QSizeF(600, 480), QSizeF(1200, 800)}) {
                    const LinesGeometry geometry = fit(n, n, size, barsAtKeys);
                    const QRectF words = geometry.queryWord(0).united(geometry.keyWord(0));
                    const QRectF bars = geometry.bars(0).united(geometry.number(0));
                    QVERIFY(!words.intersects(bars));
                    QVERIFY(words.united(bars).left() >= geometry.area.left());
                    QVERIFY(words.united(bars).right() <= geometry.area.right());
                    QCOMPARE(bars.left() > words.right(), barsAtKeys);
                    QVERIFY(geometry.keyEdge - geometry.queryEdge >= 60);
                    QVERIFY(geometry.rowHeight >= 16 && geometry.rowHeight <= 32);
                    QCOMPARE(geometry.scrollRoom() > 0, n * 16 > size.height());
                }
        QCOMPARE(fit(24, 24, {600, 400}).scrollRoom(), 0.0);
        QCOMPARE(fit(0, 0).contentHeight(), 0.0);
        QCOMPARE(fit(0, 0).queryAt({60, 100}), -1);
    }

    void scrollingShowsTheRow() {
        LinesGeometry geometry = fit(100, 100);
        for (const int row : {0, 99, 40, 41, 3}) {
            geometry.scroll = geometry.scrollTo(row);
            QVERIFY(geometry.area.adjusted(0, -0.01, 0, 0.01).contains(geometry.queryWord(row)));
            QCOMPARE(geometry.scrollTo(row), geometry.scroll);
        }
        geometry.scroll = 0;
        QVERIFY(geometry.isSeen(0, 99) && geometry.isSeen(99, 0));
        QVERIFY(!geometry.isSeen(80, 99));
        QVERIFY(!geometry.isRowSeen(60));
    }

    void curvesLeaveAndArriveLevelAndAreFound() {
        const LineCurve curve{{100, 50}, {300, 250}};
        QCOMPARE(curve.at(0), curve.from);
        QVERIFY(std::abs(curve.at(0.5).y() - 150) < 1e-6);
        QVERIFY(std::abs(curve.at(0.02).y() - 50) < 1);
        QPainterPath path;
        curve.addTo(path);
        for (const double share : {0.1, 0.35, 0.6, 0.9}) {
            const QPointF middle = path.pointAtPercent(share); // Qt's own cubic
            QVERIFY2(curve.distanceTo(middle) < 0.5, qPrintable(QString::number(curve.distanceTo(middle))));
            QVERIFY(curve.distanceTo(middle + QPointF(0, 20)) > 5);
        }
        QVERIFY(std::isinf(curve.distanceTo({99, 50})));
        QVERIFY(std::isinf(curve.distanceTo({301, 250})));
    }

    void legendBreaksIntoRows() {
        const std::vector<LegendPlace> places =
            layOutLegend({20, 10}, 300, {90, 90, 90, 90}, {true, true, true, false});
        QCOMPARE(places.size(), size_t{4});
        QCOMPARE(places[2].entry.top(), places[0].entry.top());
        QVERIFY(places[3].entry.top() >= places[0].entry.bottom());
        QCOMPARE(places[3].entry.left(), 20.0);
        for (size_t i = 0; i < 3; ++i) {
            QVERIFY(places[i].entry.contains(places[i].cross));
            QVERIFY(places[i].entry.right() <= 320);
        }
        QVERIFY(places[3].cross.isEmpty());
    }
};

QTEST_APPLESS_MAIN(LinesGeometryTest)
#include "lines_geometry_test.moc"
