#include "tests/ui/edit_window.h"
#include "ui/edits/edit_menus.h"
#include "ui/look/edit_marks.h"
#include "ui/session/edits_state.h"
#include "ui/whatif/edit_banner.h"

#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QToolButton>

using namespace headlight;

namespace {
constexpr int it = 10, animal = 2, street = 8;
} // namespace

/// The Edit tool in a whole window, by mouse and keys.
class EditToolTest : public QObject {
    Q_OBJECT
private slots:
    void theStripSaysWhatTheToolDoes() {
        EditWindow f;
        auto& strip = f.find<QWidget>("editStrip");
        QVERIFY(!strip.isVisible());
        QTest::keyClick(&f.map(), Qt::Key_E);
        QVERIFY(strip.isVisible() && strip.accessibleName().contains(QStringLiteral("L2 H2")));
        QCOMPARE(f.map().cursor().shape(), Qt::CrossCursor);
        QVERIFY(!f.find<QWidget>("editValue").isVisible());
        QTest::keyClick(&f.hands.segments("What the Edit tool does"), Qt::Key_Right);
        QVERIFY(f.hands.tool().mode() == EditMode::weight);
        auto& value = f.find<QDoubleSpinBox>("editValue");
        QVERIFY(value.isVisible());
        value.setFocus();
        value.selectAll();
        QTest::keyClicks(&value, QStringLiteral("0.25"));
        QTest::keyClick(&value, Qt::Key_Return);
        QCOMPARE(f.hands.tool().value(), 0.25);
        // Esc in the strip lays the tool down and lets go of nothing; the next one is the window's.
        f.window.selection().setKey(animal);
        QTest::keyClick(&value, Qt::Key_Escape);
        QVERIFY(!f.map().editing() && !strip.isVisible());
        QCOMPARE(f.window.selection().key(), animal);
        QVERIFY(f.map().hasFocus());
        QTest::keyClick(&f.map(), Qt::Key_Escape);
        QCOMPARE(f.window.selection().key(), -1);
    }

    void theFirstEditMovesNothingUnderTheHand() {
        EditWindow f;
        f.takeTool(Qt::Key_M);
        const QPoint place = f.map().mapTo(&f.window, f.hands.cell(it, animal));
        f.hands.click(it, animal);
        f.settle();
        QTRY_VERIFY(f.find<EditBanner>("editBanner").isVisible());
        QCoreApplication::processEvents();
        QCOMPARE(f.map().mapTo(&f.window, f.hands.cell(it, animal)), place);
    }

