#include "engine/core/errors.h"
#include "tests/ui/fake_model.h"
#include "ui/experiments/bench_experiment.h"
#include "ui/experiments/bench_view.h"
#include "ui/experiments/cost_experiment_view.h"
#include "ui/experiments/cost_plots.h"
#include "ui/experiments/experiments_page.h"
#include "ui/experiments/scaling_experiment_view.h"
#include "ui/viewbar/segments.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <nlohmann/json.hpp>

#include <condition_variable>
#include <fstream>
#include <iterator>
#include <mutex>
#include <set>

using namespace headlight;

namespace {
constexpr int patience = 120000; // milliseconds, for sanitizers on a busy machine
constexpr HeadAddress head{Stack::encoder, 1, 1};
constexpr int bench = 0, scaling = 1, cost = 2;

std::shared_ptr<const Trace> readerTrace(const std::string& text) {
    static const ModelSession session(LoadedModel::load("reader"));
    RunRequest request;
    request.text = text;
    return session.run(request, {}).trace;
}

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Lets a job take as many steps as it has permits for.
class Gate {
public:
    void wait(std::stop_token stop) {
        std::unique_lock lock(m_mutex);
        if (!m_open)
            m_changed.wait(lock, std::move(stop), [this] { return m_permits > 0; });
        if (m_permits > 0)
            --m_permits;
    }
    void permit() {
        const std::lock_guard lock(m_mutex);
        ++m_permits;
        m_changed.notify_all();
    }
    void close() { m_open = false; }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    int m_permits = 0;
    bool m_open = true;
};

struct Window {
    TraceStore store;
    Selection selection;
    Gate gate;
    Jobs jobs{[this](std::stop_token stop) { gate.wait(std::move(stop)); }};
    ExperimentsPage page{store, selection, jobs};

    explicit Window(int experiment = bench, QSize size = {1180, 700}) {
        page.setAttribute(Qt::WA_DontShowOnScreen);
        page.resize(size);
        page.setCurrent(experiment);
    }
    void read(quint64 id, const std::string& text) {
        const auto trace = readerTrace(text);
        if (id == 1)
            selection.start(trace, "it", head);
        else
            selection.carryTo(trace);
        store.set(id, trace);
    }
    template <class E>
    E* experiment() {
        return qobject_cast<E*>(page.experiment());
    }
    template <class W>
    W* part(const char* name) {
        return page.experiment()->findChild<W*>(QString::fromLatin1(name));
    }
    void choose(const char* segments, const QString& text) {
        for (QToolButton* button : part<Segments>(segments)->findChildren<QToolButton*>())
            if (button->text() == text)
                button->click();
    }
};

/// The bench of the reader on the sentence about the animal, shown and answered.
struct BenchWindow : Window {
    explicit BenchWindow(QSize size = {1180, 700}) : Window(bench, size) {
        page.show();
        read(1, animalSentence);
        answered = QTest::qWaitFor([this] { return !content().empty(); });
    }
    const BenchContent& content() { return experiment<BenchExperiment>()->content(); }
    BenchView* view() { return part<BenchView>("bench"); }
    const BenchGeometry& geometry() { return view()->picture().geometry; }
    BenchResult engine(int query, BenchSettings settings = {}) {
        settings.repeats = 0;
        return mechanismBench(*store.current(), head, query, settings);
    }
    bool answered = false;
};

bool sameRows(const BenchResult& one, const BenchResult& other) {
    if (one.rows.size() != other.rows.size() || one.query != other.query)
        return false;
    for (size_t i = 0; i < one.rows.size(); ++i)
        if (one.rows[i].scores != other.rows[i].scores || one.rows[i].weights != other.rows[i].weights ||
            one.rows[i].gradientNorm != other.rows[i].gradientNorm)
            return false;
    return true;
}

/// Cells whose colour on the screen is not that of the weight which the engine gives.
int wrongCells(BenchWindow& window, const BenchResult& expected) {
    const QImage picture = window.view()->viewport()->grab().toImage();
    const Theme theme = window.view()->picture().theme;
    const BenchGeometry& geometry = window.geometry();
    int wrong = 0;
    for (const BenchStrip& strip : geometry.strips) {
        const BenchRow* row = nullptr;
        for (const BenchRow& each : expected.rows)
            if (each.scoreFunction == strip.scoreFunction && each.normaliser == strip.normaliser)
                row = &each;
        for (int key = 0; key < geometry.keys; ++key) {
            const QPoint middle = geometry.cellRect(strip, key).center().toPoint();
            if (!picture.rect().contains(middle) || std::isinf(row->scores[static_cast<size_t>(key)]))
                continue;
            wrong += picture.pixel(middle) != theme.weights.colour(row->weights[static_cast<size_t>(key)]);
        }
    }
    return wrong;
}
} // namespace

