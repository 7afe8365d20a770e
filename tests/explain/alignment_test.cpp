#include "engine/explain/alignment.h"
#include "tests/explain/five_tokens.h"

#include <QTest>

#include <random>

using namespace headlight;
using namespace headlight::testing;

namespace {
std::vector<std::string> words(const char* text) {
    std::vector<std::string> result;
    for (const QString& word : QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        result.push_back(word.toStdString());
    return result;
}

/// "=it ~tired/wide -too +very"
QString inWords(const char* a, const char* b) {
    const std::vector<std::string> ofA = words(a), ofB = words(b);
    const auto word = [](const std::vector<std::string>& list, int index) {
        return QString::fromStdString(list[static_cast<size_t>(index)]);
    };
    QStringList parts;
    for (const AlignedPlace& place : aligned(ofA, ofB))
        switch (place.kind) {
        case AlignedKind::equal:
            parts << QLatin1Char('=') + word(ofA, place.a);
            break;
        case AlignedKind::replaced:
            parts << QLatin1Char('~') + word(ofA, place.a) + QLatin1Char('/') + word(ofB, place.b);
            break;
        case AlignedKind::onlyA:
            parts << QLatin1Char('-') + word(ofA, place.a);
            break;
        case AlignedKind::onlyB:
            parts << QLatin1Char('+') + word(ofB, place.b);
            break;
        }
    return parts.join(QLatin1Char(' '));
}

/// Length of the longest common subsequence, the plain way.
size_t longestCommon(const std::vector<std::string>& a, const std::vector<std::string>& b, size_t i,
                     size_t j) {
    if (i == a.size() || j == b.size())
        return 0;
    if (a[i] == b[j])
        return 1 + longestCommon(a, b, i + 1, j + 1);
    return std::max(longestCommon(a, b, i + 1, j), longestCommon(a, b, i, j + 1));
}
} // namespace

class AlignmentTest : public QObject {
    Q_OBJECT
private slots:
    void equalTextsAreEqualPlaceByPlace() {
        QCOMPARE(inWords("it was too tired", "it was too tired"), QStringLiteral("=it =was =too =tired"));
        QCOMPARE(inWords("", ""), QString());
    }

    void wordsAreReplacedInsertedAndDeleted() {
        QCOMPARE(inWords("it was too tired .", "it was too wide ."),
                 QStringLiteral("=it =was =too ~tired/wide =."));
        QCOMPARE(inWords("it was tired", "it was too tired"), QStringLiteral("=it =was +too =tired"));
        QCOMPARE(inWords("it was too tired", "it was tired"), QStringLiteral("=it =was -too =tired"));
        QCOMPARE(inWords("a x y b", "a z b"), QStringLiteral("=a ~x/z -y =b"));
        QCOMPARE(inWords("a x b", "a z y b"), QStringLiteral("=a ~x/z +y =b"));
        QCOMPARE(inWords("", "it was"), QStringLiteral("+it +was"));
        QCOMPARE(inWords("it was", ""), QStringLiteral("-it -was"));
        QCOMPARE(inWords("a b", "c d"), QStringLiteral("~a/c ~b/d"));
    }

    void wordsThatOccurTwiceKeepTheirOrder() {
        QCOMPARE(inWords("the cat saw the dog", "the dog saw the cat"),
                 QStringLiteral("=the ~cat/dog =saw =the ~dog/cat"));
        QCOMPARE(inWords("the the cat", "the cat"), QStringLiteral("=the -the =cat"));
        QCOMPARE(inWords("a b a b", "b a"), QStringLiteral("-a =b =a -b"));
    }

    void asMuchAsPossibleIsEqualAndNothingIsLost() {
        std::mt19937 random(7);
        for (int round = 0; round < 300; ++round) {
            std::vector<std::string> a, b;
            for (std::vector<std::string>* list : {&a, &b})
                for (unsigned n = random() % 9; n > 0; --n)
                    list->push_back(std::string(1, static_cast<char>('a' + random() % 3)));
            const std::vector<AlignedPlace> places = aligned(a, b);
            size_t equal = 0;
            int nextA = 0, nextB = 0;
            for (const AlignedPlace& place : places) {
                if (place.a >= 0)
                    QCOMPARE(place.a, nextA++);
                if (place.b >= 0)
                    QCOMPARE(place.b, nextB++);
                QCOMPARE(place.a >= 0, place.kind != AlignedKind::onlyB);
                QCOMPARE(place.b >= 0, place.kind != AlignedKind::onlyA);
                if (place.a >= 0 && place.b >= 0)
                    QCOMPARE(a[static_cast<size_t>(place.a)] == b[static_cast<size_t>(place.b)],
                             place.kind == AlignedKind::equal);
                equal += place.kind == AlignedKind::equal;
            }
            QCOMPARE(nextA, static_cast<int>(a.size()));
            QCOMPARE(nextB, static_cast<int>(b.size()));
            QCOMPARE(equal, longestCommon(a, b, 0, 0));
        }
    }

    void tokensAreNamedByWhatTheModelReads() {
        Trace trace = example();
        trace.encoding.tokens[1].piece = "a";
        trace.encoding.tokens[2].piece = "b";
        trace.encoding.tokens[3].piece = "##b";
        const std::vector<std::string> pieces = alignmentNames(trace, shownTokens(trace, {}));
        QCOMPARE(pieces.size(), size_t{5});
        QCOMPARE(alignmentNames(trace, shownTokens(trace, {true, true, true}))[2], pieces[2] + pieces[3]);
        Trace other = trace;
        other.encoding.tokens[1].text = 1; // the same word of the other sentence
        QVERIFY(alignmentNames(other, shownTokens(other, {}))[1] != pieces[1]);
        // Two words that the vocabulary does not have are not the same word.
        for (Trace* each : {&trace, &other}) {
            each->encoding.tokens[1] = token(0);
            each->encoding.tokens[1].piece = "[UNK]";
            each->encoding.tokens[1].unknown = true;
        }
        other.text = "zb";
        QVERIFY(alignmentNames(other, shownTokens(other, {}))[1] !=
                alignmentNames(trace, shownTokens(trace, {}))[1]);
    }
};

QTEST_APPLESS_MAIN(AlignmentTest)
#include "alignment_test.moc"
