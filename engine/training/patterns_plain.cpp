#include "engine/training/pattern_lists.h"

namespace headlight {

namespace {
using Words = std::string_view;
constexpr Words both = "a=verb.subject b=verb.object";
constexpr Words all = "move|act|look|feel|meet|greet";

// clang-format off
constexpr PatternRow empty[] = {
    {"weather", "weather", "{lead}{none it} [is|was|will be|isn't|wasn't|was not|has been|is getting|was getting] [very |too |so |]{weather}[ again| outside| here|].", "", "", "", 6},
    {"it's weather", "weather", "{none it}'s [very |too |so |]{weather}[ again| outside| here|].", "", "", "", 3},
    {"it rains", "weather", "[yesterday |in the winter |on Sunday |sometimes |]{none it} [rained|snowed|rains|snows|often rains|rained all day|rained hard|is raining|was raining|is snowing|was snowing|isn't raining|wasn't raining|will be raining|has stopped raining|will rain].", "", "", "", 5},
    {"weather question", "weather", "[is|was] {none it} [still |]{weather}[ outside| today|]?", "", "", "", 2},
    {"time of day", "time of day", "{none it}[ is| was|'s] [Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|spring|summer|autumn|winter|midnight|noon|time to go|time for dinner|six o'clock|ten o'clock|too late|my birthday|half past nine|early|late|a long way|a nice day].", "", "", "", 5},
    {"easy", "easy", "{none it} [is|was|will be|isn't|wasn't|would be|must be|is not|was not] [very |too |so |][easy|hard|difficult|good|nice|dangerous|important|possible|fun|useful|necessary|impossible|better] to {v} {the b}.", "b=verb.object", "move|act|feel|look", "", 7},
    {"easy for", "easy", "{none it} [is|was|isn't] [very |too |][easy|hard|difficult|good|nice|dangerous|important|possible] for {the a} to {v} {the b}.", both, "move|act", "", 5},
    {"seems", "seems", "{none it} [seems|seemed|is true|is strange|is a pity|was clear|is possible|is said|is good|turned out|is important|was a surprise|doesn't matter] that {the a} {v.past} {the b}.", both, "move|act|meet|greet", "", 7},
    {"took time", "takes time", "{none it} took {the a} [two hours|an hour|a long time|five minutes|three days] to {v} {the b}.", both, "move|act", "", 5},
    {"cleft", "cleft", "{none it} [was|wasn't|is] {the a} that {v.past} {the b}.", "a=verb.subject:1 b=verb.object", "move|act|meet|greet", "", 3},
    {"cleft object", "cleft", "{none it} was {the b} that {the a} {v.past}.", "a=verb.subject b=verb.object:1", "move|act|meet|greet", "", 2},
    {"weather because", "weather reason", "{the a} {not} {v} {the b}{time} [because|as|since|although] {P} {k}.", both, "move|act", "0:#weather", 11},
    {"weather did", "weather reason", "{the a} {v.past} {the b} [because|when|while|although|until] {P} {k}.", both, "move|act", "0:#weather", 8},
    {"weather first", "weather reason", "{P} {k}, so {the a} {not} {v} {the b}.", both, "move|act", "0:#weather", 6},
    {"weather two", "weather reason", "{P} {k}. {the a} {v.past} {the b}.", both, "move|act", "0:#weather", 6},
    {"weather after", "weather reason", "{the a} {v.past} {the b}. {P} {k}.", both, "move|act", "0:#weather", 4},
    {"weather when", "weather reason", "[when|because|although|while] {P} {k}, {the a} {v.past} {the b}.", both, "move|act|look", "0:#weather", 6},
    {"weather i", "weather reason", "[I|we|you] [stayed at home|went home|took an umbrella|wore a coat|could not sleep|could not go out|want to go home|closed the window] because {P} {k}.", "", "", "0:#weather", 6},
    {"alone", "no noun", "{P} {k}.", "", "", "0:any", 6},
    {"alone now", "no noun", "[why |]{is P} {P} [so |too |very |not |]{p}?", "", "", "0:any", 3},
    {"alone is", "no noun", "[I think |maybe |perhaps |I know |yes, |no, |well, |]{P} {k.now}.", "", "", "0:any", 4},
    {"alone doing", "no noun", "{none person} {v.past} {the b}{time}.", "b=verb.object:it", "move|act|look", "", 7},
    {"alone did not", "no noun", "{none person} {not} {v} {the b} because {none person} [had no time|was not there|did not want to|had to go|could not see].", "b=verb.object:it", "move|act", "", 3},
    {"alone object", "no noun object", "[I|we|you] {v.past} {none object}[ again| yesterday| here|].", "", "greet|meet", "", 5},
    {"alone thing", "no noun object", "[I|we|you] {v.past} {none thing}[ again| yesterday| here|].", "", "act|look|feel", "", 5},
    {"alone request", "no noun object", "[please |don't |do not |can you |let me |]{v} {none object}[ again| now| here|]!", "", "greet|meet", "", 3},
    {"alone thing request", "no noun object", "[please |don't |do not |can you |let me |]{v} {none thing}[ again| now| here|]!", "", "act|look", "", 3},
    {"people say", "people say", "{none they} [say|said|think|told me] that {the a} {is a} [very |too |]{p}.", "a=person|animal|way|water|food|town|building", "", "a!fits", 3},
    {"people say did", "people say", "{none they} [say|said|told us] that {the a} {v.past} {the b}.", "a=verb.subject:1 b=verb.object:1", "move|act|meet", "", 3},
    {"alone thought", "no noun", "I [think|know|hope|said] that {none person} [will {v} {the b}|{v.past} {the b}|{not} {v} {the b}].", "b=verb.object:it", "move|act", "", 3},
    {"is it true", "seems", "is {none it} true that {the a} {v.past} {the b}?", both, "move|act|meet|greet", "", 3},
    {"nice that", "seems", "{none it}'s [nice|good|true|strange|a pity|a shame|sad] that {the a} {is a} [so |very |]{p}.", "a=person|animal|town|building|food|water", "", "a!fits", 4},
};

constexpr PatternRow plain[] = {
    {"plain", "plain", "{lead}{the a} {v.past} {the b}{time}.", both, all, "", 12},
    {"plain not", "plain not", "{lead}{the a} {not} {v} {the b}{time}.", both, all, "", 8},
    {"plain now", "plain agreement", "{the a} [always |often |never |]{v.now a} {the b}.", both, all, "", 6},
    {"plain agreement", "plain agreement", "{the a} [near|behind|in] {the b} {is a} [very |]{p}.", "a=animal|person|vehicle b=building|way|land", "", "a!fits", 6},
    {"plain question", "plain question", "[does|did|will|can|would|doesn't] {the a} {v} {the b}?", "a=verb.subject:1 b=verb.object", all, "", 6},
    {"plain doing", "plain doing", "{the a} {is a} [still |not |]{v.ing} {the b}.", both, "move|act|meet", "", 4},
    {"plain alone", "plain alone", "{lead}{the a} {v.past}[ quietly| quickly| alone| again|]{time}.", "a=verb.subject", "alone", "", 6},
    {"plain property", "plain property", "{lead}{the a} {k}.", "a=animal|person|way|water|food|building|item|vehicle|land", "", "a!fits", 10},
    {"plain list", "plain list", "{the a} [saw|liked|bought|found|had] {one b}, {one c} and {one d}.", "a=person b=item c=item d=item", "", "", 6},
    {"plain both", "plain both", "{the a} and {the b} {v.past} {the c}{time}.", "a=verb.subject b=verb.subject c=verb.object", "move|act", "", 4},
    {"plain there", "plain there", "there {is a} {one a} [in|near|behind] {the b}.", "a=animal|person|vehicle|furniture b=building|room|land|town", "", "", 6},
    {"plain first person", "plain first person", "[I|we|you] [{v.past}|{not} {v}|want to {v}|will {v}|have {v.done}|would like to {v}] {the b}{time}.", "b=verb.object", all, "", 10},
    {"plain request", "plain request", "[please |do not |don't |let us |]{v} {the b}[ now| again|]!", "b=verb.object", all, "", 4},
    {"plain do you", "plain do you", "[do|did|can|will|could|don't] [you|we] {v} {the b}?", "b=verb.object", all, "", 4},
    {"plain where", "plain where", "where [is|was] {the a}? [in|near|behind] {the b}.", "a=animal|person|item:1 b=building|room|land|town", "", "", 4},
    {"plain has", "plain has", "{the a} {has a} {one b}.", "a=person b=animal|item|vehicle", "", "", 4},
    {"plain of", "plain has", "{the a} [lost|found|washed|sold|forgot|kept|likes|took] {its a} {bare b}{time}.", "a=person b=item|vehicle|pet", "", "", 8},
    {"plain as", "plain as", "{the a} {is a} as {p} as {the b}.", "a=animal|person|way|water|item b=animal|person|way|water|item", "", "a!same", 4},
    {"plain who", "plain who", "who {v.past} {the b}{time}? {the a}.", both, all, "", 4},
    {"plain passive", "plain passive", "{lead}{the b} {was b} {v.done} by {the a}{time}.", both, "act|meet", "", 4},
};
// clang-format on
} // namespace

std::span<const PatternRow> emptyPatterns() {
    return empty;
}

std::span<const PatternRow> plainPatterns() {
    return plain;
}

} // namespace headlight
