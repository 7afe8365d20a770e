#include "app/main_window.h"
#include "tests/ui/fake_model.h"
#include "tests/ui/fake_runner.h"
#include "ui/look/heatmap_view.h"
#include "ui/viewbar/segments.h"
#include "ui/whatif/edit_banner.h"
#include "ui/whatif/edit_list.h"
#include "ui/whatif/what_if_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace headlight;

/// What can be changed in the model, in a whole window.
class WhatIfTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void theTemperatureIsChangedAndUndoneByKeyboard();
    void everyControlIsAnEdit();
    void aHeadIsChangedAlone();
    void aHeadIsLeftOutOfWhatAllDo();
    void headsAreSwitchedOffAndOn();
    void aWordIsHidden();
    void aHeadTakesThePatternOfAnother();
    void aHeadTakesItsPatternFromASentence();
    void anEditIsTakenAwayInTheList();
    void anEditThatDoesNotFitSaysWhy();
    void anEditSleepsWhileItsWordIsGone();
    void theControlsStandWhereTheirEffectIsSeen();

private:
    template <class Widget>
    Widget& find(const char* name) {
        return *m_window->findChild<Widget*>(QString::fromLatin1(name));
    }
    const Edits& edits() { return m_window->document().edits().edits(); }
    void settle() { QTRY_COMPARE(m_window->traces().id(), m_runner->lastId()); }
    /// The group of switches with this accessible name.
    Segments& segments(const char* name);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRunner> m_runner;
    std::unique_ptr<MainWindow> m_window;
};

void WhatIfTest::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_runner = std::make_unique<FakeRunner>(fakeModel());
    WindowHooks hooks;
    hooks.autosave = m_folder->path().toStdString();
    ExampleGroup group;
    for (const char* text :
         {"The dog was tired.", "The dog was tired because the animal didn't cross the street.",
          "The animal didn't cross the street because it was too wide."}) {
        TextExample example;
        example.text = text;
        group.examples.push_back(example);
    }
    hooks.examples = {group};
    m_window = std::make_unique<MainWindow>(*m_runner, fakeModel(), WindowSettings{}, hooks);
    m_window->show();
    m_window->picture();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void WhatIfTest::cleanup() {
    m_window.reset();
    m_runner.reset();
    m_folder.reset();
}

Segments& WhatIfTest::segments(const char* name) {
    for (Segments* each : m_window->findChildren<Segments*>())
        if (each->accessibleName() == QString::fromLatin1(name))
            return *each;
    qFatal("no such switches");
}

void WhatIfTest::theTemperatureIsChangedAndUndoneByKeyboard() {
    QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Right);
    QCOMPARE(edits().size(), size_t{1});
    QCOMPARE(std::get<Temperature>(edits()[0].what).t, 2.0); // what the number beside the slider says
    QVERIFY(m_runner->edits().back() == edits());            // re-run at once
    settle();
    auto& banner = find<EditBanner>("editBanner");
    QVERIFY(banner.isVisible() && banner.text().contains(QStringLiteral("temperature 2 (all heads)")));
    QVERIFY(m_window->traces().baseline() && m_window->traces().baseline()->edits.empty());
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(edits().empty());
    settle();
    QVERIFY(!banner.isVisible() && !m_window->traces().baseline());
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(edits().size(), size_t{1});
}

void WhatIfTest::everyControlIsAnEdit() {
    QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
    const auto step = [this](const char* name) { QTest::keyClick(&segments(name), Qt::Key_Right); };
    step("Scaling of the scores");
    QCOMPARE(std::get<ScoreScale>(edits().back().what).factor, 1.0);
    step("Scaling of the scores");
    QCOMPARE(std::get<ScoreScale>(edits().back().what).factor, 0.4);
    step("From scores to weights");
    QVERIFY(std::get<NormaliserChoice>(edits().back().what).normaliser == NormaliserKind::sparsemax);
    step("Mask");
    QVERIFY(std::get<MaskChoice>(edits().back().what).mask == MaskKind::causal);
    step("Mask");
    QVERIFY(std::get<MaskChoice>(edits().back().what).mask == MaskKind::local);
    QCOMPARE(edits().size(), size_t{3});
    // Back to what the model does of itself: no edit at all.
    for (int i = 0; i < 2; ++i) {
        QTest::keyClick(&segments("Mask"), Qt::Key_Left);
        QTest::keyClick(&segments("Scaling of the scores"), Qt::Key_Left);
        QTest::keyClick(&segments("From scores to weights"), Qt::Key_Left);
    }
    QVERIFY(edits().empty());
}

