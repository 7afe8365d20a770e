#include "engine/core/errors.h"
#include "engine/experiments/mechanism_bench.h"
#include "engine/explain/words.h"
#include "engine/session/model_session.h"
#include "tests/support/compare.h"

#include <QTest>

#include <cmath>
#include <numeric>
#include <set>

using namespace headlight;
using namespace headlight::testing;

namespace {
/// Vectors of one head as double, row by row.
using Rows = std::vector<std::vector<double>>;
Rows rowsOf(const Tensor<float>& tensor, int head) {
    Rows rows;
    for (int64_t i = 0; i < tensor.dimension(1); ++i) {
        const std::span<const float> row = tensor.row(head, i);
        rows.emplace_back(row.begin(), row.end());
    }
    return rows;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

std::vector<double> softmax(const std::vector<double>& scores) {
    std::vector<double> weights;
    weights.reserve(scores.size());
    double sum = 0;
    for (const double score : scores)
        sum += std::exp(score);
    for (const double score : scores)
        weights.push_back(std::exp(score) / sum);
    return weights;
}
} // namespace

class MechanismBenchTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void scaledDotIsWhatTheModelDid();
    void everyHeadAndQueryAgreesWithTheRecording();
    void dotAndCosineAgreeWithTheirDefinition();
    void everyRowIsWhole();
    void localSeesTheWindowAlone();
    void gradientIsThatOfTheStatedDirection();
    void hardHasNoGradient();
    void masksOfTheModelStay();
    void seedsDecide();
    void costGrowsWithTheMechanism();
    void cancels();
    void badRequestsAreRefused();

private:
    BenchResult bench(const BenchSettings& settings = untimed()) const {
        return mechanismBench(*m_trace, m_head, m_query, settings);
    }
    static BenchSettings untimed() {
        BenchSettings settings;
        settings.repeats = 0;
        return settings;
    }
    static const BenchRow& row(const BenchResult& result, const std::string& score,
                               const std::string& normaliser) {
        for (const BenchRow& one : result.rows)
            if (benchScoreFunctions()[static_cast<size_t>(one.scoreFunction)].name == score &&
                benchNormalisers()[static_cast<size_t>(one.normaliser)].name == normaliser)
                return one;
        qFatal("no row %s, %s", score.c_str(), normaliser.c_str());
    }
    const SiteRecord& site() const { return *m_trace->site(m_head.stack, m_head.layer); }

    std::shared_ptr<const LoadedModel> m_model;
    std::shared_ptr<const Trace> m_trace;
    HeadAddress m_head;
    int m_query = 0;
};

void MechanismBenchTest::initTestCase() {
    m_model = LoadedModel::load("reader");
    RunRequest request;
    request.text = m_model->notes.exampleText;
    const RunResult result = ModelSession(m_model).run(request, {});
    QVERIFY2(result.kind == RunResult::Kind::completed, result.message.c_str());
    m_trace = result.trace;
    m_head = parseHeadAddress(m_model->notes.exampleHead).value();
    m_query = findToken(*m_trace, *m_model->tokenizer, m_model->notes.exampleQuery);
    QVERIFY(hasVectors(*m_trace, m_head));
}

void MechanismBenchTest::scaledDotIsWhatTheModelDid() {
    const BenchResult result = bench();
    QCOMPARE(result.rows.size(), benchScoreFunctions().size() * benchNormalisers().size());
    const BenchRow& own = row(result, "scaled dot", "softmax");
    QVERIFY(own.recorded);
    const std::span<const float> scores = site().scores.row(m_head.head, m_query),
                                 weights = site().weights.row(m_head.head, m_query);
    QVERIFY(std::equal(own.scores.begin(), own.scores.end(), scores.begin(), scores.end()));
    QVERIFY(std::equal(own.weights.begin(), own.weights.end(), weights.begin(), weights.end()));
    int recorded = 0;
    for (const BenchRow& one : result.rows)
        recorded += one.recorded ? 1 : 0;
    QCOMPARE(recorded, 1);
}

void MechanismBenchTest::everyHeadAndQueryAgreesWithTheRecording() {
    const StackShape& stack = *m_model->model->shape().find(Stack::encoder);
    const int tokens = static_cast<int>(m_trace->tokens().size());
    for (int layer = 0; layer < stack.layers; ++layer)
        for (int head = 0; head < stack.heads; ++head)
            for (int query = 0; query < tokens; query += 5) {
                const BenchResult result =
                    mechanismBench(*m_trace, {Stack::encoder, layer, head}, query, untimed());
                QVERIFY(row(result, "scaled dot", "softmax").recorded);
                QVERIFY(!row(result, "cosine", "softmax").recorded);
            }
}

