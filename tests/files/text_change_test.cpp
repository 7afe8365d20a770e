#include "engine/files/text_change.h"

#include <QTest>

#include <map>
#include <random>
#include <vector>

using namespace headlight;

namespace {

ByteRange find(const std::string& text, const std::string& word) {
    const size_t begin = text.find(word);
    return {begin, begin + word.size()};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::vector<ByteRange> rangesOf(const std::vector<std::string>& words) {
    std::vector<ByteRange> ranges;
    size_t position = 0;
    for (const std::string& word : words) {
        ranges.push_back({position, position + word.size()});
        position += word.size() + 1;
    }
    return ranges;
}

std::string applied(const std::string& before, const TextChange& change, const std::string& after) {
    return before.substr(0, change.begin) + after.substr(change.begin, change.inserted) +
           before.substr(change.begin + change.removed);
}

} // namespace

class TextChangeTest : public QObject {
    Q_OBJECT

private slots:
    void theChangeIsFound_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("begin");
        QTest::addColumn<int>("removed");
        QTest::addColumn<int>("inserted");
        QTest::newRow("nothing") << "it was"
                                 << "it was" << 6 << 0 << 0;
        QTest::newRow("both empty") << ""
                                    << "" << 0 << 0 << 0;
        QTest::newRow("all new") << ""
                                 << "it" << 0 << 0 << 2;
        QTest::newRow("all gone") << "it"
                                  << "" << 0 << 2 << 0;
        QTest::newRow("letter at the end") << "it"
                                           << "its" << 2 << 0 << 1;
        QTest::newRow("replaced") << "too tired."
                                  << "too wide." << 4 << 5 << 4;
        QTest::newRow("a word before its like") << "it"
                                                << "i it" << 0 << 0 << 2;
        QTest::newRow("doubled word") << "so tired"
                                      << "so so tired" << 3 << 0 << 3;
        QTest::newRow("second letter of a letter pair") << "é"
                                                        << "è" << 0 << 2 << 2;
        QTest::newRow("same last byte") << "é"
                                        << "ĩ" << 0 << 2 << 2;
        QTest::newRow("inside a row of letters") << "aaa"
                                                 << "aaaa" << 3 << 0 << 1;
    }
    void theChangeIsFound() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(int, begin);
        QFETCH(int, removed);
        QFETCH(int, inserted);
        const TextChange change = findChange(before.toStdString(), after.toStdString());
        QCOMPARE(static_cast<int>(change.begin), begin);
        QCOMPARE(static_cast<int>(change.removed), removed);
        QCOMPARE(static_cast<int>(change.inserted), inserted);
    }

    void rangesAreKeptShiftedOrLost() {
        const TextChange change{10, 5, 2};
        QCOMPARE(carried(ByteRange{0, 10}, change), (std::optional(ByteRange{0, 10})));
        QCOMPARE(carried(ByteRange{15, 20}, change), (std::optional(ByteRange{12, 17})));
        QVERIFY(!carried(ByteRange{0, 11}, change));
        QVERIFY(!carried(ByteRange{10, 15}, change));
        QVERIFY(!carried(ByteRange{14, 16}, change));
        QVERIFY(!carried(ByteRange{5, 25}, change));
        const TextChange insertion{10, 0, 3};
        QCOMPARE(carried(ByteRange{8, 10}, insertion), (std::optional(ByteRange{8, 10})));
        QCOMPARE(carried(ByteRange{10, 12}, insertion), (std::optional(ByteRange{13, 15})));
        QVERIFY(!carried(ByteRange{9, 11}, insertion));
    }

    void addedTokensAndTheOtherTextStay() {
        const TokenAnchor separator{0, {}, 1};
        const TokenAnchor inPair{1, {0, 2}, {}};
        QCOMPARE(carried(separator, 0, {0, 5, 0}), std::optional(separator));
        QCOMPARE(carried(inPair, 0, {0, 5, 0}), std::optional(inPair));
        QVERIFY(!carried(inPair, 1, {0, 5, 0}));
        QCOMPARE(carried(inPair, 1, {0, 0, 3}), (std::optional(TokenAnchor{1, {3, 5}, {}})));
    }

    /// Every insertion or deletion of whole words anywhere: an anchor on a word that is still there stays on
    /// that word, an anchor on a deleted word goes, for hundreds of texts whose words begin and end alike.
    void wordsAndAnchorsStayTogether() {
        std::mt19937 random(7);
        const auto below = [&](size_t bound) {
            return std::uniform_int_distribution<size_t>(0, bound - 1)(random);
        };
        const std::vector<std::string> letters{"a", "b", "é", "日"};
        int carriedWords = 0;
        for (int round = 0; round < 3000; ++round) {
            const auto word = [&] {
                std::string result;
                for (size_t i = below(3) + 1; i > 0; --i)
                    result += letters[below(letters.size())];
                return result;
            };
            std::vector<std::string> pool;
            while (pool.size() < 12)
                if (const std::string next = word(); std::find(pool.begin(), pool.end(), next) == pool.end())
                    pool.push_back(next);
            const size_t length = 1 + below(8);
            const std::vector<std::string> before(pool.begin(),
                                                  pool.begin() + static_cast<std::ptrdiff_t>(length));
            std::vector<std::string> after = before;
            const size_t place = below(after.size() + 1);
            const auto at = after.begin() + static_cast<std::ptrdiff_t>(place);
            if (below(2) == 0)
                after.insert(at, pool.begin() + static_cast<std::ptrdiff_t>(length),
                             pool.begin() + static_cast<std::ptrdiff_t>(length + 1 + below(3)));
            else
                after.erase(at, at + static_cast<std::ptrdiff_t>(below(after.size() - place + 1)));

            const std::string from = joined(before), to = joined(after);
            const TextChange change = findChange(from, to);
            QCOMPARE(applied(from, change, to), to);
            const std::vector<ByteRange> ranges = rangesOf(before), newRanges = rangesOf(after);
            for (size_t i = 0; i < before.size(); ++i) {
                const auto found = std::find(after.begin(), after.end(), before[i]);
                const bool stays = found != after.end();
                const std::optional<ByteRange> actual = carried(ranges[i], change);
                if (actual.has_value() != stays ||
                    (stays && *actual != newRanges[static_cast<size_t>(found - after.begin())]))
                    QFAIL(qPrintable(QString("\"%1\" in \"%2\" -> \"%3\"")
                                         .arg(before[i].c_str(), from.c_str(), to.c_str())));
                carriedWords += actual.has_value() ? 1 : 0;
            }
        }
        QVERIFY(carriedWords > 3000);
    }

    /// Any change at all, in texts full of repetitions: an anchor that stays names the same bytes, and no two
    /// anchors meet.
    void noAnchorMovesToOtherBytes() {
        std::mt19937 random(8);
        const auto below = [&](size_t bound) {
            return std::uniform_int_distribution<size_t>(0, bound - 1)(random);
        };
        const std::string letters = "aab  ";
        const auto text = [&](size_t length) {
            std::string result;
            for (size_t i = 0; i < length; ++i)
                result += letters[below(letters.size())];
            return result;
        };
        for (int round = 0; round < 3000; ++round) {
            const std::string before = text(below(20));
            std::string after = before;
            const size_t place = below(before.size() + 1);
            after.replace(place, below(before.size() - place + 1), text(below(5)));
            const TextChange change = findChange(before, after);
            QCOMPARE(applied(before, change, after), after);
            size_t previousEnd = 0;
            for (size_t i = 0; i < before.size(); ++i) {
                const std::optional<ByteRange> range = carried(ByteRange{i, i + 1}, change);
                if (!range)
                    continue;
                QVERIFY(range->begin >= previousEnd && range->end <= after.size());
                QCOMPARE(after.substr(range->begin, 1), before.substr(i, 1));
                previousEnd = range->end;
            }
        }
    }

    void aWordThatIsTypedInStaysAndAnotherOneIsNot_data() {
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected"); // empty: gone
        const auto row = [](const char* after, const char* expected) {
            QTest::newRow(after) << QString(after) << QString(expected);
        };
        row("The animal was", "animal");
        row("The old animal was", "animal");
        row("The an old animal was", "animal");
        row("The animals was", "animal");
        row("The anXimal was", "anXimal");
        row("The anial was", "anial");
        row("The nimal was", "nimal");
        row("The an imal was", "an");
        row("The was", "");
        row("The  was", "");
        row("The dog was", "");
        row("The mammal was", "");
        row("The animation was", "");
        row("Thmal was", "");
        row("", "");
    }
    void aWordThatIsTypedInStaysAndAnotherOneIsNot() {
        QFETCH(QString, after);
        QFETCH(QString, expected);
        const std::string before = "The animal was";
        const std::string text = after.toStdString();
        const auto word = carriedWord(find(before, "animal"), findChange(before, text), text);
        QCOMPARE(word ? text.substr(word->begin, word->size()) : std::string(), expected.toStdString());
    }

    /// Words come and go at random places; an edit is on its own word or dormant, never on another.
    void editsStayOnTheirWords() {
        std::mt19937 random(3); // NOLINT(cert-msc51-cpp): the same texts each time
        const auto below = [&random](size_t end) {
            return std::uniform_int_distribution<size_t>(0, end - 1)(random);
        };
        int kept = 0;
        int lost = 0;
        for (int round = 0; round < 300; ++round) {
            std::vector<std::string> words{"the", "animal", "did", "not", "cross", "the", "street"};
            Edits edits;
            for (size_t i = 0; i < words.size(); ++i)
                words[i] += std::to_string(i); // no two are spelled alike
            for (size_t i = 0; i < words.size(); ++i) {
                const EditToken token{TokenAnchor{0, rangesOf(words)[i], {}}, words[i], -1};
                edits.push_back({HeadScope::all(), BlockedCell{token, token}});
            }
            std::string text = joined(words);
            for (int step = 0; step < 12; ++step) {
                const size_t place = below(words.size() + 1);
                if (below(3) == 0 && words.size() > 1)
                    words.erase(words.begin() + static_cast<std::ptrdiff_t>(below(words.size())));
                else
                    words.insert(words.begin() + static_cast<std::ptrdiff_t>(place),
                                 "new" + std::to_string(round * 100 + step));
                const std::string next = joined(words);
                edits = carried(edits, text, "", next, "");
                text = next;
                for (const Edit& edit : edits) {
                    const EditToken& token = std::get<BlockedCell>(edit.what).query;
                    if (!token.anchor) {
                        ++lost;
                        continue;
                    }
                    QCOMPARE(text.substr(token.anchor->bytes.begin, token.anchor->bytes.size()), token.word);
                    ++kept;
                }
            }
        }
        QVERIFY(kept > 1000 && lost > 1000);
    }

    void theSelectionFollowsItsWord() {
        Workspace workspace;
        workspace.text = "The animal was tired because it ran.";
        workspace.selection.query = TokenAnchor{0, find(workspace.text, "it"), {}};
        workspace.selection.key = TokenAnchor{0, find(workspace.text, "animal"), {}};
        const Workspace longer = withTexts(workspace, "The small animal was tired because it ran.", "");
        QCOMPARE(longer.selection.query->bytes, find(longer.text, "it"));
        QCOMPARE(longer.selection.key->bytes, find(longer.text, "animal"));
        const Workspace other = withTexts(longer, "The small street was tired because it ran.", "");
        QCOMPARE(other.selection.query->bytes, find(other.text, "it"));
        QVERIFY(!other.selection.key);
        QCOMPARE(withTexts(workspace, workspace.text, ""), workspace);
    }
};

QTEST_APPLESS_MAIN(TextChangeTest)
#include "text_change_test.moc"