    void aStrokeMasksOrFreesEveryCellOnItsWay() {
        EditWindow f;
        f.takeTool(Qt::Key_M);
        const int before = f.hands.states();
        f.hands.drag({f.hands.cell(it, 4), f.hands.cell(it, 7)}); // in one jump: none is left out
        QCOMPARE(f.hands.edits().size(), size_t{4});
        for (const Edit& edit : f.hands.edits()) {
            QVERIFY(edit.heads == HeadScope::one({Stack::encoder, 2, 2}));
            QCOMPARE(std::get<BlockedCell>(edit.what).query.word, std::string("it"));
        }
        f.settle();
        QCOMPARE(f.hands.states(), before + 1);
        QVERIFY2(f.hands.lastState().startsWith(QStringLiteral("“it” may not look at “'”")),
                 qPrintable(f.hands.lastState()));
        QCOMPARE(f.map().picture().marks.cells.size(), size_t{4});
        // The first cell decides: from a masked one on, cells are freed, and free ones stay so.
        f.hands.drag({f.hands.cell(it, 5), f.hands.cell(it, 9)});
        QCOMPARE(f.hands.only<BlockedCell>().key.word, std::string("'"));
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.hands.edits().size(), size_t{4});
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(f.hands.edits().empty());
    }

    void aDragUpOrDownChangesTheWeightAsOneState() {
        EditWindow f;
        f.takeTool(Qt::Key_W);
        f.hands.tool().setRenormalises(false);
        const int before = f.hands.states();
        const size_t runs = f.runner.edits().size();
        const QPoint start = f.hands.cell(it, animal);
        QTest::mousePress(&f.map(), Qt::LeftButton, {}, start);
        QVERIFY(f.hands.edits().empty()); // a press alone changes nothing yet
        f.hands.move(start + QPoint(0, 30));
        const double first = f.hands.only<PaintedWeight>().value;
        QTest::qWait(1700); // longer than steps may lie apart to be one
        f.hands.move(start + QPoint(1, 75));
        const double second = f.hands.only<PaintedWeight>().value;
        QVERIFY(second < first && first < 1);
        QVERIFY(std::abs(first - second - 0.3) < 0.011); // 45 of 150 pixels
        QCOMPARE(f.runner.edits().size(), runs + 2);     // at once, each time
        QCOMPARE(f.hands.states(), before);              // the hand is still at work
        QTest::mouseRelease(&f.map(), Qt::LeftButton, {}, start + QPoint(1, 75));
        QCOMPARE(f.hands.states(), before + 1);
        QVERIFY2(f.hands.lastState().startsWith(QStringLiteral("weight of “it” on “animal” set to 0.")),
                 qPrintable(f.hands.lastState()));
        // A second drag of the same cell is a second state, however soon it comes.
        f.settle();
        f.hands.drag({start, start + QPoint(0, 20), start + QPoint(0, 30)});
        QCOMPARE(f.hands.states(), before + 2);
        QVERIFY(std::abs(f.hands.only<PaintedWeight>().value - (second - 0.2)) < 0.011);
        f.hands.drag({start, start + QPoint(0, -4000)});
        QCOMPARE(f.hands.only<PaintedWeight>().value, 1.0);
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.hands.only<PaintedWeight>().value, second);
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(f.hands.edits().empty());
    }

    void aDragSidewaysPaintsTheValue() {
        EditWindow f;
        f.takeTool(Qt::Key_W);
        f.hands.tool().setValue(0.2);
        f.hands.drag({f.hands.cell(it, 3), f.hands.cell(it, 3) + QPoint(12, 0), f.hands.cell(it, 5)});
        QCOMPARE(f.hands.edits().size(), size_t{3});
        for (const Edit& edit : f.hands.edits())
            QCOMPARE(std::get<PaintedWeight>(edit.what).value, 0.2);
        QTest::keyClick(&f.map(), Qt::Key_S);
        f.hands.tool().setValue(-3);
        f.hands.click(it, 7);
        const auto& score = std::get<PaintedScore>(f.hands.edits().back().what);
        QVERIFY(score.value == -3 && score.paint == ScorePaint::set);
        QCOMPARE(score.key.word, f.word(7).toStdString());
    }

    void aScoreIsDraggedFromWhereItStands() {
        EditWindow f;
        f.takeTool(Qt::Key_S);
        const double there = f.trace().site(Stack::encoder, 2)->scores.at(2, it, animal);
        const QPoint start = f.hands.cell(it, animal);
        f.hands.drag({start, start + QPoint(0, 24)});
        QVERIFY(std::abs(f.hands.only<PaintedScore>().value - (there - 2)) < 0.051);
    }

    void keysDoAllOfIt() {
        EditWindow f;
        f.takeTool(Qt::Key_W);
        const auto press = [&](Qt::Key key) { QTest::keyClick(&f.map(), key); };
        f.window.selection().setCell(it, street);
        press(Qt::Key_5);
        QCOMPARE(f.hands.only<PaintedWeight>().value, 0.5);
        press(Qt::Key_Plus);
        QCOMPARE(f.hands.only<PaintedWeight>().value, 0.55);
        press(Qt::Key_Minus);
        press(Qt::Key_Minus);
        QCOMPARE(f.hands.only<PaintedWeight>().value, 0.45);
        press(Qt::Key_0);
        QCOMPARE(f.hands.only<PaintedWeight>().value, 0.0);
        QVERIFY(!f.map().picture().map.zoom);
        press(Qt::Key_Minus);
        QCOMPARE(f.hands.only<PaintedWeight>().value, 0.0); // not below
        press(Qt::Key_Delete);
        QVERIFY(f.hands.edits().empty());
        press(Qt::Key_Delete); // where there is no edit, the weight goes
        QCOMPARE(f.hands.only<PaintedWeight>().value, 0.0);
        press(Qt::Key_Space);
        QCOMPARE(f.hands.only<PaintedWeight>().value, 1.0);
        press(Qt::Key_Right); // arrows walk as before
        QCOMPARE(f.window.selection().key(), street + 1);
        press(Qt::Key_S);
        press(Qt::Key_7);
        QCOMPARE(std::get<PaintedScore>(f.hands.edits().back().what).value, 7.0);
        press(Qt::Key_Minus);
        QCOMPARE(std::get<PaintedScore>(f.hands.edits().back().what).value, 6.5);
        press(Qt::Key_X);
        press(Qt::Key_Space);
        QCOMPARE(f.hands.edits().size(), size_t{1});
        press(Qt::Key_M);
        press(Qt::Key_Space);
        QVERIFY(std::holds_alternative<BlockedCell>(f.hands.edits().back().what));
        press(Qt::Key_Space);
        QCOMPARE(f.hands.edits().size(), size_t{1});
        press(Qt::Key_Plus); // where nothing is painted, it zooms
        QVERIFY(f.map().picture().map.zoom && f.hands.edits().size() == 1);
    }

    /// The engine renormalises a row when one of its painted cells asks for it.
    void aRowHasOneSwitch() {
        EditWindow f;
        f.takeTool(Qt::Key_W);
        const auto flags = [&] {
            QString text;
            for (const Edit& edit : f.hands.edits())
                text += std::get<PaintedWeight>(edit.what).renormalise ? QLatin1Char('1') : QLatin1Char('0');
            return text;
        };
        f.hands.click(it, 3);
        f.hands.click(it, 4);
        f.hands.click(5, 4);
        QCOMPARE(flags(), QStringLiteral("111"));
        QTest::keyClick(&f.map(), Qt::Key_R);
        QCOMPARE(flags(), QStringLiteral("000"));
        auto& button = *[&] {
            for (auto* each : f.find<QWidget>("editStrip").findChildren<QToolButton*>())
                if (each->property("part") == QStringLiteral("renormalise"))
                    return each;
            return static_cast<QToolButton*>(nullptr);
        }();
        QVERIFY(!button.isChecked());
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(flags(), QStringLiteral("111"));
        // A cell painted before, as from a file, takes over what its row is given now.
        Edits mixed = f.hands.edits();
        std::get<PaintedWeight>(mixed[0].what).renormalise = false;
        std::get<PaintedWeight>(mixed[2].what).renormalise = false;
        f.window.document().edits().setEdits(mixed);
        f.hands.click(it, 6);
        QCOMPARE(flags(), QStringLiteral("1101"));
    }

    void eraseTakesAwayOrSetsToZero() {
        EditWindow f;
        f.takeTool(Qt::Key_M);
        f.hands.click(it, 3);
        QTest::keyClick(&f.map(), Qt::Key_X);
        f.hands.drag({f.hands.cell(it, 3), f.hands.cell(it, 5)}); // began with taking away
        QVERIFY(f.hands.edits().empty());
        f.hands.drag({f.hands.cell(it, 4), f.hands.cell(it, 5)});
        QCOMPARE(f.hands.edits().size(), size_t{2});
        QCOMPARE(std::get<PaintedWeight>(f.hands.edits()[0].what).value, 0.0);
    }

    /// A cell of whole words stands for all pieces of both.
    void aWordIsEditedWhole() {
        EditWindow f;
        f.window.setText(QStringLiteral("it was extraordinary"));
        f.settle();
        ShownTokens tokens;
        tokens.mergeWords = true;
        f.window.options().setTokens(tokens);
        const int word = 3; // of two pieces
        QCOMPARE(f.map().picture().shown.columns[word].last - f.map().picture().shown.columns[word].first, 1);
        f.takeTool(Qt::Key_M);
        f.hands.click(word, word);
        QCOMPARE(f.hands.edits().size(), size_t{4});
        f.hands.click(word, word);
        QVERIFY(f.hands.edits().empty());
        QTest::keyClick(&f.map(), Qt::Key_W);
        f.hands.tool().setValue(0.8);
        f.hands.click(1, word);
        QCOMPARE(f.hands.edits().size(), size_t{2});
        QCOMPARE(std::get<PaintedWeight>(f.hands.edits()[1].what).value, 0.4);
        QTest::keyClick(&f.map(), Qt::Key_Minus);
        QCOMPARE(std::get<PaintedWeight>(f.hands.edits()[1].what).value, 0.375);
    }

    void editedCellsAreMarkedByShape() {
        EditWindow f;
        QTest::qWait(60); // it is laid out
        const HeadScope head = HeadScope::one({Stack::encoder, 2, 2});
        const auto token = [&](int index) {
            return EditToken::of(f.trace().tokens(), index, f.word(index).toStdString());
        };
        f.window.document().edits().setEdits(
            {{head, BlockedCell{token(it), token(3)}},
             {HeadScope::all(), PaintedWeight{token(it), token(4), WeightPaint::set, 0.5, false}},
             {HeadScope::ofLayer(Stack::encoder, 2), PaintedScore{token(it), token(5), ScorePaint::add, 1}},
             {head, HiddenToken{token(7)}},
             {HeadScope::one({Stack::encoder, 0, 0}), BlockedCell{token(it), token(9)}}}); // not of this head
        f.settle();
        const HeatmapPicture& picture = f.map().picture();
        QCOMPARE(picture.marks.cells,
                 (std::vector<CellMark>{
                     {it, 3, MarkKind::masked}, {it, 5, MarkKind::score}, {it, 4, MarkKind::weight}}));
        QCOMPARE(picture.marks.hidden, std::vector<int>{7});
        QVERIFY(picture.card({it, 3}).detail.contains(QStringLiteral("masked by hand · unchanged <0.001")));
        QVERIFY(picture.card({it, 4}).detail.contains(QStringLiteral("weight painted")));
        QVERIFY(picture.card({3, 7}).detail.contains(QStringLiteral("key hidden")));
        f.window.selection().clearHover();
        f.map().replot();
        const QImage image = f.map().grab().toImage();
        const QColor ink = lightTheme().palette.text;
        const auto isInk = [&](QPointF point) { return isNear(image.pixelColor(point.toPoint()), ink); };
        const QRectF masked = picture.map.cell(it, 3), weight = picture.map.cell(it, 4),
                     score = picture.map.cell(it, 5);
        QVERIFY(isInk(masked.center()) && !isInk(weight.center()) && !isInk(score.center()));
        const auto corner = [](const QRectF& cell, MarkKind kind) {
            const QPolygonF three = cornerOf(cell, kind);
            return (three[0] + three[1] + three[2]) / 3;
        };
        QVERIFY(isInk(corner(weight, MarkKind::weight)) && !isInk(corner(weight, MarkKind::score)));
        QVERIFY(isInk(corner(score, MarkKind::score)) && !isInk(corner(score, MarkKind::weight)));
        QVERIFY(isInk(QPointF(picture.map.column(7).center().x(), picture.map.cell(3, 7).center().y())));
        QVERIFY(!isInk(picture.map.cell(it, 9).center()));
        // A mark reaches beyond a cell that is too small for it.
        QVERIFY(cornerOf(QRectF(0, 0, 2, 2), MarkKind::weight).boundingRect().width() >= 7);
    }

    void aWordIsHiddenByItsMenu() {
        EditWindow f;
        f.hands.chooseWord(animal, QStringLiteral("Hide “animal” from all heads"));
        QVERIFY(f.hands.edits().front().heads == HeadScope::all());
        QCOMPARE(f.hands.only<HiddenToken>().key.word, std::string("animal"));
        f.settle();
        QVERIFY(f.hands.chips().isHidden(animal) && !f.hands.chips().isHidden(street));
        QVERIFY(f.hands.chips().accessibleDescription().contains(QStringLiteral("hidden: animal")));
        QVERIFY(f.find<EditBanner>("editBanner")
                    .text()
                    .contains(QStringLiteral("“animal” is hidden (all heads)")));
        const QRect chip = f.hands.chips().chipRect(animal);
        const QImage image = f.hands.chips().viewport()->grab().toImage();
        const QColor struck = image.pixelColor(chip.left() + 5, chip.center().y() + 1);
        QVERIFY(struck != image.pixelColor(chip.left() + 5, chip.center().y() + 6));
        f.hands.chooseWord(animal, QStringLiteral("Show “animal” again to all heads"));
        QVERIFY(f.hands.edits().empty());
        // In one head: its chips say so, those of another head do not.
        f.hands.choose(f.map(), f.map().picture().columnLabelFoot(animal).toPoint() + QPoint(8, -14),
                       QStringLiteral("Hide “animal” from L2 H2"));
        f.settle();
        QVERIFY(f.hands.chips().isHidden(animal));
        f.window.selection().setHead({Stack::encoder, 0, 0});
        QVERIFY(!f.hands.chips().isHidden(animal));
    }

    void aHeadIsSwitchedOffByItsMenu() {
        EditWindow f;
        const HeadAddress head{Stack::encoder, 1, 0};
        f.hands.chooseHead(head, QStringLiteral("Switch off L1 H0"));
        QVERIFY(f.hands.edits().front().heads == HeadScope::one(head));
        QVERIFY(f.hands.only<SwitchOff>().context == OffContext::zero);
        f.settle();
        QVERIFY(f.hands.heads().accessibleDescription().contains(QStringLiteral("switched off: L1 H0")));
        const QPoint middle = f.hands.heads().thumbnailRect(head).center();
        const QImage image = f.hands.heads().grab(QRect(middle - QPoint(1, 1), QSize(3, 3))).toImage();
        QVERIFY(isNear(image.pixelColor(1, 1), lightTheme().palette.text));
        f.hands.chooseHead(head, QStringLiteral("Replace L1 H0 by its mean"));
        QVERIFY(f.hands.only<SwitchOff>().context == OffContext::sentenceMean);
        f.hands.chooseHead(head, QStringLiteral("Switch L1 H0 on again"));
        QVERIFY(f.hands.edits().empty());
    }

    /// What a wider scope switched off stays off for the others.
    void switchingOnLeavesTheOthersOff() {
        const ModelShape shape = fakeModel()->model->shape();
        const HeadScope layer = HeadScope::ofLayer(Stack::encoder, 1);
        const HeadAddress head{Stack::encoder, 1, 2};
        const Edits off{{layer, SwitchOff{}}, {HeadScope::all(), Temperature{2}}};
        const Edits on = switchedOn(off, HeadScope::one(head), shape);
        EditsState state;
        state.setEdits(on);
        for (int each = 0; each < shape.stacks[0].heads; ++each)
            QCOMPARE(state.effective<SwitchOff>({Stack::encoder, 1, each}) == nullptr, each == head.head);
        QVERIFY(state.find<Temperature>(HeadScope::all()));
        const Edits one{{HeadScope::one(head), SwitchOff{OffContext::sentenceMean}}, off[1]};
        QCOMPARE(switchedOn(one, layer, shape), Edits{off[1]});
        QCOMPARE(switchedOn(one, HeadScope::ofLayer(Stack::encoder, 0), shape), one);
    }

    void statesAreNamedByDoubleClickAndByF2() {
        EditWindow f;
        f.takeTool(Qt::Key_M);
        f.hands.click(it, animal);
        f.settle();
        f.hands.click(it, street);
        f.settle();
        auto& list = f.find<QListView>("historyList");
        const auto place = [&](int row) { return list.visualRect(list.model()->index(row, 0)).center(); };
        const auto type = [&](const char* name) {
            auto* editor = list.viewport()->findChild<QLineEdit*>();
            QVERIFY2(editor, "no editor of a name");
            editor->selectAll();
            QTest::keyClicks(editor, QString::fromLatin1(name));
            QTest::keyClick(editor, Qt::Key_Return);
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the editor
        };
        const int row = f.hands.states() - 2;
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, place(row));
        QCoreApplication::processEvents(); // it goes there, and the list is read anew
        QTest::mouseDClick(list.viewport(), Qt::LeftButton, {}, place(row));
        type("no animal");
        f.settle();
        QCOMPARE(list.model()->index(row, 0).data().toString(), QStringLiteral("no animal"));
        QCOMPARE(f.hands.edits().size(), size_t{1});
        list.setFocus();
        list.setCurrentIndex(list.model()->index(row + 1, 0));
        QTest::keyClick(&list, Qt::Key_F2);
        type("neither");
        QCOMPARE(list.model()->index(row + 1, 0).data().toString(), QStringLiteral("neither"));
    }
};

QTEST_MAIN(EditToolTest)
#include "edit_tool_test.moc"
