#include "engine/files/safetensors.h"
#include "engine/session/model_session.h"
#include "tests/app/interrupted_buffer.h"
#include "tests/app/run_program.h"

#include <QTemporaryDir>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>

using namespace headlight;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {
const std::string model = std::string(HEADLIGHT_GOLDEN) + "/bert-mlm";
const std::string text = "The animal was tired";

double sumOf(const json& keys) {
    double sum = 0;
    for (const json& key : keys)
        sum += key["weight"].get<double>();
    return sum;
}

bool strongestFirst(const json& keys) {
    for (size_t i = 1; i < keys.size(); ++i)
        if (keys[i - 1]["weight"] < keys[i]["weight"])
            return false;
    return true;
}
} // namespace

class CommandsTest : public QObject {
    Q_OBJECT

private slots:
    void helpListsEveryCommandAndNothingElse() {
        const Called help = call({"--help"});
        QCOMPARE(help.status, 0);
        QVERIFY(help.error.empty());
        for (const char* command : {"models", "tokenize", "look", "heads", "steps", "mechanisms", "trace",
                                    "render", "train", "bench"}) {
            QVERIFY2(help.out.find(std::string("\n  headlight ") + command) != std::string::npos, command);
            const Called own = call({command, "--help"});
            QCOMPARE(own.status, 0);
            QVERIFY(own.out.find("headlight " + std::string(command)) != std::string::npos);
        }
        for (const char* command : {"generate "})
            QVERIFY2(help.out.find(std::string("headlight ") + command) == std::string::npos, command);
        QVERIFY(call({"--version"}).out.starts_with("headlight "));
    }

