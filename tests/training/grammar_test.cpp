#include "engine/core/errors.h"
#include "engine/training/grammar.h"

#include <QTest>

#include <algorithm>
#include <fstream>
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
    static const std::set<std::string> pronouns{"it",   "he",     "she",     "they",    "him",       "her",
                                                "them", "itself", "himself", "herself", "themselves"};
    return pronouns.count(lowerCase(word)) > 0;
}

bool contains(const std::string& text, const std::string& word) {
    return !word.empty() && lowerCase(text).find(lowerCase(word)) != std::string::npos;
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
        const auto nouns = [&](const char* kinds, bool names) {
            const NameSet wanted = lexicon.kinds(kinds);
            return std::count_if(lexicon.nouns().begin(), lexicon.nouns().end(), [&](const Noun& noun) {
                return noun.name == names && (noun.kinds & wanted).any();
            });
        };
        QVERIFY(nouns("living", false) >= 300);
        QVERIFY(nouns("name", true) >= 60);
        QVERIFY(nouns("thing", false) >= 150);
        QVERIFY(nouns("place", false) >= 100);
        QVERIFY(lexicon.verbs().size() >= 150);
        QVERIFY(std::count_if(lexicon.properties().begin(), lexicon.properties().end(),
                              [](const Property& property) { return property.adjective; }) >= 200);
    }

    /// Every noun has a class, every verb somebody who can do it, every adjective something it can be said
    /// of.
    void everyWordCanBeUsed() {
        const Lexicon& lexicon = world().lexicon;
        const NameSet classes = lexicon.kinds("living thing place");
        NameSet kinds;
        for (const Noun& noun : lexicon.nouns()) {
            QVERIFY2((noun.kinds & classes).count() == 1, noun.word.c_str());
            kinds |= noun.kinds;
        }
        for (const Verb& verb : lexicon.verbs())
            QVERIFY2((verb.subjects & kinds).any(), verb.base.c_str());
        for (const Property& property : lexicon.properties())
            QVERIFY2((property.fits & kinds).any() || property.tags.any(), property.text.c_str());
    }

    /// A verb's subject is a noun of the sentence that can do it and stands before it, with no pronoun that
    /// stands between; a passive has none.
    void verbsKnowTheirSubjects() {
        std::set<std::string> forms;
        for (const Verb& verb : world().lexicon.verbs())
            forms.insert({verb.base, verb.past, verb.ing, verb.third});
        Random random(11);
        int marked = 0;
        for (size_t pattern = 0; pattern < patternRows().size(); ++pattern)
            for (int i = 0; i < 6; ++i) {
                const GrammarSentence sentence = draw(pattern, random);
                const bool passive =
                    patternRows()[pattern].text.find(" by {the a}") != std::string_view::npos;
                QVERIFY2(!passive || sentence.verbs.empty(), sentence.text.c_str());
                for (const VerbMark& verb : sentence.verbs) {
                    ++marked;
                    QVERIFY2(isWord(sentence.text, verb.bytes) && isWord(sentence.text, verb.subject) &&
                                 verb.subject.end < verb.bytes.begin,
                             sentence.text.c_str());
                    QVERIFY2(forms.count(lowerCase(spelled(sentence, verb.bytes))) > 0,
                             sentence.text.c_str());
                    const std::string subject = spelled(sentence, verb.subject);
                    QVERIFY2(std::any_of(sentence.nouns.begin(), sentence.nouns.end(),
                                         [&](const std::string& noun) { return isFormOf(subject, noun); }),
                             sentence.text.c_str());
                    for (const PronounMark& pronoun : sentence.pronouns)
                        QVERIFY2(pronoun.bytes.begin < verb.subject.begin ||
                                     pronoun.bytes.begin > verb.bytes.begin,
                                 sentence.text.c_str());
                }
            }
        QVERIFY2(marked > 300, std::to_string(marked).c_str());
        for (size_t pattern = 0; pattern < patternRows().size(); ++pattern)
            if (patternRows()[pattern].id == "because done") {
                const GrammarSentence sentence = draw(pattern, random);
                QCOMPARE(sentence.verbs.size(), size_t{1});
                QVERIFY(isFormOf(spelled(sentence, sentence.verbs[0].subject), sentence.nouns[0]));
            }
    }

    /// Rows that differ only in words, connective or order of clauses share a shape and count once; a shape
    /// is trained or held out as a whole.
    void shapes() {
        std::set<std::string_view> all, asking, trained, unseen;
        for (const PatternRow& row : patternRows()) {
            all.insert(row.shape);
            (row.heldOut ? unseen : trained).insert(row.shape);
            for (const char* slot : {"{P", "{O", "{self", "{none"})
                if (row.text.find(slot) != std::string_view::npos)
                    asking.insert(row.shape);
        }
        QVERIFY2(all.size() >= 60, std::to_string(all.size()).c_str());
        QVERIFY2(asking.size() >= 45, std::to_string(asking.size()).c_str());
        QVERIFY2(unseen.size() >= 8, std::to_string(unseen.size()).c_str());
        for (const std::string_view shape : unseen)
            QVERIFY2(!trained.count(shape), std::string(shape).c_str());
    }

    void samplesOfEveryPattern() {
        for (size_t i = 0; i < patternRows().size(); ++i) {
            const std::vector<GrammarSentence> samples = world().grammar.samples(i, 3);
            QCOMPARE(samples.size(), size_t(3));
            QVERIFY(samples[0].text != samples[1].text && samples[1].text != samples[2].text);
            QCOMPARE(samples[0].shape, std::string(patternRows()[i].shape));
            QCOMPARE(world().grammar.samples(i, 3)[2].text, samples[2].text);
        }
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
        const bool asks = row.text.find("{P") != std::string_view::npos ||
                          row.text.find("{O") != std::string_view::npos ||
                          row.text.find("{self") != std::string_view::npos;
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

    /// Where meaning or agreement decides, what is said fits the answer and no other noun of the sentence for
    /// which the pronoun could stand.
    void onlyTheAnswerFits() {
        const Lexicon& lexicon = world().lexicon;
        std::set<std::string> deciding;
        for (const PatternRow& row : patternRows())
            if (row.answers.find(":fits") != std::string_view::npos &&
                row.answers.find(":#") == std::string_view::npos)
                deciding.insert(std::string(row.id));
        Random random(3);
        int checked = 0, byMeaning = 0;
        for (int i = 0; i < 30000; ++i) {
            const GrammarSentence sentence = world().grammar.sentence(random, Split::train);
            if (sentence.invented || sentence.pronouns.empty() || !deciding.count(sentence.pattern))
                continue;
            const PronounMark& mark = sentence.pronouns.back();
            const auto property =
                std::find_if(lexicon.properties().begin(), lexicon.properties().end(),
                             [&](const Property& p) { return p.text == sentence.property; });
            QVERIFY(property != lexicon.properties().end());
            if (!mark.answer)
                continue;
            const std::string answer = lowerCase(spelled(sentence, *mark.answer)),
                              pronoun = lowerCase(spelled(sentence, mark.bytes));
            for (const std::string& word : sentence.nouns) {
                const auto noun = std::find_if(lexicon.nouns().begin(), lexicon.nouns().end(),
                                               [&](const Noun& n) { return n.word == word; });
                if (isFormOf(answer, word)) {
                    QVERIFY2((property->fits & noun->kinds).any(), sentence.text.c_str());
                    continue;
                }
                const bool several = contains(sentence.text, noun->plural);
                const bool could = pronoun == "it"                       ? noun->it
                                   : pronoun == "he" || pronoun == "him" ? noun->he
                                   : pronoun == "she"                    ? noun->she
                                                                         : false;
                if (!could || several)
                    continue;
                QVERIFY2(((property->fits | property->also) & noun->kinds).none(), sentence.text.c_str());
                ++byMeaning;
            }
            ++checked;
        }
        QVERIFY2(checked > 5000 && byMeaning > 2000, std::to_string(byMeaning).c_str());
    }

    /// "The boy said that the man hurt himself": the subject of the same clause, with a rival before it.
    void reflexivesStandForTheirSubject() {
        Random random(12);
        int rivals = 0;
        for (size_t i = 0; i < patternRows().size(); ++i) {
            if (patternRows()[i].text.find("{self a}") == std::string_view::npos)
                continue;
            for (int j = 0; j < 100; ++j) {
                const GrammarSentence sentence = draw(i, random);
                for (const PronounMark& mark : sentence.pronouns) {
                    const std::string pronoun = lowerCase(spelled(sentence, mark.bytes));
                    if (pronoun.find("sel") == std::string::npos)
                        continue;
                    QVERIFY(mark.answer && mark.answer->end < mark.bytes.begin);
                    QVERIFY2(isFormOf(spelled(sentence, *mark.answer), sentence.nouns[0]),
                             sentence.text.c_str());
                    rivals += patternRows()[i].shape == "reflexive embedded";
                }
            }
        }
        QVERIFY(rivals > 100);
    }

    /// Where both nouns could be meant, each is the answer about half the time.
    void ambiguousSentencesHaveBothAnswers() {
        Random random(13);
        int ambiguous = 0, first = 0;
        const int sample = 40000;
        for (int i = 0; i < sample; ++i) {
            const GrammarSentence sentence = world().grammar.sentence(random, Split::train);
            if (!sentence.ambiguous)
                continue;
            QCOMPARE(sentence.shape, std::string("either"));
            QVERIFY2(!sentence.invented, sentence.text.c_str());
            ++ambiguous;
            first += isFormOf(spelled(sentence, *sentence.pronouns[0].answer), sentence.nouns[0]);
        }
        QVERIFY2(ambiguous > 0.015 * sample && ambiguous < 0.035 * sample, std::to_string(ambiguous).c_str());
        QVERIFY2(first > 0.45 * ambiguous && first < 0.55 * ambiguous, std::to_string(first).c_str());
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
                const bool he = pronoun == "he" || pronoun == "him" || pronoun == "himself",
                           she = pronoun == "she" || pronoun == "her" || pronoun == "herself";
                seen.insert(pronoun);
                if (boys.count(noun))
                    QVERIFY2(he, sentence.text.c_str());
                if (girls.count(noun))
                    QVERIFY2(she, sentence.text.c_str());
                if (animals.count(noun))
                    QVERIFY2(pronoun == "it" || pronoun == "itself", sentence.text.c_str());
                if (noun == "dogs" || noun == "women")
                    QVERIFY2(pronoun == "they" || pronoun == "them" || pronoun == "themselves",
                             sentence.text.c_str());
            }
        }
        QCOMPARE(seen, (std::set<std::string>{"he", "her", "herself", "him", "himself", "it", "itself", "she",
                                              "them", "themselves", "they"}));
    }

    void heldOutTriplesNeverLeak() {
        QVERIFY(Grammar::heldOut("animal", "street", "tired"));
        QVERIFY(Grammar::heldOut("street", "animal", "wide"));
        QVERIFY(Grammar::heldOut("trophy", "suitcase", "big"));
        QVERIFY(Grammar::heldOut("suitcase", "trophy", "small"));
        QCOMPARE(Grammar::heldOut("dog", "river", "tired"), Grammar::heldOut("river", "dog", "tired"));
        Random random(5);
        std::set<std::string> unseenShapes;
        for (const PatternRow& row : patternRows())
            if (row.heldOut)
                unseenShapes.insert(std::string(row.shape));
        int crossings = 0;
        for (int i = 0; i < 100000; ++i) {
            const GrammarSentence sentence = world().grammar.sentence(random, Split::train);
            for (size_t a = 0; a < sentence.nouns.size(); ++a)
                for (size_t b = 0; b < sentence.nouns.size(); ++b)
                    QVERIFY2(a == b ||
                                 !Grammar::heldOut(sentence.nouns[a], sentence.nouns[b], sentence.property),
                             sentence.text.c_str());
            QVERIFY2(!unseenShapes.count(sentence.shape), sentence.text.c_str());
            // Told by the words themselves, wherever they stand.
            const auto has = [&](const char* word) { return contains(sentence.text, word); };
            if (has("animal") && has("street")) {
                ++crossings;
                QVERIFY2(!has("tired") && !has(" wide"), sentence.text.c_str());
            }
            if ((has("trophy") || has("trophies")) && has("suitcase"))
                QVERIFY2(!has("big") && !has("small"), sentence.text.c_str());
        }
        QVERIFY2(crossings > 1, std::to_string(crossings).c_str());
        for (int i = 0; i < 3000; ++i) {
            QVERIFY(Grammar::heldOut(world().grammar.sentence(random, Split::unseenTriples)));
            const GrammarSentence sentence = world().grammar.sentence(random, Split::unseenPatterns);
            QVERIFY(unseenShapes.count(sentence.shape) && !Grammar::heldOut(sentence));
        }
    }

    /// The everyday sentences on which the model is measured were written without sight of the grammar, and
    /// are not among its own.
    void everydaySentencesAreNotTrained() {
        std::set<std::string> everyday;
        std::ifstream file(HEADLIGHT_GOLDEN "/everyday/sentences.tsv");
        for (std::string line; std::getline(file, line);)
            for (const std::string_view field : split(line, "\t"))
                everyday.insert(lowerCase(field));
        everyday.insert("it is raining."); // one that the grammar does make: this test can see
        Random random(14);
        int caught = 0;
        for (int i = 0; i < 50000; ++i) {
            const std::string text = lowerCase(world().grammar.sentence(random, Split::train).text);
            if (text == "it is raining.")
                ++caught;
            else
                QVERIFY2(!everyday.count(text) || text.find(' ') == std::string::npos, text.c_str());
        }
        QVERIFY(caught > 0);
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

    void hardSentencesHangOnTwoWords() {
        Random random(5);
        std::set<std::string> patterns;
        for (int i = 0; i < 3000; ++i) {
            const GrammarSentence sentence = world().grammar.hardSentence(random);
            patterns.insert(sentence.pattern);
            QVERIFY(!Grammar::heldOut(sentence));
            QVERIFY(!sentence.pronouns.empty() && sentence.pronouns.front().answer);
        }
        for (const char* hard : {"poured until", "poured because", "fit well", "reason", "beat", "gave"})
            QVERIFY2(patterns.count(hard) == 1, hard);
        for (const char* other : {"over", "there was", "weather then"})
            QVERIFY2(patterns.count(other) == 0, other);
        for (const PatternRow& row : patternRows())
            QVERIFY2(!row.heldOut || patterns.count(std::string(row.id)) == 0, row.id.data());
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
        const int sample = 20000;
        int pronouns = 0, none = 0, plain = 0, invented = 0, withNouns = 0;
        for (int i = 0; i < sample; ++i) {
            const GrammarSentence sentence = world().grammar.sentence(random, Split::train);
            plain += sentence.pronouns.empty();
            invented += sentence.invented;
            withNouns += !sentence.nouns.empty();
            for (const PronounMark& mark : sentence.pronouns) {
                ++pronouns;
                none += !mark.answer;
            }
        }
        QVERIFY2(none > 0.15 * pronouns && none < 0.3 * pronouns, std::to_string(none).c_str());
        QVERIFY2(plain > 0.1 * sample && plain < 0.3 * sample, std::to_string(plain).c_str());
        QVERIFY2(invented > 0.1 * withNouns && invented < 0.16 * withNouns, std::to_string(invented).c_str());
    }
};

QTEST_APPLESS_MAIN(GrammarTest)
#include "grammar_test.moc"