void WhatIfTest::aHeadIsChangedAlone() {
    QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(&segments("Heads that are changed"), Qt::Key_Left);
    QTest::keyClick(&segments("From scores to weights"), Qt::Key_Right);
    QCOMPARE(edits().size(), size_t{1});
    QVERIFY(edits()[0].heads == HeadScope::one(m_window->selection().head()));
    HeadAddress other = m_window->selection().head();
    other.head = other.head == 0 ? 1 : 0;
    m_window->selection().setHead(other); // the controls show what counts there
    QCOMPARE(segments("From scores to weights").current(), static_cast<int>(NormaliserKind::softmax));
}

void WhatIfTest::aHeadIsLeftOutOfWhatAllDo() {
    QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
    EditsState& state = m_window->document().edits();
    const HeadAddress head = m_window->selection().head();
    const int width = m_window->traces().current()->shape.find(head.stack)->headWidth;
    state.setEdits({{HeadScope::all(), NormaliserChoice{NormaliserKind::hard}},
                    {HeadScope::all(), ScoreScale{1}},
                    {HeadScope::all(), MaskChoice{MaskKind::causal}}});
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(&segments("Heads that are changed"), Qt::Key_Left);
    for (const char* control : {"From scores to weights", "Scaling of the scores", "Mask"})
        for (int i = 0; i < 2; ++i)
            QTest::keyClick(&segments(control), Qt::Key_Left);
    QCOMPARE(edits().size(), size_t{6});
    QVERIFY(state.effective<NormaliserChoice>(head)->normaliser == NormaliserKind::softmax);
    QVERIFY(state.effective<ScoreScale>(head)->factor == 1 / std::sqrt(static_cast<double>(width)));
    QVERIFY(state.effective<MaskChoice>(head)->mask == MaskKind::none);
    QCOMPARE(segments("From scores to weights").current(), static_cast<int>(NormaliserKind::softmax));
    QCOMPARE(segments("Scaling of the scores").current(), 0);
}

void WhatIfTest::headsAreSwitchedOffAndOn() {
    QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
    EditsState& state = m_window->document().edits();
    const HeadAddress head = m_window->selection().head();
    QTest::keyClick(&segments("Heads that are changed"), Qt::Key_Left); // its layer
    QTest::keyClick(&segments("What the heads say"), Qt::Key_Right);
    QVERIFY(edits().back().heads == HeadScope::ofLayer(head.stack, head.layer));
    QVERIFY(std::get<SwitchOff>(edits().back().what).context == OffContext::zero);
    QTest::keyClick(&segments("What the heads say"), Qt::Key_Right);
    QCOMPARE(edits().size(), size_t{1});
    QVERIFY(std::get<SwitchOff>(edits().back().what).context == OffContext::sentenceMean);
    settle();
    QVERIFY(find<EditBanner>("editBanner")
                .text()
                .contains(QStringLiteral("mean over the sentence (all heads of L2)")));
    QTest::keyClick(&segments("Heads that are changed"), Qt::Key_Left); // this head alone is on again
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(&segments("What the heads say"), Qt::Key_Left);
    QVERIFY(!state.effective<SwitchOff>(head));
    QVERIFY(state.effective<SwitchOff>({head.stack, head.layer, head.head == 0 ? 1 : 0}));
    m_window->selection().setHead({head.stack, head.layer, head.head == 0 ? 1 : 0});
    QCOMPARE(segments("What the heads say").current(), 2); // its mean, as the layer was told
}

