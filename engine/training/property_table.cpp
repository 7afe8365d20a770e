#include "engine/training/tables.h"

#include <vector>

namespace headlight {

namespace {
/// Properties of one class; `words` are separated by commas.
struct PropertyList {
    std::string_view words, fits, tags, also;
};

// clang-format off
constexpr PropertyList lists[] = {
    // Of people and animals only
    {"tired,exhausted,sleepy", "living", "hinder drag", ""},
    {"scared,frightened,nervous", "living", "hinder timid state", ""},
    {"shy", "animal person", "hinder timid", ""},
    {"afraid", "living", "hinder timid after", ""},
    {"ill", "living", "hinder needy after", ""},
    {"sick,injured,wounded", "living", "hinder needy drag", ""},
    {"blind,lame", "living", "hinder needy flat", ""},
    {"lazy", "living", "hinder bad drag", ""},
    {"weak", "living", "hinder timid needy drag", "thing place"},
    {"hungry,thirsty", "living", "draw eager want", ""},
    {"curious", "living", "draw eager", ""},
    {"greedy", "living", "draw eager bad", ""},
    {"bored,restless", "living", "draw state", ""},
    {"lonely,sad,unhappy", "living", "needy mood", "home place show readable"},
    {"happy,cheerful", "living", "pleased mood", "show readable home place"},
    {"glad", "living", "pleased after", ""},
    {"excited,impatient", "living", "eager draw state", ""},
    {"worried,anxious,confused", "living", "hinder state", ""},
    {"proud", "living", "pleased", ""},
    {"stubborn", "living", "hinder bad", ""},
    {"careful,cautious", "living", "hinder", ""},
    {"careless", "living", "slow bad hasty", ""},
    {"clumsy", "living", "slow", "thing"},
    {"brave,courageous,bold", "living", "draw good", ""},
    {"clever,smart", "living", "good", "machine"},
    {"intelligent", "living", "good", "machine"},
    {"angry,furious", "living", "scary upset", ""},
    {"fierce,cruel,aggressive", "living", "scary", "show place"},
    {"violent", "living", "scary", "show water"},
    {"jealous", "living", "envious", ""},
    {"asleep", "living", "hinder after flat", ""},
    {"awake,alive", "living", "after flat", ""},
    {"alone", "living", "needy after flat", "thing place"},
    {"friendly", "living", "kind good", "place"},
    {"gentle", "living", "kind", "place water"},
    {"drunk", "person", "hinder bad criminal", ""},
    {"naughty,disobedient,mischievous", "animal person", "bad", ""},
    {"loyal,faithful", "living", "good", ""},
    {"playful,energetic,agile", "living", "draw", ""},
    {"pregnant", "animal", "hinder needy flat", "person"},
    {"deaf", "living", "needy", ""},
    {"tame", "animal", "", "bird"},
    // Of people only, not thinkable of animals either
    {"kind,generous,helpful,caring", "person", "kind good", "animal"},
    {"polite,honest,wise,patient", "person", "good", "animal"},
    {"rude,dishonest,mean,selfish", "person", "bad", "animal"},
    {"talented,hard-working,reliable,diligent", "person", "good", "animal machine"},
    {"grateful,thankful", "person", "pleased mood", "animal"},
    {"pleased,impressed", "person", "pleased after mood", "animal"},
    {"strict,annoyed,upset", "person", "upset state", "animal"},
    {"disappointed,offended", "person", "upset state", "animal"},
    {"rich,wealthy,successful", "person", "lucky", "place"},
    {"lucky", "person", "lucky", "animal thing"},
    {"poor", "person", "needy hinder", "animal place thing"},
    {"guilty,armed", "person", "criminal flat", "animal"},
    {"late", "person", "after slow hinder", "vehicle show"},
    {"absent", "person", "after flat", "animal"},
    {"busy", "person paved public town", "hinder after", "animal room bug"},
    {"homesick,ashamed,embarrassed", "person", "hinder after mood", "animal"},
    {"sober,unemployed,bald,married,single", "person", "state flat", ""},
    {"religious,shortsighted,ambitious,modest", "person", "flat", ""},
    // Of whatever lives, and of other things as well
    {"young", "living", "age", "plant town place"},
    {"old", "living thing place", "age hinder", ""},
    {"beautiful,pretty", "living thing place", "look", ""},
    {"ugly", "living thing place", "look", ""},
    {"strong", "living", "scary swift", "thing place"},
    {"fast,quick", "living vehicle", "speed eager swift", "thing place"},
    {"slow", "living vehicle machine", "speed slow hinder drag", "thing place"},
    {"wild", "animal", "scary", "living place"},
    {"dangerous", "animal hunter way water height", "scary hinder", "living thing place"},
    {"famous", "person show readable", "lucky look", "living thing place"},
    {"quiet", "living place", "sound", "thing"},
    {"noisy", "living machine paved town", "sound hinder", "thing place"},
    {"strange", "living thing place", "look", ""},
    {"good,nice,lovely", "living thing place", "look", ""},
    {"white,black,brown,grey", "animal clothes furniture", "colour", "living thing place"},
    {"red,green,blue,yellow", "clothes vehicle toy furniture", "colour", "thing place living"},
    {"lost", "living item", "needy after flat", "thing"},
    {"dirty", "clothes vessel room vehicle glass", "dirt hinder", "living thing place"},
    {"clean", "clothes vessel room vehicle glass", "dirt made", "living thing place"},
    {"wet", "clothes readable land", "hinder dirt", "living thing place"},
    {"dry", "clothes land", "dirt", "living thing place"},
    // Of places
    {"wide,broad", "way water", "hinder", "furniture public opening room land"},
    {"narrow", "way room opening", "hinder", "water furniture land home public"},
    {"dark", "way room land", "hinder", "building water thing place living"},
    {"long", "way readable show", "hinder", "water thing land room living"},
    {"steep", "way height", "hinder", "land place"},
    {"icy,slippery", "way", "hinder", "place thing fish"},
    {"muddy", "trail land", "hinder dirt", "place thing animal person"},
    {"bumpy,winding", "way", "hinder", "land stone"},
    {"dusty", "way room furniture", "hinder dirt", "place thing living"},
    {"deep", "water pool", "hinder", "container vessel land thing room"},
    {"frozen", "water", "hinder flat", "place thing living"},
    {"shallow", "water pool", "draw", "container vessel"},
    {"rough,stormy", "water", "hinder", "place thing living"},
    {"polluted", "water", "hinder", "land town liquid place"},
    {"crowded", "way public town", "hinder", "place vehicle show"},
    {"closed,shut", "public opening", "hinder after flat", "place glass thing"},
    {"blocked,flooded", "way", "hinder flat", "place opening machine"},
    {"abandoned,haunted,ruined", "building", "hinder flat", "town place vehicle"},
    {"high", "height", "hinder", "building furniture way place thing"},
    {"rocky,snowy", "height trail", "hinder", "place"},
    {"ancient", "building town", "look", "thing place"},
    {"distant,remote", "town land height", "hinder", "place"},
    {"sunny,shady", "land", "draw", "place"},
    {"peaceful", "town land", "draw", "living place"},
    {"spacious,comfortable,cozy", "home room", "draw", "place furniture vehicle clothes living"},
    {"modern", "public town", "look draw", "thing place"},
    {"empty", "building container room", "emptied flat", "place thing"},
    {"full", "container public", "filled after hinder flat", "thing place living"},
    {"overgrown", "trail land", "hinder", "place"},
    // Of things
    {"heavy", "furniture tool container instrument stone", "hinder weight", "thing living"},
    {"light", "clothes toy", "weight draw", "thing room living"},
    {"expensive", "furniture vehicle clothes machine instrument treasure", "hinder price", "thing place pet mount"},
    {"cheap", "clothes machine furniture toy", "draw price", "thing place"},
    {"valuable,precious", "treasure instrument", "draw price", "thing place living"},
    {"broken,damaged", "furniture vehicle machine tool glass toy instrument", "hinder flat", "thing place living"},
    {"fragile", "glass treasure", "hinder", "thing living way"},
    {"rusty", "vehicle tool machine", "hinder", "thing way"},
    {"sharp", "blade", "edge", "thing animal stone height way"},
    {"blunt", "blade", "edge hinder", "thing person"},
    {"loud", "machine instrument", "sound hinder", "living thing place"},
    {"torn", "clothes readable", "hinder flat", "thing"},
    {"tight,loose", "clothes", "hinder", "thing place"},
    {"fashionable,elegant", "clothes", "draw look", "living thing place"},
    {"warm", "clothes drink room", "heat draw", "thing place living"},
    {"boring,dull", "readable show", "hinder", "thing place person blade"},
    {"interesting,exciting,fascinating", "readable show", "draw", "thing place living"},
    {"funny", "readable show toy", "draw", "living thing"},
    {"difficult", "readable show instrument", "hinder", "thing living place"},
    {"useful", "tool machine", "draw", "thing living place"},
    {"useless,handy", "tool machine", "", "thing living place"},
    {"soft", "furniture clothes toy", "touch draw", "thing living place"},
    {"hard", "furniture stone", "touch hinder", "thing place living"},
    {"round,smooth,flat", "stone", "touch flat", "thing place living"},
    {"hollow,wooden,shiny", "furniture instrument", "touch flat", "thing place living"},
    {"delicious,tasty", "food drink", "draw taste", "animal fish plant"},
    {"rotten,spoiled,moldy", "food", "hinder taste", "thing plant living"},
    {"stale,burnt", "food", "hinder taste", "thing place"},
    {"fresh", "food drink", "draw taste", "thing fish place"},
    {"salty", "food", "hinder taste", "drink water"},
    {"sweet", "food drink", "draw taste", "living thing"},
    {"bitter", "drink fruit", "hinder taste", "food person living"},
    {"sour", "fruit drink", "hinder taste", "food"},
    {"ripe,juicy", "fruit", "draw taste", "food plant"},
    {"unripe", "fruit", "hinder taste", "food plant"},
    {"raw,spicy", "dish", "hinder taste flat", "food"},
    {"healthy", "food", "draw", "living thing place"},
    {"poisonous", "drink", "hinder", "living thing place"},
    {"hot", "dish drink", "hinder heat", "thing place living"},
    {"cold", "dish drink water", "hinder heat", "thing place living"},
    {"locked", "opening container", "hinder after flat", "thing place"},
    {"open", "opening container public", "draw after flat", "thing place living"},
    // Sizes, of which a pattern says whose they are
    {"big,large,huge,bulky,enormous", "", "big size", ""},
    {"small,little,tiny", "", "small size", ""},
    // More than one word
    {"{was} in a hurry", "person", "draw", "animal"},
    {"wanted to sleep,wanted to rest,needed some sleep,needed a rest", "living", "hinder", ""},
    {"could not swim,could not see well,could not walk", "animal person", "hinder", "living"},
    {"had a fever,did not feel well,felt sick,had hurt a leg,felt tired", "animal person", "hinder", ""},
    {"{was} fast asleep,{was} half asleep", "living", "hinder", ""},
    {"{was} looking for food,wanted to eat something,{was} very hungry", "living", "draw", ""},
    {"wanted to play,felt lonely,wanted company", "animal person", "draw", ""},
    {"had no money,had forgotten the money", "person", "hinder", "public"},
    {"{was} late for work,had missed the bus", "person", "hinder", ""},
    {"{was} full of people", "way public town", "hinder", "place vehicle"},
    {"{was} full of cars", "paved town", "hinder", "place"},
    {"{was} full of holes", "way clothes", "hinder", "thing place"},
    {"{was} full of fish", "water", "draw", "pool container boat"},
    {"{was} under water", "way", "hinder", "place thing living"},
    {"had no lights", "way", "hinder", "place vehicle"},
    {"{was} made of glass", "container", "hinder", "thing building"},
    {"{was} made of gold", "treasure", "draw", "thing"},
    {"had no roof", "home", "hinder", "building vehicle"},
    {"{was} on fire", "building", "hinder", "thing place living"},
    {"had a flat tire", "road", "hinder", "vehicle"},
    {"had run out of gas,needed new brakes", "car", "hinder", "vehicle machine person"},
    {"tasted good,smelled good", "food", "draw taste", "drink plant"},
    {"tasted bad,smelled bad", "food", "hinder taste", "thing place living"},
    {"did not work,did not work anymore,needed a new battery", "machine", "hinder", "vehicle thing person"},
    {"had many pages", "readable", "hinder", ""},
    {"had been repaired", "road machine", "draw", "thing place"},
    // Of nothing in the text
    {"{was} raining,{was} raining hard,{was} snowing,{was} pouring,{was} freezing outside,{was} getting late,{was} already late,"
     "{was} getting dark,{was} getting cold,{was} cold outside,{was} too hot outside,{was} windy,{was} foggy,"
     "{was} sunny,{was} almost midnight,{was} winter,{was} a holiday,{was} a rainy day,{was} Sunday,"
     "{was} the middle of the night,{was} too dark outside,{was} time to go home,{was} late at night", "", "weather", ""},
};
// clang-format on

std::vector<PropertyRow> expanded() {
    std::vector<PropertyRow> rows;
    for (const PropertyList& list : lists)
        for (std::string_view words = list.words; !words.empty();) {
            const std::string_view text = words.substr(0, words.find(','));
            words.remove_prefix(text.size() < words.size() ? text.size() + 1 : text.size());
            rows.push_back({text, list.fits, list.tags, list.also});
        }
    return rows;
}
} // namespace

std::span<const PropertyRow> propertyRows() {
    static const std::vector<PropertyRow> rows = expanded();
    return rows;
}

} // namespace headlight
