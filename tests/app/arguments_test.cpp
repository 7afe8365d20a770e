#include "app/commands/arguments.h"

#include <QTest>

using namespace headlight;

namespace {
const std::vector<Option> options{{"model", "M", "", true}, {"json", "", ""}, {"steps", "N", ""}};

std::string refusalOf(const std::vector<std::string>& words,
                      const std::vector<std::string>& positionals = {}) {
    try {
        Arguments::parse(words, options, positionals);
    } catch (const UsageError& error) {
        return error.what();
    }
    return "accepted";
}
} // namespace

class ArgumentsTest : public QObject {
    Q_OBJECT

private slots:
    void valuesAndSwitches() {
        const Arguments arguments = Arguments::parse({"--model", "reader", "--json"}, options, {});
        QCOMPARE(*arguments.value("model"), std::string("reader"));
        QVERIFY(arguments.has("json"));
        QVERIFY(!arguments.has("steps"));
        QCOMPARE(arguments.value("steps", "7"), std::string("7"));
    }

    void valueAfterAnEqualsSign() {
        const Arguments arguments = Arguments::parse({"--model=--odd=name", "--steps="}, options, {});
        QCOMPARE(*arguments.value("model"), std::string("--odd=name"));
        QCOMPARE(*arguments.value("steps"), std::string());
    }

    void dashAndEmptyTextAreValues() {
        QCOMPARE(*Arguments::parse({"--model", "-"}, options, {}).value("model"), std::string("-"));
        QCOMPARE(*Arguments::parse({"--model", ""}, options, {}).value("model"), std::string());
    }

    void whatIsWrongIsSaid() {
        QCOMPARE(refusalOf({}), std::string("--model is missing"));
        QCOMPARE(refusalOf({"--model", "m", "--jsom"}), std::string("there is no option --jsom"));
        QCOMPARE(refusalOf({"--model", "m", "-j"}), std::string("there is no option -j"));
        QCOMPARE(refusalOf({"--model", "m", "--json=yes"}), std::string("--json takes no value"));
        QCOMPARE(refusalOf({"--model", "m", "--model", "n"}), std::string("--model stands twice"));
        QVERIFY(refusalOf({"--model"}).starts_with("--model needs a value"));
        QVERIFY(refusalOf({"--model", "--json"}).starts_with("--model needs a value"));
        QVERIFY(refusalOf({"--model", "m", "word"}).starts_with("\"word\" is one word too many"));
        QCOMPARE(refusalOf({"--model", "m"}, {"RECIPE"}), std::string("RECIPE is missing"));
        QCOMPARE(refusalOf({"--model", "m"}, {"[FILE]"}), std::string("accepted"));
    }

    void positionalsMayStandAnywhere() {
        const Arguments arguments =
            Arguments::parse({"reader", "--model", "m"}, options, {"RECIPE", "[FILE]"});
        QCOMPARE(*arguments.positional(0), std::string("reader"));
        QVERIFY(!arguments.positional(1));
    }

    void wholeNumbersAreChecked() {
        const auto integer = [](const std::string& text) {
            return Arguments::parse({"--model", "m", "--steps", text}, options, {}).integer("steps", 1, 10);
        };
        QCOMPARE(*integer("10"), 10LL);
        for (const char* text : {"0", "11", "1.5", "ten", "", "1 ", "99999999999999999999"})
            QVERIFY_THROWS_EXCEPTION(UsageError, integer(text));
        QVERIFY(!Arguments::parse({"--model", "m"}, options, {}).integer("steps", 1, 10));
    }
};

QTEST_APPLESS_MAIN(ArgumentsTest)
#include "arguments_test.moc"
