#pragma once

#include <QString>

#include <vector>

namespace headlight {

/// A word of the field, as it is explained to a student.
struct GlossaryTerm {
    QString id;      ///< for code and tests, the same in every language: "weight"
    QString word;    ///< as it stands in the window
    QString says;    ///< two plain sentences
    QString formula; ///< in words; empty where nothing is computed
    QString where;   ///< where it is seen in the window
};

/// The one table: every word that the window uses and a student may not know, in the order of reading, from
/// the text to the answer.
std::vector<GlossaryTerm> glossary();
/// What a tool tip or "What's this?" says about it: sentences and formula; empty for an id that is not there.
QString glossaryTip(const QString& id);
/// The terms that have all words of the search anywhere, those whose own word has them first; an empty search
/// finds all, in their order.
std::vector<GlossaryTerm> searchGlossary(const QString& search);

} // namespace headlight
