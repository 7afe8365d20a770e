#include "tests/ui/window_fixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace headlight;

class MainWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsWithThePoint();
    void typingChangesTheTrace();
    void everyKeyIsSubmittedAtOnce();
    void oldAnswersAreNotShown();
    void everyTraceIsPainted();
    void errorsKeepThePicture();
    void unreadTextIsStated();
    void aHundredThousandCharactersArePasted();
    void oddTextIsShown_data();
    void oddTextIsShown();
    void themesAreChangedAndRemembered();
    void hiddenViewsDoNotCompute();
    void aPictureNeedsNoDisplay();
};

void MainWindowTest::startsWithThePoint() {
    Fixture f;
    QCOMPARE(f.editor().toPlainText(), QString::fromLatin1(animalSentence));
    QCOMPARE(f.query(), QStringLiteral("it"));
    QVERIFY((f.window.selection().head() == HeadAddress{Stack::encoder, 2, 2}));
    QCOMPARE(f.panel().title(), QStringLiteral("What “it” looks at · L2 H2"));
    QVERIFY(f.panel().footer().endsWith(QStringLiteral("sums to 1.000")));
    QVERIFY(f.find<QLabel>("facts").text().startsWith(QStringLiteral("16 tokens   ·   3 layers × 4 heads")));
    QVERIFY(
        f.window.findChild<ReadingCard*>()->accessibleDescription().startsWith(QStringLiteral("animal ")));
}

void MainWindowTest::typingChangesTheTrace() {
    Fixture f;
    f.editor().setFocus();
    f.editor().moveCursor(QTextCursor::End);
    QTest::keyClicks(&f.editor(), QStringLiteral(" dog"));
    f.settle();
    QCOMPARE(f.word(15), QStringLiteral("dog"));
    QCOMPARE(f.query(), QStringLiteral("it"));
    f.editor().moveCursor(QTextCursor::Start);
    QTest::keyClicks(&f.editor(), QStringLiteral("Well "));
    f.settle();
    QCOMPARE(f.query(), QStringLiteral("it"));
    QCOMPARE(f.window.selection().query(), 11);
}

void MainWindowTest::everyKeyIsSubmittedAtOnce() {
    Fixture f;
    const size_t before = f.runner.texts().size();
    QTest::keyClicks(&f.editor(), QStringLiteral("abc"));
    QCOMPARE(f.runner.texts().size(), before + 3);
}

void MainWindowTest::oldAnswersAreNotShown() {
    Fixture f;
    f.runner.hold(true);
    QTest::keyClicks(&f.editor(), QStringLiteral("xy"));
    const quint64 newest = f.runner.lastId();
    f.runner.answer(newest);
    QCOMPARE(f.window.traces().id(), newest);
    f.runner.answer(newest - 1);
    QCOMPARE(f.window.traces().id(), newest);
    QVERIFY(f.trace().text.ends_with("xy"));
}

void MainWindowTest::everyTraceIsPainted() {
    Fixture f;
    QVERIFY(QTest::qWaitForWindowExposed(&f.window));
    QSignalSpy painted(&f.window, &MainWindow::painted);
    QTest::keyClick(&f.editor(), Qt::Key_A);
    QTRY_VERIFY(!painted.empty());
    QCOMPARE(painted.back().front().toULongLong(), f.runner.lastId());
}

void MainWindowTest::errorsKeepThePicture() {
    Fixture f;
    const auto before = f.window.traces().current();
    f.window.setText(QStringLiteral("fail"));
    QTRY_VERIFY(f.notice().isVisible());
    QCOMPARE(f.notice().text(), QStringLiteral("The text has the word \"fail\"; take it out."));
    QCOMPARE(f.window.traces().current(), before);
    f.window.setText(QStringLiteral("it was"));
    f.settle();
    QVERIFY(!f.notice().isVisible());
}

