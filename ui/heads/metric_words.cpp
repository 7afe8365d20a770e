#include "ui/heads/metric_words.h"

#include "engine/session/model_session.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QStandardItemModel>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <utility>

namespace headlight {

namespace {
QString say(const char* text) {
    return QCoreApplication::translate("Metrics", text);
}

QString toQString(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The part of the formulas' TeX that they use, from left to right.
class FormulaWriter {
public:
    explicit FormulaWriter(std::string_view tex) : m_tex(tex) {}

    QString all() {
        QString result;
        while (m_at < m_tex.size())
            result += next();
        return result.simplified();
    }

private:
    /// A letter, a command or what stands in braces.
    QString next() {
        const char letter = m_tex[m_at++];
        switch (letter) {
        case '\\':
            return command();
        case '{':
            return upToBrace();
        case '}':
            return {};
        case '_':
            return QStringLiteral("<sub>%1</sub>").arg(argument());
        case '^':
            return QStringLiteral("<sup>%1</sup>").arg(argument());
        case '<':
            return QStringLiteral("&lt;");
        case '-':
            return QString(QChar(0x2212));
        default:
            return QString(QLatin1Char(letter));
        }
    }

    QString argument() { return m_at < m_tex.size() ? next() : QString(); }

    QString upToBrace() {
        QString result;
        while (m_at < m_tex.size() && m_tex[m_at] != '}')
            result += next();
        ++m_at;
        return result;
    }

    QString command() {
        if (m_at >= m_tex.size())
            return {};
        const size_t begin = m_at;
        while (m_at < m_tex.size() && std::isalpha(static_cast<unsigned char>(m_tex[m_at])) != 0)
            ++m_at;
        if (m_at == begin) // \, \; \{ \}
            switch (m_tex[m_at++]) {
            case '{':
                return QStringLiteral("{");
            case '}':
                return QStringLiteral("}");
            default:
                return QStringLiteral(" ");
            }
        const std::string_view name = m_tex.substr(begin, m_at - begin);
        if (name == "frac") {
            const QString above = argument();
            const QString below = argument();
            // "1/n", but "(a + b) / (c + d)"
            return above.size() < 4 && below.size() < 4 ? QStringLiteral("%1/%2 ").arg(above, below)
                                                        : QStringLiteral("(%1) / (%2)").arg(above, below);
        }
        constexpr std::array<std::pair<std::string_view, const char*>, 15> signs{{{"sum", "∑"},
                                                                                  {"in", " ∈ "},
                                                                                  {"le", " ≤ "},
                                                                                  {"ge", " ≥ "},
                                                                                  {"exists", "∃ "},
                                                                                  {"lVert", "‖"},
                                                                                  {"rVert", "‖"},
                                                                                  {"log", " log"},
                                                                                  {"max", " max"},
                                                                                  {"quad", "  "},
                                                                                  {"left", ""},
                                                                                  {"right", ""},
                                                                                  {"text", ""},
                                                                                  {"operatorname", ""},
                                                                                  {"cdot", " · "}}};
        const auto found =
            std::find_if(signs.begin(), signs.end(), [&](const auto& sign) { return sign.first == name; });
        return found == signs.end() ? toQString(name) : QString::fromUtf8(found->second);
    }

    std::string_view m_tex;
    size_t m_at = 0;
};
} // namespace

const Model* modelOf(const Trace& trace, const std::shared_ptr<const LoadedModel>& loaded) {
    return loaded && loaded->sha256 == trace.modelSha256 ? loaded->model.get() : nullptr;
}

bool isOfEveryText(const HeadMetric& metric) {
    return !metric.relation;
}

bool canBeAsked(const HeadMetric& metric, const Trace* trace, const Model* model) {
    if (!metric.needsVectors)
        return true;
    if (!trace || !model)
        return false;
    const std::vector<HeadAddress> heads = headsOf(*trace);
    return std::any_of(heads.begin(), heads.end(), [&](const HeadAddress& head) {
        return !trace->site(head.stack, head.layer)->values.empty();
    });
}

QString metricName(const HeadMetric& metric) {
    return QCoreApplication::translate("Metrics", std::string(metric.title).c_str());
}

QString metricTip(const HeadMetric& metric) {
    return QStringLiteral("<qt><b>%1</b><br>%2<p>%3</p><p>%4</p></qt>")
        .arg(metricName(metric).toHtmlEscaped(), toQString(metric.measures).toHtmlEscaped(),
             formulaAsText(metric.formula), toQString(metric.paper).toHtmlEscaped());
}

QString metricAxis(const HeadMetric& metric) {
    return QStringLiteral("%1 (%2)").arg(metricName(metric), metric.unit.empty() ? say("share of weight")
                                                                                 : toQString(metric.unit));
}

QString metricNumber(const HeadMetric& metric, const std::optional<double>& value) {
    if (!value || !std::isfinite(*value))
        return QStringLiteral("–");
    const double size = std::abs(*value);
    const QString text = QString::number(*value, 'f', size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
    if (size > 0 && size < 0.005)
        return QStringLiteral("<0.01");
    if (metric.most && *value < *metric.most && text.toDouble() >= *metric.most)
        return QStringLiteral(">%1").arg(*metric.most - 0.01, 0, 'f', 2);
    return text;
}

QString formulaAsText(std::string_view tex) {
    return FormulaWriter(tex).all();
}

void fillWithMetrics(QComboBox& box, const QString& none) {
    box.clear();
    if (!none.isEmpty())
        box.addItem(none, QString());
    for (const HeadMetric& metric : headMetrics()) {
        if (!isOfEveryText(metric))
            continue;
        box.addItem(metricName(metric), toQString(metric.id));
        box.setItemData(box.count() - 1, metricTip(metric), Qt::ToolTipRole);
    }
    box.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box.setMinimumContentsLength(8);
}

void showMetric(QComboBox& box, const std::string& id, const Trace* trace, const Model* model) {
    const auto* items = qobject_cast<QStandardItemModel*>(box.model());
    for (int i = 0; items && i < box.count(); ++i)
        if (const HeadMetric* metric = findMetric(box.itemData(i).toString().toStdString()))
            items->item(i)->setEnabled(canBeAsked(*metric, trace, model));
    box.setCurrentIndex(std::max(0, box.findData(toQString(id))));
    const HeadMetric* metric = findMetric(id);
    box.setToolTip(metric ? metricTip(*metric) : say("A number for each head, such as how widely it looks"));
}

} // namespace headlight
