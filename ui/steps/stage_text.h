#pragma once

#include "engine/core/view_choices.h"
#include "engine/explain/steps.h"
#include "ui/formula/formula_painter.h"
#include "ui/formula/substituted_line.h"

#include <QString>

#include <optional>

namespace headlight {

/// What the steps engine says, in the words and pieces that the screen shows.

/// Through the translation context "Steps".
QString stepWords(const char* english);
QString titleOf(const Stage& stage);
QString textOf(const Sentence& sentence);
/// Both sentences, one behind the other.
QString sentencesOf(const Stage& stage);

/// The stage of this name, or the last one before it that there is; -1 only for no stages at all.
int stageIndex(const Steps& steps, const std::string& name);

/// Name of the formula of a stage: that of one component where every term is shown.
QString formulaOf(const Stage& stage, StepsDepth depth);
/// The live numbers of that formula; a vector's first two numbers stand for it.
std::vector<FormulaNumber> formulaNumbers(const Stage& stage, StepsDepth depth, int digits);
/// The line with the numbers substituted; empty at the depth `idea`.
MathLine substitutedLine(const Stage& stage, StepsDepth depth, int digits);

/// As it stands on the screen: so many significant digits, U+2212 for the sign.
QString shownNumber(double number, int digits);
SymbolRole roleOf(Quantity quantity);

/// What one says aloud: "Stage 3 of 12: One dot product, term by term. ... q · k = 32.39".
QString captionOf(const Steps& steps, int index, int digits);

/// All code up to a stage, one string, lines ended.
QString codeUpTo(const Steps& steps, int index);

} // namespace headlight
