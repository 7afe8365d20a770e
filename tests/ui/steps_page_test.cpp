#include "engine/explain/formats.h"
#include "tests/ui/steps_window.h"
#include "ui/formula/formula_view.h"
#include "ui/heads/heads_view.h"
#include "ui/look/heatmap_view.h"
#include "ui/row/row_list.h"
#include "ui/steps/number_panel.h"
#include "ui/steps/stage_canvas.h"
#include "ui/steps/stage_list.h"
#include "ui/steps/stage_text.h"
#include "ui/steps/steps_page.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace headlight;

class StepsPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNumberOpensByKeyboardAndEscapeLeadsBack();
    void aNumberOpensByDoubleClick();
    void keysWalkTheStages();
    void numbersOnTheScreenAreTheRecordedOnes();
    void editingKeepsTheStage();
    void anotherLayerIsReadWithItsDetails();
    void hiddenItComputesNothing();
    void theKeyIsTheOneOfTheWindow();
    void depthsTellMore();
    void whereANumberComesFrom();
    void everyNumberCanBeWrittenOut();
    void digitsAreAsAskedFor();
    void noNumberIsCut();
    void stepsAreExported();
    void aScreenReaderIsTold();
    void reducedMotionIsHonoured();
    void pageAndStageComeBack();
    void aModelWithoutDetailsIsASentence();
};

void StepsPageTest::aNumberOpensByKeyboardAndEscapeLeadsBack() {
    StepsWindow f;
    QVERIFY(!f.window.findChild<StepsPage*>()); // not even made
    f.enter();
    QVERIFY(f.window.options().page() == Page::steps);
    QCOMPARE(f.stageName(), std::string("weights"));
    QCOMPARE(f.steps().steps.question.query, f.selection().query());
    QCOMPARE(f.steps().steps.question.key, f.selection().key());
    QCOMPARE(f.window.focusWidget(), static_cast<QWidget*>(&f.page().canvas()));
    QCOMPARE(f.find<QTabBar>("pages").currentIndex(), 1);
    f.key(Qt::Key_Escape);
    QVERIFY(f.window.options().page() == Page::look);
    QCOMPARE(f.window.focusWidget(), static_cast<QWidget*>(&f.map()));
    QVERIFY(f.selection().key() >= 0); // Esc left the page and nothing else
}

void StepsPageTest::aNumberOpensByDoubleClick() {
    StepsWindow f;
    const auto leave = [&] {
        f.key(Qt::Key_Escape);
        QVERIFY(f.window.options().page() == Page::look);
    };
    QTest::mouseDClick(&f.map(), Qt::LeftButton, {}, f.map().picture().map.cell(3, 4).center().toPoint());
    f.settle();
    QCOMPARE(f.steps().steps.question.query, 3);
    QCOMPARE(f.steps().steps.question.key, 4);
    QCOMPARE(f.stageName(), std::string("weights"));
    leave();
    auto& row = f.find<RowList>("row");
    QRect place; // the page that comes back is laid out in several steps
    do {
        place = QRect(row.mapTo(&f.window, QPoint()), row.size());
        QTest::qWait(30);
    } while (place != QRect(row.mapTo(&f.window, QPoint()), row.size()));
    int key = 5; // or the next one whose line is in sight
    while (key < 15 && !row.viewport()->rect().contains(row.lineRect(key)))
        ++key;
    const QRect line = row.lineRect(key);
    QVERIFY(!line.isEmpty());
    int x = 0;
    while (x < line.width() && row.termAt(QPointF(x, 5)) != QStringLiteral("score"))
        ++x;
    QTest::mouseDClick(row.viewport(), Qt::LeftButton, {}, {x + 5, line.center().y()});
    f.settle();
    QTRY_COMPARE_WITH_TIMEOUT(f.stageName(), std::string("scaled"), 60000); // the score was under the pointer
    QCOMPARE(f.steps().steps.question.key, key);
    leave();
    auto& heads = f.find<HeadsView>("heads");
    QTest::mouseDClick(&heads, Qt::LeftButton, {}, heads.thumbnailRect({Stack::encoder, 0, 1}).center());
    f.settle();
    QVERIFY((f.steps().steps.question.head == HeadAddress{Stack::encoder, 0, 1}));
}

