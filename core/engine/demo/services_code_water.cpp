// SPDX-License-Identifier: GPL-3.0-or-later
// Code Enforcement: graffiti, vehicles, noise, housing, pests. Water & Sewer: leaks, supply, drains.
#include "engine/demo/demo_catalogue.hpp"
#include "engine/demo/service_questions.hpp"

// The tables below are set by hand.
// clang-format off

namespace wl::engine::demo {

std::vector<rules::Service> codeServices() {
    std::vector<rules::Service> all;
    all.push_back({.code = "graffiti",
                   .name = "Graffiti",
                   .group = "Neighbourhood and housing",
                   .description = "Tags and posters on public property, or visible from the street.",
                   .keywords = {"graffiti", "tag", "tagging", "spray paint", "vandalism", "sticker", "poster"},
                   .department = "code_enforcement",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("surface", "What is it on?", Need::Required,
                              {{"wall", "Wall"}, {"shutter", "Shop shutter"}, {"sign", "Sign or box"}, {"bench", "Bench or shelter"}, {"bridge", "Bridge or underpass"}}),
                       yesNo("offensive", "Is it hateful or obscene?", Need::Required),
                       yesNo("private", "Is it on private property?", Need::Optional),
                   }),
                   .notice = "Hateful graffiti is removed within one working day.",
                   .icon = "draw-brush"});
    all.push_back({.code = "abandoned_vehicle",
                   .name = "Abandoned vehicle",
                   .group = "Neighbourhood and housing",
                   .description = "Cars, trailers and boats left on the street for weeks.",
                   .keywords = {"abandoned car", "no plates", "wreck", "flat tyres", "trailer", "boat on street", "junk car"},
                   .department = "code_enforcement",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("kind", "What kind of vehicle?", Need::Required,
                              {{"car", "Car"}, {"van", "Van"}, {"truck", "Truck"}, {"trailer", "Trailer or boat"}, {"motorcycle", "Motorcycle"}}),
                       question("string", "colour", "Colour and make", Need::Required),
                       question("number", "weeks", "For how many weeks has it stood there?", Need::Optional, "A whole number"),
                       yesNo("plates", "Does it have plates?", Need::Optional),
                   }),
                   .notice = "The owner is given seven days before it is towed.",
                   .icon = "car"});
    all.push_back({.code = "parking",
                   .name = "Illegal parking",
                   .group = "Neighbourhood and housing",
                   .description = "Blocked driveways, hydrants, ramps, bus stops and cycle lanes.",
                   .keywords = {"parking", "blocked driveway", "double parked", "hydrant", "cycle lane", "bus stop", "tow"},
                   .department = "code_enforcement",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("blocks", "What is blocked?", Need::Required,
                              {{"driveway", "A driveway"}, {"hydrant", "A hydrant"}, {"ramp", "A curb ramp"}, {"cycle", "A cycle lane"}, {"bus", "A bus stop"}, {"sidewalk", "The sidewalk"}}),
                       yesNo("there", "Is the vehicle there now?", Need::Required),
                   }),
                   .notice = "A warden passes when one is near; a fine is not reported back.",
                   .icon = "dialog-cancel"});
    all.push_back({.code = "noise",
                   .name = "Noise",
                   .group = "Neighbourhood and housing",
                   .description = "Music, parties, construction outside hours, machines, dogs.",
                   .keywords = {"noise", "loud", "music", "party", "construction noise", "barking", "alarm", "generator"},
                   .department = "code_enforcement",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       emergency("danger", "Does anybody seem to be in danger?", "Ask the caller to hang up and dial 911 now."),
                       choice("source", "What makes the noise?", Need::Required,
                              {{"music", "Music or party"}, {"construction", "Construction"}, {"dog", "Dog"}, {"machine", "Machine or alarm"}, {"bar", "Bar or restaurant"}}),
                       choice("now", "When is it heard?", Need::Required,
                              {{"now", "Right now"}, {"nights", "Every night"}, {"weekends", "At weekends"}, {"days", "By day"}}),
                   }),
                   .notice = "Evening and weekend patrols are sent where several neighbours report.",
                   .icon = "audio-volume-high"});
    all.push_back({.code = "housing",
                   .name = "Housing condition",
                   .group = "Neighbourhood and housing",
                   .description = "No heat, mould, broken stairs and other faults that a landlord must repair.",
                   .keywords = {"landlord", "no heat", "mould", "mold", "heating", "apartment", "rent", "stairs", "ceiling", "smoke alarm"},
                   .department = "code_enforcement",
                   .priority = Priority::High,
                   .attributes = asked({
                       emergency("gas", "Do you smell gas?", "Gas: everybody must leave the building without using switches, and dial 911 from outside."),
                       several("faults", "What is wrong?", Need::Required,
                               {{"heat", "No heat"}, {"mould", "Mould or damp"}, {"water", "No hot water"}, {"stairs", "Unsafe stairs"}, {"electric", "Unsafe wiring"}, {"alarm", "No smoke alarm"}}),
                       yesNo("told", "Has the landlord been told?", Need::Required),
                       question("string", "unit", "Which apartment?", Need::Optional),
                       yesNo("children", "Do children or elderly people live there?", Need::Optional),
                   }),
                   .notice = "An inspector makes an appointment with the tenant. Names are not given to the landlord.",
                   .icon = "go-home",
                   .confidential = true});
    all.push_back({.code = "pests",
                   .name = "Rats or other pests",
                   .group = "Neighbourhood and housing",
                   .description = "Rats, mice and wasps on public ground or spreading from a building.",
                   .keywords = {"rat", "rats", "rodent", "mice", "wasps", "cockroach", "burrow", "vermin", "pest"},
                   .department = "code_enforcement",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("pest", "What was seen?", Need::Required,
                              {{"rats", "Rats"}, {"mice", "Mice"}, {"wasps", "Wasps"}, {"roaches", "Cockroaches"}, {"burrow", "Burrows or droppings"}}),
                       choice("where", "Where?", Need::Required,
                              {{"street", "Street"}, {"yard", "Yard"}, {"bins", "At the bins"}, {"building", "In a building"}, {"park", "Park"}}),
                       yesNo("food", "Is there open food or waste near by?", Need::Optional),
                   }),
                   .notice = "Baiting is checked after two weeks.",
                   .icon = "tools-report-bug"});
    return all;
}

