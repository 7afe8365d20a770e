#include "engine/models/bert.h"

#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/models/bert_network.h"
#include "engine/models/position_table.h"

#include <algorithm>
#include <utility>

namespace headlight {

namespace {
std::string shapeText(const std::vector<int64_t>& shape) {
    std::string text;
    for (int64_t extent : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(extent);
    return "(" + text + ")";
}

void requireShape(const SafetensorsFile& file, const std::string& tensor, const std::vector<int64_t>& shape) {
    const auto found = file.tensors().find(tensor);
    if (found == file.tensors().end())
        throw FileError(file.name(), "the tensor " + tensor + " is missing; config.json says it has shape " +
                                         shapeText(shape));
    if (found->second.shape != shape)
        throw FileError(file.name(), tensor + " has shape " + shapeText(found->second.shape) +
                                         ", but config.json says " + shapeText(shape));
}

/// The tensors that decide how much memory the network takes, compared with the file before any of it is
/// taken: what config.json claims costs nothing to write, what the weight file holds does.
BertConfig checkedConfig(const ModelFolder& folder) {
    const BertConfig config = BertConfig::from(folder);
    const SafetensorsFile& file = folder.weights();
    const std::string embeddings = "bert.embeddings.";
    requireShape(file, embeddings + "word_embeddings.weight", {config.vocabularySize, config.width});
    requireShape(file, embeddings + "position_embeddings.weight", {config.maximumPositions, config.width});
    requireShape(file, embeddings + "token_type_embeddings.weight", {config.typeVocabulary, config.width});
    for (int layer = 0; layer < config.layers; ++layer) {
        const std::string prefix = "bert.encoder.layer." + std::to_string(layer);
        requireShape(file, prefix + ".attention.self.query.weight", {config.width, config.width});
        requireShape(file, prefix + ".intermediate.dense.weight", {config.feedForward, config.width});
    }
    return config;
}

ParameterView viewOf(const BertNetwork<float>& network, const std::string& name) {
    for (const Parameter<float>* parameter : network.parameters())
        if (parameter->name == name)
            return {parameter->value.data(), parameter->value.rows(), parameter->value.cols(), name};
    return {};
}

SiteParameters siteParameters(const BertNetwork<float>& network, int layer) {
    const std::string prefix = "bert.encoder.layer." + std::to_string(layer) + ".attention.";
    const auto view = [&](const char* name) { return viewOf(network, prefix + name); };
    SiteParameters site;
    site.queryWeight = view("self.query.weight");
    site.queryBias = view("self.query.bias");
    site.keyWeight = view("self.key.weight");
    site.keyBias = view("self.key.bias");
    site.valueWeight = view("self.value.weight");
    site.valueBias = view("self.value.bias");
    site.outputWeight = view("output.dense.weight");
    site.outputBias = view("output.dense.bias");
    site.normGain = view("output.LayerNorm.weight");
    site.normBias = view("output.LayerNorm.bias");
    site.normEps = network.config().layerNormEps;
    return site;
}

class Bert final : public Model, public HasPositionTable {
public:
    Bert(const ModelFolder& folder, const ModelOptions& options) : m_network(checkedConfig(folder)) {
        m_network.read(folder.weights());
        m_shape = m_network.shape();
        for (int layer = 0; layer < m_network.config().layers; ++layer)
            m_sites.push_back(siteParameters(m_network, layer));
        m_backend = plainBackendName();
        const bool pack = options.backend == BackendChoice::packed ||
                          (options.backend == BackendChoice::automatic && packingWins());
        if (pack && !packedBackendName().empty()) {
            const BertConfig& config = m_network.config();
            m_network.pack();
            m_backend = packedBackendName();
            m_threads = packedThreads(config.maximumPositions + minimumRows * 4, config.width,
                                      std::max(config.feedForward, config.vocabularySize));
        }
    }

    const ModelShape& shape() const override { return m_shape; }
    std::string backend() const override { return m_backend; }
    int threads() const override { return m_threads; }
    double flops(int64_t tokens) const override { return m_network.flops(tokens); }
    SiteParameters parameters(Stack stack, int layer) const override {
        const bool known = stack == Stack::encoder && layer >= 0 && std::cmp_less(layer, m_sites.size());
        return known ? m_sites[static_cast<size_t>(layer)] : SiteParameters();
    }
    ParameterView positionTable() const override {
        return viewOf(m_network, "bert.embeddings.position_embeddings.weight");
    }
    Tensor<float> readOut(const Tensor<float>& hidden) const override {
        if (hidden.empty() || hidden.dimension(1) != m_network.config().width)
            return {};
        return tensorOf<float>(m_network.readOut(matrixOf(hidden)));
    }
    std::optional<DirectPaths> directPaths(const Recording& recording, int position, int id) const override {
        return m_network.directPaths(recording, position, id);
    }
    Recording run(const ModelInput& input, const RecordPlan& plan, const RunControl& control) const override {
        return m_network.run(input, plan, control, control.layerFinished);
    }

private:
    BertNetwork<float> m_network;
    ModelShape m_shape;
    std::vector<SiteParameters> m_sites; ///< one a layer
    std::string m_backend;
    int m_threads = 1;
};
} // namespace

std::shared_ptr<const Model> loadBert(const ModelFolder& folder, const ModelOptions& options) {
    return std::make_shared<const Bert>(folder, options);
}

} // namespace headlight
