#include "ui/experiments/head_finder.h"

#include "engine/core/errors.h"
#include "engine/experiments/stopwatch.h"
#include "engine/files/atomic_file.h"
#include "engine/training/lexicon.h"
#include "ui/heads/metric_words.h"
#include "ui/paint/token_labels.h"

#include <QLocale>

#include <cmath>

namespace headlight {

namespace {
constexpr size_t mostBytes = size_t{64} << 20;
constexpr int shownSentences = 12; ///< a head

QString say(const char* text) {
    return FinderWords::tr(text);
}

QString counted(qint64 count, const char* one, const char* several) {
    return count == 1 ? say(one) : say(several).arg(QLocale().toString(count));
}

/// The relation that the sentences have to have; nothing: any sentence will do.
std::optional<RelationKind> neededOf(const FindQuestion& question) {
    return question.by == FindBy::example ? std::nullopt : question.ranking().relation;
}

std::vector<SearchSentence> sentencesOf(const FindQuestion& question) {
    if (question.in == FindIn::file)
        return parseSearchSentences(readTextFile(question.file, mostBytes),
                                    question.file.filename().string());
    const Lexicon lexicon;
    return grammarSentences(Grammar(lexicon), question.count, question.seed, neededOf(question));
}
} // namespace

const HeadMetric& FindQuestion::ranking() const {
    if (by == FindBy::metric && metric)
        return *metric;
    return weightMetricOf(by == FindBy::example ? RelationKind::painted : relation);
}

QString objectionTo(const FindQuestion& question) {
    if (question.in == FindIn::file && question.file.empty())
        return say("Choose a file with one sentence a line, or drop one here.");
    if (question.by == FindBy::example)
        return question.example.relations.empty()
                   ? say("Mark at least one cell of the map: what the head should do.")
                   : QString();
    const std::optional<RelationKind> needed = question.ranking().relation;
    if (question.in == FindIn::file && needed && *needed != RelationKind::painted)
        return say(
            "Of sentences in a file it is not known which words belong together. Search the grammar, or "
            "mark them in the file (text, tab, query, tab, key) and ask for what is marked there.");
    if (question.in == FindIn::grammar && needed == RelationKind::painted)
        return say("In the grammar nothing is marked by hand: choose a file with lines of text, tab, query, "
                   "tab, key, or mark an example.");
    return {};
}

void findHeads(const FindQuestion& question, const LoadedModel& model, const JobControl& control,
               const std::function<void(std::shared_ptr<const FoundHeads>)>& found) {
    const Stopwatch watch;
    HeadSearchQuestion asked;
    asked.metrics = withOtherSide(question.ranking());
    asked.lowestFirst = question.lowestFirst;
    asked.bestSentences = shownSentences;
    asked.keptValues = mostKeptValues;
    const auto sentences = std::make_shared<const std::vector<SearchSentence>>(sentencesOf(question));
    const auto tell = [&](const HeadSearchResult& result, bool finished) {
        auto told = std::make_shared<FoundHeads>();
        told->question = question;
        told->metrics = asked.metrics;
        told->sentences = sentences;
        told->result = result;
        told->model = model.name;
        told->modelSha256 = model.sha256;
        told->finished = finished;
        told->seconds = watch.seconds();
        found(std::move(told));
    };
    const auto soFar = [&](const HeadSearchResult& result) {
        if (!result.heads.empty())
            tell(result, false);
    };
    const HeadSearchResult result =
        question.by == FindBy::example
            ? searchLike(*model.model, *model.tokenizer, question.example, *sentences, asked, control, soFar)
            : searchHeads(*model.model, *model.tokenizer, *sentences, asked, control, soFar);
    if (question.by != FindBy::example && result.answered == 0)
        throw RequestError(std::string(asked.metrics.front()->title) +
                           " cannot be asked of any of these sentences: none has the tokens for it.");
    tell(result, true);
}

QString sourceText(const FoundHeads& found) {
    const QString count = counted(std::ssize(*found.sentences), QT_TRANSLATE_NOOP("FindHeads", "1 sentence"),
                                  QT_TRANSLATE_NOOP("FindHeads", "%1 sentences"));
    return found.question.in == FindIn::grammar
               ? FinderWords::tr("%1 of the grammar").arg(count)
               : FinderWords::tr("%1 of %2")
                     .arg(count, QString::fromStdString(found.question.file.filename().string()));
}

QString summaryOf(const FoundHeads& found, bool running) {
    const HeadSearchResult& result = found.result;
    const auto all = static_cast<int>(found.sentences->size());
    QStringList parts;
    if (!found.finished)
        parts << (running ? FinderWords::tr("So far %1 of %2 sentences.")
                          : FinderWords::tr("Partial: stopped after %1 of %2 sentences."))
                     .arg(QLocale().toString(result.sentences), QLocale().toString(all));
    QString what = sourceText(found);
    if (found.question.in == FindIn::grammar)
        what += say(" that no training saw");
    if (found.question.by == FindBy::example)
        what =
            FinderWords::tr("Ranked in the example alone (%1). Sentences: of %2, the %3 with such a query.")
                .arg(found.question.exampleText, what, QLocale().toString(result.answered));
    else if (found.metrics.front()->relation)
        what += QStringLiteral(", %1.").arg(counted(result.relations,
                                                    QT_TRANSLATE_NOOP("FindHeads", "1 relation"),
                                                    QT_TRANSLATE_NOOP("FindHeads", "%1 relations")));
    else if (result.answered < result.sentences)
        what += FinderWords::tr(", %1 with a value.").arg(QLocale().toString(result.answered));
    else
        what += QLatin1Char('.');
    parts << what;
    if (result.shortened > 0)
        parts << FinderWords::tr("%1 longer than this model reads: beginnings were read.")
                     .arg(QLocale().toString(result.shortened));
    if (found.finished)
        parts << FinderWords::tr("%1 s.").arg(found.seconds, 0, 'f', found.seconds < 10 ? 2 : 0);
    return parts.join(QLatin1Char(' '));
}

QString valueText(const HeadMetric& metric, std::optional<double> value) {
    if (!value || !std::isfinite(*value))
        return QStringLiteral("–");
    if (metric.most && *metric.most == 1)
        return weightText(static_cast<float>(*value));
    return QString::number(*value, 'f', 3);
}

NumberTable findTable(const FoundHeads& found) {
    const FindQuestion& question = found.question;
    NumberTable table;
    table.format = "headlight-heads";
    table.facts = {{"model", found.model},
                   {"model_sha256", found.modelSha256},
                   {"ranked_by", std::string(found.metrics.front()->id)},
                   {"lowest_first", TableCell(question.lowestFirst)}};
    if (question.by == FindBy::example) {
        table.facts.emplace_back("example", question.example.text);
        table.facts.emplace_back("marked", question.exampleText.toStdString());
    }
    if (question.in == FindIn::grammar) {
        table.facts.emplace_back("source", "grammar");
        table.facts.emplace_back("seed", TableCell(static_cast<int64_t>(question.seed)));
    } else {
        table.facts.emplace_back("source", question.file.filename().string());
    }
    table.facts.emplace_back("sentences", TableCell(static_cast<int64_t>(found.sentences->size())));
    table.facts.emplace_back("sentences_read", TableCell(static_cast<int64_t>(found.result.sentences)));
    table.facts.emplace_back("sentences_answered", TableCell(static_cast<int64_t>(found.result.answered)));
    table.facts.emplace_back("complete", TableCell(found.finished));
    table.columns = {"place", "head"};
    for (const HeadMetric* metric : found.metrics)
        table.columns.emplace_back(metric->id);
    for (const char* name :
         {"sentence_place", "sentence", "line", "value", "query", "query_word", "key", "key_word", "weight"})
        table.columns.emplace_back(name);
    int64_t place = 0;
    for (const RankedHead& head : found.result.heads) {
        std::vector<TableCell> start{++place, toString(head.head)};
        for (const std::optional<double>& value : head.values)
            start.push_back(value ? TableCell(*value) : TableCell());
        if (head.best.empty()) {
            start.resize(table.columns.size());
            table.lines.push_back(std::move(start));
            continue;
        }
        int64_t sentencePlace = 0;
        for (const FoundSentence& each : head.best) {
            const SearchSentence& sentence = (*found.sentences)[each.sentence];
            std::vector<TableCell> line = start;
            const auto add = [&line](TableCell cell) { line.push_back(std::move(cell)); };
            add(++sentencePlace);
            add(sentence.text);
            add(sentence.line > 0 ? TableCell(static_cast<int64_t>(sentence.line)) : TableCell());
            add(each.value);
            const bool placed = each.query >= 0 && each.key >= 0;
            add(placed ? TableCell(static_cast<int64_t>(each.query)) : TableCell());
            add(placed ? TableCell(each.queryWord) : TableCell());
            add(placed ? TableCell(static_cast<int64_t>(each.key)) : TableCell());
            add(placed ? TableCell(each.keyWord) : TableCell());
            add(placed ? TableCell(each.weight) : TableCell());
            table.lines.push_back(std::move(line));
        }
    }
    return table;
}

} // namespace headlight
