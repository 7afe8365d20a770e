#include "engine/files/trace_file.h"

#include "engine/core/errors.h"
#include "engine/files/shown.h"
#include "engine/files/trace_details.h"
#include "engine/files/trace_metadata.h"

#include <algorithm>
#include <array>
#include <limits>

namespace headlight {

namespace {

using Shape = std::vector<int64_t>;
constexpr int64_t mostLayers = 10'000;

using SiteMember = Tensor<float> SiteRecord::*;

/// The arrays of a site that are stacked over the layers: (L, ...).
struct SiteArray {
    std::string_view name;
    SiteMember member;
};
constexpr std::array siteArrays{
    SiteArray{"weights", &SiteRecord::weights}, SiteArray{"scores", &SiteRecord::scores},
    SiteArray{"queries", &SiteRecord::queries}, SiteArray{"keys", &SiteRecord::keys},
    SiteArray{"values", &SiteRecord::values},   SiteArray{"context", &SiteRecord::context}};

std::string tensorName(Stack stack, std::string_view name) {
    return std::string(toString(stack)) + "." + std::string(name);
}

/// Arrays of one shape, written as one tensor with one more dimension in front. Nothing where the arrays are
/// empty.
void addStacked(SafetensorsWriter& writer, const std::string& name,
                const std::vector<const Tensor<float>*>& layers) {
    if (std::all_of(layers.begin(), layers.end(), [](const Tensor<float>* layer) { return layer->empty(); }))
        return;
    Shape shape{static_cast<int64_t>(layers.size())};
    shape.insert(shape.end(), layers.front()->shape().begin(), layers.front()->shape().end());
    std::vector<std::span<const float>> pieces;
    for (const Tensor<float>* layer : layers) {
        if (layer->shape() != layers.front()->shape())
            throw RequestError("A trace can be written only when all layers of a stack have one shape; " +
                               shown(name) + " has " + shown(layers.front()->shape()) + " and " +
                               shown(layer->shape()));
        pieces.push_back(layer->values());
    }
    writer.addReferenced(name, shape, pieces);
}

void addStack(SafetensorsWriter& writer, const StackRecord& record) {
    for (const SiteArray& array : siteArrays) {
        std::vector<const Tensor<float>*> layers;
        for (const auto& site : record.sites)
            layers.push_back(&(site.get()->*array.member));
        addStacked(writer, tensorName(record.stack, array.name), layers);
    }
    eachDetailArray(record, [&](std::string_view name, const std::vector<const Tensor<float>*>& layers) {
        addStacked(writer, tensorName(record.stack, name), layers);
    });
    std::vector<const Tensor<float>*> hidden;
    for (const auto& layer : record.hidden)
        hidden.push_back(layer.get());
    addStacked(writer, tensorName(record.stack, "hidden"), hidden);
    if (record.finalNorm)
        writer.addReferenced(tensorName(record.stack, "final_norm"), record.finalNorm->shape(),
                             {record.finalNorm->values()});
}

class RecordingReader {
public:
    RecordingReader(const SafetensorsFile& file, Trace& trace) : m_file(file), m_trace(trace) {}

    void read() {
        const bool hasTarget = !m_trace.targetEncoding.tokens.empty();
        const auto source = static_cast<int64_t>(m_trace.encoding.tokens.size());
        const auto target = static_cast<int64_t>(m_trace.targetEncoding.tokens.size());
        const int64_t decoded = hasTarget ? target : source;
        readStack(Stack::encoder, source, source);
        readStack(Stack::decoder, decoded, decoded);
        readStack(Stack::cross, decoded, source);
        if (m_trace.recording.stacks.empty())
            fail("is not a trace: it has none of the tensors encoder.weights, decoder.weights and "
                 "cross.weights");
        readLogits(m_file.contains("decoder.weights") ? decoded : source);
    }

private:
    [[noreturn]] void fail(const std::string& problem) const { throw FileError(m_file.name(), problem); }

    const Shape& shapeOf(const std::string& tensor) const {
        return m_file.tensors().find(tensor)->second.shape;
    }

    /// -1 in `expected` stands for any extent from 1 on; its meaning is in `words`: "(L, H, n, d_head)".
    Shape checkedShape(const std::string& tensor, const Shape& expected, const std::string& words) const {
        const Shape& found = shapeOf(tensor);
        bool good = found.size() == expected.size();
        for (size_t i = 0; good && i < found.size(); ++i)
            good = expected[i] < 0 ? found[i] >= 1 && found[i] <= std::numeric_limits<int>::max()
                                   : found[i] == expected[i];
        if (!good) {
            std::string wanted = "(";
            for (size_t i = 0; i < expected.size(); ++i)
                wanted += (i == 0 ? "" : ", ") +
                          (expected[i] < 0 ? std::string("any") : std::to_string(expected[i]));
            fail("tensor " + shown(tensor) + " has the shape " + shown(found) + ", expected is " + wanted +
                 ") = " + words);
        }
        return found;
    }

