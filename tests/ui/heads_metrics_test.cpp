#include "engine/core/errors.h"
#include "tests/ui/fake_model.h"
#include "ui/allheads/all_heads_view.h"
#include "ui/allheads/metric_plot.h"
#include "ui/allheads/similarity_view.h"
#include "ui/heads/heads_view.h"
#include "ui/heads/metric_words.h"
#include "ui/paint/token_labels.h"
#include "ui/session/document.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <set>

using namespace headlight;

namespace {
constexpr HeadAddress linkHead{Stack::encoder, 2, 2};

HeadAddress headNumber(int number) {
    return {Stack::encoder, number / 4, number % 4};
}
} // namespace

class HeadsMetricsTest : public QObject {
    Q_OBJECT
private:
    struct Window {
        TraceStore store;
        Selection selection;
        ViewOptions options;
        Document document{selection, options};
        HeadsView heads{store, selection, options};
        AllHeadsView all{store, selection, options};

        Window() {
            for (QWidget* each : {static_cast<QWidget*>(&heads), static_cast<QWidget*>(&all)})
                each->setAttribute(Qt::WA_DontShowOnScreen);
            heads.resize(226, 560);
            all.resize(800, 420);
            heads.show();
            all.show();
            say(animalSentence);
        }
        void say(const std::string& text) {
            const auto trace = fakeTrace(text);
            document.setTexts(QString::fromStdString(text), {});
            selection.start(trace, "it", linkHead);
            store.set(store.id() + 1, trace);
        }
        void badge(const std::string& metric, bool sorted = false) {
            HeadNumbers numbers = options.numbers();
            numbers.badge = metric;
            numbers.sorted = sorted;
            options.setNumbers(numbers);
        }
        const Trace& trace() const { return *store.current(); }
        SimilarityView& similarity() { return *all.findChild<SimilarityView*>(); }
        MetricPlot& plot() { return *all.findChild<MetricPlot*>(); }
        static void move(QWidget& widget, QPointF point) {
            QMouseEvent event(QEvent::MouseMove, point, widget.mapToGlobal(point), Qt::NoButton, Qt::NoButton,
                              Qt::NoModifier);
            QApplication::sendEvent(&widget, &event);
        }
    };

private slots:
    void badgesAreTheEnginesNumbers() {
        Window window;
        QVERIFY(window.heads.values().empty() && window.heads.numberName().isEmpty());
        const QImage without = window.heads.grab().toImage();
        for (const HeadMetric& metric : headMetrics()) {
            if (!isOfEveryText(metric))
                continue;
            window.badge(std::string(metric.id));
            const std::vector<HeadValue> expected = valuesOf(metric, window.trace());
            QCOMPARE(window.heads.values().size(), size_t{12});
            for (size_t i = 0; i < expected.size(); ++i) {
                QVERIFY(window.heads.values()[i].head == expected[i].head);
                QVERIFY(window.heads.values()[i].value == expected[i].value);
            }
            const auto number = metricNumber(metric, valueOf(metric, window.trace(), linkHead));
            QVERIFY(window.heads.number().startsWith(number));
            QCOMPARE(window.heads.numberName(), metricName(metric));
        }
        window.badge("entropy");
        const QImage with = window.heads.grab().toImage();
        for (int head = 0; head < 12; ++head) {
            const QRect place = window.heads.thumbnailRect(headNumber(head));
            QVERIFY(without.copy(place) != with.copy(place));
        }
        window.badge("no such metric");
        QVERIFY(window.heads.values().empty());
    }

    void anotherTextHasOtherNumbers() {
        Window window;
        window.badge("mean-distance");
        const std::vector<HeadValue> before = window.heads.values();
        window.say("The dog was too tired because it was wide.");
        QVERIFY(before.front().value != window.heads.values().front().value);
        QVERIFY(window.heads.values().front().value ==
                valueOf(*findMetric("mean-distance"), window.trace(), headNumber(0)));
    }

