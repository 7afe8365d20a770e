#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/explain/logit_lens.h"
#include "engine/models/bert_network.h"
#include "tests/explain/detailed_trace.h"

#include <QTest>

#include <cmath>

using namespace headlight;
using namespace headlight::testing;

namespace {
using Vector = std::vector<double>;
constexpr int layers = 3, heads = 4, headWidth = 6, width = heads * headWidth, vocabulary = 50;
const ModelInput input{{2, 17, 44, 9, 23, 17, 3}, {}};

/// A small model whose every parameter is drawn, biases and gains too.
const BertNetwork<double>& network() {
    static const auto made = [] {
        BertConfig config;
        config.vocabularySize = vocabulary;
        config.width = width;
        config.layers = layers;
        config.heads = heads;
        config.feedForward = 40;
        config.maximumPositions = 32;
        config.layerNormEps = 1e-5;
        auto network = std::make_unique<BertNetwork<double>>(config);
        network->initialise(5);
        double angle = 0;
        for (Parameter<double>* one : network->parameters())
            for (Index i = 0; i < one->value.size(); ++i)
                one->value.data()[i] = one->decay ? 8 * one->value.data()[i]
                                                  : one->value.data()[i] + 0.3 * std::sin(angle += 1.7);
        return network;
    }();
    return *made;
}

const Matrix<double>& parameter(const std::string& name) {
    for (const Parameter<double>* one : network().parameters())
        if (one->name == name)
            return one->value;
    throw RequestError("no parameter " + name);
}

/// W x, for W (out, in).
Vector times(const Matrix<double>& w, const Vector& x) {
    Vector y(static_cast<size_t>(w.rows()), 0);
    for (Index i = 0; i < w.rows(); ++i)
        for (Index j = 0; j < w.cols(); ++j)
            y[static_cast<size_t>(i)] += w(i, j) * x[static_cast<size_t>(j)];
    return y;
}
Vector plus(Vector a, const Vector& b) {
    for (size_t i = 0; i < a.size(); ++i)
        a[i] += b[i];
    return a;
}
Vector biasOf(const std::string& name) {
    const Matrix<double>& bias = parameter(name);
    return {bias.data(), bias.data() + bias.size()};
}
double meanOf(const Vector& x) {
    double sum = 0;
    for (const double one : x)
        sum += one;
    return sum / static_cast<double>(x.size());
}
double deviationOf(const Vector& x) {
    const double mean = meanOf(x);
    double squares = 0;
    for (const double one : x)
        squares += (one - mean) * (one - mean);
    return std::sqrt(squares / static_cast<double>(x.size()) + 1e-5);
}
/// A part of what a norm reads, behind that norm with its deviation held.
Vector throughNorm(const std::string& name, Vector part, double deviation) {
    const Matrix<double>& gain = parameter(name + ".weight");
    const double mean = meanOf(part);
    for (size_t i = 0; i < part.size(); ++i)
        part[i] = (part[i] - mean) / deviation * gain(0, static_cast<Index>(i));
    return part;
}
Vector norm(const std::string& name, const Vector& x) {
    return plus(throughNorm(name, x, deviationOf(x)), biasOf(name + ".bias"));
}
double gelu(double x) {
    return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0)));
}
Vector rowOf(const Tensor<double>& tensor, int64_t row) {
    const auto numbers = tensor.row(row);
    return {numbers.begin(), numbers.end()};
}

/// The deviations of both norms of a layer at one position, in plain loops.
struct Deviations {
    double attention = 0, output = 0;
};
Deviations deviations(const BasicRecording<double>& recording, int layer, int position) {
    const std::string prefix = "bert.encoder.layer." + std::to_string(layer) + ".";
    const auto& stack = recording.stacks.front();
    Vector joined;
    for (int head = 0; head < heads; ++head)
        for (int c = 0; c < headWidth; ++c)
            joined.push_back(stack.sites[static_cast<size_t>(layer)]->context.at(head, position, c));
    const Vector attended = plus(plus(times(parameter(prefix + "attention.output.dense.weight"), joined),
                                      biasOf(prefix + "attention.output.dense.bias")),
                                 rowOf(*stack.hidden[static_cast<size_t>(layer)], position));
    const Vector normed = norm(prefix + "attention.output.LayerNorm", attended);
    Vector inner = plus(times(parameter(prefix + "intermediate.dense.weight"), normed),
                        biasOf(prefix + "intermediate.dense.bias"));
    for (double& one : inner)
        one = gelu(one);
    const Vector out = plus(
        plus(times(parameter(prefix + "output.dense.weight"), inner), biasOf(prefix + "output.dense.bias")),
        normed);
    return {deviationOf(attended), deviationOf(out)};
}

