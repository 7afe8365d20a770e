#include "ui/formula/formula_view.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headlight;

namespace {
QStringList warnings;

void keepWarning(QtMsgType, const QMessageLogContext&, const QString& text) {
    warnings << text;
}

std::filesystem::path bundled() {
    return std::filesystem::path(HEADLIGHT_SOURCE) / "resources" / "formulas";
}

/// A number for every symbol: the hardest case for the layout.
std::vector<FormulaNumber> numbersFor(const Formula& formula, const QString& text) {
    std::vector<FormulaNumber> numbers;
    for (const FormulaSymbol& each : formula.symbols)
        numbers.push_back({each.id, text});
    return numbers;
}

bool overlap(const QRectF& a, const QRectF& b) {
    return a.adjusted(0.01, 0.01, -0.01, -0.01).intersects(b.adjusted(0.01, 0.01, -0.01, -0.01));
}

/// Whether a polyline runs through a rectangle.
bool crosses(const QPolygonF& line, const QRectF& rect) {
    for (qsizetype i = 1; i < line.size(); ++i)
        for (int step = 0; step <= 50; ++step)
            if (rect.adjusted(0.5, 0.5, -0.5, -0.5)
                    .contains(line[i - 1] + (line[i] - line[i - 1]) * (step / 50.0)))
                return true;
    return false;
}

bool isInked(const QImage& image, QRect area) {
    area &= image.rect();
    for (int y = area.top(); y <= area.bottom(); ++y)
        for (int x = area.left(); x <= area.right(); ++x)
            if (qAlpha(image.pixel(x, y)) > 60)
                return true;
    return false;
}

/// What is wrong with the places of numbers; empty if nothing is.
QString faultOf(const Formula& formula, const FormulaLayout& layout) {
    const QRectF all(QPointF(0, 0), layout.size);
    QImage ink(layout.size.toSize() + QSize(1, 1), QImage::Format_ARGB32_Premultiplied);
    ink.fill(Qt::transparent);
    QPainter painter(&ink);
    formula.drawing->render(&painter, layout.formulaRect);
    painter.end();
    for (size_t i = 0; i < layout.numbers.size(); ++i) {
        const PlacedNumber& one = layout.numbers[i];
        if (!all.adjusted(-0.01, -0.01, 0.01, 0.01).contains(one.rect))
            return QStringLiteral("the number of %1 lies outside").arg(one.symbol);
        if (isInked(ink, one.rect.toAlignedRect().adjusted(1, 3, -1, -3)))
            return QStringLiteral("the number of %1 lies on the formula").arg(one.symbol);
        for (qsizetype j = 1; j < one.leader.size(); ++j)
            for (int step = 5; step <= 50; ++step) {
                const QPointF at = one.leader[j - 1] + (one.leader[j] - one.leader[j - 1]) * (step / 50.0);
                if (isInked(ink, QRect(at.toPoint(), QSize(1, 1))))
                    return QStringLiteral("the line to %1 runs through the formula").arg(one.symbol);
            }
        for (size_t j = 0; j < layout.numbers.size(); ++j) {
            const PlacedNumber& other = layout.numbers[j];
            if (j > i && overlap(one.rect, other.rect))
                return QStringLiteral("%1 lies on %2").arg(one.symbol, other.symbol);
            if (i != j && crosses(one.leader, other.rect))
                return QStringLiteral("the line to %1 crosses %2").arg(one.symbol, other.symbol);
        }
        const QRectF symbol = layout.toPixels(formula, formula.symbol(one.symbol)->bounds);
        const bool reaches = one.rect.left() <= symbol.right() && one.rect.right() >= symbol.left();
        if (!reaches && one.leader.isEmpty())
            return QStringLiteral("nothing leads to the number of %1").arg(one.symbol);
    }
    return {};
}

/// The text that a sample picture gives a symbol.
QString sample(size_t i) {
    const QStringList samples{QStringLiteral("32.390"), QStringLiteral("−1.659"), QStringLiteral("0.155"),
                              QStringLiteral("0.83"),   QStringLiteral("5.657"),  QStringLiteral("−∞"),
                              QStringLiteral("−2.024")};
    return samples[static_cast<int>(i) % samples.size()];
}

MathLine sampleLine() {
    std::vector<MathLine> terms;
    for (int t = 0; t < 32; ++t)
        terms.push_back({mathNumber(0.41 - 0.37 * (t % 3), 2, SymbolRole::query), mathOperation("*"),
                         mathNumber(1.2 - 0.68 * (t % 4), 2, SymbolRole::key)});
    return {mathNumber(5.726, 3, SymbolRole::score), mathOperation("="),
            mathFraction({mathSum(std::move(terms))}, {mathRoot({mathNumber(32, 0)})})};
}

/// JSON and XML without escapes: ' stands for ".
QByteArray quoted(const char* text) {
    return QByteArray(text).replace('\'', '"');
}

/// Pixels of a colour in a picture of a formula.
int pixelsOf(const Formula& formula, const Theme& theme, const QColor& colour) {
    const QSize size = (formula.viewBox.size() * 0.06).toSize();
    QImage image(size, QImage::Format_RGB32);
    image.fill(theme.palette.canvas);
    QPainter painter(&image);
    formula.drawing->render(&painter, QRectF(QPointF(0, 0), QSizeF(size)));
    painter.end();
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixel(x, y) == colour.rgb() ? 1 : 0;
    return count;
}
} // namespace