    void sortedHeadsStandHighestFirst() {
        Window window;
        window.badge("mean-distance", true);
        std::vector<HeadValue> expected = valuesOf(*findMetric("mean-distance"), window.trace());
        std::stable_sort(expected.begin(), expected.end(),
                         [](const HeadValue& a, const HeadValue& b) { return *a.value > *b.value; });
        QVERIFY(expected.front().head != headNumber(0)); // else sorting would change nothing
        std::set<std::pair<int, int>> places;
        for (size_t i = 0; i < expected.size(); ++i) {
            const QRect place = window.heads.thumbnailRect(expected[i].head);
            QVERIFY(places.insert({place.top(), place.left()}).second);
            // In the order of reading, each stands behind all before it.
            QCOMPARE(places.rbegin()->second, place.left());
            QVERIFY(window.heads.rect().contains(place));
        }
        // Arrow keys walk in that order.
        window.selection.setHead(expected[0].head);
        QTest::keyClick(&window.heads, Qt::Key_Left);
        QVERIFY(window.selection.head() == expected[0].head);
        for (size_t i = 1; i < expected.size(); ++i) {
            QTest::keyClick(&window.heads, Qt::Key_Right);
            QVERIFY(window.selection.head() == expected[i].head);
        }
        QTest::mouseClick(&window.heads, Qt::LeftButton, {},
                          window.heads.thumbnailRect(expected[5].head).center());
        QVERIFY(window.selection.head() == expected[5].head);
        window.badge("mean-distance");
        QTest::keyClick(&window.heads, Qt::Key_Home);
        window.selection.setHead(headNumber(0));
        QTest::keyClick(&window.heads, Qt::Key_Down);
        QVERIFY(window.selection.head() == headNumber(4));
    }

    void theChoiceIsSavedAndRestored() {
        Window window;
        auto& box = *window.heads.findChild<QComboBox*>(QStringLiteral("headMetric"));
        auto& sort = *window.heads.findChild<QToolButton*>(QStringLiteral("switch"));
        QVERIFY(!sort.isVisible());
        const Workspace before = window.document.workspace();
        box.setCurrentIndex(box.findData(QStringLiteral("induction")));
        Q_EMIT box.activated(box.currentIndex());
        QVERIFY(sort.isVisible() && box.toolTip().contains(QStringLiteral("Olsson")));
        sort.click();
        const Workspace chosen = window.document.workspace();
        QVERIFY(chosen.shown.numbers == (HeadNumbers{"induction", true, "entropy", "mean-distance"}));
        QVERIFY(workspaceFromText(toText(chosen), "w.json") == chosen);
        window.options.setChoices(before.shown);
        QVERIFY(window.heads.values().empty() && box.currentIndex() == 0 && !sort.isVisible());
        window.options.setChoices(chosen.shown);
        QVERIFY(window.heads.values().size() == 12 && sort.isChecked());
        QCOMPARE(box.currentData().toString(), QStringLiteral("induction"));
    }

    void whatCannotBeAskedCannotBeChosen() {
        Window window; // this model records no values
        const auto& box = *window.heads.findChild<QComboBox*>(QStringLiteral("headMetric"));
        const auto isOn = [&](const char* id) {
            const int row = box.findData(QString::fromLatin1(id));
            return row >= 0 && box.model()->flags(box.model()->index(row, 0)).testFlag(Qt::ItemIsEnabled);
        };
        QVERIFY(isOn("entropy") && !isOn("value-norm"));
        QCOMPARE(box.findData(QStringLiteral("relation")), -1);
    }

    void numbersAndFormulasAreReadable() {
        const HeadMetric& share = *findMetric("same");
        const HeadMetric& distance = *findMetric("mean-distance");
        QCOMPARE(metricNumber(share, 0.999), QStringLiteral(">0.99"));
        QCOMPARE(metricNumber(share, 1.0), QStringLiteral("1.00"));
        QCOMPARE(metricNumber(share, 0.0001), QStringLiteral("<0.01"));
        QCOMPARE(metricNumber(share, 0.0), QStringLiteral("0.00"));
        QCOMPARE(metricNumber(distance, 12.34), QStringLiteral("12.3"));
        QCOMPARE(metricNumber(distance, 123.4), QStringLiteral("123"));
        QCOMPARE(metricNumber(distance, std::nullopt), QStringLiteral("–"));
        QCOMPARE(formulaAsText(findMetric("same")->formula),
                 QStringLiteral("1/n ∑<sub>i</sub> a<sub>ii</sub>"));
        for (const HeadMetric& metric : headMetrics()) {
            const QString text = formulaAsText(metric.formula);
            QVERIFY2(!text.contains(QLatin1Char('\\')) && !text.contains(QStringLiteral("operatorname")),
                     qPrintable(text));
        }
    }

