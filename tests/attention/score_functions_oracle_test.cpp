// Every score function, with softmax and context, against tests/golden/attention-scores, made as its README
// says.
#include "engine/attention/additive_score.h"
#include "engine/attention/general_score.h"
#include "engine/attention/head.h"
#include "engine/core/tensor_view.h"
#include "engine/files/safetensors.h"
#include "tests/support/compare.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace headlight;
using namespace headlight::testing;

namespace {
const std::string golden = std::string(HEADLIGHT_GOLDEN) + "/attention-scores";

/// One case of the golden, its inputs as T.
template <class T>
struct OracleCase {
    const SafetensorsFile& file;
    QJsonObject about;
    std::string prefix;

    bool has(const char* name) const { return file.contains(prefix + name); }
    /// (rows, columns); vectors as (1, d).
    Matrix<T> matrix(const char* name) const {
        Tensor<float> tensor = file.read(prefix + name);
        if (tensor.shape().size() == 1)
            tensor = Tensor<float>({1, tensor.dimension(0)}, std::as_const(tensor).values());
        return matrixOf(std::as_const(tensor)).template cast<T>();
    }
    Matrix<T> bias() const { return has("b_a") ? matrix("b_a") : Matrix<T>(); }
    std::unique_ptr<ScoreFunction<T>> scoreFunction() const {
        const QString kind = about["kind"].toString();
        const Index width = about["dq"].toInt();
        if (kind == "dot")
            return std::make_unique<DotProduct<T>>();
        if (kind == "scaled_dot")
            return std::make_unique<DotProduct<T>>(1 / std::sqrt(static_cast<double>(width)));
        if (kind == "general")
            return std::make_unique<General<T>>(matrix("W"));
        if (kind == "concat")
            return std::make_unique<Concat<T>>(matrix("W_a"), matrix("v_a"), width, bias());
        if (kind == "bahdanau")
            return std::make_unique<Additive<T>>(matrix("W_q"), matrix("W_k"), matrix("v_a"), bias());
        return nullptr;
    }
    QString compare(const char* name, const Matrix<T>& actual, double share) const {
        const double tolerance = 8 * share * about["f32_vs_f64_max_abs"].toObject()[name].toDouble();
        const Matrix<T> expected = matrix(name);
        const QString found = differences(cells(actual), cells(expected), tolerance);
        return found.isEmpty() ? found : QString("%1: %2").arg(name, found);
    }
    /// The first of scores, weights and context that is not as expected.
    QString firstDifference(double share, T damage = 0) const {
        const std::unique_ptr<ScoreFunction<T>> score = scoreFunction();
        if (!score)
            return "unknown kind " + about["kind"].toString();
        const Matrix<T> q = matrix("q"), k = matrix("k"), v = matrix("v");
        Matrix<T> scores(q.rows(), k.rows()), weights(q.rows(), k.rows()), context(q.rows(), v.cols());
        score->scores(q, k, scores);
        scores(0, 0) += damage;
        QString found = compare("scores", scores, share);
        if (!found.isEmpty())
            return found;
        const Index valid = about["valid_keys"].toInt();
        scores.rightCols(k.rows() - valid).setConstant(-std::numeric_limits<T>::infinity());
        Softmax<T>().weights(scores, weights);
        if (!(weights.rightCols(k.rows() - valid).array() == T(0)).all())
            return "a masked key has a weight";
        headContext<T>(weights, v, context);
        found = compare("weights", weights, share);
        return found.isEmpty() ? compare("context", context, share) : found;
    }
};
} // namespace

class ScoreFunctionsOracleTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyCase_data();
    void everyCase();
    void oneWrongScoreIsFound();

private:
    template <class T>
    OracleCase<T> oracleCase(int number) const {
        return {*m_file, m_cases[number].toObject(), "case" + std::to_string(number) + "."};
    }
    std::shared_ptr<const SafetensorsFile> m_file;
    QJsonArray m_cases;
};

void ScoreFunctionsOracleTest::initTestCase() {
    m_file = SafetensorsFile::open(golden + "/expected.safetensors");
    QFile file(QString::fromStdString(golden + "/cases.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_cases = QJsonDocument::fromJson(file.readAll()).object()["cases"].toArray();
    QCOMPARE(m_cases.size(), 25);
}

void ScoreFunctionsOracleTest::everyCase_data() {
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("inDouble");
    for (const bool inDouble : {false, true})
        for (int number = 0; number < m_cases.size(); ++number)
            QTest::addRow("%s, case %d, %s", inDouble ? "double" : "float", number,
                          qPrintable(m_cases[number].toObject()["kind"].toString()))
                << number << inDouble;
}

void ScoreFunctionsOracleTest::everyCase() {
    QFETCH(int, number);
    QFETCH(bool, inDouble);
    // The whole tolerance in float. In double only the reference's own float noise is left, an eighth of it.
    const QString found = inDouble ? oracleCase<double>(number).firstDifference(0.25)
                                   : oracleCase<float>(number).firstDifference(1);
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void ScoreFunctionsOracleTest::oneWrongScoreIsFound() {
    for (int number = 0; number < m_cases.size(); ++number) {
        QVERIFY(oracleCase<float>(number).firstDifference(1, 2e-5F).startsWith("scores: first at 0"));
        QVERIFY(oracleCase<double>(number).firstDifference(0.25, 1e-5).startsWith("scores: first at 0"));
    }
}

QTEST_APPLESS_MAIN(ScoreFunctionsOracleTest)
#include "score_functions_oracle_test.moc"