void MechanismBenchTest::dotAndCosineAgreeWithTheirDefinition() {
    const BenchResult result = bench();
    const std::vector<double> q = rowsOf(site().queries, m_head.head)[static_cast<size_t>(m_query)];
    std::vector<double> dots, cosines;
    for (const std::vector<double>& k : rowsOf(site().keys, m_head.head)) {
        dots.push_back(dot(q, k));
        cosines.push_back(dot(q, k) / std::sqrt(dot(q, q) * dot(k, k)));
    }
    const auto compare = [&](const char* name, std::vector<double> expected, double tolerance) {
        const BenchRow& actual = row(result, name, "softmax");
        QString found = differences<float, double>(actual.scores, expected, tolerance, 1e-5);
        QVERIFY2(found.isEmpty(), qPrintable(found));
        const std::vector<double> weights = softmax(expected);
        found = differences<float, double>(actual.weights, weights, tolerance, 1e-4);
        QVERIFY2(found.isEmpty(), qPrintable(found));
        double entropy = 0;
        for (const double weight : weights)
            entropy -= weight * std::log2(weight);
        QVERIFY(std::abs(actual.entropy - entropy) < 1e-4);
        expected[2] += 1e-3; // negative control
        QVERIFY((!differences<float, double>(actual.scores, expected, tolerance, 1e-5).isEmpty()));
    };
    compare("dot", dots, 2e-5);
    compare("cosine", cosines, 1e-6);
}

void MechanismBenchTest::everyRowIsWhole() {
    BenchSettings settings;
    settings.repeats = 3;
    const BenchResult result = bench(settings);
    QCOMPARE(result.headWidth, static_cast<int>(site().queries.dimension(2)));
    const size_t m = static_cast<size_t>(result.keys);
    std::set<std::vector<float>> scoresSeen;
    for (size_t i = 0; i < result.rows.size(); ++i) {
        const BenchRow& one = result.rows[i];
        const MechanismInfo score = benchScoreFunctions()[static_cast<size_t>(one.scoreFunction)];
        QCOMPARE(static_cast<size_t>(one.scoreFunction), i / benchNormalisers().size());
        QCOMPARE(static_cast<size_t>(one.normaliser), i % benchNormalisers().size());
        QVERIFY(!score.formula.empty() && !score.reference.empty());
        QCOMPARE(one.scores.size(), m);
        QCOMPARE(one.weights.size(), m);
        const double sum = std::accumulate(one.weights.begin(), one.weights.end(), 0.0);
        QVERIFY(std::abs(sum - 1) < 1e-6);
        QVERIFY(one.entropy >= 0 && one.entropy <= std::log2(static_cast<double>(m)) + 1e-6);
        QVERIFY(one.seconds > 0);
        QCOMPARE(one.untrained, score.parameters);
        QCOMPARE(one.parameterCount > 0, score.parameters);
        QCOMPARE(one.seed, score.parameters ? settings.seed : uint64_t{0});
        if (one.normaliser == 0)
            scoresSeen.insert(one.scores);
    }
    QCOMPARE(scoresSeen.size(), benchScoreFunctions().size()); // no two mechanisms are the same by mistake
    QVERIFY(row(result, "dot", "hard").entropy == 0);
    for (const MechanismInfo& score : benchScoreFunctions())
        QVERIFY(row(result, score.name, "sparsemax").entropy <= row(result, score.name, "softmax").entropy);
}

void MechanismBenchTest::localSeesTheWindowAlone() {
    BenchSettings settings = untimed();
    settings.localHalfWidth = 3;
    const BenchResult result = bench(settings);
    for (const MechanismInfo& score : benchScoreFunctions()) {
        const BenchRow &local = row(result, score.name, "local"), &all = row(result, score.name, "softmax");
        double inside = 0;
        for (int j = 0; j < result.keys; ++j)
            if (std::abs(j - m_query) <= 3)
                inside += static_cast<double>(all.weights[static_cast<size_t>(j)]);
        for (int j = 0; j < result.keys; ++j) {
            const size_t key = static_cast<size_t>(j);
            if (std::abs(j - m_query) > 3) {
                QCOMPARE(local.weights[key], 0.0F);
                QVERIFY(std::isinf(local.scores[key]));
            } else {
                QCOMPARE(local.scores[key], all.scores[key]);
                QVERIFY(std::abs(static_cast<double>(local.weights[key]) -
                                 static_cast<double>(all.weights[key]) / inside) < 1e-5);
            }
        }
    }
    settings.localHalfWidth = 1000;
    const BenchResult whole = bench(settings);
    QVERIFY(row(whole, "scaled dot", "local").weights == row(whole, "scaled dot", "softmax").weights);
}

void MechanismBenchTest::gradientIsThatOfTheStatedDirection() {
    // L = u . context as a function of the scores, by central differences.
    const BenchResult result = bench();
    const Rows values = rowsOf(site().values, m_head.head);
    std::vector<double> alongU; // v_j . u
    for (const std::vector<double>& v : values)
        alongU.push_back(std::accumulate(v.begin(), v.end(), 0.0) / std::sqrt(static_cast<double>(v.size())));
    for (const char* name : {"scaled dot", "additive"}) {
        const BenchRow& one = row(result, name, "softmax");
        std::vector<double> scores(one.scores.begin(), one.scores.end());
        double squares = 0;
        for (double& score : scores) {
            const double before = score;
            score = before + 1e-5;
            const double up = dot(softmax(scores), alongU);
            score = before - 1e-5;
            const double down = dot(softmax(scores), alongU);
            score = before;
            squares += std::pow((up - down) / 2e-5, 2);
        }
        const double expected = std::sqrt(squares);
        QVERIFY2(std::abs(one.gradientNorm - expected) < 1e-4 * expected,
                 qPrintable(QString("%1: %2, expected %3").arg(name).arg(one.gradientNorm).arg(expected)));
    }
}