    void badUsageIsStatusTwoWithASentenceAndTheUsage_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("part");
        const QString m = QString::fromStdString(model);
        QTest::newRow("unknown option")
            << QStringList{"look", "--model", m, "--text", "a", "--colour"} << "--colour";
        QTest::newRow("missing option") << QStringList{"look", "--model", m} << "--text is missing";
        QTest::newRow("bad head") << QStringList{"look", "--model", m, "--text", "a", "--head", "layer 1"}
                                  << "layer 1";
        QTest::newRow("extra word") << QStringList{"models", "reader"} << "reader";
        QTest::newRow("unknown view")
            << QStringList{"render", "--model", m, "--text", "a", "--view", "cube", "--out", "f.png"}
            << "cube";
        QTest::newRow("unknown theme") << QStringList{"render", "--model", m,      "--text", "a",    "--view",
                                                      "heads",  "--theme", "pink", "--out",  "f.png"}
                                       << "pink";
        QTest::newRow("bad tokens") << QStringList{"bench", "--model", m, "--tokens", "8,,16"} << "8,,16";
        QTest::newRow("unknown recipe") << QStringList{"train", "cook", "--out", "d"} << "cook";
        QTest::newRow("bad steps") << QStringList{"train", "reader", "--out", "d", "--steps", "0"}
                                   << "--steps";
    }
    void badUsageIsStatusTwoWithASentenceAndTheUsage() {
        QFETCH(QStringList, words);
        QFETCH(QString, part);
        std::vector<std::string> plain;
        for (const QString& word : words)
            plain.push_back(word.toStdString());
        const Called called = call(plain);
        QCOMPARE(called.status, 2);
        QVERIFY(called.out.empty());
        QVERIFY2(called.error.find(part.toStdString()) != std::string::npos, called.error.c_str());
        QVERIFY2(called.error.find("\nusage: headlight " + plain[0]) != std::string::npos,
                 called.error.c_str());
        QCOMPARE(std::count(called.error.begin(), called.error.end(), '\n'), std::ptrdiff_t{2});
    }

    void wordThatIsNoCommandAndNoFile() {
        const Called called = call({"lok", "--model", model});
        QCOMPARE(called.status, 2);
        QVERIFY2(called.saysOnly("\"lok\" is neither a command nor a file"), called.error.c_str());
    }

    void whatCannotBeDoneIsStatusOneWithOneLine_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("part");
        const QString m = QString::fromStdString(model);
        QTest::newRow("no such model")
            << QStringList{"look", "--model", "no/such", "--text", "a"} << "no/such";
        QTest::newRow("no such head")
            << QStringList{"look", "--model", m, "--text", "a", "--head", "encoder.9.head.0"}
            << "encoder.9.head.0";
        QTest::newRow("no such stack")
            << QStringList{"look", "--model", m, "--text", "a", "--head", "cross.0.head.0"} << "cross stack";
        QTest::newRow("no such word")
            << QStringList{"look", "--model", m, "--text", "the cat", "--query", "dog"}
            << "\"dog\" is not a word of the text";
        QTest::newRow("no such index")
            << QStringList{"look", "--model", m, "--text", "the", "--query", "99"} << "no token 99";
        QTest::newRow("too many tokens")
            << QStringList{"bench", "--model", m, "--tokens", "100000"} << "100000";
        QTest::newRow("no folder to write in")
            << QStringList{"trace", "--model", m, "--text", "a", "--out", "/no/such/folder/t.safetensors"}
            << "/no/such/folder";
        QTest::newRow("no tokenizer")
            << QStringList{"tokenize", "--model", HEADLIGHT_GOLDEN, "--text", "a"} << HEADLIGHT_GOLDEN;
    }
    void whatCannotBeDoneIsStatusOneWithOneLine() {
        QFETCH(QStringList, words);
        QFETCH(QString, part);
        std::vector<std::string> plain;
        for (const QString& word : words)
            plain.push_back(word.toStdString());
        const Called called = call(plain);
        QCOMPARE(called.status, 1);
        QVERIFY(called.out.empty());
        QVERIFY2(called.saysOnly(part.toStdString()), called.error.c_str());
    }

    void textThatIsNotUtf8IsRefused() {
        for (const char* command : {"look", "tokenize"}) {
            const Called called = call({command, "--model", model, "--text", "-", "--json"}, "caf\xe9\n");
            QCOMPARE(called.status, 1);
            QVERIFY(called.out.empty());
            QVERIFY2(called.saysOnly("not UTF-8: byte 3"), called.error.c_str());
        }
    }

    void modelsListsBundledModelsAndFamilies() {
        const Called called = call({"models", "--json"});
        QCOMPARE(called.status, 0);
        const json list = called.json();
        QCOMPARE(list["models"].size(), bundledModels().size());
        for (const json& one : list["models"])
            QVERIFY2(!one.contains("error"), one.dump().c_str());
        QVERIFY(list["families"][0]["layout"] == json("BertForMaskedLM"));
        QVERIFY(call({"models"}).out.find("BertForMaskedLM") != std::string::npos);
    }

    void tokenizeEqualsTheReference() {
        std::ifstream file(model + "/tokenizer_cases.json");
        const json reference = json::parse(file);
        const json& cases = reference.is_array() ? reference : reference["cases"];
        QVERIFY(cases.size() > 50);
        size_t compared = 0;
        for (const json& one : cases) {
            const std::string input = one["text"];
            if (input.ends_with('\n') || input.ends_with('\r'))
                continue; // the line break at the end of stdin is not part of the text
            const Called called = call({"tokenize", "--model", model, "--text", "-", "--json"}, input);
            QCOMPARE(called.status, 0);
            const json answer = called.json();
            QVERIFY2(answer["tokens"] == one["tokens"], one.dump().c_str());
            QVERIFY2(answer["ids"] == one["ids"], one.dump().c_str());
            QVERIFY2(answer["ids_with_special"] == one["ids_with_special"], one.dump().c_str());
            QCOMPARE(answer["offsets"].size(), answer["tokens"].size());
            ++compared;
        }
        QVERIFY(compared > 50);
    }

    void tokenizeNeedsTokenizerFilesAlone() {
        QTemporaryDir temporary;
        const fs::path folder = temporary.path().toStdString();
        fs::copy_file(model + "/vocab.txt", folder / "vocab.txt");
        fs::copy_file(model + "/tokenizer_config.json", folder / "tokenizer_config.json");
        const Called called = call({"tokenize", "--model", folder.string(), "--text", "the", "--json"});
        QVERIFY2(called.status == 0, called.error.c_str());
        QVERIFY(called.json()["offsets"] == json::parse("[[0,3]]"));
    }

    void lookPrintsTheWholeDocument() {
        const Called called = call({"look", "--model", model, "--text", text, "--json"});
        QCOMPARE(called.status, 0);
        QVERIFY(called.error.empty());
        const json look = called.json();
        QVERIFY(look["model"] == json("bert-mlm"));
        QVERIFY(look["text"] == json(text));
        QVERIFY(look["target_tokens"].empty());
        const size_t tokens = look["tokens"].size();
        QVERIFY(look["tokens"][0] == json::parse(R"({"index": 0, "token": "[CLS]", "text": ""})"));
        QVERIFY(look["tokens"][1]["text"] == json("The"));
        QCOMPARE(look["rows"].size(), tokens);
        const auto loaded = LoadedModel::load(model);
        const StackShape& stack = *loaded->model->shape().find(Stack::encoder);
        for (size_t row = 0; row < tokens; ++row) {
            QVERIFY(look["rows"][row]["query"] == json(row));
            QCOMPARE(look["rows"][row]["heads"].size(), static_cast<size_t>(stack.layers * stack.heads));
            QCOMPARE(look["rows"][row]["reads"].size(), size_t{5});
            for (const json& head : look["rows"][row]["heads"]) {
                QCOMPARE(head["keys"].size(), tokens);
                QVERIFY(strongestFirst(head["keys"]));
                QVERIFY(std::abs(sumOf(head["keys"]) - 1) < 1e-5);
            }
        }
    }

    void editsChangeThePassAndAreSaid() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("edits.json")).toStdString();
        const auto write = [&](const char* content) { std::ofstream(file) << content; };
        const std::vector<std::string> words{"look",    "--model", model,     "--text", text,
                                             "--query", "2",       "--edits", file};
        std::vector<std::string> asJson = words;
        asJson.emplace_back("--json");
        write(R"({"edits": [{"kind": "temperature", "heads": "all", "t": 2},
            {"kind": "blocked-cell", "heads": "encoder.1.head.3", "query": {"index": 2}, "key": {"index": 1}}]})");
        const json look = call(asJson).json();
        QCOMPARE(look["edits"].size(), size_t{2});
        QVERIFY(look["edits"][0]["t"] == json(2.0));
        const json& head = look["rows"][0]["heads"][0];
        QVERIFY(head["change"]["weights"].get<double>() > 0 && head["change"]["context"].get<double>() > 0);
        QCOMPARE(look["rows"][0]["reads_before"].size(), size_t{5});
        QVERIFY(call(words).out.find("what if: ") != std::string::npos);
        const json plain = call({"look", "--model", model, "--text", text, "--query", "2", "--json"}).json();
        QVERIFY(plain["edits"].empty() && plain["rows"][0]["heads"] != look["rows"][0]["heads"]);
        QVERIFY(plain["rows"][0]["reads"] == look["rows"][0]["reads_before"]);

        write(R"({"edits": [{"kind": "swap", "heads": "all"}]})");
        const Called unknown = call(words);
        QCOMPARE(unknown.status, 1);
        QVERIFY2(unknown.error.find("/edits/0/kind is \"swap\", known are: switch-off") != std::string::npos,
                 unknown.error.c_str());
        write(R"({"edits": [{"kind": "temperature", "heads": "encoder.9", "t": 2}]})");
        const Called absent = call(words);
        QCOMPARE(absent.status, 0);
        QVERIFY2(absent.error.find("this edit is not made: temperature: there is no encoder.9") !=
                     std::string::npos,
                 absent.error.c_str());
    }

    void mechanismsPrintsEveryRow() {
        const std::vector<std::string> words = {
            "mechanisms", "--model",          model,      "--text", text, "--query", "2",
            "--head",     "encoder.1.head.3", "--window", "0"};
        std::vector<std::string> asJson = words;
        asJson.emplace_back("--json");
        const json bench = call(asJson).json();
        QVERIFY(bench["head"] == json("encoder.1.head.3"));
        QCOMPARE(bench["rows"].size(), size_t{6 * 4});
        int recorded = 0, untrained = 0, withoutGradient = 0;
        for (const json& row : bench["rows"]) {
            QCOMPARE(row["weights"].size(), bench["tokens"].size());
            recorded += row["recorded"].get<bool>() ? 1 : 0;
            untrained += row["untrained"].get<bool>() ? 1 : 0;
            withoutGradient += row["differentiable"].get<bool>() ? 0 : 1;
        }
        QCOMPARE(recorded, 1);
        QCOMPARE(untrained, 3 * 4);
        QCOMPARE(withoutGradient, 6);
        const Called shown = call(words);
        QCOMPARE(shown.status, 0);
        QCOMPARE(std::count(shown.out.begin(), shown.out.end(), '\n'), 3 + 6 * 4 + 2);
        QVERIFY(call({"mechanisms", "--model", model, "--text", text}).error.find("--query is missing") !=
                std::string::npos);
    }

    void lookPrintsTheVeryNumbersOfThePass() {
        const auto loaded = LoadedModel::load(model);
        RunRequest request;
        request.text = text;
        const RunResult result = ModelSession(loaded).run(request, {});
        const SiteRecord& site = *result.trace->site(Stack::encoder, 1);
        const json look = call({"look", "--model", model, "--text", text, "--query", "2", "--head",
                                "encoder.1.head.3", "--json"})
                              .json();
        QCOMPARE(look["rows"].size(), size_t{1});
        QCOMPARE(look["rows"][0]["heads"].size(), size_t{1});
        for (const json& key : look["rows"][0]["heads"][0]["keys"]) {
            const int index = key["index"];
            QCOMPARE(key["weight"].get<float>(), site.weights.at(3, 2, index));
            QCOMPARE(key["score"].get<float>(), site.scores.at(3, 2, index));
            QCOMPARE(key["token"].get<std::string>(),
                     result.trace->tokens()[static_cast<size_t>(index)].piece);
        }
    }

    void lookFindsWordsAndSumsTheirPieces() {
        const std::vector<std::string> asked{"look",    "--model", model,    "--text",           text,
                                             "--query", "animal",  "--head", "encoder.0.head.0", "--json"};
        const json pieces = call(asked).json();
        QVERIFY(pieces["rows"][0]["query"] == json(2));
        std::vector<std::string> byWords = asked;
        byWords.push_back("--words");
        const json words = call(byWords).json();
        const json& keys = words["rows"][0]["heads"][0]["keys"];
        QCOMPARE(keys.size(), size_t{6}); // [CLS] The animal was tired [SEP]
        QVERIFY(std::abs(sumOf(keys) - 1) < 1e-5);
        QVERIFY(keys[0]["score"].is_null());
    }

    void lookAsTextNamesHeadsAndReading() {
        const Called all = call({"look", "--model", model, "--text", text, "--query", "The"});
        QCOMPARE(all.status, 0);
        for (const char* part :
             {"bert-mlm", "The (1) looks at", "encoder.0.head.0", "encoder.2.head.3", "reads: "})
            QVERIFY2(all.out.find(part) != std::string::npos, part);
        const Called one =
            call({"look", "--model", model, "--text", text, "--query", "1", "--head", "encoder.1.head.0"});
        QVERIFY(one.out.find("encoder.1.head.0") != std::string::npos);
        QVERIFY(one.out.find("encoder.0.head.0") == std::string::npos);
        QVERIFY(one.out.find("more, together") != std::string::npos);
    }

    void emptyTextIsReadAndLongTextIsCutAndSaid() {
        const Called empty = call({"look", "--model", model, "--text", "", "--json"});
        QCOMPARE(empty.status, 0);
        QCOMPARE(empty.json()["rows"].size(), size_t{2});
        std::string pasted;
        while (pasted.size() < 100'000)
            pasted += "the ";
        const Called longText =
            call({"look", "--model", model, "--text", "-", "--query", "1", "--json"}, pasted);
        QCOMPARE(longText.status, 0);
        longText.json();
        QVERIFY2(longText.saysOnly("of 100000 bytes of the text were read"), longText.error.c_str());
    }

    void pairIsRead() {
        const json look =
            call({"look", "--model", model, "--text", "the", "--pair", "the", "--query", "the#2", "--json"})
                .json();
        QCOMPARE(look["tokens"].size(), size_t{5}); // [CLS] the [SEP] the [SEP]
        QVERIFY(look["rows"][0]["query"] == json(3));
        QVERIFY(look["pair"] == json("the"));
    }

    void traceIsWritten() {
        QTemporaryDir temporary;
        const fs::path out = fs::path(temporary.path().toStdString()) / "t.safetensors";
        const Called called = call({"trace", "--model", model, "--text", text, "--out", out.string()});
        QVERIFY2(called.status == 0, called.error.c_str());
        const auto file = SafetensorsFile::open(out);
        QVERIFY(file->contains("encoder.weights"));
        QVERIFY(file->contains("logits"));
        QCOMPARE(file->metadata().at("text"), text);
    }

    void interruptedTrainingKeepsWhatItLearned() {
        QTemporaryDir temporary;
        const fs::path out = fs::path(temporary.path().toStdString()) / "reader";
        InterruptedBuffer buffer;
        std::istringstream in;
        std::ostringstream ignored;
        std::ostream error(&buffer);
        Streams streams{in, ignored, error};
        const int status =
            runProgram({"train", "reader", "--out", out.string(), "--steps", "100000"}, streams);
        QCOMPARE(status, 1);
        const std::string said = buffer.str();
        QVERIFY2(said.find("step 1 of 100000") != std::string::npos, said.c_str());
        QVERIFY2(said.find("kept in " + out.string()) != std::string::npos, said.c_str());
        QVERIFY(fs::exists(out / "training.safetensors"));
        QVERIFY(!fs::exists(out / "model.safetensors"));
    }

    void benchMeasuresEveryLengthWithEachBackend() {
        const Called called = call({"bench", "--model", model, "--tokens", "4,20", "--json"});
        QVERIFY2(called.status == 0, called.error.c_str());
        const json runs = called.json()["runs"];
        QVERIFY(runs.size() == 2 || runs.size() == 4);
        for (size_t i = 0; i < runs.size(); ++i) {
            QVERIFY(runs[i]["tokens"] == json(i % 2 == 0 ? 4 : 20));
            QVERIFY(runs[i]["milliseconds"].get<double>() > 0);
            QVERIFY(runs[i]["gflops"].get<double>() > 0);
        }
    }
};

QTEST_GUILESS_MAIN(CommandsTest)
#include "commands_test.moc"
