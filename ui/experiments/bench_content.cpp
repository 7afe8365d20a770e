#include "ui/experiments/bench_content.h"

#include "ui/paint/token_labels.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace headlight {

namespace {
struct NamedFormula {
    std::string_view mechanism;
    const char* formula;
};

/// "4 × 10⁻⁴"
QString powerText(double number) {
    static const QString raised = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    const QStringList parts = QString::number(number, 'e', 0).split(QLatin1Char('e'));
    const int exponent = parts.back().toInt();
    QString power = exponent < 0 ? QStringLiteral("⁻") : QString();
    for (const QChar digit : QString::number(std::abs(exponent)))
        power += raised[digit.digitValue()];
    return QStringLiteral("%1 × 10%2").arg(parts.front(), power);
}

template <size_t count>
QString find(const std::array<NamedFormula, count>& list, const std::string& name) {
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const NamedFormula& each) { return each.mechanism == name; });
    return found == list.end() ? QString() : QString::fromLatin1(found->formula);
}
} // namespace

const BenchRow& BenchContent::row(int scoreFunction, int normaliser) const {
    return *std::find_if(result->rows.begin(), result->rows.end(), [&](const BenchRow& each) {
        return each.scoreFunction == scoreFunction && each.normaliser == normaliser;
    });
}

std::optional<double> BenchContent::seconds(const BenchRow& row) const {
    const auto shapeOf = [](const BenchResult& each) {
        return std::array{each.queries, each.keys, each.headWidth, each.settings.innerWidth};
    };
    if (!timed || empty() || shapeOf(*timed) != shapeOf(*result))
        return std::nullopt;
    for (const BenchRow& each : timed->rows)
        if (each.scoreFunction == row.scoreFunction && each.normaliser == row.normaliser && each.seconds > 0)
            return each.seconds;
    return std::nullopt;
}

int BenchContent::strongestKey(const BenchRow& row) {
    return static_cast<int>(std::max_element(row.weights.begin(), row.weights.end()) - row.weights.begin());
}

QString formulaOf(const MechanismInfo& scoreFunction) {
    static constexpr std::array<NamedFormula, 6> list{{{"dot", "dot"},
                                                       {"scaled dot", "scaled"},
                                                       {"general", "general"},
                                                       {"concat", "concat_score"},
                                                       {"additive", "additive"},
                                                       {"cosine", "cosine"}}};
    return find(list, scoreFunction.name);
}

QString formulaOfNormaliser(const MechanismInfo& normaliser) {
    static constexpr std::array<NamedFormula, 4> list{
        {{"softmax", "weights"}, {"sparsemax", "sparsemax"}, {"hard", "hard"}, {"local", "local"}}};
    return find(list, normaliser.name);
}

QString countText(double count) {
    constexpr double million = 1e6;
    if (count >= million)
        return QStringLiteral("%1 M").arg(count / million, 0, 'f', 1);
    return QLocale(QLocale::English).toString(static_cast<qint64>(std::llround(count)));
}

QString secondsText(double seconds) {
    constexpr double thousand = 1000;
    const auto text = [](double value, const char* unit) {
        return QStringLiteral("%1 %2").arg(value, 0, 'f', value < 10 ? 1 : 0).arg(QString::fromUtf8(unit));
    };
    if (seconds < 1 / thousand)
        return text(seconds * thousand * thousand, "µs");
    return seconds < 1 ? text(seconds * thousand, "ms") : text(seconds, "s");
}

QString gradientText(const BenchRow& row) {
    if (!row.differentiable)
        return BenchWords::tr("0: no gradient passes an argmax");
    constexpr double smallest = 0.0005;
    if (row.gradientNorm == 0)
        return QStringLiteral("0");
    if (row.gradientNorm < smallest)
        return powerText(row.gradientNorm);
    return QString::number(row.gradientNorm, 'f', 3);
}

QString entropyText(double bits) {
    // Rounding must not make a "−0.00" of a row with one weight.
    return QString::number(std::max(0.0, bits), 'f', 2);
}

QString describeRow(const BenchContent& content, const BenchRow& row) {
    const auto scoreFunctions = benchScoreFunctions();
    const auto normalisers = benchNormalisers();
    QStringList parts{QString::fromStdString(scoreFunctions[static_cast<size_t>(row.scoreFunction)].name +
                                             ", " + normalisers[static_cast<size_t>(row.normaliser)].name)};
    if (row.recorded)
        parts << BenchWords::tr("this head, as recorded");
    if (row.untrained)
        parts << BenchWords::tr("untrained, seed %1").arg(row.seed);
    if (!row.weights.empty()) {
        const int key = BenchContent::strongestKey(row);
        parts << BenchWords::tr("largest weight %1 on “%2”")
                     .arg(weightText(row.weights[static_cast<size_t>(key)]), tokenLabel(*content.trace, key));
    }
    parts
        << BenchWords::tr("entropy %1 bits").arg(entropyText(row.entropy))
        << BenchWords::tr("%1 multiply-adds").arg(countText(row.multiplyAdds))
        << BenchWords::tr("%1 parameters of its own").arg(countText(static_cast<double>(row.parameterCount)))
        << BenchWords::tr("gradient at the scores %1").arg(gradientText(row));
    if (const std::optional<double> seconds = content.seconds(row))
        parts << secondsText(*seconds);
    return parts.join(QStringLiteral("; "));
}

NumberTable benchTable(const BenchContent& content) {
    const BenchResult& result = *content.result;
    const Trace& trace = *content.trace;
    const auto whole = [](int64_t value) { return TableCell(value); };
    NumberTable table;
    table.format = "headlight-bench";
    table.facts = {{"model", trace.model},
                   {"model_sha256", trace.modelSha256},
                   {"text", trace.text},
                   {"head", toString(result.head)},
                   {"query_index", whole(result.query)},
                   {"query", tokenLabel(trace, result.query).toStdString()},
                   {"inner_width",
                    whole(result.settings.innerWidth > 0 ? result.settings.innerWidth : result.headWidth)},
                   {"local_half_width", whole(result.settings.localHalfWidth)}};
    table.columns = {"score_function", "normaliser",    "recorded",   "untrained", "seed",
                     "entropy_bits",   "multiply_adds", "parameters", "seconds",   "gradient_norm",
                     "key_index",      "key",           "score",      "weight"};
    const auto scoreFunctions = benchScoreFunctions();
    const auto normalisers = benchNormalisers();
    for (const BenchRow& row : result.rows) {
        const std::optional<double> seconds = content.seconds(row);
        for (size_t key = 0; key < row.weights.size(); ++key)
            table.lines.push_back(
                {scoreFunctions[static_cast<size_t>(row.scoreFunction)].name,
                 normalisers[static_cast<size_t>(row.normaliser)].name, row.recorded, row.untrained,
                 row.untrained ? whole(static_cast<int64_t>(row.seed)) : TableCell(), row.entropy,
                 row.multiplyAdds, row.parameterCount, seconds ? TableCell(*seconds) : TableCell(),
                 row.gradientNorm, whole(static_cast<int64_t>(key)),
                 tokenLabel(trace, static_cast<int>(key)).toStdString(), row.scores[key], row.weights[key]});
    }
    return table;
}

} // namespace headlight
