#include "engine/core/errors.h"
#include "engine/explain/steps.h"
#include "engine/files/trace_file.h"
#include "tests/explain/detailed_trace.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <fstream>

using namespace headlight;
using namespace headlight::testing;

namespace {
const HeadAddress itsHead{Stack::encoder, 1, 1};

std::string messageOf(const Trace& trace, const StepsQuestion& question) {
    try {
        steps(trace, *reader().model, question);
    } catch (const RequestError& error) {
        return error.what();
    }
    return {};
}

/// All numpy of a question as one program that prints what each stage hands on, as JSON.
std::string programOf(const Steps& made) {
    std::string program;
    for (const std::string& line : made.preamble)
        program += line + "\n";
    program += "results = {}\n";
    for (const Stage& stage : made.stages) {
        for (const std::string& line : stage.code)
            program += line + "\n";
        program += "results[\"" + std::string(nameOf(stage.id)) + "\"] = np.ravel(" + stage.codeResult +
                   ").astype(float).tolist()\n";
    }
    return program + "print(json.dumps(results))\n";
}

QString pythonWithNumpy() {
    for (const QString& python : {QString("/usr/bin/python3"), QString("python3")})
        if (QProcess::execute(python, {"-c", "import numpy"}) == 0)
            return python;
    return {};
}

/// The largest difference between what numpy computed and what was recorded, over the largest number of that
/// stage.
double largestError(const nlohmann::json& computed, const StepArray& recorded) {
    double error = 0, largest = 1e-30;
    for (int row = 0; row < recorded.rows; ++row)
        for (int column = 0; column < recorded.columns; ++column) {
            const auto at = static_cast<size_t>(row * recorded.columns + column);
            const auto number = static_cast<double>(recorded.at(row, column));
            error = std::max(error, std::abs(computed.at(at).get<double>() - number));
            largest = std::max(largest, std::abs(number));
        }
    return computed.size() == static_cast<size_t>(recorded.rows * recorded.columns) ? error / largest
                                                                                    : INFINITY;
}
} // namespace

class StepsTest : public QObject {
    Q_OBJECT

private slots:
    void stagesAreInOrder() {
        const auto trace = detailedTrace(defaultText);
        const Steps made = steps(*trace, *reader().model, {itsHead, 10, 2, 5});
        std::string names;
        for (const Stage& stage : made.stages) {
            names += std::string(nameOf(stage.id)) + " ";
            QCOMPARE(stage.sentences.size(), size_t{2});
            QVERIFY(!stage.title.empty() && !stage.formula.empty() && !stage.symbols.empty());
            QVERIFY(!stage.line.empty() && !stage.arrays.empty() && !stage.code.empty());
            for (const Sentence& sentence : stage.sentences)
                QVERIFY2(sentence.text().find('%') == std::string::npos, sentence.text().c_str());
        }
        QCOMPARE(names, std::string("query keys dot scores scaled shifted exponentials sum weights "
                                    "weighted_values context concat projection residual "));
        QCOMPARE(made.queryWord, std::string("it"));
        QCOMPARE(made.keyWord, std::string("animal"));
        QVERIFY(!made.find(StageId::masked));
    }

    void sentencesHaveTheRealWords() {
        const auto trace = detailedTrace(defaultText);
        const Steps made = steps(*trace, *reader().model, {itsHead, 10, 2, 0});
        const std::string said = made.find(StageId::dot)->sentences[0].text();
        QVERIFY2(said.find("“it”") != std::string::npos && said.find("“animal”") != std::string::npos,
                 said.c_str());
        QVERIFY(said.find(numberText(
                    static_cast<double>(trace->site(Stack::encoder, 1)->detail->dots.at(1, 10, 2)), 4)) !=
                std::string::npos);
        QCOMPARE((Sentence{"%2 and %1, 5 % of %3", {"a", "b"}}.text()), std::string("b and a, 5 % of %3"));
    }

