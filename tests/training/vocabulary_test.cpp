#include "tokenizer_folder.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace headlight;

class VocabularyTest : public QObject {
    Q_OBJECT
private slots:
    void isSmallAndWithoutRepetition() {
        const std::vector<std::string>& pieces = m_world.vocabulary;
        QVERIFY2(pieces.size() <= 4500, std::to_string(pieces.size()).c_str());
        QCOMPARE(std::set<std::string>(pieces.begin(), pieces.end()).size(), pieces.size());
        QCOMPARE(pieces[0], std::string("[PAD]"));
        QCOMPARE(pieces[4], std::string("[MASK]"));
        QCOMPARE(m_world.tokenizer->vocabularySize(), pieces.size());
        for (size_t i = 0; i < pieces.size(); ++i)
            QCOMPARE(m_world.tokenizer->id(pieces[i]), static_cast<int>(i));
    }

    /// Frequent words of real text are whole, the others come in pieces learned from them; the same words
    /// give the same vocabulary.
    void realWordsAreAtHome() {
        WordCounts words{{"zucchini", 40}, {"quokka", 4}};
        for (const char* rare : {"kumquat", "kumquats", "kumquatty"})
            words[rare] = 3;
        const std::vector<std::string> pieces = buildVocabulary(m_world.lexicon, m_world.grammar, words);
        const std::set<std::string> all(pieces.begin(), pieces.end());
        QCOMPARE(all.size(), pieces.size());
        QVERIFY(all.count("zucchini") && all.count("quokka") && !all.count("kumquats"));
        QVERIFY(std::any_of(pieces.begin(), pieces.end(),
                            [](const std::string& piece) { return piece.find("mqu") != std::string::npos; }));
        QVERIFY(buildVocabulary(m_world.lexicon, m_world.grammar, words) == pieces);
        VocabularyPlan small;
        small.words = m_world.vocabulary.size();
        QVERIFY(buildVocabulary(m_world.lexicon, m_world.grammar, words, small).size() <
                m_world.vocabulary.size() + 40);
    }

    /// Words of the grammar are whole, invented ones are in pieces, nothing is unknown.
    void generatedSentencesAreKnown() {
        Random random(8);
        int inPieces = 0;
        for (const Split split : {Split::train, Split::unseenTriples, Split::unseenPatterns})
            for (int i = 0; i < 3000; ++i) {
                const GrammarSentence sentence = m_world.grammar.sentence(random, split);
                bool pieces = false;
                for (const Token& token : m_world.tokenizer->pieces(sentence.text)) {
                    QVERIFY2(!token.unknown, sentence.text.c_str());
                    pieces = pieces || token.piece.substr(0, 2) == "##";
                }
                if (!sentence.invented)
                    QVERIFY2(!pieces, sentence.text.c_str());
                inPieces += pieces;
            }
        QVERIFY(inPieces > 100);
    }

    void latinLettersAreNeverUnknown_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("rare words") << "The quokka's xylophone zigzagged through Reykjavik at 12:45!";
        QTest::newRow("accents") << "Ærø, Øresund, Łódź, naïve café, straße, señor, ça va, Đorđe, þing";
        QTest::newRow("capitals") << "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789";
        QTest::newRow("marks") << "“Well” – it’s 50% off (or €3) — #1 & <b>?…";
    }
    void latinLettersAreNeverUnknown() {
        QFETCH(QString, text);
        const std::string bytes = text.toStdString();
        const std::vector<Token> tokens = m_world.tokenizer->pieces(bytes);
        QVERIFY(!tokens.empty());
        for (const Token& token : tokens)
            QVERIFY2(!token.unknown, (token.piece + " in " + bytes).c_str());
    }

    void theDefaultSentenceHasNoPieces() {
        std::string pieces;
        for (const Token& token :
             m_world.tokenizer->pieces("The animal didn't cross the street because it was too tired."))
            pieces += token.piece + ' ';
        QCOMPARE(pieces, std::string("the animal didn ' t cross the street because it was too tired . "));
    }

private:
    GrammarWithTokenizer m_world;
};

QTEST_APPLESS_MAIN(VocabularyTest)
#include "vocabulary_test.moc"
