#include "engine/training/noun_lists.h"

namespace headlight {

namespace {
constexpr NounList lists[] = {
    {"thing food fruit item", "it",
     "apple*,fruit,banana,orange,pear,peach,lemon,melon,plum,mango,cherry,strawberry,pineapple"},
    {"thing food vegetable item", "it",
     "tomato/tomatoes,potato/potatoes,carrot,onion,cucumber,pumpkin,cabbage"},
    {"thing food dish item", "it",
     "cake*,pie,cookie,sandwich,pizza,pancake,hamburger,sausage,egg,steak,omelet"},
    {"thing food dish", "it",
     "bread*/-,cheese/-,meat/-,soup/-,rice/-,salad,butter/-,chocolate/-,meal,pasta/-,stew"},
    {"thing drink", "it", "milk/-,coffee*/-,tea*/-,juice/-,lemonade/-,beer/-,wine/-"},
    {"thing drink liquid", "it", "water*/-"},
    {"thing container item", "it", "box*,suitcase*,bag*,backpack,basket,crate,purse,briefcase,chest,package"},
    {"thing container vessel item", "it", "bottle,cup*,glass,bowl,bucket,mug,jar,jug,pot,pan,can,kettle"},
    {"thing container", "it", "drawer,trunk,cupboard,closet,safe,barrel,fridge"},
    {"thing furniture", "it",
     "table*,chair*,bed*,sofa,desk,shelf/shelves,bench,wardrobe,couch,armchair,bookcase,stool,"
     "dresser,mattress,cabinet"},
    {"thing vehicle car road", "it", "car*,bus*,truck,taxi,van,tractor,jeep,ambulance"},
    {"thing vehicle road", "it", "bicycle,bike*,motorcycle,scooter,wagon,cart"},
    {"thing vehicle", "it", "vehicle,train*,tram,plane*,helicopter,airplane,subway,rocket"},
    {"thing vehicle boat", "it", "boat*,ship,ferry,canoe,yacht,raft"},
    {"thing tool blade item", "it", "knife/knives*,axe,saw,sword,razor"},
    {"thing tool item", "it",
     "hammer,shovel,rope,broom,spoon,fork,screwdriver,wrench,rake,brush,umbrella,flashlight,needle,"
     "stick"},
    {"thing tool", "it", "ladder"},
    {"thing clothes item", "it",
     "coat*,jacket,shirt*,dress,sweater,hat*,shoe,blanket,scarf/scarves,skirt,glove,boot,sock,tie,"
     "cap,suit,towel,uniform,belt"},
    {"thing readable item", "it",
     "book*,letter*,newspaper,magazine,novel,diary,postcard,dictionary,map,report,contract,"
     "notebook"},
    {"thing readable", "it", "story,poem,message,article,essay"},
    {"thing show", "it",
     "movie*,film*,play,concert,song,lesson,game,match,exam,test,speech,lecture,party,meeting"},
    {"thing machine item", "it",
     "clock,computer*,phone*,radio,camera,laptop,toaster,calculator,printer,watch"},
    {"thing machine", "it", "engine,machine,elevator,robot,television,oven,heater,refrigerator,dishwasher"},
    {"thing instrument", "it", "piano*"},
    {"thing instrument item", "it", "guitar*,violin,flute,trumpet,drum,harp,cello,accordion"},
    {"thing treasure item", "it",
     "trophy/trophies*,statue,picture*,painting,crown,necklace,bracelet,medal,photograph"},
    {"thing treasure tiny item", "it", "ring,coin,key*,diamond,pearl,stamp,earring"},
    {"thing glass item", "it", "vase,mirror,lamp,plate,teapot"},
    {"thing glass", "it", "window*"},
    {"thing opening", "it", "door*,gate"},
    {"thing toy ball item", "it", "ball*,football,marble,balloon,basketball"},
    {"thing toy item", "it", "doll,kite,toy,puzzle"},
    {"thing plant", "it", "tree*,bush,flower*,plant,oak,rose,tulip,sunflower"},
    {"thing stone", "it", "object,stone*,rock,log,brick"},
};
} // namespace

std::span<const NounList> thingLists() {
    return lists;
}

} // namespace headlight
