#include "engine/core/errors.h"
#include "engine/session/model_session.h"
#include "tests/session/fake_model.h"

#include <QTest>

#include <algorithm>

using namespace headlight;

namespace {
const std::string tired = "The animal didn't cross the street because it was too tired.";
const std::string wide = "The animal didn't cross the street because it was too wide.";
const HeadAddress changed{Stack::encoder, 1, 1};
const HeadAddress source{Stack::encoder, 2, 3};

const std::shared_ptr<const LoadedModel>& reader() {
    static const std::shared_ptr<const LoadedModel> model = LoadedModel::load("reader");
    return model;
}

RunResult run(const std::string& text, const Edits& edits) {
    RunRequest request;
    request.text = text;
    request.edits = edits;
    return ModelSession(reader()).run(request, {});
}

std::span<const float> weightsOf(const Trace& trace, const HeadAddress& head) {
    const Tensor<float>& all = trace.site(head.stack, head.layer)->weights;
    const auto n = static_cast<size_t>(all.dimension(1) * all.dimension(2));
    return all.values().subspan(static_cast<size_t>(head.head) * n, n);
}

bool sameLogits(const Trace& one, const Trace& other) {
    return std::ranges::equal(one.recording.logits->values(), other.recording.logits->values());
}
} // namespace

/// Patching a pattern from another sentence.
class TextPatternTest : public QObject {
    Q_OBJECT
private slots:
    void theHeadLooksAsItDidInTheOtherSentence() {
        const auto plain = run(tired, {}).trace;
        const auto other = run(wide, {}).trace;
        QCOMPARE(plain->tokens().size(), other->tokens().size());
        const auto edited = run(tired, {{HeadScope::one(changed), TextPattern{wide, {}, source}}}).trace;
        QVERIFY(std::ranges::equal(weightsOf(*edited, changed), weightsOf(*other, source)));
        QVERIFY(!std::ranges::equal(weightsOf(*edited, changed), weightsOf(*plain, changed)));
        QVERIFY(std::ranges::equal(weightsOf(*edited, {Stack::encoder, 1, 0}),
                                   weightsOf(*plain, {Stack::encoder, 1, 0})));
        QVERIFY(!sameLogits(*edited, *plain) && sameLogits(*edited->baseline, *plain));
        QVERIFY(edited->unusedEdits.empty());
    }

    void itsOwnPatternChangesNothing() {
        const auto same = run(tired, {{HeadScope::one(changed), TextPattern{tired, {}, changed}}}).trace;
        QCOMPARE(same->edits.size(), size_t{1});
        QVERIFY(sameLogits(*same, *run(tired, {}).trace));
    }

    void cellsCanBePaintedInItAndHeadsOfTheLayerBorrowIt() {
        const PaintedWeight cell{EditToken::at(4), EditToken::at(2), WeightPaint::set, 0.5, false};
        const auto edited = run(tired, {{HeadScope::one(changed), TextPattern{wide, {}, source}},
                                        {HeadScope::one(changed), cell},
                                        {HeadScope::one({Stack::encoder, 1, 0}), BorrowedPattern{changed}}})
                                .trace;
        std::vector<float> expected;
        const auto other = run(wide, {}).trace;
        const auto from = weightsOf(*other, source);
        expected.assign(from.begin(), from.end());
        expected[4 * other->tokens().size() + 2] = 0.5F;
        QVERIFY(std::ranges::equal(weightsOf(*edited, changed), expected));
        QVERIFY(std::ranges::equal(weightsOf(*edited, {Stack::encoder, 1, 0}), expected));
    }

    void otherLengthsAreLeftOutWithAReason() {
        const auto edited = run("It was tired.", {{HeadScope::all(), TextPattern{wide, {}, source}}}).trace;
        QVERIFY(edited->edits.empty());
        QCOMPARE(edited->unusedEdits.size(), size_t{1});
        QVERIFY2(edited->unusedEdits.front().find("a pattern fits only where they are as many") !=
                     std::string::npos,
                 edited->unusedEdits.front().c_str());
        QVERIFY(sameLogits(*edited, *run("It was tired.", {}).trace));
    }

    /// While somebody types, every key is a pass over the text, not over the other sentence as well.
    void theOtherSentenceIsReadOnce() {
        const auto model = std::make_shared<FakeModel>(1);
        int passes = 0;
        model->beforeLayer = [&passes](int, const std::stop_token&) { ++passes; };
        const ModelSession session(loadedFake(model));
        const auto passesOf = [&](const std::string& text, const Edits& edits) {
            passes = 0;
            RunRequest request;
            request.text = text;
            request.edits = edits;
            const RunResult result = session.run(request, {});
            return result.kind == RunResult::Kind::completed ? passes : -1;
        };
        Edits edits{{HeadScope::all(), TextPattern{"two three", {}, {Stack::encoder, 0, 1}}}};
        QCOMPARE(passesOf("one two", edits), 3); // the text, the same unchanged, and the other sentence
        QCOMPARE(passesOf("one three", edits), 2);
        QCOMPARE(passesOf("one", edits), 1); // it does not fit, and is kept
        QCOMPARE(passesOf("one two", edits), 2);
        QCOMPARE(passesOf("one two", edits), 1); // nor is the unchanged text read again
        edits.push_back({HeadScope::all(), Temperature{2}});
        QCOMPARE(passesOf("one two", edits), 1);
        std::get<TextPattern>(edits[0].what).from.head = 0;
        QCOMPARE(passesOf("one two", edits), 2);
        std::get<TextPattern>(edits[0].what).text = "three two";
        QCOMPARE(passesOf("one two", edits), 2);
    }

    void badOnesGetOneSentence() {
        const RunResult result =
            run(tired, {{HeadScope::all(), TextPattern{std::string("\xff", 1), {}, source}}});
        QCOMPARE(result.kind, RunResult::Kind::failed);
        QVERIFY2(result.message.find("is not UTF-8") != std::string::npos, result.message.c_str());
        const auto missing =
            run(tired, {{HeadScope::all(), TextPattern{wide, {}, {Stack::encoder, 2, 9}}}}).trace;
        QCOMPARE(missing->unusedEdits.size(), size_t{1});
        // A pass is only given what was read.
        RunControl control;
        control.edits = {{HeadScope::all(), TextPattern{wide, {}, source}}};
        const ModelInput input{{2, 17, 44}, {}};
        QVERIFY_THROWS_EXCEPTION(RequestError, reader()->model->run(input, {}, control));
        std::get<TextPattern>(control.edits.front().what).weights =
            std::make_shared<const Tensor<float>>(std::vector<int64_t>{2, 2});
        QVERIFY_THROWS_EXCEPTION(RequestError, reader()->model->run(input, {}, control));
    }
};

QTEST_APPLESS_MAIN(TextPatternTest)
#include "text_pattern_test.moc"