void StepsPageTest::keysWalkTheStages() {
    StepsWindow f;
    f.enter();
    const auto count = static_cast<int>(f.steps().steps.stages.size());
    auto& list = f.find<StageList>("stageList");
    QCOMPARE(list.count(), count);
    f.key(Qt::Key_Home);
    QVERIFY(f.stage().id == StageId::query);
    for (int i = 0; i < count; ++i) {
        QCOMPARE(f.page().source().index(), i);
        QCOMPARE(list.currentRow(), i);
        QCOMPARE(f.find<QLabel>("stageTitle").text(), titleOf(f.stage()));
        QCOMPARE(f.page().formula().formulaName(), formulaOf(f.stage(), StepsDepth::arithmetic));
        f.key(Qt::Key_Right);
    }
    QCOMPARE(f.page().source().index(), count - 1);
    f.key(Qt::Key_Left);
    QCOMPARE(f.page().source().index(), count - 2);
    f.key(Qt::Key_End);
    QVERIFY(f.stage().id == StageId::residual);
    QTest::mouseClick(&f.find<QToolButton>("resetButton"), Qt::LeftButton);
    QCOMPARE(f.page().source().index(), 0);
    QTest::mouseClick(&f.find<QToolButton>("stepButton"), Qt::LeftButton);
    QTest::mouseClick(&f.find<QToolButton>("stepButton"), Qt::LeftButton);
    QVERIFY(f.stage().id == StageId::dot);
    QTest::mouseClick(&f.find<QToolButton>("backButton"), Qt::LeftButton);
    QVERIFY(f.stage().id == StageId::keys);
    list.setFocus();
    QTest::keyClick(&list, Qt::Key_Down);
    QVERIFY(f.stage().id == StageId::dot);
    f.key(Qt::Key_Space);
    QVERIFY(f.page().player().isPlaying());
    f.key(Qt::Key_Space);
    QVERIFY(!f.page().player().isPlaying());
    const double speed = f.page().player().speed();
    f.key(Qt::Key_Plus);
    QCOMPARE(f.page().player().speed(), 2 * speed);
    f.key(Qt::Key_Minus);
    QCOMPARE(f.page().player().speed(), speed);
}

void StepsPageTest::numbersOnTheScreenAreTheRecordedOnes() {
    StepsWindow f;
    f.enter();
    const Trace& trace = *f.window.traces().current();
    const StepsQuestion at = f.steps().steps.question;
    const SiteRecord& site = *trace.site(at.head.stack, at.head.layer);
    for (const Stage& stage : f.steps().steps.stages) {
        f.goTo(stage.id);
        const Derivation& shown = f.page().number().derivation();
        QCOMPARE(shown.recorded, f.steps().provenance->value(shown.cell));
        QVERIFY2(shown.agrees, qPrintable(titleOf(stage)));
    }
    f.goTo(StageId::dot);
    const TermsModel& terms = f.page().number().terms();
    const auto width = static_cast<int>(site.queries.dimension(2));
    QCOMPARE(terms.rowCount(), width);
    double sum = 0;
    for (int t = 0; t < width; ++t) {
        const auto number = [&](int column) { return terms.index(t, column).data(Qt::UserRole).toDouble(); };
        QCOMPARE(number(TermsModel::first), static_cast<double>(site.queries.at(at.head.head, at.query, t)));
        QCOMPARE(number(TermsModel::second), static_cast<double>(site.keys.at(at.head.head, at.key, t)));
        sum += number(TermsModel::value);
        QCOMPARE(number(TermsModel::running), sum);
    }
    f.goTo(StageId::weights);
    QCOMPARE(f.page().number().derivation().recorded, site.weights.at(at.head.head, at.query, at.key));
    QVERIFY(f.find<QLabel>("numberValue")
                .text()
                .startsWith(
                    shownNumber(static_cast<double>(site.weights.at(at.head.head, at.query, at.key)), 4)));
    // Each drawn array reads the trace in place.
    const StepArray& weights = f.stage().arrays[1];
    QCOMPARE(weights.data, site.weights.row(at.head.head, at.query).data());
}

