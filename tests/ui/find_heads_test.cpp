#include "app/main_window.h"
#include "tests/ui/fake_runner.h"
#include "ui/experiments/example_map.h"
#include "ui/experiments/experiments_page.h"
#include "ui/experiments/find_experiment.h"
#include "ui/experiments/found_models.h"
#include "ui/viewbar/segments.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>

#include <nlohmann/json.hpp>

#include <condition_variable>
#include <fstream>
#include <iterator>
#include <mutex>

using namespace headlight;

namespace {
constexpr int patience = 120000; // milliseconds, for sanitizers on a busy machine
constexpr int findEntry = 3;     // of experimentEntries()
const char* const animal = "The animal didn't cross the street because it was too tired.";
constexpr int itToken = 10, animalToken = 2;
constexpr HeadAddress pronounHead{Stack::encoder, 1, 0};

const std::shared_ptr<const LoadedModel>& reader() {
    static const std::shared_ptr<const LoadedModel> model = LoadedModel::load("reader");
    return model;
}

std::shared_ptr<const Trace> readerTrace(const std::string& text) {
    static const ModelSession session(reader());
    RunRequest request;
    request.text = text;
    return session.run(request, {}).trace;
}

/// Lets a job take as many steps as it has permits for.
class Gate {
public:
    void wait(std::stop_token stop) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, std::move(stop), [this] { return m_permits != 0; });
        if (m_permits > 0)
            --m_permits;
    }
    /// -1: as many as it wants.
    void permit(int steps) {
        const std::lock_guard lock(m_mutex);
        m_permits = steps;
        m_changed.notify_all();
    }
    bool used() {
        const std::lock_guard lock(m_mutex);
        return m_permits == 0;
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    int m_permits = -1;
};

struct Finder {
    TraceStore store;
    Selection selection;
    Gate gate;
    Jobs jobs{[this](std::stop_token stop) { gate.wait(std::move(stop)); }};
    std::vector<SentenceToShow> shown;
    ExperimentsPage page{
        store, selection, jobs, {}, [this](const SentenceToShow& sentence) { shown.push_back(sentence); }};

    explicit Finder(QSize size = {1000, 640}) {
        page.setAttribute(Qt::WA_DontShowOnScreen);
        page.resize(size);
        page.setCurrent(findEntry);
        page.setModel(reader());
        const auto trace = readerTrace(animal);
        selection.start(trace, "it", pronounHead);
        store.set(1, trace);
        page.show();
        page.activateWindow();
    }
    FindExperiment& find() { return *qobject_cast<FindExperiment*>(page.experiment()); }
    template <class W>
    W& part(const char* name) {
        return *find().findChild<W*>(QString::fromLatin1(name));
    }
    void choose(const char* segments, const QString& text) {
        for (QToolButton* button : part<Segments>(segments).findChildren<QToolButton*>())
            if (button->text() == text)
                button->click();
    }
    void sentences(int count) { part<QSpinBox>("findCount").setValue(count); }
    /// Presses the button and waits for the end.
    void search() {
        part<QPushButton>("findStart").click();
        QTRY_VERIFY_WITH_TIMEOUT(!find().running(), patience);
        QCoreApplication::processEvents();
    }
    QString summary() { return part<QLabel>("findSummary").text(); }
    QTableView& heads() { return part<QTableView>("findHeads"); }
    QTableView& found() { return part<QTableView>("findSentences"); }
    QString cell(QTableView& table, int row, int column) {
        return table.model()->index(row, column).data().toString();
    }
    int currentPlace() { return heads().model()->index(heads().currentIndex().row(), 0).data().toInt() - 1; }
};

HeadSearchResult engineFinds(int count, RelationKind kind) {
    HeadSearchQuestion question;
    question.metrics = withOtherSide(weightMetricOf(kind));
    question.bestSentences = 12;
    const Lexicon lexicon;
    return searchHeads(*reader()->model, *reader()->tokenizer,
                       grammarSentences(Grammar(lexicon), count, 1, kind), question);
}
} // namespace