    /// For every head, layer, query and key: the shown terms add up to the recorded number.
    void whatIsShownAddsUp() {
        const auto trace = detailedTrace(defaultText);
        QVERIFY(trace);
        int64_t sums = 0;
        for (int layer = 0; layer < 3; ++layer)
            for (int head = 0; head < 4; ++head)
                for (int query = 0; query < 16; ++query)
                    for (int key = 0; key < 16; ++key) {
                        // Components take turns, so that all 32 are asked for.
                        const StepsQuestion question{
                            {Stack::encoder, layer, head}, query, key, (query * 16 + key) % 32};
                        const Steps made = steps(*trace, *reader().model, question);
                        for (const Stage& stage : made.stages)
                            for (const Derivation& sum : stage.sums) {
                                ++sums;
                                QVERIFY2(sum.agrees && agreesFromTerms(sum),
                                         (toString(question.head) + ", " + sum.label).c_str());
                            }
                    }
        QVERIFY(sums > 40'000);
    }

    void anAlteredWeightIsNoticed() {
        OpenTrace open(*detailedTrace(defaultText), 1);
        open.site->weights.at(1, 10, 2) *= 1.0001F;
        const Steps made = steps(open.trace, *reader().model, {itsHead, 10, 2, 0});
        QVERIFY(!made.find(StageId::weights)->sums[0].agrees);
        QVERIFY(!made.find(StageId::context)->sums[0].agrees);
        QVERIFY(made.find(StageId::sum)->sums[0].agrees);
        QVERIFY(made.find(StageId::projection)->sums[0].agrees);
    }

    void arraysAreTheRecordedOnes() {
        const auto trace = detailedTrace(defaultText);
        const SiteRecord& site = *trace->site(Stack::encoder, 1);
        const Provenance from(*trace, *reader().model, Stack::encoder, 1);
        const Steps made = steps(*trace, *reader().model, {itsHead, 10, 2, 7});
        const StepArray& weights = made.find(StageId::weights)->result;
        QCOMPARE(weights.data, site.weights.row(1, 10).data());
        QCOMPARE(weights.markedColumn, 2);
        int compared = 0;
        for (const Stage& stage : made.stages)
            for (const StepArray& array : stage.arrays)
                for (int row = 0; row < array.rows; ++row)
                    for (int column = 0; column < array.columns; ++column)
                        if (const auto cell = array.cellAt(row, column)) {
                            QVERIFY2(from.value(*cell) == array.at(row, column),
                                     (array.name + ", " + from.labelOf(*cell)).c_str());
                            ++compared;
                        }
        QVERIFY(compared > 20'000);
        const StepArray& products = made.find(StageId::dot)->arrays[2];
        QCOMPARE(products.at(0, 7), site.queries.at(1, 10, 7) * site.keys.at(1, 2, 7));
        const StepArray& all = made.find(StageId::concat)->arrays[0];
        QCOMPARE(all.at(3, 31), site.context.at(3, 10, 31));
    }

    void lineHasTheNumbers() {
        const auto trace = detailedTrace(defaultText);
        const Steps made = steps(*trace, *reader().model, {itsHead, 10, 2, 7});
        const auto numbers = [](const Stage& stage) {
            return std::count_if(stage.line.begin(), stage.line.end(),
                                 [](const LinePiece& piece) { return piece.isNumber; });
        };
        QCOMPARE(numbers(*made.find(StageId::dot)), 7);   // three products and their sum
        QCOMPARE(numbers(*made.find(StageId::query)), 8); // and the bias
        QCOMPARE(numbers(*made.find(StageId::exponentials)), 2);
        const LinePiece& last = made.find(StageId::weights)->line.back();
        QCOMPARE(last.number, static_cast<double>(trace->site(Stack::encoder, 1)->weights.at(1, 10, 2)));
        std::string text;
        for (const LinePiece& piece : made.find(StageId::query)->line)
            text += piece.isNumber ? "#" : piece.text;
        QCOMPARE(text, std::string("q[7] = # × # + # × # + # × # + … (125 more) + # = #"));
    }

    void badQuestionsGetOneSentence() {
        const auto trace = detailedTrace("it");
        QVERIFY(messageOf(*trace, {itsHead, 99, 0, 0}).find("no query token 99") != std::string::npos);
        QVERIFY(messageOf(*trace, {itsHead, 0, -1, 0}).find("no key token -1") != std::string::npos);
        QVERIFY(messageOf(*trace, {itsHead, 0, 0, 32}).find("no component 32") != std::string::npos);
        QVERIFY(messageOf(*trace, {{Stack::encoder, 1, 4}, 0, 0, 0}).find("no head 4") != std::string::npos);
        QVERIFY(messageOf(*trace, {{Stack::cross, 0, 0}, 0, 0, 0}).find("no attention site cross.0") !=
                std::string::npos);
        Trace other = *trace;
        auto site = std::make_shared<SiteRecord>(*trace->site(Stack::encoder, 1));
        site->detail = nullptr;
        other.recording.stacks[0].sites[1] = site;
        QVERIFY(messageOf(other, {itsHead, 0, 0, 0}).find("were not recorded") != std::string::npos);
    }

    void emptyAndPairedTextsHaveSteps() {
        for (const auto& trace : {detailedTrace(""), detailedTrace("it", "a dog")}) {
            const Steps made = steps(*trace, *reader().model, {itsHead, 1, 0, 0});
            for (const Stage& stage : made.stages)
                for (const Derivation& sum : stage.sums)
                    QVERIFY(sum.agrees);
        }
    }

    /// The lines of numpy of every stage, run on a trace file and the model's file, give the recorded
    /// numbers. Needs python3 with numpy, which tests/run installs.
    void numpyGivesTheSameNumbers() {
        const QString python = pythonWithNumpy();
        QVERIFY2(!python.isEmpty(), "python3-numpy is needed; tests/run installs it");
        QTemporaryDir folder;
        const auto trace = detailedTrace(defaultText);
        writeTraceFile(*trace, folder.filePath("trace.safetensors").toStdString());
        QVERIFY(QFile::link(QString::fromStdString((reader().folder / "model.safetensors").string()),
                            folder.filePath("model.safetensors")));
        for (const StepsQuestion& question :
             {StepsQuestion{itsHead, 10, 2, 0}, StepsQuestion{{Stack::encoder, 2, 3}, 0, 15, 31}}) {
            const Steps made = steps(*trace, *reader().model, question);
            std::ofstream(folder.filePath("steps.py").toStdString()) << programOf(made);
            QProcess process;
            process.setWorkingDirectory(folder.path());
            process.start(python, {"steps.py"});
            QVERIFY(process.waitForFinished(120'000));
            QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
            const auto results = nlohmann::json::parse(process.readAllStandardOutput().toStdString());
            for (const Stage& stage : made.stages) {
                const double error = largestError(results.at(std::string(nameOf(stage.id))), stage.result);
                QVERIFY2(error < 2e-5,
                         (std::string(nameOf(stage.id)) + ": " + std::to_string(error)).c_str());
            }
            // The comparison notices another question.
            const Steps other = steps(*trace, *reader().model, {question.head, 5, question.key, 0});
            QVERIFY(largestError(results.at("weights"), other.find(StageId::weights)->result) > 1e-3);
        }
    }
};

QTEST_GUILESS_MAIN(StepsTest)
#include "steps_test.moc"
