#include "engine/training/pattern_lists.h"

namespace headlight {

namespace {
using Words = std::string_view;
constexpr Words fits =
    "a:fits#hinder|draw|look|mood|price|dirt|age|heat b:fits#hinder|draw|look|mood|price|dirt|age|heat";
constexpr Words fitted = "a=item|furniture b=container|vehicle|home";

// clang-format off
constexpr PatternRow rows[] = {
    // Where something is
    {"in", "place", "{lead}{the a} [stayed|slept|waited|sat|hid|stopped|was lost|lay|lived|rested] [in|near|behind|in front of] {the b} because {P} {k}.", "a=animal|person:1 b=building|room|land", "", "a:fits b:fits 0:#weather", 6},
    {"to", "place", "{the a} [went|ran|walked|came|drove|returned|did not go|didn't go|never went|wanted to go] to {the b} because {P} {k}.", "a=animal|person:1 b=building|room|land|town|water", "", fits, 6},
    {"from", "place", "{the a} [came out of|ran out of|ran away from|left|walked around|looked at|walked past] {the b} because {P} {k}.", "a=animal|person b=building|room|land", "", fits, 4},
    {"over", "place", "{the a} [walked|ran|went|did not walk|could not run|couldn't go|would not go] [across|over|along] {the b} because {P} {k}.", "a=animal|person b=way", "", fits, 6},
    {"in water", "place", "{the a} [swam in|fell into|jumped into|lived in|did not swim in|swam across|could not swim across] {the b} because {P} {k}.", "a=animal|person|fish b=water|pool", "", fits, 4},
    {"sit on", "place", "{the a} [sat on|slept on|lay on|stood on|hid under|hid behind|jumped onto|did not sit on] {the b} because {P} {k}.", "a=animal|person b=furniture", "", fits, 5},
    {"looked", "place", "{the a} [looked at|walked around|stood near|waited next to|looked for] {the b}[.|;] {P} {k}.", "a=animal|person b=thing", "", fits, 5},
    {"stood in", "place", "{the a} [stood|{was a} left|{was a} found|{was a}] in {the b}. {P} {k}.", "a=vehicle|furniture|machine b=building|room|land", "", fits, 3},
    {"lay on", "place", "{the a} {was a} [on|under|next to|beside|near|behind] {the b}, [and|but] {P} {k}.", "a=item b=furniture", "", fits, 4},
    {"there was", "there was", "there {was a} {one a} [in|near|behind] {the b}, [but|and] {P} {k}.", "a=animal|person|vehicle|furniture|machine b=building|room|land", "", fits, 5},
    {"there is", "there was", "there {is a} {one a} in {the b}. {P} {k.now}.", "a=animal|person|vehicle|furniture b=building|room|land|town", "", fits, 3},
    {"i saw", "i saw", "I [saw|met|heard|noticed|found|watched] {one a} [in|near|behind|outside] {the b}. {P} {k}.", "a=animal|person b=building|room|land|town", "", fits, 4},
    {"i saw doing", "i saw", "I [saw|noticed|found] {one a} in {the b}. {P} {was P} {w.ing}.", "a=second.subject b=building|room|land|town", "", "a:acts", 4, "alone"},
    {"put", "put", "{the a} put {the b} [into|in|inside] {the c} because {P} {k}.", "a=person b=item c=container", "", "a:fits b:fits c:fits", 5},
    {"put on", "put", "{the a} put {the b} [on|under|next to|behind] {the c} because {P} {k}.", "a=person b=item|food c=furniture", "", "a:fits b:fits c:fits", 4},
    {"I put", "put", "[I|we|you] [put|left|kept|hid|found|saw|did not put|didn't put] {the b} [in|on|under|behind|near] {the c} because {P} {k}.", "b=item|food c=furniture|container", "", "b:fits c:fits", 5},
    {"took out", "put", "{the a} took {the b} [out of|off|from|away from] {the c} because {P} {k}.", "a=person b=item|clothes c=furniture|container", "", "a:fits b:fits c:fits", 4},
    {"poured until", "pour", "{the a} poured the [water|milk|tea|juice|soup] from {the b} into {the c} until {P} {was P} [almost |completely |]{p}.", "a=person b=vessel:1 c=vessel:1", "", "b:#emptied c:#filled", 4},
    {"poured because", "pour", "{the a} poured the [water|milk|tea|juice] from {the b} into {the c} because {P} {was P} [almost |still |]{p}.", "a=person b=vessel:1 c=vessel:1", "", "b:#filled c:#emptied", 3},
    {"with tool", "tool", "{the a} cut {the b} with {the c} because {P} {k}.", "a=person b=food|vegetable c=blade", "", "b:fits c:fits a:fits", 3, "", true},
    {"gave", "gave", "{the a} gave {the b} {one c}{time} because {P} {k}.", "a=person b=person c=item", "", "a:#kind b:#needy c:fits", 5},
    {"gave to", "gave", "{the a} [gave|sold|showed|brought|sent|lent] {the c} to {the b}, [and|but|because] {P} {k}.", "a=person b=person c=item", "", "a:fits b:fits c:fits", 4},
    {"happened", "happened", "{the a} [fell off|fell from|rolled off|slipped off] {the b} because {P} {k}.", "a=item b=furniture|vehicle", "", fits, 3},
    {"hit", "happened", "{the a} [hit|crashed into|ran into|missed] {the b} because {P} {k}.", "a=vehicle b=plant|building|furniture", "", fits, 4},
    // Sizes
    {"fit", "fit", "{the a} [did not|didn't|could not|would not|couldn't|wouldn't] fit [in|into|inside] {the b} because {P} {was P} [too |so |much too |]{p}.", fitted, "", "a:#big b:#small", 10},
    {"fit now", "fit", "{the a} [does not|doesn't|cannot|will not|won't|can't] fit [in|into|inside] {the b} because {P} {is P} [too |so |much too |]{p}.", "a=item|furniture:1 b=container|vehicle|home", "", "a:#big b:#small", 9},
    {"fit well", "fit", "{the a} [fitted|fit|went easily|fit easily] [in|into|inside] {the b} because {P} {was P} [very |so |]{p}.", fitted, "", "a:#small b:#big", 6},
    {"fit first", "fit", "[because|since|as] {P} {was P} [too |]{p}, {the a} [did not|didn't] fit [in|into] {the b}.", fitted, "", "a:#big b:#small", 4},
    {"fit two", "fit", "{the a} [did not|didn't] fit [in|into] {the b}. {P} {was P} [too |]{p}.", fitted, "", "a:#big b:#small", 5},
    {"fit so", "fit so", "{the a} {was a} too {p}, so {P} did not fit [in|into] {the b}.", fitted, "", "a:#big", 3},
    {"fit so object", "fit so", "{the b} {was b} too {p}, so {the a} did not fit into {O}.", fitted, "", "b:#small", 3},
    {"fit twice", "fit twice", "{the a} {was a} [big|large|huge] and {the b} {was b} [small|little|tiny], so {P a} did not fit [into|in|inside] {O b}.", fitted, "", "", 3},
    {"i could not fit", "fit", "[I|we] [couldn't|could not|can't] [fit|put|get] {the a} [into|in] {the b} because {P} {was P} too {p}.", "a=item|furniture b=container|vehicle", "", "a:#big b:#small", 5},
    // Races
    {"beat", "race", "{the a} [beat|overtook|outran] {the b} because {P} {was P} [too |so |very |much |]{p}.", "a=animal|person b=animal|person", "", "a:#swift b:#drag", 4},
    {"lost to", "race", "{the a} [lost to|could not catch|could not follow|fell behind] {the b} because {P} {was P} [too |so |very |]{p}.", "a=animal|person b=animal|person", "", "a:#drag b:#swift", 4},
    {"faster", "comparison", "{the a} {was a} [faster|stronger|quicker] than {the b}, so {P a} [won|won the race|came first].", "a=animal|person b=animal|person", "", "", 3},
    {"faster other", "comparison", "{the a} {was a} [faster|stronger|quicker] than {the b}, so {P b} [lost|lost the race|came second].", "a=animal|person b=animal|person", "", "", 3},
    // Two nouns beside each other, of which one does it
    {"near", "beside", "{the a} [near|next to|in front of|behind|beside] {the b} {k}, so {P} [stayed there|did not move|was left alone|could not be seen|was easy to see].", "a=animal|person|vehicle b=building|way|water", "", "a:fits", 3},
    {"possessor", "possessor", "{the c}'s {bare a} {not} {v} {the b} because {P} {k}.", "c=name a=animal b=verb.object", "go|take", "a:fits#hinder b:fits#hinder", 5},
    {"possessor thing", "possessor", "{the c} [liked|wanted|borrowed|found|sold] {the d}'s {bare a} because {P} {was P} {p}.", "c=name d=name a=item|vehicle", "", "a:fits", 4},
    {"with", "beside", "{the a} with {the b} [stopped|waited|went home|sat down|ran away] because {P} {k}.", "a=person b=animal", "", fits, 4},
    // First person, requests, small talk
    {"i because", "first person", "[I|we|you] [{v.past}|{not} {v}|can't {v}|won't {v}|want to {v}|will {v}|had to {v}] {the b}{time} because {P} {k}.", "b=verb.object", "move|act|feel|look|greet", "b:fits", 8},
    {"i so", "first person object", "{my b} {k.now}, so I [often |always |never |]{v} {O}.", "b=verb.object", "act|greet|feel", "b:fits", 4},
    {"i and", "first person object", "[I|we] {v.past} {one b} and {w.past} {O b}{time}.", "b=both.object", "act", "", 4, "act"},
    {"i like", "first person object", "I [like|love|miss|know|have] {my b}, [so|and] I [{v} {O b} every day|often {v} {O b}|want to {v} {O b}].", "b=verb.object", "meet|greet|feel|better", "", 5},
    {"everyone", "everyone", "[everyone|everybody|nobody] [likes|loves|knows|wants|sees] {the a} because {P} {k.now}.", "a=person|pet|town|building|clothes|show", "", "a:fits", 3, "", true},
    {"request", "request", "[please |do not |don't |let us |]{v} {the b}[ now|]! {P} {k.now}.", "b=verb.object", "move|act|look|feel|greet", "b:fits", 4},
    {"request because", "request", "[please |don't |do not |you should not |you must not |you should ]{v} {the b} because {P} {k.now}.", "b=verb.object", "move|act|feel", "b:fits", 4},
    {"look", "look", "[look at|listen to|think of|watch] {the a}! {P} {k.now}.", "a=animal|person|vehicle|instrument", "", "a:fits", 2, "", true},
    {"yes no", "yes no", "{is a} {the a} [new|old|big|small|nice|here]? [yes, |no, |well, |no, but |yes, and ]{P} {k.now}.", "a=animal|person|vehicle|clothes|building", "", "a:fits", 4},
    {"do you like", "yes no", "[do you like|do you know|did you see|have you seen|can you see] {the a}? [yes, |no, |yes, but |]{P} {k}.", "a=animal|person|vehicle|clothes|building|food|show", "", "a:fits", 4},
    {"tag question", "tag question", "{the a} {is a} {p}, {isn't a} {P}?", "a=animal|person|way|clothes|food|building|vehicle", "", "a:fits", 2},
    {"tag question past", "tag question", "{the a} {was a} {p}, {wasn't a} {P}?", "a=animal|person|way|clothes|food|building|vehicle", "", "a:fits", 2},
    {"where", "where", "where {is a} {the a}? {P a} {is a} [in|near|behind|next to] {the b}.", "a=animal|person|item b=building|room|land|furniture", "", "", 3, "", true},
    {"where did", "where", "where did you [find|see|put|leave|hide] {the a}? {P a} {was a} [in|behind|near|next to] {the b}.", "a=item|animal b=room|land|furniture", "", "", 3, "", true},
    {"what did", "answered", "what did {the a} {v}? {P a} {v.past} {the b}.", "a=verb.subject b=verb.object", "act", "", 3},
    {"weather then", "weather and it", "{none it} [was raining|was snowing|was cold|was late|was getting dark], [so|but] {the a} {not} {v} {the b} because {P} {k}.", "a=verb.subject b=verb.object", "go", fits, 3},
    {"weather stayed", "weather and it", "{none it} [was raining|was snowing|was cold|was late|was dark]. {the a} {v.past} {the b}, [and|but] {P} {k}.", "a=verb.subject b=verb.object", "go|move", fits, 4},
};
// clang-format on
} // namespace

std::span<const PatternRow> scenePatterns() {
    return rows;
}

} // namespace headlight
