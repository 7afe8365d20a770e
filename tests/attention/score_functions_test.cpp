#include "engine/attention/additive_score.h"
#include "engine/attention/cosine_score.h"
#include "engine/attention/general_score.h"
#include "tests/support/compare.h"
#include "tests/support/gradient_check.h"

#include <QTest>

#include <functional>

using namespace headlight;
using namespace headlight::testing;

namespace {
constexpr Index n = 4, m = 5, queryWidth = 6, keyWidth = 7, inner = 3;

using Parameters = std::vector<Matrix<double>>;
using Score = std::unique_ptr<ScoreFunction<double>>;

/// A score function as its parameters make it, so that a test may move one.
struct Kind {
    const char* name;
    Index keyWidth;
    Parameters parameters;
    std::function<Score(const Parameters&)> make;
};

std::vector<Kind> kinds() {
    const auto matrix = [](Index rows, Index columns, uint32_t seed) {
        return randomMatrix<double>(rows, columns, seed);
    };
    return {
        {"dot", queryWidth, {}, [](const Parameters&) { return std::make_unique<DotProduct<double>>(); }},
        {"scaled dot",
         queryWidth,
         {},
         [](const Parameters&) { return std::make_unique<DotProduct<double>>(0.4); }},
        {"cosine", queryWidth, {}, [](const Parameters&) { return std::make_unique<Cosine<double>>(); }},
        {"cosine with a factor",
         queryWidth,
         {},
         [](const Parameters&) { return std::make_unique<Cosine<double>>(2.5); }},
        {"general",
         keyWidth,
         {matrix(queryWidth, keyWidth, 1)},
         [](const Parameters& p) { return std::make_unique<General<double>>(p[0]); }},
        {"additive",
         keyWidth,
         {matrix(inner, queryWidth, 2), matrix(inner, keyWidth, 3), matrix(1, inner, 4)},
         [](const Parameters& p) { return std::make_unique<Additive<double>>(p[0], p[1], p[2]); }},
        {"additive with a bias",
         keyWidth,
         {matrix(inner, queryWidth, 5), matrix(inner, keyWidth, 6), matrix(1, inner, 7), matrix(1, inner, 8)},
         [](const Parameters& p) { return std::make_unique<Additive<double>>(p[0], p[1], p[2], p[3]); }},
        {"concat",
         keyWidth,
         {matrix(inner, queryWidth + keyWidth, 9), matrix(1, inner, 10)},
         [](const Parameters& p) { return std::make_unique<Concat<double>>(p[0], p[1], queryWidth); }},
        {"concat with a bias",
         keyWidth,
         {matrix(inner, queryWidth + keyWidth, 11), matrix(1, inner, 12), matrix(1, inner, 13)},
         [](const Parameters& p) { return std::make_unique<Concat<double>>(p[0], p[1], queryWidth, p[2]); }},
    };
}
} // namespace

class ScoreFunctionsTest : public QObject {
    Q_OBJECT
private slots:
    void gradientsAgreeWithDifferences_data();
    void gradientsAgreeWithDifferences();
    void aWrongGradientIsFound();
    void concatIsTheAdditiveScoreOfItsParts();
    void cosineKnowsOnlyDirections();
    void aVectorWithoutLengthScoresZero();
    void seededIsRepeatable();
    void costIsCountedFromTheShapes();
};

void ScoreFunctionsTest::gradientsAgreeWithDifferences_data() {
    QTest::addColumn<int>("index");
    const std::vector<Kind> all = kinds();
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
        QTest::newRow(all[static_cast<size_t>(i)].name) << i;
}

