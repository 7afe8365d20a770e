#include "app/main_window.h"
#include "app/window_files.h"
#include "engine/files/workspace.h"
#include "tests/ui/steps_window.h"
#include "ui/evidence/evidence_feed.h"
#include "ui/row/evidence_card.h"
#include "ui/row/row_list.h"
#include "ui/row/row_panel.h"
#include "ui/row/truth_words.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>

using namespace headlight;

namespace {
/// A window on the bundled model with its evidence.
struct EvidenceWindow : StepsWindow {
    EvidenceWindow() {
        QTest::keyClick(&map(), Qt::Key_T, Qt::ControlModifier);
        measured();
    }
    void measured() { QTRY_VERIFY_WITH_TIMEOUT(list().content().truth == TruthState::shown, 60000); }
    const Trace& trace() const { return *window.traces().current(); }
    RowList& list() { return find<RowList>("row"); }
    EvidenceCard& card() { return find<EvidenceCard>("evidence"); }
    EvidenceList& lines() { return find<EvidenceList>("evidenceList"); }
    QString footer() { return window.findChild<RowPanel*>()->footer(); }
    const RowLine& line(int token) {
        const auto& all = list().content().lines;
        return *std::find_if(all.begin(), all.end(), [&](const RowLine& one) { return one.token == token; });
    }
    TruthQuestion question() {
        const int query = selection().query();
        return {selection().head(), query, *topAnswer(trace().baseline ? *trace().baseline : trace(), query)};
    }
    /// Chooses a part of the card as a click would.
    void choosePart(const char* text) {
        for (QToolButton* button : card().findChildren<QToolButton*>())
            if (button->text() == QLatin1String(text))
                QTest::mouseClick(button, Qt::LeftButton);
    }
};

QAction* entry(const QMainWindow& window, const char* text) {
    for (QAction* action : window.findChildren<QAction*>())
        if (action->text().remove(QLatin1Char('&')) == QLatin1String(text))
            return action;
    return nullptr;
}
} // namespace

class EvidenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWindowIsCalmWithout();
    void theSwitchIsOneOfTheBar();
    void whatIsShownIsRemembered();
    void everyNumberIsTheEngines();
    void deletingTheEdgeByHandGivesTheSameNumber();
    void numbersOfAnotherRowAreNeverShown();
    void columnsAndMergedWordsSayWhyNot();
    void whatLooksImportantAndIsNotIsSaidInWords();
    void theLensIsTheEngines();
    void aClickOnAContributionSelectsItsHead();
    void anotherOutputIsMeasured();
    void theExportHasTheNumbers();
    void theFeedAnswersTheNewestQuestion();
    void aHoverDoesNotEndAMeasurement();
    void theFeedSaysWhyItCannot();
    void numbersAreWritten();
};

void EvidenceTest::theWindowIsCalmWithout() {
    StepsWindow f;
    QVERIFY(f.find<RowList>("row").content().truth == TruthState::hidden);
    QVERIFY(!f.find<QWidget>("evidence").isVisible() && f.find<QWidget>("reading").isVisible());
    QVERIFY(!f.find<QWidget>("historyPanel").isVisible());
    QVERIFY(toText(f.window.document().workspace()).find("evidence") == std::string::npos);
}

void EvidenceTest::theSwitchIsOneOfTheBar() {
    StepsWindow f;
    auto* bar = f.window.findChild<QWidget*>(QStringLiteral("viewBar"));
    const QList<QToolButton*> buttons = bar->findChildren<QToolButton*>();
    const auto found = std::find_if(buttons.begin(), buttons.end(), [](const QToolButton* button) {
        return button->accessibleName() == QStringLiteral("Evidence");
    });
    QVERIFY(found != buttons.end());
    QTest::mouseClick(*found, Qt::LeftButton);
    QVERIFY(f.find<QWidget>("evidence").isVisible() && !f.find<QWidget>("reading").isVisible());
    QVERIFY(f.find<QWidget>("historyPanel").isVisible());
    QTest::keyClick(&f.map(), Qt::Key_H, Qt::ControlModifier); // the history goes alone
    QVERIFY(!f.find<QWidget>("historyPanel").isVisible() && f.find<QWidget>("evidence").isVisible());
    f.window.options().setPage(Page::steps);
    QTest::keyClick(&f.window, Qt::Key_T, Qt::ControlModifier);
    QVERIFY(!f.window.options().evidence().shown);
    QTest::keyClick(&f.window, Qt::Key_T, Qt::ControlModifier); // shown where it is seen
    QVERIFY(f.window.options().page() == Page::look && f.find<QWidget>("evidence").isVisible());
}

