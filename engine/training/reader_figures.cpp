#include "engine/training/reader_figures.h"

namespace headlight {

namespace {
using Json = nlohmann::ordered_json;

Json partsJson(const SharesByPosition& positions, const char* counted) {
    Json parts = Json::array();
    for (size_t i = 0; i < positions.size(); ++i)
        parts.push_back({{"from", positionParts[i]},
                         {"to", positionParts[i + 1] - 1},
                         {counted, positions[i].all},
                         {"accuracy", positions[i].value()}});
    return parts;
}

Json answersJson(const AnswerFigures& figures) {
    return {{"pronouns", figures.alone.all},
            {"accuracy", figures.alone.value()},
            {"positions", partsJson(figures.positions, "pronouns")}};
}

Json wordsJson(const WordFigures& figures) {
    return {{"words", figures.alone.all},
            {"accuracy", figures.alone.value()},
            {"bigram", figures.bigram.value()},
            {"positions", partsJson(figures.positions, "words")}};
}

Json headsJson(const std::vector<HeadAddress>& heads) {
    Json names = Json::array();
    for (const HeadAddress& head : heads)
        names.push_back(toString(head));
    return names;
}

Json deletionJson(const DeletionFigures& figures) {
    return {{"heads", headsJson(figures.heads)},
            {"accuracy", figures.accuracy},
            {"drop", figures.drop},
            {"other_sets", figures.others},
            {"other_sets_mean_drop", figures.othersMeanDrop},
            {"other_sets_worst_drop", figures.othersWorstDrop},
            {"worst_other_set", headsJson(figures.worst)},
            {"sets_without_these_heads", figures.apart},
            {"sets_without_these_heads_mean_drop", figures.apartMeanDrop}};
}

Json everydayJson(const EverydayFigures& figures) {
    Json json = {{"sentences", figures.all.all}, {"right", figures.all.right}};
    for (const auto& [kind, share] : figures.kinds)
        json["kinds"].push_back({{"kind", kind}, {"sentences", share.all}, {"right", share.right}});
    json["failures"] = Json::array();
    for (const EverydayFigures::Failure& failure : figures.failures)
        json["failures"].push_back({{"text", failure.text},
                                    {"pronoun", failure.pronoun},
                                    {"wanted", failure.wanted},
                                    {"said", failure.said}});
    return json;
}
} // namespace

size_t positionPart(int position) {
    size_t part = 0;
    while (part + 2 < positionParts.size() && position >= positionParts[part + 1])
        ++part;
    return part;
}

Json toJson(const ReaderFigures& figures) {
    Json json = {{"sample", figures.sample},
                 {"seed", figures.seed},
                 {"unseen_triples", answersJson(figures.unseenTriples)},
                 {"unseen_patterns", answersJson(figures.unseenPatterns)},
                 {"invented_nouns", answersJson(figures.invented)},
                 {"no_antecedent", answersJson(figures.noAnswer)},
                 {"masked_words_grammar", wordsJson(figures.grammarWords)}};
    if (figures.realWords)
        json["masked_words_real"] = wordsJson(*figures.realWords);
    for (const LinkFigures& link : figures.heads)
        json["heads"].push_back({{"head", toString(link.head)},
                                 {"strongest", link.strongest},
                                 {"mean_weight", link.meanWeight},
                                 {"strongest_unseen_patterns", link.unseenPatterns}});
    json["link_set"] = {{"heads", headsJson(figures.linkSet)}, {"strongest_in_one", figures.linkSetShare}};
    json["switched_off"] = {{"sentences", figures.deletionSentences},
                            {"pronouns", figures.deletionPronouns},
                            {"accuracy", figures.deletionAccuracy}};
    for (const DeletionFigures& deletion : figures.deletions)
        json["switched_off"]["sets"].push_back(deletionJson(deletion));
    json["everyday"] = everydayJson(figures.everyday);
    for (const ExampleFigures& example : figures.examples)
        json["examples"].push_back({{"text", example.text},
                                    {"query", example.query},
                                    {"answer", example.answer},
                                    {"guess", example.guess},
                                    {"probability", example.probability},
                                    {"strongest", example.strongest},
                                    {"weight", example.weight}});
    return json;
}

} // namespace headlight
