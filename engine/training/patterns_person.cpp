#include "engine/training/pattern_lists.h"

namespace headlight {

namespace {
using Words = std::string_view;
constexpr Words rivals = "a=person b=person:!a", same = "a=person:1 b=person:=a:1";

// clang-format off
constexpr PatternRow rows[] = {
    // Two pronouns, each told by gender or number
    {"he her because", "two pronouns", "{the a} {v.past} {the b} because {P a} [liked|loved|missed|needed|wanted to see|trusted|knew] {O b}.", rivals, "greet|meet", "", 5},
    {"she him because", "two pronouns", "{the a} {v.past} {the b} because {P b} had [helped|called|visited|insulted|hurt|forgotten|followed] {O a}.", rivals, "greet|meet", "", 5},
    {"mutual", "mutual", "{the a} [loves|likes|knows|remembers|trusts|understands|hates] {the b}, but {P b} [does not|doesn't] [love|like|know|remember|trust|understand|hate] {O a}.", "a=person:1 b=person:!a:1", "", "", 3},
    {"when he saw", "two pronouns", "when {the a} {v.past} {the b}, {P a} [smiled at|talked to|looked at|waved to|thanked|did not recognize] {O b}.", rivals, "greet", "", 4},
    {"gave it to", "two pronouns", "{the a} {v.past} {the b} and gave {O b} {one c}, [but|and] {P b} [sold|lost|broke|hid|liked|kept] {O c}.", "a=person b=person:!a c=item:1:it", "greet|meet", "", 3},
    {"her and her", "her and her", "{the a} {v.past} {the b}. {P a} [knew|saw|asked for|wrote down] {its b} [name|address|number|face|address] and [followed|called|thanked|visited] {O b}.", rivals, "greet", "", 4},
    {"wrote to", "her and her", "{the a} [took|lost|found|washed|forgot|kept|opened] {its a} {bare c}, and {the b} {v.past} {O a}.", "a=person b=person c=item", "greet|meet", "", 4},
    {"animal and person", "two pronouns", "{the a} [fed|called|stroked|hugged|washed|petted|bought] {the b} because {P b} [barked at|looked at|followed|bit|ran to|liked] {O a}.", "a=person b=pet", "", "", 4},
    {"bought and", "two pronouns", "{the a} {v.past} {the b} because {P a} [liked|needed|wanted|saw|remembered] {O b}.", "a=person b=verb.object:it", "act", "", 5},
    {"so loves", "first person person", "{my b} {k.now}, [so|and] [I|we|all of us|many people] [like|love|trust|call|visit|miss|help] {O}.", "b=person", "", "b:fits", 5},
    {"i called", "first person person", "[I|we|you] {v.past} {my b}{time} because {P} {k}.", "b=person", "greet|meet", "b:fits", 6},
    {"i and me", "first person person", "{my b} [called|helped|visited|thanked|saw|invited] [me|us], [so|and|because] I [called|helped|liked|visited|thanked|loved] {O b}.", "b=person", "", "", 4},
    {"my and my", "first person person", "{my a} [lives|works] with {my b}, but {P a} [doesn't like|does not know|never sees|never talks to|often helps] {O b}.", "a=person:1 b=person:!a:1", "", "", 3},
    // Who said what
    {"said that", "said", "{the a} {v.past} that {P} {k}.", "a=person", "say", "a:fits", 4},
    {"told that", "told", "{the a} {v.past} {the b} that {P} {k}.", "a=person b=person:!a", "tell", "a:fits b:fits", 4},
    {"promised", "promised", "{the a} promised {the b} that {P a} would [help|call|visit|wait for|follow|write to|not forget] {O b}.", same, "", "", 3},
    {"ordered", "promised", "{the a} [ordered|told|reminded|warned] {the b} that {P b} [must|had to|should] [help|follow|wait for|answer|listen to] {O a}.", same, "", "", 3},
    {"said object", "said object", "{the b} said that {the a} [had helped|had seen|liked|would call|had followed|knew|wanted to meet|had hurt] {O b}.", same, "", "", 3},
    {"asked", "told", "{the a} asked {the b} [whether|if|why] {P} {k}.", "a=person b=person:!a", "", "b:fits a:fits", 3},
    // Reflexives: the subject of their own clause
    {"self", "reflexive", "{lead}{the a} {v.past} {self a}{time}.", "a=verb.subject", "self", "", 4},
    {"self saw", "reflexive", "{the a} [saw|looked at|noticed|recognized|admired] {self a} in {the b}.", "a=animal|person b=water", "", "", 3},
    {"self not", "reflexive", "{the a} [did not hurt|could not help|didn't want to hurt|washed|cleaned|warmed|blamed|saved|calmed|dried] {self a}[ again|].", "a=animal|person", "", "", 3},
    {"self because", "reflexive and it", "{the a} {v.past} {self a} because {P a} {was a} [careless|afraid|clumsy|angry|alone|in a hurry].", "a=verb.subject", "self", "", 3},
    {"self near", "reflexive beside", "{the a} [near|behind|next to|in front of|beside|with] {the b} [washed|hurt|cleaned|warmed|dried|scratched|defended|injured] {self a}.", "a=animal:1 b=animal:1", "", "", 4},
    {"self near person", "reflexive beside", "{the a} [near|behind|next to|in front of|beside|with] {the b} [washed|hurt|saw|introduced|blamed|cut|injured] {self a}.", same, "", "", 3},
    {"self said", "reflexive embedded", "{the b} [said|thought|knew|believed|heard] that {the a} had [hurt|washed|cut|defended|blamed|injured|hidden] {self a}.", same, "", "", 5},
    {"self when", "reflexive embedded", "[when|while|before|after] {the b} [arrived|slept|came home|went away|was waiting], {the a} [hurt|washed|hid|defended|cleaned|dried] {self a}.", "a=animal|person b=animal|person:1", "", "", 4},
    {"self dative", "reflexive gift", "{the a} [bought|made|found|gave|got] {self a} {one b}{time}.", "a=person b=item|clothes", "", "", 3, "", true},
    {"self dative two", "reflexive gift", "{the a} gave {the b} {one c} and bought {self a} {one d}.", "a=person b=person c=item d=item", "", "", 2, "", true},
    {"self two clauses", "reflexive embedded", "{the a} {v.past} {the b}, and {the c} [hurt|washed|defended|cleaned|saw] {self c}.", "a=person b=animal|person c=animal|person", "meet|greet", "", 3},
    // The pronoun comes first
    {"when first", "pronoun first", "[when {P a} came home|before {P a} left|after {P a} had arrived|as soon as {P a} woke up|when {P a} was young|while {P a} was at home|after {P a} sat down|when {P a} heard the news|before {P a} went home], {the a} {v.past} {the b}.", "a=person b=verb.object:it", "act|look", "", 4},
    {"although first her", "pronoun first", "[although|because|even though|since] {P} {k}, {the a} [went home|stayed at home|kept working|smiled|waited|slept well|said nothing].", "a=person", "", "a:fits", 4},
    {"if pronoun first", "pronoun first", "if {P a} [comes|waits|has time|finds the time|wants to], {the a} [can|will|must|should] {v} {the b}.", "a=person:1 b=verb.object:it", "act", "", 2},
    // One subject, told further
    {"story", "story", "{the a} [woke up|came home|arrived|got up]{time}. {P a} {v.past} {the b}. then {P a} {w.past} {the c}.", "a=both.subject b=verb.object:!a c=second.object:!a", "act", "", 4, "act"},
    {"who is", "who is", "who {is a} {the a}? {P a} {is a} [very |quite |my best friend and ]{p}.", "a=person", "", "a!fits", 3},
    {"lives in", "lives", "{the a} [lives|works|lived|worked|stayed] [in|near] {the b}[ and|, but|.|, and] {P a} [likes|loved|hated|knows|never liked] {O b}.", "a=person:1 b=town|home|building:1:it", "", "", 4},
    {"there are", "number", "the [two|three|four|many] {many a} {v.past} {the b} because {P} {k}.", "a=verb.subject:p b=verb.object:1", "move|act", "a:fits#hinder a:fits b:fits", 5},
    {"many objects", "number", "{the a} {v.past} [all |some of |most of ]the {many b} because {P} {k}.", "a=verb.subject:1 b=verb.object:p", "act", "a:fits b:fits", 5},
    {"like them", "number", "{the a} [likes|loves|hates|wants|collects|buys|needs] {many b}, [so|and] {P a} [has|keeps|sees|finds|gets] {O b} [every day|often|at home].", "a=person:1 b=item|pet|fruit:p", "", "", 4},
    {"friend of", "genitive", "[the|one] {bare a} of {the b} [called|helped|thanked|saw] [me|us] because {P} {k}.", "a=family:1 b=person", "", "a:fits", 4},
    {"name's family", "possessor person", "{the c}'s {bare a} [came late|called me|went home|stayed at home|did not come|smiled|waited|left] because {P a} {was a} [ill|tired|late|busy|happy|sad|in a hurry|angry|worried].", "c=name a=family:!c", "", "", 5},
};
// clang-format on
} // namespace

std::span<const PatternRow> personPatterns() {
    return rows;
}

} // namespace headlight
