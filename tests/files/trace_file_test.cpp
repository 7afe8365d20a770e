#include "engine/files/trace_file.h"
#include "tests/files/file_fixtures.h"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <limits>
#include <random>

using namespace headlight;
using namespace headlight::testing;

namespace {

Tensor<float> randomTensor(std::vector<int64_t> shape, std::mt19937& random) {
    Tensor<float> tensor(std::move(shape));
    std::normal_distribution<float> normal;
    for (float& value : tensor.values())
        value = normal(random);
    return tensor;
}

std::shared_ptr<const Tensor<float>> sharedTensor(std::vector<int64_t> shape, std::mt19937& random) {
    return std::make_shared<const Tensor<float>>(randomTensor(std::move(shape), random));
}

StackRecord randomStack(const StackShape& shape, int64_t n, int64_t m, std::mt19937& random) {
    StackRecord record;
    record.stack = shape.stack;
    for (int layer = 0; layer < shape.layers; ++layer) {
        SiteRecord site;
        site.stack = shape.stack;
        site.layer = layer;
        site.queries = randomTensor({shape.heads, n, shape.headWidth}, random);
        site.keys = randomTensor({shape.keyHeads, m, shape.headWidth}, random);
        site.values = randomTensor({shape.keyHeads, m, shape.headWidth}, random);
        site.scores = randomTensor({shape.heads, n, m}, random);
        site.scores.values().back() = -std::numeric_limits<float>::infinity(); // a masked cell
        site.weights = randomTensor({shape.heads, n, m}, random);
        site.weights.values().front() = -0.0F;
        site.weights.values().back() = std::numeric_limits<float>::denorm_min();
        site.context = randomTensor({shape.heads, n, shape.headWidth}, random);
        record.sites.push_back(std::make_shared<const SiteRecord>(std::move(site)));
    }
    for (int i = 0; i <= shape.layers; ++i)
        record.hidden.push_back(sharedTensor({n, shape.width}, random));
    return record;
}

Token token(int id, const char* piece, ByteRange bytes, int text, int word, bool special = false) {
    return {id, piece, bytes, text, word, special, false};
}

/// "[CLS] didn ' t [SEP] é [SEP]" with its pair; with a decoder also "<s> la".
Trace exampleTrace(bool withDecoder) {
    std::mt19937 random(1);
    Trace trace;
    trace.model = "reader";
    trace.modelSha256 = std::string(64, 'a');
    trace.text = "Didn't";
    trace.pairText = "é";
    trace.encoding.tokens = {token(2, "[CLS]", {}, 0, -1, true), token(50, "didn", {0, 4}, 0, 0),
                             token(51, "'", {4, 5}, 0, 1),       token(52, "t", {5, 6}, 0, 2),
                             token(3, "[SEP]", {}, 0, -1, true), token(1, "[UNK]", {0, 2}, 1, 3),
                             token(3, "[SEP]", {}, 1, -1, true)};
    trace.encoding.tokens[5].unknown = true;
    trace.encoding.bytesRead = 6;
    trace.encoding.pairBytesRead = 2;
    trace.workspace = R"({"format":"headlight-workspace"})";
    trace.cpu = "AVX2";
    trace.threads = 2;
    trace.backend = "plain (Eigen, AVX2)";
    trace.seconds = 0.00123456789;
    trace.shape = {"bert", {{Stack::encoder, 3, 4, 4, 2, 8}}, 11, 512, 12345};
    trace.recording.stacks.push_back(randomStack(trace.shape.stacks[0], 7, 7, random));
    int64_t rows = 7;
    if (withDecoder) {
        rows = 2;
        trace.targetText = "la";
        trace.targetEncoding.tokens = {token(0, "<s>", {}, 0, -1, true), token(7, "la", {0, 2}, 0, 0)};
        trace.targetEncoding.bytesRead = 2;
        trace.shape.stacks.push_back({Stack::decoder, 2, 4, 2, 2, 8});
        trace.shape.stacks.push_back({Stack::cross, 2, 4, 4, 2, 8});
        trace.recording.stacks.push_back(randomStack(trace.shape.stacks[1], 2, 2, random));
        trace.recording.stacks.push_back(randomStack(trace.shape.stacks[2], 2, 7, random));
        trace.recording.stacks[1].finalNorm = sharedTensor({2, 8}, random);
    }
    trace.recording.logits = sharedTensor({rows, 11}, random);
    return trace;
}

/// Equal shapes and equal bits.
bool same(const Tensor<float>& a, const Tensor<float>& b) {
    return a.shape() == b.shape() && a.size() == b.size() &&
           (a.empty() || std::memcmp(a.values().data(), b.values().data(), a.values().size_bytes()) == 0);
}
bool same(const std::shared_ptr<const Tensor<float>>& a, const std::shared_ptr<const Tensor<float>>& b) {
    return a && b ? same(*a, *b) : !a && !b;
}

/// The name of the first array that differs; empty when all bits are equal.
std::string firstDifference(const Recording& a, const Recording& b) {
    if (a.stacks.size() != b.stacks.size())
        return "number of stacks";
    for (size_t s = 0; s < a.stacks.size(); ++s) {
        const StackRecord &x = a.stacks[s], &y = b.stacks[s];
        const std::string name(toString(x.stack));
        if (x.stack != y.stack || x.sites.size() != y.sites.size() || x.hidden.size() != y.hidden.size())
            return name;
        for (size_t i = 0; i < x.sites.size(); ++i) {
            const SiteRecord &p = *x.sites[i], &q = *y.sites[i];
            if (p.stack != q.stack || p.layer != q.layer || !same(p.queries, q.queries) ||
                !same(p.keys, q.keys) || !same(p.values, q.values) || !same(p.scores, q.scores) ||
                !same(p.weights, q.weights) || !same(p.context, q.context))
                return name + " site " + std::to_string(i);
        }
        for (size_t i = 0; i < x.hidden.size(); ++i)
            if (!same(x.hidden[i], y.hidden[i]))
                return name + " hidden " + std::to_string(i);
        if (!same(x.finalNorm, y.finalNorm))
            return name + " final norm";
    }
    return same(a.logits, b.logits) ? "" : "logits";
}

bool same(const Encoding& a, const Encoding& b) {
    const auto equal = [](const Token& x, const Token& y) {
        return x.id == y.id && x.piece == y.piece && x.bytes == y.bytes && x.text == y.text &&
               x.word == y.word && x.special == y.special && x.unknown == y.unknown;
    };
    return std::equal(a.tokens.begin(), a.tokens.end(), b.tokens.begin(), b.tokens.end(), equal) &&
           a.bytesRead == b.bytesRead && a.pairBytesRead == b.pairBytesRead && a.truncated == b.truncated;
}

bool same(const StackShape& a, const StackShape& b) {
    return a.stack == b.stack && a.layers == b.layers && a.heads == b.heads && a.keyHeads == b.keyHeads &&
           a.headWidth == b.headWidth && a.width == b.width;
}

/// A foreign trace: metadata and zero-filled F32 tensors of the given shapes.
std::string foreign(const std::map<std::string, std::string>& metadata,
                    const std::vector<std::pair<std::string, std::vector<int64_t>>>& tensors) {
    SafetensorsWriter writer;
    for (const auto& [key, value] : metadata)
        writer.setMetadata(key, value);
    for (const auto& [name, shape] : tensors)
        writer.add(name, shape, std::vector<float>(Tensor<float>::count(shape)));
    const std::vector<std::byte> bytes = writer.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::shared_ptr<const Trace> readBytes(const std::string& bytes) {
    return readTrace(*SafetensorsFile::parse(bytesOf(bytes), "t.safetensors"));
}

} // namespace

class TraceFileTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }

private slots:
    void everyBitComesBack_data() {
        QTest::addColumn<bool>("withDecoder");
        QTest::newRow("encoder") << false;
        QTest::newRow("encoder and decoder, grouped keys") << true;
    }
    void everyBitComesBack() {
        QFETCH(bool, withDecoder);
        const Trace trace = exampleTrace(withDecoder);
        writeTraceFile(trace, path("t.safetensors"));
        const std::shared_ptr<const Trace> back = readTraceFile(path("t.safetensors"));
        QCOMPARE(firstDifference(trace.recording, back->recording), std::string());
        QVERIFY(same(trace.encoding, back->encoding));
        QVERIFY(same(trace.targetEncoding, back->targetEncoding));
        QCOMPARE(back->model, trace.model);
        QCOMPARE(back->modelSha256, trace.modelSha256);
        QCOMPARE(back->text, trace.text);
        QCOMPARE(back->pairText, trace.pairText);
        QCOMPARE(back->targetText, trace.targetText);
        QCOMPARE(back->workspace, trace.workspace);
        QCOMPARE(back->cpu, trace.cpu);
        QCOMPARE(back->threads, trace.threads);
        QCOMPARE(back->backend, trace.backend);
        QVERIFY(back->seconds == trace.seconds && !back->partial);
        QCOMPARE(back->shape.family, trace.shape.family);
        QCOMPARE(back->shape.vocabularySize, 11);
        QCOMPARE(back->shape.maximumTokens, 512);
        QCOMPARE(back->shape.parameters, int64_t{12345});
        QVERIFY(std::equal(back->shape.stacks.begin(), back->shape.stacks.end(), trace.shape.stacks.begin(),
                           trace.shape.stacks.end(),
                           [](const auto& a, const auto& b) { return same(a, b); }));
        QCOMPARE(back->spelling(back->tokens()[1]), std::string("Didn"));
        QCOMPARE(back->spelling(back->tokens()[5]), std::string("é"));
    }

    /// The comparison of the test above finds one changed bit in every kind of array.
    void theComparisonFindsOneChangedBit() {
        const Trace trace = exampleTrace(false);
        Trace changed = exampleTrace(false);
        auto site = std::make_shared<SiteRecord>(*changed.recording.stacks[0].sites[1]);
        site->keys.values()[3] = std::nextafter(site->keys.values()[3], 9.0F);
        changed.recording.stacks[0].sites[1] = site;
        QCOMPARE(firstDifference(trace.recording, changed.recording), std::string("encoder site 1"));
        changed.encoding.tokens[1].bytes.end = 3;
        QVERIFY(!same(trace.encoding, changed.encoding));
    }

    /// What other programs find in the file.
    void namesAndShapesAreTheDocumentedOnes() {
        writeTraceFile(exampleTrace(true), path("t.safetensors"));
        const auto file = SafetensorsFile::open(path("t.safetensors"));
        const std::map<std::string, std::vector<int64_t>> expected{{"encoder.weights", {3, 4, 7, 7}},
                                                                   {"encoder.scores", {3, 4, 7, 7}},
                                                                   {"encoder.queries", {3, 4, 7, 2}},
                                                                   {"encoder.keys", {3, 4, 7, 2}},
                                                                   {"encoder.values", {3, 4, 7, 2}},
                                                                   {"encoder.context", {3, 4, 7, 2}},
                                                                   {"encoder.hidden", {4, 7, 8}},
                                                                   {"decoder.weights", {2, 4, 2, 2}},
                                                                   {"decoder.scores", {2, 4, 2, 2}},
                                                                   {"decoder.queries", {2, 4, 2, 2}},
                                                                   {"decoder.keys", {2, 2, 2, 2}},
                                                                   {"decoder.values", {2, 2, 2, 2}},
                                                                   {"decoder.context", {2, 4, 2, 2}},
                                                                   {"decoder.hidden", {3, 2, 8}},
                                                                   {"decoder.final_norm", {2, 8}},
                                                                   {"cross.weights", {2, 4, 2, 7}},
                                                                   {"cross.scores", {2, 4, 2, 7}},
                                                                   {"cross.queries", {2, 4, 2, 2}},
                                                                   {"cross.keys", {2, 4, 7, 2}},
                                                                   {"cross.values", {2, 4, 7, 2}},
                                                                   {"cross.context", {2, 4, 2, 2}},
                                                                   {"cross.hidden", {3, 2, 8}},
                                                                   {"logits", {2, 11}}};
        QCOMPARE(file->tensors().size(), expected.size());
        for (const auto& [name, shape] : expected) {
            const auto found = file->tensors().find(name);
            QVERIFY2(found != file->tensors().end() && found->second.shape == shape &&
                         found->second.type == ElementType::f32,
                     name.c_str());
        }
        const auto& metadata = file->metadata();
        QCOMPARE(metadata.at("format"), std::string("headlight-trace"));
        QCOMPARE(metadata.at("version"), std::string("1"));
        QCOMPARE(metadata.at("threads"), std::string("2"));
        QCOMPARE(metadata.at("target_tokens"), std::string(R"(["<s>","la"])"));
        QCOMPARE(metadata.at("tokens"),
                 std::string("[\"[CLS]\",\"didn\",\"'\",\"t\",\"[SEP]\",\"[UNK]\",\"[SEP]\"]"));
        QCOMPARE(metadata.at("offsets"), std::string("[[0,0],[0,4],[4,5],[5,6],[0,0],[0,2],[0,0]]"));
        for (const char* key :
             {"model", "model_sha256", "text", "pair_text", "target_text", "workspace", "cpu", "backend"})
            QVERIFY2(metadata.contains(key), key);
    }

    void aPartialTraceAndOneOfWeightsAloneComeBack() {
        Trace trace = exampleTrace(false);
        StackRecord& stack = trace.recording.stacks[0];
        stack.sites.pop_back();
        stack.hidden.clear();
        for (auto& site : stack.sites) {
            auto bare = std::make_shared<SiteRecord>();
            bare->layer = site->layer;
            bare->weights = site->weights;
            bare->scores = site->scores;
            site = bare;
        }
        trace.recording.logits.reset();
        trace.partial = true;
        writeTraceFile(trace, path("partial.safetensors"));
        const std::shared_ptr<const Trace> back = readTraceFile(path("partial.safetensors"));
        QCOMPARE(firstDifference(trace.recording, back->recording), std::string());
        QVERIFY(back->partial);
        QCOMPARE(back->shape.stacks[0].layers, 3);
    }

    void layersOfDifferentShapesAreNotWritten() {
        Trace trace = exampleTrace(false);
        auto site = std::make_shared<SiteRecord>(*trace.recording.stacks[0].sites[1]);
        site->weights = Tensor<float>({2, 7, 7});
        trace.recording.stacks[0].sites[1] = site;
        QVERIFY_THROWS_EXCEPTION(RequestError, writeTraceFile(trace, path("uneven.safetensors")));
        QVERIFY(!QFile::exists(m_folder.filePath("uneven.safetensors")));
        Trace notUtf8 = exampleTrace(false);
        notUtf8.encoding.tokens[1].piece = "\xff";
        QVERIFY_THROWS_EXCEPTION(RequestError, writeTraceFile(notUtf8, path("bytes.safetensors")));
    }

    /// What a few lines of Python save is enough.
    void weightsAndTokensAreEnough() {
        const auto trace =
            readBytes(foreign({{"tokens", R"(["a","b","c"])"}}, {{"decoder.weights", {2, 4, 3, 3}}}));
        QCOMPARE(trace->layers(Stack::decoder), 2);
        QCOMPARE(trace->heads(Stack::decoder), 4);
        QCOMPARE(trace->spelling(trace->tokens()[1]), std::string("b"));
        QVERIFY(trace->site(Stack::decoder, 1)->scores.empty());
        QCOMPARE(trace->shape.stacks.size(), size_t{1});
        QCOMPARE(trace->shape.stacks[0].keyHeads, 4);
    }

    void whatDoesNotFitIsRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& bytes, const char* expected) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(expected);
        };
        using Metadata = std::map<std::string, std::string>;
        const Metadata ab{{"tokens", R"(["a","b"])"}};
        const auto with = [&](const char* key, const char* value) {
            Metadata metadata = ab;
            metadata[key] = value;
            return metadata;
        };
        const std::vector<std::pair<std::string, std::vector<int64_t>>> weights{
            {"encoder.weights", {1, 2, 2, 2}}};
        const auto also = [&](const char* name, std::vector<int64_t> shape) {
            auto tensors = weights;
            tensors.emplace_back(name, std::move(shape));
            return tensors;
        };
        row("no weights", foreign(ab, {{"logits", {2, 5}}}), "none of the tensors encoder.weights");
        row("a model", foreign({{"format", "pt"}}, {{"w", {2}}}), "format is \"pt\"");
        row("newer", foreign(with("version", "2"), weights), "newer Headlight (trace version 2");
        row("version word", foreign(with("version", "two"), weights), "\"version\" is \"two\"");
        row("threads", foreign(with("threads", "0"), weights), "\"threads\" is \"0\"");
        row("seconds", foreign(with("seconds", "-1"), weights), "\"seconds\" is \"-1\"");
        row("no tokens", foreign({}, weights), "has no tokens");
        row("empty tokens", foreign({{"tokens", "[]"}}, weights), "has no tokens");
        row("tokens no JSON", foreign({{"tokens", "a b"}}, weights), "not valid JSON");
        row("tokens of numbers", foreign({{"tokens", "[1,2]"}}, weights), "not a list of strings");
        row("too few weights", foreign({{"tokens", R"(["a","b","c"])"}}, weights),
            "\"encoder.weights\" has the shape (1, 2, 2, 2), expected is (any, any, 3, 3)");
        row("three dimensions", foreign(ab, {{"encoder.weights", {2, 2, 2}}}),
            "expected is (any, any, 2, 2)");
        row("no layers", foreign(ab, {{"encoder.weights", {0, 2, 2, 2}}}), "expected is (any, any, 2, 2)");
        row("many layers", foreign({{"tokens", R"(["a"])"}}, {{"encoder.weights", {10'001, 1, 1, 1}}}),
            "at most 10000");
        row("scores", foreign(ab, also("encoder.scores", {1, 1, 2, 2})),
            "\"encoder.scores\" has the shape (1, 1, 2, 2)");
        row("queries", foreign(ab, also("encoder.queries", {1, 2, 3, 4})), "expected is (1, 2, 2, any)");
        row("key heads", foreign(ab, also("encoder.keys", {1, 3, 2, 4})), "3 key heads");
        row("hidden", foreign(ab, also("encoder.hidden", {1, 2, 4})), "expected is (2, 2, any)");
        row("final norm", foreign(ab, also("encoder.final_norm", {3, 4})), "expected is (2, any)");
        row("logits", foreign(ab, also("logits", {3, 4})), "expected is (2, any)");
        row("cross without target", foreign(ab, {{"cross.weights", {1, 1, 3, 2}}}),
            "expected is (any, any, 2, 2)");
        row("too few offsets", foreign(with("offsets", "[[0,0]]"), weights), "each of its 2 tokens");
        row("offsets outside", foreign(with("offsets", "[[0,0],[0,1]]"), weights), "token 1");
        row("offsets backwards", foreign(with("offsets", "[[0,0],[0,-1]]"), weights), "token 1");
        row("text number", foreign(with("texts", "[0,2]"), weights), "token 1");
        row("huge id", foreign(with("ids", "[0,18446744073709551615]"), weights), "token 1");
        row("special", foreign(with("special", "[0,1]"), weights), "token 0");
        row("reading", foreign(with("reading", R"({"bytes":1})"), weights), "\"reading\"");
        row("shape no object", foreign(with("model_shape", "[]"), weights), "\"model_shape\"");
        row("shape without stack", foreign(with("model_shape", R"({"family":"x","stacks":[{}]})"), weights),
            "\"model_shape\"");
        row("other shape",
            foreign(
                with(
                    "model_shape",
                    R"({"family":"x","vocabulary_size":0,"maximum_tokens":0,"parameters":0,"stacks":[{"stack":)"
                    R"("encoder","layers":1,"heads":3,"key_heads":3,"head_width":1,"width":1}]})"),
                weights),
            "does not agree");
    }
    void whatDoesNotFitIsRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const std::string said = refusal([&] { readBytes(bytes.toStdString()); });
        QVERIFY2(isSentenceAbout(said, "t.safetensors") && QString::fromStdString(said).contains(expected),
                 said.c_str());
    }

    void weightsThatAreNotNumbersAreRefused() {
        SafetensorsWriter writer;
        writer.setMetadata("tokens", R"(["a"])");
        writer.add("encoder.weights", {2, 1, 1, 1},
                   std::array{1.0F, std::numeric_limits<float>::quiet_NaN()});
        const std::vector<std::byte> bytes = writer.bytes();
        const auto file = SafetensorsFile::parse(bytes, "t.safetensors");
        QVERIFY(isSentenceAbout(refusal([&] { readTrace(*file); }), "encoder.weights"));
    }

    void everyTruncationIsRefused() {
        const std::string whole = foreign({{"tokens", R"(["a","b"])"}}, {{"encoder.weights", {1, 1, 2, 2}}});
        QVERIFY(readBytes(whole));
        for (size_t length = 0; length < whole.size(); ++length)
            QVERIFY(isSentenceAbout(refusal([&] { readBytes(whole.substr(0, length)); }), "t.safetensors"));
    }
};

QTEST_APPLESS_MAIN(TraceFileTest)
#include "trace_file_test.moc"