class ExperimentsTest : public QObject {
    Q_OBJECT
private slots:
    void theBenchShowsTheNumbersOfTheEngine() {
        BenchWindow window;
        QVERIFY(window.answered);
        const int query = window.selection.query();
        QVERIFY(sameRows(*window.content().result, window.engine(query)));
        QVERIFY(!sameRows(*window.content().result, window.engine(query + 1))); // the comparison can fail
        for (const QString& normaliser : {QStringLiteral("softmax"), QStringLiteral("all")}) {
            window.choose("benchNormaliser", normaliser);
            QCOMPARE(wrongCells(window, window.engine(query)), 0);
            QVERIFY(wrongCells(window, window.engine(query + 1)) > 0);
        }
        QCOMPARE(window.geometry().strips.size(), size_t{24});
    }

    void oneRowIsWhatTheHeadItselfDoes() {
        BenchWindow window;
        int recorded = 0;
        for (const BenchRow& row : window.content().result->rows) {
            const bool itself =
                benchScoreFunctions()[static_cast<size_t>(row.scoreFunction)].name == "scaled dot" &&
                benchNormalisers()[static_cast<size_t>(row.normaliser)].name == "softmax";
            QCOMPARE(row.recorded, itself);
            QCOMPARE(describeRow(window.content(), row).contains(QStringLiteral("as recorded")), itself);
            recorded += row.recorded ? 1 : 0;
        }
        QCOMPARE(recorded, 1);
    }

    void hardSaysThatNoGradientPasses() {
        BenchWindow window;
        for (const BenchRow& row : window.content().result->rows) {
            const bool hard = benchNormalisers()[static_cast<size_t>(row.normaliser)].name == "hard";
            QCOMPARE(gradientText(row) == QStringLiteral("0: no gradient passes an argmax"), hard);
        }
        auto* sentences = window.part<QLabel>("benchSentences");
        QVERIFY(!sentences->text().contains(QStringLiteral("no gradient passes an argmax")));
        window.choose("benchNormaliser", QStringLiteral("hard"));
        QVERIFY(sentences->text().contains(QStringLiteral("no gradient passes an argmax")));
    }

    void theBadgeStandsExactlyWhereParametersAreUntrained() {
        for (const QSize size : {QSize(1180, 700), QSize(520, 420)}) {
            BenchWindow window(size);
            std::set<std::string> badged;
            for (const BenchGroup& group : window.geometry().groups)
                if (!window.view()->picture().badgeRect(group).isEmpty())
                    badged.insert(benchScoreFunctions()[static_cast<size_t>(group.scoreFunction)].name);
            QCOMPARE(badged, (std::set<std::string>{"additive", "concat", "general"}));
        }
    }

    void theBenchFollowsTextSelectionAndSettings() {
        BenchWindow window;
        window.selection.setQuery(2);
        QTRY_COMPARE_WITH_TIMEOUT(window.content().result->query, 2, patience);
        QCOMPARE(window.part<QComboBox>("benchQuery")->currentIndex(), 2);
        window.part<QSpinBox>("benchSeed")->setValue(7);
        QTRY_COMPARE_WITH_TIMEOUT(window.content().result->settings.seed, uint64_t{7}, patience);
        BenchSettings settings;
        settings.seed = 7;
        QVERIFY(sameRows(*window.content().result, window.engine(2, settings)));
        QVERIFY(!sameRows(*window.content().result, window.engine(2)));
        window.read(2, "The dog was tired.");
        QTRY_COMPARE_WITH_TIMEOUT(window.content().trace, window.store.current(), patience);
        QCOMPARE(window.geometry().keys, static_cast<int>(window.store.current()->tokens().size()));
    }