void EvidenceTest::whatIsShownIsRemembered() {
    EvidenceWindow f;
    f.window.options().setEvidence({true, "street"});
    QVERIFY(f.window.settings().shown.evidence == (EvidenceChoice{true, {}}));
    const Workspace saved = f.window.document().workspace();
    QVERIFY(saved.shown.evidence == (EvidenceChoice{true, "street"}));
    const Workspace read = workspaceFromText(toText(saved), "w.json");
    QVERIFY(read == saved);
    f.window.options().setChoices({});
    QVERIFY(!f.find<QWidget>("evidence").isVisible() && !f.find<QWidget>("historyPanel").isVisible());
    f.window.document().show(read);
    f.settle();
    QVERIFY(f.find<QWidget>("evidence").isVisible() && f.find<QWidget>("historyPanel").isVisible());
    QCOMPARE(f.card().content().piece, QStringLiteral("street"));

    WindowSettings settings;
    settings.shown.evidence.shown = true;
    StepsWindow again(reader(), settings);
    QVERIFY(again.find<QWidget>("evidence").isVisible() && entry(again.window, "Evidence")->isChecked());
}

void EvidenceTest::everyNumberIsTheEngines() {
    EvidenceWindow f;
    const TruthColumn column = truthColumn(f.trace(), *reader()->model, f.question());
    QCOMPARE(f.list().content().lines.size(), column.edges.size());
    for (const EdgeTruth& edge : column.edges) {
        const RowLine& line = f.line(edge.key);
        QVERIFY(line.truth && line.weight == edge.weight);
        QVERIFY(line.truth->change == edge.change && line.truth->valueSize == edge.valueSize);
        QVERIFY(line.truth->gradientTimesWeight == edge.gradientTimesWeight);
        QVERIFY(line.truth->verdict == edge.verdict);
    }
    QVERIFY(f.card().content().value == column.value);
    QVERIFY(!f.card().content().before);
    QVERIFY2(f.footer().contains(QStringLiteral("Jain & Wallace 2019")) &&
                 f.footer().contains(QStringLiteral("Wiegreffe & Pinter 2019")) &&
                 f.footer().contains(QStringLiteral("log-odds of “%1”").arg(f.card().content().piece)),
             qPrintable(f.footer()));
}

void EvidenceTest::deletingTheEdgeByHandGivesTheSameNumber() {
    EvidenceWindow f;
    const auto strongest =
        std::max_element(f.list().content().lines.begin(), f.list().content().lines.end(),
                         [](const RowLine& one, const RowLine& other) {
                             return std::abs(one.truth->change) < std::abs(other.truth->change);
                         });
    const int key = strongest->token;
    const double expected = strongest->truth->change;
    const QString output = f.card().content().piece;
    QVERIFY(std::abs(expected) > 0.1);
    QTest::mouseClick(f.list().viewport(), Qt::LeftButton, {}, f.list().changeRect(key).center());
    QCOMPARE(f.selection().key(), key);
    auto* menu = f.window.findChild<QMenu*>(QStringLiteral("edgeMenu"));
    QTRY_VERIFY(menu && menu->isVisible());
    QTest::keyClick(menu, Qt::Key_Return);
    const Edits& edits = f.window.document().edits().edits();
    QCOMPARE(edits.size(), size_t{1});
    QVERIFY(edits[0].heads == HeadScope::one(f.selection().head()));
    f.settle();
    QVERIFY(f.trace().baseline);
    QCOMPARE(f.card().content().piece, output); // the question stays
    QVERIFY2(f.card().content().change && *f.card().content().change == expected,
             qPrintable(QStringLiteral("%1, measured %2").arg(*f.card().content().change).arg(expected)));
    auto* value = f.card().findChild<QLabel*>(QStringLiteral("evidenceValue"));
    QVERIFY2(value->text().endsWith(QStringLiteral("change ") + changeText(expected)),
             qPrintable(value->text()));
    f.measured();
    QVERIFY(f.line(key).weight == 0 && f.line(key).truth->change == 0); // there is nothing left to delete
    QTRY_VERIFY(!f.window.findChild<QMenu*>(QStringLiteral("edgeMenu")));
    QTest::keyClick(&f.list(), Qt::Key_Delete);
    QVERIFY(edits.empty());
    f.settle();
    f.measured();
    QVERIFY(f.line(key).truth->change == expected);
}

