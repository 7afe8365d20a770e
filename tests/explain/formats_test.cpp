#include "engine/explain/formats.h"
#include "engine/explain/spreadsheet.h"
#include "tests/explain/detailed_trace.h"

#include <QTest>
#include <QXmlStreamReader>

#include <nlohmann/json.hpp>

using namespace headlight;
using namespace headlight::testing;

namespace {
const HeadAddress itsHead{Stack::encoder, 1, 1};

/// Words that some format could take for something else.
const std::string hostile =
    "=1+1 +cmd @SUM(1) -2 \"q\" 'a' <b>&amp; \\input{x} $x$ %c {d} #1 ~ ^ _ \xF0\x9F\x98\x80 é\x01 ]]>";

std::string in(StepsFormat format, const Trace& trace, const StepsQuestion& question) {
    return stepsAs(format, trace, *reader().model, question);
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Cells of CSV, or nothing when it is not well formed.
std::vector<std::vector<std::string>> parseCsv(const std::string& csv) {
    std::vector<std::vector<std::string>> rows{{""}};
    bool quoted = false;
    for (size_t i = 0; i < csv.size(); ++i) {
        if (quoted && csv[i] == '"' && csv[i + 1] == '"') {
            rows.back().back() += csv[i++];
        } else if (csv[i] == '"') {
            quoted = !quoted;
        } else if (!quoted && csv[i] == ',') {
            rows.back().emplace_back();
        } else if (!quoted && csv[i] == '\n') {
            rows.push_back({""});
        } else {
            rows.back().back() += csv[i];
        }
    }
    rows.pop_back();
    return quoted ? std::vector<std::vector<std::string>>{} : rows;
}

/// Every token of a hostile text as query and key.
template <class Visit>
void eachHostileQuestion(Visit visit) {
    const auto trace = detailedTrace(hostile);
    const auto n = static_cast<int>(trace->tokens().size());
    for (int token = 0; token < n; token += 3)
        visit(*trace, StepsQuestion{itsHead, token, n - 1 - token, 1});
}
} // namespace

class FormatsTest : public QObject {
    Q_OBJECT

private slots:
    void formatsHaveNames() {
        for (const char* name : {"text", "json", "latex", "csv", "fods"})
            QVERIFY(parseStepsFormat(name));
        QVERIFY(!parseStepsFormat("pdf"));
        QVERIFY(!parseStepsFormat(""));
    }

    void textSaysEachStage() {
        const auto trace = detailedTrace(defaultText);
        const std::string text = in(StepsFormat::text, *trace, {itsHead, 10, 2, 0});
        for (const char* part : {"“it” (10) looking at “animal” (2)", "1. The query vector", "14. Residual",
                                 "re-added ", "> animal  ", "… (24 more)"})
            QVERIFY2(contains(text, part), part);
        QVERIFY(!contains(text, "MORE than rounding allows"));
        QVERIFY(!contains(text, "nan"));
        const std::string precise =
            stepsAs(StepsFormat::text, *trace, *reader().model, {itsHead, 10, 2, 0}, 12);
        QVERIFY(precise.size() > text.size());
    }

    void jsonHasTheVeryNumbers() {
        const auto trace = detailedTrace(defaultText);
        const auto json = nlohmann::json::parse(in(StepsFormat::json, *trace, {itsHead, 10, 2, 0}));
        QCOMPARE(json["stages"].size(), size_t{14});
        QCOMPARE(json["head"].get<std::string>(), std::string("encoder.1.head.1"));
        const SiteRecord& site = *trace->site(Stack::encoder, 1);
        for (const auto& stage : json["stages"]) {
            for (const auto& sum : stage["sums"])
                QVERIFY(sum["agrees"].get<bool>());
            if (stage["stage"] == "weights") {
                const auto& row = stage["arrays"][1];
                QCOMPARE(row["name"].get<std::string>(), std::string("weights of “it”"));
                for (int key = 0; key < 16; ++key)
                    QCOMPARE(row["values"][0][static_cast<size_t>(key)].get<float>(),
                             site.weights.at(1, 10, key));
            }
        }
    }