void MechanismBenchTest::hardHasNoGradient() {
    for (const BenchRow& one : bench().rows) {
        const bool hard = benchNormalisers()[static_cast<size_t>(one.normaliser)].name == "hard";
        QCOMPARE(one.differentiable, !hard);
        if (hard)
            QCOMPARE(one.gradientNorm, 0.0);
    }
}

void MechanismBenchTest::masksOfTheModelStay() {
    Trace trace = *m_trace;
    auto damaged = std::make_shared<SiteRecord>(site());
    damaged->scores.at(m_head.head, m_query, 4) = -std::numeric_limits<float>::infinity();
    trace.recording.stacks[0].sites[static_cast<size_t>(m_head.layer)] = damaged;
    const BenchResult result = mechanismBench(trace, m_head, m_query, untimed());
    for (const BenchRow& one : result.rows) {
        QVERIFY(std::isinf(one.scores[4]));
        QCOMPARE(one.weights[4], 0.0F);
    }
    QVERIFY(!row(result, "scaled dot", "softmax").recorded); // its other weights grew
}

void MechanismBenchTest::seedsDecide() {
    BenchSettings settings = untimed();
    settings.seed = 2;
    const BenchResult first = bench(), again = bench(), other = bench(settings);
    for (size_t i = 0; i < first.rows.size(); ++i) {
        QVERIFY(first.rows[i].scores == again.rows[i].scores);
        QVERIFY(first.rows[i].weights == again.rows[i].weights);
        QCOMPARE(first.rows[i].scores != other.rows[i].scores, first.rows[i].untrained);
    }
}

void MechanismBenchTest::costGrowsWithTheMechanism() {
    const BenchResult result = bench();
    const double n = result.queries, m = result.keys, d = result.headWidth;
    QCOMPARE(row(result, "dot", "softmax").multiplyAdds, n * m * d);
    QCOMPARE(row(result, "general", "hard").multiplyAdds, n * d * d + n * m * d);
    QCOMPARE(row(result, "additive", "local").multiplyAdds, (n + m) * d * d + n * m * d);
    QCOMPARE(row(result, "general", "softmax").parameterCount, static_cast<int64_t>(d * d));
    QCOMPARE(row(result, "additive", "softmax").parameterCount, static_cast<int64_t>(2 * d * d + d));
    BenchSettings wide = untimed();
    wide.innerWidth = 100;
    QCOMPARE(row(bench(wide), "concat", "softmax").parameterCount, static_cast<int64_t>(200 * d + 100));
}

void MechanismBenchTest::cancels() {
    std::stop_source source;
    JobControl control;
    control.stop = source.get_token();
    double last = 0;
    int reports = 0;
    control.report = [&](const Progress& progress) {
        QVERIFY(progress.fraction > last);
        last = progress.fraction;
        if (++reports == 5)
            source.request_stop();
    };
    QVERIFY_THROWS_EXCEPTION(Cancelled, mechanismBench(*m_trace, m_head, m_query, untimed(), control));
    QCOMPARE(reports, 5);
}

void MechanismBenchTest::badRequestsAreRefused() {
    const auto sentence = [&](const HeadAddress& head, int query, const BenchSettings& settings) {
        try {
            mechanismBench(*m_trace, head, query, settings);
        } catch (const RequestError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    QVERIFY(sentence({Stack::encoder, 99, 0}, 0, {}).find("encoder.99.head.0") != std::string::npos);
    QVERIFY(sentence({Stack::encoder, 0, 99}, 0, {}).find("encoder.0.head.99") != std::string::npos);
    QVERIFY(sentence({Stack::encoder, 0, -1}, 0, {}).find("encoder.0") != std::string::npos);
    QVERIFY(sentence(m_head, 9999, {}).find("no query 9999") != std::string::npos);
    QVERIFY(sentence(m_head, -1, {}).find("no query -1") != std::string::npos);
    BenchSettings settings;
    settings.localHalfWidth = -1;
    QVERIFY(sentence(m_head, 0, settings).find("window") != std::string::npos);
    settings = {};
    settings.innerWidth = 1 << 20;
    QVERIFY(sentence(m_head, 0, settings).find("inner width") != std::string::npos);

    RunRequest request;
    request.text = "The dog.";
    request.plan = RecordPlan::weightsOnly();
    const RunResult weights = ModelSession(m_model).run(request, {});
    QVERIFY(!hasVectors(*weights.trace, m_head));
    QVERIFY_THROWS_EXCEPTION(RequestError, mechanismBench(*weights.trace, m_head, 0));
}

QTEST_APPLESS_MAIN(MechanismBenchTest)
#include "mechanism_bench_test.moc"