void WhatIfTest::aWordIsHidden() {
    QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
    m_window->selection().setCell(10, 2);
    const auto hide = [this] {
        for (auto* each : m_window->findChildren<QToolButton*>())
            if (each->property("part") == QStringLiteral("hide"))
                return each;
        return static_cast<QToolButton*>(nullptr);
    };
    QCOMPARE(hide()->text(), QStringLiteral("hide “animal”"));
    QTest::mouseClick(hide(), Qt::LeftButton);
    QCOMPARE(edits().size(), size_t{1});
    QVERIFY(edits()[0].heads == HeadScope::all());
    QCOMPARE(std::get<HiddenToken>(edits()[0].what).key.word, std::string("animal"));
    QVERIFY(hide()->isChecked());
    m_window->selection().setKey(3);
    QVERIFY(!hide()->isChecked());
    m_window->selection().setKey(2);
    QTest::mouseClick(hide(), Qt::LeftButton);
    QVERIFY(edits().empty());
}

void WhatIfTest::aHeadTakesThePatternOfAnother() {
    QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
    auto& heads = find<QComboBox>("patternHead");
    QVERIFY(!heads.isVisible());
    QTest::keyClick(&segments("Pattern of this head"), Qt::Key_Right);
    QVERIFY(heads.isVisible());
    const HeadAddress head = m_window->selection().head();
    QCOMPARE(edits().size(), size_t{1});
    QVERIFY(edits()[0].heads == HeadScope::one(head));
    QCOMPARE(heads.findText(QStringLiteral("L2 H2")), -1); // not itself
    heads.setFocus();
    QTest::keyClick(&heads, Qt::Key_End);
    const HeadAddress from = std::get<BorrowedPattern>(edits()[0].what).from;
    QCOMPARE(heads.currentText(), QStringLiteral("L%1 H%2").arg(from.layer).arg(from.head));
    QCOMPARE(from.layer, 0);
    settle();
    QVERIFY(find<EditBanner>("editBanner").text().contains(QStringLiteral("weights of L0 H3 (L2 H2)")));
    // Heads of later layers are computed later, and are not offered.
    m_window->selection().setHead({Stack::encoder, 0, 1});
    QTest::keyClick(&segments("Pattern of this head"), Qt::Key_Right);
    QCOMPARE(heads.count(), 3);
    QTest::keyClick(&segments("Pattern of this head"), Qt::Key_Left);
    QCOMPARE(edits().size(), size_t{1});
}

void WhatIfTest::aHeadTakesItsPatternFromASentence() {
    QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
    auto& text = find<QLineEdit>("patternText");
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(&segments("Pattern of this head"), Qt::Key_Right);
    // Of the examples, the one that differs latest.
    QCOMPARE(text.text(), QStringLiteral("The animal didn't cross the street because it was too wide."));
    QVERIFY(text.isVisible() && text.hasFocus());
    QCOMPARE(edits().size(), size_t{1});
    const auto& pattern = std::get<TextPattern>(edits()[0].what);
    QCOMPARE(QString::fromStdString(pattern.text), text.text());
    QVERIFY(pattern.from == m_window->selection().head());
    settle();
    QVERIFY(find<EditBanner>("editBanner")
                .text()
                .contains(QStringLiteral("weights of L2 H2 in “The animal didn't cross")));
    const auto& problem = find<QLabel>("patternProblem");
    QVERIFY(!problem.isVisible());
    // A sentence of another length is told, and used as soon as it fits again.
    text.end(false);
    QTest::keyClicks(&text, QStringLiteral(" too"));
    settle();
    QVERIFY(problem.isVisible());
    QCOMPARE(problem.text(), QStringLiteral("17 tokens; 16 are needed"));
    QVERIFY(m_window->traces().current()->edits.empty());
    m_window->document().edits().set({HeadScope::all(), Temperature{2}});
    settle();
    QVERIFY2(find<EditList>("editList")
                 .lines()[0]
                 .endsWith(QStringLiteral("that sentence has another number of tokens")),
             qPrintable(find<EditList>("editList").lines()[0]));
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&text, Qt::Key_Backspace);
    settle();
    QVERIFY(!problem.isVisible());
    QCOMPARE(m_window->traces().current()->edits.size(), size_t{2});
}

