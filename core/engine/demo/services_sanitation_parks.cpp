// SPDX-License-Identifier: GPL-3.0-or-later
// Sanitation: bins, bulky waste, dumping, cleaning. Parks: trees, playgrounds, grass.
#include "engine/demo/demo_catalogue.hpp"
#include "engine/demo/service_questions.hpp"

// The tables below are set by hand.
// clang-format off

namespace wl::engine::demo {

std::vector<rules::Service> sanitationServices() {
    std::vector<rules::Service> all;
    all.push_back({.code = "missed_collection",
                   .name = "Missed bin collection",
                   .group = "Waste and cleaning",
                   .description = "Household bins that were out in time and were not emptied.",
                   .keywords = {"trash", "garbage", "rubbish", "bin", "missed", "not collected", "recycling", "pick up", "waste", "cart"},
                   .department = "sanitation",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("stream", "Which bin?", Need::Required,
                              {{"waste", "Household waste"}, {"recycling", "Recycling"}, {"organic", "Food and garden"}, {"glass", "Glass box"}}),
                       question("datetime", "due", "Which day was it due?", Need::Required),
                       yesNo("street", "Was the whole street missed?", Need::Required),
                       yesNo("out", "Was it out by 6 in the morning?", Need::Optional),
                   }),
                   .notice = "Leave the bin out: we come back within two working days.",
                   .icon = "user-trash-full"});
    all.push_back({.code = "bulky_item",
                   .name = "Bulky item pick-up",
                   .group = "Waste and cleaning",
                   .description = "Furniture, appliances and mattresses, by appointment.",
                   .keywords = {"couch", "sofa", "mattress", "fridge", "furniture", "bulky", "appliance", "large item", "washing machine"},
                   .department = "sanitation",
                   .priority = Priority::Low,
                   .attributes = asked({
                       several("items", "What is to be taken?", Need::Required,
                               {{"sofa", "Sofa or chair"}, {"mattress", "Mattress"}, {"fridge", "Fridge or freezer"}, {"washer", "Washer or dryer"}, {"cupboard", "Cupboard"}, {"electronics", "Electronics"}}),
                       question("number", "count", "How many pieces?", Need::Required, "A whole number, up to 6"),
                       notice("curb", "Put the items at the curb the evening before. They must not block the sidewalk."),
                   }),
                   .notice = "You will get a date; put the items out the evening before.",
                   .icon = "user-trash"});
    all.push_back({.code = "illegal_dumping",
                   .name = "Illegal dumping",
                   .group = "Waste and cleaning",
                   .description = "Waste left on public ground: bags, tyres, building rubble, furniture.",
                   .keywords = {"dumping", "fly tipping", "dumped", "bags", "rubble", "tires", "mattress on street", "waste left"},
                   .department = "sanitation",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       several("waste", "What was dumped?", Need::Required,
                               {{"bags", "Bags"}, {"furniture", "Furniture"}, {"rubble", "Rubble"}, {"tyres", "Tyres"}, {"appliances", "Appliances"}, {"chemicals", "Drums or chemicals"}}),
                       choice("amount", "How much?", Need::Required,
                              {{"bag", "A few bags"}, {"car", "A car load"}, {"van", "A van load"}, {"truck", "More"}}),
                       question("text", "seen", "Was anybody or any vehicle seen?", Need::Optional, "Make, colour, time"),
                   }),
                   .notice = "We look for evidence before we clear it. Please do not open the bags.",
                   .icon = "edit-clear-all"});
    all.push_back({.code = "litter_bin",
                   .name = "Overflowing public litter bin",
                   .group = "Waste and cleaning",
                   .description = "Street and park bins that are full, burnt or broken.",
                   .keywords = {"litter", "bin full", "overflowing", "trash can", "basket", "garbage can"},
                   .department = "sanitation",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("state", "What is wrong with it?", Need::Required,
                              {{"full", "It is full"}, {"broken", "It is broken"}, {"burnt", "It has burnt"}, {"missing", "It is gone"}}),
                   }),
                   .notice = "It goes onto the next round of the district.",
                   .icon = "trash-empty"});
    all.push_back({.code = "dead_animal",
                   .name = "Dead animal",
                   .group = "Waste and cleaning",
                   .description = "Removal from streets and other public ground.",
                   .keywords = {"dead animal", "roadkill", "dead cat", "dead bird", "raccoon", "carcass", "seagull"},
                   .department = "sanitation",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("animal", "What animal is it?", Need::Required,
                              {{"bird", "Bird"}, {"cat", "Cat"}, {"dog", "Dog"}, {"wild", "Wild animal"}, {"unknown", "Cannot tell"}}),
                       yesNo("collar", "Does it wear a collar or a tag?", Need::Optional),
                   }),
                   .notice = "Pets with a chip are kept until the owner is told.",
                   .icon = "im-ban-user"});
    all.push_back({.code = "street_cleaning",
                   .name = "Street needs sweeping",
                   .group = "Waste and cleaning",
                   .description = "Leaves, sand, broken glass and litter along the curb.",
                   .keywords = {"sweep", "sweeper", "leaves", "dirty street", "litter", "sand", "gutter"},
                   .department = "sanitation",
                   .priority = Priority::Low,
                   .attributes = asked({
                       choice("dirt", "What lies there?", Need::Required,
                              {{"leaves", "Leaves"}, {"litter", "Litter"}, {"glass", "Broken glass"}, {"sand", "Sand or grit"}}),
                   }),
                   .notice = "The sweeper passes on its next round; glass is done the same day.",
                   .icon = "edit-clear"});
    return all;
}