    void theMatrixIsTheEnginesInTheOrderOfTheTree() {
        Window window;
        const SimilarityPicture& picture = window.similarity().picture();
        const HeadSimilarity similarity = similarityOf(window.trace(), Stack::encoder);
        const ClusterTree tree = averageLinkage(similarity.distances());
        QCOMPARE(picture.count(), 12);
        QVERIFY(picture.alike->tree.merges == tree.merges);
        for (int row = 0; row < 12; ++row) {
            const int head = tree.order[static_cast<size_t>(row)];
            QVERIFY(picture.head(row) == similarity.heads[static_cast<size_t>(head)]);
            QCOMPARE(picture.placeOf(*picture.head(row)), row);
            for (int column = 0; column < 12; ++column)
                QCOMPARE(picture.divergence({row, column}),
                         similarity.divergence.at(head, tree.order[static_cast<size_t>(column)]));
        }
        QVERIFY(picture.reading().contains(headLabel(*similarity.mostSimilar(linkHead))));
    }

    void theMatrixNamesPairsAndSelects() {
        Window window;
        SimilarityView& view = window.similarity();
        const SimilarityPicture& picture = view.picture();
        QVERIFY(!picture.at({1, 1}));
        const QPointF point = picture.cell({3, 7}).center();
        Window::move(view, point);
        QVERIFY((picture.hovered == SimilarityCell{3, 7}));
        QVERIFY(window.selection.hover().head == picture.head(3));
        const QString reading = picture.reading();
        QVERIFY(reading.contains(headLabel(*picture.head(3))) &&
                reading.contains(headLabel(*picture.head(7))));
        QVERIFY(reading.contains(QString::number(static_cast<double>(picture.divergence({3, 7})), 'f', 3)));
        QVERIFY(window.selection.head() == linkHead);
        QTest::mouseClick(&view, Qt::LeftButton, {}, point.toPoint());
        QVERIFY(window.selection.head() == picture.head(3));
        QTest::keyClick(&view, Qt::Key_Down);
        QVERIFY(window.selection.head() == picture.head(4));
        QTest::keyClick(&view, Qt::Key_Up);
        QTest::keyClick(&view, Qt::Key_Up);
        QVERIFY(window.selection.head() == picture.head(2));
        QTest::keyClick(&view, Qt::Key_Home);
        QTest::keyClick(&view, Qt::Key_Up);
        QVERIFY(window.selection.head() == picture.head(0));
        QTest::keyClick(&view, Qt::Key_P);
        QVERIFY(window.options.colourOf(*picture.head(0)).has_value());
    }

    void thePlotHasTheEnginesNumbersAndSelects() {
        Window window;
        MetricPlot& plot = window.plot();
        plot.replot();
        const HeadMetric& entropy = *findMetric("entropy");
        const HeadMetric& distance = *findMetric("mean-distance");
        QCOMPARE(plot.dots().size(), size_t{12});
        for (const HeadDot& dot : plot.dots()) {
            QVERIFY(dot.across == valueOf(entropy, window.trace(), dot.head));
            QVERIFY(dot.up == valueOf(distance, window.trace(), dot.head));
            QVERIFY(QRectF(plot.axisRect()->rect()).contains(*plot.placeOf(dot.head)));
        }
        QVERIFY(plot.xAxis->label().contains(QStringLiteral("bits")));
        QVERIFY(plot.yAxis->label().contains(QStringLiteral("tokens")));
        const HeadAddress other = headNumber(1);
        const QPointF place = *plot.placeOf(other);
        Window::move(plot, place);
        QVERIFY(window.selection.hover().head.has_value());
        QTest::mouseClick(&plot, Qt::LeftButton, {}, place.toPoint());
        // The nearest dot, which another may be that lies on the same pixel.
        const QPointF apart = *plot.placeOf(window.selection.head()) - place;
        QVERIFY(QPointF::dotProduct(apart, apart) <= 1 && window.selection.head() != linkHead);
        std::vector<double> walked;
        for (int i = 0; i < 12; ++i)
            QTest::keyClick(&plot, Qt::Key_Left);
        for (int i = 0; i < 12; ++i) {
            walked.push_back(*valueOf(entropy, window.trace(), window.selection.head()));
            QTest::keyClick(&plot, Qt::Key_Right);
        }
        QVERIFY(std::is_sorted(walked.begin(), walked.end()) && walked.front() < walked.back());
    }

