#include "tests/app/run_program.h"
#include "tests/ui/edit_window.h"
#include "ui/whatif/edit_banner.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace headlight;

namespace {
constexpr int it = 10, animal = 2;
constexpr int patience = 20000;

std::shared_ptr<const LoadedModel> reader() {
    static const std::shared_ptr<const LoadedModel> loaded = LoadedModel::load("reader");
    return loaded;
}

/// A window on the bundled model, which opens on the animal sentence with "it" selected.
struct ReaderWindow {
    explicit ReaderWindow(const QTemporaryDir& folder)
        : runner(reader()), window(runner, reader(), {}, withFiles(folder)) {
        window.resize(1280, 760);
        window.show();
        window.picture();
        window.activateWindow();
        QTest::keyClick(&window, Qt::Key_H, Qt::ControlModifier);
    }
    template <class Widget>
    Widget& find(const char* name) {
        return *window.findChild<Widget*>(QString::fromLatin1(name));
    }
    void settle() { QTRY_COMPARE_WITH_TIMEOUT(window.traces().id(), runner.lastId(), patience); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier) {
        QTest::keyClick(&window, key, modifiers);
        settle();
    }
    /// What the card of the row panel says: "animal 99.8 %  squirrel 0.1 % ... unchanged model: ...".
    QString reading() { return find<QWidget>("reading").accessibleDescription(); }
    std::vector<float> logits() {
        const auto values = window.traces().current()->recording.logits->values();
        return {values.begin(), values.end()};
    }

    FakeRunner runner;
    MainWindow window;
    EditHands<ReaderWindow> hands{*this};
};

/// The heads that link a pronoun to its antecedent, as the program finds them: all with at least half of the
/// best one's value.
std::vector<HeadAddress> pronounHeads() {
    const Called called = call({"heads", "--model", "reader", "--grammar", "200", "--relation",
                                "pronoun-antecedent", "--seed", "3", "--json"});
    std::vector<HeadAddress> heads;
    const nlohmann::json json = called.json();
    for (const auto& each : json["heads"])
        if (each["value"].get<double>() >= json["heads"][0]["value"].get<double>() / 2)
            heads.push_back(*parseHeadAddress(each["head"].get<std::string>()));
    return heads;
}
} // namespace

/// What is changed in the bundled model by mouse and keys, and what becomes of its answer.
class InterveneTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

