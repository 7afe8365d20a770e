#include "app/commands/heads_output.h"
#include "app/commands/job_console.h"
#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"

#include <algorithm>
#include <istream>
#include <iterator>

namespace headlight {

namespace {
constexpr size_t mostBytes = size_t{64} << 20;
constexpr long long mostSentences = 1'000'000;

std::string metricNames() {
    std::string names;
    for (const HeadMetric& metric : headMetrics())
        names += (names.empty() ? "" : ", ") + std::string(metric.id);
    return names;
}

const HeadMetric& metricCalled(const std::string& id) {
    if (const HeadMetric* metric = findMetric(id))
        return *metric;
    throw UsageError("there is no metric \"" + id + "\"; there are " + metricNames());
}

/// What `--relation` asks for: a kind that the grammar knows, or two words.
struct AskedRelation {
    RelationKind kind = RelationKind::painted;
    std::string query, key;
};

std::optional<AskedRelation> relationOf(const Arguments& arguments) {
    const std::optional<std::string> text = arguments.value("relation");
    if (!text)
        return std::nullopt;
    for (const RelationKind kind : {RelationKind::pronounAntecedent, RelationKind::verbSubject})
        if (*text == nameOf(kind))
            return AskedRelation{kind, {}, {}};
    const size_t colon = text->find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text->size() ||
        text->find(':', colon + 1) != std::string::npos)
        throw UsageError("--relation is pronoun-antecedent, verb-subject or two words QUERY:KEY, not \"" +
                         *text + "\"");
    return AskedRelation{RelationKind::painted, text->substr(0, colon), text->substr(colon + 1)};
}

std::string readAll(const std::string& file, Streams& streams) {
    if (file != "-")
        return readTextFile(file, mostBytes);
    std::string text;
    for (std::istreambuf_iterator<char> at(streams.in), end; at != end; ++at) {
        if (text.size() == mostBytes)
            throw RequestError("the sentences on the input are longer than 64 MB; give them in parts");
        text += *at;
    }
    return text;
}

std::string counted(size_t number, const std::string& what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

/// The metric of `--metric`; without it, the weight on the marked keys, where something is marked.
const HeadMetric& rankingMetric(const Arguments& arguments, std::optional<RelationKind> marked) {
    const std::optional<std::string> named = arguments.value("metric");
    if (!named && !marked)
        throw UsageError("--metric or --relation says what to rank the heads by; metrics are " +
                         metricNames());
    const HeadMetric& metric = named ? metricCalled(*named) : weightMetricOf(*marked);
    if (metric.relation && metric.relation != marked)
        throw UsageError(
            "--metric " + std::string(metric.id) +
            (metric.relation == RelationKind::painted
                 ? " needs marked words: --like, --relation QUERY:KEY or a file with three columns"
                 : " needs --grammar, whose sentences have known relations"));
    return metric;
}

void fromGrammar(const Arguments& arguments, const std::optional<AskedRelation>& relation,
                 HeadsReport& report) {
    if (relation && relation->kind == RelationKind::painted)
        throw UsageError("--relation with --grammar is pronoun-antecedent or verb-subject");
    std::optional<RelationKind> kind;
    if (const std::optional<std::string> named = arguments.value("metric"))
        kind = metricCalled(*named).relation;
    if (relation && kind && kind != relation->kind)
        throw UsageError("--metric " + arguments.value("metric", {}) +
                         " is about another relation than --relation " + std::string(nameOf(relation->kind)));
    if (relation)
        kind = relation->kind;
    if (kind == RelationKind::painted) // nothing is marked in the grammar
        kind.reset();
    report.question.metrics = withOtherSide(rankingMetric(arguments, kind));
    const auto count = static_cast<int>(*arguments.integer("grammar", 1, mostSentences));
    report.seed = static_cast<uint64_t>(arguments.integer("seed", 0, 1LL << 62).value_or(1));
    const Lexicon lexicon;
    report.sentences = grammarSentences(Grammar(lexicon), count, *report.seed, kind);
    report.source = counted(report.sentences.size(), "sentence") +
                    " of the grammar that no training saw (seed " + std::to_string(*report.seed) + ")";
}

void fromFile(const Arguments& arguments, const std::optional<AskedRelation>& relation, Streams& streams,
              HeadsReport& report) {
    if (relation && relation->kind != RelationKind::painted)
        throw UsageError(
            "--relation " + std::string(nameOf(relation->kind)) +
            " needs --grammar: it is not known of sentences in a file; mark it there, as text TAB "
            "query TAB key");
    const std::string file = arguments.value("texts", {});
    const std::string name = file == "-" ? "the input" : file;
    report.sentences = parseSearchSentences(readAll(file, streams), name);
    bool marked = false;
    for (SearchSentence& sentence : report.sentences) {
        marked = marked || !sentence.relations.empty();
        if (!relation)
            continue;
        sentence.relations = {{RelationKind::painted, relation->query, relation->key}};
        sentence.mayLackIts = true;
    }
    report.question.metrics = withOtherSide(
        rankingMetric(arguments, relation || marked ? std::optional(RelationKind::painted) : std::nullopt));
    report.source = counted(report.sentences.size(), "sentence") + " of " + name;
    if (relation)
        report.source += " with " + relation->query + " looking at " + relation->key;
}

void fromExample(const Arguments& arguments, const std::optional<AskedRelation>& relation,
                 HeadsReport& report) {
    if (!arguments.has("query") || !arguments.has("key") || relation)
        throw UsageError("--like goes with --query and --key, the words whose weight is asked for");
    SearchSentence sentence;
    sentence.text = arguments.value("like", {});
    sentence.relations = {{RelationKind::painted, arguments.value("query", {}), arguments.value("key", {})}};
    report.sentences = {sentence};
    report.question.metrics = withOtherSide(rankingMetric(arguments, RelationKind::painted));
    report.source =
        "The example with " + arguments.value("query", {}) + " looking at " + arguments.value("key", {});
}

void run(const Arguments& arguments, Streams& streams) {
    const int sources =
        int{arguments.has("texts")} + int{arguments.has("grammar")} + int{arguments.has("like")};
    if (sources != 1)
        throw UsageError("one of --texts, --grammar and --like says where to look");
    if (!arguments.has("like") && (arguments.has("query") || arguments.has("key")))
        throw UsageError("--query and --key go with --like; for a file there is --relation QUERY:KEY");
    if (!arguments.has("grammar") && arguments.has("seed"))
        throw UsageError("--seed goes with --grammar");
    HeadsReport report;
    const std::optional<AskedRelation> relation = relationOf(arguments);
    report.question.lowestFirst = arguments.has("lowest");
    report.question.bestSentences = static_cast<int>(arguments.integer("sentences", 0, 1000).value_or(3));
    report.shown = static_cast<size_t>(arguments.integer("top", 1, 1'000'000).value_or(5));
    if (arguments.has("grammar"))
        fromGrammar(arguments, relation, report);
    else if (arguments.has("texts"))
        fromFile(arguments, relation, streams, report);
    else
        fromExample(arguments, relation, report);

    report.model = LoadedModel::load(arguments.value("model", {}));
    {
        JobConsole console(streams.error);
        JobControl control = console.control();
        if (report.sentences.size() == 1)
            control.report = [](const Progress&) {};
        report.result = searchHeads(*report.model->model, *report.model->tokenizer, report.sentences,
                                    report.question, control);
    }
    if (report.result.answered == 0)
        throw RequestError(std::string(report.question.metrics.front()->title) +
                           " cannot be asked of any of these sentences: none has the tokens for it");
    if (arguments.has("json"))
        printHeadsJson(report, streams.out);
    else
        printHeadsText(report, streams.out);
}
} // namespace

Command headsCommand() {
    return {
        "heads",
        "Which heads do it: ranks all heads by a metric or a relation, over sentences of a file, of the "
        "bundled grammar, or one example.",
        {},
        {modelOption(),
         {"texts", "FILE",
          "sentences, one a line (- reads stdin); or lines text TAB query TAB key, which mark a relation"},
         {"grammar", "N", "N sentences of the bundled grammar, whose relations are known"},
         {"seed", "S", "of the grammar's sentences (1)"},
         {"like", "T", "one example: rank heads by what --query looks at --key with there"},
         {"query", "Q", "a word of the example, word#2 for its second occurrence, or an index"},
         {"key", "K", "the word that it should look at"},
         {"relation", "R",
          "pronoun-antecedent or verb-subject with --grammar; QUERY:KEY, two words, with --texts"},
         {"metric", "ID", metricNames()},
         {"lowest", "", "the lowest first"},
         {"top", "N", "how many heads are shown (5)"},
         {"sentences", "N", "how many sentences a head, those where it does it most (3)"},
         jsonOption()},
        run};
}

} // namespace headlight
