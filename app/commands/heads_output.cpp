#include "app/commands/heads_output.h"

#include "app/commands/shared.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ostream>

namespace headlight {

namespace {
using nlohmann::ordered_json;

std::string valueText(const HeadMetric& metric, const std::optional<double>& value) {
    if (!value)
        return "-";
    if (metric.most && *metric.most == 1)
        return weightText(*value);
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%.3f", *value);
    return text.data();
}

void printSentence(const HeadsReport& report, const FoundSentence& found, std::ostream& out) {
    const HeadMetric& metric = *report.question.metrics.front();
    const std::string place = printable(found.queryWord) + " -> " + printable(found.keyWord);
    out << "      " << padded(valueText(metric, found.value), 8);
    if (metric.relation && found.query >= 0)
        out << place << " " << weightText(found.weight) << "  ";
    out << printable(report.sentences[found.sentence].text);
    if (!metric.relation && found.query >= 0)
        out << "  (strongest: " << place << " " << weightText(found.weight) << ")";
    out << "\n";
}

ordered_json jsonMetric(const HeadMetric& metric) {
    return {{"id", metric.id},           {"title", metric.title}, {"measures", metric.measures},
            {"formula", metric.formula}, {"paper", metric.paper}, {"unit", metric.unit}};
}

ordered_json jsonValue(const std::optional<double>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}
} // namespace

void printHeadsText(const HeadsReport& report, std::ostream& out) {
    const HeadMetric& metric = *report.question.metrics.front();
    const HeadSearchResult& result = report.result;
    out << metric.title << ". " << metric.measures << "\n" << printable(report.source) << ", ";
    if (metric.relation)
        out << result.relations << (result.relations == 1 ? " relation" : " relations");
    else
        out << result.answered << (result.answered == 1 ? " of them has" : " of them have") << " a value";
    out << "; " << (report.question.lowestFirst ? "lowest" : "highest") << " first\n";
    if (result.shortened > 0)
        out << result.shortened
            << " of the sentences are longer than this model reads; their beginnings were read\n";

    constexpr size_t column = 20;
    out << "\n" << padded("head", column);
    for (size_t i = 0; i < report.question.metrics.size(); ++i) {
        const HeadMetric& each = *report.question.metrics[i];
        const std::string unit = each.unit.empty() ? "" : ", " + std::string(each.unit);
        out << padded(std::string(each.title) + unit, each.title.size() + unit.size() + 3);
    }
    out << "\n";
    for (size_t place = 0; place < std::min(report.shown, result.heads.size()); ++place) {
        const RankedHead& head = result.heads[place];
        out << padded(toString(head.head), column);
        for (size_t i = 0; i < head.values.size(); ++i) {
            const HeadMetric& each = *report.question.metrics[i];
            const size_t unit = each.unit.empty() ? 0 : each.unit.size() + 2;
            out << padded(valueText(each, head.values[i]), each.title.size() + unit + 3);
        }
        out << "\n";
        for (const FoundSentence& found : head.best)
            printSentence(report, found, out);
    }
    if (report.shown < result.heads.size())
        out << "and " << result.heads.size() - report.shown << " heads more; --top N shows N of them\n";
}

void printHeadsJson(const HeadsReport& report, std::ostream& out) {
    ordered_json heads = ordered_json::array();
    for (const RankedHead& head : report.result.heads) {
        ordered_json values = ordered_json::object(), best = ordered_json::array();
        for (size_t i = 0; i < head.values.size(); ++i)
            values[std::string(report.question.metrics[i]->id)] = jsonValue(head.values[i]);
        for (const FoundSentence& found : head.best) {
            ordered_json sentence{{"text", report.sentences[found.sentence].text}, {"value", found.value}};
            if (report.sentences[found.sentence].line > 0)
                sentence["line"] = report.sentences[found.sentence].line;
            if (found.query >= 0) {
                sentence["query"] = {{"token", found.query}, {"word", found.queryWord}};
                sentence["key"] = {{"token", found.key}, {"word", found.keyWord}};
                sentence["weight"] = found.weight;
            }
            best.push_back(std::move(sentence));
        }
        heads.push_back({{"head", toString(head.head)},
                         {"value", jsonValue(head.values[0])},
                         {"values", values},
                         {"sentences", best}});
    }
    out << jsonText({{"model", report.model->name},
                     {"metric", jsonMetric(*report.question.metrics.front())},
                     {"lowest_first", report.question.lowestFirst},
                     {"source", report.source},
                     {"seed", report.seed ? ordered_json(*report.seed) : ordered_json(nullptr)},
                     {"sentences", report.result.sentences},
                     {"answered", report.result.answered},
                     {"relations", report.result.relations},
                     {"shortened", report.result.shortened},
                     {"heads", heads}})
        << '\n';
}

} // namespace headlight