void MainWindowTest::unreadTextIsStated() {
    Fixture f;
    f.window.setText(QStringLiteral("a ").repeated(30) + QStringLiteral("שלום😀"));
    f.settle();
    QVERIFY(f.notice().isVisible());
    QCOMPARE(f.notice().text(),
             QStringLiteral("Read the first 32 tokens; the last 5 characters are not read."));
}

void MainWindowTest::aHundredThousandCharactersArePasted() {
    Fixture f;
    f.editor().setFocus();
    f.editor().selectAll();
    QGuiApplication::clipboard()->setText(QStringLiteral("animal it ").repeated(10000));
    f.editor().paste();
    QTest::keyClick(&f.editor(), Qt::Key_A);
    f.settle();
    QCOMPARE(f.trace().text.size(), size_t{100001});
    QCOMPARE(f.trace().tokens().size(), size_t{32});
    QVERIFY(f.notice().text().contains(QStringLiteral("99,851 characters")));
    QVERIFY(f.editor().height() < 90);
}

void MainWindowTest::oddTextIsShown_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("one letter") << QStringLiteral("a");
    QTest::newRow("emoji") << QStringLiteral("it 😀👩‍👩‍👧 was 🏳️‍🌈");
    QTest::newRow("right to left") << QStringLiteral("שלום עולם it مرحبا");
    QTest::newRow("line breaks") << QStringLiteral("it\nwas\n\ntoo\ttired");
    QTest::newRow("control characters") << QStringLiteral("it\u0001was\u200b");
    QTest::newRow("half a surrogate") << QStringLiteral("it ") + QChar(0xd83d) + QStringLiteral(" was");
    QTest::newRow("one long word") << QStringLiteral("a").repeated(5000);
    QTest::newRow("markup") << QStringLiteral("<b>it</b> &amp; %1 %2");
}

void MainWindowTest::oddTextIsShown() {
    QFETCH(QString, text);
    Fixture f;
    f.window.setText(text);
    f.settle();
    const int count = static_cast<int>(f.trace().tokens().size());
    QCOMPARE(f.map().picture().map.rows, count);
    for (int token = 0; token < count; ++token) {
        f.window.selection().setCell(token, count - 1 - token);
        QVERIFY(!f.window.picture().isNull());
    }
}

void MainWindowTest::themesAreChangedAndRemembered() {
    Fixture f;
    const QImage light = f.window.picture();
    f.window.setTheme(ThemeName::dark);
    const QImage dark = f.window.picture();
    QVERIFY(f.window.settings().theme == ThemeName::dark);
    const auto mean = [](const QImage& image) {
        const QImage small = image.scaled(16, 16, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        int sum = 0;
        int brightest = 0;
        for (int y = 0; y < 16; ++y)
            for (int x = 0; x < 16; ++x) {
                sum += qGray(small.pixel(x, y));
                brightest = std::max(brightest, qGray(small.pixel(x, y)));
            }
        return std::pair{sum / 256, brightest};
    };
    QVERIFY(mean(light).first > 200);
    QVERIFY(mean(dark).first < 70);
    // No panel forgot to change.
    QVERIFY2(mean(dark).second < 190, qPrintable(QString::number(mean(dark).second)));
}

void MainWindowTest::hiddenViewsDoNotCompute() {
    Fixture f;
    f.map().hide();
    QTest::keyClicks(&f.editor(), QStringLiteral(" dog it"));
    f.settle();
    QVERIFY(f.map().picture().trace != f.window.traces().current());
    f.map().show();
    QCOMPARE(f.map().picture().trace, f.window.traces().current());
}

void MainWindowTest::aPictureNeedsNoDisplay() {
    FakeRunner runner(fakeModel());
    MainWindow window(runner, fakeModel(), {}, {});
    window.resize(1024, 640);
    const QImage picture = window.picture();
    QCOMPARE(picture.size(), QSize(1024, 640));
    QCOMPARE(window.traces().id(), runner.lastId());
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