    void aClickAndTheKeysChangeTheOneSelection() {
        BenchWindow window;
        const int query = window.selection.query();
        const BenchStrip strip = window.geometry().strips[3];
        QTest::mouseClick(window.view()->viewport(), Qt::LeftButton, {},
                          window.geometry().cellRect(strip, 5).center().toPoint());
        QCOMPARE(window.selection.key(), 5);
        QCOMPARE(window.selection.query(), query);
        QCOMPARE(window.view()->picture().walkedStrip, 3);
        QTest::keyClick(window.view(), Qt::Key_Left);
        QCOMPARE(window.selection.key(), 4);
        QTest::keyClick(window.view(), Qt::Key_Up);
        QCOMPARE(window.view()->picture().walkedStrip, 2);
        QVERIFY(window.view()->accessibleDescription().contains(QStringLiteral("untrained")));

        // Enter opens the steps of what the head did, and of nothing else.
        QSignalSpy steps(window.view(), &BenchView::stepsWanted);
        QTest::keyClick(window.view(), Qt::Key_Return);
        QCOMPARE(steps.count(), 0);
        QTest::keyClick(window.view(), Qt::Key_Up);
        QTest::keyClick(window.view(), Qt::Key_Return);
        QCOMPARE(steps.count(), 1);

        auto* queries = window.part<QComboBox>("benchQuery");
        QTest::keyClick(queries, Qt::Key_Up);
        QCOMPARE(window.selection.query(), query - 1);
    }

    void aNarrowBenchScrollsToTheKeyThatIsWalkedTo() {
        BenchWindow window({520, 420});
        QTest::keyClick(window.view(), Qt::Key_End);
        QTest::keyClick(window.view(), Qt::Key_Down);
        for (int i = 0; i < 6; ++i)
            QTest::keyClick(window.view(), Qt::Key_Down);
        const BenchGeometry& geometry = window.geometry();
        QVERIFY(geometry.scrollY > 0);
        const QRectF cell = geometry.cellRect(geometry.strips.back(), geometry.keys - 1);
        QVERIFY(cell.right() <= geometry.cells.right() + 1 && cell.left() >= geometry.cells.left - 1);
        QVERIFY(cell.bottom() <= geometry.size.height() + 1);
    }

    void timesAreMeasuredWhenAskedForAndHoldForHeadsOfThatShape() {
        BenchWindow window;
        const auto timeOf = [&] { return window.content().seconds(window.content().result->rows.front()); };
        QVERIFY(!timeOf());
        window.part<QPushButton>("benchMeasure")->click();
        QTRY_VERIFY_WITH_TIMEOUT(timeOf().has_value(), patience);
        QVERIFY(*timeOf() > 0);
        window.selection.setHead({Stack::encoder, 0, 0});
        QTRY_COMPARE_WITH_TIMEOUT(window.content().result->head.layer, 0, patience);
        QVERIFY(timeOf().has_value());
        window.read(2, "The dog was tired.");
        QTRY_COMPARE_WITH_TIMEOUT(window.content().trace, window.store.current(), patience);
        QVERIFY(!timeOf());
    }

    void ofWaitingQuestionsOnlyTheNewestIsAnswered() {
        Gate gate;
        gate.close();
        BenchFeed feed([&gate](std::stop_token stop) { gate.wait(std::move(stop)); });
        const auto trace = readerTrace(animalSentence);
        std::vector<int> queries;
        connect(&feed, &BenchFeed::answered, this,
                [&](const auto&, const std::shared_ptr<const BenchResult>& result) {
                    queries.push_back(result->query);
                });
        for (int query = 0; query < 6; ++query)
            feed.ask({trace, head, query, {}});
        while (queries.size() < 2) {
            gate.permit();
            QTest::qWait(1);
        }
        QCOMPARE(queries, (std::vector<int>{0, 5}));
    }

