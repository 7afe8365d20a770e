#include "engine/core/errors.h"
#include "engine/experiments/head_search.h"
#include "engine/session/model_session.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headlight;

namespace {
const std::shared_ptr<const LoadedModel>& reader() {
    static const std::shared_ptr<const LoadedModel> model = LoadedModel::load("reader");
    return model;
}
HeadSearchResult search(const std::vector<SearchSentence>& sentences, const HeadSearchQuestion& question,
                        const JobControl& control = {}) {
    return searchHeads(*reader()->model, *reader()->tokenizer, sentences, question, control);
}
std::shared_ptr<const Trace> traceOf(const std::string& text) {
    RunRequest request;
    request.text = text;
    return ModelSession(reader()).run(request, {}).trace;
}
HeadSearchQuestion by(std::string_view id, int best = 3) {
    HeadSearchQuestion question;
    question.metrics = {findMetric(id)};
    question.bestSentences = best;
    return question;
}
const RankedHead& find(const HeadSearchResult& result, const HeadAddress& head) {
    return *std::find_if(result.heads.begin(), result.heads.end(),
                         [&](const RankedHead& each) { return each.head == head; });
}

const std::string tired = "The animal didn't cross the street because it was too tired.";
const std::string wide = "The animal didn't cross the street because it was too wide.";
const std::string birds = "The cat saw the bird.";
} // namespace

class HeadSearchTest : public QObject {
    Q_OBJECT

private slots:
    /// The means are those of the metric on each sentence, as a session reads it.
    void meansAreThoseOfTheMetric() {
        const std::vector<SearchSentence> sentences{{tired, {}, 1}, {wide, {}, 2}, {birds, {}, 3}};
        for (const char* id : {"entropy", "value-norm"}) {
            const HeadSearchResult result = search(sentences, by(id));
            QCOMPARE(result.sentences, 3);
            QCOMPARE(result.answered, 3);
            QCOMPARE(result.heads.size(), size_t{12});
            for (size_t i = 1; i < 12; ++i)
                QVERIFY(*result.heads[i - 1].values[0] >= *result.heads[i].values[0]);
            const HeadAddress head{Stack::encoder, 1, 2};
            double sum = 0;
            std::vector<double> each;
            for (const SearchSentence& sentence : sentences) {
                each.push_back(
                    *valueOf(*findMetric(id), *traceOf(sentence.text), head, reader()->model.get()));
                sum += each.back();
            }
            const RankedHead& found = find(result, head);
            QVERIFY(std::abs(*found.values[0] - sum / 3) < 1e-9);
            QCOMPARE(found.best.size(), size_t{3});
            QCOMPARE(found.best[0].value, *std::max_element(each.begin(), each.end()));
            QCOMPARE(each[found.best[2].sentence], *std::min_element(each.begin(), each.end()));
        }
    }

    void lowestFirst() {
        HeadSearchQuestion question = by("entropy", 1);
        question.lowestFirst = true;
        const HeadSearchResult result = search({{tired, {}, 1}, {birds, {}, 2}}, question);
        for (size_t i = 1; i < 12; ++i)
            QVERIFY(*result.heads[i - 1].values[0] <= *result.heads[i].values[0]);
        const HeadAddress head = result.heads[0].head;
        const double a = *valueOf(*findMetric("entropy"), *traceOf(tired), head);
        const double b = *valueOf(*findMetric("entropy"), *traceOf(birds), head);
        QCOMPARE(result.heads[0].best.size(), size_t{1});
        QCOMPARE(result.heads[0].best[0].value, std::min(a, b));
    }

