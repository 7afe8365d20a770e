#include "engine/explain/comparison.h"
#include "engine/session/model_session.h"

#include <QTest>

#include <cmath>

using namespace headlight;

namespace {
constexpr HeadAddress head{Stack::encoder, 0, 0};
using Rows = std::vector<std::vector<float>>;

/// Words of one letter; each element of `heads` is the matrix of one head.
Trace traceOf(const std::string& letters, const std::vector<Rows>& heads) {
    Trace trace;
    trace.text = letters;
    for (size_t i = 0; i < letters.size(); ++i) {
        Token token;
        token.piece = letters.substr(i, 1);
        token.bytes = {i, i + 1};
        token.word = static_cast<int>(i);
        trace.encoding.tokens.push_back(token);
    }
    const auto n = static_cast<int64_t>(letters.size());
    auto site = std::make_shared<SiteRecord>();
    site->weights = Tensor<float>({static_cast<int64_t>(heads.size()), n, n});
    for (size_t h = 0; h < heads.size(); ++h)
        for (size_t q = 0; q < letters.size(); ++q)
            for (size_t k = 0; k < letters.size(); ++k)
                site->weights.at(h, q, k) = heads[h][q][k];
    trace.recording.stacks.push_back({Stack::encoder, {site}, {}, {}});
    return trace;
}

bool near(double a, double b) {
    return std::abs(a - b) < 1e-6;
}
double entropy(double p) {
    return p <= 0 || p >= 1 ? 0 : -p * std::log2(p) - (1 - p) * std::log2(1 - p);
}
} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT
private slots:
    void theSameHeadTwiceIsExactlyZero() {
        const Trace trace = traceOf("abc", {{{0.1F, 0.2F, 0.7F}, {1, 0, 0}, {0.3F, 0.3F, 0.4F}}});
        const Comparison same = compared(trace, head, trace, head);
        QCOMPARE(same.rows.size(), size_t{3});
        QCOMPARE(same.unmatchedRows, 0);
        QVERIFY(same.bits && *same.bits == 0);
        for (int row = 0; row < 3; ++row) {
            QVERIFY(same.distances[static_cast<size_t>(row)].bits == 0.0);
            for (int column = 0; column < 3; ++column)
                QVERIFY(same.difference.at(row, column) == 0);
        }
        QVERIFY(same.largest && same.largest->difference == 0);
        QVERIFY(same.scaleEnd == 1);
    }

    void twoModelsAreMatchedByTheTextAndItsWords() {
        // One model's pieces are letters, the other's are marked with a space; both spell the same.
        Trace a = traceOf("ab", {{{0.75F, 0.25F}, {0.5F, 0.5F}}});
        Trace b = traceOf("ab", {{{0.25F, 0.75F}, {0.5F, 0.5F}}});
        b.encoding.tokens[1].piece = "\xc4\xa0"
                                     "b";
        QCOMPARE(compared(a, head, b, head).unmatchedRows, 1); // of one model they are two pieces
        b.modelSha256 = "other";
        const Comparison matched = compared(a, head, b, head);
        QCOMPARE(matched.unmatchedRows, 0);
        QVERIFY(!matched.byWords && matched.difference.at(0, 1) == -0.5F);
        // The other model reads one word where this one has two pieces: the row is their mean.
        const Rows rows{{0.5F, 0.25F, 0.25F}, {0.25F, 0.5F, 0.25F}, {1, 0, 0}};
        Trace cut = traceOf("abc", {rows});
        cut.text = "ab c";
        cut.encoding.tokens[1].word = 0;
        cut.encoding.tokens[2].word = 1;
        cut.encoding.tokens[2].bytes = {3, 4};
        Trace whole = traceOf("ac", {{{0.25F, 0.75F}, {0.5F, 0.5F}}});
        whole.text = "ab c";
        whole.encoding.tokens[0].bytes = {0, 2};
        whole.encoding.tokens[0].piece = "AB";
        whole.encoding.tokens[1].bytes = {3, 4};
        whole.modelSha256 = "other";
        const Comparison words = compared(cut, head, whole, head);
        QVERIFY(words.byWords);
        QCOMPARE(words.rows.size(), size_t{2});
        QCOMPARE(words.unmatchedRows, 0);
        QVERIFY(words.a.at(0, 0) == 0.75F && words.difference.at(0, 0) == 0.5F);
        whole.modelSha256 = cut.modelSha256; // of one model nothing is merged
        QVERIFY(!compared(cut, head, whole, head).byWords);
    }

    void numbersAreThoseOfTheRecords() {
        const Trace a = traceOf("ab", {{{0.75F, 0.25F}, {0.5F, 0.5F}}});
        const Trace b = traceOf("ab", {{{0.25F, 0.75F}, {0.5F, 0.5F}}});
        const Comparison result = compared(a, head, b, head);
        QVERIFY(result.a.at(0, 0) == 0.75F && result.b.at(0, 0) == 0.25F);
        QVERIFY(result.difference.at(0, 0) == 0.5F && result.difference.at(0, 1) == -0.5F);
        QVERIFY(result.difference.at(1, 0) == 0);
        // By the definition: H of the middle less the mean of both entropies.
        const double expected = entropy(0.5) - entropy(0.25);
        QVERIFY(near(*result.distances[0].bits, expected));
        QVERIFY(*result.distances[1].bits == 0);
        QVERIFY(near(*result.bits, expected / 2));
        QCOMPARE(result.largest->row, 0);
        QCOMPARE(result.largest->column, 0); // the first of two equal ones
        QVERIFY(result.scaleEnd == 0.5F);
        const std::vector<ComparedCell> cells = largestDifferences(result, 2);
        QCOMPARE(cells.size(), size_t{2});
        QCOMPARE(cells[1].column, 1);
        QVERIFY(cells[1].difference == -0.5F);
        QCOMPARE(largestDifferences(result, 99).size(), size_t{4});
    }

    void disjointRowsAreOneBitApart() {
        const Trace a = traceOf("ab", {{{1, 0}, {1, 0}}});
        const Trace b = traceOf("ab", {{{0, 1}, {0, 1}}});
        const Comparison result = compared(a, head, b, head);
        QVERIFY(near(*result.bits, 1));
        const Comparison back = compared(b, head, a, head);
        QVERIFY(*back.bits == *result.bits); // symmetric
        QVERIFY(back.difference.at(0, 0) == -result.difference.at(0, 0));
    }

    void anotherWordHasNoNumberAndIsNotInvented() {
        const Trace a = traceOf("ixt", {{{0.5F, 0.25F, 0.25F}, {1, 0, 0}, {0, 0, 1}}});
        const Trace b = traceOf("iyt", {{{0.25F, 0.5F, 0.25F}, {0, 1, 0}, {0, 0, 1}}});
        const Comparison result = compared(a, head, b, head);
        QCOMPARE(result.rows.size(), size_t{3});
        QVERIFY(result.rows[1].kind == AlignedKind::replaced);
        QCOMPARE(result.unmatchedRows, 1);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(std::isnan(result.difference.at(1, i)));
            QVERIFY(std::isnan(result.difference.at(i, 1)));
            QVERIFY(!result.isMatched(1, i) && !result.isMatched(i, 1));
        }
        QVERIFY(result.a.at(0, 1) == 0.25F && result.b.at(0, 1) == 0.5F); // their own maps have them
        QVERIFY(!result.distances[1].bits);
        QCOMPARE(result.distances[0].largest, 0); // x -> y is not compared
        QCOMPARE(result.distances[1].largest, -1);
        // Outcomes of row i: i, t, and everything else.
        const RowDistance& row = result.distances[0];
        QVERIFY(near(row.elsewhereA, 0.25) && near(row.elsewhereB, 0.5));
        const auto half = [](double p, double q) { return p * std::log2(2 * p / (p + q)) / 2; };
        QVERIFY(near(*row.bits, half(0.5, 0.25) + half(0.25, 0.5) + half(0.25, 0.5) + half(0.5, 0.25)));
        QVERIFY(near(*result.bits, *row.bits / 2)); // of two matched rows, one equal
        QCOMPARE(largestDifferences(result, 99).size(), size_t{4});
    }

    void insertedAndDeletedWordsStandAlone() {
        const Trace a = traceOf("ab", {{{0.5F, 0.5F}, {0.25F, 0.75F}}});
        const Trace b = traceOf("axb", {{{0.25F, 0.5F, 0.25F}, {0, 1, 0}, {0.25F, 0, 0.75F}}});
        const Comparison result = compared(a, head, b, head);
        QCOMPARE(result.rows.size(), size_t{3});
        QVERIFY(!result.rows[1].a && result.rows[1].b);
        QVERIFY(std::isnan(result.a.at(0, 1)) && result.b.at(0, 1) == 0.5F);
        QVERIFY(!result.hasA(0, 1) && result.hasB(0, 1) && !result.isMatched(0, 1));
        QVERIFY(result.difference.at(2, 2) == 0 && *result.distances[2].bits == 0);
        QCOMPARE(placeOfA(result.rows, 1), 2);
        QCOMPARE(placeOfB(result.rows, 1), 1);
        QCOMPARE(placeOfA(result.rows, 7), -1);
        const Comparison back = compared(b, head, a, head);
        QVERIFY(back.rows[1].kind == AlignedKind::onlyA);
    }

    void nothingInCommonIsNoNumber() {
        const Trace a = traceOf("ab", {{{1, 0}, {1, 0}}});
        const Trace b = traceOf("cd", {{{1, 0}, {1, 0}}});
        const Comparison result = compared(a, head, b, head);
        QCOMPARE(result.unmatchedRows, 2);
        QVERIFY(!result.bits && !result.largest);
        QVERIFY(largestDifferences(result, 5).empty());
    }

    void hiddenTokensCountAsElsewhere() {
        const Trace a = traceOf("abc", {{{0, 0.5F, 0.5F}, {1, 0, 0}, {0.5F, 0.5F, 0}}});
        const Trace b = traceOf("abc", {{{0, 0.5F, 0.5F}, {0, 1, 0}, {0, 0.5F, 0.5F}}});
        const Comparison result = compared(a, head, b, head, {true, false, false});
        QCOMPARE(result.rows.size(), size_t{2});
        QVERIFY(near(result.distances[0].elsewhereA, 1) && near(result.distances[0].elsewhereB, 0));
        QVERIFY(near(*result.distances[0].bits, 1));
        const Comparison all = compared(a, head, b, head);
        QVERIFY(*result.distances[1].bits <= *all.distances[2].bits + 1e-12);
    }

    void whatWasNotRecordedIsEmpty() {
        const Trace a = traceOf("ab", {{{1, 0}, {1, 0}}});
        QVERIFY(compared(a, head, a, {Stack::encoder, 0, 1}).empty());
        QVERIFY(compared(a, {Stack::cross, 0, 0}, a, head).empty());
    }

    void theBundledReaderTellsTheAnimalFromTheStreet() {
        const ModelSession session(LoadedModel::load("reader"));
        const auto read = [&](const char* text) {
            RunRequest request;
            request.text = text;
            return session.run(request, {}).trace;
        };
        const auto tired = read("The animal didn't cross the street because it was too tired.");
        const auto wide = read("The animal didn't cross the street because it was too wide.");
        QVERIFY(tired && wide);
        const HeadAddress shown = parseHeadAddress(session.model().notes.exampleHead).value_or(HeadAddress{});
        const Comparison result = compared(*tired, shown, *wide, shown);
        const std::vector<ComparedCell> cells = largestDifferences(result, 2);
        QCOMPARE(cells.size(), size_t{2});
        const auto word = [&](const std::vector<ComparedPlace>& places, int place) {
            const int token = places[static_cast<size_t>(place)].a->first;
            return QString::fromStdString(tired->spelling(tired->tokens()[static_cast<size_t>(token)]));
        };
        QCOMPARE(word(result.rows, cells[0].row), QStringLiteral("it"));
        QCOMPARE(word(result.rows, cells[1].row), QStringLiteral("it"));
        QStringList keys{word(result.columns, cells[0].column), word(result.columns, cells[1].column)};
        keys.sort();
        QCOMPARE(keys, (QStringList{QStringLiteral("animal"), QStringLiteral("street")}));
        QVERIFY(cells[0].difference * cells[1].difference < 0); // from the one to the other
    }
};

QTEST_APPLESS_MAIN(ComparisonTest)
#include "comparison_test.moc"
