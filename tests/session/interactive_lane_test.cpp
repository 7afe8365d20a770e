#include "engine/core/errors.h"
#include "engine/session/interactive_lane.h"
#include "tests/session/gate.h"
#include "tests/session/record_of.h"

#include <QTest>

#include <optional>

using namespace headlight;

namespace {
struct Delivered {
    Purpose purpose;
    uint64_t id;
    RunResult::Kind kind;
    std::string message;
};

RunRequest request(uint64_t id, const std::string& text = {}) {
    RunRequest result;
    result.id = id;
    result.text = text;
    return result;
}

RunResult completed(const RunRequest& request) {
    return {RunResult::Kind::completed, request.id, nullptr, {}};
}

RunResult cancelled(const RunRequest& request) {
    return {RunResult::Kind::cancelled, request.id, nullptr, {}};
}

/// A lane whose runs the test holds up: each stops at `first` (before its half) and at `second` (after it)
/// until let go.
struct HeldLane {
    struct Run {
        Gate started, first, halfReached, second;
        std::stop_token stop; ///< set before `started` is opened
    };
    std::map<uint64_t, Run> runs; // made before the lane, then only looked up
    RecordOf<uint64_t> started;
    RecordOf<uint64_t> stopped;
    RecordOf<Delivered> delivered;
    std::optional<InteractiveLane> lane;

    explicit HeldLane(uint64_t ids) {
        for (uint64_t id = 1; id <= ids; ++id)
            runs[id];
        lane.emplace(
            [this](const RunRequest& asked, std::stop_token stop, const std::function<void()>& halfDone) {
                Run& run = runs.at(asked.id);
                run.stop = stop;
                started.add(asked.id);
                run.started.open();
                if (!run.first.wait(stop)) {
                    stopped.add(asked.id);
                    return cancelled(asked);
                }
                halfDone();
                run.halfReached.open();
                if (!run.second.wait(stop)) {
                    stopped.add(asked.id);
                    return cancelled(asked);
                }
                return completed(asked);
            },
            [this](Purpose purpose, const RunResult& result) {
                delivered.add({purpose, result.id, result.kind, result.message});
            });
    }
    void letGo(uint64_t id) {
        runs.at(id).first.open();
        runs.at(id).second.open();
    }
    void waitUntilIdle() const { lane->waitUntilIdle({}); }
    std::vector<uint64_t> deliveredIds() {
        std::vector<uint64_t> ids;
        for (const Delivered& one : delivered.items())
            ids.push_back(one.id);
        return ids;
    }
};

using Ids = std::vector<uint64_t>;
} // namespace

class InteractiveLaneTest : public QObject {
    Q_OBJECT

private slots:
    void newestWaitingRequestWins() {
        HeldLane held(4);
        held.lane->submit(Purpose::main, request(1));
        held.runs.at(1).first.open();
        held.runs.at(1).halfReached.wait();
        for (uint64_t id = 2; id <= 4; ++id)
            held.lane->submit(Purpose::main, request(id));
        QVERIFY(!held.runs.at(1).stop.stop_requested());
        for (uint64_t id = 1; id <= 4; ++id)
            held.letGo(id);
        held.waitUntilIdle();
        // 1 was past its half and is shown although 4 waits; 2 and 3 were replaced while they waited.
        QCOMPARE(held.deliveredIds(), (Ids{1, 4}));
        QCOMPARE(held.started.items(), (Ids{1, 4}));
    }

    void runInItsFirstHalfIsCancelled() {
        HeldLane held(2);
        held.letGo(2);
        held.lane->submit(Purpose::main, request(1));
        held.runs.at(1).started.wait();
        held.lane->submit(Purpose::main, request(2));
        held.waitUntilIdle();
        QCOMPARE(held.stopped.items(), (Ids{1}));
        QCOMPARE(held.deliveredIds(), (Ids{2}));
    }

    void fastTypistStillSeesUpdates() {
        // Every request arrives while the one before it is in its first half: without a limit, none would
        // ever end.
        constexpr uint64_t keys = 9;
        HeldLane held(keys);
        for (uint64_t id = 1; id <= keys; ++id) {
            held.lane->submit(Purpose::main, request(id));
            held.runs.at(id).started.wait();
            if (id % 2 == 1)
                continue; // cancelled by the next key
            // This run follows a cancelled one, so the next key lets it be.
            held.lane->submit(Purpose::main, request(id + 1));
            QVERIFY(!held.runs.at(id).stop.stop_requested());
            held.letGo(id);
            held.delivered.waitFor([id](const Delivered& one) { return one.id == id; });
        }
        held.letGo(keys);
        held.waitUntilIdle();
        QCOMPARE(held.stopped.items(), (Ids{1, 3, 5, 7}));
        QCOMPARE(held.deliveredIds(), (Ids{2, 4, 6, 8, 9}));
    }

