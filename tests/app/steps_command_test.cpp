#include "app/commands/application.h"
#include "engine/files/trace_file.h"
#include "tests/app/run_program.h"

#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace headlight;

namespace {
const std::string text = "The animal didn't cross the street because it was too tired.";

std::vector<std::string> asked(const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"steps",  "--model",          "reader",  "--text", text,
                                   "--head", "encoder.1.head.1", "--query", "it"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}
} // namespace

class StepsCommandTest : public QObject {
    Q_OBJECT

private slots:
    void textIsForPeople() {
        const Called called = call(asked({"--key", "animal"}));
        QVERIFY2(called.status == 0, called.error.c_str());
        for (const char* part : {"“it” (10) looking at “animal” (2)", "3. One dot product, term by term",
                                 "14. Residual", "re-added"})
            QVERIFY2(called.out.find(part) != std::string::npos, part);
        const Called precise = call(asked({"--digits", "12"}));
        QVERIFY(precise.out != called.out);
    }

    void keyIsTheStrongestUnlessNamed() {
        const auto json = call(asked({"--format", "json"})).json();
        QCOMPARE(json["key"]["word"].get<std::string>(), std::string("animal"));
        const auto other = call(asked({"--format", "json", "--key", "tired", "--component", "31"})).json();
        QCOMPARE(other["key"]["word"].get<std::string>(), std::string("tired"));
        QCOMPARE(other["component"].get<int>(), 31);
        QCOMPARE(other["stages"].size(), size_t{14});
    }

    void otherFormatsAreWholeDocuments() {
        QVERIFY(call(asked({"--format", "latex"})).out.ends_with("\\end{document}\n"));
        QVERIFY(call(asked({"--format", "csv"})).out.starts_with("stage,kind,name,"));
        QXmlStreamReader xml(QByteArray::fromStdString(call(asked({"--format", "fods"})).out));
        while (!xml.atEnd())
            xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    }

    void badUsageIsStatusTwo_data() {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("part");
        QTest::newRow("format") << QStringList{"--format", "pdf"}
                                << "--format is text, json, latex, csv or fods";
        QTest::newRow("digits") << QStringList{"--digits", "0"} << "--digits";
        QTest::newRow("component") << QStringList{"--component", "-1"} << "--component";
    }
    void badUsageIsStatusTwo() {
        QFETCH(QStringList, more);
        QFETCH(QString, part);
        std::vector<std::string> words;
        for (const QString& word : more)
            words.push_back(word.toStdString());
        const Called called = call(asked(words));
        QCOMPARE(called.status, 2);
        QVERIFY(called.out.empty());
        QVERIFY2(called.error.find(part.toStdString()) != std::string::npos, called.error.c_str());
    }

    void whatIsNotThereIsStatusOne() {
        const Called component = call(asked({"--component", "32"}));
        QCOMPARE(component.status, 1);
        QVERIFY2(component.out.empty() && component.saysOnly("There is no component 32"),
                 component.error.c_str());
        const Called key = call(asked({"--key", "dog"}));
        QCOMPARE(key.status, 1);
        QVERIFY2(key.saysOnly("\"dog\" is not a word of the text"), key.error.c_str());
        const Called head =
            call({"steps", "--model", "reader", "--text", "it", "--query", "it", "--head", "L7H0"});
        QCOMPARE(head.status, 1);
        QVERIFY2(head.saysOnly("there is no head L7H0"), head.error.c_str());
    }

    void traceKeepsDetailsWhenAsked() {
        const QTemporaryDir folder;
        const std::string out = folder.filePath("t.safetensors").toStdString();
        for (const bool details : {false, true}) {
            std::vector<std::string> words{"trace", "--model", "reader", "--text", text, "--out", out};
            if (details)
                words.emplace_back("--details");
            QCOMPARE(call(words).status, 0);
            QCOMPARE(readTraceFile(out)->site(Stack::encoder, 1)->detail != nullptr, details);
        }
    }
};

// The program makes its own application, as it does when it is started.
int main(int argc, char** argv) {
    const headlight::Application application(headlight::Application::Screen::none);
    StepsCommandTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "steps_command_test.moc"