void ScoreFunctionsTest::gradientsAgreeWithDifferences() {
    QFETCH(int, index);
    const Kind kind = kinds()[static_cast<size_t>(index)];
    Parameters parameters = kind.parameters;
    Matrix<double> q = randomMatrix<double>(n, queryWidth, 20),
                   k = randomMatrix<double>(m, kind.keyWidth, 21);
    const Matrix<double> direction = randomMatrix<double>(n, m, 22);
    const auto loss = [&] {
        Matrix<double> scores(n, m);
        kind.make(parameters)->scores(q, k, scores);
        return (scores.array() * direction.array()).sum();
    };
    const Score score = kind.make(parameters);
    Matrix<double> gradQ(n, queryWidth), gradK(m, kind.keyWidth);
    gradQ.setConstant(99); // to be overwritten
    gradK.setConstant(99);
    score->backward(q, k, direction, gradQ, gradK);
    QString found = gradientDifferences(q, gradQ, loss, 1e-6);
    QVERIFY2(found.isEmpty(), qPrintable("queries, " + found));
    found = gradientDifferences(k, gradK, loss, 1e-6);
    QVERIFY2(found.isEmpty(), qPrintable("keys, " + found));

    QCOMPARE(score->parameters().size(), parameters.size());
    std::vector<Matrix<double>> gradients;
    for (const Matrix<double>& parameter : parameters)
        gradients.push_back(Matrix<double>::Constant(parameter.rows(), parameter.cols(), 0.5)); // added to
    score->parameterGradients(q, k, direction, gradients);
    for (size_t i = 0; i < parameters.size(); ++i) {
        gradients[i].array() -= 0.5;
        found = gradientDifferences(parameters[i], gradients[i], loss, 1e-6);
        QVERIFY2(found.isEmpty(), qPrintable(QString("parameter %1, %2").arg(i).arg(found)));
    }
}

void ScoreFunctionsTest::aWrongGradientIsFound() {
    for (const Kind& kind : kinds()) {
        Matrix<double> q = randomMatrix<double>(n, queryWidth, 20),
                       k = randomMatrix<double>(m, kind.keyWidth, 21);
        const Matrix<double> direction = randomMatrix<double>(n, m, 22);
        const Score score = kind.make(kind.parameters);
        const auto loss = [&] {
            Matrix<double> scores(n, m);
            score->scores(q, k, scores);
            return (scores.array() * direction.array()).sum();
        };
        Matrix<double> gradQ(n, queryWidth), gradK(m, kind.keyWidth);
        score->backward(q, k, direction, gradQ, gradK);
        gradQ(1, 2) += 1e-4;
        QVERIFY2(!gradientDifferences(q, gradQ, loss, 1e-6).isEmpty(), kind.name);
    }
}

void ScoreFunctionsTest::concatIsTheAdditiveScoreOfItsParts() {
    const Matrix<double> q = randomMatrix<double>(n, queryWidth, 30),
                         k = randomMatrix<double>(m, keyWidth, 31);
    const Matrix<double> W = randomMatrix<double>(inner, queryWidth + keyWidth, 32),
                         v = randomMatrix<double>(1, inner, 33);
    Matrix<double> actual(n, m), expected(n, m);
    Concat<double>(W, v, queryWidth).scores(q, k, actual);
    for (Index i = 0; i < n; ++i)
        for (Index j = 0; j < m; ++j) {
            Matrix<double> joined(queryWidth + keyWidth, 1); // [q; k]
            joined << q.row(i).transpose(), k.row(j).transpose();
            expected(i, j) = (v * (W * joined).array().tanh().matrix())(0, 0);
        }
    QVERIFY(differences(cells(actual), cells(expected), 1e-13).isEmpty());
    expected(2, 3) += 1e-9; // negative control
    QVERIFY(!differences(cells(actual), cells(expected), 1e-13).isEmpty());
}