void StepsPageTest::editingKeepsTheStage() {
    StepsWindow f;
    f.enter();
    f.goTo(StageId::dot);
    const std::string keyWord = f.steps().steps.keyWord;
    const float before = f.page().number().derivation().recorded;
    auto& editor = f.find<QPlainTextEdit>("editor");
    editor.moveCursor(QTextCursor::Start);
    QTest::keyClicks(&editor, QStringLiteral("Yes, "));
    f.settle();
    QVERIFY(f.stage().id == StageId::dot);
    QCOMPARE(f.steps().trace.get(), f.window.traces().current().get());
    QCOMPARE(f.steps().steps.keyWord, keyWord);
    QCOMPARE(f.steps().steps.queryWord, std::string("it"));
    const StepsQuestion at = f.steps().steps.question;
    const SiteRecord& site = *f.window.traces().current()->site(at.head.stack, at.head.layer);
    QVERIFY(site.detail);
    QCOMPARE(f.page().number().derivation().recorded, site.detail->dots.at(at.head.head, at.query, at.key));
    QVERIFY(f.page().number().derivation().recorded != before);
}

void StepsPageTest::anotherLayerIsReadWithItsDetails() {
    StepsWindow f;
    f.enter();
    const quint64 before = f.runner.lastId();
    const HeadAddress other{Stack::encoder, 0, 1};
    f.selection().setHead(other);
    QCOMPARE(f.runner.lastId(), before + 1);
    f.settle();
    QVERIFY(f.steps().steps.question.head == other);
    // Another head of the same layer needs nothing.
    f.selection().setHead({Stack::encoder, 0, 0});
    QCOMPARE(f.runner.lastId(), before + 1);
    QCOMPARE(f.steps().steps.question.head.head, 0);
}

void StepsPageTest::hiddenItComputesNothing() {
    StepsWindow f;
    for (const auto& site : f.window.traces().current()->recording.stacks.front().sites)
        QVERIFY(!site->detail); // Look needs none
    f.enter();
    f.key(Qt::Key_Escape);
    const auto before = f.page().source().shown();
    QTest::keyClicks(&f.find<QPlainTextEdit>("editor"), QStringLiteral(" x"));
    f.settle();
    f.selection().setCell(2, 3);
    QCOMPARE(f.page().source().shown().get(), before.get());
    for (const auto& site : f.window.traces().current()->recording.stacks.front().sites)
        QVERIFY(!site->detail);
}

void StepsPageTest::theKeyIsTheOneOfTheWindow() {
    StepsWindow f;
    f.enter();
    const int key = f.selection().key();
    f.key(Qt::Key_Down);
    QCOMPARE(f.selection().key(), key + 1);
    QCOMPARE(f.steps().steps.question.key, key + 1);
    f.key(Qt::Key_Up);
    QCOMPARE(f.selection().key(), key);
    f.goTo(StageId::scaled);
    StageCanvas& canvas = f.page().canvas();
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.placeRect({0, 0, 3}).center().toPoint());
    QCOMPARE(f.selection().key(), 3);
    QVERIFY(f.stage().id == StageId::scaled);
    // A component of the vectors.
    f.goTo(StageId::dot);
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.placeRect({1, 0, 7}).center().toPoint());
    QCOMPARE(f.steps().steps.question.component, 7);
    QCOMPARE(f.selection().key(), 3);
    f.key(Qt::Key_Period);
    QCOMPARE(f.steps().steps.question.component, 8);
    f.key(Qt::Key_Comma);
    QCOMPARE(f.steps().steps.question.component, 7);
}