std::vector<rules::Service> parksServices() {
    std::vector<rules::Service> all;
    all.push_back({.code = "fallen_tree",
                   .name = "Fallen tree or branch",
                   .group = "Trees and parks",
                   .description = "Trees or limbs of the city that came down or are about to.",
                   .keywords = {"tree down", "fallen tree", "branch", "limb", "hanging branch", "storm damage", "uprooted"},
                   .department = "parks",
                   .priority = Priority::High,
                   .attributes = asked({
                       emergency("wires", "Does it touch a power line?", "Power line: keep everybody away from tree and line, and dial 911 now."),
                       choice("blocks", "What does it block?", Need::Required,
                              {{"nothing", "Nothing"}, {"sidewalk", "The sidewalk"}, {"lane", "One lane"}, {"road", "The whole road"}, {"house", "It lies on a house or car"}}),
                       choice("size", "How thick is it?", Need::Optional,
                              {{"arm", "Like an arm"}, {"leg", "Like a leg"}, {"trunk", "A whole trunk"}}),
                   }),
                   .notice = "Trees that block a road go first.",
                   .icon = "weather-storm"});
    all.push_back({.code = "tree_pruning",
                   .name = "Tree needs pruning",
                   .group = "Trees and parks",
                   .description = "City trees that hide signs and lamps, touch roofs or hang low.",
                   .keywords = {"prune", "trim", "low branches", "overhanging", "tree blocks light", "tree touches house"},
                   .department = "parks",
                   .priority = Priority::Low,
                   .attributes = asked({
                       choice("why", "Why does it need pruning?", Need::Required,
                              {{"sign", "Hides a sign or lamp"}, {"house", "Touches a building"}, {"low", "Hangs low"}, {"dead", "Dead wood"}, {"view", "Blocks the view at a junction"}}),
                       yesNo("own", "Does the tree stand on private ground?", Need::Optional),
                   }),
                   .notice = "Pruning is planned by district and season, birds permitting.",
                   .icon = "edit-cut"});
    all.push_back({.code = "park_upkeep",
                   .name = "Park or playground fault",
                   .group = "Trees and parks",
                   .description = "Broken play equipment, benches, fences, paths and fountains in parks.",
                   .keywords = {"playground", "swing", "slide", "bench", "park", "fence", "fountain", "toilet", "dog park"},
                   .department = "parks",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("thing", "What is it about?", Need::Required,
                              {{"play", "Play equipment"}, {"bench", "Bench or table"}, {"path", "Path or steps"}, {"fence", "Fence or gate"}, {"water", "Fountain or tap"}, {"toilet", "Toilet"}}),
                       yesNo("danger", "Could a child be hurt?", Need::Required),
                   }),
                   .notice = "Dangerous play equipment is closed the same day.",
                   .icon = "games-highscores"});
    all.push_back({.code = "grass_weeds",
                   .name = "Overgrown grass or weeds",
                   .group = "Trees and parks",
                   .description = "Verges, medians and other public green that was not mown.",
                   .keywords = {"grass", "weeds", "mow", "verge", "overgrown", "median", "ragweed"},
                   .department = "parks",
                   .priority = Priority::Low,
                   .attributes = asked({
                       choice("place", "Where does it grow?", Need::Required,
                              {{"verge", "Verge"}, {"median", "Median"}, {"park", "Park"}, {"lot", "City lot"}}),
                       yesNo("view", "Does it block the view of drivers?", Need::Optional),
                   }),
                   .notice = "Mown on the next round; blocked views are cut at once.",
                   .icon = "weather-clear"});
    return all;
}

}  // namespace wl::engine::demo
