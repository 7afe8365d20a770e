#include "engine/explain/shown_reading.h"
#include "tests/explain/five_tokens.h"

#include <QTest>

using namespace headlight;
using namespace headlight::testing;

class ShownReadingTest : public QObject {
    Q_OBJECT
private slots:
    void aRowIsTheRecordedOneStrongestFirst() {
        const ShownReading row = shownRow(example(), head, {}, 1);
        QCOMPARE(*row.of, (ShownToken{1, 1, false}));
        QCOMPARE(row.cells.size(), size_t{5});
        QCOMPARE(row.cells[0].token.first, 4);
        QCOMPARE(row.cells[0].weight, 0.015F);
        QVERIFY(row.cells[0].score == -3.0F);
        QVERIFY(near(row.sum, 0.065));
        QCOMPARE(row.hidden, 0.0);
    }

    void aColumnIsReadFromTheQueries() {
        const ShownReading column = shownColumn(example(), head, {}, 1);
        QCOMPARE(column.cells[0].token.first, 4);
        QCOMPARE(column.cells[0].weight, 0.042F);
        QVERIFY(column.cells[0].score == 3.0F);
        QVERIFY(near(column.sum, 0.002 + 0.012 + 0.022 + 0.032 + 0.042));
    }

    void hiddenTokensLeaveTheirShare() {
        const ShownTokens words{false, true, false};
        const ShownReading row = shownRow(example(), head, words, 1);
        QCOMPARE(row.cells.size(), size_t{3});
        QVERIFY(near(row.hidden, 0.011 + 0.015));
        QVERIFY(near(row.sum, 0.065));
        const ShownReading column = shownColumn(example(), head, words, 1);
        QVERIFY(near(column.hidden, 0.002 + 0.042));
        const ShownReading none = shownRow(example(), head, words, 0);
        QVERIFY(!none.of && none.cells.empty());
    }

    void mergedWordsSumKeysAverageQueriesAndHaveNoScore() {
        const ShownTokens merge{true, true, true};
        const ShownReading row = shownRow(example(), head, merge, 3);
        QCOMPARE(*row.of, (ShownToken{2, 3, false}));
        QCOMPARE(row.cells.size(), size_t{4});
        QVERIFY(near(row.cells[0].weight, (0.023 + 0.024 + 0.033 + 0.034) / 2));
        for (const ShownCell& cell : row.cells)
            QVERIFY(!cell.score);
        const ShownReading column = shownColumn(example(), head, merge, 1);
        QVERIFY(near(column.sum, 0.002 + 0.012 + (0.022 + 0.032) / 2 + 0.042));
        QVERIFY(shownRow(example(), head, merge, 1).cells.back().score);
        const ShownMap map = shownMap(example(), head, merge);
        for (const ShownCell& cell : row.cells)
            QCOMPARE(cell.weight, map.weights.at(2, placeOf(map.columns, cell.token.first)));
    }

    void aTraceWithoutScoresHasNone() {
        Trace trace = example();
        auto bare = std::make_shared<SiteRecord>(*trace.recording.stacks[0].sites[0]);
        bare->scores = {};
        trace.recording.stacks[0].sites[0] = bare;
        QVERIFY(!shownRow(trace, head, {}, 1).cells.front().score);
    }

    void whatIsNotThereIsEmpty() {
        QVERIFY(!shownRow(example(), {Stack::encoder, 0, 1}, {}, 1).of);
        QVERIFY(!shownColumn(example(), {Stack::cross, 0, 0}, {}, 1).of);
        QVERIFY(!shownRow(example(), head, {}, 5).of);
        QVERIFY(!shownColumn(example(), head, {}, -1).of);
    }
};

QTEST_APPLESS_MAIN(ShownReadingTest)
#include "shown_reading_test.moc"