void StepsPageTest::depthsTellMore() {
    StepsWindow f;
    f.enter();
    f.goTo(StageId::dot);
    f.key(Qt::Key_1);
    QVERIFY(!f.page().number().isVisible());
    QVERIFY(f.page().canvas().isVisible());
    f.key(Qt::Key_2);
    QVERIFY(f.page().number().isVisible());
    QTest::keyClick(&f.page(), Qt::Key_3);
    QVERIFY(!f.page().canvas().isVisible());
    for (const std::string& line : f.stage().code)
        QVERIFY2(f.page().code().contains(QString::fromStdString(line)), line.c_str());
    for (const std::string& line : f.steps().steps.preamble)
        QVERIFY2(f.page().code().contains(QString::fromStdString(line)), line.c_str());
    QVERIFY(!f.page().code().contains(QStringLiteral("np.exp")));
    QTest::keyClick(&f.page(), Qt::Key_2);
    QVERIFY(f.page().canvas().isVisible());
}

void StepsPageTest::whereANumberComesFrom() {
    StepsWindow f;
    f.enter();
    f.key(Qt::Key_W);
    QVERIFY(f.page().number().treeShown());
    ProvenanceModel& tree = f.page().number().provenance();
    const QModelIndex number = tree.index(0, 0);
    const int before = tree.readNodes();
    QVERIFY(before < 10); // no more than what is open
    // It looks at a good part of the tree itself.
    const QAbstractItemModelTester tester(&tree, QAbstractItemModelTester::FailureReportingMode::QtTest);
    // Down the first number that has something below it, to what was given.
    QModelIndex at = number;
    int depth = 0;
    while (at.isValid() && tree.hasChildren(at) && depth < 40) {
        if (tree.canFetchMore(at))
            tree.fetchMore(at);
        QVERIFY(tree.rowCount(at) > 0);
        QModelIndex next = tree.index(0, 0, at);
        for (int row = 0; row < tree.rowCount(at); ++row)
            if (tree.hasChildren(tree.index(row, 0, at))) {
                next = tree.index(row, 0, at);
                break;
            }
        at = next;
        ++depth;
    }
    QVERIFY(depth > 6);
    QVERIFY(tree.readNodes() > before);
    QVERIFY(f.page().number().statement().contains(QStringLiteral("re-added")));
    QVERIFY(f.page().number().plainText().contains(f.page().number().statement()));
}

void StepsPageTest::everyNumberCanBeWrittenOut() {
    StepsWindow f;
    f.enter();
    f.goTo(StageId::dot);
    const double narrow = f.page().canvas().placeRect({0, 0, 0}).width();
    f.key(Qt::Key_N);
    QVERIFY(f.page().canvas().look().numbers);
    QVERIFY(f.page().canvas().placeRect({0, 0, 0}).width() > 1.5 * narrow);
    f.key(Qt::Key_N);
    QVERIFY(!f.page().canvas().look().numbers);
}

void StepsPageTest::digitsAreAsAskedFor() {
    StepsWindow f;
    f.enter();
    const double weight = static_cast<double>(f.page().number().derivation().recorded);
    for (const int digits : {3, 9, 17}) {
        f.page().number().setDigits(digits);
        QCOMPARE(f.find<QLabel>("numberValue").text(), shownNumber(weight, digits));
    }
    QCOMPARE(f.find<QLabel>("numberValue").text().toDouble(), weight);
}

void StepsPageTest::noNumberIsCut() {
    StepsWindow f;
    f.enter();
    auto& table = f.find<QTableView>("termsTable");
    const QFontMetrics metrics(table.font());
    for (const int digits : {3, 9, 17}) {
        f.find<NumberPanel>("numberPanel").setDigits(digits);
        for (int stage = 0; stage < 14; ++stage) {
            f.key(stage == 0 ? Qt::Key_Home : Qt::Key_Right);
            for (int row = 0; row < table.model()->rowCount(); ++row)
                for (int column = 1; column < table.model()->columnCount(); ++column) {
                    const QString text = table.model()->index(row, column).data().toString();
                    QVERIFY2(metrics.horizontalAdvance(text) + 6 <= table.columnWidth(column),
                             qPrintable(text));
                }
        }
    }
}

