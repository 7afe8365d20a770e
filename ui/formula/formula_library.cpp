#include "ui/formula/formula_library.h"

#include "engine/session/model_session.h"

#include <QCoreApplication>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QSvgRenderer>
#include <QTransform>

#include <array>
#include <cmath>
#include <optional>

namespace headlight {

namespace {
constexpr qint64 largestFile = 1 << 20;
constexpr double largestSide = 100000; ///< 100 em

struct NamedRole {
    const char* name;
    SymbolRole role;
    const char* placeholder; ///< what resources/formulas/make.mjs writes
};
constexpr std::array<NamedRole, 6> roles{{{"neutral", SymbolRole::neutral, "\"#000000\""},
                                          {"query", SymbolRole::query, "\"#000001\""},
                                          {"key", SymbolRole::key, "\"#000002\""},
                                          {"value", SymbolRole::value, "\"#000003\""},
                                          {"score", SymbolRole::score, "\"#000004\""},
                                          {"weight", SymbolRole::weight, "\"#000005\""}}};

std::optional<SymbolRole> parseRole(const QString& name) {
    for (const NamedRole& each : roles)
        if (name == QLatin1String(each.name))
            return each.role;
    return std::nullopt;
}

QString translated(const QJsonValue& text) {
    return QCoreApplication::translate("Formulas", text.toString().toUtf8().constData());
}

QString pathText(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

QString unreadable(const std::filesystem::path& path, const QString& why) {
    return QCoreApplication::translate("Formulas", "The formula cannot be shown: %1 %2. Installing Headlight "
                                                   "again brings the file back.")
        .arg(pathText(path), why);
}

/// The bytes of a file, or nothing and why.
std::optional<QByteArray> bytesOf(const std::filesystem::path& path, QString& problem) {
    QFile file(pathText(path));
    if (!file.open(QIODevice::ReadOnly)) {
        problem = unreadable(path, QCoreApplication::translate("Formulas", "cannot be opened"));
        return std::nullopt;
    }
    if (file.size() > largestFile) {
        problem =
            unreadable(path, QCoreApplication::translate("Formulas", "is larger than a formula can be"));
        return std::nullopt;
    }
    return file.readAll();
}

std::optional<Formula> described(const QJsonObject& object) {
    Formula formula;
    formula.name = object[QLatin1String("name")].toString();
    formula.spoken = translated(object[QLatin1String("spoken")]);
    formula.source = object[QLatin1String("source")].toString();
    const QJsonArray symbols = object[QLatin1String("symbols")].toArray();
    for (const QJsonValue& each : symbols) {
        const QJsonObject entry = each.toObject();
        const auto role = parseRole(entry[QLatin1String("role")].toString());
        FormulaSymbol symbol;
        symbol.id = entry[QLatin1String("id")].toString();
        symbol.meaning = translated(entry[QLatin1String("meaning")]);
        symbol.span = entry[QLatin1String("span")].toBool();
        symbol.isAbove = entry[QLatin1String("above")].toBool();
        if (!role || symbol.id.isEmpty() || formula.symbol(symbol.id))
            return std::nullopt;
        symbol.role = *role;
        formula.symbols.push_back(symbol);
    }
    if (formula.name.isEmpty() || formula.symbols.empty())
        return std::nullopt;
    return formula;
}

/// How far down the ink reaches, column by column: where there is room for a number below it.
std::vector<double> inkBottomOf(QSvgRenderer& drawing, const QRectF& viewBox) {
    const QSize size(static_cast<int>(std::ceil(viewBox.width() / Formula::inkColumn)),
                     static_cast<int>(std::ceil(viewBox.height() / Formula::inkColumn)));
    std::vector<double> bottom(static_cast<size_t>(size.width()), viewBox.top());
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    drawing.render(&painter, QRectF(QPointF(0, 0), viewBox.size() / Formula::inkColumn));
    painter.end();
    for (int y = 0; y < size.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < size.width(); ++x)
            if (qAlpha(line[x]) > 0)
                bottom[static_cast<size_t>(x)] = viewBox.top() + (y + 1) * Formula::inkColumn;
    }
    return bottom;
}
} // namespace

const FormulaSymbol* Formula::symbol(const QString& id) const {
    for (const FormulaSymbol& each : symbols)
        if (each.id == id)
            return &each;
    return nullptr;
}

FormulaLibrary::FormulaLibrary() : FormulaLibrary(resourceFolder() / "formulas") {}

FormulaLibrary::FormulaLibrary(std::filesystem::path folder) : m_folder(std::move(folder)) {
    const std::filesystem::path path = m_folder / "formulas.json";
    const auto bytes = bytesOf(path, m_problem);
    if (!bytes)
        return;
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        m_problem = unreadable(path, QCoreApplication::translate("Formulas", "is damaged at byte %1 (%2)")
                                         .arg(error.offset)
                                         .arg(error.errorString()));
        return;
    }
    const QJsonArray formulas = document.object()[QLatin1String("formulas")].toArray();
    for (const QJsonValue& each : formulas) {
        auto formula = described(each.toObject());
        if (formula)
            m_described.push_back(std::move(*formula));
        else
            m_problem = unreadable(path, QCoreApplication::translate("Formulas", "describes “%1” wrongly")
                                             .arg(each.toObject()[QLatin1String("name")].toString()));
    }
}

