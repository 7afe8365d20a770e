#include "engine/session/interactive_lane.h"
#include "engine/session/model_session.h"
#include "tests/session/fake_model.h"
#include "tests/session/gate.h"
#include "tests/session/record_of.h"

#include <QTest>

using namespace headlight;

namespace {
using Kind = RunResult::Kind;

RunRequest request(const std::string& text, uint64_t id = 1) {
    RunRequest result;
    result.id = id;
    result.text = text;
    return result;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}
} // namespace

class ModelSessionTest : public QObject {
    Q_OBJECT

private slots:
    void traceSaysWhereItComesFrom() {
        const ModelSession session(loadedFake(std::make_shared<FakeModel>(4)));
        RunRequest asked = request("one two", 7);
        asked.workspace = "{\"version\":1}";
        const RunResult result = session.run(asked, {});
        QVERIFY(result.kind == Kind::completed);
        QCOMPARE(result.id, uint64_t{7});
        const Trace& trace = *result.trace;
        QCOMPARE(trace.model, std::string("fake"));
        QCOMPARE(trace.modelSha256, std::string("00ff"));
        QCOMPARE(trace.text, std::string("one two"));
        QCOMPARE(trace.workspace, std::string("{\"version\":1}"));
        QCOMPARE(trace.backend, std::string("fake"));
        QCOMPARE(trace.threads, 3);
        QVERIFY(!trace.cpu.empty());
        QVERIFY(trace.seconds > 0);
        QVERIFY(!trace.partial);
        QCOMPARE(trace.tokens().size(), size_t{4});
        QCOMPARE(trace.layers(Stack::encoder), 4);
        QCOMPARE(trace.heads(Stack::encoder), 2);
    }

    void emptyTextIsReadAsTheSpecialTokens() {
        const ModelSession session(loadedFake(std::make_shared<FakeModel>(1)));
        const RunResult result = session.run(request(""), {});
        QVERIFY(result.kind == Kind::completed);
        QCOMPARE(result.trace->tokens().size(), size_t{2});
    }

    void longTextIsCutAndSaid() {
        const ModelSession session(loadedFake(std::make_shared<FakeModel>(1)));
        std::string text;
        for (int i = 0; i < 100; ++i)
            text += "one ";
        const RunResult result = session.run(request(text), {});
        QVERIFY(result.kind == Kind::completed);
        QCOMPARE(result.trace->tokens().size(), size_t{16});
        QVERIFY(result.trace->encoding.truncated);
        QCOMPARE(result.trace->encoding.bytesRead, size_t{14 * 4 - 1});
        QCOMPARE(result.trace->text, text);
    }

    void textThatIsNotUtf8IsRefusedWithItsPlace() {
        const ModelSession session(loadedFake(std::make_shared<FakeModel>(1)));
        const RunResult result = session.run(request("one \xff two"), {});
        QVERIFY(result.kind == Kind::failed);
        QVERIFY2(contains(result.message, "byte 4") && contains(result.message, "0xff"),
                 result.message.c_str());
        RunRequest pair = request("one");
        pair.pair.assign(1, static_cast<char>(0xc3));
        const RunResult second = session.run(pair, {});
        QVERIFY(second.kind == Kind::failed);
        QVERIFY2(contains(second.message, "second text"), second.message.c_str());
    }

    void recordingOverTheBudgetIsRefusedWithTheFigureFirst() {
        auto model = std::make_shared<FakeModel>(4);
        bool ran = false;
        model->beforeLayer = [&ran](int, std::stop_token) { ran = true; };
        const ModelSession session(loadedFake(model));
        RunRequest asked = request("one two three");
        const int64_t needed = plannedBytes(asked.plan, model->shape(), 5);
        asked.memoryBudget = needed - 1;
        const RunResult refused = session.run(asked, {});
        QVERIFY(refused.kind == Kind::failed);
        QVERIFY2(refused.message[0] >= '0' && refused.message[0] <= '9', refused.message.c_str());
        QVERIFY2(contains(refused.message, "5 tokens"), refused.message.c_str());
        QVERIFY(!ran);
        asked.memoryBudget = needed;
        QVERIFY(session.run(asked, {}).kind == Kind::completed);
        QVERIFY(ran);
    }

