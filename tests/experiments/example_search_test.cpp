#include "engine/core/errors.h"
#include "engine/experiments/example_search.h"
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
std::shared_ptr<const Trace> traceOf(const std::string& text) {
    RunRequest request;
    request.text = text;
    return ModelSession(reader()).run(request, {}).trace;
}
const std::string tired = "The animal didn't cross the street because it was too tired.";
const std::string wide = "The animal didn't cross the street because it was too wide.";
const std::string birds = "The cat saw the bird.";
constexpr int it = 10, animal = 2; // tokens of `tired`

HeadSearchQuestion question(int best = 3) {
    HeadSearchQuestion question;
    question.metrics = withOtherSide(weightMetricOf(RelationKind::painted));
    question.bestSentences = best;
    question.keptValues = 100;
    return question;
}
SearchSentence marked(std::vector<SearchRelation> relations) {
    SearchSentence sentence;
    sentence.text = tired;
    sentence.relations = std::move(relations);
    return sentence;
}
SearchSentence itAnimal() {
    return marked({{RelationKind::painted, it, animal}});
}
HeadSearchResult search(const SearchSentence& example, const std::vector<SearchSentence>& sentences,
                        const HeadSearchQuestion& asked = question(), const JobControl& control = {},
                        const FoundSoFar& found = {}) {
    return searchLike(*reader()->model, *reader()->tokenizer, example, sentences, asked, control, found);
}
float weight(const Trace& trace, const HeadAddress& head, int query, int key) {
    return trace.site(head.stack, head.layer)->weights.at(head.head, query, key);
}
} // namespace

class ExampleSearchTest : public QObject {
    Q_OBJECT

private slots:
    /// The ranking is that of the marked cell's weight in the example, whatever the sentences.
    void headsAreRankedInTheExample() {
        const auto trace = traceOf(tired);
        for (const std::vector<SearchSentence>& sentences :
             {std::vector<SearchSentence>{}, {{wide, {}, 1}, {birds, {}, 2}}}) {
            const HeadSearchResult result = search(itAnimal(), sentences);
            QCOMPARE(result.heads.size(), size_t{12});
            QCOMPARE(result.relations, 1);
            QCOMPARE(result.sentences, static_cast<int>(sentences.size()));
            double before = 1;
            for (const RankedHead& head : result.heads) {
                const auto expected = static_cast<double>(weight(*trace, head.head, it, animal));
                QVERIFY(std::abs(*head.values[0] - expected) < 1e-6);
                QVERIFY(*head.values[0] <= before);
                before = *head.values[0];
            }
        }
    }

    /// Of the sentences with the query's word, the largest weight on another word.
    void sentencesAreThoseInWhichTheWordLooksHard() {
        const std::vector<SearchSentence> sentences{{birds, {}, 1}, {wide, {}, 2}, {tired, {}, 3}};
        const HeadSearchResult result = search(itAnimal(), sentences);
        QCOMPARE(result.answered, 2);
        for (const RankedHead& head : result.heads) {
            QCOMPARE(head.best.size(), size_t{2});
            QCOMPARE(head.each.size(), size_t{2});
            QVERIFY(head.best[0].value >= head.best[1].value);
            for (const FoundSentence& found : head.best) {
                const auto trace = traceOf(sentences[found.sentence].text);
                float most = 0;
                for (int key = 1; key < 15; ++key) // without [CLS] and [SEP]
                    if (key != it)
                        most = std::max(most, weight(*trace, head.head, it, key));
                QVERIFY(std::abs(found.value - static_cast<double>(most)) < 1e-6);
                QCOMPARE(found.value, found.weight);
                QCOMPARE(found.query, it);
                QCOMPARE(found.queryWord, std::string("it"));
                QCOMPARE(*tokenAt(trace->tokens(), *found.queryAnchor), found.query);
                QCOMPARE(*tokenAt(trace->tokens(), *found.keyAnchor), found.key);
                QCOMPARE(trace->tokens()[static_cast<size_t>(found.key)].special, false);
            }
        }
    }

    /// A marked [SEP] is what is looked for then.
    void specialTokensCountWhereTheyAreMarked() {
        const HeadSearchResult result =
            search(marked({{RelationKind::painted, it, 0}}), {{wide, {}, 1}}, question());
        const auto trace = traceOf(wide);
        for (const RankedHead& head : result.heads) {
            float most = 0;
            for (int key = 0; key < static_cast<int>(trace->tokens().size()); ++key)
                if (key != it)
                    most = std::max(most, weight(*trace, head.head, it, key));
            QVERIFY(std::abs(head.best.at(0).value - static_cast<double>(most)) < 1e-6);
        }
    }

    void whatCannotBeSearched() {
        QVERIFY_EXCEPTION_THROWN(search(marked({}), {{wide, {}, 1}}), RequestError);
        QVERIFY_EXCEPTION_THROWN(search(marked({{RelationKind::painted, 99, 0}}), {{wide, {}, 1}}),
                                 RequestError);
        QVERIFY_EXCEPTION_THROWN(search(marked({{RelationKind::painted, -1, 0}}), {}), RequestError);
    }

    void whatWasFoundUntilItWasCancelledIsTold() {
        const std::vector<SearchSentence> sentences{{wide, {}, 1}, {tired, {}, 2}, {birds, {}, 3}};
        std::stop_source stop;
        JobControl control;
        control.stop = stop.get_token();
        control.report = [&](const Progress& progress) {
            if (progress.fraction > 0.5)
                stop.request_stop();
        };
        HeadSearchResult last;
        QVERIFY_EXCEPTION_THROWN(search(itAnimal(), sentences, question(), control,
                                        [&](const HeadSearchResult& result) { last = result; }),
                                 Cancelled);
        QCOMPARE(last.sentences, 2);
        QCOMPARE(last.heads.size(), size_t{12});
        QCOMPARE(last.heads[0].best.size(), size_t{2});
    }
};

QTEST_APPLESS_MAIN(ExampleSearchTest)
#include "example_search_test.moc"
