#pragma once

#include "ui/theme/role_colours.h"

#include <QRectF>
#include <QString>

#include <filesystem>
#include <map>
#include <memory>
#include <utility>
#include <vector>

class QSvgRenderer;

namespace headlight {

/// One symbol of a formula that can carry a number, be pointed at and be explained.
struct FormulaSymbol {
    QString id; ///< unique within its formula; "s", "q", "dk" (resources/formulas/formulas.json)
    SymbolRole role = SymbolRole::neutral;
    QString meaning;      ///< "the score of key j for query i"
    QRectF bounds;        ///< of its ink, in the units of the drawing (1000 = 1 em)
    bool span = false;    ///< made of other symbols, such as q · k: a thin rule joins them to one number
    bool isAbove = false; ///< its number stands above the formula, because a fraction goes on below it
};

/// A formula that was typeset once (resources/formulas/README.md), coloured for one theme.
struct Formula {
    QString name;
    QString spoken; ///< for a screen reader: "score i j equals query i times key j"
    QString source; ///< paper and section or equation
    std::vector<FormulaSymbol> symbols;
    QRectF viewBox;                ///< y = 0 is the baseline, 1000 units are 1 em
    std::vector<double> inkBottom; ///< lowest ink of each `inkColumn` units from the left; the top if none
    std::shared_ptr<QSvgRenderer> drawing;
    QString problem; ///< one sentence that says why the formula is empty

    static constexpr double inkColumn = 40;

    bool empty() const { return !drawing; }
    const FormulaSymbol* symbol(const QString& id) const;
};

/// The formulas of a folder with formulas.json and one SVG a formula. Reads each file once a theme. A
/// missing or damaged file makes an empty formula whose `problem` can be shown; nothing throws.
class FormulaLibrary {
public:
    /// The bundled formulas: resourceFolder() / "formulas".
    FormulaLibrary();
    explicit FormulaLibrary(std::filesystem::path folder);

    std::vector<QString> names() const;
    /// Cheap after the first call for the same name and theme (isRead).
    std::shared_ptr<const Formula> formula(const QString& name, ThemeName theme);
    bool isRead(const QString& name, ThemeName theme) const { return m_read.count({name, theme}) > 0; }

private:
    Formula read(const QString& name, const Theme& theme) const;

    std::filesystem::path m_folder;
    std::vector<Formula> m_described; ///< formulas.json: all but the drawings
    QString m_problem;                ///< of formulas.json itself
    std::map<std::pair<QString, ThemeName>, std::shared_ptr<const Formula>> m_read;
};

} // namespace headlight