    void readStack(Stack stack, int64_t queries, int64_t keys) {
        const std::string weights = tensorName(stack, "weights");
        if (!m_file.contains(weights))
            return;
        const Shape shape =
            checkedShape(weights, {-1, -1, queries, keys}, "(layers, heads, query tokens, key tokens)");
        if (shape[0] > mostLayers)
            fail("tensor " + shown(weights) + " has " + std::to_string(shape[0]) + " layers, at most " +
                 std::to_string(mostLayers) + " are read");
        StackShape found = stackShape(stack, shape);
        std::vector<SiteRecord> sites(static_cast<size_t>(found.layers));
        for (const SiteArray& array : siteArrays) {
            const std::string tensor = tensorName(stack, array.name);
            if (!m_file.contains(tensor))
                continue;
            checkSiteArray(array.name, tensor, shape, found);
            for (size_t layer = 0; layer < sites.size(); ++layer)
                sites[layer].*array.member = m_file.readSlice(tensor, static_cast<int64_t>(layer),
                                                              array.member != &SiteRecord::weights);
        }

        readDetails(
            m_file, stack, shape,
            [this](const std::string& tensor, const Shape& expected, const std::string& words) {
                return checkedShape(tensor, expected, words);
            },
            sites);

        StackRecord record;
        record.stack = stack;
        for (size_t layer = 0; layer < sites.size(); ++layer) {
            sites[layer].stack = stack;
            sites[layer].layer = static_cast<int>(layer);
            record.sites.push_back(std::make_shared<const SiteRecord>(std::move(sites[layer])));
        }
        readResidual(stack, queries, found, record);
        m_trace.recording.stacks.push_back(std::move(record));
        mergeShape(found);
    }

    static StackShape stackShape(Stack stack, const Shape& weights) {
        StackShape shape;
        shape.stack = stack;
        shape.layers = static_cast<int>(weights[0]);
        shape.heads = static_cast<int>(weights[1]);
        return shape;
    }

    /// `weights` is (L, H, n, m). Learns the number of key heads and the head width.
    void checkSiteArray(std::string_view name, const std::string& tensor, const Shape& weights,
                        StackShape& found) {
        if (name == "weights")
            return;
        if (name == "scores") {
            checkedShape(tensor, weights, "the shape of the weights");
            return;
        }
        if (name == "queries" || name == "context") {
            const Shape shape = checkedShape(tensor, {weights[0], weights[1], weights[2], -1},
                                             "(layers, heads, query tokens, d_head)");
            if (name == "queries")
                found.headWidth = static_cast<int>(shape[3]);
            return;
        }
        const int64_t width = name == "keys" && found.headWidth > 0 ? found.headWidth : -1;
        const int64_t heads = found.keyHeads > 0 ? found.keyHeads : -1;
        const Shape shape = checkedShape(tensor, {weights[0], heads, weights[3], width},
                                         "(layers, key heads, key tokens, d_head)");
        if (weights[1] % shape[1] != 0)
            fail("tensor " + shown(tensor) + " has " + std::to_string(shape[1]) +
                 " key heads, which do not divide the " + std::to_string(weights[1]) + " heads");
        found.keyHeads = static_cast<int>(shape[1]);
    }

    void readResidual(Stack stack, int64_t tokens, StackShape& found, StackRecord& record) const {
        const std::string hidden = tensorName(stack, "hidden");
        if (m_file.contains(hidden)) {
            const Shape shape =
                checkedShape(hidden, {found.layers + int64_t{1}, tokens, -1}, "(layers + 1, tokens, width)");
            found.width = static_cast<int>(shape[2]);
            for (int64_t i = 0; i < shape[0]; ++i)
                record.hidden.push_back(
                    std::make_shared<const Tensor<float>>(m_file.readSlice(hidden, i, true)));
        }
        const std::string norm = tensorName(stack, "final_norm");
        if (m_file.contains(norm)) {
            checkedShape(norm, {tokens, found.width > 0 ? found.width : -1}, "(tokens, width)");
            record.finalNorm = std::make_shared<const Tensor<float>>(m_file.read(norm, {}, true));
        }
    }

    void readLogits(int64_t tokens) {
        if (!m_file.contains("logits"))
            return;
        const int64_t vocabulary = m_trace.shape.vocabularySize > 0 ? m_trace.shape.vocabularySize : -1;
        const Shape shape = checkedShape("logits", {tokens, vocabulary}, "(tokens, vocabulary)");
        m_trace.shape.vocabularySize = static_cast<int>(shape[1]);
        m_trace.recording.logits = std::make_shared<const Tensor<float>>(m_file.read("logits", {}, true));
    }

    /// A file that states the model's shape must agree with its arrays; one that does not has the shape that
    /// they tell.
    void mergeShape(const StackShape& found) {
        const StackShape* stated = m_trace.shape.find(found.stack);
        if (!stated) {
            StackShape shape = found;
            if (shape.keyHeads == 0)
                shape.keyHeads = shape.heads;
            m_trace.shape.stacks.push_back(shape);
            return;
        }
        const auto differ = [](int arrays, int metadata) { return arrays != 0 && arrays != metadata; };
        if (found.layers > stated->layers || (found.layers < stated->layers && !m_trace.partial) ||
            found.heads != stated->heads || differ(found.keyHeads, stated->keyHeads) ||
            differ(found.headWidth, stated->headWidth) || differ(found.width, stated->width))
            fail("its metadata \"model_shape\" does not agree with the shapes of its " +
                 std::string(toString(found.stack)) + " tensors");
    }

    const SafetensorsFile& m_file;
    Trace& m_trace;
};

} // namespace

void writeTraceFile(const Trace& trace, const std::filesystem::path& path) {
    SafetensorsWriter writer;
    writeTraceMetadata(trace, writer);
    for (const StackRecord& stack : trace.recording.stacks)
        addStack(writer, stack);
    if (const auto& logits = trace.recording.logits)
        writer.addReferenced("logits", logits->shape(), {logits->values()});
    writer.write(path);
}

std::shared_ptr<const Trace> readTrace(const SafetensorsFile& file) {
    auto trace = std::make_shared<Trace>();
    readTraceMetadata(file, *trace);
    RecordingReader(file, *trace).read();
    return trace;
}

std::shared_ptr<const Trace> readTraceFile(const std::filesystem::path& path) {
    return readTrace(*SafetensorsFile::open(path));
}

} // namespace headlight