    void editsAreResolvedAndTheUnchangedPassStandsBeside() {
        auto model = std::make_shared<FakeModel>(2);
        int passes = 0;
        model->beforeLayer = [&passes](int layer, std::stop_token) { passes += layer == 0 ? 1 : 0; };
        const ModelSession session(loadedFake(model));
        const RunResult plain = session.run(request("one two"), {});
        QVERIFY(!plain.trace->baseline && plain.trace->edits.empty());
        QCOMPARE(passes, 1);

        RunRequest asked = request("one two");
        const EditToken two{TokenAnchor{0, {4, 7}, {}}, "two", -1};
        const EditToken gone{std::nullopt, "three", -1};
        asked.edits = {{HeadScope::all(), BlockedCell{two, two}},
                       {HeadScope::all(), BlockedCell{two, gone}},
                       {HeadScope::one({Stack::decoder, 0, 0}), Temperature{2}}};
        const RunResult edited = session.run(asked, {});
        QCOMPARE(passes, 2); // the unchanged pass is the one there was
        QVERIFY(edited.trace->baseline == plain.trace);
        QCOMPARE(edited.trace->edits.size(), size_t{1});
        QCOMPARE(std::get<BlockedCell>(edited.trace->edits[0].what).key.index, 2);
        QCOMPARE(edited.trace->unusedEdits.size(), size_t{2});
        QVERIFY(contains(edited.trace->unusedEdits[0], "three"));

        asked.text = "one two one";
        const RunResult other = session.run(asked, {});
        QCOMPARE(passes, 4);
        QVERIFY(other.trace->baseline && other.trace->baseline->text == "one two one");
        QVERIFY(other.trace->baseline->edits.empty());
        session.run(asked, {});
        QCOMPARE(passes, 5);

        asked.edits.erase(asked.edits.begin()); // what is left does not reach the pass
        const RunResult dormant = session.run(asked, {});
        QVERIFY(!dormant.trace->baseline && dormant.trace->edits.empty());
    }

    void errorsOfTheModelAreFailures() {
        auto model = std::make_shared<FakeModel>(1);
        model->beforeLayer = [](int, std::stop_token) { throw RequestError("the model's sentence"); };
        const RunResult failed = ModelSession(loadedFake(model)).run(request("one"), {});
        QVERIFY(failed.kind == Kind::failed);
        QCOMPARE(failed.message, std::string("the model's sentence"));
        model->beforeLayer = [](int, std::stop_token) { throw std::bad_alloc(); };
        const RunResult large = ModelSession(loadedFake(model)).run(request("one"), {});
        QVERIFY(large.kind == Kind::failed);
        QVERIFY2(contains(large.message, "memory"), large.message.c_str());
    }

    void stopIsCancelledNotFailed() {
        std::stop_source stop;
        stop.request_stop();
        const ModelSession session(loadedFake(std::make_shared<FakeModel>(2)));
        const RunResult result = session.run(request("one", 3), stop.get_token());
        QVERIFY(result.kind == Kind::cancelled);
        QCOMPARE(result.id, uint64_t{3});
        QVERIFY(!result.trace);
    }

    void halfIsSaidOnceAfterHalfTheLayers_data() {
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("layersBefore"); // layers that have begun when half is said
        QTest::newRow("one") << 1 << 1;
        QTest::newRow("two") << 2 << 1;
        QTest::newRow("three") << 3 << 2;
        QTest::newRow("four") << 4 << 2;
    }
    void halfIsSaidOnceAfterHalfTheLayers() {
        QFETCH(int, layers);
        QFETCH(int, layersBefore);
        auto model = std::make_shared<FakeModel>(layers);
        int begun = 0, said = 0, begunWhenSaid = 0;
        model->beforeLayer = [&](int layer, std::stop_token) { begun = layer + 1; };
        ModelSession(loadedFake(model)).run(request("one"), {}, [&] {
            ++said;
            begunWhenSaid = begun;
        });
        QCOMPARE(said, 1);
        QCOMPARE(begunWhenSaid, layersBefore);
    }

    void sessionInTheLaneIsCancelledOnlyInItsFirstHalf() {
        auto model = std::make_shared<FakeModel>(4);
        Gate inLayerThree, mayGoOn;
        model->beforeLayer = [&](int layer, std::stop_token) {
            if (layer == 2) {
                inLayerThree.open();
                mayGoOn.wait();
            }
        };
        const ModelSession session(loadedFake(model));
        RecordOf<uint64_t> delivered;
        InteractiveLane lane(
            [&](const RunRequest& asked, std::stop_token stop, const std::function<void()>& halfDone) {
                return session.run(asked, stop, halfDone);
            },
            [&](Purpose, const RunResult& result) { delivered.add(result.id); });
        lane.submit(Purpose::main, request("one", 1));
        inLayerThree.wait();
        lane.submit(Purpose::main, request("two", 2));
        mayGoOn.open();
        QCOMPARE(delivered.waitFor(2), (std::vector<uint64_t>{1, 2}));
    }
};

QTEST_APPLESS_MAIN(ModelSessionTest)
#include "model_session_test.moc"