    void theAxesAreChosen() {
        Window window;
        auto& box = *window.all.findChild<QComboBox*>(QStringLiteral("plotAcross"));
        QCOMPARE(box.currentData().toString(), QStringLiteral("entropy"));
        box.setCurrentIndex(box.findData(QStringLiteral("first")));
        Q_EMIT box.activated(box.currentIndex());
        QVERIFY(window.options.numbers().across == "first");
        QVERIFY(window.plot().dots().front().across ==
                valueOf(*findMetric("first"), window.trace(), window.plot().dots().front().head));
        // A text without repetitions has no induction: no dots, and it says so.
        window.say("The animal was tired.");
        HeadNumbers numbers = window.options.numbers();
        numbers.up = "induction";
        window.options.setNumbers(numbers);
        QVERIFY(window.plot().dots().empty());
        QVERIFY(window.plot().note().contains(QStringLiteral("no head")));
    }

    void nothingIsCutInASmallWindow() {
        Window window;
        for (const QSize size : {QSize(498, 400), QSize(498, 330), QSize(674, 490), QSize(1100, 700)}) {
            window.all.resize(size);
            QCoreApplication::processEvents();
            const SimilarityPicture& picture = window.similarity().picture();
            const QRectF whole(window.similarity().rect());
            QVERIFY2(picture.matrix.width() >= 72, qPrintable(QString::number(picture.matrix.width())));
            for (const QRectF& part : {picture.text, picture.matrix, picture.tree, picture.scale})
                QVERIFY(whole.contains(part));
            for (const QRectF& part : {picture.matrix, picture.names, picture.scale})
                QVERIFY(!part.intersects(picture.text));
            QVERIFY(!picture.matrix.intersects(picture.scale));
            const QRect plot = window.plot().geometry();
            QVERIFY(window.all.rect().contains(plot) && !plot.intersects(window.similarity().geometry()));
            QVERIFY(plot.width() >= 180 && plot.height() >= 110);
        }
    }

    void manyHeadsAreComparedInTheBackground() {
        HeadsAlikeFeed feed;
        const ModelSession session(fakeModel("large", 12, 12, 66));
        RunRequest request;
        for (int i = 0; i < 60; ++i)
            request.text += "animal ";
        const auto trace = session.run(request, {}).trace;
        feed.ask(trace, Stack::encoder);
        QVERIFY(feed.busy() && !feed.answer());
        feed.ask(fakeTrace("The dog."), Stack::encoder);
        feed.ask(trace, Stack::encoder); // the one in between is left out
        QTRY_VERIFY_WITH_TIMEOUT(!feed.busy(), 60000);
        QVERIFY(feed.answer()->problem.isEmpty());
        QCOMPARE(feed.answer()->tree.order.size(), size_t{144});
        QVERIFY(feed.answer()->tree.merges == headsAlike(*trace, Stack::encoder).tree.merges);
    }

    void numbersOverLongTextsComeFromTheBackground() {
        const auto model = fakeModel("large", 12, 12, 66);
        const ModelSession session(model);
        RunRequest request;
        for (int i = 0; i < 60; ++i)
            request.text += "animal ";
        const auto trace = session.run(request, {}).trace;
        const HeadMetric *entropy = findMetric("entropy"), *distance = findMetric("mean-distance");
        QObject receiver;
        int changes = 0;
        MetricValues values(&receiver, [&] { ++changes; });
        values.ask({entropy, nullptr, entropy}, trace, model);
        QVERIFY(!values.of(entropy));
        values.ask({distance, entropy}, trace, model);
        QTRY_COMPARE_WITH_TIMEOUT(changes, 1, 60000);
        for (const HeadMetric* metric : {entropy, distance}) {
            const std::vector<HeadValue> expected = valuesOf(*metric, *trace);
            QVERIFY(values.of(metric) && std::ranges::equal(*values.of(metric), expected, {},
                                                            &HeadValue::value, &HeadValue::value));
        }
        values.ask({entropy}, fakeTrace("The dog."), model); // a short one at once
        QVERIFY(values.of(entropy) && values.of(entropy)->size() < 144 && !values.of(distance));
        QCOMPARE(changes, 1);
        values.setAtOnce();
        values.ask({distance}, trace, model);
        QVERIFY(values.of(distance) && values.of(distance)->size() == 144);
    }

