#include "engine/experiments/cost_experiment.h"

#include "engine/attention/multi_head.h"
#include "engine/attention/seeded_matrix.h"
#include "engine/experiments/stopwatch.h"
#include "engine/layers/gru.h"
#include "engine/layers/parameter_list.h"

#include <array>

namespace headlight {

namespace {
constexpr int longestSequence = 1 << 20;

void check(const CostSettings& settings) {
    if (settings.width < 1 || settings.width > 4096 || settings.heads < 1 ||
        settings.width % settings.heads != 0)
        throw RequestError("a layer of width " + std::to_string(settings.width) + " with " +
                           std::to_string(settings.heads) +
                           " heads cannot be measured; the width is 1 to 4096 and a multiple of the heads");
    if (settings.repeats < 1 || settings.repeats > 10000)
        throw RequestError("each length is to be timed " + std::to_string(settings.repeats) +
                           " times; choose 1 to 10000");
}

void checkLength(int length) {
    if (length < 1 || length > longestSequence)
        throw RequestError("a sequence of length " + std::to_string(length) +
                           " cannot be measured; choose 1 to " + std::to_string(longestSequence));
}

template <class M>
int64_t bytesOf(const M& matrix) {
    return matrix.size() * static_cast<int64_t>(sizeof(typename M::Scalar));
}

/// The attention layer with its four projections, in Eigen's backend.
class AttentionLayer {
public:
    explicit AttentionLayer(const CostSettings& settings)
        : m_attention(projections(settings), settings.heads, Mask::none) {}

    void forward(const Matrix<float>& x, Matrix<float>& y) {
        const std::array segments{Segment{0, x.rows()}};
        m_attention.forward(x, segments, {}, m_tape, y);
    }
    int64_t heldBytes() const {
        return bytesOf(m_tape.queries) + bytesOf(m_tape.keys) + bytesOf(m_tape.values) +
               bytesOf(m_tape.context) + bytesOf(m_tape.weights) + bytesOf(m_tape.used) +
               bytesOf(m_tape.factors);
    }

private:
    MultiHeadAttention<float>::Projections projections(const CostSettings& settings) {
        Random random(settings.seed);
        const auto linear = [&](const char* name) {
            Parameter<float>& weight = m_parameters.matrix(name, settings.width, settings.width);
            weight.value = seededMatrix<float>(settings.width, settings.width, random);
            return Linear<float>(weight, &m_parameters.vector(name, settings.width));
        };
        Linear<float> query = linear("query"), key = linear("key"), value = linear("value"),
                      output = linear("output");
        return {std::move(query), std::move(key), std::move(value), std::move(output)};
    }