/// A head's share, pushed forward from its context to the logit in plain loops.
double plainShare(const BasicRecording<double>& recording, int layer, int head, int position, int id) {
    const auto& stack = recording.stacks.front();
    Vector joined(width, 0); // of this head alone
    for (int c = 0; c < headWidth; ++c)
        joined[static_cast<size_t>(head * headWidth + c)] =
            stack.sites[static_cast<size_t>(layer)]->context.at(head, position, c);
    Vector part = times(
        parameter("bert.encoder.layer." + std::to_string(layer) + ".attention.output.dense.weight"), joined);
    for (int at = layer; at < layers; ++at) {
        const std::string prefix = "bert.encoder.layer." + std::to_string(at) + ".";
        const Deviations held = deviations(recording, at, position);
        part = throughNorm(prefix + "attention.output.LayerNorm", part, held.attention);
        part = throughNorm(prefix + "output.LayerNorm", part, held.output);
    }
    const std::string transform = "cls.predictions.transform.";
    const Matrix<double>& dense = parameter(transform + "dense.weight");
    Vector inner =
        plus(times(dense, rowOf(*stack.hidden.back(), position)), biasOf(transform + "dense.bias"));
    Vector activated = inner;
    for (double& one : activated)
        one = gelu(one);
    part = times(dense, part);
    for (size_t i = 0; i < part.size(); ++i)
        part[i] *= activated[i] / inner[i];
    part = throughNorm(transform + "LayerNorm", part, deviationOf(activated));
    double share = 0;
    for (int i = 0; i < width; ++i)
        share += part[static_cast<size_t>(i)] * parameter("bert.embeddings.word_embeddings.weight")(id, i);
    return share;
}
} // namespace

class LogitLensTest : public QObject {
    Q_OBJECT
private slots:
    /// The last layer is what the pass itself read.
    void theLastLayerIsTheReading() {
        const auto trace = detailedTrace(defaultText);
        const Model& model = *reader().model;
        for (int position = 0; position < std::ssize(trace->tokens()); ++position) {
            const auto lens = logitLens(*trace, model, *reader().tokenizer, position);
            QCOMPARE(lens.size(), static_cast<size_t>(trace->layers(Stack::encoder)) + 1);
            const auto expected = readings(*trace, *reader().tokenizer, position, 3);
            for (size_t i = 0; i < 3; ++i) {
                QCOMPARE(lens.back().guesses[i].id, expected[i].id);
                QVERIFY(lens.back().guesses[i].probability == expected[i].probability);
            }
            for (size_t i = 0; i < lens.size(); ++i) {
                QCOMPARE(lens[i].layer, static_cast<int>(i) - 1);
                QCOMPARE(lens[i].guesses.size(), size_t{3});
                QVERIFY(lens[i].guesses[0].probability >= lens[i].guesses[1].probability);
            }
        }
        QVERIFY(logitLens(*trace, model, *reader().tokenizer, -1).empty());
        QVERIFY(logitLens(Trace(), model, *reader().tokenizer, 0).empty());
    }