void EvidenceTest::numbersOfAnotherRowAreNeverShown() {
    EvidenceWindow f;
    int seen = 0;
    const auto look = [&] {
        const RowContent& content = f.list().content();
        if (content.truth != TruthState::shown)
            return;
        const HeadAddress head = f.selection().shownHead();
        for (const RowLine& line : content.lines) {
            const float recorded = f.trace()
                                       .site(head.stack, head.layer)
                                       ->weights.at(head.head, f.selection().shownQuery(), line.token);
            QVERIFY(line.truth && line.truth->weight == recorded && line.weight == recorded);
        }
        ++seen;
    };
    connect(&f.window.traces(), &TraceStore::changed, this, look);
    connect(&f.selection(), &Selection::changed, this, look);
    connect(&f.selection(), &Selection::hoverChanged, this, look);
    f.selection().setHover({HeadAddress{Stack::encoder, 0, 1}, -1, -1});
    QVERIFY(f.list().content().truth == TruthState::waiting);
    f.selection().clearHover(); // measured before, so it is there at once
    QVERIFY(f.list().content().truth == TruthState::shown);
    f.selection().setHead({Stack::encoder, 2, 3});
    f.selection().setQuery(4);
    QVERIFY(f.list().content().truth == TruthState::waiting);
    f.measured();
    QTest::keyClicks(&f.find<QPlainTextEdit>("editor"), QStringLiteral(" so it"));
    f.settle();
    f.measured();
    look();
    QVERIFY(seen > 0);
}

void EvidenceTest::columnsAndMergedWordsSayWhyNot() {
    EvidenceWindow f;
    QTest::keyClick(&f.list(), Qt::Key_C);
    QVERIFY(f.list().content().truth == TruthState::hidden);
    QVERIFY2(f.footer().startsWith(QStringLiteral("Edges are measured in rows")), qPrintable(f.footer()));
    QTest::keyClick(&f.list(), Qt::Key_C);
    f.measured();
    f.window.setText(QStringLiteral("The animals mistrustfulness was wide."));
    f.settle();
    int piece = -1;
    for (int i = 1; i < std::ssize(f.trace().tokens()); ++i)
        if (f.trace().tokens()[static_cast<size_t>(i)].word ==
                f.trace().tokens()[static_cast<size_t>(i) - 1].word &&
            !f.trace().tokens()[static_cast<size_t>(i)].special)
            piece = i;
    QVERIFY(piece > 0);
    f.window.options().setTokens({true, true, true});
    f.selection().setQuery(piece);
    QVERIFY(f.list().content().truth == TruthState::hidden);
    QVERIFY2(f.footer().startsWith(QStringLiteral("Pieces of a word are merged")), qPrintable(f.footer()));
    f.selection().setQuery(1);
    f.measured();
    const auto merged = std::find_if(f.list().content().lines.begin(), f.list().content().lines.end(),
                                     [](const RowLine& line) { return line.token != line.last; });
    QVERIFY(merged != f.list().content().lines.end() && !merged->truth);
}

void EvidenceTest::whatLooksImportantAndIsNotIsSaidInWords() {
    EvidenceWindow f;
    bool found = false;
    for (int head = 0; head < 12 && !found; ++head) {
        f.selection().setHead({Stack::encoder, head / 4, head % 4});
        f.measured();
        for (const RowLine& line : f.list().content().lines)
            if (line.truth->verdict == EdgeVerdict::overrated) {
                found = true;
                f.selection().setKey(line.token);
                const QString said = f.footer().replace(QChar(QChar::Nbsp), QLatin1Char(' '));
                QVERIFY2(said.contains(QStringLiteral("▽ looks important, is not")), qPrintable(said));
                QVERIFY2(f.list().accessibleDescription().contains(QStringLiteral("looks important, is not")),
                         qPrintable(f.list().accessibleDescription()));
                break;
            }
    }
    QVERIFY(found);
}

