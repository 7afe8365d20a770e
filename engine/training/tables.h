#pragma once

#include <span>
#include <string_view>

namespace headlight {

/// The words and sentence patterns of the grammar, as plain rows. A row is all it takes to add a word or a
/// pattern; lexicon.h and grammar.h read the rows and throw RequestError for one that makes no sense. Lists
/// in a row are separated by spaces.

/// What a noun is (`kinds`) decides what can be said of it and which verbs take it.
struct NounRow {
    std::string_view word;
    std::string_view plural;   ///< "": regular; "-": has none
    std::string_view kinds;    ///< "animal pet"
    std::string_view pronouns; ///< of it, he, she: those that can stand for one of them; "": it
};

/// Something that can be said of a noun: an adjective ("tired"), or a phrase with its verb ("{was} full of
/// people").
struct PropertyRow {
    std::string_view text;
    std::string_view fits; ///< kinds of nouns of which it makes sense; "": of none ("{was} raining")
    std::string_view tags; ///< groups that patterns and verbs ask for by name
};

/// A verb with one object. Empty forms are regular.
struct VerbRow {
    std::string_view base;
    std::string_view past;
    std::string_view done; ///< past participle
    std::string_view ing;
    std::string_view tags;
    std::string_view subjects; ///< kinds of nouns that can do it
    std::string_view objects;  ///< kinds of nouns to which it can be done
    /// Tags of adjectives that give a reason on the subject's or the object's side: who helps is kind, who is
    /// helped is weak.
    std::string_view subjectReason = {};
    std::string_view objectReason = {};
};

/// One shape of sentences. In `text`:
///   [x|y|]      one of the alternatives, at random
///   {the a}     noun a with a determiner, sometimes an adjective;  {one a} with the indefinite article;  {a}
///   alone {v} {v.past} {v.done} {v.ing} {v.now a}    the verb's forms, the last agreeing with noun a {not}
///   "didn't", "could not", ...; a verb's base form follows {P} {O}     the pronoun for the answer, as
///   subject or as object {none it}   a pronoun that stands for nothing in the text: it, they, or `person`
///   (he, she, they) {k}         what is said of the answer: "was too tired", "wanted to sleep";  {k.now} "is
///   too tired";  {p} "tired" {was a} {is a} {has a} {does a}   agreeing with noun a, or with the pronoun:
///   {was P} {lead} {time}   sometimes words before or after a clause: "Yesterday,", "in the evening"
struct PatternRow {
    std::string_view id;
    std::string_view text;
    /// "a=person b=way|water c=verb.object": kinds, or what the verb takes. ":1" after it: one of them only;
    /// ":it": one for which only "it" stands.
    std::string_view nouns;
    std::string_view verb; ///< tags of which the verb has one: "move|act"; "": no verb
    /// Which nouns can be the answer, and what is then said: "a:fits b:fits" (it fits that noun and no other
    /// of the sentence), "a:#big b:#small" (of that tag, both nouns could have it), "a:reason" (the verb's
    /// reason on that side), "0:#weather" (the pronoun stands for nothing), "0:any" (whatever it is).
    /// "a!fits": that is said of a, and there is no pronoun for it.
    /// "": nothing is said.
    std::string_view answers;
    int weight = 2;
    /// Never trained: for measuring on patterns that the model has not seen.
    bool heldOut = false;
};

std::span<const NounRow> nounRows();
std::span<const PropertyRow> propertyRows();
std::span<const VerbRow> verbRows();
std::span<const PatternRow> patternRows();

} // namespace headlight
