#include "engine/files/shown.h"
#include "engine/files/workspace.h"
#include "tests/files/file_fixtures.h"
#include "tests/files/json_schema.h"

#include <QTest>

using namespace headlight;
using namespace headlight::testing;
using nlohmann::json;

namespace {

Edits everyKind() {
    const EditToken animal{TokenAnchor{0, {4, 10}, {}}, "animal", -1};
    const EditToken separator{TokenAnchor{0, {}, 1}, "[SEP]", -1};
    return {{HeadScope::one({Stack::encoder, 1, 2}), SwitchOff{}},
            {HeadScope::all(), ScoreScale{0.1}},
            {HeadScope{Stack::decoder, -1, -1}, Temperature{2.5}},
            {HeadScope::ofLayer(Stack::encoder, 0), NormaliserChoice{NormaliserKind::sampled, 7}},
            {HeadScope::all(), MaskChoice{MaskKind::local, 3}},
            {HeadScope::one({Stack::encoder, 1, 2}), BlockedCell{animal, separator}},
            {HeadScope::all(), BlockedCell{separator, EditToken{std::nullopt, "street", -1}}},
            {HeadScope::ofLayer(Stack::encoder, 1), SwitchOff{OffContext::sentenceMean}},
            {HeadScope::all(), HiddenToken{animal}},
            {HeadScope::one({Stack::encoder, 1, 2}), PaintedScore{animal, separator, ScorePaint::add, -2.5}},
            {HeadScope::one({Stack::encoder, 1, 2}), BorrowedPattern{{Stack::encoder, 0, 3}}},
            {HeadScope::one({Stack::encoder, 1, 2}),
             PaintedWeight{animal, separator, WeightPaint::scale, 0.25, true}},
            {HeadScope::all(), TextPattern{"It “was”.", "Sì.", {Stack::encoder, 2, 1}}}};
}

Workspace example() {
    Workspace workspace;
    workspace.model = {"reader", std::string(64, 'a')};
    workspace.text = "The animal didn’t cross the street because it was too tired.";
    workspace.pair = "Sì.";
    workspace.selection.head = HeadAddress{Stack::encoder, 1, 2};
    workspace.selection.query = TokenAnchor{0, {4, 10}, {}};
    workspace.selection.key = TokenAnchor{0, {}, 1};
    workspace.selection.byKey = true;
    workspace.shown.view = ViewKind::lines;
    workspace.shown.scale = WeightScale::squareRoot;
    workspace.shown.tokens = {false, false, true};
    workspace.shown.pinned = {{{Stack::encoder, 0, 1}, 0}, {{Stack::encoder, 1, 3}, 7}};
    workspace.shown.zoom = MapZoom{0.5, 4, 2, 8.25};
    workspace.edits = everyKind();
    workspace.shown.page = Page::steps;
    workspace.shown.steps = {"dot", StepsDepth::code, 7};
    workspace.shown.compared = {"Was it?", HeadAddress{Stack::encoder, 0, 3}, true,
                                ModelReference{"tiny", "c0ffee"}};
    workspace.shown.numbers = {"induction", true, "entropy", "first"};
    workspace.shown.derived = {DerivedKind::flow, 2, true};
    workspace.shown.evidence = {true, "tired"};
    return workspace;
}

json schema() {
    return json::parse(readPlainFile(HEADLIGHT_SOURCE "/engine/files/workspace.schema.json"));
}

std::string refusalOf(const json& value) {
    return refusal([&] { workspaceFromJson(value, "w.json"); });
}

Token token(const char* piece, ByteRange bytes, int text = 0) {
    Token result;
    result.piece = piece;
    result.bytes = bytes;
    result.text = text;
    result.special = bytes.empty();
    return result;
}

} // namespace

