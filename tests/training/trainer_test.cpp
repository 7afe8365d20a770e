#include "engine/core/errors.h"
#include "engine/training/trainer.h"
#include "softmax_model.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cstring>
#include <mutex>
#include <set>
#include <thread>

using namespace headlight;

namespace {
constexpr int words = 12;

TrainerOptions options(int64_t steps) {
    TrainerOptions result;
    result.schedule = {0.05, 5, steps, 0, LearningRateSchedule::Decay::linear};
    result.noiseSeed = 3;
    result.identity = "test";
    return result;
}

bool sameBits(SoftmaxModel& a, SoftmaxModel& b) {
    for (size_t i = 0; i < a.parameters().size(); ++i) {
        const Matrix<float>& x = a.parameters()[i]->value;
        const Matrix<float>& y = b.parameters()[i]->value;
        if (x.size() != y.size() ||
            std::memcmp(x.data(), y.data(), static_cast<size_t>(x.size()) * sizeof(float)) != 0)
            return false;
    }
    return true;
}

/// Trains until `steps` steps are reported, then asks to stop.
void trainAndStop(SoftmaxModel& model, Task& task, const TrainerOptions& how, int steps) {
    std::stop_source stop;
    JobControl control;
    control.stop = stop.get_token();
    int reports = 0;
    control.report = [&](const Progress&) {
        if (++reports == steps)
            stop.request_stop();
    };
    bool cancelled = false;
    try {
        train(model, task, how, control);
    } catch (const Cancelled&) {
        cancelled = true;
    }
    QVERIFY(cancelled);
    QCOMPARE(reports, steps);
}
} // namespace

class TrainerTest : public QObject {
    Q_OBJECT
private slots:
    void learns() {
        SoftmaxModel model(words, 1);
        SuccessorTask task(words, 2);
        const TrainerSummary summary = train(model, task, options(300), {});
        QCOMPARE(summary.steps, 300);
        const LossSums sums = model.evaluate(task.next());
        QCOMPARE(sums.correct, sums.targets);
        QVERIFY(summary.loss < 1);
    }

    void threadsDoNotChangeOneBit() {
        TrainerOptions how = options(60);
        how.shards = 3;
        SoftmaxModel one(words, 1), three(words, 1), otherShards(words, 1);
        SuccessorTask taskOne(words, 2), taskThree(words, 2), taskOther(words, 2);
        how.threads = 1;
        train(one, taskOne, how, {});
        how.threads = 3;
        train(three, taskThree, how, {});
        QVERIFY(sameBits(one, three));
        // The comparison can fail: the number of shards is part of the recipe.
        how.shards = 2;
        train(otherShards, taskOther, how, {});
        QVERIFY(!sameBits(one, otherShards));
    }

    void dropoutFadesAndHeadsAreHandedOn() {
        TrainerOptions how = options(10);
        how.dropoutFadesFrom = 0.5;
        how.nestedHeads = 0.25;
        how.shards = 1;
        SoftmaxModel model(words, 1);
        std::vector<double> factors;
        model.onNoise = [&](const TrainingNoise& noise) {
            factors.push_back(noise.dropout);
            QCOMPARE(noise.nestedHeads, 0.25);
            QVERIFY(noise.seed != 0);
        };
        SuccessorTask task(words, 2);
        train(model, task, how, {});
        const std::vector<double> expected{1, 1, 1, 1, 1, 1, 0.8, 0.6, 0.4, 0.2};
        QCOMPARE(factors.size(), expected.size());
        for (size_t i = 0; i < expected.size(); ++i)
            QVERIFY(std::abs(factors[i] - expected[i]) < 1e-12);
    }

    void shardsRunOnSeveralThreads() {
        SoftmaxModel model(words, 1);
        SuccessorTask task(words, 2);
        std::mutex mutex;
        std::set<std::thread::id> threads;
        std::atomic<int> inside = 0;
        model.onAccumulate = [&] {
            ++inside;
            while (inside.load() % 2 != 0) // both shards must be inside at once
                std::this_thread::yield();
            const std::scoped_lock lock(mutex);
            threads.insert(std::this_thread::get_id());
        };
        TrainerOptions how = options(1);
        how.shards = 2;
        how.threads = 2;
        train(model, task, how, {});
        QCOMPARE(threads.size(), size_t(2));
    }

