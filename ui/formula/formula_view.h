#pragma once

#include "ui/formula/formula_painter.h"
#include "ui/formula/substituted_line.h"

#include <QWidget>

namespace headlight {

/// A formula with live numbers under its symbols, the line with the numbers substituted below it, and under
/// that what the symbol means that the pointer or the keyboard is at (Left and Right walk, Home and End
/// jump). Takes the height that its width needs (heightForWidth).
class FormulaView : public QWidget {
    Q_OBJECT
public:
    /// The library outlives the view.
    explicit FormulaView(FormulaLibrary& library, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// All at once, so that formula and numbers never disagree. `name` as in formulas.json.
    void setFormula(const QString& name, std::vector<FormulaNumber> numbers = {}, MathLine substituted = {});
    /// Pixels of an em; 22 unless told. A formula that is too wide is made smaller, down to 60 %.
    void setEm(double em);

    QString formulaName() const { return m_name; }
    /// Id of the symbol that is explained; empty if none.
    QString markedSymbol() const { return m_marked; }
    /// Where a symbol is in the widget; empty if the formula has none of this id.
    QRectF symbolRect(const QString& id) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    /// The symbol under the pointer or the keyboard's mark; empty when it left.
    void symbolMarked(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Placement {
        FormulaLayout formula;
        SubstitutedLayout line;
        double lineTop = 0;
        double meaningTop = 0;
        double height = 0;
    };
    const Placement& placement(double width) const;
    Placement place(double width) const;
    void refresh();
    void mark(const QString& id);
    void describe();

    FormulaLibrary& m_library;
    Theme m_theme = lightTheme();
    double m_em = 22;
    QString m_name;
    std::shared_ptr<const Formula> m_formula;
    std::vector<FormulaNumber> m_numbers;
    MathLine m_substituted;
    QString m_marked;
    Placement m_placed;
    mutable Placement m_last;
    mutable double m_lastWidth = -1; ///< that m_last is for; -1: for none
};

} // namespace headlight
