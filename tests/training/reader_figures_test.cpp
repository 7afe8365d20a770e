#include "engine/files/atomic_file.h"
#include "engine/models/registry.h"
#include "engine/text/registry.h"
#include "engine/training/corpus.h"
#include "engine/training/everyday.h"
#include "engine/training/reader_evaluation.h"

#include <QTest>

#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace headlight;

/// Computes the figures of the reader's model card again from the weights in this repository.
class ReaderFiguresTest : public QObject {
    Q_OBJECT
private:
    /// HEADLIGHT_READER names another folder, for a reader that was trained anew.
    std::filesystem::path m_folder =
        qEnvironmentVariable("HEADLIGHT_READER", HEADLIGHT_SOURCE "/resources/models/reader").toStdString();
    Lexicon m_lexicon;
    Grammar m_grammar{m_lexicon};
    std::shared_ptr<const Tokenizer> m_tokenizer;
    nlohmann::json m_card, m_again;

    /// The same sentences through the same weights: only rounding of another processor or backend may turn a
    /// near tie.
    static void compareShares(const std::string& what, double card, double again) {
        QVERIFY2(std::abs(card - again) < 0.003, (what + ": the card says " + std::to_string(card) +
                                                  ", the weights give " + std::to_string(again))
                                                     .c_str());
    }

    void compareParts(const std::string& key, const char* counted) {
        const nlohmann::json &card = m_card.at(key).at("positions"), &again = m_again.at(key).at("positions");
        QCOMPARE(again.size(), card.size());
        for (size_t i = 0; i < card.size(); ++i) {
            QCOMPARE(again[i].at(counted).get<int>(), card[i].at(counted).get<int>());
            QVERIFY(card[i].at(counted).get<int>() > 100 || key == "invented_nouns" ||
                    key == "no_antecedent");
            compareShares(key + " by position", card[i].at("accuracy"), again[i].at("accuracy"));
        }
    }

private slots:
    void initTestCase() {
        m_tokenizer = loadTokenizer(m_folder);
        const std::shared_ptr<const Model> model = loadModel(ModelFolder::open(m_folder));
        m_card = nlohmann::json::parse(readTextFile(m_folder / "metrics.json", 1'000'000));
        const char* shared = std::getenv("HEADLIGHT_SHARED");
        RealText text;
        if (shared)
            text = tokenizeCorpus(readCorpus(std::filesystem::path(shared) / "corpora", everydayKeys()),
                                  *m_tokenizer);
        else
            std::printf("2 cases did not run: HEADLIGHT_SHARED is not set\n");
        ReaderSample sample;
        sample.sentences = m_card.at("sample");
        sample.deletions = m_card.at("switched_off").at("sentences");
        sample.seed = m_card.at("seed");
        m_again = toJson(evaluateReader(*model, *m_tokenizer, m_grammar, sample, &text));
    }

    void accuracyIsReached_data() {
        QTest::addColumn<QString>("set");
        QTest::addColumn<double>("least");
        QTest::newRow("unseen triples") << "unseen_triples" << 0.97;
        QTest::newRow("unseen patterns") << "unseen_patterns" << 0.85;
        QTest::newRow("invented nouns") << "invented_nouns" << 0.90;
        QTest::newRow("no antecedent") << "no_antecedent" << 0.95;
    }
    void accuracyIsReached() {
        QFETCH(QString, set);
        QFETCH(double, least);
        const nlohmann::json& figures = m_again.at(set.toStdString());
        QVERIFY2(figures.at("accuracy").get<double>() >= least, figures.dump().c_str());
        QVERIFY2(figures.at("pronouns").get<int>() >= (set == QStringLiteral("unseen_triples") ? 1000 : 500),
                 figures.dump().c_str());
    }

    void answers_data() {
        QTest::addColumn<QString>("set");
        for (const char* set : {"unseen_triples", "unseen_patterns", "no_antecedent", "invented_nouns"})
            QTest::newRow(set) << set;
    }
    void answers() {
        QFETCH(QString, set);
        const std::string key = set.toStdString();
        QCOMPARE(m_again.at(key).at("pronouns").get<int>(), m_card.at(key).at("pronouns").get<int>());
        compareShares(key, m_card.at(key).at("accuracy"), m_again.at(key).at("accuracy"));
        compareParts(key, "pronouns");
    }

