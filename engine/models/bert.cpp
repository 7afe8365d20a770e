#include "engine/models/bert.h"

#include "engine/models/bert_network.h"

namespace headlight {

namespace {
class Bert final : public Model {
public:
    Bert(const ModelFolder& folder, const ModelOptions& options) : m_network(BertConfig::from(folder)) {
        m_network.read(folder.weights());
        m_shape = m_network.shape();
        m_backend = plainBackendName();
        const bool pack = options.backend == BackendChoice::packed ||
                          (options.backend == BackendChoice::automatic && packingWins());
        if (pack && !packedBackendName().empty()) {
            const BertConfig& config = m_network.config();
            m_network.pack();
            m_backend = packedBackendName();
            m_threads = packedThreads(config.maximumPositions, config.width, config.feedForward);
        }
    }

    const ModelShape& shape() const override { return m_shape; }
    std::string backend() const override { return m_backend; }
    int threads() const override { return m_threads; }
    double flops(int64_t tokens) const override { return m_network.flops(tokens); }
    Recording run(const ModelInput& input, const RecordPlan& plan, const RunControl& control) const override {
        return m_network.run(input, plan, control, control.layerFinished);
    }

private:
    BertNetwork<float> m_network;
    ModelShape m_shape;
    std::string m_backend;
    int m_threads = 1;
};
} // namespace

std::shared_ptr<const Model> loadBert(const ModelFolder& folder, const ModelOptions& options) {
    return std::make_shared<const Bert>(folder, options);
}

} // namespace headlight
