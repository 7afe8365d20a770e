#include "engine/core/errors.h"
#include "engine/session/interactive_lane.h"
#include "engine/session/job_lane.h"
#include "tests/session/gate.h"
#include "tests/session/record_of.h"

#include <QTest>

#include <atomic>
#include <memory>

using namespace headlight;

namespace {
using Kind = JobState::Kind;

bool ended(const JobState& state) {
    return state.kind != Kind::waiting && state.kind != Kind::running;
}

/// Work that waits at a gate and honours its stop token.
JobLane::Work heldAt(Gate& started, Gate& gate) {
    return [&](const JobControl& control) {
        started.open();
        if (!gate.wait(control.stop))
            throw Cancelled();
    };
}
} // namespace

class JobLaneTest : public QObject {
    Q_OBJECT

private slots:
    void jobsRunOneAfterTheOtherInOrder() {
        RecordOf<JobState> states;
        RecordOf<int> order;
        std::atomic<int> running = 0;
        std::atomic<int> most = 0;
        {
            JobLane lane([&](const JobState& state) { states.add(state); }, {});
            for (int i = 1; i <= 5; ++i)
                lane.add("job " + std::to_string(i), [&, i](const JobControl&) {
                    most = std::max<int>(most, ++running);
                    order.add(i);
                    --running;
                });
            states.waitFor([](const JobState& state) { return state.id == 5 && ended(state); });
            QVERIFY(lane.idle());
        }
        QCOMPARE(order.items(), (std::vector<int>{1, 2, 3, 4, 5}));
        QCOMPARE(most.load(), 1);
        const auto items = states.items();
        QCOMPARE(items.size(), size_t{10});
        for (size_t i = 0; i < items.size(); ++i) {
            QCOMPARE(items[i].id, uint64_t{i / 2 + 1});
            QVERIFY(items[i].kind == (i % 2 == 0 ? Kind::running : Kind::done));
            QCOMPARE(items[i].title, "job " + std::to_string(i / 2 + 1));
        }
    }

    void progressIsReported() {
        RecordOf<JobState> states;
        JobLane lane([&](const JobState& state) { states.add(state); }, {});
        lane.add("count", [](const JobControl& control) {
            control.report({0.25, 30, "step 1 of 4"});
            control.stepAside(); // nothing to step aside for
        });
        const auto items = states.waitFor(3);
        QVERIFY(items[1].kind == Kind::running);
        QCOMPARE(items[1].progress.fraction, 0.25);
        QCOMPARE(items[1].progress.secondsLeft, 30.0);
        QCOMPARE(items[1].progress.message, std::string("step 1 of 4"));
        QVERIFY(items[2].kind == Kind::done);
    }

    void failureCarriesItsSentence() {
        RecordOf<JobState> states;
        JobLane lane([&](const JobState& state) { states.add(state); }, {});
        lane.add("load", [](const JobControl&) { throw FileError("model.safetensors", "ends too early"); });
        lane.add("large", [](const JobControl&) { throw std::bad_alloc(); });
        states.waitFor([](const JobState& state) { return state.id == 2 && ended(state); });
        const auto items = states.items();
        QVERIFY(items[1].kind == Kind::failed);
        QCOMPARE(items[1].message, std::string("model.safetensors: ends too early"));
        QVERIFY(items[3].kind == Kind::failed);
        QCOMPARE(items[3].message, std::string("There is not enough memory for this."));
    }

    void runningJobIsCancelled() {
        RecordOf<JobState> states;
        Gate started, never;
        JobLane lane([&](const JobState& state) { states.add(state); }, {});
        const uint64_t id = lane.add("train", heldAt(started, never));
        started.wait();
        QVERIFY(!lane.idle());
        lane.cancel(id);
        const auto items = states.waitFor(2);
        QVERIFY(items[1].kind == Kind::cancelled);
        QVERIFY(items[1].message.empty());
        lane.cancel(id); // finished: ignored
        QVERIFY(lane.idle());
    }

    void waitingJobIsCancelledAtOnceAndNeverRuns() {
        RecordOf<JobState> states;
        Gate started, gate;
        std::atomic<bool> ran = false;
        JobLane lane([&](const JobState& state) { states.add(state); }, {});
        lane.add("first", heldAt(started, gate));
        const uint64_t second = lane.add("second", [&](const JobControl&) { ran = true; });
        started.wait();
        lane.cancel(second);
        const auto items = states.items(); // the first still runs
        QCOMPARE(items.back().id, second);
        QVERIFY(items.back().kind == Kind::cancelled);
        gate.open();
        states.waitFor([](const JobState& state) { return state.id == 1 && state.kind == Kind::done; });
        QVERIFY(!ran);
    }

    void destructorCancelsRunningAndWaitingJobs() {
        RecordOf<JobState> states;
        Gate started, never;
        auto lane = std::make_unique<JobLane>([&](const JobState& state) { states.add(state); },
                                              std::function<void(std::stop_token)>{});
        lane->add("running", heldAt(started, never));
        lane->add("waiting", [](const JobControl&) {});
        started.wait();
        lane.reset();
        const auto items = states.items();
        QCOMPARE(items.size(), size_t{3}); // running, cancelled; cancelled
        QVERIFY(items[1].kind == Kind::cancelled && items[1].id == 1);
        QVERIFY(items[2].kind == Kind::cancelled && items[2].id == 2);
    }

    void stepAsideBlocksWhileKeystrokesAreAnswered() {
        Gate runStarted, runMayEnd, jobBetween, jobDone;
        std::atomic<bool> runEnded = false;
        InteractiveLane keys(
            [&](const RunRequest& request, std::stop_token, const std::function<void()>&) {
                runStarted.open();
                runMayEnd.wait();
                runEnded = true;
                return RunResult{RunResult::Kind::completed, request.id, nullptr, {}};
            },
            [](Purpose, const RunResult&) {});
        std::atomic<bool> endedBeforeJobWentOn = false;
        Gate jobMayStepAside;
        JobLane jobs([](const JobState&) {}, [&](std::stop_token stop) { keys.waitUntilIdle(stop); });
        jobs.add("train", [&](const JobControl& control) {
            jobBetween.open();
            jobMayStepAside.wait();
            control.stepAside();
            endedBeforeJobWentOn = runEnded.load();
            jobDone.open();
        });
        jobBetween.wait();
        RunRequest request;
        request.id = 1;
        keys.submit(Purpose::main, request);
        runStarted.wait();
        jobMayStepAside.open();
        runMayEnd.open();
        jobDone.wait();
        QVERIFY(endedBeforeJobWentOn);
    }

    void jobThatStepsAsideCanStillBeCancelled() {
        RecordOf<JobState> states;
        Gate waiting;
        JobLane lane([&](const JobState& state) { states.add(state); },
                     [&](std::stop_token stop) {
                         waiting.open();
                         Gate never;
                         never.wait(stop);
                     });
        std::atomic<bool> ran = false;
        const uint64_t id = lane.add("train", [&](const JobControl&) { ran = true; });
        waiting.wait();
        lane.cancel(id);
        states.waitFor([](const JobState& state) { return state.kind == Kind::cancelled; });
        QVERIFY(!ran);
    }
};

QTEST_APPLESS_MAIN(JobLaneTest)
#include "job_lane_test.moc"