    void maskedWords_data() {
        QTest::addColumn<QString>("set");
        QTest::newRow("grammar") << "masked_words_grammar";
        if (std::getenv("HEADLIGHT_SHARED"))
            QTest::newRow("real") << "masked_words_real";
    }
    void maskedWords() {
        QFETCH(QString, set);
        const std::string key = set.toStdString();
        QCOMPARE(m_again.at(key).at("words").get<int>(), m_card.at(key).at("words").get<int>());
        for (const char* figure : {"accuracy", "bigram"})
            compareShares(key + ' ' + figure, m_card.at(key).at(figure), m_again.at(key).at(figure));
        QVERIFY(m_again.at(key).at("accuracy").get<double>() > m_again.at(key).at("bigram").get<double>());
        compareParts(key, "words");
    }

    void everyHeadOfTheLinkTable() {
        QCOMPARE(m_again.at("heads").size(), m_card.at("heads").size());
        for (const nlohmann::json& card : m_card.at("heads")) {
            const auto again =
                std::find_if(m_again.at("heads").begin(), m_again.at("heads").end(),
                             [&](const nlohmann::json& head) { return head.at("head") == card.at("head"); });
            QVERIFY(again != m_again.at("heads").end());
            for (const char* figure : {"strongest", "mean_weight", "strongest_unseen_patterns"})
                compareShares(card.at("head").get<std::string>() + ' ' + figure, card.at(figure),
                              again->at(figure));
        }
        QCOMPARE(m_again.at("link_set").at("heads").dump(), m_card.at("link_set").at("heads").dump());
        QVERIFY(m_again.at("link_set").at("strongest_in_one").get<double>() >= 0.9);
    }

    /// Switching the link heads off takes answers away; switching others off hardly does.
    void linkHeadsAreTheCause() {
        const nlohmann::json &card = m_card.at("switched_off"), &again = m_again.at("switched_off");
        compareShares("with all heads", card.at("accuracy"), again.at("accuracy"));
        QCOMPARE(again.at("sets").size(), card.at("sets").size());
        bool shown = false;
        for (size_t i = 0; i < card.at("sets").size(); ++i) {
            const nlohmann::json &one = card.at("sets")[i], &other = again.at("sets")[i];
            QCOMPARE(other.at("heads").dump(), one.at("heads").dump());
            QCOMPARE(other.at("other_sets").get<int>(), one.at("other_sets").get<int>());
            for (const char* figure : {"accuracy", "drop", "other_sets_mean_drop", "other_sets_worst_drop"})
                QVERIFY2(std::abs(one.at(figure).get<double>() - other.at(figure).get<double>()) < 0.01,
                         figure);
            shown = shown || (other.at("drop").get<double>() >= 0.4 &&
                              other.at("other_sets_mean_drop").get<double>() < 0.1);
        }
        QVERIFY(shown);
    }

    void everydaySentences() {
        const nlohmann::json &card = m_card.at("everyday"), &again = m_again.at("everyday");
        QCOMPARE(again.at("sentences").get<int>(), 100);
        QVERIFY(std::abs(again.at("right").get<int>() - card.at("right").get<int>()) <= 1);
        QCOMPARE(100 - again.at("right").get<int>(), static_cast<int>(again.at("failures").size()));
        const std::string text = readTextFile(m_folder / "README.md", 1'000'000);
        for (const nlohmann::json& failure : card.at("failures"))
            QVERIFY2(text.find(failure.at("text").get<std::string>()) != std::string::npos,
                     failure.dump().c_str());
    }

    void theCardShowsEveryPattern() {
        const std::string text = readTextFile(m_folder / "README.md", 1'000'000);
        for (const PatternRow& row : patternRows())
            QVERIFY2(text.find("- **" + std::string(row.id) + "**") != std::string::npos,
                     std::string(row.id).c_str());
    }

    /// The sentences of the card give the same answers with nearly the same numbers; the default sentence is
    /// solved, by a head that shows it.
    void examples() {
        QCOMPARE(m_again.at("examples").size(), m_card.at("examples").size());
        for (size_t i = 0; i < m_card.at("examples").size(); ++i) {
            const nlohmann::json& card = m_card.at("examples").at(i);
            const nlohmann::json& again = m_again.at("examples").at(i);
            for (const char* text : {"text", "query", "answer", "guess", "strongest"})
                QCOMPARE(again.at(text).get<std::string>(), card.at(text).get<std::string>());
            for (const char* number : {"probability", "weight"})
                QVERIFY(std::abs(again.at(number).get<double>() - card.at(number).get<double>()) < 1e-3);
        }
        for (const size_t i : {size_t(0), size_t(1)}) {
            const nlohmann::json& example = m_again.at("examples").at(i);
            QCOMPARE(example.at("guess").get<std::string>(), example.at("answer").get<std::string>());
            QVERIFY(example.at("weight").get<double>() >= 0.6);
        }
    }
};

QTEST_APPLESS_MAIN(ReaderFiguresTest)
#include "reader_figures_test.moc"