    /// An earlier layer in plain loops.
    void anEarlierLayerIsTheHeadAppliedToIt() {
        const auto recording = network().run(input, {}, {});
        const Tensor<double>& hidden = *recording.stacks.front().hidden[1];
        const Matrix<double> logits = network().readOut(matrixOf(hidden));
        const std::string transform = "cls.predictions.transform.";
        for (int position = 0; position < logits.rows(); ++position) {
            Vector inner = plus(times(parameter(transform + "dense.weight"), rowOf(hidden, position)),
                                biasOf(transform + "dense.bias"));
            for (double& one : inner)
                one = gelu(one);
            const Vector expected = plus(times(parameter("bert.embeddings.word_embeddings.weight"),
                                               norm(transform + "LayerNorm", inner)),
                                         biasOf("cls.predictions.bias"));
            for (int id = 0; id < vocabulary; ++id)
                QVERIFY(std::abs(logits(position, id) - expected[static_cast<size_t>(id)]) < 1e-11);
        }
    }

    void sharesAddUpToTheLogit() {
        for (const Edits& edits : {Edits{}, switchedOff({{Stack::encoder, 1, 2}})}) {
            RunControl control;
            control.edits = edits;
            const auto recording = network().run(input, {}, control);
            for (const int position : {0, 3, 6})
                for (const int id : {1, 30}) {
                    const DirectPaths paths = network().directPaths(recording, position, id);
                    QVERIFY(std::abs(paths.logit - recording.logits->at(position, id)) < 1e-12);
                    QVERIFY2(std::abs(paths.sum() - paths.logit) < 1e-11,
                             QByteArray::number(paths.sum() - paths.logit));
                    QVERIFY((paths.heads[1][2] == 0) == !edits.empty());
                }
        }
    }

    void eachShareIsThatOfTheDefinition() {
        const auto recording = network().run(input, {}, {});
        double largest = 0;
        for (const int id : {1, 30}) {
            const DirectPaths paths = network().directPaths(recording, 4, id);
            for (int layer = 0; layer < layers; ++layer)
                for (int head = 0; head < heads; ++head) {
                    const double expected = plainShare(recording, layer, head, 4, id);
                    const double share = paths.heads[static_cast<size_t>(layer)][static_cast<size_t>(head)];
                    QVERIFY2(std::abs(share - expected) < 1e-12, QByteArray::number(share - expected));
                    largest = std::max(largest, std::abs(share));
                }
        }
        QVERIFY2(largest > 1e-3, QByteArray::number(largest));
    }

    void sharesOfTheReaderAreSortedAndAddUp() {
        const auto trace = detailedTrace(defaultText);
        const int position = 9;
        const int id = readings(*trace, *reader().tokenizer, position, 1).front().id;
        const auto shares = headShares(*trace, *reader().model, position, id);
        QCOMPARE(shares.size(), size_t{12});
        double sum = 0;
        for (size_t i = 0; i < shares.size(); ++i) {
            sum += shares[i].share;
            QVERIFY(i == 0 || std::abs(shares[i - 1].share) >= std::abs(shares[i].share));
        }
        const auto paths = reader().model->directPaths(trace->recording, position, id);
        QVERIFY(std::abs(paths->sum() - paths->logit) < 1e-4);
        QVERIFY(std::abs(paths->logit - static_cast<double>(trace->recording.logits->at(position, id))) <
                1e-5);
        double rest = paths->embeddings + paths->biases;
        for (const double one : paths->feedForward)
            rest += one;
        QVERIFY(std::abs(sum + rest - paths->sum()) < 1e-9);
    }

    void whatCannotBeAnsweredIsRefused() {
        const auto recording = network().run(input, {}, {});
        QVERIFY_THROWS_EXCEPTION(RequestError, network().directPaths(recording, 7, 0));
        QVERIFY_THROWS_EXCEPTION(RequestError, network().directPaths(recording, 0, vocabulary));
        QVERIFY_THROWS_EXCEPTION(RequestError, network().directPaths({}, 0, 0));
        const auto bare = network().run(input, {false, true, true, {}}, {});
        QVERIFY_THROWS_EXCEPTION(RequestError, network().directPaths(bare, 0, 0));
        const auto thin = network().run(input, {true, false, true, {}}, {});
        QVERIFY_THROWS_EXCEPTION(RequestError, network().directPaths(thin, 0, 0));
    }
};

QTEST_APPLESS_MAIN(LogitLensTest)
#include "logit_lens_test.moc"