void WhatIfTest::anEditThatDoesNotFitSaysWhy() {
    EditsState& state = m_window->document().edits();
    state.setEdits(
        {{HeadScope::one({Stack::encoder, 9, 0}), Temperature{2}}, {HeadScope::all(), Temperature{3}}});
    settle();
    const auto& list = find<EditList>("editList");
    QVERIFY2(list.lines()[0].endsWith(QStringLiteral("this model has no such head")),
             qPrintable(list.lines()[0]));
    const auto labels = list.findChildren<QLabel*>();
    QCOMPARE(labels.size(), 2);
    QVERIFY(!labels[0]->isEnabled() && labels[1]->isEnabled());
}

void WhatIfTest::anEditIsTakenAwayInTheList() {
    QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
    EditsState& state = m_window->document().edits();
    state.set({HeadScope::all(), Temperature{2}});
    state.set({HeadScope::all(), MaskChoice{MaskKind::causal}});
    auto& list = find<EditList>("editList");
    QCOMPARE(list.lines().size(), 2);
    QTest::mouseClick(list.findChildren<QToolButton*>()[0], Qt::LeftButton);
    QCOMPARE(list.lines(), QStringList{QStringLiteral("causal mask (all heads)")});
}

void WhatIfTest::anEditSleepsWhileItsWordIsGone() {
    auto& map = find<HeatmapView>("map");
    auto& editor = find<QPlainTextEdit>("editor");
    QTest::keyClick(&map, Qt::Key_E);
    QTest::mouseClick(&map, Qt::LeftButton, Qt::NoModifier, map.picture().map.cell(10, 2).center().toPoint());
    settle();
    const QString text = editor.toPlainText();
    QTextCursor cursor = editor.textCursor();
    cursor.movePosition(QTextCursor::Start);
    cursor.insertText(QStringLiteral("Look: "));
    settle();
    const Trace& moved = *m_window->traces().current();
    QCOMPARE(moved.edits.size(), size_t{1});
    const auto& cell = std::get<BlockedCell>(moved.edits[0].what);
    QCOMPARE(moved.spelling(moved.tokens()[static_cast<size_t>(cell.key.index)]), std::string("animal"));

    m_window->setText(QStringLiteral("The dog didn't cross the street because it was too tired."));
    settle();
    QVERIFY(isDormant(edits()[0]) && m_window->traces().current()->edits.empty());
    QVERIFY(find<EditList>("editList").lines()[0].endsWith(QStringLiteral("not in this text")));
    auto& banner = find<EditBanner>("editBanner");
    QVERIFY2(banner.text().contains(QStringLiteral("Nothing is changed")), qPrintable(banner.text()));
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    settle();
    QTRY_VERIFY(!isDormant(edits()[0]));
    QVERIFY(editor.toPlainText().contains(QStringLiteral("animal")));
}

void WhatIfTest::theControlsStandWhereTheirEffectIsSeen() {
    auto& panel = find<WhatIfPanel>("whatIf");
    const auto shown = [&](Page page) {
        m_window->options().setPage(page);
        return panel.isVisible();
    };
    QVERIFY(!shown(Page::look) && !shown(Page::steps) && !shown(Page::experiments));
    QVERIFY(!shown(Page::look));
    QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(panel.isVisible() && panel.isAncestorOf(m_window->focusWidget()));
    QVERIFY(shown(Page::steps) && !shown(Page::experiments) && shown(Page::look));
    // Asked for from the experiments, they come with the page on which they are seen.
    QTest::keyClick(m_window->focusWidget(), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(!shown(Page::experiments));
    QTest::keyClick(m_window.get(), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(m_window->options().page() == Page::look);
    QVERIFY(panel.isVisible());
}

QTEST_MAIN(WhatIfTest)
#include "what_if_test.moc"
