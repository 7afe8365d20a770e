#include "engine/core/errors.h"
#include "engine/training/grammar.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace headlight;

namespace {
struct World {
    Lexicon lexicon;
    Grammar grammar{lexicon};
};
World& world() {
    static World it;
    return it;
}

std::string spelled(const GrammarSentence& sentence, ByteRange range) {
    return sentence.text.substr(range.begin, range.size());
}

GrammarSentence draw(size_t pattern, Random& random) {
    for (int attempt = 0; attempt < 20000; ++attempt)
        if (std::optional<GrammarSentence> sentence = world().grammar.tryPattern(pattern, random))
            return *sentence;
    throw RequestError("pattern " + std::string(patternRows()[pattern].id) + " makes no sentence");
}

bool isWord(std::string_view text, ByteRange range) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return range.begin < range.end && range.end <= text.size() &&
           (range.begin == 0 || !letter(text[range.begin - 1])) &&
           (range.end == text.size() || !letter(text[range.end]));
}

bool isPronoun(const std::string& word) {
    static const std::set<std::string> pronouns{"it", "he", "she", "they", "him", "her", "them"};
    return pronouns.count(lowerCase(word)) > 0;
}

/// Whether a word is the noun or its plural.
bool isFormOf(const std::string& word, const std::string& noun) {
    if (lowerCase(word) == lowerCase(noun) || lowerCase(word) == withS(lowerCase(noun)))
        return true;
    for (const Noun& known : world().lexicon.nouns())
        if (known.word == noun)
            return lowerCase(word) == lowerCase(known.plural);
    return false;
}
} // namespace

class GrammarTest : public QObject {
    Q_OBJECT
private slots:
    void tablesAreLargeEnough() {
        const Lexicon& lexicon = world().lexicon;
        const auto nouns = [&](const char* kinds) {
            const NameSet wanted = lexicon.kinds(kinds);
            return std::count_if(lexicon.nouns().begin(), lexicon.nouns().end(),
                                 [&](const Noun& noun) { return (noun.kinds & wanted).any(); });
        };
        QVERIFY(nouns("animal person") >= 60);
        QVERIFY(nouns("food drink item container furniture vehicle tool machine instrument glass readable") >=
                60);
        QVERIFY(nouns("way water building room land height town") >= 30);
        QVERIFY(lexicon.verbs().size() >= 60);
        QVERIFY(std::count_if(lexicon.properties().begin(), lexicon.properties().end(),
                              [](const Property& property) { return property.adjective; }) >= 60);
        QVERIFY(patternRows().size() >= 25);
    }

