#include "tests/ui/fake_model.h"
#include "tests/ui/fake_runner.h"
#include "ui/session/document.h"

#include <QSignalSpy>
#include <QTest>

using namespace headlight;

class DocumentTest : public QObject {
    Q_OBJECT
private slots:
    void pinnedHeadsKeepTheirColours() {
        ViewOptions options;
        QSignalSpy spy(&options, &ViewOptions::changed);
        for (int head = 0; head < pinnedColours; ++head)
            QVERIFY(options.pin({Stack::encoder, 0, head}));
        QVERIFY(options.pin({Stack::encoder, 0, 3})); // is pinned already
        QVERIFY(!options.pin({Stack::encoder, 1, 0}));
        options.release({Stack::encoder, 0, 3});
        QVERIFY(options.pin({Stack::encoder, 1, 0}));
        QCOMPARE(options.colourOf({Stack::encoder, 1, 0}), std::optional(3));
        QCOMPARE(options.colourOf({Stack::encoder, 0, 7}), std::optional(7));
        QCOMPARE(spy.count(), 10);
    }

    void hidingTokensLeavesTheZoom() {
        ViewOptions options;
        options.setZoom(MapZoom{0, 4, 0, 4});
        options.setScale(WeightScale::rank);
        QVERIFY(options.zoom().has_value());
        options.setTokens({false, true, false});
        QVERIFY(!options.zoom().has_value());
    }

    void aWorkspaceIsShownWhenItsTraceArrives() {
        const auto model = fakeModel();
        const ModelSession session(model);
        const auto traceOf = [&](const char* text) {
            RunRequest request;
            request.id = 1;
            request.text = text;
            return session.run(request, {}).trace;
        };
        const auto first = traceOf("it was tired");
        Selection selection;
        ViewOptions options;
        Document document(selection, options);
        document.setModel({"fake", ""});
        document.setTexts(QStringLiteral("it was tired"), {});
        selection.start(first, "it", HeadAddress{Stack::encoder, 0, 1});
        document.arrive(*first);
        selection.setCell(selection.query(), 3);
        selection.setColumn(3);
        options.setScale(WeightScale::squareRoot);
        const auto token = [&](int index, const char* word) {
            return EditToken::of(first->tokens(), index, word);
        };
        const Edit edit{HeadScope::all(), BlockedCell{token(1, "it"), token(3, "tired")}};
        document.edits().set(edit);
        const Workspace saved = document.workspace();
        QVERIFY(saved.edits == Edits{edit});
        QVERIFY(saved.selection.query && saved.selection.key && saved.selection.byKey);

        // Something else is looked at, then the saved workspace is shown again.
        const auto other = traceOf("the animal slept");
        document.setTexts(QStringLiteral("the animal slept"), {});
        QVERIFY(isDormant(document.edits().edits()[0]) && !document.edits().active());
        document.edits().set({HeadScope::all(), Temperature{2}});
        selection.carryTo(other);
        selection.setAxis(ReadAxis::query);
        selection.setCell(1, -1);
        options.setScale(WeightScale::linear);
        QSignalSpy texts(&document, &Document::textsWanted);
        QSignalSpy models(&document, &Document::modelWanted);
        document.show(saved);
        QCOMPARE(texts.count(), 1);
        QCOMPARE(models.count(), 0);
        QCOMPARE(document.workspace(), saved); // also before the trace is there: nothing half-way is saved
        QVERIFY(!document.settled());
        document.arrive(*other);
        QVERIFY(!document.settled());
        selection.carryTo(first);
        document.setTexts(QStringLiteral("it was tired"), {});
        document.show(saved);
        document.arrive(*first);
        QVERIFY(document.settled());
        QCOMPARE(document.workspace(), saved);
    }

    void editsAreSetInTheirPlaceAndFollowTheText() {
        EditsState state;
        QSignalSpy spy(&state, &EditsState::changed);
        const HeadAddress head{Stack::encoder, 1, 2};
        state.set({HeadScope::all(), Temperature{2}});
        state.set({HeadScope::one(head), Temperature{3}});
        state.set({HeadScope::all(), Temperature{4}});
        state.set({HeadScope::all(), Temperature{4}});
        QCOMPARE(spy.count(), 3);
        QCOMPARE(state.edits().size(), size_t{2});
        QCOMPARE(state.effective<Temperature>(head)->t, 3.0);
        QCOMPARE(state.effective<Temperature>({Stack::encoder, 0, 0})->t, 4.0);
        QVERIFY(!state.effective<MaskChoice>(head));
        state.remove({HeadScope::one(head), Temperature{}});
        QCOMPARE(state.effective<Temperature>(head)->t, 4.0);

        const EditToken it{TokenAnchor{0, {0, 2}, {}}, "it", -1};
        const Edit cell{HeadScope::one(head), BlockedCell{it, it}};
        state.toggle(cell);
        state.carry(QStringLiteral("it was"), {}, QStringLiteral("so it was"), {});
        const auto& moved = std::get<BlockedCell>(state.edits()[1].what);
        QVERIFY(moved.query.anchor->bytes == (ByteRange{3, 5}));
        state.toggle(state.edits()[1]);
        QCOMPARE(state.edits().size(), size_t{1});
        state.clear();
        QVERIFY(!state.active());
    }

    void anotherModelIsAskedForFirst() {
        const ModelSession session(fakeModel());
        RunRequest request;
        request.id = 1;
        request.text = "it was tired";
        const auto trace = session.run(request, {}).trace;
        Selection selection;
        ViewOptions options;
        Document document(selection, options);
        document.setModel({"reader", ""});
        Workspace wanted;
        wanted.model.name = "fake";
        wanted.text = "it was tired";
        QSignalSpy models(&document, &Document::modelWanted);
        document.show(wanted);
        QCOMPARE(models.count(), 1);
        selection.carryTo(trace);
        document.arrive(*trace); // of the old model
        QVERIFY(!document.settled());
        document.setModel({"fake", "abc"});
        document.arrive(*trace);
        QVERIFY(document.settled());
    }
};

QTEST_APPLESS_MAIN(DocumentTest)
#include "document_test.moc"