class WorkspaceTest : public QObject {
    Q_OBJECT

private slots:
    void everyFieldComesBack() {
        QCOMPARE(workspaceFromText(toText(example()), "w.json"), example());
        QCOMPARE(workspaceFromText(toText(Workspace()), "w.json"), Workspace());
        for (const auto scale :
             {WeightScale::linear, WeightScale::squareRoot, WeightScale::logarithmic, WeightScale::rank}) {
            Workspace workspace = example();
            workspace.shown.scale = scale;
            workspace.selection.query = TokenAnchor{1, {0, 4}, {}};
            QCOMPARE(workspaceFromText(toText(workspace), "w.json"), workspace);
        }
    }

    void theFormIsThisOne() {
        const json expected = json::parse(R"({"format": "headlight-workspace", "version": 4,
            "model": {"name": "reader", "sha256": ""}, "text": "It is.", "pair": "",
            "selection": {"head": "encoder.1.head.2", "query": {"text": 0, "bytes": [0, 2]},
                          "key": {"special": 1}, "axis": "key"},
            "page": "steps", "steps": {"stage": "dot", "depth": "code", "component": 7},
            "compared": {"text": "Was it?", "head": "encoder.0.head.3", "unedited": true,
                         "model": {"name": "tiny", "sha256": "c0ffee"}},
            "derived": {"kind": "flow", "layer": 2, "heads": "marked"},
            "view": "lines", "scale": "sqrt", "tokens": {"special": false, "first": false, "words": true},
            "pinned": [{"head": "encoder.0.head.1", "colour": 0}, {"head": "encoder.1.head.3", "colour": 7}],
            "zoom": {"rows": [0.5, 4.0], "columns": [2.0, 8.25]},
            "numbers": {"badge": "induction", "sorted": true, "across": "entropy", "up": "first"},
            "evidence": {"shown": true, "output": "tired"},
            "edits": [{"kind": "switch-off", "heads": "encoder.1.head.2"},
                {"kind": "score-scale", "heads": "all", "factor": 0.1},
                {"kind": "temperature", "heads": "decoder", "t": 2.5},
                {"kind": "normaliser", "heads": "encoder.0", "normaliser": "sampled", "seed": 7},
                {"kind": "mask", "heads": "all", "mask": "local", "window": 3},
                {"kind": "blocked-cell", "heads": "encoder.1.head.2",
                 "query": {"text": 0, "bytes": [0, 2], "word": "It"},
                 "key": {"gone": true, "word": "street"}}]})");
        Workspace workspace = example();
        workspace.model.sha256.clear();
        workspace.text = "It is.";
        workspace.pair.clear();
        workspace.selection.query->bytes = {0, 2};
        workspace.edits.resize(6);
        auto& cell = std::get<BlockedCell>(workspace.edits.back().what);
        cell.query.anchor->bytes = {0, 2};
        cell.query.word = "It";
        cell.key = {std::nullopt, "street", -1};
        QCOMPARE(toJson(workspace).dump(), expected.dump());
        QCOMPARE(workspaceFromJson(expected, "w.json"), workspace);
    }

    void whatMayBeAbsentHasADefault() {
        for (const int version : {1, 2, 3}) {
            json older = toJson(Workspace());
            older["version"] = version;
            QCOMPARE(workspaceFromJson(older, "w.json"), Workspace());
        }
        const json least =
            json::parse(R"({"format": "headlight-workspace", "version": 1, "model": {"name": "reader"},
            "text": "", "something new": [1, 2]})");
        Workspace expected;
        expected.model.name = "reader";
        QCOMPARE(workspaceFromJson(least, "w.json"), expected);
        QCOMPARE(schemaViolation(least, schema()), std::string());
    }

    void writerAndSchemaAgree() {
        const json description = schema();
        QCOMPARE(schemaViolation(toJson(example()), description), std::string());
        QCOMPARE(schemaViolation(toJson(Workspace()), description), std::string());
        const json written = toJson(example());
        for (const auto& [key, value] : written.items())
            QVERIFY2(description["properties"].contains(key), key.c_str());
        QVERIFY(description["properties"]["version"]["enum"].back() == workspaceVersion);
    }

    /// Everything in this table is refused by the reader with the pointer, and by the schema as well where it
    /// can say so.
    void whatIsWrongIsNamedByItsPointer_data() {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("schemaSays");
        const auto row = [](const char* pointer, const char* value, const char* expected,
                            bool schemaSays = true) {
            QTest::addRow("%s = %s", pointer, value)
                << QByteArray(pointer) << QByteArray(value) << QString(expected) << schemaSays;
        };
        row("/format", R"("headlight-trace")", "w.json: /format is not");
        row("/format", "null", "w.json: /format is not a string");
        row("/version", "5", "saved by a newer Headlight (workspace version 5, this one reads up to 4)");
        row("/version", "18446744073709551615", "/version is not a whole number from 1 on");
        row("/version", "0", "/version is not a whole number from 1 on");
        row("/version", R"("1")", "/version is not a whole number");
        row("/model", R"("reader")", "/model is not a JSON object");
        row("/model", "{}", "/model has no \"name\"");
        row("/model/name", "7", "/model/name is not a string");
        row("/model/sha256", "7", "/model/sha256 is not a string");
        row("/derived", "[]", "/derived is not a JSON object");
        row("/derived/kind", R"("stream")", "/derived/kind is \"stream\", known are: rollout, flow");
        row("/derived/layer", "-1", "/derived/layer is not a whole number");
        row("/derived/layer", "1.5", "/derived/layer is not a whole number");
        row("/derived/heads", "3", "/derived/heads is not");
        row("/compared/model", "7", "/compared/model is not a JSON object");
        row("/compared/model", "{}", "/compared/model has no \"name\"");
        row("/numbers", "[]", "/numbers is not a JSON object");
        row("/numbers/badge", "7", "/numbers/badge is not a string");
        row("/numbers/sorted", "1", "/numbers/sorted is neither true nor false");
        row("/numbers/up", R"("0123456789012345678901234567890123456789012345678901234567890")",
            "/numbers/up is not the name of a metric", false);
        row("/evidence", "[]", "/evidence is not a JSON object");
        row("/evidence/shown", "1", "/evidence/shown is neither true nor false");
        row("/evidence/output", "7", "/evidence/output is not a string");
        row("/text", "[]", "/text is not a string");
        row("/pair", "{}", "/pair is not a string");
        row("/view", R"("cube")", "/view is \"cube\", known are: map, lines");
        row("/compared", "[]", "/compared is not a JSON object");
        row("/compared/text", "null", "/compared/text is not a string");
        row("/compared/head", R"("L1 H2")", "/compared/head is \"L1 H2\"", false);
        row("/compared/unedited", "1", "/compared/unedited is neither true nor false");
        row("/page", R"("home")", "/page is \"home\", known are: look, steps, experiments, compare");
        row("/steps", "[]", "/steps is not a JSON object");
        row("/steps/stage", "7", "/steps/stage is not a string");
        row("/steps/depth", R"("deep")", "/steps/depth is \"deep\", known are: idea, arithmetic, code");
        row("/steps/component", "-1", "/steps/component is not a whole number from 0 on");
        row("/scale", R"("cubic")", "/scale is \"cubic\", known are: linear, sqrt, log, rank");
        row("/scale", "1", "/scale is not a string");
        row("/tokens", "true", "/tokens is not a JSON object");
        row("/tokens/words", "1", "/tokens/words is neither true nor false");
        row("/pinned", "{}", "/pinned is not a list of at most 8 heads");
        row("/pinned/0/head", R"("L1 H2")", "/pinned/0/head is \"L1 H2\"", false);
        row("/pinned/0/colour", "8", "/pinned/0/colour is not a whole number from 0 to 7");
        row("/pinned/1/colour", "0", "/pinned/1 repeats a head or a colour", false);
        row("/pinned/1/head", R"("encoder.0.head.1")", "/pinned/1 repeats a head or a colour", false);
        row("/zoom", "[]", "/zoom is not a JSON object");
        row("/zoom/rows", "[1]", "/zoom/rows is not a list of two numbers");
        row("/zoom/rows/0", "-1", "/zoom/rows is not a first place from 0 on");
        row("/zoom/columns/1", "0", "/zoom/columns is not a first place", false);
        row("/zoom/columns/1", "1e300", "/zoom/columns is not a first place");
        row("/selection/axis", R"("diagonal")", "/selection/axis is \"diagonal\", known are: query, key");
        row("/edits", "{}", "/edits is not a list");
        row("/edits/0", "7", "/edits/0 is not a JSON object");
        row("/edits/0", "{}", "/edits/0 has no \"heads\"");
        row("/edits/0/heads", R"("L1 H2")", "/edits/0/heads is \"L1 H2\"", false);
        row("/edits/0/kind", R"("swap")",
            "/edits/0/kind is \"swap\", known are: switch-off, score-scale, temperature");
        row("/edits/0/kind", R"("temperature")", "/edits/0 has no \"t\"", false);
        row("/edits/1/factor", "1e300", "/edits/1/factor is not a number from -1000 to 1000");
        row("/edits/1/factor", R"("1")", "/edits/1/factor is not a number from -1000 to 1000");
        row("/edits/2/t", "0", "/edits/2/t is not a number from 0.01 to 100");
        row("/edits/3/normaliser", R"("entmax")",
            "/edits/3/normaliser is \"entmax\", known are: softmax, sparsemax, hard, sampled");
        row("/edits/3/seed", "-1", "/edits/3/seed is not a whole number from 0 on");
        row("/edits/4/mask", R"("banded")", "/edits/4/mask is \"banded\", known are: none, causal, local");
        row("/edits/4/window", "-1", "/edits/4/window is not a whole number");
        row("/edits/5/query", "null", "/edits/5/query is not a JSON object");
        row("/edits/5/query/bytes/1", "4", "/edits/5/query/bytes ends before it begins or is empty", false);
        row("/edits/5/query/word", "1", "/edits/5/query/word is not a string");
        row("/edits/6/key/gone", "1", "/edits/6/key/gone is neither true nor false");
        row("/edits/6/key/gone", "false", "/edits/6/key needs either", false);
        row("/edits/7/context", R"("mean")", "/edits/7/context is \"mean\", known are: zero, sentence-mean");
        row("/edits/8/key", "[]", "/edits/8/key is not a JSON object");
        row("/edits/8/kind", R"("painted-score")", "/edits/8 has no \"query\"", false);
        row("/edits/9/paint", R"("scale")", "/edits/9/paint is \"scale\", known are: set, add", false);
        row("/edits/9/value", "-10001", "/edits/9/value is not a number from -10000 to 10000");
        row("/edits/9/value", "null", "/edits/9/value is not a number from -10000 to 10000");
        row("/edits/10/from", R"("encoder.1")", "/edits/10/from is \"encoder.1\", expected is a head", false);
        row("/edits/10/from", "3", "/edits/10/from is not a string");
        row("/edits/11/paint", R"("erase")", "/edits/11/paint is \"erase\", known are: set, scale");
        row("/edits/11/value", "-0.5", "/edits/11/value is not a number from 0 to 1000", false);
        row("/edits/11/renormalise", "1", "/edits/11/renormalise is neither true nor false");
        row("/edits/12/text", "{}", "/edits/12/text is not a string");
        row("/edits/12/pair", "null", "/edits/12/pair is not a string");
        row("/edits/12/from", R"("L1 H2")", "/edits/12/from is \"L1 H2\", expected is a head", false);
        row("/selection", "[]", "/selection is not a JSON object");
        row("/selection/head", R"("L1 H2")", "/selection/head is \"L1 H2\"", false);
        row("/selection/head", "12", "/selection/head is not a string");
        row("/selection/query", "3", "/selection/query is not a JSON object");
        row("/selection/query", "{}", "/selection/query needs either");
        row("/selection/query", R"({"special": 0, "text": 0, "bytes": [0, 1]})",
            "/selection/query needs either");
        row("/selection/query", R"({"special": -1})",
            "/selection/query/special is not a whole number from 0 on");
        row("/selection/query", R"({"bytes": [0, 1]})", "/selection/query has no \"text\"");
        row("/selection/query/text", "2", "/selection/query/text is not a whole number from 0 to 1");
        row("/selection/query/bytes", "[0]", "/selection/query/bytes is not a list of two numbers");
        row("/selection/query/bytes/1", "1.5", "/selection/query/bytes/1 is not a whole number");
        row("/selection/query/bytes/0", "-1", "/selection/query/bytes/0 is not a whole number");
        row("/selection/query/bytes/1", "4", "/selection/query/bytes ends before it begins or is empty",
            false);
        row("/selection/query/bytes/1", "1000", "/selection/query/bytes/1 is not a whole number from 0 to 62",
            false);
        row("/selection/key", R"({"text": 1, "bytes": [0, 5]})",
            "/selection/key/bytes/1 is not a whole number from 0 to 4", false);
    }
    void whatIsWrongIsNamedByItsPointer() {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        QFETCH(QString, expected);
        QFETCH(bool, schemaSays);
        json changed = toJson(example());
        changed[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        const std::string said = refusalOf(changed);
        QVERIFY2(isSentenceAbout(said, "w.json") && QString::fromStdString(said).contains(expected),
                 said.c_str());
        QCOMPARE(!schemaViolation(changed, schema()).empty(), schemaSays);
    }

    void missingKeysAndWrongDocumentsAreRefused() {
        const json description = schema();
        for (const json& key : description["required"]) {
            json changed = toJson(example());
            changed.erase(key.get<std::string>());
            QVERIFY(isSentenceAbout(refusalOf(changed), shown(key.get<std::string>())));
            QVERIFY(!schemaViolation(changed, schema()).empty());
        }
        QVERIFY(isSentenceAbout(refusalOf(json::array()), "is not a JSON object"));
        const std::string whole = toText(example());
        for (size_t length = 0; length < whole.size(); ++length) {
            const std::string said = refusal([&] { workspaceFromText(whole.substr(0, length), "w.json"); });
            QVERIFY2(isSentenceAbout(said, "w.json"), said.c_str());
        }
    }

    void textThatIsNotUtf8IsNotSaved() {
        Workspace workspace = example();
        workspace.text = std::string(1, '\xff');
        QVERIFY_THROWS_EXCEPTION(RequestError, toText(workspace));
    }

    void anchorsFindTheirTokens() {
        const std::vector<Token> tokens{token("[CLS]", {}), token("it", {0, 2}),     token("didn", {3, 7}),
                                        token("[SEP]", {}), token("yes", {0, 3}, 1), token("[SEP]", {}, 1)};
        for (int i = 0; i < static_cast<int>(tokens.size()); ++i)
            QCOMPARE(tokenAt(tokens, anchorOf(tokens, i)), std::optional(i));
        QCOMPARE(anchorOf(tokens, 5), (TokenAnchor{0, {}, 2}));
        QCOMPARE(tokenAt(tokens, {0, {4, 9}, {}}),
                 std::optional(2)); // pieces may have changed under the anchor
        QCOMPARE(tokenAt(tokens, {1, {2, 3}, {}}), std::optional(4));
        QCOMPARE(tokenAt(tokens, {0, {2, 3}, {}}), std::optional<int>()); // the space
        QCOMPARE(tokenAt(tokens, {0, {}, 3}), std::optional<int>());
    }
};

QTEST_APPLESS_MAIN(WorkspaceTest)
#include "workspace_test.moc"
