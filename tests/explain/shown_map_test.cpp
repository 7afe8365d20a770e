#include "engine/explain/shown_map.h"
#include "tests/explain/five_tokens.h"

#include <QTest>

#include <algorithm>

using namespace headlight;
using namespace headlight::testing;

class ShownMapTest : public QObject {
    Q_OBJECT
private slots:
    void everythingShownIsTheRecordItself() {
        const Trace trace = example();
        const ShownMap map = shownMap(trace, head, {});
        QCOMPARE(map.rows.size(), size_t{5});
        for (int q = 0; q < 5; ++q) {
            QCOMPARE(map.hidden[static_cast<size_t>(q)], 0.0);
            for (int k = 0; k < 5; ++k)
                QVERIFY(map.weights.at(q, k) == trace.recording.stacks[0].sites[0]->weights.at(0, q, k));
        }
    }

    void otherNumbersAreShownLikeWeights() {
        const Trace trace = example();
        Tensor<float> numbers({5, 5});
        for (int q = 0; q < 5; ++q)
            for (int k = 0; k < 5; ++k)
                numbers.at(q, k) = trace.recording.stacks[0].sites[0]->weights.at(0, q, k);
        for (const ShownTokens& choice : {ShownTokens{}, ShownTokens{false, true, true}}) {
            const ShownMap ofHead = shownMap(trace, head, choice);
            const ShownMap map = shownNumbers(trace, numbers, choice);
            QVERIFY(map.rows == ofHead.rows && map.hidden == ofHead.hidden);
            QVERIFY(std::ranges::equal(map.weights.values(), ofHead.weights.values()));
        }
        QVERIFY(shownNumbers(trace, Tensor<float>({4, 5}), {}).rows.empty());
        const ShownMap map = shownNumbers(trace, numbers, {});
        const std::span<const float> row = map.weights.row(1);
        QCOMPARE(strongestColumn(map, 1),
                 static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin()));
        QCOMPARE(strongestColumn(map, 5), -1);
        QCOMPARE(strongestColumn(map, -1), -1);
    }

    void hiddenTokensLeaveTheirShare() {
        const ShownMap map = shownMap(example(), head, {false, true, false});
        QCOMPARE(map.rows, (std::vector<ShownToken>{{1, 1, false}, {2, 2, false}, {3, 3, false}}));
        QVERIFY(near(map.weights.at(0, 0), 0.012));  // nothing is rescaled
        QVERIFY(near(map.hidden[0], 0.011 + 0.015)); // [CLS] and [SEP] of row 1
        QCOMPARE(placeOf(map.columns, 0), -1);
        QCOMPARE(placeOf(map.columns, 3), 2);
        const ShownMap withoutFirst = shownMap(example(), head, {true, false, false});
        QCOMPARE(withoutFirst.columns.front().first, 1);
        QVERIFY(near(withoutFirst.hidden[0], 0.011));
    }

    void wordsSumTheirKeysAndAverageTheirQueries() {
        const ShownMap map = shownMap(example(), head, {true, true, true});
        QCOMPARE(map.rows[2], (ShownToken{2, 3, false}));
        QVERIFY(near(map.weights.at(1, 2), 0.013 + 0.014));
        QVERIFY(near(map.weights.at(2, 1), (0.022 + 0.032) / 2));
        QVERIFY(near(map.weights.at(2, 2), (0.023 + 0.024 + 0.033 + 0.034) / 2));
        QCOMPARE(map.hidden[2], 0.0);
        QCOMPARE(placeOf(map.columns, 3), 2);
    }

    void theSecondSentenceBeginsBehindTheFirst() {
        Trace trace = example();
        QCOMPARE(pairStart(trace, shownTokens(trace, {})), -1);
        trace.encoding.tokens[3].text = trace.encoding.tokens[4].text = 1;
        QCOMPARE(pairStart(trace, shownTokens(trace, {})), 3);
        QCOMPARE(pairStart(trace, shownTokens(trace, {false, true, false})), 2);
        QCOMPARE(pairStart(trace, {{3, 3, false}, {4, 4, true}}), -1); // nothing before it is shown
        QCOMPARE(pairStart(trace, {}), -1);
    }

    void everythingHiddenAndNoSuchHeadAreEmpty() {
        Trace trace = example();
        QVERIFY(shownMap(trace, {Stack::encoder, 0, 1}, {}).rows.empty());
        QVERIFY(shownMap(trace, {Stack::decoder, 0, 0}, {}).rows.empty());
        trace.encoding.tokens.push_back(token(-1, true)); // more tokens than the record has
        QVERIFY(shownMap(trace, head, {}).rows.empty());
        trace.encoding.tokens = {token(-1, true)};
        QVERIFY(shownMap(trace, head, {false, true, false}).rows.empty());
    }
};

QTEST_APPLESS_MAIN(ShownMapTest)
#include "shown_map_test.moc"
