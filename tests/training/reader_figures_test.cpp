#include "engine/files/atomic_file.h"
#include "engine/models/registry.h"
#include "engine/text/registry.h"
#include "engine/training/reader_evaluation.h"

#include <QTest>

#include <cmath>

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

private slots:
    void initTestCase() {
        m_tokenizer = loadTokenizer(m_folder);
        const std::shared_ptr<const Model> model = loadModel(ModelFolder::open(m_folder));
        m_card = nlohmann::json::parse(readTextFile(m_folder / "metrics.json", 1'000'000));
        m_again = toJson(evaluateReader(*model, *m_tokenizer, m_grammar, m_card.at("sample").get<int>(),
                                        m_card.at("seed").get<uint64_t>()));
    }

    void answers_data() {
        QTest::addColumn<QString>("set");
        for (const char* set :
             {"unseen_triples", "unseen_patterns", "no_antecedent", "invented_nouns", "masked_words"})
            QTest::newRow(set) << set;
    }
    void answers() {
        QFETCH(QString, set);
        const std::string key = set.toStdString();
        const char* count = key == "masked_words" ? "words" : "pronouns";
        QCOMPARE(m_again.at(key).at(count).get<int>(), m_card.at(key).at(count).get<int>());
        compareShares(key, m_card.at(key).at("accuracy"), m_again.at(key).at("accuracy"));
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
        QVERIFY(m_again.at("heads").at(0).at("strongest").get<double>() >= 0.9);
    }

    /// The sentences of the card give the same answers with nearly the same numbers; the default sentence is
    /// solved.
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
            QCOMPARE(example.at("strongest").get<std::string>(), example.at("answer").get<std::string>());
        }
    }
};

QTEST_APPLESS_MAIN(ReaderFiguresTest)
#include "reader_figures_test.moc"
