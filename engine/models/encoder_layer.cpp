#include "engine/models/encoder_layer.h"

#include "engine/core/tensor_view.h"
#include "engine/ops/dropout.h"

namespace headlight {

namespace {
template <class T>
Linear<T> linear(ParameterList<T>& parameters, const std::string& prefix, Index in, Index out) {
    Parameter<T>& weight = parameters.matrix(prefix + ".weight", out, in);
    return Linear<T>(weight, &parameters.vector(prefix + ".bias", out));
}

template <class T>
MultiHeadAttention<T> selfAttention(ParameterList<T>& parameters, const std::string& prefix, Index width,
                                    Index heads) {
    Linear<T> query = linear(parameters, prefix + ".self.query", width, width);
    Linear<T> key = linear(parameters, prefix + ".self.key", width, width);
    Linear<T> value = linear(parameters, prefix + ".self.value", width, width);
    Linear<T> output = linear(parameters, prefix + ".output.dense", width, width);
    return MultiHeadAttention<T>({std::move(query), std::move(key), std::move(value), std::move(output)},
                                 heads, Mask::none);
}

template <class T>
FeedForward<T> feedForward(ParameterList<T>& parameters, const std::string& prefix,
                           const typename EncoderLayer<T>::Shape& shape) {
    Linear<T> up = linear(parameters, prefix + ".intermediate.dense", shape.width, shape.feedForward);
    Linear<T> down = linear(parameters, prefix + ".output.dense", shape.feedForward, shape.width);
    return FeedForward<T>(std::move(up), std::move(down), shape.activation);
}

enum DropoutUse : uint64_t { attentionWeights, attentionOutput, layerOutput };
} // namespace

template <class T>
EncoderLayer<T>::EncoderLayer(ParameterList<T>& parameters, const std::string& prefix, const Shape& shape)
    : m_attention(selfAttention(parameters, prefix + ".attention", shape.width, shape.heads)),
      m_attentionNorm(parameters, prefix + ".attention.output.LayerNorm", shape.width, shape.eps),
      m_feedForward(feedForward<T>(parameters, prefix, shape)),
      m_outputNorm(parameters, prefix + ".output.LayerNorm", shape.width, shape.eps) {}

template <class T>
void EncoderLayer<T>::pack() {
    m_attention.pack();
    m_feedForward.pack();
}

template <class T>
std::shared_ptr<BasicSiteRecord<T>>
EncoderLayer<T>::forwardRecorded(ConstMatrixView<T> x, MatrixView<T> y, const std::stop_token& stop,
                                 const SiteEdits& edits, BasicSiteDetail<T>* detail,
                                 EarlierSites<T> earlier) const {
    Matrix<T> attended(x.rows(), x.cols()); // (n, D)
    auto record = m_attention.forwardRecorded(x, attended, stop, edits, detail, earlier);
    attended += x;
    if (detail)
        detail->residual = tensorOf<T>(attended);
    m_attentionNorm.forward(attended, attended, nullptr);
    if (detail)
        detail->normed = tensorOf<T>(attended);
    typename FeedForward<T>::Tape tape;
    m_feedForward.forward(attended, y, tape);
    y += attended;
    m_outputNorm.forward(y, y, nullptr);
    return record;
}

template <class T>
void EncoderLayer<T>::forward(std::span<const Segment> segments, const Dropout& rates, Tape& tape,
                              MatrixView<T> y) const {
    const Matrix<T>& x = tape.input;
    tape.attentionFactors.resize(0, 0);
    tape.outputFactors.resize(0, 0);
    tape.attended.resize(x.rows(), x.cols());
    m_attention.forward(x, segments,
                        {rates.attention, dropoutStream(rates.seed, attentionWeights), rates.nestedHeads},
                        tape.attention, tape.attended);
    if (rates.hidden > 0)
        dropout<T>(rates.hidden, dropoutStream(rates.seed, attentionOutput), tape.attended,
                   tape.attentionFactors);
    tape.attended += x;
    m_attentionNorm.forward(tape.attended, tape.attended, &tape.attentionNorm);
    m_feedForward.forward(tape.attended, y, tape.feedForward);
    if (rates.hidden > 0)
        dropout<T>(rates.hidden, dropoutStream(rates.seed, layerOutput), y, tape.outputFactors);
    y += tape.attended;
    m_outputNorm.forward(y, y, &tape.outputNorm);
}

template <class T>
void EncoderLayer<T>::backward(std::span<const Segment> segments, Tape& tape, Matrix<T>& grad,
                               Gradients<T>& gradients) const {
    Matrix<T> branch, part; // (rows, D)
    // y = norm(attended + dropout(feedForward(attended)))
    m_outputNorm.backward(tape.outputNorm, grad, grad, gradients);
    branch = grad;
    if (tape.outputFactors.size() > 0)
        branch.array() *= tape.outputFactors.array();
    m_feedForward.backward(tape.attended, tape.feedForward, branch, part, gradients);
    grad += part;
    // attended = norm(x + dropout(attention(x)))
    m_attentionNorm.backward(tape.attentionNorm, grad, grad, gradients);
    branch = grad;
    if (tape.attentionFactors.size() > 0)
        branch.array() *= tape.attentionFactors.array();
    m_attention.backward(tape.input, segments, tape.attention, branch, part, gradients);
    grad += part;
}

template <class T>
typename EncoderLayer<T>::DirectShares EncoderLayer<T>::directShares(ConstMatrixView<T> x,
                                                                     ConstMatrixView<T> joined,
                                                                     RowVector<double>& direction) const {
    Matrix<T> attended(1, x.cols()), written(1, x.cols()), y(1, x.cols()); // (1, D)
    LayerNormTape<T> attentionNorm, outputNorm;
    typename FeedForward<T>::Tape tape;
    m_attention.project(joined, attended);
    attended += x;
    m_attentionNorm.forward(attended, attended, &attentionNorm);
    m_feedForward.forward(attended, written, tape);
    y = written + attended;
    m_outputNorm.forward(y, y, &outputNorm);

    DirectShares shares;
    shares.biases = m_outputNorm.pullBackFrozen(outputNorm, direction);
    shares.feedForward = written.row(0).template cast<double>().dot(direction);
    shares.biases += m_attentionNorm.pullBackFrozen(attentionNorm, direction);
    shares.biases += m_attention.directShares(joined, direction, shares.heads);
    return shares;
}

template <class T>
double EncoderLayer<T>::flops(std::span<const Segment> segments) const {
    Index rows = 0;
    for (const Segment& segment : segments)
        rows += segment.rows;
    return m_attention.flops(segments) + m_feedForward.flops(rows);
}

template class EncoderLayer<float>;
template class EncoderLayer<double>;

} // namespace headlight