void EvidenceTest::theLensIsTheEngines() {
    EvidenceWindow f;
    const auto lens = logitLens(f.trace(), *reader()->model, *reader()->tokenizer, f.selection().query());
    QCOMPARE(f.lines().count(), static_cast<int>(lens.size()));
    for (int row = 0; row < f.lines().count(); ++row) {
        const QString said = f.lines().item(row)->data(Qt::AccessibleTextRole).toString();
        for (const Reading& guess : lens[static_cast<size_t>(row)].guesses)
            QVERIFY2(said.contains(QString::fromStdString(guess.piece) + QLatin1Char(' ') +
                                   percentText(guess.probability)),
                     qPrintable(said));
    }
    QVERIFY(f.lines().item(0)->text() == QStringLiteral("embeddings"));
    QVERIFY(f.find<QLabel>("evidenceCaption").text().contains(QStringLiteral("nostalgebraist 2020")));
}

void EvidenceTest::aClickOnAContributionSelectsItsHead() {
    EvidenceWindow f;
    f.choosePart("attribution");
    const TruthQuestion asked = f.question();
    const DirectPaths paths =
        *reader()->model->directPaths(f.trace().recording, asked.output.position, asked.output.id);
    QCOMPARE(f.lines().count(), 12 + 3 + 2 + 1); // heads, feed-forward blocks, embeddings, biases; their sum
    QVERIFY(f.find<QLabel>("evidenceCaption").text().contains(QStringLiteral("Elhage et al. 2021")));
    for (int row = 0; row < f.lines().count(); ++row) {
        QListWidgetItem* item = f.lines().item(row);
        if (item->text() != QStringLiteral("L0 H3"))
            continue;
        QVERIFY(item->data(Qt::AccessibleTextRole).toString() ==
                QStringLiteral("L0 H3: ") + changeText(paths.heads[0][3]));
        f.lines().scrollToItem(item);
        QTest::mouseClick(f.lines().viewport(), Qt::LeftButton, {}, f.lines().visualItemRect(item).center());
        break;
    }
    QVERIFY((f.selection().head() == HeadAddress{Stack::encoder, 0, 3}));
    for (int row = 0; row < f.lines().count(); ++row)
        if (f.lines().item(row)->text() == QStringLiteral("L1 H2")) {
            f.lines().setFocus();
            f.lines().setCurrentRow(row);
            QTest::keyClick(&f.lines(), Qt::Key_Return);
            break;
        }
    QVERIFY((f.selection().head() == HeadAddress{Stack::encoder, 1, 2}));
}

void EvidenceTest::anotherOutputIsMeasured() {
    EvidenceWindow f;
    QMenu* menu = f.find<QToolButton>("outputButton").menu();
    QCOMPARE(menu->actions().size(), 7); // the best, a line, five readings
    const Reading second = f.card().content().readings[1];
    menu->actions()[3]->trigger();
    QCOMPARE(f.window.options().evidence().output, second.piece);
    QCOMPARE(f.card().content().output, second.id);
    QVERIFY(f.list().content().truth == TruthState::waiting);
    f.measured();
    TruthQuestion asked = f.question();
    asked.output.id = second.id;
    const TruthColumn column = truthColumn(f.trace(), *reader()->model, asked);
    for (const EdgeTruth& edge : column.edges)
        QVERIFY(f.line(edge.key).truth->change == edge.change);
    menu->actions()[0]->trigger();
    QVERIFY(f.window.options().evidence().output.empty());
    QVERIFY(f.list().content().truth == TruthState::shown); // known from before
}

