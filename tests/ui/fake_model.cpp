#include "tests/ui/fake_model.h"

#include "engine/core/errors.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>

namespace headlight {

namespace {
const std::vector<std::string>& vocabulary() {
    static const std::vector<std::string> pieces{
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "it", "animal",  "street", "the",  "was",  "too",
        "tired", "cross", "didn",  "'",     "t",  "because", ".",      "wide", "fail", "dog"};
    return pieces;
}

bool isWordByte(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x80 || std::isalnum(byte) != 0;
}

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& letter : result)
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return result;
}

class FakeTokenizer : public Tokenizer {
public:
    std::vector<Token> pieces(std::string_view text) const override {
        std::vector<Token> tokens;
        int word = 0;
        for (size_t begin = 0; begin < text.size();) {
            if (std::isspace(static_cast<unsigned char>(text[begin])) != 0) {
                ++begin;
                continue;
            }
            size_t end = begin + 1;
            while (isWordByte(text[begin]) && end < text.size() && isWordByte(text[end]))
                ++end;
            size_t cut = end - begin > 8 ? begin + 5 : end;
            while (cut < end && (static_cast<unsigned char>(text[cut]) & 0xc0U) == 0x80U)
                ++cut;
            add(tokens, text, {begin, cut}, word);
            if (cut < end)
                add(tokens, text, {cut, end}, word);
            ++word;
            begin = end;
        }
        return tokens;
    }

    Encoding encode(std::string_view text, std::string_view, size_t maximumTokens) const override {
        Encoding encoding;
        encoding.bytesRead = text.size();
        std::vector<Token> read = pieces(text);
        const size_t room = maximumTokens - 2;
        if (read.size() > room) {
            encoding.truncated = true;
            encoding.bytesRead = read[room].bytes.begin;
            read.resize(room);
        }
        encoding.tokens.push_back(added("[CLS]"));
        encoding.tokens.insert(encoding.tokens.end(), read.begin(), read.end());
        encoding.tokens.push_back(added("[SEP]"));
        return encoding;
    }

    size_t vocabularySize() const override { return vocabulary().size(); }
    std::string_view piece(int id) const override {
        return id >= 0 && static_cast<size_t>(id) < vocabulary().size()
                   ? std::string_view(vocabulary()[static_cast<size_t>(id)])
                   : std::string_view();
    }
    int id(std::string_view piece) const override {
        const auto found = std::find(vocabulary().begin(), vocabulary().end(), piece);
        return found == vocabulary().end() ? -1 : static_cast<int>(found - vocabulary().begin());
    }

private:
    void add(std::vector<Token>& tokens, std::string_view text, ByteRange bytes, int word) const {
        Token token;
        token.piece = lowered(text.substr(bytes.begin, bytes.size()));
        token.id = std::max(1, id(token.piece));
        token.unknown = token.id == 1;
        token.bytes = bytes;
        token.word = word;
        tokens.push_back(token);
    }
    Token added(const char* piece) const {
        Token token;
        token.piece = piece;
        token.id = id(piece);
        token.special = true;
        return token;
    }
};

class FakeNetwork : public Model {
public:
    FakeNetwork(int layers, int heads, int tokens) {
        m_shape.family = "fake";
        m_shape.stacks.push_back({Stack::encoder, layers, heads, heads, 4, 16});
        m_shape.vocabularySize = static_cast<int>(vocabulary().size());
        m_shape.maximumTokens = tokens;
    }
    const ModelShape& shape() const override { return m_shape; }
    std::string backend() const override { return "fake"; }

    Recording run(const ModelInput& input, const RecordPlan&, const RunControl&) const override {
        if (std::find(input.ids.begin(), input.ids.end(), 18) != input.ids.end())
            throw RequestError("The text has the word \"fail\"; take it out.");
        const StackShape& stack = m_shape.stacks.front();
        const auto n = static_cast<int64_t>(input.ids.size());
        Recording recording;
        recording.stacks.push_back({Stack::encoder, {}, {}, nullptr});
        for (int layer = 0; layer < stack.layers; ++layer) {
            auto site = std::make_shared<SiteRecord>();
            site->layer = layer;
            site->scores = Tensor<float>({stack.heads, n, n});
            site->weights = Tensor<float>({stack.heads, n, n});
            for (int head = 0; head < stack.heads; ++head)
                for (int64_t query = 0; query < n; ++query)
                    fillRow(*site, head, query, input.ids);
            recording.stacks.front().sites.push_back(std::move(site));
        }
        auto logits = std::make_shared<Tensor<float>>(std::vector<int64_t>{n, m_shape.vocabularySize});
        for (int64_t row = 0; row < n; ++row) {
            const int id = input.ids[static_cast<size_t>(row)];
            logits->at(row, id == 4 ? 5 : id) = 6;
            logits->at(row, 6) = id == 6 ? 6 : 2;
        }
        recording.logits = logits;
        return recording;
    }

private:
    static float score(int layer, int head, int64_t query, int64_t key, const std::vector<int>& ids) {
        const auto distance = static_cast<double>(key - query);
        if (layer == 2 && head == 2 && ids[static_cast<size_t>(query)] == 4)
            return ids[static_cast<size_t>(key)] == 5 ? 8.0F : 0.5F - 0.25F * static_cast<float>(key % 5);
        const std::array<double, 4> wanted{0, -1, 1, -2};
        const double away = distance - wanted[static_cast<size_t>(head % 4)];
        return static_cast<float>((3.5 - layer) * std::exp(-0.5 * away * away / (1 + layer)) +
                                  0.3 * std::sin(3.0 * key + head));
    }
    static void fillRow(SiteRecord& site, int head, int64_t query, const std::vector<int>& ids) {
        const std::span<float> scores = site.scores.row(head, query);
        const std::span<float> weights = site.weights.row(head, query);
        float sum = 0;
        for (size_t key = 0; key < scores.size(); ++key) {
            scores[key] = score(site.layer, head, query, static_cast<int64_t>(key), ids);
            weights[key] = std::exp(scores[key]);
            sum += weights[key];
        }
        for (float& weight : weights)
            weight /= sum;
    }

    ModelShape m_shape;
};
} // namespace

std::shared_ptr<const LoadedModel> fakeModel(const std::string& name, int layers, int heads, int tokens) {
    auto loaded = std::make_shared<LoadedModel>();
    loaded->name = name;
    loaded->model = std::make_shared<const FakeNetwork>(layers, heads, tokens);
    loaded->tokenizer = std::make_shared<const FakeTokenizer>();
    loaded->notes.description = "A model for tests";
    loaded->notes.exampleText = animalSentence;
    loaded->notes.exampleQuery = "it";
    loaded->notes.exampleHead = "encoder.2.head.2";
    return loaded;
}

std::shared_ptr<const Trace> fakeTrace(const std::string& text) {
    RunRequest request;
    request.text = text;
    return ModelSession(fakeModel()).run(request, {}).trace;
}

} // namespace headlight