    void regularForms_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << "street"
                               << "streets";
        QTest::newRow("y") << "library"
                           << "libraries";
        QTest::newRow("vowel and y") << "monkey"
                                     << "monkeys";
        QTest::newRow("hiss") << "box"
                              << "boxes";
        QTest::newRow("ch") << "church"
                            << "churches";
    }
    void regularForms() {
        QFETCH(QString, word);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(withS(word.toStdString())), expected);
    }

    void verbFormsAreRight() {
        std::map<std::string, Verb> verbs;
        for (const Verb& verb : world().lexicon.verbs())
            verbs[verb.base] = verb;
        QCOMPARE(verbs["cross"].past, std::string("crossed"));
        QCOMPARE(verbs["cross"].third, std::string("crosses"));
        QCOMPARE(verbs["carry"].past, std::string("carried"));
        QCOMPARE(verbs["carry"].third, std::string("carries"));
        QCOMPARE(verbs["write"].ing, std::string("writing"));
        QCOMPARE(verbs["eat"].done, std::string("eaten"));
        QCOMPARE(verbs["see"].ing, std::string("seeing"));
        QCOMPARE(verbs["feed"].past, std::string("fed"));
    }

    void unknownKindsAndTagsAreRefused() {
        QVERIFY_THROWS_EXCEPTION(RequestError, world().lexicon.kinds("animal dragonkind"));
        QVERIFY_THROWS_EXCEPTION(RequestError, world().lexicon.tags("nosuchtag"));
    }

    /// Every pattern makes sentences, and every range spells what it claims.
    void everyPatternGenerates_data() {
        QTest::addColumn<int>("pattern");
        for (size_t i = 0; i < patternRows().size(); ++i)
            QTest::newRow(std::string(patternRows()[i].id).c_str()) << static_cast<int>(i);
    }
    void everyPatternGenerates() {
        QFETCH(int, pattern);
        const PatternRow& row = patternRows()[static_cast<size_t>(pattern)];
        const bool asks =
            row.text.find("{P}") != std::string_view::npos || row.text.find("{O}") != std::string_view::npos;
        const bool none = row.text.find("{none ") != std::string_view::npos;
        Random random(11);
        std::set<std::string> texts;
        for (int i = 0; i < 200; ++i) {
            const GrammarSentence sentence = draw(static_cast<size_t>(pattern), random);
            texts.insert(sentence.text);
            QCOMPARE(sentence.pattern, std::string(row.id));
            QVERIFY2(sentence.text.find_first_of("{}[]|") == std::string::npos, sentence.text.c_str());
            QVERIFY2(sentence.text.find("  ") == std::string::npos &&
                         sentence.text.find(" .") == std::string::npos,
                     sentence.text.c_str());
            QVERIFY2(sentence.text[0] >= 'A' && sentence.text[0] <= 'Z', sentence.text.c_str());
            QCOMPARE(sentence.pronouns.empty(), !asks && !none);
            for (const PronounMark& mark : sentence.pronouns) {
                QVERIFY2(isWord(sentence.text, mark.bytes) && isPronoun(spelled(sentence, mark.bytes)),
                         sentence.text.c_str());
                if (!mark.answer)
                    continue;
                const std::string answer = spelled(sentence, *mark.answer);
                QVERIFY2(isWord(sentence.text, *mark.answer), sentence.text.c_str());
                QVERIFY2(std::any_of(sentence.nouns.begin(), sentence.nouns.end(),
                                     [&](const std::string& noun) { return isFormOf(answer, noun); }),
                         sentence.text.c_str());
            }
            for (const ByteRange& range : sentence.decisive)
                QVERIFY2(isWord(sentence.text, range), sentence.text.c_str());
        }
        QVERIFY2(texts.size() >= 10, "a pattern with hardly any sentences");
    }

    /// Where meaning decides, what is said fits the answer and no other noun of the sentence.
    void meaningDecides() {
        const Lexicon& lexicon = world().lexicon;
        Random random(3);
        int checked = 0;
        for (int i = 0; i < 20000; ++i) {
            const GrammarSentence sentence = world().grammar.sentence(random, Split::train);
            if (sentence.pattern != "because" && sentence.pattern != "because first" &&
                sentence.pattern != "put")
                continue;
            if (sentence.invented)
                continue;
            const auto property =
                std::find_if(lexicon.properties().begin(), lexicon.properties().end(),
                             [&](const Property& p) { return p.text == sentence.property; });
            QVERIFY(property != lexicon.properties().end());
            const std::string answer = spelled(sentence, *sentence.pronouns[0].answer);
            for (const std::string& word : sentence.nouns) {
                const auto noun = std::find_if(lexicon.nouns().begin(), lexicon.nouns().end(),
                                               [&](const Noun& n) { return n.word == word; });
                QCOMPARE((property->fits & noun->kinds).any(), isFormOf(answer, word));
            }
            ++checked;
        }
        QVERIFY(checked > 500);
    }

    void pronounsAgree() {
        Random random(4);
        const std::set<std::string> boys{"boy", "king", "Tom"}, girls{"girl", "queen", "Mary"},
            animals{"dog", "cat", "animal"};
        std::set<std::string> seen;
        for (int i = 0; i < 60000; ++i) {
            const GrammarSentence sentence = world().grammar.sentence(random, Split::train);
            for (const PronounMark& mark : sentence.pronouns) {
                if (!mark.answer)
                    continue;
                const std::string pronoun = lowerCase(spelled(sentence, mark.bytes)),
                                  noun = spelled(sentence, *mark.answer);
                const bool he = pronoun == "he" || pronoun == "him",
                           she = pronoun == "she" || pronoun == "her";
                seen.insert(pronoun);
                if (boys.count(noun))
                    QVERIFY2(he, sentence.text.c_str());
                if (girls.count(noun))
                    QVERIFY2(she, sentence.text.c_str());
                if (animals.count(noun))
                    QVERIFY2(pronoun == "it", sentence.text.c_str());
                if (noun == "dogs" || noun == "women")
                    QVERIFY2(pronoun == "they" || pronoun == "them", sentence.text.c_str());
            }
        }
        QCOMPARE(seen, (std::set<std::string>{"he", "her", "him", "it", "she", "them", "they"}));
    }

    void heldOutTriplesNeverLeak() {
        QVERIFY(Grammar::heldOut("animal", "street", "tired"));
        QVERIFY(Grammar::heldOut("street", "animal", "wide"));
        QCOMPARE(Grammar::heldOut("dog", "river", "tired"), Grammar::heldOut("river", "dog", "tired"));
        Random random(5);
        std::set<std::string> unseenPatterns;
        for (const PatternRow& row : patternRows())
            if (row.heldOut)
                unseenPatterns.insert(std::string(row.id));
        QVERIFY(unseenPatterns.size() >= 5);
        int crossings = 0;
        for (int i = 0; i < 200000; ++i) {
            const GrammarSentence sentence = world().grammar.sentence(random, Split::train);
            QVERIFY2(!Grammar::heldOut(sentence), sentence.text.c_str());
            QVERIFY2(!unseenPatterns.count(sentence.pattern), sentence.text.c_str());
            // Told by the words themselves, wherever they stand.
            const auto has = [&](const char* word) {
                return lowerCase(sentence.text).find(word) != std::string::npos;
            };
            if (has("animal") && has("street")) {
                ++crossings;
                QVERIFY2(!has("tired") && !has("wide"), sentence.text.c_str());
            }
        }
        QVERIFY2(crossings > 5, std::to_string(crossings).c_str());
        for (int i = 0; i < 3000; ++i) {
            QVERIFY(Grammar::heldOut(world().grammar.sentence(random, Split::unseenTriples)));
            const GrammarSentence sentence = world().grammar.sentence(random, Split::unseenPatterns);
            QVERIFY(unseenPatterns.count(sentence.pattern) && !Grammar::heldOut(sentence));
        }
    }

    void aTenthOfTheTriplesIsHeldOut() {
        const Lexicon& lexicon = world().lexicon;
        int held = 0, all = 0;
        for (size_t i = 0; i < lexicon.nouns().size(); i += 3)
            for (size_t j = i + 1; j < lexicon.nouns().size(); j += 5)
                for (const Property& property : lexicon.properties()) {
                    held += Grammar::heldOut(lexicon.nouns()[i].word, lexicon.nouns()[j].word, property.text);
                    ++all;
                }
        const double share = static_cast<double>(held) / all;
        QVERIFY2(share > 0.095 && share < 0.105, std::to_string(share).c_str());
    }

    void theSameSeedGivesTheSameSentences() {
        Random a(9), b(9), c(10);
        int different = 0;
        for (int i = 0; i < 200; ++i) {
            const std::string text = world().grammar.sentence(a, Split::train).text;
            QCOMPARE(world().grammar.sentence(b, Split::train).text, text);
            different += world().grammar.sentence(c, Split::train).text != text;
        }
        QCOMPARE(a.state(), b.state());
        QVERIFY(different > 150);
    }

    void sharesOfSentences() {
        Random random(6);
        int pronouns = 0, none = 0, plain = 0, invented = 0;
        for (int i = 0; i < 20000; ++i) {
            const GrammarSentence sentence = world().grammar.sentence(random, Split::train);
            plain += sentence.pronouns.empty();
            invented += sentence.invented;
            for (const PronounMark& mark : sentence.pronouns) {
                ++pronouns;
                none += !mark.answer;
            }
        }
        QVERIFY2(none > 0.15 * pronouns && none < 0.35 * pronouns, std::to_string(none).c_str());
        QVERIFY(plain > 0.1 * 20000 && plain < 0.4 * 20000);
        QVERIFY(invented > 0.02 * 20000);
    }
};

QTEST_APPLESS_MAIN(GrammarTest)
#include "grammar_test.moc"
