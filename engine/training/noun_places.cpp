#include "engine/training/noun_lists.h"

namespace headlight {

namespace {
constexpr NounList lists[] = {
    {"place way paved", "it", "street*,road*,highway,avenue,lane,alley"},
    {"place way", "it", "bridge*,tunnel"},
    {"place way trail", "it", "path*,trail,track,footpath"},
    {"place water", "it", "river*,lake*,pond,stream,canal,creek,brook,swamp,ocean,sea,bay,strait"},
    {"place pool", "it", "well,fountain"},
    {"place building home", "it",
     "house*,building,home,cottage,castle,palace,hut,cabin,barn,tower,farmhouse,villa,farm"},
    {"place building public", "it",
     "school*,church,hotel,hospital*,library,museum,theater,restaurant,shop*,station,store,bank,"
     "bakery,office,airport,factory,supermarket,cafe,prison,university,cinema,temple,gym,bookstore,"
     "pharmacy,bar,courthouse,college"},
    {"place room", "it",
     "kitchen*,cellar,bedroom,room*,bathroom,classroom,attic,garage,basement,hall,cell,laboratory,"
     "stable,shed,tent,cave"},
    {"place land", "it",
     "garden*,park*,field,forest*,valley,desert,meadow,jungle,yard,island,orchard,zoo,beach,"
     "playground,farmyard,cemetery,vineyard,wood"},
    {"place height", "it", "hill*,mountain*,cliff,dune,slope,volcano/volcanoes"},
    {"place town", "it", "city*,village*,town*,market,port,neighborhood,capital,suburb"},
};
} // namespace

std::span<const NounList> placeLists() {
    return lists;
}

} // namespace headlight
