#pragma once

#include <span>
#include <string_view>

namespace headlight {

/// The words and sentence patterns of the grammar, as plain rows. A row is all it takes to add a word or a
/// pattern; lexicon.h and grammar.h read the rows and throw RequestError for one that makes no sense. Lists
/// in a row are separated by spaces.

/// What a noun is (`kinds`) decides what can be said of it and which verbs take it. The rows come from lists
/// of one class each (noun_lists.h).
struct NounRow {
    std::string_view word;
    std::string_view plural;   ///< "": regular; "-": has none
    std::string_view kinds;    ///< "animal pet"
    std::string_view pronouns; ///< of it, he, she: those that can stand for one of them; "": it
    bool common = false;       ///< drawn more often
};

/// Something that can be said of a noun: an adjective ("tired"), or a phrase with its verb ("{was} full of
/// people"). It decides between two nouns only where one has a kind in `fits` and the other has none in
/// `fits` and `also`.
struct PropertyRow {
    std::string_view text;
    std::string_view fits; ///< kinds of nouns of which it makes sense; "": of none ("{was} raining")
    std::string_view tags; ///< groups that patterns and verbs ask for by name
    std::string_view also; ///< kinds of which it is thinkable, though nobody would think of them first
};

/// A verb with one object, or with none. Empty forms are regular.
struct VerbRow {
    std::string_view base;
    std::string_view past;
    std::string_view done; ///< past participle
    std::string_view ing;
    std::string_view tags;
    std::string_view subjects; ///< kinds of nouns that can do it
    std::string_view objects;  ///< kinds of nouns to which it can be done; "": it has no object
    /// Tags of adjectives that give a reason on the subject's or the object's side: who helps is kind, who is
    /// helped is weak.
    std::string_view subjectReason = {};
    std::string_view objectReason = {};
};

/// One pattern of sentences. In `text`:
///   [x|y|]      one of the alternatives, at random
///   {the a}     noun a with a determiner, sometimes an adjective;  {one a} with the indefinite article;
///               {my a} with a possessive;  {bare a} with neither;  {many a} its plural, with neither
///   {v} {v.past} {v.done} {v.ing} {v.now a}    the verb's forms, the last agreeing with noun a;  {w} ... the
///               second verb's
///   {not}       "didn't", "could not", ...; a verb's base form follows
///   {P} {O}     the pronoun for the answer, as subject or as object;  {P a} {O a} for noun a;
///               {self a} its reflexive;  {its a} its possessive, which is not asked
///   {none it}   a pronoun that stands for nothing in the text: it, they, `person` (he, she, they),
///               `object` (it, him, her, them) or `thing` (it, them)
///   {k}         what is said of the answer: "was too tired", "wanted to sleep";  {k.now} "is too tired";
///   {p}         "tired"
///   {was a} {is a} {has a} {does a} {isn't a} {wasn't a} {doesn't a}   agreeing with noun a, or with the
///               pronoun: {was P}
///   {lead} {time} {weather}   sometimes words before or after a clause: "Yesterday,", "in the evening"
struct PatternRow {
    std::string_view id;
    /// Patterns that differ only in words, connective or order of clauses have the same shape. A shape is
    /// held out as a whole.
    std::string_view shape;
    std::string_view text;
    /// "a=person b=way|water c=verb.object d=second.subject e=both.object": kinds, or what the verb, the
    /// second verb, or both take. After it may stand ":1" one of them only; ":p" several; ":it" one, for
    /// which only "it" stands; ":!a" no pronoun can stand for both it and a; ":=a" the same pronoun as for a.
    std::string_view nouns;
    std::string_view verb; ///< tags of which the verb has one: "move|act"; "": no verb
    /// Which nouns can be the answer, and what is then said: "a:fits b:fits" (it fits that noun and no other
    /// for which the pronoun could stand; "a:fits#hinder": of that tag), "a:#big b:#small" (of that tag, both
    /// nouns could have it), "a:reason" (the verb's reason on that side), "a:either" (it fits every noun:
    /// ambiguous), "a:acts" (nothing is said; no other noun could do what the second verb says),
    /// "0:#weather" (the pronoun stands for nothing), "0:any" (whatever it is).
    /// "a!fits": that is said of a, and there is no pronoun for it; "a!same": it fits every noun.
    /// "": nothing is said.
    std::string_view answers;
    int weight = 2;
    std::string_view second = {}; ///< tags of the second verb
    /// Never trained: for measuring on shapes that the model has not seen.
    bool heldOut = false;
};

std::span<const NounRow> nounRows();
std::span<const PropertyRow> propertyRows();
std::span<const VerbRow> verbRows();
std::span<const PatternRow> patternRows();

} // namespace headlight