    void csvHasOneNumberALine() {
        const auto trace = detailedTrace(defaultText);
        const auto rows = parseCsv(in(StepsFormat::csv, *trace, {itsHead, 10, 2, 0}));
        QVERIFY(rows.size() > 1000);
        int terms = 0;
        for (const auto& row : rows) {
            QCOMPARE(row.size(), size_t{10});
            terms += row[0] == "dot" && row[1] == "term";
        }
        QCOMPARE(terms, 32);
    }

    void latexIsBalanced() {
        const auto check = [](const Trace& trace, const StepsQuestion& question) {
            const std::string latex = in(StepsFormat::latex, trace, question);
            int braces = 0, dollars = 0, begins = 0;
            for (size_t i = 0; i < latex.size(); ++i) {
                const bool escaped = i > 0 && latex[i - 1] == '\\' && !(i > 1 && latex[i - 2] == '\\');
                braces += escaped ? 0 : latex[i] == '{' ? 1 : latex[i] == '}' ? -1 : 0;
                dollars += !escaped && latex[i] == '$';
                QVERIFY(braces >= 0);
                QVERIFY(escaped || (latex[i] != '%' && latex[i] != '#' && latex[i] != '~'));
            }
            for (size_t at = 0; (at = latex.find("\\begin{", at)) != std::string::npos; ++at)
                ++begins;
            for (size_t at = 0; (at = latex.find("\\end{", at)) != std::string::npos; ++at)
                --begins;
            QCOMPARE(braces, 0);
            QCOMPARE(dollars % 2, 0);
            QCOMPARE(begins, 0);
            QVERIFY(!contains(latex, "\\input"));
        };
        check(*detailedTrace(defaultText), {itsHead, 10, 2, 0});
        eachHostileQuestion(check);
        const std::string latex = in(StepsFormat::latex, *detailedTrace(hostile), {itsHead, 1, 2, 0});
        QVERIFY(contains(latex, "\\texttt{U+1F600}"));
        QVERIFY(contains(latex, "\\textbackslash{}input\\{x\\}"));
    }

    void hostileWordsStayWords() {
        eachHostileQuestion([](const Trace& trace, const StepsQuestion& question) {
            QVERIFY(nlohmann::json::accept(in(StepsFormat::json, trace, question)));
            const auto rows = parseCsv(in(StepsFormat::csv, trace, question));
            QVERIFY(!rows.empty());
            for (const auto& row : rows) {
                QCOMPARE(row.size(), size_t{10});
                for (const size_t word : {2, 5, 6}) // the others are numbers and names of ours
                    QVERIFY2(row[word].empty() ||
                                 std::string("=+-@\t").find(row[word][0]) == std::string::npos,
                             row[word].c_str());
            }
            const std::string fods = in(StepsFormat::fods, trace, question);
            QXmlStreamReader xml(QByteArray::fromStdString(fods));
            while (!xml.atEnd())
                if (xml.readNext() == QXmlStreamReader::StartElement) {
                    const QString formula = xml.attributes().value("table:formula").toString();
                    QVERIFY2(!formula.contains("1+1") && !formula.contains("cmd"), qPrintable(formula));
                }
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        });
        const auto trace = detailedTrace("= 1");
        QVERIFY(contains(in(StepsFormat::csv, *trace, {itsHead, 0, 1, 0}), "\"'=\""));
    }

    void addressesAreThoseOfSpreadsheets() {
        QCOMPARE(cellAddress("A", 0, 0), std::string("[$A.A1]"));
        QCOMPARE(cellAddress("A", 9, 25), std::string("[$A.Z10]"));
        QCOMPARE(cellAddress("A", 0, 26), std::string("[$A.AA1]"));
        QCOMPARE(cellAddress("A", 0, 701), std::string("[$A.ZZ1]"));
        QCOMPARE(cellAddress("A", 0, 702), std::string("[$A.AAA1]"));
        QCOMPARE(rangeAddress("W_Q", 1, 1, 128, 1), std::string("[$W_Q.B2:.B129]"));
    }
};

QTEST_GUILESS_MAIN(FormatsTest)
#include "formats_test.moc"