class FindHeadsTest : public QObject {
    Q_OBJECT

private slots:
    void theTableShowsWhatTheEngineFinds() {
        Finder window;
        window.sentences(40);
        window.search();
        const HeadSearchResult expected = engineFinds(40, RelationKind::pronounAntecedent);
        const FoundHeads& found = *window.find().found();
        QVERIFY(found.finished);
        QCOMPARE(window.heads().model()->rowCount(), 12);
        for (int row = 0; row < 12; ++row) {
            const RankedHead& head = expected.heads[static_cast<size_t>(row)];
            QVERIFY(found.result.heads[static_cast<size_t>(row)].head == head.head);
            QCOMPARE(window.cell(window.heads(), row, 0), QString::number(row + 1));
            QCOMPARE(window.cell(window.heads(), row, 1),
                     QStringLiteral("L%1 H%2").arg(head.head.layer).arg(head.head.head));
            QCOMPARE(window.cell(window.heads(), row, 2),
                     valueText(weightMetricOf(RelationKind::pronounAntecedent), head.values[0]));
        }
        QVERIFY(found.result.heads[0].head == pronounHead);
        QVERIFY2(window.summary().contains(QStringLiteral("40 sentence")), qPrintable(window.summary()));
        QVERIFY(!window.summary().contains(QStringLiteral("Partial")));
    }

