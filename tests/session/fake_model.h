#pragma once

#include "engine/core/errors.h"
#include "engine/models/model.h"
#include "engine/session/model_session.h"
#include "engine/text/tokenizer.h"

#include <functional>

namespace headlight {

/// Words between single spaces; each known word is one token, all others are [UNK]. [CLS] in front, [SEP]
/// behind.
class FakeTokenizer final : public Tokenizer {
public:
    std::vector<Token> pieces(std::string_view text) const override {
        std::vector<Token> tokens;
        for (size_t begin = 0; begin < text.size();) {
            const size_t end = std::min(text.find(' ', begin), text.size());
            if (end > begin) {
                Token token = special("[UNK]");
                const int known = id(text.substr(begin, end - begin));
                token.special = false;
                token.unknown = known < 0;
                if (known >= 0) {
                    token.id = known;
                    token.piece = std::string(piece(known));
                }
                token.bytes = {begin, end};
                token.word = static_cast<int>(tokens.size());
                tokens.push_back(token);
            }
            begin = end + 1;
        }
        return tokens;
    }
    Encoding encode(std::string_view text, std::string_view, size_t maximumTokens) const override {
        Encoding encoding;
        encoding.tokens = pieces(text);
        encoding.bytesRead = text.size();
        if (maximumTokens > 2 && encoding.tokens.size() > maximumTokens - 2) {
            encoding.tokens.resize(maximumTokens - 2);
            encoding.bytesRead = encoding.tokens.back().bytes.end;
            encoding.truncated = true;
        }
        encoding.tokens.insert(encoding.tokens.begin(), special("[CLS]"));
        encoding.tokens.push_back(special("[SEP]"));
        return encoding;
    }
    size_t vocabularySize() const override { return m_vocabulary.size(); }
    std::string_view piece(int id) const override {
        return id < 0 || id >= std::ssize(m_vocabulary) ? std::string_view{}
                                                        : m_vocabulary[static_cast<size_t>(id)];
    }
    int id(std::string_view piece) const override {
        for (size_t i = 0; i < m_vocabulary.size(); ++i)
            if (m_vocabulary[i] == piece)
                return static_cast<int>(i);
        return -1;
    }

private:
    Token special(std::string_view name) const {
        Token token;
        token.id = id(name);
        token.piece = name;
        token.special = true;
        return token;
    }
    std::vector<std::string_view> m_vocabulary{"[CLS]", "[SEP]", "[UNK]", "one", "two", "three"};
};

/// An encoder whose heads look at all tokens alike; `beforeLayer` may hold a pass up or cancel it.
class FakeModel final : public Model {
public:
    explicit FakeModel(int layers) {
        m_shape.family = "fake";
        m_shape.stacks = {{Stack::encoder, layers, 2, 2, 4, 8}};
        m_shape.vocabularySize = 6;
        m_shape.maximumTokens = 16;
    }
    std::function<void(int layer, std::stop_token stop)> beforeLayer = [](int, std::stop_token) {};

    const ModelShape& shape() const override { return m_shape; }
    std::string backend() const override { return "fake"; }
    int threads() const override { return 3; }
    Recording run(const ModelInput& input, const RecordPlan&, const RunControl& control) const override {
        const StackShape& stack = m_shape.stacks.front();
        const auto n = static_cast<int64_t>(input.ids.size());
        Recording recording;
        recording.stacks.resize(1);
        for (int layer = 0; layer < stack.layers; ++layer) {
            beforeLayer(layer, control.stop);
            if (control.stop.stop_requested())
                throw Cancelled();
            auto site = std::make_shared<SiteRecord>();
            site->layer = layer;
            site->scores = Tensor<float>({stack.heads, n, n});
            site->weights = Tensor<float>({stack.heads, n, n});
            for (float& weight : site->weights.values())
                weight = 1.0F / static_cast<float>(n);
            recording.stacks[0].sites.push_back(site);
            if (control.layerFinished)
                control.layerFinished(recording, layer + 1, stack.layers);
        }
        recording.logits = std::make_shared<Tensor<float>>(std::vector<int64_t>{n, m_shape.vocabularySize});
        return recording;
    }

private:
    ModelShape m_shape;
};

inline std::shared_ptr<const LoadedModel> loadedFake(std::shared_ptr<const Model> model) {
    auto loaded = std::make_shared<LoadedModel>();
    loaded->name = "fake";
    loaded->sha256 = "00ff";
    loaded->model = std::move(model);
    loaded->tokenizer = std::make_shared<FakeTokenizer>();
    return loaded;
}

} // namespace headlight