std::vector<QString> FormulaLibrary::names() const {
    std::vector<QString> names;
    names.reserve(m_described.size());
    for (const Formula& each : m_described)
        names.push_back(each.name);
    return names;
}

std::shared_ptr<const Formula> FormulaLibrary::formula(const QString& name, ThemeName theme) {
    std::shared_ptr<const Formula>& place = m_read[{name, theme}];
    if (!place)
        place = std::make_shared<const Formula>(read(name, themeNamed(theme)));
    return place;
}

Formula FormulaLibrary::read(const QString& name, const Theme& theme) const {
    Formula formula;
    formula.name = name;
    formula.problem = m_problem;
    bool known = false;
    for (const Formula& each : m_described)
        if (each.name == name) {
            formula = each;
            known = true;
        }
    if (!known) {
        if (formula.problem.isEmpty())
            formula.problem = QCoreApplication::translate("Formulas", "There is no formula “%1” in %2.")
                                  .arg(name, pathText(m_folder));
        return formula;
    }
    const std::filesystem::path path = m_folder / (name.toStdString() + ".svg");
    auto bytes = bytesOf(path, formula.problem);
    if (!bytes)
        return formula;
    for (const NamedRole& each : roles)
        bytes->replace(each.placeholder, '"' + roleColour(each.role, theme).name().toLatin1() + '"');
    const auto drawing = std::make_shared<QSvgRenderer>();
    const bool isDrawing = drawing->load(*bytes) && !drawing->viewBoxF().isEmpty();
    if (!isDrawing || drawing->viewBoxF().width() > largestSide ||
        drawing->viewBoxF().height() > largestSide) {
        formula.problem = unreadable(path, QCoreApplication::translate("Formulas", "is damaged"));
        return formula;
    }
    formula.viewBox = drawing->viewBoxF();
    for (FormulaSymbol& symbol : formula.symbols) {
        if (drawing->elementExists(symbol.id))
            symbol.bounds =
                drawing->transformForElement(symbol.id).mapRect(drawing->boundsOnElement(symbol.id));
        if (symbol.bounds.isEmpty() ||
            !formula.viewBox.adjusted(-500, -500, 500, 500).contains(symbol.bounds)) {
            formula.problem = unreadable(
                path, QCoreApplication::translate("Formulas", "lacks the symbol “%1”").arg(symbol.id));
            return formula;
        }
    }
    formula.inkBottom = inkBottomOf(*drawing, formula.viewBox);
    formula.drawing = drawing;
    return formula;
}

} // namespace headlight
