#include "tests/ui/fake_model.h"
#include "ui/paint/token_labels.h"
#include "ui/row/reading_card.h"
#include "ui/row/row_content.h"

#include <QTest>

#include <limits>

using namespace headlight;

class RowContentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void strongestComesFirst();
    void wordsThatOccurTwiceAreToldApart();
    void aNumberIsNeverCut();
    void byPositionIsTheOrderOfTheText();
    void numbersAreTheRecordedOnes();
    void aHeadThatIsNotThereIsAnEmptyRow();
    void scoreBarsGrowFromZero();
    void numbersAreWritten();
};

void RowContentTest::strongestComesFirst() {
    const auto trace = fakeTrace(animalSentence);
    const RowContent row = rowContent(*trace, {Stack::encoder, 2, 2}, 10, RowOrder::strongest);
    QCOMPARE(tokenLabel(*trace, 10), QStringLiteral("it"));
    QCOMPARE(row.lines.size(), trace->tokens().size());
    QCOMPARE(row.lines.front().label, QStringLiteral("animal"));
    for (size_t i = 1; i < row.lines.size(); ++i)
        QVERIFY(row.lines[i - 1].weight >= row.lines[i].weight);
    QVERIFY(std::abs(row.sum - 1) < 1e-5);
}

void RowContentTest::wordsThatOccurTwiceAreToldApart() {
    const auto trace = fakeTrace("the dog the cat");
    QStringList labels;
    for (const RowLine& line : rowContent(*trace, {Stack::encoder, 0, 0}, 1, RowOrder::position).lines)
        labels << line.label;
    QCOMPARE(labels, (QStringList{"[CLS]", "the (1)", "dog", "the (3)", "cat", "[SEP]"}));
}

void RowContentTest::aNumberIsNeverCut() {
    const auto trace = fakeTrace("the street the street");
    const RowContent row = rowContent(*trace, {Stack::encoder, 0, 0}, 1, RowOrder::position);
    QCOMPARE(row.lines[2].label, QStringLiteral("street (2)"));
    QCOMPARE(row.lines[2].ending, QStringLiteral(" (2)"));
    QVERIFY(row.lines[0].ending.isEmpty());
    const QFontMetricsF metrics{QFont()};
    const QString whole = QStringLiteral("street (128)");
    const double all = metrics.horizontalAdvance(whole);
    QCOMPARE(elidedBefore(whole, QStringLiteral(" (128)"), metrics, all), whole);
    for (double width = all - 1; width > 0; width -= 3) {
        const QString cut = elidedBefore(whole, QStringLiteral(" (128)"), metrics, width);
        QVERIFY2(cut.endsWith(QStringLiteral("… (128)")), qPrintable(cut));
        QVERIFY(cut.size() < whole.size() + 1);
    }
    QVERIFY(metrics.horizontalAdvance(elidedBefore(whole, QStringLiteral(" (128)"), metrics, all - 5)) < all);
    QCOMPARE(elidedBefore(QStringLiteral("a"), {}, metrics, 1000), QStringLiteral("a"));
}

void RowContentTest::byPositionIsTheOrderOfTheText() {
    const auto trace = fakeTrace(animalSentence);
    const RowContent row = rowContent(*trace, {Stack::encoder, 2, 2}, 10, RowOrder::position);
    for (size_t i = 0; i < row.lines.size(); ++i)
        QCOMPARE(row.lines[i].token, static_cast<int>(i));
}

void RowContentTest::numbersAreTheRecordedOnes() {
    const auto trace = fakeTrace(animalSentence);
    const SiteRecord* site = trace->site(Stack::encoder, 1);
    for (const RowLine& line : rowContent(*trace, {Stack::encoder, 1, 3}, 4, RowOrder::strongest).lines) {
        QCOMPARE(line.weight, site->weights.at(3, 4, line.token));
        QVERIFY(line.score == site->scores.at(3, 4, line.token));
    }
    for (const RowLine& line : columnContent(*trace, {Stack::encoder, 1, 3}, 4, RowOrder::strongest).lines) {
        QCOMPARE(line.weight, site->weights.at(3, line.token, 4));
        QVERIFY(line.score == site->scores.at(3, line.token, 4));
    }
}

void RowContentTest::aHeadThatIsNotThereIsAnEmptyRow() {
    const auto trace = fakeTrace("it");
    QVERIFY(rowContent(*trace, {Stack::cross, 0, 0}, 0, RowOrder::strongest).lines.empty());
    QVERIFY(rowContent(*trace, {Stack::encoder, 0, 0}, 99, RowOrder::strongest).lines.empty());
    QVERIFY(rowContent(*trace, {Stack::encoder, 0, 0}, -1, RowOrder::strongest).lines.empty());
}

void RowContentTest::scoreBarsGrowFromZero() {
    QCOMPARE(scoreBar(3, -1, 3).begin, 0.25);
    QCOMPARE(scoreBar(3, -1, 3).end, 1.0);
    QCOMPARE(scoreBar(-1, -1, 3).begin, 0.0);
    QCOMPARE(scoreBar(-1, -1, 3).end, 0.25);
    QCOMPARE(scoreBar(-std::numeric_limits<float>::infinity(), -1, 3).end, 0.0);
    QCOMPARE(scoreBar(0, 0, 0).end, 0.0);
    QCOMPARE(scoreBar(std::nullopt, -1, 3).end, 0.0);
}

void RowContentTest::numbersAreWritten() {
    QCOMPARE(scoreText(7.944F), QStringLiteral("7.94"));
    QCOMPARE(scoreText(-0.5F), QStringLiteral("\u22120.50"));
    QCOMPARE(scoreText(-std::numeric_limits<float>::infinity()), QStringLiteral("masked"));
    QCOMPARE(scoreText(std::nullopt), QStringLiteral("–"));
    QCOMPARE(weightText(0.9876F), QStringLiteral("0.988"));
    QCOMPARE(weightText(0), QStringLiteral("0.000"));
    QCOMPARE(weightText(1e-5F), QStringLiteral("<0.001"));
    QCOMPARE(weightText(0.9999F), QStringLiteral(">0.999"));
    QCOMPARE(weightText(1), QStringLiteral("1.000"));
    QCOMPARE(exactWeightText(0.1F), QStringLiteral("0.1"));
    for (float weight : {0.99980587F, 1.0F / 3, 1e-30F})
        QCOMPARE(exactWeightText(weight).toFloat(), weight);
    QCOMPARE(percentText(0.9784), QStringLiteral("97.8 %"));
    QCOMPARE(percentText(0.00001), QStringLiteral("<0.1 %"));
    QCOMPARE(percentText(0.99999), QStringLiteral(">99.9 %"));
    QCOMPARE(percentText(1), QStringLiteral("100.0 %"));
    for (const auto& [number, text] : {std::pair{1, "1st"},
                                       {2, "2nd"},
                                       {3, "3rd"},
                                       {4, "4th"},
                                       {11, "11th"},
                                       {12, "12th"},
                                       {21, "21st"},
                                       {112, "112th"},
                                       {20, "20th"}})
        QCOMPARE(ordinal(number), QString::fromLatin1(text));
}

QTEST_MAIN(RowContentTest)
#include "row_content_test.moc"