    ParameterList<float> m_parameters;
    MultiHeadAttention<float> m_attention;
    MultiHeadAttention<float>::Tape m_tape;
};

Gru<float> recurrentLayer(const CostSettings& settings) {
    Random random(settings.seed + 1);
    const Index d = settings.width;
    Matrix<float> input = seededMatrix<float>(3 * d, d, random);
    return Gru<float>({std::move(input), seededMatrix<float>(3 * d, d, random), Matrix<float>::Zero(1, 3 * d),
                       Matrix<float>::Zero(1, 3 * d)});
}

void setTimes(LayerCost& cost, const std::vector<double>& seconds) {
    cost.seconds = medianOf(seconds);
    cost.fastest = seconds.front();
    cost.slowest = seconds.back();
}

/// Fits through points `from` and on of one number.
template <class Number>
std::optional<PowerLaw> fitOf(const std::vector<CostPoint>& points, size_t from, Number number) {
    std::vector<double> n, y;
    for (size_t i = from; i < points.size(); ++i) {
        n.push_back(points[i].length);
        y.push_back(static_cast<double>(number(points[i])));
    }
    return fitPowerLaw(n, y);
}

CostLaws lawsFrom(const std::vector<CostPoint>& points, size_t from) {
    return {fitOf(points, from, [](const CostPoint& point) { return point.attention.seconds; }),
            fitOf(points, from, [](const CostPoint& point) { return point.attention.bytes; }),
            fitOf(points, from, [](const CostPoint& point) { return point.recurrent.seconds; }),
            fitOf(points, from, [](const CostPoint& point) { return point.recurrent.bytes; })};
}

void fitAll(CostResult& result) {
    result.laws = lawsFrom(result.points, 0);
    result.longLaws = lawsFrom(result.points, result.points.size() / 2);
}

double counted(const CostSettings& settings, int length) {
    return attentionCost(settings, length).multiplyAdds + recurrentCost(settings, length).multiplyAdds;
}
} // namespace

LayerCost attentionCost(const CostSettings& settings, int64_t n) {
    const double length = static_cast<double>(n), d = settings.width;
    LayerCost cost;
    cost.multiplyAdds = 4 * length * d * d + 2 * length * length * d; // projections; Q K^T and weights x V
    cost.bytes = (4 * n * settings.width + settings.heads * n * n) * static_cast<int64_t>(sizeof(float));
    cost.sequentialSteps = 1;
    cost.pathLength = 1;
    return cost;
}

LayerCost recurrentCost(const CostSettings& settings, int64_t n) {
    const double length = static_cast<double>(n), d = settings.width;
    LayerCost cost;
    cost.multiplyAdds = 6 * length * d * d; // three gates, of the input and of the state
    cost.bytes = 4 * n * settings.width * static_cast<int64_t>(sizeof(float)); // three gates and the state
    cost.sequentialSteps = n;
    cost.pathLength = n;
    return cost;
}

CostPoint costPoint(int length, const CostSettings& settings, const JobControl& control) {
    check(settings);
    checkLength(length);
    CostPoint point{length, attentionCost(settings, length), recurrentCost(settings, length)};
    Random random(settings.seed + 2);
    Matrix<float> x(length, settings.width), y(length, settings.width); // (n, D)
    for (Index i = 0; i < x.size(); ++i)
        x.data()[i] = static_cast<float>(random.normal());

    // The first call of each layer takes the memory and is not timed.
    pauseOf(control);
    AttentionLayer attention(settings);
    attention.forward(x, y);
    setTimes(point.attention,
             timedCalls(settings.repeats, settings.secondsBudget, control, [&] { attention.forward(x, y); }));
    point.attention.heldBytes = attention.heldBytes();

    pauseOf(control);
    const Gru<float> recurrent = recurrentLayer(settings);
    Gru<float>::Tape tape;
    recurrent.forward(x, y, tape, false, {}, control.stop);
    setTimes(point.recurrent, timedCalls(settings.repeats, settings.secondsBudget, control,
                                         [&] { recurrent.forward(x, y, tape, false, {}, control.stop); }));
    point.recurrent.heldBytes = bytesOf(tape.gates) + bytesOf(y);
    return point;
}

CostResult costExperiment(const CostSettings& settings, const JobControl& control,
                          const std::function<void(const CostResult&)>& measured) {
    check(settings);
    double work = 0;
    for (const int length : settings.lengths) {
        checkLength(length);
        work += counted(settings, length);
    }
    CostResult result;
    result.settings = settings;
    result.backend = plainBackendName() + ", 1 thread";

    const Stopwatch watch;
    double done = 0;
    for (const int length : settings.lengths) {
        const int64_t bytes =
            std::max(attentionCost(settings, length).bytes, recurrentCost(settings, length).bytes);
        if (bytes > settings.bytesBudget) {
            result.leftOut = "Lengths from " + std::to_string(length) +
                             " on were left out: a layer would keep " + std::to_string(bytes >> 20) +
                             " MiB, " + std::to_string(settings.bytesBudget >> 20) + " MiB are allowed.";
            break;
        }
        // Each length takes as long for its products as those before it did.
        const double share = counted(settings, length);
        if (done > 0 && watch.seconds() * (done + share) / done > settings.secondsBudget) {
            result.leftOut = "Lengths from " + std::to_string(length) +
                             " on were left out: they would take longer than the " +
                             std::to_string(static_cast<int64_t>(settings.secondsBudget)) +
                             " seconds that are allowed.";
            break;
        }
        result.points.push_back(costPoint(length, settings, control));
        done += share;
        fitAll(result);
        measured(result);
        control.report(
            {done / work, watch.seconds() * (work - done) / done, "n = " + std::to_string(length)});
    }
    return result;
}

} // namespace headlight
