#include "engine/attention/multi_head.h"

#include "engine/attention/edited_head.h"
#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/ops/dropout.h"

#include <deque>

namespace headlight {

namespace {
template <class T>
using FlatView = Eigen::Map<Matrix<T>>;
template <class T>
using ConstFlatView = Eigen::Map<const Matrix<T>>;

Index flatSize(std::span<const Segment> segments, Index heads) {
    Index size = 0;
    for (const Segment& segment : segments)
        size += heads * segment.rows * segment.rows;
    return size;
}

/// Calls visit(segment, head, offset) for every head of every segment; offset is where its (n, n) weights
/// stand.
template <class Visit>
void forEachHead(std::span<const Segment> segments, Index heads, Visit visit) {
    Index offset = 0;
    for (const Segment& segment : segments)
        for (Index head = 0; head < heads; ++head) {
            visit(segment, head, offset);
            offset += segment.rows * segment.rows;
        }
}

/// Columns of one head (n, D) -> slice `head` of the record (H, n, d_head).
template <class T>
void copyHead(const Matrix<T>& from, Index head, Tensor<T>& to) {
    const Index width = to.dimension(2);
    matrixOf(to, head) = from.middleCols(head * width, width);
}

/// Room for what the heads leave on the way.
template <class T>
void beginDetail(BasicSiteDetail<T>& detail, ConstMatrixView<T> x, Index heads) {
    const Index n = x.rows();
    detail.input = tensorOf<T>(Matrix<T>(x));
    for (Tensor<T>* cells : {&detail.dots, &detail.scaled, &detail.shifted, &detail.exponentials})
        *cells = Tensor<T>({heads, n, n});
    for (Tensor<T>* rows : {&detail.maximum, &detail.rowSum})
        *rows = Tensor<T>({heads, n});
    for (Tensor<T>* numbers : {&detail.scale, &detail.temperature})
        *numbers = Tensor<T>({heads});
    detail.normalisers.resize(static_cast<size_t>(heads));
}

/// First half of one head of the record, its numbers on the way left in the detail.
template <class T>
void detailedWeights(const HeadRule<T>& rule, BasicSiteRecord<T>& record, Index head,
                     BasicSiteDetail<T>& detail) {
    detail.scale.at(head) = rule.score.scale();
    detail.temperature.at(head) = rule.temperature;
    detail.normalisers[static_cast<size_t>(head)] = rule.normaliser.name();
    HeadSteps<T> steps{matrixOf(detail.dots, head),
                       matrixOf(detail.scaled, head),
                       {detail.maximum.row(head).data(), detail.shifted.row(head, 0).data(),
                        detail.exponentials.row(head, 0).data(), detail.rowSum.row(head).data()}};
    headWeights<T>(rule, matrixOf(record.queries, head), matrixOf(record.keys, head),
                   matrixOf(record.scores, head), matrixOf(record.weights, head), &steps);
}

/// Second half of one head of the record, or what stands for it.
template <class T>
void contextOf(const EditedHead<T>& edited, BasicSiteRecord<T>& record, Index head,
               BasicSiteDetail<T>* detail) {
    auto context = matrixOf(record.context, head); // (n, d_head)
    if (edited.offContext() == OffContext::zero) {
        context.setZero();
        if (detail)
            detail->switchedOff.push_back(static_cast<int>(head));
        return;
    }
    headContext<T>(matrixOf(record.weights, head), matrixOf(record.values, head), context);
    if (edited.offContext() == OffContext::sentenceMean) {
        const RowVector<T> mean = context.colwise().mean();
        context.rowwise() = mean;
    }
}
} // namespace

template <class T>
MultiHeadAttention<T>::MultiHeadAttention(Projections projections, Index heads, Mask mask)
    : m_projections(std::move(projections)), m_heads(heads), m_mask(mask),
      m_score(DotProduct<T>::scaledFor(m_projections.query.outputs() / heads)) {}

template <class T>
void MultiHeadAttention<T>::pack() {
    m_projections.query.pack();
    m_projections.key.pack();
    m_projections.value.pack();
    m_projections.output.pack();
}

template <class T>
std::shared_ptr<BasicSiteRecord<T>>
MultiHeadAttention<T>::forwardRecorded(ConstMatrixView<T> x, MatrixView<T> y, const std::stop_token& stop,
                                       const SiteEdits& edits, BasicSiteDetail<T>* detail,
                                       EarlierSites<T> earlier) const {
    const Index n = x.rows(), width = m_projections.query.outputs();
    if (detail)
        beginDetail<T>(*detail, x, m_heads);
    auto record = std::make_shared<BasicSiteRecord<T>>();
    record->queries = Tensor<T>({m_heads, n, headWidth()});
    record->keys = Tensor<T>({m_heads, n, headWidth()});
    record->values = Tensor<T>({m_heads, n, headWidth()});
    record->scores = Tensor<T>({m_heads, n, n});
    record->weights = Tensor<T>({m_heads, n, n});
    record->context = Tensor<T>({m_heads, n, headWidth()});

    Matrix<T> queries(n, width), keys(n, width), values(n, width); // (n, D)
    m_projections.query.forward(x, queries);
    m_projections.key.forward(x, keys);
    m_projections.value.forward(x, values);
    Matrix<T> joined(n, width); // contexts of all heads side by side, (n, D)
    std::deque<EditedHead<T>> heads;
    const auto finish = [&](Index head) {
        contextOf<T>(heads[static_cast<size_t>(head)], *record, head, detail);
        joined.middleCols(head * headWidth(), headWidth()) = matrixOf(record->context, head);
    };
    const bool someBorrow = edits.has<BorrowedPattern>();
    for (Index head = 0; head < m_heads; ++head) {
        if (stop.stop_requested())
            throw Cancelled();
        copyHead(queries, head, record->queries);
        copyHead(keys, head, record->keys);
        copyHead(values, head, record->values);
        const EditedHead<T>& edited = heads.emplace_back(rule(), edits.of(static_cast<int>(head)));
        if (detail)
            detailedWeights<T>(edited.rule(), *record, head, *detail);
        else
            headWeights<T>(edited.rule(), matrixOf(record->queries, head), matrixOf(record->keys, head),
                           matrixOf(record->scores, head), matrixOf(record->weights, head));
        edited.replace(matrixOf(record->weights, head));
        edited.paint(matrixOf(record->weights, head));
        if (!someBorrow)
            finish(head);
    }
    if (someBorrow) {
        for (const Index head : borrowPatterns<T>(edits, earlier, *record))
            heads[static_cast<size_t>(head)].paint(matrixOf(record->weights, head));
        for (Index head = 0; head < m_heads; ++head)
            finish(head);
    }
    m_projections.output.forward(joined, y);
    if (detail) {
        detail->joined = tensorOf<T>(joined);
        detail->output = tensorOf<T>(Matrix<T>(y));
    }
    return record;
}

template <class T>
void MultiHeadAttention<T>::forward(ConstMatrixView<T> x, std::span<const Segment> segments,
                                    DropoutStream drop, Tape& tape, MatrixView<T> y) const {
    const Index rows = x.rows(), width = m_projections.query.outputs();
    for (Matrix<T>* matrix : {&tape.queries, &tape.keys, &tape.values, &tape.context})
        matrix->resize(rows, width);
    m_projections.query.forward(x, tape.queries);
    m_projections.key.forward(x, tape.keys);
    m_projections.value.forward(x, tape.values);

    tape.weights.resize(1, flatSize(segments, m_heads));
    forEachHead(segments, m_heads, [&](const Segment& segment, Index head, Index offset) {
        const Index n = segment.rows, left = head * headWidth();
        FlatView<T> weights(tape.weights.data() + offset, n, n); // first the scores, then the weights
        headWeights<T>(rule(), tape.queries.block(segment.begin, left, n, headWidth()),
                       tape.keys.block(segment.begin, left, n, headWidth()), weights, weights);
    });

    const bool dropped = drop.rate > 0;
    if (dropped) {
        tape.used = tape.weights;
        dropout<T>(drop.rate, drop.seed, tape.used, tape.factors);
    } else {
        tape.used.resize(0, 0);
        tape.factors.resize(0, 0);
    }
    const T* used = dropped ? tape.used.data() : tape.weights.data();
    forEachHead(segments, m_heads, [&](const Segment& segment, Index head, Index offset) {
        const Index n = segment.rows, left = head * headWidth();
        headContext<T>(ConstFlatView<T>(used + offset, n, n),
                       tape.values.block(segment.begin, left, n, headWidth()),
                       tape.context.block(segment.begin, left, n, headWidth()));
    });
    tape.speaking.clear();
    if (drop.nestedHeads > 0)
        for (size_t i = 0; i < segments.size(); ++i)
            tape.speaking.push_back(nestedDropout(drop.nestedHeads, dropoutStream(drop.seed, i), m_heads));
    silence(segments, tape.speaking, tape.context);
    m_projections.output.forward(tape.context, y);
}

template <class T>
void MultiHeadAttention<T>::silence(std::span<const Segment> segments, const std::vector<Index>& speaking,
                                    Matrix<T>& contexts) const {
    for (size_t i = 0; i < speaking.size(); ++i) {
        const Index left = speaking[i] * headWidth();
        contexts.block(segments[i].begin, left, segments[i].rows, contexts.cols() - left).setZero();
    }
}

template <class T>
void MultiHeadAttention<T>::backward(ConstMatrixView<T> x, std::span<const Segment> segments,
                                     const Tape& tape, ConstMatrixView<T> gradY, Matrix<T>& gradX,
                                     Gradients<T>& gradients) const {
    const Index rows = x.rows(), width = m_projections.query.outputs();
    Matrix<T> gradContext; // (rows, D)
    m_projections.output.backward(tape.context, gradY, &gradContext, gradients);
    silence(segments, tape.speaking, gradContext);

    Matrix<T> gradQueries(rows, width), gradKeys(rows, width), gradValues(rows, width); // (rows, D)
    Matrix<T> gradScores;                                                               // (n, n)
    const bool dropped = tape.used.size() > 0;
    const T* used = dropped ? tape.used.data() : tape.weights.data();
    forEachHead(segments, m_heads, [&](const Segment& segment, Index head, Index offset) {
        const Index n = segment.rows, left = head * headWidth();
        const auto block = [&](auto& matrix) { return matrix.block(segment.begin, left, n, headWidth()); };
        // context = used V
        gradScores.noalias() = block(gradContext) * block(tape.values).transpose();
        block(gradValues).noalias() = ConstFlatView<T>(used + offset, n, n).transpose() * block(gradContext);
        // used = weights * factors
        if (dropped)
            gradScores.array() *= ConstFlatView<T>(tape.factors.data() + offset, n, n).array();
        // weights = normalised scores
        m_normaliser.backward(ConstFlatView<T>(tape.weights.data() + offset, n, n), gradScores, gradScores);
        m_score.backward(block(tape.queries), block(tape.keys), gradScores, block(gradQueries),
                         block(gradKeys));
    });

    Matrix<T> part; // (rows, D)
    m_projections.query.backward(x, gradQueries, &gradX, gradients);
    m_projections.key.backward(x, gradKeys, &part, gradients);
    gradX += part;
    m_projections.value.backward(x, gradValues, &part, gradients);
    gradX += part;
}

template <class T>
double MultiHeadAttention<T>::directShares(ConstMatrixView<T> joined, const RowVector<double>& direction,
                                           std::vector<double>& heads) const {
    const Linear<T>& output = m_projections.output;
    const RowVector<double> read = direction * output.weight().template cast<double>(); // (D), of contexts
    heads.clear();
    for (Index head = 0; head < m_heads; ++head)
        heads.push_back(joined.row(0)
                            .segment(head * headWidth(), headWidth())
                            .template cast<double>()
                            .dot(read.segment(head * headWidth(), headWidth())));
    return output.bias() ? output.bias()->row(0).template cast<double>().dot(direction) : 0;
}

template <class T>
double MultiHeadAttention<T>::flops(std::span<const Segment> segments) const {
    double sum = 0;
    for (const Segment& segment : segments) {
        sum += 4 * m_projections.query.flops(segment.rows);
        sum += 4.0 * static_cast<double>(segment.rows * segment.rows * m_projections.query.outputs());
    }
    return sum;
}

template class MultiHeadAttention<float>;
template class MultiHeadAttention<double>;

} // namespace headlight