void ScoreFunctionsTest::cosineKnowsOnlyDirections() {
    Matrix<double> q = randomMatrix<double>(n, queryWidth, 40), k = randomMatrix<double>(m, queryWidth, 41);
    k.row(0) = 7 * q.row(0);
    k.row(1) = -1e-9 * q.row(0);
    Matrix<double> before(n, m), after(n, m);
    Cosine<double>().scores(q, k, before);
    QVERIFY(std::abs(before(0, 0) - 1) < 1e-14);
    QVERIFY(std::abs(before(0, 1) + 1) < 1e-14);
    q.row(2) *= 1e200; // its square would overflow
    k.row(3) *= 1e-200;
    Cosine<double>().scores(q, k, after);
    QVERIFY(differences(cells(after), cells(before), 1e-13).isEmpty());
    QVERIFY(after.array().abs().maxCoeff() <= 1 + 1e-14);
}

void ScoreFunctionsTest::aVectorWithoutLengthScoresZero() {
    Matrix<double> q = randomMatrix<double>(n, queryWidth, 42);
    const Matrix<double> k = randomMatrix<double>(m, queryWidth, 43);
    q.row(1).setZero();
    Matrix<double> scores(n, m), gradQ(n, queryWidth), gradK(m, queryWidth);
    Cosine<double>().scores(q, k, scores);
    Cosine<double>().backward(q, k, Matrix<double>::Ones(n, m), gradQ, gradK);
    QVERIFY((scores.row(1).array() == 0.0).all());
    QVERIFY((gradQ.row(1).array() == 0.0).all());
    QVERIFY(gradK.allFinite());
}

void ScoreFunctionsTest::seededIsRepeatable() {
    const auto first = Additive<float>::seeded(8, 16, 16, 5), second = Additive<float>::seeded(8, 16, 16, 5),
               other = Additive<float>::seeded(8, 16, 16, 6);
    for (size_t i = 0; i < 3; ++i) {
        QVERIFY(first->parameters()[i] == second->parameters()[i]);
        QVERIFY(first->parameters()[i] != other->parameters()[i]);
    }
    // N(0, 1/columns): over 64 x 64 cells the standard deviation is 1/8 within 5 of its standard errors.
    const auto general = General<double>::seeded(64, 64, 3);
    const Matrix<double>& W = general->parameters()[0];
    const double deviation = std::sqrt(W.squaredNorm() / static_cast<double>(W.size()));
    QVERIFY(std::abs(deviation * 8 - 1) < 5 / std::sqrt(2.0 * static_cast<double>(W.size())));
    QVERIFY(std::abs(W.mean()) * 8 < 5 / 64.0);
}

void ScoreFunctionsTest::costIsCountedFromTheShapes() {
    // 3 queries, 5 keys, width 8, inner width 4
    QCOMPARE(DotProduct<float>().multiplyAdds(3, 5, 8), 3.0 * 5 * 8);
    QCOMPARE(DotProduct<float>(0.5).multiplyAdds(3, 5, 8), 3.0 * 5 * 9);
    QCOMPARE(General<float>::seeded(8, 8, 1)->multiplyAdds(3, 5, 8), 3.0 * 64 + 3 * 5 * 8);
    QCOMPARE(Additive<float>::seeded(4, 8, 8, 1)->multiplyAdds(3, 5, 8), (3.0 + 5) * 32 + 3 * 5 * 4);
    QCOMPARE(Concat<float>::seeded(4, 8, 8, 1)->multiplyAdds(3, 5, 8), (3.0 + 5) * 32 + 3 * 5 * 4);
    QCOMPARE(DotProduct<float>().parameterCount(), 0);
    QCOMPARE(Cosine<float>().parameterCount(), 0);
    QCOMPARE(General<float>::seeded(8, 8, 1)->parameterCount(), 64);
    QCOMPARE(Additive<float>::seeded(4, 8, 8, 1)->parameterCount(), 4 * 8 * 2 + 4);
    QCOMPARE(Concat<float>::seeded(4, 8, 8, 1)->parameterCount(), 4 * 16 + 4);
}

QTEST_APPLESS_MAIN(ScoreFunctionsTest)
#include "score_functions_test.moc"