    /// Each relation counts alike, however many a sentence has.
    void relationsArePooled() {
        const std::vector<SearchSentence> sentences{
            {tired,
             {{RelationKind::painted, std::string("it"), std::string("animal")},
              {RelationKind::painted, std::string("it"), std::string("street")},
              {RelationKind::verbSubject, std::string("cross"), std::string("animal")}},
             1},
            {wide, {{RelationKind::painted, ByteRange{43, 45}, ByteRange{28, 34}}}, 2},
            {birds, {}, 3}};
        QCOMPARE(wide.substr(43, 2), std::string("it"));
        QCOMPARE(wide.substr(28, 6), std::string("street"));
        HeadSearchQuestion question = by("relation");
        question.metrics.push_back(findMetric("relation-strongest"));
        const HeadSearchResult result = search(sentences, question);
        QCOMPARE(result.sentences, 3);
        QCOMPARE(result.answered, 2);
        QCOMPARE(result.relations, 3);
        const auto one = traceOf(tired), two = traceOf(wide);
        for (const RankedHead& head : result.heads) {
            const auto weight = [&](const Trace& trace, int key) {
                return static_cast<double>(
                    trace.site(Stack::encoder, head.head.layer)->weights.at(head.head.head, 10, key));
            };
            const double mean = (weight(*one, 2) + weight(*one, 8) + weight(*two, 8)) / 3;
            QVERIFY(std::abs(*head.values[0] - mean) < 1e-6);
            QVERIFY(*head.values[1] >= 0 && *head.values[1] <= 1);
            for (const FoundSentence& found : head.best) {
                QCOMPARE(found.queryWord, std::string("it"));
                QVERIFY(found.keyWord == "animal" || found.keyWord == "street");
                QVERIFY(found.sentence < 2);
            }
        }
    }

    void whereItFiresIsAPlaceInTheText() {
        const HeadSearchResult result = search({{birds, {}, 0}}, by("previous"));
        for (const RankedHead& head : result.heads) {
            const FoundSentence& found = head.best.at(0);
            QVERIFY(birds.find(found.queryWord) != std::string::npos);
            QVERIFY(birds.find(found.keyWord) != std::string::npos);
            QVERIFY(found.weight > 0);
        }
    }

    /// The same text twice is one sentence to show.
    void aTextIsShownOnce() {
        const HeadSearchResult result = search({{birds, {}, 1}, {tired, {}, 2}, {birds, {}, 3}}, by("same"));
        QCOMPARE(result.sentences, 3);
        for (const RankedHead& head : result.heads)
            QCOMPARE(head.best.size(), size_t{2});
    }

    void wordsThatAreNotThere() {
        SearchSentence sentence{birds, {{RelationKind::painted, std::string("it"), std::string("cat")}}, 7};
        try {
            search({sentence}, by("relation"));
            QFAIL("a word that is not there was found");
        } catch (const RequestError& error) {
            QVERIFY2(std::string(error.what()).starts_with("line 7: \"it\" is not a word"), error.what());
        }
        sentence.mayLackIts = true;
        const HeadSearchResult result = search({sentence}, by("relation"));
        QCOMPARE(result.answered, 0);
        QVERIFY(!result.heads[0].values[0]);
    }

    void longTextsAreReadAsFarAsTheModelCan() {
        std::string longText;
        for (int i = 0; i < 60; ++i)
            longText += birds + " ";
        const HeadSearchResult result = search({{longText, {}, 0}, {birds, {}, 0}}, by("first"));
        QCOMPARE(result.shortened, 1);
        QCOMPARE(result.answered, 2);
    }

    void progressAndCancel() {
        std::stop_source stop;
        JobControl control;
        control.stop = stop.get_token();
        std::vector<double> fractions;
        control.report = [&](const Progress& progress) {
            fractions.push_back(progress.fraction);
            QVERIFY(progress.secondsLeft >= 0);
        };
        search({{birds, {}, 0}, {tired, {}, 0}}, by("same"), control);
        QCOMPARE(fractions, (std::vector<double>{0.5, 1}));
        control.report = [&](const Progress&) { stop.request_stop(); };
        QVERIFY_EXCEPTION_THROWN(search({{birds, {}, 0}, {tired, {}, 0}}, by("same"), control), Cancelled);
    }