    void olderIdsAreIgnored() {
        HeldLane held(5);
        for (uint64_t id = 1; id <= 5; ++id)
            held.letGo(id);
        held.lane->submit(Purpose::main, request(5));
        held.lane->submit(Purpose::main, request(4));
        held.lane->submit(Purpose::main, request(5));
        held.waitUntilIdle();
        held.lane->submit(Purpose::main, request(3));
        QVERIFY(!held.lane->busy());
        QCOMPARE(held.deliveredIds(), (Ids{5}));
    }

    void purposesHaveTheirOwnSlotsAndTakeTurns() {
        HeldLane held(6);
        held.lane->submit(Purpose::main, request(1));
        held.runs.at(1).started.wait();
        held.lane->submit(Purpose::whatIf, request(2));
        held.lane->submit(Purpose::compareB, request(3));
        held.runs.at(1).first.open();
        held.runs.at(1).halfReached.wait();
        held.lane->submit(Purpose::main, request(4)); // waits behind the other two slots
        for (uint64_t id = 1; id <= 4; ++id)
            held.letGo(id);
        held.waitUntilIdle();
        QCOMPARE(held.deliveredIds(), (Ids{1, 3, 2, 4}));
        QVERIFY(held.stopped.items().empty()); // another purpose cancels nothing
    }

    void failureIsDeliveredWithItsSentence() {
        RecordOf<Delivered> delivered;
        InteractiveLane lane(
            [](const RunRequest& asked, std::stop_token, const std::function<void()>&) -> RunResult {
                if (asked.text == "thrown")
                    throw RequestError("thrown sentence");
                return {RunResult::Kind::failed, asked.id, nullptr, "returned sentence"};
            },
            [&](Purpose purpose, const RunResult& result) {
                delivered.add({purpose, result.id, result.kind, result.message});
            });
        lane.submit(Purpose::main, request(1, "thrown"));
        lane.waitUntilIdle({});
        lane.submit(Purpose::main, request(2));
        lane.waitUntilIdle({});
        const auto items = delivered.items();
        QCOMPARE(items.size(), size_t{2});
        QVERIFY(items[0].kind == RunResult::Kind::failed && items[1].kind == RunResult::Kind::failed);
        QCOMPARE(items[0].message, std::string("thrown sentence"));
        QCOMPARE(items[1].message, std::string("returned sentence"));
    }

    void destructorStopsTheRunningRequest() {
        HeldLane held(2);
        held.lane->submit(Purpose::main, request(1));
        held.runs.at(1).first.open();
        held.runs.at(1).halfReached.wait();
        held.lane->submit(Purpose::main, request(2));
        held.lane.reset(); // returns although nobody opened the second gate
        QCOMPARE(held.stopped.items(), (Ids{1}));
        QCOMPARE(held.started.items(), (Ids{1}));
        QVERIFY(held.delivered.items().empty());
    }

    void busyWhileARequestRunsOrWaits() {
        HeldLane held(1);
        QVERIFY(!held.lane->busy());
        held.lane->submit(Purpose::main, request(1));
        QVERIFY(held.lane->busy());
        held.runs.at(1).started.wait();
        QVERIFY(held.lane->busy());
        held.letGo(1);
        held.waitUntilIdle();
        QVERIFY(!held.lane->busy());
    }

    void waitUntilIdleReturnsWhenItsStopIsRequested() {
        HeldLane held(1);
        held.lane->submit(Purpose::main, request(1));
        std::stop_source stop;
        Gate returned;
        std::jthread waiter([&] {
            held.lane->waitUntilIdle(stop.get_token());
            returned.open();
        });
        held.runs.at(1).started.wait();
        QVERIFY(!returned.isOpen());
        stop.request_stop();
        returned.wait();
        QVERIFY(held.lane->busy());
        held.letGo(1);
        held.waitUntilIdle();
    }
};

QTEST_APPLESS_MAIN(InteractiveLaneTest)
#include "interactive_lane_test.moc"
