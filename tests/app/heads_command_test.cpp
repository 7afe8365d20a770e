#include "tests/app/interrupted_buffer.h"
#include "tests/app/run_program.h"

#include <QTemporaryDir>

#include <cmath>
#include <csignal>
#include <fstream>
#include <set>

using namespace headlight;

namespace {
const std::string text = "The animal didn't cross the street because it was too tired.";

Called heads(const std::vector<std::string>& more, const std::string& input = {}) {
    std::vector<std::string> words{"heads", "--model", "reader"};
    words.insert(words.end(), more.begin(), more.end());
    return call(words, input);
}

std::vector<std::string> firstHeads(const nlohmann::json& json, size_t count) {
    std::vector<std::string> names;
    for (size_t i = 0; i < count; ++i)
        names.push_back(json["heads"][i]["head"].get<std::string>());
    return names;
}
} // namespace

class HeadsCommandTest : public QObject {
    Q_OBJECT

private slots:
    /// What the model card says of the bundled reader comes out without reading it.
    void grammarFindsThePronounHeads() {
        const Called called =
            heads({"--grammar", "200", "--relation", "pronoun-antecedent", "--seed", "3", "--json"});
        QVERIFY2(called.status == 0, called.error.c_str());
        const auto json = called.json();
        const std::vector<std::string> best = firstHeads(json, 3);
        QCOMPARE((std::set<std::string>{best[0], best[1]}),
                 (std::set<std::string>{"encoder.1.head.0", "encoder.1.head.1"}));
        QCOMPARE(best[2], std::string("encoder.0.head.0"));
        QVERIFY(json["heads"][0]["value"].get<double>() > 0.6);
        QVERIFY(json["heads"][0]["values"]["pronoun-antecedent-strongest"].get<double>() > 0.8);
        QVERIFY(json["heads"][3]["value"].get<double>() < json["heads"][2]["value"].get<double>());
        QCOMPARE(json["heads"].size(), size_t{12});
        QCOMPARE(json["seed"].get<int>(), 3);
        QCOMPARE(json["sentences"].get<int>(), 200);
        QVERIFY(json["relations"].get<int>() >= 200);
        QCOMPARE(json["heads"][0]["sentences"].size(), size_t{3});
        const auto& found = json["heads"][0]["sentences"][0];
        QVERIFY(found["value"].get<double>() > 0.9);
        QVERIFY(found["text"].get<std::string>().find(found["key"]["word"].get<std::string>()) !=
                std::string::npos);
        QVERIFY2(called.error.find("sentence 200 of 200") != std::string::npos, called.error.c_str());

        const Called again =
            heads({"--grammar", "200", "--relation", "pronoun-antecedent", "--seed", "3", "--json"});
        QCOMPARE(again.out, called.out);
        QVERIFY(heads({"--grammar", "200", "--relation", "pronoun-antecedent", "--json"}).out != called.out);
    }

    void verbsHaveSubjects() {
        const auto json = heads({"--grammar", "60", "--relation", "verb-subject", "--json"}).json();
        QCOMPARE(json["metric"]["id"].get<std::string>(), std::string("verb-subject"));
        QVERIFY(json["relations"].get<int>() >= 60);
        QVERIFY(json["heads"][0]["value"].get<double>() > json["heads"][11]["value"].get<double>());
    }

    void oneExample() {
        const Called called = heads({"--like", text, "--query", "it", "--key", "animal", "--json"});
        QVERIFY2(called.status == 0 && called.error.empty(), called.error.c_str());
        const auto json = called.json();
        // The very weights that `look` prints.
        for (const auto& head : json["heads"]) {
            const auto look = call({"look", "--model", "reader", "--text", text, "--query", "it", "--head",
                                    head["head"].get<std::string>(), "--json"})
                                  .json();
            double weight = -1;
            for (const auto& key : look["rows"][0]["heads"][0]["keys"])
                if (key["index"].get<int>() == 2)
                    weight = key["weight"].get<double>();
            QVERIFY(std::abs(weight - head["value"].get<double>()) < 1e-6);
        }
        const std::string best = json["heads"][0]["head"];
        QVERIFY(best == "encoder.1.head.0" || best == "encoder.1.head.1");
    }

    void sentencesOfAFile() {
        QTemporaryDir folder;
        const std::string file = folder.filePath("texts.txt").toStdString();
        std::ofstream(file) << "The dog slept.\n\nThe cat saw the bird.\r\nBirds sing.\n";
        const auto json = heads({"--texts", file, "--metric", "previous", "--json"}).json();
        QCOMPARE(json["sentences"].get<int>(), 3);
        QCOMPARE(json["answered"].get<int>(), 3);
        double last = 2;
        for (const auto& head : json["heads"]) {
            QVERIFY(head["value"].get<double>() <= last);
            last = head["value"].get<double>();
        }
        QCOMPARE(json["heads"][0]["sentences"].size(), size_t{3});
        QVERIFY(json["heads"][0]["sentences"][0].contains("line"));
        const auto lowest = heads({"--texts", file, "--metric", "previous", "--lowest", "--json"}).json();
        QCOMPARE(lowest["heads"][0]["value"].get<double>(), last);

        const Called piped = heads({"--texts", "-", "--metric", "entropy", "--sentences", "1", "--top", "2"},
                                   "The dog slept.\nBirds sing.\n");
        QVERIFY2(piped.status == 0, piped.error.c_str());
        for (const char* part : {"Entropy.", "2 sentences of the input", "bits", "encoder.", "10 heads more"})
            QVERIFY2(piped.out.find(part) != std::string::npos, piped.out.c_str());
    }

