// SPDX-License-Identifier: GPL-3.0-or-later
// Public Works: roads, sidewalks, lights, signs, snow.
#include "engine/demo/demo_catalogue.hpp"
#include "engine/demo/service_questions.hpp"

// The tables below are set by hand.
// clang-format off

namespace wl::engine::demo {

std::vector<rules::Service> streetServices() {
    std::vector<rules::Service> all;
    all.push_back({.code = "pothole",
                   .name = "Pothole in the road",
                   .group = "Streets and sidewalks",
                   .description = "A hole or sunken patch in a street that the city maintains.",
                   .keywords = {"pothole", "hole", "crater", "sunken road", "bump", "tyre", "tire", "wheel", "asphalt", "road surface"},
                   .department = "public_works",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("size", "How big is it?", Need::Required,
                              {{"plate", "Like a dinner plate"}, {"bin_lid", "Like a bin lid"}, {"bigger", "Bigger than that"}}),
                       choice("depth", "How deep is it?", Need::Optional,
                              {{"shallow", "Less than a thumb"}, {"hand", "A hand wide"}, {"deep", "Deeper"}}),
                       choice("lane", "Where in the road?", Need::Required,
                              {{"driving", "Driving lane"}, {"cycle", "Cycle lane"}, {"parking", "Parking lane"}, {"crossing", "At a crossing"}}),
                       yesNo("damage", "Was a vehicle or a bicycle damaged?", Need::Optional),
                   }),
                   .notice = "A crew measures the hole first and fills the deepest ones before the others.",
                   .icon = "draw-circle"});
    all.push_back({.code = "sidewalk",
                   .name = "Damaged sidewalk",
                   .group = "Streets and sidewalks",
                   .description = "Raised, broken or missing paving that people can trip over.",
                   .keywords = {"sidewalk", "pavement", "paving", "slab", "trip", "fell", "curb", "kerb", "ramp", "wheelchair"},
                   .department = "public_works",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("fault", "What is wrong?", Need::Required,
                              {{"raised", "Raised or rocking slab"}, {"broken", "Broken or crumbling"}, {"missing", "Missing"}, {"ramp", "Curb ramp unusable"}, {"roots", "Lifted by roots"}}),
                       yesNo("fall", "Has somebody fallen?", Need::Required),
                       question("number", "height_cm", "How high is the edge, in centimetres?", Need::Optional, "A whole number"),
                   }),
                   .notice = "We make sharp edges safe within days; full repairs are planned by street.",
                   .icon = "view-grid"});
    all.push_back({.code = "road_hazard",
                   .name = "Obstacle or debris in the road",
                   .group = "Streets and sidewalks",
                   .description = "Something that blocks or endangers traffic right now.",
                   .keywords = {"debris", "blocked road", "obstacle", "glass", "oil", "spill", "cone", "manhole cover", "sinkhole", "mud"},
                   .department = "public_works",
                   .priority = Priority::High,
                   .attributes = asked({
                       emergency("hurt", "Is anybody hurt, or about to be?", "This is an emergency. Ask the caller to hang up and dial 911 now."),
                       choice("what", "What is in the road?", Need::Required,
                              {{"debris", "Building material or debris"}, {"glass", "Glass"}, {"spill", "Oil or a spill"}, {"cover", "Missing manhole cover"}, {"mud", "Mud or sand"}, {"other", "Something else"}}),
                       choice("blocked", "Can traffic pass?", Need::Required,
                              {{"free", "Yes"}, {"slow", "One lane only"}, {"blocked", "No"}}),
                   }),
                   .notice = "The duty crew is told at once.",
                   .icon = "data-warning"});
    all.push_back({.code = "street_sign",
                   .name = "Street sign missing or damaged",
                   .group = "Streets and sidewalks",
                   .description = "Name plates, stop signs and other traffic signs.",
                   .keywords = {"sign", "stop sign", "street name", "bent pole", "missing sign", "one way", "speed limit"},
                   .department = "public_works",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       choice("sign", "Which kind of sign?", Need::Required,
                              {{"stop", "Stop or yield"}, {"name", "Street name"}, {"parking", "Parking"}, {"speed", "Speed limit"}, {"other", "Another one"}}),
                       choice("state", "What happened to it?", Need::Required,
                              {{"missing", "Missing"}, {"down", "Lying down"}, {"turned", "Turned"}, {"unreadable", "Unreadable"}}),
                   }),
                   .notice = "Missing stop signs are replaced first.",
                   .icon = "flag"});
    all.push_back({.code = "street_light",
                   .name = "Street light out or faulty",
                   .group = "Lighting and signals",
                   .description = "A public lamp that is dark, flickers, burns by day or is damaged.",
                   .keywords = {"light", "lamp", "lamppost", "dark", "bulb", "flicker", "street light", "lantern", "unlit"},
                   .department = "public_works",
                   .priority = Priority::Normal,
                   .attributes = asked({
                       emergency("wires", "Are wires hanging down or lying bare?", "Live wires: keep everybody away and dial 911 now. Do not touch the pole."),
                       choice("fault", "What does the light do?", Need::Required,
                              {{"out", "It is out"}, {"flicker", "It flickers"}, {"day", "It burns by day"}, {"damaged", "The pole is damaged"}}),
                       choice("extent", "How many lights?", Need::Required,
                              {{"one", "One"}, {"few", "Two to five"}, {"street", "The whole street"}}),
                       question("string", "pole", "Number on the pole, if it can be read", Need::Optional, "For example L-2041"),
                   }),
                   .notice = "Single lamps are repaired on the weekly round of the district; a dark street is done the same night.",
                   .icon = "lighttable"});
    all.push_back({.code = "traffic_signal",
                   .name = "Traffic signal fault",
                   .group = "Lighting and signals",
                   .description = "Signals that are dark, stuck, turned or too short for people on foot.",
                   .keywords = {"traffic light", "signal", "stuck on red", "crossing", "walk button", "flashing", "dark signal"},
                   .department = "public_works",
                   .priority = Priority::High,
                   .attributes = asked({
                       choice("fault", "What does the signal do?", Need::Required,
                              {{"dark", "It is dark"}, {"stuck", "It is stuck"}, {"flashing", "It flashes"}, {"button", "The button does not work"}, {"turned", "It points the wrong way"}, {"timing", "The phase is too short"}}),
                       yesNo("all", "Is the whole junction affected?", Need::Required),
                   }),
                   .notice = "A dark junction is treated as urgent.",
                   .icon = "media-record"});
    all.push_back({.code = "snow_ice",
                   .name = "Snow or ice not cleared",
                   .group = "Streets and sidewalks",
                   .description = "City streets, crossings, stops and steps that were not cleared or gritted.",
                   .keywords = {"snow", "ice", "icy", "plow", "plough", "grit", "salt", "slippery", "slush"},
                   .department = "public_works",
                   .priority = Priority::High,
                   .attributes = asked({
                       choice("where", "What needs clearing?", Need::Required,
                              {{"street", "Street"}, {"sidewalk", "Sidewalk"}, {"crossing", "Crossing or stop"}, {"steps", "Public steps"}}),
                       yesNo("steep", "Is it on a hill?", Need::Optional),
                   }),
                   .notice = "Main roads and hills are cleared first, side streets within a day of the last snow.",
                   .icon = "weather-snow"});
    all.push_back({.code = "opening_check",
                   .name = "Check of a road opening",
                   .group = "Streets and sidewalks",
                   .description = "Asked for by staff: is an opening in the road made good as its permit says?",
                   .keywords = {"permit", "trench", "utility cut", "reinstatement"},
                   .department = "public_works",
                   .priority = Priority::Low,
                   .attributes = asked({
                       question("string", "permit", "Permit number", Need::Required, "For example RO-1187"),
                       question("datetime", "finished", "When was the work reported finished?", Need::Optional),
                   }),
                   .notice = "An inspector visits and reports.",
                   .icon = "document-edit-verify",
                   .staffOnly = true});
    return all;
}

}  // namespace wl::engine::demo
