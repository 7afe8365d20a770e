#include "engine/training/tables.h"

namespace headlight {

namespace {
// clang-format off
constexpr VerbRow rows[] = {
    // Where people and animals go
    {"cross", "", "", "", "move go", "animal person", "way water"},
    {"enter", "", "", "", "move go", "animal person", "building room land town"},
    {"leave", "left", "left", "leaving", "move go", "animal person", "building room land town way"},
    {"reach", "", "", "", "move go", "animal person", "building land town way water height"},
    {"climb", "", "", "", "move go", "animal person", "height"},
    {"follow", "", "", "", "move go", "animal person", "way water"},
    {"avoid", "", "", "avoiding", "move go", "animal person", "way water building land town"},
    {"pass", "", "", "", "move go", "animal person", "way building town"},
    {"visit", "", "", "visiting", "move", "person", "building town"},
    {"explore", "", "", "", "move", "animal person", "land building town way"},
    {"like", "", "", "", "move act", "animal person", "way water building land town height food"},
    {"find", "found", "found", "", "move act", "animal person", "way water building land town item"},
    {"see", "saw", "seen", "seeing", "move act", "animal person", "way water building land town height item"},
    {"use", "", "", "", "move act", "person", "way tool vehicle machine container room"},
    // What is done to things
    {"eat", "ate", "eaten", "", "act", "animal person", "food"},
    {"taste", "", "", "", "act", "animal person", "food drink"},
    {"cook", "", "", "", "act", "person", "food"},
    {"drink", "drank", "drunk", "", "act", "animal person", "drink"},
    {"smell", "", "", "", "act", "animal person", "food drink"},
    {"carry", "carried", "carried", "", "act", "animal person", "item"},
    {"lift", "", "", "", "act", "animal person", "furniture item"},
    {"move", "", "", "", "act", "animal person", "furniture vehicle instrument item"},
    {"push", "", "", "", "act", "animal person", "furniture vehicle container"},
    {"pull", "", "", "", "act", "animal person", "vehicle container"},
    {"drop", "dropped", "dropped", "dropping", "act", "animal person", "item"},
    {"break", "broke", "broken", "", "act", "animal person", "glass machine toy instrument container"},
    {"steal", "stole", "stolen", "", "act", "animal person", "item food"},
    {"hide", "hid", "hidden", "", "act", "animal person", "item"},
    {"buy", "bought", "bought", "", "act", "person", "item furniture vehicle building"},
    {"sell", "sold", "sold", "", "act", "person", "item furniture vehicle building"},
    {"clean", "", "", "", "act", "person", "room building furniture vehicle glass clothes"},
    {"paint", "", "", "", "act", "person", "room building furniture vehicle"},
    {"repair", "", "", "", "act", "person", "vehicle machine furniture building instrument"},
    {"open", "", "", "", "act", "person", "container glass"},
    {"close", "", "", "", "act", "person", "container glass"},
    {"fill", "", "", "", "act", "person", "container"},
    {"read", "read", "read", "", "act", "person", "readable"},
    {"write", "wrote", "written", "", "act", "person", "readable"},
    {"wear", "wore", "worn", "", "act", "person", "clothes"},
    {"wash", "", "", "", "act", "person", "clothes container vehicle"},
    {"play", "", "", "", "act", "person", "instrument"},
    {"hear", "heard", "heard", "", "act", "animal person", "instrument vehicle machine"},
    {"drive", "drove", "driven", "", "act", "person", "vehicle"},
    {"stop", "stopped", "stopped", "stopping", "act", "person", "vehicle machine"},
    {"throw", "threw", "thrown", "", "act", "person", "toy tool item"},
    {"want", "", "", "", "act", "animal person", "food drink toy item"},
    {"keep", "kept", "kept", "", "act", "person", "item"},
    // What one does to another, with a reason on either side
    {"help", "", "", "", "meet", "animal person", "animal person", "kind", "needy"},
    {"rescue", "", "", "", "meet", "person", "animal person", "kind", "needy"},
    {"feed", "fed", "fed", "", "meet", "person", "animal", "kind", "needy"},
    {"comfort", "", "", "", "meet", "person", "animal person", "kind", "needy"},
    {"fear", "", "", "", "meet", "animal person", "animal person", "timid", "scary"},
    {"obey", "", "", "", "meet", "animal person", "person", "timid", "scary"},
    {"flee", "fled", "fled", "fleeing", "meet", "animal person", "animal person", "timid", "scary"},
    {"chase", "", "", "", "meet", "animal", "animal", "eager", "slow"},
    {"catch", "caught", "caught", "", "meet", "animal person", "animal person", "eager", "slow"},
    {"attack", "", "", "", "meet", "animal", "animal", "eager", "slow"},
    {"thank", "", "", "", "meet", "person", "person", "pleased", "good"},
    {"praise", "", "", "", "meet", "person", "person", "pleased", "good"},
    {"reward", "", "", "", "meet", "person", "person", "pleased", "good"},
    {"admire", "", "", "", "meet", "person", "person", "pleased", "good"},
    {"punish", "", "", "", "meet", "person", "person", "upset", "bad"},
    {"scold", "", "", "", "meet", "person", "person", "upset", "bad"},
    {"blame", "", "", "", "meet", "person", "person", "upset", "bad"},
};
// clang-format on
} // namespace

std::span<const VerbRow> verbRows() {
    return rows;
}

} // namespace headlight