    void aRecordingWithoutVectorsIsSaidSo() {
        Window window;
        window.page.show();
        const auto trace = fakeTrace(animalSentence);
        window.selection.start(trace, "it", head);
        window.store.set(1, trace);
        QVERIFY(window.part<QLabel>("benchSentences")->text().contains(QStringLiteral("no queries")));
        QVERIFY(!window.page.experiment()->numbers());
        QVERIFY_EXCEPTION_THROWN(window.page.save("bench.csv"), RequestError);
    }

    void theScalingExperimentShowsTheNumbersOfTheEngine() {
        Window window(scaling);
        auto* view = window.experiment<ScalingExperimentView>();
        ScalingSettings settings;
        settings.rows = 16;
        settings.keys = 8;
        settings.seed = 3;
        view->setSettings(settings);
        QVERIFY(!view->running()); // nothing is computed while it is hidden
        window.page.show();
        QTRY_COMPARE_WITH_TIMEOUT(view->plots().points().size(), scalingWidths().size(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!view->running(), patience);
        window.part<QSlider>("scalingWidth")->setValue(4);
        const ScalingPoint expected = scalingPoint(16, settings);
        QCOMPARE(view->plots().shown()->headWidth, 16);
        QVERIFY(view->plots().shown()->unscaled.density == expected.unscaled.density);
        QVERIFY(view->plots().shown()->scaled.largestWeight.value == expected.scaled.largestWeight.value);
        const QString text = window.part<QLabel>("scalingSentences")->text();
        for (const double number : {expected.unscaled.deviation.value, expected.unscaled.largestWeight.value,
                                    expected.unscaled.jacobianMedian, expected.scaled.jacobianNorm.value})
            QVERIFY(text.contains(QString::number(number, 'g', 3)));
    }

    void whatWasMeasuredStaysWhenScalingIsCancelled() {
        Window window(scaling);
        window.gate.close();
        window.page.show();
        auto* view = window.experiment<ScalingExperimentView>();
        while (view->plots().points().empty()) {
            window.gate.permit();
            QTest::qWait(0);
        }
        window.part<QPushButton>("jobCancel")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!view->running(), patience);
        const size_t measured = view->plots().points().size();
        QVERIFY(measured >= 1 && measured < scalingWidths().size());
        QCOMPARE(view->numbers()->lines.empty(), false);
        window.part<QSlider>("scalingWidth")->setValue(10);
        QVERIFY(window.part<QLabel>("scalingSentences")->text().contains(QStringLiteral("not measured")));
        QVERIFY(window.part<QPushButton>("scalingRun")->isEnabled());
    }

