#include "engine/training/pattern_lists.h"

namespace headlight {

namespace {
using Words = std::string_view;
constexpr Words both = "a=verb.subject b=verb.object";
constexpr Words
    hinder = "a:fits#hinder b:fits#hinder",
    draw = "a:fits#draw b:fits#draw",
    fits =
        "a:fits#hinder|draw|look|mood|price|dirt|age|heat b:fits#hinder|draw|look|mood|price|dirt|age|heat";

// clang-format off
constexpr PatternRow rows[] = {
    // One does something, or does not, to the other; what is said decides whose pronoun it is.
    {"because", "clause", "{lead}{the a} {not} {v} {the b}{time} because {P} {k}.", both, "move|act", hinder, 14},
    {"because go", "clause", "{the a} {not} {v} {the b} because {P} {k}.", both, "go", hinder, 10},
    {"because done", "clause", "{lead}{the a} {v.past} {the b}{time} because {P} {k}.", both, "move|act", draw, 6},
    {"because now", "clause", "{the a} [will not|won't|cannot|can't|{doesn't a}|{does a} not|would never] {v} {the b} because {P} {k.now}.", both, "move|act", hinder, 5},
    {"because first", "clause", "because {P} {k}, {the a} {not} {v} {the b}{time}.", both, "move|act", hinder, 5},
    {"since", "clause", "{the a} {not} {v} {the b} [since|as] {P} {k}.", both, "move|act", hinder, 2},
    {"since first", "clause", "[since|as] {P} {k}, {the a} {not} {v} {the b}.", both, "move|act", hinder, 2},
    {"shunned", "clause", "{the a} {v.past} {the b} because {P} {k}.", both, "shun", "b:fits#hinder", 2},
    {"liked", "clause", "{the a} {v.past} {the b} because {P} {k}.", both, "feel|look", fits, 3},
    {"although", "clause", "{the a} {v.past} {the b}{time} [although|though|even though] {P} {k}.", both, "move|act", hinder, 4},
    {"although first", "clause", "[although|though|even though] {P} {k}, {the a} {v.past} {the b}.", both, "move|act", hinder, 4},
    {"but", "clause", "{lead}{the a} {v.past} {the b}, but {P} {k}.", both, "move|act|look", hinder, 3},
    {"and", "clause", "{lead}{the a} {v.past} {the b}, and {P} {k}.", both, "move|act|look", fits, 4},
    {"when", "clause", "when {the a} {v.past} {the b}, {P} {k}.", both, "move|act|look", fits, 4},
    {"when last", "clause", "{the a} {v.past} {the b} [when|while] {P} {k}.", both, "move|act|look", fits, 3},
    {"until", "clause", "{the a} {not} {v} {the b} until {P} {k}.", both, "move|act", draw, 2},
    {"met", "clause", "{lead}{the a} {v.past} {the b}{time} [because|when|although|while] {P} {k}.", both, "greet", fits, 4},
    {"must", "clause", "{the a} [had to|wanted to|was able to|has to|must|will|would|should] {v} {the b} because {P} {k}.", "a=verb.subject:1 b=verb.object", "move|act", fits, 3},
    {"was doing", "clause", "{the a} {was a} {v.ing} {the b} [because|although|while] {P} {k}.", both, "act|move", fits, 3},
    {"had done", "clause", "{the a} [had|had never|had not|hadn't|had just] {v.done} {the b} because {P} {k}.", both, "act|move", fits, 2},
    {"two sentences", "two sentences", "{lead}{the a} {not} {v} {the b}{time}. {P} {k}.", both, "move|act", hinder, 7},
    {"two sentences done", "two sentences", "{lead}{the a} {v.past} {the b}{time}[.|;] {P} {k}.", both, "move|act|look|greet", fits, 5},
    {"later sentence", "later sentence", "{the a} {v.past} {the b}{time}. [Nobody saw this.|That was a mistake.|Everyone laughed.|There was nobody else.|What a surprise!|Nobody knew why.|This was last year.] {P} {k}.", both, "move|act|look|greet", fits, 4},
    {"if now", "clause", "if {P} {is P} [too |so |very |not |]{p}, {the a} {does a} not {v} {the b}.", both, "move|act", hinder, 2},
    {"if will", "clause", "{the a} will {v} {the b} [if|when|unless] {P} {is P} [very |not |]{p}.", both, "move|act", fits, 2},
    {"why", "why", "why did {the a} not {v} {the b}? [because |]{P} {k}.", both, "move|act", hinder, 4},
    {"why didn't", "why", "why didn't {the a} {v} {the b}? [because |]{P} {k}.", both, "move|act", hinder, 3},
    {"why done", "why", "why did {the a} {v} {the b}? because {P} {k}.", both, "move|act", draw, 2},
    {"question or", "question or", "[did|didn't] {the a} {v} {the b}, or {was P} {P} too {p}?", both, "move|act", hinder, 2, "", true},
    {"did when", "question", "[did|didn't] {the a} {v} {the b}{time} [because|although|when] {P} {k}?", both, "move|act|greet", fits, 3},
    {"or list", "list", "{the a} {not} {v} {the b} or {the c} because {P} {k}.", "a=verb.subject b=verb.object c=verb.object", "move|act", "a:fits#hinder", 3},
    {"and list", "list", "{the a} {not} {v} {the b}, {the c} or {the d} because {P} {k}.", "a=verb.subject b=verb.object c=verb.object d=verb.object", "act", "a:fits#hinder", 2},
    {"says", "embedded", "{the c} [said|thought|knew|believed|told me|hoped] that {the a} {not} {v} {the b} because {P} {k}.", "a=verb.subject b=verb.object c=person", "move|act", "b:fits#hinder a:fits#hinder", 2, "", true},
    {"so subject", "so subject", "{the a} {k}, so {P} {not} {v} {the b}.", both, "move|act", "a:fits#hinder", 4},
    {"so subject done", "so subject", "{the a} {k}, [so|and] {P} {v.past} {the b}.", both, "move|act|look", "a:fits#draw", 3},
    {"so object", "so object", "{the b} {k}, so {the a} {not} {v} {O}.", both, "move|act", "b:fits#hinder", 4},
    {"so object done", "so object", "{the b} {k}, [so|and] {the a} {v.past} {O}{time}.", both, "move|act|look", "b:fits#draw", 4},
    {"but object", "so object", "{the b} {k}, but {the a} {v.past} {O}[ anyway| again|].", both, "move|act", "b:fits#hinder", 2},
    {"so that subject", "so that", "{the a} {was a} so {p} that {P} {not} {v} {the b}.", both, "move|act", "a:fits#hinder", 3},
    {"so that object", "so that", "{the b} {was b} so {p} that {the a} {not} {v} {O}.", both, "move|act", "b:fits#hinder", 3},
    {"who subject", "relative subject", "{the a} [who|that] {v.past} {the b} [stopped|waited|was late|went home|sat down] because {P} {k}.", "a=person:1 b=verb.object", "move|act", fits, 2, "", true},
    {"that subject", "relative subject", "{the a} [which|that] [had {v.done}|{v.past}] {the b} [stopped|waited|slept|ran away] because {P} {k}.", "a=animal b=verb.object", "go|take", fits, 2, "", true},
    {"that object", "relative object", "{the b} that {the a} {v.past} {was b} [new|old|not new|very nice|quite good], but {P} {k}.", both, "move|act|look", fits, 5},
    {"which object", "relative object", "{the b}, which {the a} {v.past}{time}, {was b} [famous|very good|not far away|nearby|right there]. {P} {k}.", both, "move|act", fits, 4},
    {"passive", "passive", "{the b} {was b} [not |never |]{v.done} by {the a} because {P} {k}.", both, "move|act", fits, 4},
    {"reason passive", "passive", "{the b} {was b} {v.done} by {the a} because {P} {was P} {p}.", both, "meet", "a:reason b:reason", 3},
    {"own", "own", "{the a} {not} {v} {its a} {bare b} because {P} {k}.", both, "act", hinder, 5},
    {"own done", "own", "{the a} {v.past} {its a} {bare b}{time} [because|although|and|but|when] {P} {k}.", both, "act|better", fits, 4},
    {"tried", "tried", "{the a} [wanted|tried|hoped|had|was going|was ready] to {v} {the b}, but {P} {k}.", "a=verb.subject:1 b=verb.object", "move|act|feel", hinder, 5},
    {"without", "without", "[after|before|without] {v.ing} {the b}, {the a} [stopped|went home|lay down|waited|rested] because {P} {k}.", both, "move|act", fits, 3, "", true},
    {"after clause", "sequence", "{the a} {v.past} {the b} [before|after] {P} {w.past} {the c}.", "a=both.subject b=verb.object c=second.object", "move|act", "a:acts", 5, "move|act"},
    {"two in a row", "sequence", "{lead}{the a} {v.past} {the b}{time}. then {P} {w.past} {the c}.", "a=both.subject b=verb.object c=second.object", "move|act", "a:acts", 4, "move|act"},
    {"because wanted", "sequence", "{the a} {v.past} {the b} because {P} [wanted to|had to|could not|couldn't|didn't|did not want to] {w} {the c}.", "a=both.subject b=verb.object c=second.object", "move|act", "a:acts", 4, "move|act"},
    {"and it", "same object", "{the a} {v.past} {the b}{time} and [then |later |quickly |]{w.past} {O b}.", "a=both.subject b=both.object", "act", "", 6, "act"},
    {"before it", "same object", "{the a} {v.past} {the b} [before|without|after|instead of] {w.ing} {O b}.", "a=both.subject b=both.object", "act", "", 3, "act"},
    {"wants to it", "same object", "if {the a} {v.now a} {the b}, please [do not |]{w} {O b}.", "a=verb.subject b=both.object:!a", "act", "", 2, "act"},
    {"mended", "made so", "{the a} {v.past} {the b} [to make|and made] {O b} [clean|beautiful|better|nice|new again].", both, "better", "", 3},
    // Reasons on either side of a verb
    {"reason", "reason", "{lead}{the a} {v.past} {the b}{time} [because|since] {P} {was P} [very |so |]{p}.", both, "meet", "a:reason b:reason", 10},
    {"reason two", "reason", "{the a} {v.past} {the b}. {P} {was P} {p}.", both, "meet", "a:reason b:reason", 3},
    {"reason why", "reason question", "why did {the a} {v} {the b}? because {P} {was P} {p}.", both, "meet", "a:reason b:reason", 2},
    {"reason so", "reason so", "{the a} {was a} {p}, so {P} {v.past} {the b}.", both, "meet", "a:reason", 3},
    {"reason so object", "reason so object", "{the b} {was b} {p}, so {the a} {v.past} {O}.", both, "meet", "b:reason", 3},
    // Nothing decides
    {"either", "either", "{the a} {v.past} {the b} [because|when|although|while] {P} {k}.", both, "meet|greet", "a:either b:either", 15},
    {"either two", "either", "{the a} {v.past} {the b}. {P} {k}.", both, "meet|greet", "a:either b:either", 5},
};
// clang-format on
} // namespace

std::span<const PatternRow> clausePatterns() {
    return rows;
}

} // namespace headlight