    void relationsOfAFile() {
        const std::string lines =
            text + "\tit\tanimal\n" +
            "The trophy didn't fit in the suitcase because it was too big.\tit\ttrophy\n";
        const auto marked = heads({"--texts", "-", "--json"}, lines).json();
        QCOMPARE(marked["metric"]["id"].get<std::string>(), std::string("relation"));
        QCOMPARE(marked["relations"].get<int>(), 2);
        const auto named =
            heads({"--texts", "-", "--relation", "it:animal", "--json"}, text + "\nThe dog slept.\n").json();
        QCOMPARE(named["sentences"].get<int>(), 2);
        QCOMPARE(named["answered"].get<int>(), 1);
        QCOMPARE(named["heads"][0]["sentences"][0]["line"].get<int>(), 1);
        const auto strongest =
            heads({"--texts", "-", "--metric", "relation-strongest", "--json"}, lines).json();
        QCOMPARE(strongest["metric"]["id"].get<std::string>(), std::string("relation-strongest"));
    }

    void vectorsAreRecordedWhereAMetricNeedsThem() {
        const auto json =
            heads({"--texts", "-", "--metric", "value-norm", "--json"}, "The dog slept.\n").json();
        QVERIFY(json["heads"][0]["value"].get<double>() > 0);
    }

    void badUsageIsStatusTwo_data() {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("part");
        QTest::newRow("nowhere") << QStringList{"--metric", "entropy"}
                                 << "one of --texts, --grammar and --like";
        QTest::newRow("two places") << QStringList{"--texts", "-", "--grammar", "5"} << "one of --texts";
        QTest::newRow("no metric") << QStringList{"--texts", "-"} << "--metric or --relation says";
        QTest::newRow("metric") << QStringList{"--texts", "-", "--metric", "beauty"} << "there are entropy, ";
        QTest::newRow("relation") << QStringList{"--texts", "-", "--relation", "it"} << "QUERY:KEY";
        QTest::newRow("not known") << QStringList{"--texts", "-", "--relation", "verb-subject"}
                                   << "needs --grammar";
        QTest::newRow("not marked") << QStringList{"--texts", "-", "--metric", "relation"}
                                    << "needs marked words";
        QTest::newRow("of the grammar")
            << QStringList{"--grammar", "5", "--relation", "it:dog"} << "pronoun-antecedent or verb-subject";
        QTest::newRow("nothing is marked")
            << QStringList{"--grammar", "5", "--metric", "relation"} << "needs marked words";
        QTest::newRow("two relations")
            << QStringList{"--grammar", "5", "--relation", "verb-subject", "--metric", "pronoun-antecedent"}
            << "another relation";
        QTest::newRow("no key") << QStringList{"--like", "a b", "--query", "a"} << "--query and --key";
        QTest::newRow("no example") << QStringList{"--texts", "-", "--query", "a"} << "go with --like";
        QTest::newRow("number") << QStringList{"--grammar", "0", "--metric", "entropy"} << "--grammar";
        QTest::newRow("seed") << QStringList{"--texts", "-", "--metric", "same", "--seed", "1"} << "--seed";
    }
    void badUsageIsStatusTwo() {
        QFETCH(QStringList, more);
        QFETCH(QString, part);
        std::vector<std::string> words;
        for (const QString& word : more)
            words.push_back(word.toStdString());
        const Called called = heads(words, "The dog slept.\n");
        QCOMPARE(called.status, 2);
        QVERIFY(called.out.empty());
        QVERIFY2(called.error.find(part.toStdString()) != std::string::npos, called.error.c_str());
    }

    void badInputIsStatusOneWithOneSentence() {
        const std::vector<std::string> asked{"--texts", "-", "--metric", "entropy"};
        const auto fails = [](const Called& called, const std::string& part) {
            if (called.status == 1 && called.out.empty() && called.error.find(part) != std::string::npos)
                return true;
            qWarning("%d: %s", called.status, called.error.c_str());
            return false;
        };
        QVERIFY(fails(heads(asked, ""), "the input has no sentence"));
        QVERIFY(fails(heads(asked, "a b\nc\td\n"), "the input, line 2: it has 2 columns"));
        QVERIFY(fails(heads(asked, "a\t\tb\n"), "line 1: one of its columns is empty"));
        QVERIFY(fails(heads(asked, "fine\n\xff\n"), "line 2: it is not UTF-8"));
        QVERIFY(fails(heads({"--texts", "/nowhere.txt", "--metric", "entropy"}), "/nowhere.txt"));
        QVERIFY(fails(heads({"--texts", "-"}, "The dog slept.\nThe dog slept.\tit\tdog\n"),
                      "line 2: \"it\" is not a word of the text"));
        QVERIFY(fails(heads({"--texts", "-", "--relation", "it:cat"}, "The dog slept.\nIt rains.\n"),
                      "cannot be asked of any of these sentences"));
        QVERIFY(fails(heads({"--like", text, "--query", "it", "--key", "dog"}), "\"dog\" is not a word"));
    }

    void ctrlCStops() {
        std::istringstream in;
        std::ostringstream out;
        InterruptedBuffer buffer;
        std::ostream error(&buffer);
        Streams streams{in, out, error};
        const int status = runProgram(
            {"heads", "--model", "reader", "--grammar", "5000", "--relation", "verb-subject"}, streams);
        QCOMPARE(status, 1);
        QVERIFY(out.str().empty());
        QVERIFY2(buffer.str().find("stopped before it was done") != std::string::npos, buffer.str().c_str());
        QVERIFY(buffer.str().find("5000 of 5000") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(HeadsCommandTest)
#include "heads_command_test.moc"