class FormulaTest : public QObject {
    Q_OBJECT
private slots:
    void everyFormulaOfTheContractIsThere() {
        FormulaLibrary library(bundled());
        const std::vector<QString> names = library.names();
        for (const char* name :
             {"query",  "key",        "value",        "dot",       "scores",          "scaled",
              "masked", "shifted",    "exponentials", "sum",       "weights",         "context",
              "concat", "projection", "residual",     "attention", "weighted_values", "general",
              "cosine", "additive",   "concat_score", "hard",      "sparsemax",       "temperature",
              "local",  "entropy"})
            QVERIFY2(std::find(names.begin(), names.end(), QString::fromLatin1(name)) != names.end(), name);
        const QStringList drawings =
            QDir(QString::fromStdString(bundled().string())).entryList({QStringLiteral("*.svg")});
        QCOMPARE(static_cast<size_t>(drawings.size()), names.size());
    }

    void everyFormulaLoadsWithoutAWarningAndHasAllItsSymbols() {
        FormulaLibrary library(bundled());
        warnings.clear();
        const QtMessageHandler before = qInstallMessageHandler(keepWarning);
        for (const ThemeName theme : {ThemeName::light, ThemeName::dark})
            for (const QString& name : library.names()) {
                const auto formula = library.formula(name, theme);
                if (formula->empty())
                    warnings << formula->problem;
                if (formula->spoken.isEmpty() || formula->source.isEmpty())
                    warnings << name + QStringLiteral(" is not spoken or has no source");
                for (const FormulaSymbol& each : formula->symbols) {
                    if (each.bounds.width() < 100 || each.bounds.height() < 100)
                        warnings << name + QStringLiteral(": ") + each.id + QStringLiteral(" is tiny");
                    if (!formula->viewBox.adjusted(-60, -60, 60, 60).contains(each.bounds))
                        warnings << name + QStringLiteral(": ") + each.id + QStringLiteral(" sticks out");
                    if (each.meaning.isEmpty())
                        warnings << name + QStringLiteral(": ") + each.id + QStringLiteral(" means nothing");
                }
            }
        qInstallMessageHandler(before);
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
    }

