#include "engine/core/errors.h"
#include "tests/ui/fake_model.h"
#include "ui/session/jobs.h"
#include "ui/session/lane_runner.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>

using namespace headlight;

class LaneRunnerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAnswerComesOnTheWindowsThread();
    void theNewestTextWins();
    void whatIsComparedHasASlotOfItsOwn();
    void aFailureIsASentence();
    void anotherModelAnswersFromThenOn();
    void jobsTellTheirProgressAndEnd();
    void aJobIsCancelled();
};

void LaneRunnerTest::anAnswerComesOnTheWindowsThread() {
    LaneRunner runner(fakeModel());
    std::shared_ptr<const Trace> trace;
    QThread* thread = nullptr;
    connect(&runner, &Runner::traceReady, this, [&](quint64, const std::shared_ptr<const Trace>& ready) {
        trace = ready;
        thread = QThread::currentThread();
    });
    runner.submit(QStringLiteral("it was tired"), {});
    QTRY_VERIFY(trace != nullptr);
    QCOMPARE(thread, this->thread());
    QCOMPARE(trace->tokens().size(), size_t{5});
}

void LaneRunnerTest::theNewestTextWins() {
    LaneRunner runner(fakeModel());
    std::vector<quint64> ids;
    QString text;
    connect(&runner, &Runner::traceReady, this, [&](quint64 id, const std::shared_ptr<const Trace>& trace) {
        ids.push_back(id);
        text = QString::fromStdString(trace->text);
    });
    quint64 last = 0;
    QString typed;
    for (int i = 0; i < 200; ++i) {
        typed += QLatin1Char('a');
        last = runner.submit(typed, {});
    }
    QTRY_VERIFY(!ids.empty() && ids.back() == last);
    QCOMPARE(text, typed);
    QVERIFY(std::is_sorted(ids.begin(), ids.end()));
}

void LaneRunnerTest::whatIsComparedHasASlotOfItsOwn() {
    LaneRunner runner(fakeModel());
    QString text, compared, problem;
    std::vector<quint64> ids;
    connect(&runner, &Runner::traceReady, this, [&](quint64, const std::shared_ptr<const Trace>& trace) {
        text = QString::fromStdString(trace->text);
    });
    connect(&runner, &Runner::comparedReady, this,
            [&](quint64 id, const std::shared_ptr<const Trace>& trace) {
                ids.push_back(id);
                compared = QString::fromStdString(trace->text);
            });
    connect(&runner, &Runner::comparedFailed, this,
            [&](quint64, const QString& message) { problem = message; });
    QString a, b;
    quint64 last = 0;
    for (int i = 0; i < 100; ++i) {
        runner.submit(a += QLatin1Char('a'), {});
        last = runner.submitCompared(b += QLatin1Char('b'), {}, {});
    }
    QTRY_VERIFY(text == a && compared == b);
    QVERIFY(ids.back() == last && std::is_sorted(ids.begin(), ids.end()));
    runner.submitCompared(QStringLiteral("fail"), {}, {});
    QTRY_VERIFY(!problem.isEmpty());
    QCOMPARE(text, a);
}

void LaneRunnerTest::aFailureIsASentence() {
    LaneRunner runner(fakeModel());
    QString sentence;
    connect(&runner, &Runner::failed, this, [&](quint64, const QString& message) { sentence = message; });
    runner.submit(QStringLiteral("fail"), {});
    QTRY_COMPARE(sentence, QStringLiteral("The text has the word \"fail\"; take it out."));
}

void LaneRunnerTest::anotherModelAnswersFromThenOn() {
    LaneRunner runner(fakeModel("one"));
    std::vector<std::pair<quint64, std::string>> answers;
    connect(&runner, &Runner::traceReady, this, [&](quint64 id, const std::shared_ptr<const Trace>& trace) {
        answers.emplace_back(id, trace->model);
    });
    runner.submit(QStringLiteral("it"), {});
    runner.setModel(fakeModel("two"));
    const quint64 id = runner.submit(QStringLiteral("it was"), {});
    QTRY_VERIFY(!answers.empty() && answers.back().first == id);
    for (const auto& answer : answers)
        QCOMPARE(answer.second, std::string("two"));
}

void LaneRunnerTest::jobsTellTheirProgressAndEnd() {
    Jobs jobs({});
    std::vector<JobState> states;
    connect(&jobs, &Jobs::changed, this, [&](const JobState& state) { states.push_back(state); });
    jobs.add(QStringLiteral("count"), [](const JobControl& control) { control.report({0.5, 3, "half"}); });
    QTRY_VERIFY(!states.empty() && states.back().kind == JobState::Kind::done);
    QVERIFY(std::any_of(states.begin(), states.end(),
                        [](const JobState& state) { return state.progress.message == "half"; }));
}

void LaneRunnerTest::aJobIsCancelled() {
    Jobs jobs({});
    JobState last;
    connect(&jobs, &Jobs::changed, this, [&](const JobState& state) { last = state; });
    const quint64 id = jobs.add(QStringLiteral("endless"), [](const JobControl& control) {
        while (!control.stop.stop_requested())
            std::this_thread::yield();
        throw Cancelled();
    });
    QTRY_VERIFY(last.kind == JobState::Kind::running);
    jobs.cancel(id);
    QTRY_VERIFY(last.kind == JobState::Kind::cancelled);
    QTRY_VERIFY(jobs.idle());
}

QTEST_GUILESS_MAIN(LaneRunnerTest)
#include "lane_runner_test.moc"
