#include "engine/core/errors.h"
#include "engine/files/trace_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace headlight;

namespace {
constexpr int64_t layers = 2, heads = 2, n = 3, d = 2, width = 5;

Tensor<float> numbered(std::vector<int64_t> shape, float first) {
    Tensor<float> tensor(std::move(shape));
    for (float& value : tensor.values())
        value = first++;
    return tensor;
}

SiteDetail detailOf(float from) {
    SiteDetail detail;
    detail.input = numbered({n, width}, from);
    detail.scale = numbered({heads}, from + 1);
    detail.temperature = numbered({heads}, from + 2);
    detail.normalisers = {"softmax", "softmax"};
    detail.dots = numbered({heads, n, n}, from + 3);
    detail.scaled = numbered({heads, n, n}, from + 4);
    detail.maximum = numbered({heads, n}, from + 5);
    detail.shifted = numbered({heads, n, n}, from + 6);
    detail.shifted.at(0, 0, 1) = -std::numeric_limits<float>::infinity();
    detail.exponentials = numbered({heads, n, n}, from + 7);
    detail.rowSum = numbered({heads, n}, from + 8);
    detail.joined = numbered({n, heads * d}, from + 9);
    detail.output = numbered({n, width}, from + 10);
    detail.residual = numbered({n, width}, from + 11);
    return detail;
}

Trace traceWith(const std::vector<SiteDetail>& details) {
    Trace trace;
    trace.text = "abc";
    for (size_t i = 0; i < 3; ++i) {
        Token token;
        token.piece = std::string(1, static_cast<char>('a' + i));
        token.bytes = {i, i + 1};
        trace.encoding.tokens.push_back(token);
    }
    trace.encoding.bytesRead = 3;
    StackRecord stack;
    for (int layer = 0; layer < layers; ++layer) {
        SiteRecord site;
        site.layer = layer;
        site.weights = numbered({heads, n, n}, 0);
        site.scores = numbered({heads, n, n}, 1);
        site.queries = numbered({heads, n, d}, 2);
        site.keys = numbered({heads, n, d}, 3);
        site.values = numbered({heads, n, d}, 4);
        site.context = numbered({heads, n, d}, 5);
        if (static_cast<size_t>(layer) < details.size())
            site.detail = std::make_shared<const SiteDetail>(details[static_cast<size_t>(layer)]);
        stack.sites.push_back(std::make_shared<const SiteRecord>(std::move(site)));
    }
    trace.recording.stacks.push_back(std::move(stack));
    return trace;
}

std::shared_ptr<const Trace> roundTrip(const Trace& trace) {
    const QTemporaryDir folder;
    const auto path = folder.filePath("t.safetensors").toStdString();
    writeTraceFile(trace, path);
    return readTraceFile(path);
}

bool same(const Tensor<float>& a, const Tensor<float>& b) {
    return a.shape() == b.shape() && std::equal(a.values().begin(), a.values().end(), b.values().begin());
}
} // namespace

class TraceDetailsTest : public QObject {
    Q_OBJECT

private slots:
    void detailsComeBack() {
        std::vector<SiteDetail> details{detailOf(100), detailOf(200)};
        for (SiteDetail& detail : details)
            detail.normed = numbered({n, width}, 7);
        const auto read = roundTrip(traceWith(details));
        for (int layer = 0; layer < layers; ++layer) {
            const SiteDetail& before = details[static_cast<size_t>(layer)];
            const auto after = read->site(Stack::encoder, layer)->detail;
            QVERIFY(after);
            for (const auto member :
                 {&SiteDetail::input, &SiteDetail::scale, &SiteDetail::temperature, &SiteDetail::dots,
                  &SiteDetail::scaled, &SiteDetail::positionBias, &SiteDetail::maximum, &SiteDetail::shifted,
                  &SiteDetail::exponentials, &SiteDetail::rowSum, &SiteDetail::joined, &SiteDetail::output,
                  &SiteDetail::residual, &SiteDetail::normed})
                QVERIFY(same(before.*member, (*after).*member));
            QCOMPARE(after->normalisers, before.normalisers);
            QVERIFY(after->switchedOff.empty());
        }
    }

    void aStackThatKeptSomeLayersWritesNone() {
        const auto read = roundTrip(traceWith({detailOf(1)}));
        QVERIFY(!read->site(Stack::encoder, 0)->detail);
    }

    void headsWithoutSoftmaxAndHeadsThatAreOffAreKnownAgain() {
        std::vector<SiteDetail> details{detailOf(100), detailOf(200)};
        details[1].normalisers[0] = "sparsemax";
        Trace trace = traceWith(details);
        auto site = std::make_shared<SiteRecord>(*trace.site(Stack::encoder, 0));
        for (float& number : site->context.values().subspan(0, n * d))
            number = 0;
        trace.recording.stacks[0].sites[0] = site;
        const auto read = roundTrip(trace);
        const SiteDetail& first = *read->site(Stack::encoder, 0)->detail;
        QVERIFY(first.exponentials.empty());
        QVERIFY(first.normalisers[0] != "softmax");
        QCOMPARE(first.switchedOff, std::vector<int>{0});
    }

    void shapesThatDoNotFitAreRefused() {
        std::vector<SiteDetail> details{detailOf(100), detailOf(200)};
        for (SiteDetail& detail : details)
            detail.dots = numbered({heads, n, n + 1}, 0);
        try {
            roundTrip(traceWith(details));
            QFAIL("not refused");
        } catch (const FileError& error) {
            QVERIFY2(std::string(error.what()).find("unscaled_scores") != std::string::npos, error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TraceDetailsTest)
#include "trace_details_test.moc"
