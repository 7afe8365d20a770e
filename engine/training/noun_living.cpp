#include "engine/training/noun_lists.h"

namespace headlight {

namespace {
constexpr NounList lists[] = {
    // People
    {"living person family", "he",
     "father*,brother*,son,uncle,grandfather,husband,nephew,grandson,stepfather,boyfriend,dad"},
    {"living person family", "she",
     "mother*,sister*,daughter,aunt,grandmother,wife/wives,niece,granddaughter,stepmother,"
     "girlfriend,mom"},
    {"living person family", "he she",
     "cousin,friend*,roommate,partner,colleague,boss,classmate,grandchild/grandchildren"},
    {"living person young", "he", "boy*,schoolboy,lad"},
    {"living person young", "she", "girl*,schoolgirl"},
    {"living person young", "he she", "child/children*,baby,toddler,teenager,kid,student*,pupil,orphan,twin"},
    {"living person", "he",
     "man/men*,king,prince,policeman/policemen,fireman/firemen,waiter,actor,monk,"
     "gentleman/gentlemen,businessman/businessmen,salesman/salesmen,postman/postmen,"
     "fisherman/fishermen,wizard,knight,emperor,priest,butler,duke,nobleman/noblemen"},
    {"living person", "she",
     "woman/women*,queen,princess,policewoman/policewomen,waitress,actress,nun,lady,"
     "businesswoman/businesswomen,witch,maid,empress,housewife/housewives,duchess,"
     "saleswoman/saleswomen,ballerina,bride"},
    {"living person job", "he she",
     "teacher*,doctor*,nurse,farmer,soldier,driver,baker,singer,dancer,writer,painter,pilot,sailor,"
     "hunter,judge,guard,lawyer,cook,chef,gardener,dentist,butcher,tailor,barber,carpenter,plumber,"
     "mechanic,engineer,scientist,professor,librarian,journalist,reporter,photographer,musician,"
     "poet,author,artist,secretary,manager,clerk,cashier,banker,accountant,detective,firefighter,"
     "captain,general,officer,president,mayor,minister,politician,ambassador,coach,player,runner,"
     "swimmer,boxer,athlete,referee,builder,architect,designer,programmer,miner,shepherd,cleaner,"
     "porter,servant,shopkeeper,merchant,trader,vet,surgeon,psychologist,translator,astronaut,"
     "worker,employee,researcher,electrician,director,editor,inspector,instructor,interpreter,"
     "lifeguard,magician,clown,acrobat,juggler,jeweler,blacksmith,potter,weaver,shoemaker,"
     "watchmaker,violinist,pianist,drummer,guitarist,conductor,composer,novelist,critic,historian,"
     "philosopher,chemist,biologist,astronomer,mathematician,physicist,explorer,diver,cyclist,"
     "skier,gymnast,goalkeeper,sculptor,janitor,receptionist,babysitter,nanny"},
    {"living person", "he she",
     "neighbor*,guest,stranger,thief/thieves,visitor,customer,client,patient,tourist,traveler,"
     "passenger,prisoner,criminal,burglar,robber,spy/spies,witness,victim,winner,loser,champion,"
     "leader,hero/heroes,beggar,pirate,citizen,villager,immigrant,foreigner,expert,beginner,owner,"
     "landlord,tenant,buyer,seller,volunteer,candidate,host,speaker,listener,reader,musketeer,"
     "refugee,rival,enemy,giant,dwarf/dwarves,genius,fan,member,passerby/-,pedestrian,adult,"
     "person/people,millionaire,scholar,rebel,scout,camper"},
    // First names
    {"living person name", "he",
     "Tom*/-,John/-,Peter/-,Jack/-,David/-,Paul/-,Ben/-,Max/-,Sam/-,Mark/-,Daniel/-,James/-,"
     "Robert/-,Michael/-,William/-,George/-,Henry/-,Adam/-,Luke/-,Oliver/-,Thomas/-,Bill/-,Bob/-,"
     "Frank/-,Harry/-,Joe/-,Martin/-,Nick/-,Oscar/-,Patrick/-,Richard/-,Simon/-,Steve/-,Tim/-,"
     "Victor/-,Leo/-,Noah/-,Jim/-,Carlos/-,Ahmed/-"},
    {"living person name", "she",
     "Mary/-,Anna*/-,Lucy/-,Emma/-,Sarah/-,Alice/-,Jane/-,Lisa/-,Laura/-,Julia/-,Maria/-,Kate/-,"
     "Susan/-,Linda/-,Helen/-,Emily/-,Sophie/-,Clara/-,Eva/-,Nina/-,Olivia/-,Rose/-,Ruth/-,"
     "Sandra/-,Betty/-,Carol/-,Diana/-,Ellen/-,Grace/-,Hannah/-,Jenny/-,Karen/-,Lily/-,Martha/-,"
     "Nancy/-,Paula/-,Rachel/-,Vera/-,Ann/-,Fatima/-"},
    // Animals
    {"living animal", "it", "animal*,beast,creature"},
    {"living animal pet hunter", "it", "dog*,cat*,terrier,ferret"},
    {"living animal pet", "it", "puppy,kitten,rabbit,hamster,turtle,poodle"},
    {"living animal mount", "it", "horse*,pony,donkey,camel,elephant,mule,ox/oxen,llama"},
    {"living animal farm", "it", "cow,pig,sheep/sheep,lamb,goat,calf/calves,bull,ram,piglet,foal"},
    {"living animal bird farm", "it", "hen,chicken,duck,goose/geese,rooster,turkey"},
    {"living animal bird", "it",
     "bird*,parrot,pigeon,sparrow,crow,swan,penguin,peacock,robin,raven,seagull,ostrich,woodpecker,"
     "flamingo,stork,blackbird,canary"},
    {"living animal bird hunter", "it", "owl,eagle,hawk,falcon"},
    {"living animal prey", "it",
     "mouse/mice*,rat,squirrel,frog,hare,hedgehog,toad,lizard,mole,chipmunk,duckling,beaver,otter"},
    {"living animal", "it",
     "snake,monkey,deer/deer,giraffe,zebra,kangaroo,buffalo/buffaloes,hippo,rhino,gorilla,"
     "chimpanzee,koala,panda,moose/moose,reindeer/reindeer,gazelle,raccoon,skunk,badger,boar,"
     "bison/bison,antelope"},
    {"living animal hunter", "it",
     "fox,wolf/wolves,bear*,lion,tiger,leopard,cheetah,jaguar,crocodile,coyote,lynx"},
    {"living fish", "it",
     "fish/fish,shark,whale,dolphin,goldfish/goldfish,octopus,salmon/salmon,trout/trout,crab"},
    {"living bug", "it",
     "insect,spider,ant,bee,fly,butterfly,beetle,snail,worm,ladybug,mosquito/mosquitoes,wasp"},
};
} // namespace

std::span<const NounList> livingLists() {
    return lists;
}

} // namespace headlight