    void modelsKeepTheRulesOfQt() {
        FoundHeadsModel heads;
        FoundSentencesModel sentences;
        const QAbstractItemModelTester one(&heads, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester two(&sentences,
                                           QAbstractItemModelTester::FailureReportingMode::QtTest);
        FindQuestion question;
        question.count = 6;
        std::vector<std::shared_ptr<const FoundHeads>> told;
        findHeads(question, *reader(), {},
                  [&](std::shared_ptr<const FoundHeads> found) { told.push_back(found); });
        QVERIFY(told.size() >= 2); // the first one on the way
        QVERIFY(!told.front()->finished && told.back()->finished);
        for (const auto& found : told) {
            heads.setFound(found);
            sentences.setHead(found, pronounHead);
        }
        QCOMPARE(heads.rowCount(), 12);
        QCOMPARE(heads.columnCount(), 4);
        QCOMPARE(sentences.rowCount(), 6);
        QVERIFY(heads.headAt(heads.rowOf(pronounHead))->head == pronounHead);
        sentences.setHead(told.back(), HeadAddress{Stack::encoder, 7, 7});
        QCOMPARE(sentences.rowCount(), 0);
        heads.setFound(nullptr);
        QCOMPARE(heads.rowCount(), 0);
    }

    void theSelectedRowIsTheHeadOfTheWindow() {
        Finder window;
        window.sentences(10);
        window.search();
        QVERIFY(window.find().found()->result.heads[static_cast<size_t>(window.currentPlace())].head ==
                pronounHead);
        const QModelIndex third = window.heads().model()->index(2, 1);
        QTest::mouseClick(window.heads().viewport(), Qt::LeftButton, {},
                          window.heads().visualRect(third).center());
        const auto& ranked = window.find().found()->result.heads;
        QVERIFY(window.selection.head() == ranked[2].head);
        QCOMPARE(
            window.cell(window.found(), 0, 2),
            QString::fromStdString((*window.find().found()->sentences)[ranked[2].best[0].sentence].text));
        QTest::keyClick(&window.heads(), Qt::Key_Down);
        QVERIFY(window.selection.head() == ranked[3].head);
        window.selection.setHead(ranked[7].head); // elsewhere in the window
        QCOMPARE(window.currentPlace(), 7);
        // Sorted in another order, a row is still its head.
        window.heads().sortByColumn(FoundHeadsModel::firstValue, Qt::AscendingOrder);
        QCOMPARE(window.currentPlace(), 7);
        QTest::keyClick(&window.heads(), Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(window.selection.head() == ranked[11].head);
        QSignalSpy entered(&window.selection, &Selection::entered);
        QTest::keyClick(&window.heads(), Qt::Key_Return);
        QCOMPARE(entered.count(), 1);
    }

    void aSentenceIsShownWithItsPlace() {
        Finder window;
        window.sentences(10);
        window.search();
        const auto& found = *window.find().found();
        window.selection.setHead(found.result.heads[0].head);
        const FoundSentence& second = found.result.heads[0].best[1];
        QTest::mouseClick(window.found().viewport(), Qt::LeftButton, {},
                          window.found().visualRect(window.found().model()->index(1, 2)).center());
        QCOMPARE(window.shown.size(), size_t{1});
        QCOMPARE(window.shown[0].text, (*found.sentences)[second.sentence].text);
        QVERIFY(window.shown[0].head == found.result.heads[0].head);
        QVERIFY(window.shown[0].query == second.queryAnchor && window.shown[0].key == second.keyAnchor);
        QVERIFY(!window.shown[0].look);
        QTest::keyClick(&window.found(), Qt::Key_Down);
        QCOMPARE(window.shown.size(), size_t{1}); // walking reads nothing
        QTest::keyClick(&window.found(), Qt::Key_Return);
        QCOMPARE(window.shown.size(), size_t{2});
        QVERIFY(window.shown[1].look);
    }

    void everyMetricCanBeAskedAndSaysWhatItIs() {
        Finder window;
        window.choose("findBy", QStringLiteral("metric"));
        auto& box = window.part<QComboBox>("findMetric");
        QCOMPARE(box.count(), static_cast<int>(headMetrics().size()));
        for (int i = 0; i < box.count(); ++i) {
            const QString tip = box.itemData(i, Qt::ToolTipRole).toString();
            const std::string_view paper = headMetrics()[static_cast<size_t>(i)].paper;
            QVERIFY(
                tip.contains(QString::fromUtf8(paper.data(), std::ssize(paper)).toHtmlEscaped().left(12)));
        }
        window.sentences(3);
        box.setCurrentIndex(box.findData(QStringLiteral("value-norm")));
        window.search();
        QVERIFY(window.find().found()->finished);
        QCOMPARE(std::string(window.find().found()->metrics.front()->id), std::string("value-norm"));
        QVERIFY(window.find().found()->result.heads[0].values[0] >
                window.find().found()->result.heads[11].values[0]);
    }

    void lowestFirst() {
        Finder window;
        window.sentences(5);
        window.part<QComboBox>("findOrder").setCurrentIndex(1);
        window.search();
        const auto& heads = window.find().found()->result.heads;
        QVERIFY(heads.front().values[0] < heads.back().values[0]);
    }

    void cancelLeavesWhatWasFound() {
        Finder window;
        window.sentences(200);
        window.gate.permit(4);
        window.part<QPushButton>("findStart").click();
        QTRY_VERIFY_WITH_TIMEOUT(window.gate.used(), patience);
        QVERIFY(!window.part<QPushButton>("findStart").isEnabled());
        auto& cancel = window.part<QPushButton>("jobCancel");
        QTRY_VERIFY_WITH_TIMEOUT(cancel.isVisible(), patience);
        QTest::keyClick(&cancel, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(!window.find().running(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.summary().startsWith(QStringLiteral("Partial")), patience);
        const FoundHeads& found = *window.find().found();
        QVERIFY(!found.finished);
        QVERIFY(found.result.sentences >= 1 && found.result.sentences <= 4);
        QCOMPARE(window.heads().model()->rowCount(), 12);
        QVERIFY(!std::get<bool>(findTable(found).facts.back().second));
        // And another search can begin.
        window.gate.permit(-1);
        window.sentences(5);
        window.search();
        QVERIFY(window.find().found()->finished);
    }

    void theSelectedCellIsTheExample() {
        Finder window;
        window.selection.setCell(itToken, animalToken);
        window.choose("findBy", QStringLiteral("example"));
        auto& map = window.part<ExampleMap>("exampleMap");
        QVERIFY(map.isVisible());
        QCOMPARE(map.marks(), (std::vector<MarkedCell>{{itToken, animalToken}}));
        QCOMPARE(map.marksText(), QStringLiteral("it → animal"));
        window.selection.setQuery(itToken); // a row alone: its strongest key
        QCOMPARE(map.marks().at(0).query, itToken);
        const Trace& trace = *window.store.current();
        const auto row = trace.site(Stack::encoder, 1)->weights.row(0, itToken);
        QCOMPARE(map.marks().at(0).key,
                 static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin()));
        window.sentences(30);
        window.search();
        const FoundHeads& found = *window.find().found();
        QVERIFY(found.finished);
        QVERIFY(found.result.heads[0].head == pronounHead);
        for (const FoundSentence& sentence : found.result.heads[0].best)
            QCOMPARE(QString::fromStdString(sentence.queryWord).toLower(), QStringLiteral("it"));
    }

    void cellsAreMarkedByKeysAndClicks() {
        Finder window;
        window.selection.setCell(itToken, animalToken);
        window.choose("findBy", QStringLiteral("example"));
        auto& map = window.part<ExampleMap>("exampleMap");
        map.setFocus();
        QTest::keyClick(&map, Qt::Key_Right);
        QTest::keyClick(&map, Qt::Key_Down);
        QTest::keyClick(&map, Qt::Key_Space);
        // The first mark by hand takes the place of the selection.
        QCOMPARE(map.marks(), (std::vector<MarkedCell>{{itToken + 1, animalToken + 1}}));
        QVERIFY(map.accessibleDescription().contains(QStringLiteral("marked")));
        QTest::mouseClick(&map, Qt::LeftButton, {}, map.cellRect({itToken, 8}).center().toPoint());
        QCOMPARE(map.marks().size(), size_t{2});
        window.selection.setCell(1, 1); // what is marked by hand stays
        QCOMPARE(map.marks().size(), size_t{2});
        QTest::mouseClick(&map, Qt::LeftButton, {}, map.cellRect({itToken, 8}).center().toPoint());
        QTest::keyClick(&map, Qt::Key_Left);
        QCOMPARE(map.marks().size(), size_t{1});
        QTest::mouseClick(&map, Qt::LeftButton, {},
                          map.cellRect({itToken + 1, animalToken + 1}).center().toPoint());
        QVERIFY(map.marks().empty());
        window.search(); // nothing is marked
        QVERIFY(!window.find().found());
        QVERIFY2(window.summary().contains(QStringLiteral("Mark at least one")),
                 qPrintable(window.summary()));
        window.part<QPushButton>("findUnmark").click();
        QCOMPARE(map.marks(), (std::vector<MarkedCell>{{1, 1}}));
        // Another sentence has other words.
        map.setFocus();
        QTest::keyClick(&map, Qt::Key_Space);
        const auto trace = readerTrace("The dog was tired.");
        window.selection.carryTo(trace);
        window.store.set(2, trace);
        QVERIFY(!map.markedByHand());
        for (const MarkedCell& cell : map.marks())
            QVERIFY(cell.query < 7 && cell.key < 7);
    }

    void aFileOfSentences() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("words.txt"));
        std::ofstream(path.toStdString()) << animal << "\tit\tanimal\n"
                                          << "The cat saw the bird.\n";
        Finder window;
        // Dropped on the page.
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(20, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window.find(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(20, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window.find(), &drop);
        // What pronouns stand for is not known of it.
        window.search();
        QVERIFY2(window.summary().contains(QStringLiteral("not known")), qPrintable(window.summary()));
        QVERIFY(!window.find().found());
        window.part<QComboBox>("findRelation").setCurrentIndex(2);
        window.search();
        QCOMPARE(window.find().found()->result.relations, 1);
        QVERIFY(window.summary().contains(QStringLiteral("words.txt")));
        QCOMPARE(window.cell(window.found(), 0, 1), QStringLiteral("it → animal"));
        // A session is the window's.
        QMimeData other;
        other.setUrls({QUrl::fromLocalFile(folder.filePath(QStringLiteral("a.headlight")))});
        QDragEnterEvent entered(QPoint(20, 200), Qt::CopyAction, &other, Qt::LeftButton, Qt::NoModifier);
        entered.ignore();
        QCoreApplication::sendEvent(&window.find(), &entered);
        QVERIFY(!entered.isAccepted());
    }

    void aBadFileIsOneSentence() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("bad.txt"));
        std::ofstream(path.toStdString()) << "good\na\tb\n";
        Finder window;
        window.choose("findBy", QStringLiteral("metric"));
        window.find().setFile(path);
        window.search();
        QVERIFY2(window.summary().contains(QStringLiteral("bad.txt, line 2")), qPrintable(window.summary()));
        window.find().setFile(folder.filePath(QStringLiteral("missing.txt")));
        window.search();
        QVERIFY(window.summary().contains(QStringLiteral("missing.txt")));
        QVERIFY(!window.find().found());
    }

    void theNumbersAreSaved() {
        const QTemporaryDir folder;
        Finder window;
        QVERIFY(!window.page.findChild<QToolButton*>(QStringLiteral("saveExperiment"))->isEnabled());
        window.sentences(8);
        window.search();
        QVERIFY(window.page.findChild<QToolButton*>(QStringLiteral("saveExperiment"))->isEnabled());
        const std::filesystem::path json = folder.filePath(QStringLiteral("heads.json")).toStdString();
        window.page.save(json);
        std::ifstream file(json);
        const auto document = nlohmann::json::parse(file);
        QCOMPARE(document["format"].get<std::string>(), std::string("headlight-heads"));
        QCOMPARE(document["complete"].get<bool>(), true);
        QCOMPARE(document["rows"].size(), size_t{12 * 8});
        const RankedHead& best = window.find().found()->result.heads[0];
        const auto& first = document["rows"][0];
        QCOMPARE(first["head"].get<std::string>(), toString(best.head));
        QCOMPARE(first["pronoun-antecedent"].get<double>(), *best.values[0]);
        QCOMPARE(first["query_word"].get<std::string>(), best.best[0].queryWord);
        for (const char* name : {"heads.csv", "heads.png", "heads.svg"}) {
            const std::filesystem::path path = folder.filePath(QString::fromLatin1(name)).toStdString();
            window.page.save(path);
            QVERIFY(std::filesystem::file_size(path) > 1000);
        }
    }

    void withoutAModelNothingIsSearched() {
        Finder window;
        window.page.setModel(nullptr);
        QVERIFY(!window.part<QPushButton>("findStart").isEnabled());
        QVERIFY(window.summary().contains(QStringLiteral("open a model")));
    }

    /// The whole way in the window by keyboard: search, walk to a head, read its sentence, and undo.
    void byKeyboardAloneInTheWindow() {
        const QTemporaryDir folder;
        WindowHooks hooks; // undo comes with files
        hooks.autosave = folder.filePath(QStringLiteral("autosave")).toStdString();
        FakeRunner runner(reader());
        MainWindow window(runner, reader(), {}, std::move(hooks));
        window.resize(1280, 720);
        window.show();
        window.picture();
        window.activateWindow();
        QTest::keyClick(&window, Qt::Key_4, Qt::AltModifier);
        auto* page = window.findChild<ExperimentsPage*>();
        QVERIFY(page);
        page->setCurrent(findEntry);
        auto* find = qobject_cast<FindExperiment*>(page->experiment());
        const auto reach = [&](QWidget* wanted) {
            for (int i = 0; i < 60 && window.focusWidget() != wanted; ++i)
                QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, Qt::Key_Tab);
            return window.focusWidget() == wanted;
        };
        auto* count = find->findChild<QSpinBox*>(QStringLiteral("findCount"));
        QVERIFY(reach(count));
        QTest::keyClick(count, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(count, QStringLiteral("20"));
        auto* start = find->findChild<QPushButton*>(QStringLiteral("findStart"));
        QVERIFY(reach(start));
        QTest::keyClick(start, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(!find->running() && find->found() && find->found()->finished, patience);
        auto* heads = find->findChild<QTableView*>(QStringLiteral("findHeads"));
        QVERIFY(reach(heads));
        QTest::keyClick(heads, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(heads, Qt::Key_Down);
        const FoundHeads found = *find->found();
        QVERIFY(window.selection().head() == found.result.heads[1].head);
        auto* sentences = find->findChild<QTableView*>(QStringLiteral("findSentences"));
        QVERIFY(reach(sentences));
        QTest::keyClick(sentences, Qt::Key_Down);
        const int row = std::max(0, sentences->currentIndex().row());
        QTest::keyClick(sentences, Qt::Key_Space);
        const FoundSentence& chosen = found.result.heads[1].best[static_cast<size_t>(row)];
        const QString text = QString::fromStdString((*found.sentences)[chosen.sentence].text);
        auto* editor = window.findChild<QPlainTextEdit*>(QStringLiteral("editor"));
        QCOMPARE(editor->toPlainText(), text);
        QTRY_COMPARE(window.selection().query(), chosen.query);
        QCOMPARE(window.selection().key(), chosen.key);
        QVERIFY(window.selection().head() == found.result.heads[1].head);
        QVERIFY(page->isVisible()); // the list stays, the next one can be read
        QTest::keyClick(sentences, Qt::Key_Return);
        QTRY_VERIFY(!page->isVisible());
        QCOMPARE(editor->toPlainText(), text);
        for (int i = 0; i < 6 && editor->toPlainText() != QLatin1String(animal); ++i) {
            QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
            QTRY_COMPARE(window.traces().id(), runner.lastId());
        }
        QCOMPARE(editor->toPlainText(), QString::fromLatin1(animal));
    }
};

QTEST_MAIN(FindHeadsTest)
#include "find_heads_test.moc"
