#include "engine/metrics/flow.h"
#include "engine/metrics/rollout.h"
#include "tests/ui/fake_model.h"
#include "ui/derived/derived_view.h"
#include "ui/look/heatmap_view.h"
#include "ui/paint/token_labels.h"
#include "ui/session/document.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace headlight;

namespace {
constexpr HeadAddress linkHead{Stack::encoder, 2, 2};

/// The view with all that it needs of a window.
struct Window {
    TraceStore store;
    Selection selection;
    ViewOptions options;
    Document document{selection, options};
    Jobs jobs{{}};
    DerivedView view{store, selection, options, &jobs};

    explicit Window(const std::shared_ptr<const Trace>& trace = fakeTrace(animalSentence)) {
        view.resize(640, 520);
        view.show();
        show(trace);
    }
    void show(const std::shared_ptr<const Trace>& trace) {
        document.setTexts(QString::fromStdString(trace->text), {});
        selection.start(trace, "it", linkHead);
        store.set(store.id() + 1, trace);
    }
    const Trace& trace() const { return *store.current(); }
    const HeatmapPicture& picture() const { return view.map().picture(); }
    HeatmapView& map() { return *view.findChild<HeatmapView*>(); }
    template <class Widget>
    Widget& find(const char* name) {
        return *view.findChild<Widget*>(QString::fromLatin1(name));
    }
    /// A real click on one of the two switches.
    void choose(DerivedKind kind) {
        auto buttons = find<QWidget>("derivedKind").findChildren<QToolButton*>();
        QTest::mouseClick(buttons[static_cast<int>(kind)], Qt::LeftButton);
    }
    void pick(const char* box, int index) {
        auto& combo = find<QComboBox>(box);
        combo.setFocus();
        QTest::keyClick(&combo, Qt::Key_Home);
        for (int i = 0; i < index; ++i)
            QTest::keyClick(&combo, Qt::Key_Down);
        Q_EMIT combo.activated(combo.currentIndex());
    }
    bool showsFlow() const {
        return picture().content.numbers && picture().content.numbers->name == QStringLiteral("flow") &&
               picture().trace == store.current();
    }
    QPoint cell(int row, int column) const { return picture().map.cell(row, column).center().toPoint(); }
    bool shows(const Tensor<float>& expected) const {
        return picture().content.numbers &&
               std::ranges::equal(picture().shown.weights.values(), expected.values());
    }
};

/// Many words, none of them known to the model.
std::shared_ptr<const Trace> longTrace(int words) {
    const ModelSession session(fakeModel("long", 3, 4, 600));
    RunRequest request;
    for (int i = 0; i < words; ++i)
        request.text += i % 2 == 0 ? "dog " : "it ";
    return session.run(request, {}).trace;
}
} // namespace

class DerivedViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rolloutIsTheEnginesAndLive() {
        Window window;
        QVERIFY(window.shows(attentionRollout(window.trace(), Stack::encoder).back()));
        // Its cells are coloured by it, not by the head's weights.
        const QImage image = window.map().grab().toImage();
        const float number = window.picture().shown.weights.at(3, 2);
        QCOMPARE(image.pixel(window.cell(3, 2)), window.picture().theme.weights.colour(number));
        const auto other = fakeTrace("The dog was tired because it was wide.");
        window.show(other);
        QVERIFY(window.picture().trace == other);
        QVERIFY(window.shows(attentionRollout(*other, Stack::encoder).back()));
    }

    void itSaysThatItIsDerived() {
        Window window;
        const QString note = window.find<QLabel>("derivedNote").text();
        QVERIFY2(note.contains(QStringLiteral("Derived")) && note.contains(QStringLiteral("not a weight")) &&
                     note.contains(QStringLiteral("Abnar")),
                 qPrintable(note));
        const CellCard card = window.picture().card({3, 2});
        QVERIFY(card.detail.contains(QStringLiteral("rollout, derived")));
        QCOMPARE(card.weight.toFloat(), window.picture().shown.weights.at(3, 2));
        QVERIFY(window.map().accessibleName().contains(QStringLiteral("derived")));
        QVERIFY(!window.map().accessibleDescription().isEmpty());
    }

    void selectionAndKeysAreTheMaps() {
        Window window;
        QSignalSpy entered(&window.selection, &Selection::entered);
        QTest::mouseClick(&window.map(), Qt::LeftButton, {}, window.cell(4, 6));
        QCOMPARE(window.selection.query(), 4);
        QCOMPARE(window.selection.key(), 6);
        QTest::keyClick(&window.map(), Qt::Key_Right);
        QTest::keyClick(&window.map(), Qt::Key_Down);
        QCOMPARE(window.selection.query(), 5);
        QCOMPARE(window.selection.key(), 7);
        QTest::keyClick(&window.map(), Qt::Key_N);
        QVERIFY(window.selection.key() >= 0);
        QTest::keyClick(&window.map(), Qt::Key_Plus);
        QVERIFY(window.options.zoom());
        QTest::keyClick(&window.map(), Qt::Key_0);
        QVERIFY(!window.options.zoom());
        QTest::keyClick(&window.map(), Qt::Key_C);
        QVERIFY(window.selection.axis() == ReadAxis::key);
        // There are no steps to a number that the model never computed.
        QTest::keyClick(&window.map(), Qt::Key_Return);
        QTest::mouseDClick(&window.map(), Qt::LeftButton, {}, window.cell(4, 6));
        QCOMPARE(entered.size(), 0);
    }

    void upToALayerAndMarkedHeadsAlone() {
        Window window;
        const std::vector<Tensor<float>> all = attentionRollout(window.trace(), Stack::encoder);
        window.pick("derivedLayer", 1);
        QVERIFY(window.options.derived().layer == 1);
        QVERIFY(window.shows(all[1]) && !window.shows(all[2]));
        QVERIFY(window.find<QLabel>("derivedNote").text().contains(QStringLiteral("L0 to L1")));
        window.pick("derivedLayer", 2);
        QVERIFY(!window.options.derived().layer && window.shows(all[2]));
        window.pick("derivedHeads", 1);
        GraphChoice choice;
        choice.heads = {linkHead};
        QVERIFY(window.shows(attentionRollout(window.trace(), Stack::encoder, choice).back()));
        QVERIFY(!window.shows(all[2]));
        window.options.pin({Stack::encoder, 0, 1});
        choice.heads.push_back({Stack::encoder, 0, 1});
        QVERIFY(window.shows(attentionRollout(window.trace(), Stack::encoder, choice).back()));
        QVERIFY(window.find<QLabel>("derivedNote").text().contains(QStringLiteral("L0 H1")));
        // A preview changes no number.
        window.selection.setHover({HeadAddress{Stack::encoder, 2, 0}, -1, -1});
        QVERIFY(window.shows(attentionRollout(window.trace(), Stack::encoder, choice).back()));
    }

    void flowIsTheEngines() {
        Window window;
        window.choose(DerivedKind::flow);
        QVERIFY(window.options.derived().kind == DerivedKind::flow);
        QTRY_VERIFY_WITH_TIMEOUT(window.showsFlow(), 60000);
        QVERIFY(!window.find<QPushButton>("derivedStart").isVisible());
        for (const int query : {0, 10}) {
            const std::vector<double> flow = attentionFlow(window.trace(), Stack::encoder, query);
            for (size_t key = 0; key < flow.size(); ++key)
                QCOMPARE(window.picture().shown.weights.at(query, key), static_cast<float>(flow[key]));
        }
        // Flows to the pieces of a word cannot be added: they stay by themselves.
        const auto pieces = fakeTrace("It was tiredtired");
        window.show(pieces);
        window.options.setTokens({true, true, true});
        QTRY_VERIFY_WITH_TIMEOUT(window.showsFlow(), 60000);
        QCOMPARE(window.picture().shown.rows.size(), pieces->tokens().size());
        window.choose(DerivedKind::rollout);
        QVERIFY(window.picture().shown.rows.size() < pieces->tokens().size());
    }

    void aLargeFlowIsAJobThatIsStartedAndStopped() {
        const auto trace = longTrace(60);
        Window window(trace);
        window.choose(DerivedKind::flow);
        auto& start = window.find<QPushButton>("derivedStart");
        QVERIFY(start.isVisible() && window.jobs.idle());
        QVERIFY(window.picture().content.message.contains(QStringLiteral("62 tokens")));
        const int selected = window.selection.query();
        quint64 job = 0;
        QObject::connect(&window.jobs, &Jobs::changed, &window.view,
                         [&](const JobState& state) { job = state.id; });
        QTest::mouseClick(&start, Qt::LeftButton);
        const auto known = [&] {
            const auto& numbers = window.picture().content.numbers;
            return numbers ? std::count(numbers->known.begin(), numbers->known.end(), true) : 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(known() > 0, 60000);
        QVERIFY(window.picture().content.numbers->isKnown(selected)); // first
        window.jobs.cancel(job);
        QTRY_VERIFY_WITH_TIMEOUT(window.jobs.idle() && start.isVisible(), 60000);
        QVERIFY(known() > 0 && known() < 62);
        const auto unknown = std::find(window.picture().content.numbers->known.begin(),
                                       window.picture().content.numbers->known.end(), false) -
                             window.picture().content.numbers->known.begin();
        QVERIFY(window.picture()
                    .card({static_cast<int>(unknown), 0})
                    .detail.contains(QStringLiteral("not computed yet")));
        window.show(fakeTrace(animalSentence)); // nothing of it is left
        QTRY_VERIFY_WITH_TIMEOUT(window.showsFlow(), 60000);
    }

    void moreThanTheMostIsAClearSentence() {
        Window window(longTrace(300));
        window.choose(DerivedKind::flow);
        QTRY_VERIFY_WITH_TIMEOUT(window.picture().content.message.contains(QStringLiteral("1000 nodes")),
                                 60000);
        QVERIFY(window.picture().content.message.contains(QStringLiteral("1208")));
        QVERIFY(!window.find<QPushButton>("derivedStart").isVisible());
        window.choose(DerivedKind::rollout);
        QTRY_VERIFY_WITH_TIMEOUT(window.picture().content.numbers, 60000);
    }

    void theChoiceIsSavedAndRestored() {
        Window window;
        const Workspace before = window.document.workspace();
        window.options.setView(ViewKind::derived);
        window.pick("derivedLayer", 0);
        window.pick("derivedHeads", 1);
        window.choose(DerivedKind::flow);
        const Workspace chosen = window.document.workspace();
        QVERIFY(chosen.shown.derived == (DerivedChoice{DerivedKind::flow, 0, true}));
        QVERIFY(workspaceFromText(toText(chosen), "w.json") == chosen);
        window.options.setChoices(before.shown);
        QCOMPARE(window.find<QComboBox>("derivedLayer").currentIndex(), 2);
        QVERIFY(window.picture().content.numbers->name == QStringLiteral("rollout"));
        window.options.setChoices(chosen.shown);
        QCOMPARE(window.find<QComboBox>("derivedLayer").currentIndex(), 0);
        QCOMPARE(window.find<QComboBox>("derivedHeads").currentIndex(), 1);
    }

    void nothingIsCutInASmallWindow() {
        Window window;
        for (const QSize size : {QSize(498, 400), QSize(498, 330), QSize(1100, 700)}) {
            window.view.resize(size);
            QCoreApplication::processEvents();
            for (const char* name : {"derivedKind", "derivedLayer", "derivedHeads", "derivedNote"}) {
                const auto& part = window.find<QWidget>(name);
                QVERIFY2(window.view.rect().contains(part.geometry()), name);
                QVERIFY2(part.height() >= part.sizeHint().height() - 8 || part.hasHeightForWidth(), name);
            }
            QVERIFY(window.map().height() >= 200);
        }
    }
};

QTEST_MAIN(DerivedViewTest)
#include "derived_view_test.moc"
