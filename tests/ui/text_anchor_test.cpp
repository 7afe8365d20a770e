#include "tests/ui/fake_model.h"
#include "ui/session/selection.h"
#include "ui/session/text_anchor.h"

#include <QTest>

#include <random>

using namespace headlight;

class TextAnchorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rangesMoveWithTheText_data();
    void rangesMoveWithTheText();
    void aWordStaysTheSameThroughRandomInsertions();
    void aWordThatIsGoneComesBackWithUndo();
    void addedTokensAreHeldByTheirCount();
    void selectionFollowsItsWords();
    void theCaretIsShownWhileNothingIsSelected();
    void aHeadThatIsNotThereBecomesTheFirst();
};

namespace {
QString spelled(const Trace& trace, int index) {
    return index < 0 ? QStringLiteral("-")
                     : QString::fromStdString(trace.spelling(trace.tokens()[static_cast<size_t>(index)]));
}

int indexOf(const Trace& trace, const std::string& word) {
    for (size_t i = 0; i < trace.tokens().size(); ++i)
        if (trace.spelling(trace.tokens()[i]) == word)
            return static_cast<int>(i);
    return -1;
}
} // namespace

void TextAnchorTest::rangesMoveWithTheText_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("word"); // in before
    QTest::addColumn<QString>("carried");
    QTest::newRow("typed in front") << "it was"
                                    << "so it was"
                                    << "it"
                                    << "it";
    QTest::newRow("typed behind") << "it was"
                                  << "it was not"
                                  << "it"
                                  << "it";
    QTest::newRow("the word grows") << "it was"
                                    << "its was"
                                    << "it"
                                    << "it";
    QTest::newRow("shortened at its end") << "tired."
                                          << "tire."
                                          << "tired"
                                          << "tire";
    QTest::newRow("shortened at its beginning") << "a tired"
                                                << "a ired"
                                                << "tired"
                                                << "ired";
    QTest::newRow("a letter from its middle") << "tired"
                                              << "tied"
                                              << "tired"
                                              << "tied";
    QTest::newRow("replaced") << "too tired."
                              << "too wide."
                              << "tired"
                              << "";
    QTest::newRow("all replaced") << "it was"
                                  << "new one"
                                  << "it"
                                  << "";
    QTest::newRow("everything gone") << "it was"
                                     << ""
                                     << "it"
                                     << "";
}

void TextAnchorTest::rangesMoveWithTheText() {
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, word);
    QFETCH(QString, carried);
    const std::string from = before.toStdString(), to = after.toStdString();
    const size_t begin = from.find(word.toStdString());
    const auto range = carriedRange({begin, begin + static_cast<size_t>(word.size())}, from, to);
    if (carried.isEmpty()) {
        QVERIFY(!range || range->empty() || to.substr(range->begin, range->size()) != word.toStdString());
        return;
    }
    QVERIFY(range);
    QCOMPARE(QString::fromStdString(to.substr(range->begin, range->size())), carried);
}

void TextAnchorTest::aWordStaysTheSameThroughRandomInsertions() {
    std::mt19937 random(7);
    std::string text = "dog street animal wide";
    std::shared_ptr<const Trace> trace = fakeTrace(text);
    TextAnchor anchor(*trace, indexOf(*trace, "animal"));
    for (int i = 0; i < 40; ++i) {
        // Whole words, between words: the held word is never touched.
        std::vector<size_t> gaps{0, text.size()};
        for (size_t at = 0; at < text.size(); ++at)
            if (text[at] == ' ')
                gaps.push_back(at);
        const size_t gap = gaps[random() % gaps.size()];
        const std::string inserted = random() % 2 == 0 ? " x " : " zz y ";
        if (text.size() > 60)
            text.erase(0, text.find("animal"));
        else
            text.insert(gap, inserted);
        trace = fakeTrace(text);
        QCOMPARE(spelled(*trace, anchor.findIn(*trace)), QStringLiteral("animal"));
    }
}

void TextAnchorTest::aWordThatIsGoneComesBackWithUndo() {
    const auto before = fakeTrace("too tired to cross");
    TextAnchor anchor(*before, indexOf(*before, "tired"));
    QCOMPARE(anchor.findIn(*fakeTrace("too wide to cross")), -1);
    QCOMPARE(anchor.findIn(*fakeTrace("")), -1);
    QCOMPARE(spelled(*before, anchor.findIn(*before)), QStringLiteral("tired"));
}

void TextAnchorTest::addedTokensAreHeldByTheirCount() {
    const auto before = fakeTrace("it was");
    TextAnchor last(*before, 3);
    QCOMPARE(spelled(*before, 3), QStringLiteral("[SEP]"));
    const auto after = fakeTrace("it was too tired");
    QCOMPARE(last.findIn(*after), 5);
    QCOMPARE(TextAnchor().findIn(*after), -1);
    QVERIFY(TextAnchor(*before, 99).empty());
}

void TextAnchorTest::selectionFollowsItsWords() {
    Selection selection;
    auto trace = fakeTrace(animalSentence);
    selection.start(trace, "it", HeadAddress{Stack::encoder, 2, 2});
    selection.setKey(indexOf(*trace, "animal"));
    const int queryBefore = selection.query();
    int signalCount = 0;
    connect(&selection, &Selection::changed, this, [&] { ++signalCount; });
    trace = fakeTrace(std::string("Well, ") + animalSentence);
    selection.carryTo(trace);
    QCOMPARE(signalCount, 0);
    QCOMPARE(spelled(*trace, selection.query()), QStringLiteral("it"));
    QCOMPARE(spelled(*trace, selection.key()), QStringLiteral("animal"));
    QCOMPARE(selection.query(), queryBefore + 2);
    selection.clearKey();
    QCOMPARE(selection.key(), -1);
    QCOMPARE(signalCount, 1);
    selection.setCell(500, 0);
    QCOMPARE(selection.query(), -1);
    QCOMPARE(selection.key(), -1);
}

void TextAnchorTest::theCaretIsShownWhileNothingIsSelected() {
    Selection selection;
    selection.setCaret(9);
    const auto trace = fakeTrace("it was tired");
    selection.start(trace, "nothing", std::nullopt);
    QCOMPARE(selection.query(), -1);
    QCOMPARE(spelled(*trace, selection.shownQuery()), QStringLiteral("tired"));
    selection.setQuery(1);
    QCOMPARE(spelled(*trace, selection.shownQuery()), QStringLiteral("it"));
}

void TextAnchorTest::aHeadThatIsNotThereBecomesTheFirst() {
    Selection selection;
    selection.start(fakeTrace("it"), "it", HeadAddress{Stack::encoder, 11, 11});
    QVERIFY((selection.head() == HeadAddress{Stack::encoder, 0, 0}));
    selection.setHead({Stack::encoder, 2, 3});
    QVERIFY((selection.head() == HeadAddress{Stack::encoder, 2, 3}));
    selection.setHead({Stack::cross, 0, 0});
    QVERIFY((selection.head() == HeadAddress{Stack::encoder, 2, 3}));
}

QTEST_APPLESS_MAIN(TextAnchorTest)
#include "text_anchor_test.moc"