private slots:
    void withoutThePronounHeadsItReadsSomethingElse() {
        const std::vector<HeadAddress> heads = pronounHeads();
        QVERIFY(!heads.empty() && heads.size() <= 3); // few of twelve
        const QString file = m_folder.filePath(QStringLiteral("without.headlight"));
        QString before, without;
        std::vector<float> logitsBefore, logitsWithout;
        {
            ReaderWindow f(m_folder);
            before = f.reading();
            logitsBefore = f.logits();
            QVERIFY2(before.startsWith(QStringLiteral("animal 99.8 %")), qPrintable(before));
            const int states = f.hands.states();
            for (const HeadAddress& head : heads) {
                f.hands.chooseHead(head, QStringLiteral("Switch off"));
                f.settle();
            }
            QCOMPARE(f.hands.states(), states + static_cast<int>(heads.size()));
            without = f.reading();
            logitsWithout = f.logits();
            QVERIFY2(!without.startsWith(QStringLiteral("animal")), qPrintable(without));
            QVERIFY2(without.endsWith(QStringLiteral("unchanged model: animal 99.8 %")), qPrintable(without));

            auto& list = f.find<QListView>("historyList");
            list.setFocus();
            QTest::keyClick(&list, Qt::Key_F2);
            auto* name = list.viewport()->findChild<QLineEdit*>();
            QVERIFY(name);
            QTest::keyClicks(name, QStringLiteral("no pronoun heads"));
            QTest::keyClick(name, Qt::Key_Return);
            QTRY_COMPARE(f.hands.lastState(), QStringLiteral("no pronoun heads"));

            for (size_t i = 0; i < heads.size(); ++i)
                f.press(Qt::Key_Z);
            QCOMPARE(f.reading(), before);
            QCOMPARE(f.logits(), logitsBefore); // bit for bit
            for (size_t i = 0; i < heads.size(); ++i)
                f.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
            QCOMPARE(f.reading(), without);
            QCOMPARE(f.logits(), logitsWithout);

            QTest::keyClick(&f.window, Qt::Key_S, Qt::ControlModifier);
            auto* dialog = f.window.findChild<QFileDialog*>();
            QVERIFY(dialog);
            auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
            QVERIFY(field);
            field->setText(file);
            QTest::keyClick(field, Qt::Key_Return);
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
            f.window.close();
        }
        ReaderWindow f(m_folder);
        f.window.openFile(file.toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(f.hands.edits().size(), heads.size(), patience);
        f.settle();
        QCOMPARE(f.reading(), without);
        QCOMPARE(f.logits(), logitsWithout);
        QCOMPARE(f.hands.lastState(), QStringLiteral("no pronoun heads"));
        for (size_t i = 0; i < heads.size(); ++i)
            f.press(Qt::Key_Z);
        QCOMPARE(f.reading(), before);
        QCOMPARE(f.logits(), logitsBefore);
    }

    /// Whatever is changed by hand, the card says what the unchanged model reads, the line below the row how
    /// far the answer moved, the banner what was changed, and undo brings the very numbers back.
    void everyEditShowsItsEffect_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("banner");
        QTest::newRow("mean") << "mean"
                              << "context replaced by its mean over the sentence (L1 H0)";
        QTest::newRow("hide") << "hide"
                              << "“animal” is hidden (all heads)";
        QTest::newRow("mask") << "mask"
                              << "“it” may not look at “animal” (L1 H0)";
        QTest::newRow("weight") << "weight"
                                << "weight of “it” on “animal” set to 0, row renormalised (L1 H0)";
        QTest::newRow("score") << "score"
                               << "score of “it” on “animal” set to 0 (L1 H0)";
        QTest::newRow("head") << "head"
                              << "weights of L1 H1 (L1 H0)";
        QTest::newRow("sentence") << "sentence"
                                  << "weights of L1 H0 in “The animal didn't cross";
        QTest::newRow("layer") << "layer"
                               << "switched off (all heads of L1)";
    }
    void everyEditShowsItsEffect() {
        QFETCH(QString, what);
        QFETCH(QString, banner);
        ReaderWindow f(m_folder);
        f.window.selection().setHead({Stack::encoder, 1, 0});
        f.window.selection().setCell(it, animal);
        const std::vector<float> before = f.logits();
        const auto toolKeys = [&](std::initializer_list<Qt::Key> keys) {
            f.hands.map().setFocus();
            QTest::keyClick(&f.hands.map(), Qt::Key_E);
            for (const Qt::Key key : keys)
                QTest::keyClick(&f.hands.map(), key);
        };
        const auto openWhatIf = [&] { QTest::keyClick(&f.window, Qt::Key_I, Qt::ControlModifier); };
        if (what == QLatin1String("mean")) {
            f.hands.chooseHead({Stack::encoder, 1, 0}, QStringLiteral("Replace L1 H0 by its mean"));
        } else if (what == QLatin1String("hide")) {
            f.hands.chooseWord(animal, QStringLiteral("Hide “animal” from all heads"));
        } else if (what == QLatin1String("mask")) {
            toolKeys({Qt::Key_M, Qt::Key_Space});
        } else if (what == QLatin1String("weight")) {
            toolKeys({Qt::Key_W, Qt::Key_0});
        } else if (what == QLatin1String("score")) {
            toolKeys({Qt::Key_S, Qt::Key_0});
        } else if (what == QLatin1String("layer")) {
            openWhatIf();
            QTest::keyClick(&f.hands.segments("Heads that are changed"), Qt::Key_Left);
            QTest::keyClick(&f.hands.segments("What the heads say"), Qt::Key_Right);
        } else {
            openWhatIf();
            Segments& pattern = f.hands.segments("Pattern of this head");
            QTest::keyClick(&pattern, Qt::Key_Right);
            if (what == QLatin1String("sentence")) {
                QTest::keyClick(&pattern, Qt::Key_Right);
                auto& text = f.find<QLineEdit>("patternText");
                QTest::keyClicks(
                    &text, QStringLiteral("The animal didn't cross the street because it was too wide."));
            }
        }
        f.settle();
        QVERIFY2(f.find<EditBanner>("editBanner").text().contains(banner),
                 qPrintable(f.find<EditBanner>("editBanner").text()));
        QVERIFY2(f.reading().endsWith(QStringLiteral("unchanged model: animal 99.8 %")),
                 qPrintable(f.reading()));
        const QString effect =
            f.find<QWidget>("rightPanel").findChild<QLabel*>(QStringLiteral("rowFooter"))->text();
        QVERIFY2(effect.contains(QStringLiteral("; answer ")), qPrintable(effect));
        QVERIFY(f.logits() != before);
        for (int undone = 0; undone < 4 && !f.hands.edits().empty(); ++undone)
            f.press(Qt::Key_Z);
        QCOMPARE(f.logits(), before);
        QVERIFY(!f.reading().contains(QStringLiteral("unchanged")));
    }
};

QTEST_MAIN(InterveneTest)
#include "intervene_test.moc"
