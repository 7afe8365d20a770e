#include "engine/explain/format_parts.h"
#include "engine/explain/formats.h"

#include <cstdint>
#include <cstdio>

namespace headlight {

namespace {
constexpr size_t termsInRow = 3;

std::string letterText(uint32_t letter) {
    switch (letter) {
    case '\\':
        return "\\textbackslash{}";
    case '~':
        return "\\textasciitilde{}";
    case '^':
        return "\\textasciicircum{}";
    case '<':
        return "\\textless{}";
    case '>':
        return "\\textgreater{}";
    case '|':
        return "\\textbar{}";
    case '"':
        return "\\textquotedbl{}";
    case '`':
        return "\\textasciigrave{}";
    case '{':
    case '}':
    case '$':
    case '&':
    case '#':
    case '%':
    case '_':
        return {'\\', static_cast<char>(letter)};
    case 0x201C:
        return "``";
    case 0x201D:
        return "''";
    case 0x2019:
        return "'";
    case 0x00D7:
        return "$\\times$";
    case 0x00B7:
        return "$\\cdot$";
    case 0x2212:
        return "$-$";
    case 0x221A:
        return "$\\surd$";
    case 0x221E:
        return "$\\infty$";
    case 0x2026:
        return "\\dots{}";
    default:
        break;
    }
    if (letter == '\n' || letter == '\t' || letter == '\r')
        return " ";
    if (letter >= 0x20 && letter < 0x7F)
        return {static_cast<char>(letter)};
    std::array<char, 32> text{};
    if (letter >= 0xC0 && letter <= 0xFF && letter != 0xF7) {
        // Letters of Western Europe are typed as they are.
        text[0] = static_cast<char>(0xC0 | (letter >> 6));
        text[1] = static_cast<char>(0x80 | (letter & 0x3F));
    } else {
        std::snprintf(text.data(), text.size(), "\\texttt{U+%04X}", static_cast<unsigned>(letter));
    }
    return text.data();
}

/// Text that LaTeX prints as it stands, whatever is in it; letters that its usual fonts lack as U+1F600.
std::string escaped(const std::string& text) {
    std::string result;
    for (size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        const size_t length = first < 0x80    ? 1
                              : first >= 0xF0 ? 4
                              : first >= 0xE0 ? 3
                              : first >= 0xC0 ? 2
                                              : 0;
        if (length == 0 || at + length > text.size()) {
            result += letterText(0xFFFD);
            ++at;
            continue;
        }
        uint32_t letter = length == 1 ? first : first & (0x7FU >> length);
        for (size_t i = 1; i < length; ++i)
            letter = letter << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
        result += letterText(letter);
        at += length;
    }
    return result;
}

std::string number(double value, int digits) {
    if (std::isnan(value))
        return "\\text{not a number}";
    if (std::isinf(value))
        return value < 0 ? "-\\infty" : "\\infty";
    std::string text = numberText(value, digits);
    const size_t e = text.find('e');
    if (e == std::string::npos)
        return text;
    return text.substr(0, e) + " \\cdot 10^{" + std::to_string(std::stoi(text.substr(e + 1))) + "}";
}
std::string factorText(double value, int digits) {
    const std::string text = number(value, digits);
    return value < 0 ? "(" + text + ")" : text;
}

std::string symbolText(const Steps& steps, const Cell& cell) {
    const std::string i = "\\text{" + escaped(steps.queryWord) + "}",
                      j = "\\text{" + escaped(steps.keyWord) + "}";
    const std::string t = std::to_string(cell.column);
    switch (cell.quantity) {
    case Quantity::query:
        return "q_{" + i + "," + t + "}";
    case Quantity::key:
        return "k_{" + j + "," + t + "}";
    case Quantity::value:
        return "v_{" + j + "," + t + "}";
    case Quantity::dot:
        return "q_{" + i + "} \\cdot k_{" + j + "}";
    case Quantity::scaled:
        return "\\frac{q_{" + i + "} \\cdot k_{" + j + "}}{\\sqrt{d_k}}";
    case Quantity::score:
        return "s_{" + i + "," + j + "}";
    case Quantity::maximum:
        return "\\max_l s_{" + i + ",l}";
    case Quantity::shifted:
        return "z_{" + i + "," + j + "}";
    case Quantity::exponential:
        return "e_{" + i + "," + j + "}";
    case Quantity::rowSum:
        return "Z_{" + i + "}";
    case Quantity::weight:
        return "a_{" + i + "," + j + "}";
    case Quantity::context:
        return "c_{" + i + "," + t + "}";
    case Quantity::joined:
        return "C_{" + i + "," + t + "}";
    case Quantity::output:
        return "o_{" + i + "," + t + "}";
    case Quantity::residual:
        return "y_{" + i + "," + t + "}";
    default:
        return "\\text{" + escaped(std::string(symbolOf(cell.quantity))) + "}";
    }
}

std::string termText(const Term& term, int digits, bool first) {
    std::string text = term.subtracted ? " - " : first ? "" : " + ";
    const double left = static_cast<double>(term.factors[0].value);
    if (term.count == 1)
        return text + (first ? number(left, digits) : factorText(left, digits));
    const double right = static_cast<double>(term.factors[1].value);
    if (term.divided)
        return text + "\\frac{" + number(left, digits) + "}{" + number(right, digits) + "}";
    return text + factorText(left, digits) + " \\cdot " + factorText(right, digits);
}

std::string equation(const Steps& steps, const Derivation& sum, int digits) {
    std::string text = "\\begin{align*}\n" + symbolText(steps, sum.cell) + " &= ";
    const bool wrapped = sum.operation == Operation::exponential || sum.operation == Operation::maximum;
    if (wrapped)
        text += sum.operation == Operation::maximum ? "\\max(" : "\\exp(";
    for (size_t i = 0; i < sum.terms.size(); ++i) {
        if (i > 0 && i % termsInRow == 0)
            text += " \\\\\n&\\quad ";
        if (sum.operation == Operation::maximum)
            text += (i > 0 ? ",\\, " : "") + number(sum.terms[i].value, digits);
        else
            text += termText(sum.terms[i], digits, i == 0);
    }
    text += wrapped ? ")" : "";
    if (!sum.terms.empty() && sum.operation != Operation::copy)
        text += " \\\\\n&= " + number(sum.readded, digits);
    else if (sum.terms.empty())
        text += number(static_cast<double>(sum.recorded), digits);
    return text + "\n\\end{align*}\n";
}
} // namespace

std::string stepsLatex(const Steps& steps, int digits) {
    std::string text = "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{amsmath}\n"
                       "\\usepackage[margin=2cm]{geometry}\n\\allowdisplaybreaks\n\\begin{document}\n";
    text += "\\section*{" + escaped(headingOf(steps)) + "}\n";
    text += "Model " + escaped(steps.model) + ", text: " + escaped(steps.text) +
            (steps.pairText.empty() ? std::string() : " | " + escaped(steps.pairText)) + "\n\n";
    for (const Stage& stage : steps.stages) {
        text += "\\subsection*{" + escaped(stage.title) + "}\n";
        for (const Sentence& sentence : stage.sentences)
            text += escaped(sentence.text()) + "\n";
        for (const Derivation& sum : stage.sums)
            text += equation(steps, sum, digits) + escaped(sum.label) + ": " +
                    escaped(statementOf(sum, digits)) + ".\n\n";
    }
    return text + "\\end{document}\n";
}

} // namespace headlight