    void whatWasMeasuredStaysWhenTheCostIsCancelled() {
        Window window(cost);
        window.gate.close();
        window.page.show();
        auto* view = window.experiment<CostExperimentView>();
        CostSettings settings;
        settings.width = 8;
        settings.heads = 2;
        settings.repeats = 3;
        settings.lengths = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        view->setSettings(settings);
        window.part<QPushButton>("costStart")->click();
        QVERIFY(view->running());
        while (view->result().points.size() < 4) { // a law over the longer half needs two
            window.gate.permit();
            QTest::qWait(1);
        }
        window.part<QPushButton>("jobCancel")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!view->running(), patience);
        const auto measured = static_cast<int>(view->result().points.size());
        QVERIFY(measured >= 4 && measured < 15);
        auto* table = window.part<QTableWidget>("costTable");
        QCOMPARE(table->rowCount(), measured);
        QCOMPARE(table->item(1, 0)->text(), QStringLiteral("3"));
        QCOMPARE(table->item(1, 8)->text(), QStringLiteral("3")); // the GRU's path
        QVERIFY(window.part<QLabel>("costSentences")->text().contains(QStringLiteral("Stopped")));
        QVERIFY(view->plots().time().seriesName(0).contains(
            QString::number(shownLaws(view->result()).attentionTime.value_or(PowerLaw{}).exponent, 'f', 2)));
        QVERIFY(window.part<QPushButton>("costStart")->isEnabled());
    }

    void aMeasurementOnABusyMachineIsSaidSo() {
        CostResult result;
        result.points.resize(2);
        for (CostPoint& point : result.points)
            for (LayerCost* each : {&point.attention, &point.recurrent})
                each->seconds = 1.5, each->fastest = 1;
        QVERIFY(!wasDisturbed(result)); // one slow pass does not move the median
        result.points[1].recurrent.seconds = 2.5;
        QVERIFY(wasDisturbed(result));
    }

    void theAxesOfTheCostCanBeLinear() {
        Window window(cost);
        window.page.show();
        const CostPlots& plots = window.experiment<CostExperimentView>()->plots();
        QVERIFY(plots.time().logarithmicY());
        window.choose("costAxes", QStringLiteral("linear"));
        QVERIFY(plots.time().xAxis->scaleType() == QCPAxis::stLinear);
        QVERIFY(plots.memory().yAxis->scaleType() == QCPAxis::stLinear);
        window.choose("costAxes", QStringLiteral("logarithmic"));
        QVERIFY(plots.time().xAxis->scaleType() == QCPAxis::stLogarithmic);
    }

    void everyExperimentTakesTheTheme() {
        Window window;
        window.page.show();
        window.read(1, animalSentence);
        for (const int experiment : {bench, scaling, cost}) {
            window.page.setCurrent(experiment);
            std::vector<QImage> pictures;
            for (const Theme& theme : {lightTheme(), darkTheme()}) {
                window.page.setTheme(theme);
                QTest::qWait(30);
                auto* plot = window.page.experiment()->findChild<Plot*>();
                QWidget* ground =
                    plot ? static_cast<QWidget*>(plot) : window.part<BenchView>("bench")->viewport();
                pictures.push_back(ground->grab().toImage());
                QCOMPARE(QColor(pictures.back().pixel(1, 1)), theme.palette.canvas);
            }
            QVERIFY(pictures.front() != pictures.back());
        }
    }

    void numbersAndPicturesAreSaved() {
        BenchWindow window;
        QTemporaryDir folder;
        const std::filesystem::path path(folder.path().toStdString());
        window.page.save(path / "bench.json");
        const auto json = nlohmann::json::parse(contents(path / "bench.json"));
        const BenchResult expected = window.engine(window.selection.query());
        QCOMPARE(json["format"].get<std::string>(), std::string("headlight-bench"));
        QCOMPARE(json["rows"].size(), expected.rows.size() * static_cast<size_t>(expected.keys));
        const BenchRow& last = expected.rows.back();
        QCOMPARE(json["rows"].back()["weight"].get<float>(), last.weights.back());
        QVERIFY(json["rows"].back()["score"].is_null()); // beyond the local window: -inf
        window.page.save(path / "bench.csv");
        const std::string csv = contents(path / "bench.csv");
        QCOMPARE(static_cast<size_t>(std::count(csv.begin(), csv.end(), '\n')), json["rows"].size() + 1);
        QVERIFY(csv.find("-inf") != std::string::npos);
        for (const char* ending : {"png", "svg", "pdf"}) {
            window.page.save(path / ("bench." + std::string(ending)));
            QVERIFY(contents(path / ("bench." + std::string(ending))).size() > 2000);
        }
        QVERIFY_EXCEPTION_THROWN(window.page.save(path / "bench.xls"), RequestError);
        window.page.setCurrent(cost);
        QVERIFY_EXCEPTION_THROWN(window.page.save(path / "cost.png"), RequestError);
    }

    void aCsvCellWithQuotesAndAnEmptyOneKeepTheirPlaces() {
        const NumberTable table{
            "test", {{"text", std::string("a \"b\", c")}}, {"x", "y", "z"}, {{TableCell(), 0.1F, true}}};
        QCOMPARE(toCsv(table), std::string("text,x,y,z\r\n\"a \"\"b\"\", c\",,0.1,true\r\n"));
        const auto json = nlohmann::json::parse(toJson(table));
        QVERIFY(json["rows"][0]["x"].is_null());
        QCOMPARE(json["rows"][0]["y"].get<float>(), 0.1F);
    }
};

QTEST_MAIN(ExperimentsTest)
#include "experiments_test.moc"