    void drawingsArePlainAndAgreeWithTheirDescription() {
        QFile file(QString::fromStdString((bundled() / "formulas.json").string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray formulas = QJsonDocument::fromJson(file.readAll()).object()["formulas"].toArray();
        QVERIFY(!formulas.isEmpty());
        for (const QJsonValue& formula : formulas) {
            const QString name = formula["name"].toString();
            QFile drawing(QString::fromStdString((bundled() / (name.toStdString() + ".svg")).string()));
            QVERIFY(drawing.open(QIODevice::ReadOnly));
            const QByteArray bytes = drawing.readAll();
            QVERIFY2(bytes.size() < 64000, qPrintable(name));
            QCOMPARE(bytes.count("<svg"), 1);
            for (const char* word : {"<use", "<text", "currentColor", "href", "<style"})
                QVERIFY2(!bytes.contains(word), qPrintable(name));
            const QJsonArray symbols = formula["symbols"].toArray();
            QCOMPARE(bytes.count(" id=\""), symbols.size());
            for (const QJsonValue& symbol : symbols) {
                const QStringList roles{"neutral", "query", "key", "value", "score", "weight"};
                const qsizetype role = symbol["span"].toBool() ? 0 : roles.indexOf(symbol["role"].toString());
                const QString start =
                    QStringLiteral("<g id=\"%1\" fill=\"#00000%2\">").arg(symbol["id"].toString()).arg(role);
                QVERIFY2(bytes.count(start.toLatin1()) == 1, qPrintable(name + ": " + start));
            }
        }
    }

    void colourComesFromThePaletteOfTheTheme() {
        FormulaLibrary library(bundled());
        for (const ThemeName name : {ThemeName::light, ThemeName::dark}) {
            const Theme theme = themeNamed(name);
            const Theme other = themeNamed(theme.dark() ? ThemeName::light : ThemeName::dark);
            const auto scaled = library.formula(QStringLiteral("scaled"), name);
            const auto context = library.formula(QStringLiteral("context"), name);
            for (const SymbolRole role :
                 {SymbolRole::query, SymbolRole::key, SymbolRole::score, SymbolRole::neutral})
                QVERIFY(pixelsOf(*scaled, theme, roleColour(role, theme)) > 20);
            QCOMPARE(pixelsOf(*scaled, theme, roleColour(SymbolRole::value, theme)), 0);
            QVERIFY(pixelsOf(*context, theme, roleColour(SymbolRole::value, theme)) > 20);
            QVERIFY(pixelsOf(*context, theme, roleColour(SymbolRole::weight, theme)) > 20);
            QCOMPARE(pixelsOf(*scaled, theme, roleColour(SymbolRole::query, other)), 0);
            QCOMPARE(pixelsOf(*scaled, theme, QColor(0, 0, 1)), 0);
        }
    }

    void roleColoursCanBeReadOnEverySurface() {
        for (const Theme& theme : {lightTheme(), darkTheme()}) {
            const Palette& palette = theme.palette;
            for (const SymbolRole role : {SymbolRole::neutral, SymbolRole::query, SymbolRole::key,
                                          SymbolRole::value, SymbolRole::score, SymbolRole::weight})
                for (const QColor& surface :
                     {palette.panel, palette.canvas, palette.field, palette.accentSoft})
                    QVERIFY2(contrastRatio(roleColour(role, theme), surface) >= 4.5,
                             qPrintable(QStringLiteral("role %1 on %2 in %3")
                                            .arg(static_cast<int>(role))
                                            .arg(surface.name(), toString(theme.name))));
        }
    }

    void numbersNeverOverlapAndStayWithTheirSymbols() {
        FormulaLibrary library(bundled());
        const QFont font = lightTheme().small;
        int seen = 0;
        for (const QString& name : library.names()) {
            const auto formula = library.formula(name, ThemeName::light);
            for (const char* text : {"0", "0.83", "-12.345", "-123456.789"})
                for (const double em : {13.0, 22.0, 44.0}) {
                    const auto numbers = numbersFor(*formula, QString::fromLatin1(text));
                    const FormulaLayout layout = layOutFormula(*formula, numbers, em, font);
                    QCOMPARE(layout.numbers.size(), numbers.size());
                    const QString fault = faultOf(*formula, layout);
                    QVERIFY2(fault.isEmpty(), qPrintable(name + ' ' + text + ": " + fault));
                    ++seen;
                }
        }
        QVERIFY(seen > 300);
    }

    void theCheckOfPlacesSeesFaults() {
        FormulaLibrary library(bundled());
        const auto formula = library.formula(QStringLiteral("query"), ThemeName::light);
        const FormulaLayout good =
            layOutFormula(*formula, numbersFor(*formula, QStringLiteral("0.83")), 22, lightTheme().small);
        QCOMPARE(faultOf(*formula, good), QString());
        FormulaLayout bad = good;
        bad.numbers[1].rect = bad.numbers[0].rect;
        QVERIFY(!faultOf(*formula, bad).isEmpty());
        bad = good;
        bad.numbers[0].rect.moveTop(bad.formulaRect.top());
        QCOMPARE(faultOf(*formula, bad), QStringLiteral("the number of q lies on the formula"));
        bad = good;
        bad.numbers[0].leader = QPolygonF({bad.formulaRect.topLeft(), bad.formulaRect.bottomRight()});
        QCOMPARE(faultOf(*formula, bad), QStringLiteral("the line to q runs through the formula"));
    }

    void fewShortNumbersStandRightUnderTheirSymbols() {
        FormulaLibrary library(bundled());
        const auto formula = library.formula(QStringLiteral("query"), ThemeName::light);
        const FormulaLayout layout = layOutFormula(
            *formula, {{"q", "0.8"}, {"b", "0.1"}, {"nothing", "9"}, {"x", ""}}, 22, lightTheme().small);
        QCOMPARE(layout.numbers.size(), 2U);
        for (const PlacedNumber& each : layout.numbers) {
            const QRectF ink = layout.toPixels(*formula, formula->symbol(each.symbol)->bounds);
            QVERIFY(std::abs(each.rect.center().x() - ink.center().x()) < 0.01);
            QVERIFY(each.leader.isEmpty());
            QVERIFY(each.rect.top() >= ink.bottom());
        }
        QCOMPARE(layout.numbers[0].role, SymbolRole::query);
    }

    void everySymbolIsFoundUnderThePointer() {
        FormulaLibrary library(bundled());
        for (const QString& name : library.names()) {
            const auto formula = library.formula(name, ThemeName::light);
            const auto numbers = numbersFor(*formula, QStringLiteral("0.83"));
            const FormulaLayout layout = layOutFormula(*formula, numbers, 22, lightTheme().small);
            for (const FormulaSymbol& each : formula->symbols) {
                const QRectF ink = layout.toPixels(*formula, each.bounds);
                const FormulaSymbol* found = symbolAt(*formula, layout, ink.center());
                QVERIFY2(found && (found->id == each.id || each.span), qPrintable(name + ": " + each.id));
            }
            for (const PlacedNumber& each : layout.numbers) {
                const FormulaSymbol* found = symbolAt(*formula, layout, each.rect.center());
                QVERIFY2(found && found->id == each.symbol, qPrintable(name + ": number of " + each.symbol));
            }
            QVERIFY(!symbolAt(*formula, layout, {-50, -50}));
        }
    }

    void missingAndDamagedFilesAreSaid() {
        const QTemporaryDir folder;
        const auto write = [&](const char* name, const QByteArray& bytes) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        };
        const std::filesystem::path path = folder.path().toStdString();
        const auto problemOf = [&](const char* name) {
            FormulaLibrary library(path);
            const auto formula = library.formula(QString::fromLatin1(name), ThemeName::light);
            return formula->empty() ? formula->problem : QStringLiteral("not empty");
        };
        QVERIFY(problemOf("a").contains(QLatin1String("formulas.json cannot be opened")));
        write("formulas.json", "{\"formulas\": [");
        QVERIFY(problemOf("a").contains(QLatin1String("damaged at byte")));
        write("formulas.json",
              quoted("{'formulas': [{'name': 'a', 'symbols': [{'id': 'q', 'role': 'queen'}]}]}"));
        QVERIFY(problemOf("a").contains(QStringLiteral("describes “a” wrongly")));
        write("formulas.json",
              quoted("{'formulas': [{'name': 'a', 'symbols': [{'id': 'q', 'role': 'query'}]}]}"));
        QVERIFY(problemOf("b").contains(QStringLiteral("no formula “b”")));
        QVERIFY(problemOf("a").contains(QLatin1String("a.svg cannot be opened")));

        const QtMessageHandler before = qInstallMessageHandler(keepWarning);
        write("a.svg", "no drawing");
        const QString noDrawing = problemOf("a");
        write("a.svg",
              quoted("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 900 900'><g id='q'></g></svg>"));
        const QString noInk = problemOf("a");
        write("a.svg", QByteArray(2 << 20, 'x'));
        const QString tooLarge = problemOf("a");
        qInstallMessageHandler(before);
        QVERIFY2(noDrawing.contains(QLatin1String("a.svg is damaged")), qPrintable(noDrawing));
        QVERIFY2(noInk.contains(QStringLiteral("lacks the symbol “q”")), qPrintable(noInk));
        QVERIFY2(tooLarge.contains(QLatin1String("larger")), qPrintable(tooLarge));

        FormulaLibrary library(path);
        FormulaView view(library);
        view.setFormula(QStringLiteral("a"), {{"q", "1"}}, sampleLine());
        view.resize(300, 200);
        QVERIFY(!view.grab().isNull());
        QVERIFY(view.accessibleDescription().contains(QLatin1String("larger")));
    }

    void viewExplainsSymbolsByPointerAndKeyboard() {
        FormulaLibrary library(bundled());
        FormulaView view(library);
        view.setFormula(QStringLiteral("scaled"), {{"s", "5.726"}, {"dot", "32.39"}, {"dk", "32"}},
                        sampleLine());
        view.resize(view.sizeHint());
        view.show();
        QVERIFY(view.accessibleName().contains(QLatin1String("square root of d k")));
        QVERIFY(
            view.accessibleDescription().contains(QLatin1String("the score of key j for query i: 5.726")));
        QVERIFY(view.accessibleDescription().contains(QLatin1String("5.726 = ")));
        const QSignalSpy marked(&view, &FormulaView::symbolMarked);
        QTest::mouseMove(&view, view.symbolRect(QStringLiteral("dk")).center().toPoint());
        QCOMPARE(view.markedSymbol(), QStringLiteral("dk"));
        QCOMPARE(view.accessibleDescription(),
                 QStringLiteral("the number of components of a query and of a key: 32"));
        QTest::mouseMove(&view, QPoint(view.width() - 2, view.height() - 2));
        QCOMPARE(view.markedSymbol(), QString());
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.markedSymbol(), QStringLiteral("s"));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.markedSymbol(), QStringLiteral("dot"));
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.markedSymbol(), QStringLiteral("dk"));
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(view.markedSymbol(), QStringLiteral("k"));
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.markedSymbol(), QStringLiteral("s"));
        QVERIFY(marked.count() >= 6);
        view.setFormula(QStringLiteral("scaled"), {{"s", "1.5"}});
        QCOMPARE(view.markedSymbol(), QStringLiteral("s"));
        view.setFormula(QStringLiteral("context"));
        QCOMPARE(view.markedSymbol(), QString());
        QVERIFY(view.heightForWidth(200) >= view.heightForWidth(900));
    }

    /// HEADLIGHT_PICTURES names a folder: all formulas, in both themes and at two scales, to be looked at.
    void everyFormulaIsPaintedInBothThemesAndAtTwoScales() {
        FormulaLibrary library(bundled());
        const QString folder = qEnvironmentVariable("HEADLIGHT_PICTURES");
        for (const ThemeName name : {ThemeName::light, ThemeName::dark})
            for (const int scale : {1, 2}) {
                const Theme theme = themeNamed(name);
                const std::vector<QString> names = library.names();
                const int columns = 3, cellWidth = 470, cellHeight = 210;
                const int rows = (static_cast<int>(names.size()) + columns - 1) / columns;
                QImage sheet(QSize(columns * cellWidth, rows * cellHeight) * scale, QImage::Format_RGB32);
                sheet.setDevicePixelRatio(scale);
                sheet.fill(theme.palette.panel);
                QPainter painter(&sheet);
                for (size_t i = 0; i < names.size(); ++i) {
                    const auto formula = library.formula(names[i], name);
                    std::vector<FormulaNumber> numbers;
                    for (size_t j = 0; j < formula->symbols.size(); ++j)
                        numbers.push_back({formula->symbols[j].id, sample(j)});
                    FormulaView view(library);
                    view.setTheme(theme);
                    view.setFormula(names[i], numbers, i % 3 == 2 ? sampleLine() : MathLine());
                    view.resize(cellWidth - 30, view.heightForWidth(cellWidth - 30));
                    const int cell = static_cast<int>(i);
                    const QPoint place(cell % columns * cellWidth + 15, cell / columns * cellHeight + 20);
                    painter.setPen(theme.palette.mutedText);
                    painter.setFont(theme.small);
                    painter.drawText(place, names[i]);
                    view.render(&painter, place + QPoint(0, 8), {}, QWidget::DrawChildren);
                    QVERIFY(faultOf(*formula, layOutFormula(*formula, numbers, 22, theme.small)).isEmpty());
                }
                painter.end();
                int inked = 0;
                for (int y = 0; y < sheet.height(); ++y) {
                    const auto* line = reinterpret_cast<const QRgb*>(sheet.constScanLine(y));
                    for (int x = 0; x < sheet.width(); ++x)
                        inked += line[x] != theme.palette.panel.rgb() ? 1 : 0;
                }
                QVERIFY(inked > 20000 * scale);
                if (!folder.isEmpty())
                    QVERIFY(sheet.save(QStringLiteral("%1/formulas-%2-%3.png")
                                           .arg(folder, toString(name))
                                           .arg(scale * 100)));
            }
    }
};

QTEST_MAIN(FormulaTest)
#include "formula_test.moc"
