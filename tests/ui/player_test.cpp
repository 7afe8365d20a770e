#include "ui/steps/player.h"

#include <QSignalSpy>
#include <QTest>

#include <set>

using namespace headlight;

/// Walking through stages and their terms, without a clock.
class PlayerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stepsStayInside();
    void playingShowsTermsOneByOne();
    void reducedMotionShowsStagesWhole();
    void scrubbingReachesEveryStageAndTerm();
    void fewerStagesKeepThePlace();
    void playingAtTheEndBeginsAnew();
    void theClockStopsAtTheEnd();
};

void PlayerTest::stepsStayInside() {
    Player player;
    player.step();
    QCOMPARE(player.index(), 0); // no stages yet
    player.setStages({1, 3, 1});
    QSignalSpy moved(&player, &Player::moved);
    player.back();
    QCOMPARE(moved.count(), 0);
    player.step();
    player.step();
    player.step();
    QCOMPARE(player.index(), 2);
    QCOMPARE(moved.count(), 2);
    QCOMPARE(player.terms(), -1);
    player.reset();
    QCOMPARE(player.index(), 0);
}

void PlayerTest::playingShowsTermsOneByOne() {
    Player player;
    player.setStages({1, 3, 1});
    player.play();
    QVERIFY(player.isPlaying());
    std::vector<std::pair<int, int>> seen;
    for (int i = 0; i < 5; ++i) {
        player.advance();
        seen.emplace_back(player.index(), player.terms());
    }
    const std::vector<std::pair<int, int>> expected{{1, 0}, {1, 1}, {1, 2}, {1, -1}, {2, -1}};
    QCOMPARE(seen, expected);
    player.scrub(Player::ticksAStage + Player::ticksAStage / 2);
    QVERIFY(player.terms() >= 0);
    player.pause();
    QCOMPARE(player.terms(), -1); // what stands still is whole
}

void PlayerTest::reducedMotionShowsStagesWhole() {
    Player player;
    player.setReducedMotion(true);
    player.setStages({1, 32, 16});
    player.play();
    for (int stage = 1; stage < 3; ++stage) {
        player.advance();
        QCOMPARE(player.index(), stage);
        QCOMPARE(player.terms(), -1);
    }
    player.scrub(Player::ticksAStage + 5);
    QCOMPARE(player.terms(), -1);
}

void PlayerTest::scrubbingReachesEveryStageAndTerm() {
    Player player;
    player.setStages({1, 31, 1});
    std::set<std::pair<int, int>> seen;
    for (int tick = 0; tick <= player.lastTick(); ++tick) {
        player.scrub(tick);
        QCOMPARE(player.index(), tick / Player::ticksAStage);
        seen.insert({player.index(), player.terms()});
    }
    QCOMPARE(seen.size(), size_t(1 + 32 + 1));
    player.scrub(1000000);
    QCOMPARE(player.index(), 2);
}

void PlayerTest::fewerStagesKeepThePlace() {
    Player player;
    player.setStages({1, 1, 1, 1});
    player.go(3);
    player.setStages({1, 1});
    QCOMPARE(player.index(), 1);
    player.setStages({});
    QCOMPARE(player.count(), 0);
    player.play();
    QVERIFY(!player.isPlaying());
}

void PlayerTest::playingAtTheEndBeginsAnew() {
    Player player;
    player.setStages({1, 1, 1});
    player.go(2);
    player.play();
    QCOMPARE(player.index(), 0);
}

void PlayerTest::theClockStopsAtTheEnd() {
    Player player;
    player.setStages({1, 1});
    player.setSpeed(100);
    QCOMPARE(player.speed(), 4.0);
    player.play();
    QTRY_VERIFY(!player.isPlaying());
    QCOMPARE(player.index(), 1);
}

QTEST_GUILESS_MAIN(PlayerTest)
#include "player_test.moc"