std::vector<rules::Service> waterServices() {
    std::vector<rules::Service> all;
    all.push_back({.code = "water_leak",
                   .name = "Water main break or leak",
                   .group = "Water and sewer",
                   .description = "Water that comes out of the ground, a hydrant or a meter box.",
                   .keywords = {"leak", "burst", "water main", "gushing", "hydrant", "flooded street", "broken pipe"},
                   .department = "water_sewer",
                   .priority = Priority::Urgent,
                   .attributes = asked({
                       emergency("inside", "Is water running into a building with electricity on?", "Ask the caller to leave the rooms and dial 911 now."),
                       choice("flow", "How much water?", Need::Required,
                              {{"seep", "It seeps"}, {"steady", "It runs steadily"}, {"gush", "It gushes"}}),
                       choice("from", "Where from?", Need::Required,
                              {{"road", "The road"}, {"sidewalk", "The sidewalk"}, {"hydrant", "A hydrant"}, {"meter", "A meter box"}}),
                   }),
                   .notice = "The duty crew is on its way day and night.",
                   .icon = "weather-showers"});
    all.push_back({.code = "no_water",
                   .name = "No water or low pressure",
                   .group = "Water and sewer",
                   .description = "Taps that give little or no water.",
                   .keywords = {"no water", "low pressure", "water off", "tap dry", "trickle", "shut off"},
                   .department = "water_sewer",
                   .priority = Priority::High,
                   .attributes = asked({
                       choice("state", "What comes out of the tap?", Need::Required,
                              {{"nothing", "Nothing"}, {"trickle", "A trickle"}, {"weak", "Less than usual"}}),
                       yesNo("neighbours", "Do the neighbours have it too?", Need::Required),
                       yesNo("medical", "Does anybody there depend on water for medical care?", Need::Required),
                   }),
                   .notice = "We check for works and breaks near by and call back.",
                   .icon = "network-disconnect"});
    all.push_back({.code = "water_quality",
                   .name = "Discoloured water or odd taste",
                   .group = "Water and sewer",
                   .description = "Tap water that is brown, cloudy, smells or tastes.",
                   .keywords = {"brown water", "rusty", "cloudy", "chlorine", "smell", "taste", "dirty water"},
                   .department = "water_sewer",
                   .priority = Priority::High,
                   .attributes = asked({
                       choice("look", "What is it like?", Need::Required,
                              {{"brown", "Brown"}, {"cloudy", "Cloudy"}, {"smell", "It smells"}, {"taste", "It tastes odd"}}),
                       choice("tap", "Which taps?", Need::Optional, {{"hot", "Hot only"}, {"cold", "Cold only"}, {"all", "All of them"}}),
                       notice("flush", "Run the cold tap for five minutes and do not wash white clothes until it is clear."),
                   }),
                   .notice = "Run the cold tap for five minutes. A sample is taken if it stays brown.",
                   .icon = "color-picker"});
    all.push_back({.code = "blocked_drain",
                   .name = "Blocked drain or flooded street",
                   .group = "Water and sewer",
                   .description = "Storm drains and gullies that do not take the rain.",
                   .keywords = {"drain", "catch basin", "gully", "flooding", "standing water", "puddle", "storm drain", "grate"},
                   .department = "water_sewer",
                   .priority = Priority::High,
                   .attributes = asked({
                       choice("depth", "How deep is the water?", Need::Required,
                              {{"none", "No water yet"}, {"ankle", "To the ankle"}, {"knee", "To the knee"}, {"deeper", "Deeper"}}),
                       yesNo("houses", "Does water enter houses?", Need::Required),
                   }),
                   .notice = "Drains that flood houses go first.",
                   .icon = "weather-showers-scattered"});
    all.push_back({.code = "sewer_backup",
                   .name = "Sewer backing up",
                   .group = "Water and sewer",
                   .description = "Waste water that comes up in a basement, a yard or the street.",
                   .keywords = {"sewer", "backup", "sewage", "basement", "toilet overflow", "manhole", "smell of sewage"},
                   .department = "water_sewer",
                   .priority = Priority::Urgent,
                   .attributes = asked({
                       choice("where", "Where does it come up?", Need::Required,
                              {{"basement", "Basement"}, {"yard", "Yard"}, {"street", "Street"}, {"bathroom", "Bathroom"}}),
                       yesNo("several", "Are other homes affected?", Need::Required),
                       question("text", "since", "Since when, and what was in use?", Need::Optional),
                   }),
                   .notice = "The duty crew is on its way. Use no water until it has been.",
                   .icon = "dialog-warning"});
    return all;
}

}  // namespace wl::engine::demo