void EvidenceTest::theExportHasTheNumbers() {
    QTemporaryDir folder;
    FakeRunner runner(reader());
    WindowHooks hooks;
    hooks.autosave = folder.filePath(QStringLiteral("autosave")).toStdString();
    MainWindow window(runner, reader(), {}, hooks);
    window.show();
    window.picture();
    window.options().setEvidence({true, {}});
    auto& list = *window.findChild<RowList*>();
    QTRY_VERIFY_WITH_TIMEOUT(list.content().truth == TruthState::shown, 60000);
    const std::filesystem::path path = folder.filePath(QStringLiteral("row.csv")).toStdString();
    window.findChild<WindowFiles*>()->exportTo(path, {}, 1);
    QFile file(QString::fromStdString(path.string()));
    QTRY_VERIFY(file.exists());
    QVERIFY(file.open(QFile::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QVERIFY2(lines[0].contains("log_odds_change"), lines[0].constData());
    int measured = 0;
    for (const QByteArray& line : lines) {
        const QList<QByteArray> cells = line.trimmed().split(',');
        if (cells.size() != 16 || cells[1].toInt() != window.selection().query() || cells[0] == "head")
            continue;
        for (const RowLine& shown : list.content().lines)
            if (shown.token == cells[4].toInt()) {
                QVERIFY2(cells[12].toDouble() == shown.truth->change, line.constData());
                ++measured;
            }
    }
    QVERIFY(measured > 10);
}

/// A feed and two questions about one recording.
struct TwoQuestions {
    TwoQuestions() {
        RunRequest request;
        request.text = animalSentence;
        trace = ModelSession(reader()).run(request, {}).trace;
        feed.setModel(reader());
        one = {{Stack::encoder, 0, 0}, 10, *feed.outputFor(*trace, 10, {})};
        other = one;
        other.head = {Stack::encoder, 1, 1};
    }
    std::shared_ptr<const Trace> trace;
    EvidenceFeed feed{{}};
    QSignalSpy changed{&feed, &EvidenceFeed::changed};
    TruthQuestion one, other;
};

void EvidenceTest::theFeedAnswersTheNewestQuestion() {
    TwoQuestions f;
    auto& [trace, feed, changed, one, other] = f;
    feed.ask(trace, one, true);
    QVERIFY(!feed.truth() && !feed.paths());
    feed.ask(trace, other, true);
    QTRY_VERIFY_WITH_TIMEOUT(feed.truth() != nullptr, 60000);
    QVERIFY(feed.truth()->question == other && feed.paths());
    QCOMPARE(feed.outputFor(*trace, 10, "street")->id, reader()->tokenizer->id("street"));
    QCOMPARE(feed.outputFor(*trace, 10, "no such piece")->id, one.output.id);
    feed.rest();
    QVERIFY(!feed.truth());
    changed.clear();
    feed.ask(trace, other, true); // known
    QVERIFY(feed.truth() && feed.paths() && changed.empty());
    feed.rest();
    feed.ask(trace, one, false);
    QTest::qWait(50);
    QVERIFY(!feed.truth());
}

void EvidenceTest::aHoverDoesNotEndAMeasurement() {
    TwoQuestions f;
    auto& [trace, feed, changed, one, other] = f;
    feed.ask(trace, one, true);
    feed.ask(trace, other, true, true);
    QVERIFY(!feed.truth() && !feed.progress());
    QTRY_VERIFY_WITH_TIMEOUT(feed.truth() != nullptr, 60000); // its turn comes
    QVERIFY(feed.truth()->question == other);
    changed.clear();
    feed.ask(trace, one, true);
    QVERIFY(feed.truth() && feed.truth()->question == one && changed.empty());
}

void EvidenceTest::theFeedSaysWhyItCannot() {
    RunRequest request;
    request.text = animalSentence;
    const HeadAddress off{Stack::encoder, 1, 1};
    request.edits = switchedOff({off});
    const auto trace = ModelSession(reader()).run(request, {}).trace;
    EvidenceFeed feed({});
    feed.setModel(reader());
    feed.ask(trace, {off, 10, *feed.outputFor(*trace, 10, {})}, true);
    QTRY_VERIFY_WITH_TIMEOUT(!feed.problem().isEmpty(), 60000);
    QVERIFY2(feed.problem().contains(QStringLiteral("is switched off")), qPrintable(feed.problem()));
    const auto foreign = std::make_shared<Trace>(*trace);
    foreign->modelSha256 = "another";
    feed.ask(foreign, {off, 10, {10, 5}}, true);
    QVERIFY2(feed.problem().contains(QStringLiteral("another model")), qPrintable(feed.problem()));
}

void EvidenceTest::numbersAreWritten() {
    QCOMPARE(changeText(-2.804), QStringLiteral("−2.80"));
    QCOMPARE(changeText(0.125001), QStringLiteral("+0.13"));
    QCOMPARE(changeText(0), QStringLiteral("0"));
    QCOMPARE(changeText(-0.001), QStringLiteral("≈0"));
    QCOMPARE(changeText(-123.4), QStringLiteral("−123"));
    QCOMPARE(sizeText(1.0), QStringLiteral("1.00"));
    QCOMPARE(sizeText(std::nullopt), QStringLiteral("–"));
    EdgeTruth edge;
    edge.change = -1;
    QVERIFY(!truthInWords(edge).contains(QStringLiteral("looks")));
    edge.verdict = EdgeVerdict::underrated;
    QVERIFY(truthInWords(edge).endsWith(QStringLiteral("looks unimportant, is important")));
}

QTEST_MAIN(EvidenceTest)
#include "evidence_test.moc"