    /// The same values as a search that ends there; told even when it is stopped.
    void whatWasFoundUntilItWasCancelledIsTold() {
        const std::vector<SearchSentence> sentences{{birds, {}, 1}, {tired, {}, 2}, {wide, {}, 3}};
        HeadSearchQuestion question = by("entropy");
        question.keptValues = 2;
        std::stop_source stop;
        JobControl control;
        control.stop = stop.get_token();
        control.report = [&](const Progress& progress) {
            if (progress.fraction > 0.5)
                stop.request_stop();
        };
        HeadSearchResult last;
        QVERIFY_EXCEPTION_THROWN(searchHeads(*reader()->model, *reader()->tokenizer, sentences, question,
                                             control, [&](const HeadSearchResult& found) { last = found; }),
                                 Cancelled);
        const HeadSearchResult two = search({sentences[0], sentences[1]}, question);
        QCOMPARE(last.sentences, 2);
        QCOMPARE(last.heads.size(), two.heads.size());
        for (size_t i = 0; i < two.heads.size(); ++i) {
            QVERIFY(last.heads[i].head == two.heads[i].head);
            QCOMPARE(*last.heads[i].values[0], *two.heads[i].values[0]);
            QCOMPARE(last.heads[i].each, two.heads[i].each);
            QCOMPARE(last.heads[i].each.size(), size_t{2});
        }
        QCOMPARE(search(sentences, question).heads[0].each.size(), size_t{2}); // no more are kept
    }

    /// Tokens are found again in the text by what they stand on.
    void placesHaveAnchors() {
        const HeadSearchResult result = search({{tired, {}, 1}}, by("largest-weight"));
        const auto trace = traceOf(tired);
        for (const RankedHead& head : result.heads) {
            const FoundSentence& found = head.best.at(0);
            QCOMPARE(*tokenAt(trace->tokens(), *found.queryAnchor), found.query);
            QCOMPARE(*tokenAt(trace->tokens(), *found.keyAnchor), found.key);
        }
    }

    void tokensByTheirIndex() {
        SearchSentence sentence{birds, {{RelationKind::painted, 1, 2}}, 0};
        QCOMPARE(search({sentence}, by("relation")).heads[0].best.at(0).key, 2);
        sentence.relations[0].key = 70;
        QVERIFY_EXCEPTION_THROWN(search({sentence}, by("relation")), RequestError);
        sentence.mayLackIts = true;
        QCOMPARE(search({sentence}, by("relation")).answered, 0);
    }

    void linesAreParsed() {
        const std::vector<SearchSentence> sentences =
            parseSearchSentences("One.\r\n\nIt is one.\tit\tone\nlast", "list.txt");
        QCOMPARE(sentences.size(), size_t{3});
        QCOMPARE(sentences[0].text, std::string("One."));
        QCOMPARE(sentences[1].line, 3);
        QCOMPARE(std::get<std::string>(sentences[1].relations.at(0).key), std::string("one"));
        QCOMPARE(sentences[2].text, std::string("last"));
        QVERIFY(sentences[2].relations.empty());
        for (const char* bad : {"", "\n\n", "a\tb", "a\tb\tc\td", "\tb\tc", "ok\n\xc3\x28"})
            QVERIFY_EXCEPTION_THROWN(parseSearchSentences(bad, "list.txt"), RequestError);
    }

    void grammarSentencesHaveTheirRelations() {
        const Lexicon lexicon;
        const Grammar grammar(lexicon);
        for (const RelationKind kind : {RelationKind::pronounAntecedent, RelationKind::verbSubject}) {
            const std::vector<SearchSentence> sentences = grammarSentences(grammar, 50, 4, kind);
            QCOMPARE(sentences.size(), size_t{50});
            for (const SearchSentence& sentence : sentences)
                QVERIFY(std::any_of(sentence.relations.begin(), sentence.relations.end(),
                                    [kind](const SearchRelation& each) { return each.kind == kind; }));
            const std::vector<SearchSentence> again = grammarSentences(grammar, 50, 4, kind);
            QCOMPARE(again[49].text, sentences[49].text);
            QVERIFY(grammarSentences(grammar, 50, 5, kind)[0].text != sentences[0].text);
        }
        QCOMPARE(grammarSentences(grammar, 5, 1).size(), size_t{5});
    }
};

QTEST_GUILESS_MAIN(HeadSearchTest)
#include "head_search_test.moc"
