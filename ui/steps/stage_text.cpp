#include "ui/steps/stage_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace headlight {

QString stepWords(const char* english) {
    return QCoreApplication::translate("Steps", english);
}

QString titleOf(const Stage& stage) {
    return stepWords(stage.title.c_str());
}

QString textOf(const Sentence& sentence) {
    QString text = stepWords(sentence.pattern);
    // From the last on, so that a word with a % in it is never taken for a place.
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int number = text[i] == QLatin1Char('%') && i + 1 < text.size() ? text[i + 1].digitValue() : -1;
        if (number >= 1 && static_cast<size_t>(number) <= sentence.words.size()) {
            result += QString::fromStdString(sentence.words[static_cast<size_t>(number) - 1]);
            ++i;
        } else {
            result += text[i];
        }
    }
    return result;
}

QString sentencesOf(const Stage& stage) {
    QStringList all;
    for (const Sentence& sentence : stage.sentences)
        all << textOf(sentence);
    return all.join(QLatin1Char(' '));
}

int stageIndex(const Steps& steps, const std::string& name) {
    const int count = static_cast<int>(steps.stages.size());
    if (count == 0)
        return -1;
    int wanted = 0;
    for (int id = 0; id <= static_cast<int>(StageId::residual); ++id)
        if (nameOf(static_cast<StageId>(id)) == name)
            wanted = id;
    int index = 0;
    for (int i = 0; i < count; ++i)
        if (static_cast<int>(steps.stages[static_cast<size_t>(i)].id) <= wanted)
            index = i;
    return index;
}

namespace {
bool byComponent(const Stage& stage, StepsDepth depth) {
    return depth != StepsDepth::idea && !stage.componentFormula.empty();
}
} // namespace

QString formulaOf(const Stage& stage, StepsDepth depth) {
    return QString::fromStdString(byComponent(stage, depth) ? stage.componentFormula : stage.formula);
}

QString shownNumber(double number, int digits) {
    QString text = QString::fromStdString(numberText(number, digits));
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

std::vector<FormulaNumber> formulaNumbers(const Stage& stage, StepsDepth depth, int digits) {
    std::vector<FormulaNumber> numbers;
    for (const SymbolValue& symbol : byComponent(stage, depth) ? stage.componentSymbols : stage.symbols) {
        QString text;
        if (symbol.isNumber() && !symbol.values.empty()) {
            text = shownNumber(static_cast<double>(symbol.values.front()), digits);
        } else {
            constexpr size_t shown = 2;
            QStringList first;
            for (size_t i = 0; i < std::min(shown, symbol.values.size()); ++i)
                first << shownNumber(static_cast<double>(symbol.values[i]), std::min(digits, 3));
            text = QLatin1Char('(') + first.join(QStringLiteral(", ")) +
                   (symbol.length > static_cast<int>(shown) ? QStringLiteral(", …)") : QStringLiteral(")"));
        }
        numbers.push_back({QString::fromStdString(symbol.id), text});
    }
    return numbers;
}

SymbolRole roleOf(Quantity quantity) {
    switch (quantity) {
    case Quantity::query:
        return SymbolRole::query;
    case Quantity::key:
        return SymbolRole::key;
    case Quantity::value:
        return SymbolRole::value;
    case Quantity::dot:
    case Quantity::scaled:
    case Quantity::score:
    case Quantity::shifted:
    case Quantity::maximum:
        return SymbolRole::score;
    case Quantity::exponential:
    case Quantity::rowSum:
    case Quantity::weight:
        return SymbolRole::weight;
    default:
        return SymbolRole::neutral;
    }
}

MathLine substitutedLine(const Stage& stage, StepsDepth depth, int digits) {
    MathLine line;
    if (depth == StepsDepth::idea)
        return line;
    static const QString operators = QStringLiteral("+−×÷·=≈/");
    QStringList words;
    const auto flush = [&] {
        if (!words.isEmpty())
            line.push_back(mathWord(words.join(QLatin1Char(' '))));
        words.clear();
    };
    for (const LinePiece& piece : stage.line) {
        if (piece.isNumber) {
            flush();
            line.push_back(mathNumber(shownNumber(piece.number, digits),
                                      piece.cell ? roleOf(piece.cell->quantity) : SymbolRole::neutral));
            continue;
        }
        for (const QString& word :
             QString::fromStdString(piece.text).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            if (word.size() == 1 && operators.contains(word)) {
                flush();
                line.push_back(mathOperation(word == QLatin1String("/") ? QStringLiteral("÷") : word));
            } else {
                words << word;
            }
        }
        flush();
    }
    return line;
}

QString captionOf(const Steps& steps, int index, int digits) {
    const Stage& stage = steps.stages[static_cast<size_t>(index)];
    QString text = QCoreApplication::translate("Steps", "Stage %1 of %2: %3.")
                       .arg(index + 1)
                       .arg(steps.stages.size())
                       .arg(titleOf(stage));
    text += QLatin1Char(' ') + sentencesOf(stage);
    if (!stage.line.empty())
        text += QLatin1Char(' ') + plainText(substitutedLine(stage, StepsDepth::arithmetic, digits));
    return text;
}

QString codeUpTo(const Steps& steps, int index) {
    QString code;
    const auto add = [&code](const std::vector<std::string>& lines) {
        for (const std::string& line : lines)
            code += QString::fromStdString(line) + QLatin1Char('\n');
    };
    add(steps.preamble);
    for (int i = 0; i <= index && static_cast<size_t>(i) < steps.stages.size(); ++i) {
        const Stage& stage = steps.stages[static_cast<size_t>(i)];
        code += QStringLiteral("\n# ") + titleOf(stage) + QLatin1Char('\n');
        add(stage.code);
        if (i == index && !stage.codeResult.empty())
            code += QStringLiteral("print(%1)\n").arg(QString::fromStdString(stage.codeResult));
    }
    return code;
}

} // namespace headlight