void StepsPageTest::stepsAreExported() {
    StepsWindow f;
    f.enter();
    const QTemporaryDir folder;
    const auto actions = f.find<QToolButton>("exportSteps").menu()->actions();
    QCOMPARE(actions.size(), 4);
    for (QAction* action : actions) {
        action->trigger();
        auto* dialog = f.window.findChild<QFileDialog*>();
        QVERIFY(dialog && dialog->acceptMode() == QFileDialog::AcceptSave);
        const QString ending = dialog->defaultSuffix();
        QVERIFY2(action->text().contains(QLatin1Char('.') + ending), qPrintable(ending));
        const QString path = folder.filePath(QStringLiteral("steps.") + ending);
        Q_EMIT dialog->fileSelected(path);
        delete dialog;
        QFile file(path);
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
        const auto format = parseStepsFormat(ending == QLatin1String("tex") ? "latex" : ending.toStdString());
        const ShownSteps& shown = f.steps();
        QCOMPARE(file.readAll().toStdString(),
                 stepsAs(*format, *shown.trace, *shown.model->model, shown.steps.question, 4));
    }
}

void StepsPageTest::aScreenReaderIsTold() {
    StepsWindow f;
    f.enter();
    f.goTo(StageId::dot);
    const auto& caption = f.find<QLabel>("stepsCaption");
    QCOMPARE(caption.accessibleName(), f.page().caption());
    QVERIFY(f.page().caption().startsWith(QStringLiteral("Stage 3 of ")));
    QVERIFY(f.page().caption().contains(titleOf(f.stage())));
    const QString before = f.page().caption();
    f.key(Qt::Key_Right);
    QVERIFY(f.page().caption() != before);
    for (const char* name : {"resetButton", "backButton", "playButton", "stepButton"})
        QVERIFY2(!f.find<QToolButton>(name).accessibleName().isEmpty(), name);
    const QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(&f.page().canvas());
    QVERIFY(!canvas->text(QAccessible::Name).isEmpty());
    QVERIFY(!canvas->text(QAccessible::Description).isEmpty());
    QVERIFY(!f.page().number().accessibleDescription().isEmpty());
}

void StepsPageTest::reducedMotionIsHonoured() {
    WindowSettings settings;
    settings.reducedMotion = true;
    StepsWindow f(reader(), settings);
    f.enter();
    QVERIFY(f.page().player().reducedMotion());
    f.goTo(StageId::keys);
    f.page().player().play();
    f.page().player().advance();
    QVERIFY(f.stage().id == StageId::dot);
    QCOMPARE(f.page().canvas().look().terms, -1);
    f.page().player().pause();
    QVERIFY(f.window.settings().reducedMotion);
}

void StepsPageTest::pageAndStageComeBack() {
    StepsWindow f;
    f.enter();
    f.goTo(StageId::context);
    const Workspace saved = workspaceFromText(toText(f.window.document().workspace()), "w.json");
    QVERIFY(saved.shown.page == Page::steps);
    QCOMPARE(saved.shown.steps.stage, std::string("context"));
    f.key(Qt::Key_Home);
    f.key(Qt::Key_Escape);
    f.window.document().show(saved);
    f.settle();
    QVERIFY(f.window.options().page() == Page::steps);
    QVERIFY(f.stage().id == StageId::context);
    QVERIFY(f.window.settings().shown.page == Page::steps);
}

void StepsPageTest::aModelWithoutDetailsIsASentence() {
    StepsWindow f(fakeModel());
    f.window.options().openSteps("dot");
    f.settle();
    QTRY_VERIFY(f.find<QLabel>("stepsProblem").isVisible());
    QTRY_VERIFY(f.find<QLabel>("stepsProblem").text().startsWith(QStringLiteral("These steps need")));
    QVERIFY(f.runner.lastId() < 4); // it does not ask for ever
}

QTEST_MAIN(StepsPageTest)
#include "steps_page_test.moc"
