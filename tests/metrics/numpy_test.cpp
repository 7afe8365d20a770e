#include "engine/files/trace_file.h"
#include "engine/metrics/head_metric.h"
#include "engine/metrics/rollout.h"
#include "engine/metrics/similarity.h"
#include "engine/session/model_session.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace headlight;

namespace {
QString pythonWithNumpy() {
    for (const QString& python : {QString("/usr/bin/python3"), QString("python3")})
        if (QProcess::execute(python, {"-c", "import numpy"}) == 0)
            return python;
    return {};
}

/// "the" and "animal" stand twice.
const std::string text = "The animal didn't cross the street because the animal was too tired.";
const std::vector<TokenRelation> relations{{RelationKind::pronounAntecedent, 10, 2},
                                           {RelationKind::pronounAntecedent, 7, 3},
                                           {RelationKind::verbSubject, 6, 2},
                                           {RelationKind::painted, 12, 2},
                                           {RelationKind::painted, 4, 3}};

bool near(double found, double wanted, double scale) {
    return std::abs(found - wanted) <= 2e-6 * scale;
}
} // namespace

/// The bundled reader's metrics, similarity and rollout against numpy, from a saved trace.
class NumpyTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        m_model = LoadedModel::load("reader");
        RunRequest request;
        request.text = text;
        const RunResult run = ModelSession(m_model).run(request, {});
        QVERIFY2(run.trace, run.message.c_str());
        const QString file = m_folder.filePath("trace.safetensors");
        writeTraceFile(*run.trace, file.toStdString());
        // What the file holds is what the engine reads below.
        m_trace = readTraceFile(file.toStdString());

        const QString python = pythonWithNumpy();
        QVERIFY2(!python.isEmpty(), "this test needs python3-numpy");
        QString pairs;
        for (const TokenRelation& relation : relations)
            pairs += QString("%1 %2 %3 ")
                         .arg(QString::fromStdString(std::string(nameOf(relation.kind))))
                         .arg(relation.query)
                         .arg(relation.key);
        QProcess process;
        process.start(python,
                      {HEADLIGHT_SOURCE "/tests/metrics/metrics_oracle.py", file,
                       QString::fromStdString((m_model->folder / "model.safetensors").string()), pairs});
        QVERIFY(process.waitForFinished(120'000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        m_wanted = nlohmann::json::parse(process.readAllStandardOutput().toStdString());
    }

    void everyMetricOfEveryHead() {
        int compared = 0;
        for (const HeadMetric& metric : headMetrics())
            for (const HeadValue& found : valuesOf(metric, *m_trace, m_model->model.get(), relations)) {
                const double wanted =
                    m_wanted["metrics"].at(toString(found.head)).at(std::string(metric.id)).get<double>();
                QVERIFY2(found.value && near(*found.value, wanted, std::max(1.0, std::abs(wanted))),
                         qPrintable(QString("%1 of %2: %3, numpy has %4")
                                        .arg(QString::fromUtf8(metric.id.data()),
                                             QString::fromStdString(toString(found.head)))
                                        .arg(found.value.value_or(NAN), 0, 'g', 12)
                                        .arg(wanted, 0, 'g', 12)));
                ++compared;
            }
        QCOMPARE(compared, static_cast<int>(headMetrics().size()) * 12);
    }

    /// A number that is wrong in the sixth digit is noticed.
    void aWrongNumberIsNoticed() {
        QVERIFY(near(0.5, 0.500001, 1));
        QVERIFY(!near(0.5, 0.50001, 1));
    }

    void similarityMatrix() {
        const HeadSimilarity found = similarityOf(*m_trace, Stack::encoder);
        for (size_t a = 0; a < 12; ++a)
            for (size_t b = 0; b < 12; ++b) {
                const double wanted = m_wanted["similarity"].at(a).at(b).get<double>();
                QVERIFY2(near(static_cast<double>(found.divergence.at(a, b)), wanted, 1),
                         qPrintable(QString("%1, %2: %3, numpy has %4")
                                        .arg(a)
                                        .arg(b)
                                        .arg(static_cast<double>(found.divergence.at(a, b)))
                                        .arg(wanted)));
            }
    }

    void rolloutOfEveryLayer() {
        const std::vector<Tensor<float>> found = attentionRollout(*m_trace, Stack::encoder);
        QCOMPARE(found.size(), m_wanted["rollout"].size());
        for (size_t layer = 0; layer < found.size(); ++layer)
            for (size_t cell = 0; cell < found[layer].size(); ++cell)
                QVERIFY(near(static_cast<double>(found[layer].values()[cell]),
                             m_wanted["rollout"].at(layer).at(cell).get<double>(), 1));
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const LoadedModel> m_model;
    std::shared_ptr<const Trace> m_trace;
    nlohmann::json m_wanted;
};

QTEST_GUILESS_MAIN(NumpyTest)
#include "numpy_test.moc"
