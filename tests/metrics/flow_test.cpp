#include "engine/core/errors.h"
#include "engine/core/random.h"
#include "engine/metrics/flow.h"
#include "tests/metrics/hand_made.h"

#include <QTest>

#include <cmath>

using namespace headlight;
using namespace headlight::testing;

namespace {
using Layers = std::vector<Tensor<double>>;

/// The smallest cut over every set of nodes that holds the source and not the sink: what the most flow is
/// equal to (Ford & Fulkerson 1956).
double smallestCut(const Layers& layers, int source, int sink) {
    const auto n = static_cast<int>(layers.front().dimension(0));
    const int levels = static_cast<int>(layers.size()) + 1, nodes = levels * n;
    double smallest = INFINITY;
    for (uint32_t set = 0; set < (1U << static_cast<unsigned>(nodes)); ++set) {
        const auto has = [&](int level, int token) {
            return ((set >> static_cast<unsigned>(level * n + token)) & 1U) != 0;
        };
        if (!has(levels - 1, source) || has(0, sink))
            continue;
        double cut = 0;
        for (int layer = 0; layer < levels - 1; ++layer)
            for (int upper = 0; upper < n; ++upper)
                for (int lower = 0; lower < n; ++lower)
                    if (has(layer + 1, upper) && !has(layer, lower))
                        cut += layers[static_cast<size_t>(layer)].at(upper, lower);
        smallest = std::min(smallest, cut);
    }
    return smallest;
}

Layers randomLayers(Random& random, int count, int tokens) {
    Layers layers;
    for (int layer = 0; layer < count; ++layer) {
        Tensor<double>& one = layers.emplace_back(Tensor<double>({tokens, tokens}));
        for (double& cell : one.values())
            cell = random.chance(0.3) ? 0 : random.uniform();
    }
    return layers;
}
} // namespace

class FlowTest : public QObject {
    Q_OBJECT

private slots:
    /// One layer: the edge itself. Two layers: over both tokens in between, each as wide as its narrower
    /// edge.
    void byHand() {
        const Tensor<double> one({2, 2}, {0.75, 0.25, 0.5, 0.5}), two({2, 2}, {0.6, 0.4, 0.1, 0.9});
        QCOMPARE(maximumFlow({one}, 0, 1), 0.25);
        QCOMPARE(maximumFlow({one, two}, 0, 0), 0.6 + 0.4);
        QCOMPARE(maximumFlow({one, two}, 1, 1), 0.1 + 0.5);
    }

    /// The straight way takes an edge that the other way needs: some flow has to be sent back.
    void flowIsSentBackWhereThatHelps() {
        Layers layers{Tensor<double>({3, 3}), Tensor<double>({3, 3}), Tensor<double>({3, 3})};
        layers[2].at(0, 0) = layers[2].at(0, 1) = 1;
        layers[1].at(0, 0) = layers[1].at(0, 1) = layers[1].at(1, 0) = 1;
        layers[0].at(0, 2) = layers[0].at(1, 2) = 1;
        QCOMPARE(maximumFlow(layers, 0, 2), 2.0);
    }

    void agreesWithTheSmallestCut() {
        Random random(5);
        for (int i = 0; i < 40; ++i) {
            const int tokens = 2 + static_cast<int>(random.below(3)), layers = tokens == 4 ? 2 : 3;
            const Layers graph = randomLayers(random, layers, tokens);
            const auto source = static_cast<int>(random.below(static_cast<size_t>(tokens)));
            const auto sink = static_cast<int>(random.below(static_cast<size_t>(tokens)));
            const double flow = maximumFlow(graph, source, sink), cut = smallestCut(graph, source, sink);
            QVERIFY2(std::abs(flow - cut) < 1e-9, qPrintable(QString("%1 against %2").arg(flow).arg(cut)));
        }
    }

    void ofATrace() {
        const Trace trace =
            handMade({"a", "b"}, {{testing::diagonal(), testing::firstToken()}, {testing::uniform(2)}});
        // Capacities (1, 0; 1/4, 3/4), above them (3/4, 1/4; 1/4, 3/4).
        double last = 0;
        JobControl control;
        control.report = [&](const Progress& progress) { last = progress.fraction; };
        const std::vector<double> flow = attentionFlow(trace, Stack::encoder, 1, control);
        QCOMPARE(flow.size(), size_t{2});
        QVERIFY(std::abs(flow[0] - (0.25 + 0.25)) < 1e-9);
        QVERIFY(std::abs(flow[1] - 0.75) < 1e-9);
        QCOMPARE(last, 1.0);
    }

    void stopsWhenAsked() {
        const Trace trace = handMade({"a", "b", "c"}, {{testing::uniform(3)}});
        std::stop_source stop;
        JobControl control;
        control.stop = stop.get_token();
        int reports = 0;
        control.report = [&](const Progress&) {
            ++reports;
            stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(attentionFlow(trace, Stack::encoder, 0, control), Cancelled);
        QCOMPARE(reports, 1);
    }

    void allRowsInTheOrderThatIsWanted() {
        const Trace trace = handMade({"a", "b", "c"}, {{testing::causal()}, {testing::uniform(3)}});
        std::vector<int> order;
        Progress last;
        JobControl control;
        control.report = [&](const Progress& progress) { last = progress; };
        const auto found = [&](int output, std::span<const double> flow) {
            order.push_back(output);
            QVERIFY(std::ranges::equal(flow, attentionFlow(trace, Stack::encoder, output)));
        };
        attentionFlows(trace, Stack::encoder, {}, found, {[] { return 1; }, {}}, control);
        QCOMPARE(order, (std::vector<int>{1, 0, 2}));
        QCOMPARE(last.fraction, 1.0);
        QCOMPARE(last.message, std::string("flow 9 of 9"));
        order.clear();
        attentionFlows(trace, Stack::encoder, {}, found, {{}, {true, false, true}}, control);
        QCOMPARE(order, (std::vector<int>{1}));
        // Up to the first layer the flow to an input token is the edge itself.
        GraphChoice choice;
        choice.lastLayer = 0;
        attentionFlows(trace, Stack::encoder, choice, [&](int output, std::span<const double> flow) {
            const Tensor<double> layer = layersWithResidual(trace, Stack::encoder, choice).front();
            for (size_t input = 0; input < flow.size(); ++input)
                QVERIFY(std::abs(flow[input] - layer.at(output, input)) < 1e-9);
        });
    }

    void badQuestionsAreRefused() {
        const Trace trace = handMade({"a", "b"}, {{testing::uniform(2)}});
        QVERIFY_EXCEPTION_THROWN(attentionFlow(trace, Stack::encoder, 2), RequestError);
        QVERIFY_EXCEPTION_THROWN(attentionFlow(trace, Stack::encoder, -1), RequestError);
        const Trace large = handMade(std::vector<std::string>(501, "a"), {{testing::diagonal()}});
        QVERIFY_EXCEPTION_THROWN(attentionFlow(large, Stack::encoder, 0), RequestError);
        const Trace most = handMade(std::vector<std::string>(500, "a"), {{testing::diagonal()}});
        QCOMPARE(attentionFlow(most, Stack::encoder, 7)[7], 1.0);
    }
};

QTEST_APPLESS_MAIN(FlowTest)
#include "flow_test.moc"