    void headsAreComparedOverManySentences() {
        Window window;
        Jobs jobs{{}};
        AllHeadsView all(window.store, window.selection, window.options, nullptr, &jobs);
        all.setAttribute(Qt::WA_DontShowOnScreen);
        all.resize(800, 420);
        all.setModel(fakeModel());
        all.show();
        auto& box = *all.findChild<QComboBox*>(QStringLiteral("alikeOver"));
        const SimilarityPicture& picture = all.findChild<SimilarityView*>()->picture();
        const auto ofSentence = picture.alike;
        QVERIFY(ofSentence->over.isEmpty());
        std::vector<JobState> news;
        connect(&jobs, &Jobs::changed, this, [&](const JobState& state) { news.push_back(state); });
        const auto choose = [&](int entry) {
            box.setCurrentIndex(entry);
            Q_EMIT box.activated(entry);
        };
        choose(1);
        QVERIFY(picture.busy && picture.reading().contains(QStringLiteral("computing")));
        QTRY_VERIFY_WITH_TIMEOUT(!picture.busy, 60000);
        QVERIFY(picture.alike->over.contains(QStringLiteral("200 sentences of the grammar")));
        QVERIFY(std::any_of(news.begin(), news.end(), [](const JobState& state) {
            return state.progress.message == "sentence 100 of 200" && state.progress.fraction == 0.5;
        }));
        const ModelSession session(fakeModel());
        SimilarityMean mean(Stack::encoder);
        for (const SearchSentence& sentence : sentencesOfGrammar(200)) {
            RunRequest request;
            request.text = sentence.text;
            mean.add(*session.run(request, {}).trace);
        }
        QVERIFY(std::ranges::equal(picture.alike->similarity.divergence.values(),
                                   mean.mean().divergence.values()));
        // Typing does not put this sentence in its place, choosing it does.
        window.say("The dog was tired.");
        QVERIFY(!picture.alike->over.isEmpty());
        choose(0);
        QVERIFY(picture.alike->over.isEmpty() && !picture.busy);
        QVERIFY(picture.alike->tree.merges == headsAlike(window.trace(), Stack::encoder).tree.merges);

        choose(1);
        jobs.cancel(news.back().id + 1);
        QTRY_COMPARE(box.currentIndex(), 0); // stopped: this sentence again
        QVERIFY(picture.alike->over.isEmpty());
        choose(1);
        QTRY_VERIFY_WITH_TIMEOUT(!picture.busy, 60000);
        all.setModel(fakeModel("other"));
        QVERIFY(box.currentIndex() == 0 && picture.alike->over.isEmpty());
    }

    void sentencesOfAFileAreNamedByTheirLine() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("s.txt"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("The dog was tired.\nIt was too wide.\nThis will fail here.\n");
        file.close();
        const std::vector<SearchSentence> sentences = sentencesOfFile(path);
        QCOMPARE(sentences.size(), size_t{3});
        const auto refusal = [](const auto& call) {
            try {
                call();
            } catch (const Error& error) {
                return QString::fromUtf8(error.what());
            }
            return QString();
        };
        QVERIFY(refusal([&] {
                    headsAlikeOver(fakeModel(), Stack::encoder, sentences, {});
                }).startsWith(QStringLiteral("line 3: ")));
        const HeadsAlike alike =
            headsAlikeOver(fakeModel(), Stack::encoder, {sentences[0], sentences[1]}, {});
        QCOMPARE(alike.similarity.heads.size(), size_t{12});
        QVERIFY(refusal([&] {
                    sentencesOfFile(folder.filePath(QStringLiteral("none")));
                }).contains(QStringLiteral("cannot be read")));
    }

    void whatIsMissingIsSaid() {
        QVERIFY(!headsAlike(*fakeTrace("The dog."), Stack::decoder).problem.isEmpty());
        QVERIFY(headsAlike(*fakeTrace("The dog."), Stack::encoder).problem.isEmpty());
    }
};

QTEST_MAIN(HeadsMetricsTest)
#include "heads_metrics_test.moc"