    void resumedTrainingIsBitIdentical() {
        const QTemporaryDir folder;
        const TrainerOptions straight = options(50);
        SoftmaxModel whole(words, 1);
        SuccessorTask wholeTask(words, 2);
        train(whole, wholeTask, straight, {});

        TrainerOptions interrupted = straight;
        interrupted.checkpoint = folder.filePath("training.safetensors").toStdString();
        {
            SoftmaxModel first(words, 1);
            SuccessorTask task(words, 2);
            trainAndStop(first, task, interrupted, 7);
        }
        {
            SoftmaxModel second(words, 999); // the checkpoint brings the weights
            SuccessorTask task(words, 999);
            trainAndStop(second, task, interrupted, 20);
            QVERIFY(!sameBits(whole, second));
        }
        SoftmaxModel third(words, 999);
        SuccessorTask task(words, 999);
        const TrainerSummary summary = train(third, task, interrupted, {});
        QCOMPARE(summary.steps, 50);
        QVERIFY(sameBits(whole, third));
        QCOMPARE(task.state(), wholeTask.state());
    }

    /// A stop that comes between two shards of a step undoes the step.
    void stopInTheMiddleOfAStep() {
        const QTemporaryDir folder;
        TrainerOptions how = options(30);
        how.threads = 1;
        SoftmaxModel whole(words, 1);
        SuccessorTask wholeTask(words, 2);
        train(whole, wholeTask, how, {});

        how.checkpoint = folder.filePath("training.safetensors").toStdString();
        SoftmaxModel first(words, 1);
        SuccessorTask task(words, 2);
        std::stop_source stop;
        int calls = 0;
        first.onAccumulate = [&] {
            if (++calls == 9) // the first shard of the fifth step
                stop.request_stop();
        };
        JobControl control;
        control.stop = stop.get_token();
        QVERIFY_THROWS_EXCEPTION(Cancelled, train(first, task, how, control));
        QCOMPARE(calls, 9);
        train(first, task, how, {});
        QVERIFY(sameBits(whole, first));
    }

    void cancelLeavesOneWholeFile() {
        const QTemporaryDir folder;
        TrainerOptions how = options(30);
        how.checkpoint = folder.filePath("training.safetensors").toStdString();
        SoftmaxModel model(words, 1);
        SuccessorTask task(words, 2);
        trainAndStop(model, task, how, 3);
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{"training.safetensors"});
    }

    void stepsAsideBetweenShards() {
        SoftmaxModel model(words, 1);
        SuccessorTask task(words, 2);
        TrainerOptions how = options(4);
        how.threads = 1;
        JobControl control;
        int asides = 0;
        const std::thread::id caller = std::this_thread::get_id();
        control.stepAside = [&] {
            ++asides;
            QCOMPARE(std::this_thread::get_id(), caller);
        };
        std::vector<Progress> reports;
        control.report = [&](const Progress& progress) { reports.push_back(progress); };
        train(model, task, how, control);
        QCOMPARE(asides, 4 * how.shards);
        QCOMPARE(reports.size(), size_t(4));
        QCOMPARE(reports.back().fraction, 1.0);
        QCOMPARE(reports.back().secondsLeft, 0.0);
        QVERIFY(reports.front().message.find("step 1 of 4, loss ") == 0);
    }

    void foreignOrDamagedCheckpointsAreRefused() {
        const QTemporaryDir folder;
        TrainerOptions how = options(30);
        const QString path = folder.filePath("training.safetensors");
        how.checkpoint = path.toStdString();
        SoftmaxModel model(words, 1);
        SuccessorTask task(words, 2);
        trainAndStop(model, task, how, 3);

        TrainerOptions other = how;
        other.identity = "another";
        SoftmaxModel untouched(words, 1), probe(words, 1);
        QVERIFY_THROWS_EXCEPTION(FileError, train(probe, task, other, {}));
        QVERIFY(sameBits(untouched, probe));

        SoftmaxModel larger(words + 1, 1);
        QVERIFY_THROWS_EXCEPTION(FileError, train(larger, task, how, {}));

        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.resize(file.size() - 1));
        file.close();
        QVERIFY_THROWS_EXCEPTION(FileError, train(probe, task, how, {}));
        QVERIFY(sameBits(untouched, probe));
    }

    void failuresOfAShardReachTheCaller() {
        SoftmaxModel model(words, 1);
        SuccessorTask task(words, 2);
        model.onAccumulate = [] { throw RequestError("no"); };
        QVERIFY_THROWS_EXCEPTION(RequestError, train(model, task, options(3), {}));
    }
};

QTEST_APPLESS_MAIN(TrainerTest)
#include "trainer_test.moc"
