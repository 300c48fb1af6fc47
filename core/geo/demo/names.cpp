// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo/names.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>
#include <string_view>

// The tables below are set by hand.
// clang-format off

namespace wl::geo::demo {

namespace {

using Words = std::span<const std::string_view>;

constexpr std::string_view oldTrades[] = {
    "Abbey", "Apothecary", "Baker", "Barber", "Bellfounder", "Bishop", "Bodkin", "Brewer", "Candle", "Canon", "Carter", "Castle",
    "Chandler", "Chantry", "Chapter", "Cloth", "Cobbler", "Cooper", "Corn", "Crown", "Cutler", "Deacon", "Drapery", "Falcon",
    "Feather", "Fletcher", "Friar", "Fuller", "Glover", "Goldsmith", "Guildhall", "Hatter", "Horseshoe", "Ink", "Ironmonger",
    "Lantern", "Loom", "Mercer", "Minster", "Mint", "Monk", "Needle", "Pewter", "Pilgrim", "Poultry", "Priory", "Rope", "Saddler",
    "Salt", "Sexton", "Silver", "Spice", "Tailor", "Tanner", "Thimble", "Tinder", "Weaver", "Wool"};
constexpr std::string_view sea[] = {
    "Admiral", "Albatross", "Anchor", "Barque", "Beacon", "Binnacle", "Bollard", "Bosun", "Bowline", "Brig", "Buoy", "Capstan",
    "Captain", "Clipper", "Compass", "Coral", "Cormorant", "Crane", "Cutter", "Dolphin", "Dory", "Ferry", "Fisher", "Foghorn",
    "Galley", "Gannet", "Gull", "Halyard", "Harbourmaster", "Hawser", "Helm", "Herring", "Jetty", "Keel", "Kelp", "Ketch",
    "Landing", "Lugger", "Mackerel", "Mainsail", "Mariner", "Mast", "Mizzen", "Mooring", "Oyster", "Petrel", "Pilot", "Plover",
    "Porpoise", "Quarterdeck", "Rigger", "Rudder", "Sailmaker", "Schooner", "Sextant", "Shipwright", "Sloop", "Spinnaker", "Tern", "Tide",
    "Topsail", "Trawler", "Whaler", "Windlass", "Yardarm"};
constexpr std::string_view water[] = {
    "Alder", "Angler", "Boathouse", "Bulrush", "Cascade", "Coot", "Cress", "Crossing", "Dipper", "Drake", "Eddy", "Eel", "Ferryman",
    "Ford", "Grebe", "Heron", "Kingfisher", "Lock", "Mallard", "Meander", "Miller", "Millrace", "Millstone", "Moorhen", "Osier",
    "Otter", "Paddle", "Pike", "Punt", "Quayside", "Rapids", "Reed", "Riffle", "Ripple", "River", "Rushes", "Salmon", "Sallow",
    "Sluice", "Spring", "Stepping Stone", "Stickleback", "Swan", "Towpath", "Trout", "Wader", "Wash", "Waterman", "Watermill",
    "Weir", "Wharf", "Wherry", "Willow"};
constexpr std::string_view hills[] = {
    "Badger", "Belvedere", "Bracken", "Briar", "Bridle", "Buzzard", "Cairn", "Chalk", "Cliff", "Combe", "Copse", "Crag", "Curlew",
    "Deer", "Down", "Dune", "Eagle", "Falconer", "Fallow", "Fell", "Fern", "Fir", "Fox", "Gable", "Glade", "Gorse", "Hare", "Harrier",
    "Hawk", "Hazel", "Heather", "High", "Hilltop", "Holly", "Juniper", "Kestrel", "Larch", "Ledge", "Linnet", "Lookout", "Merlin",
    "Outlook", "Owl", "Peregrine", "Pine", "Prospect", "Quarryman", "Ridge", "Rowan", "Scar", "Shepherd", "Skylark", "Slate",
    "Slope", "Spruce", "Stag", "Summit", "Terrace", "Thicket", "Timber", "Upland", "Vale", "View", "Wayfarer", "Windmill", "Woodland"};
constexpr std::string_view numbers[] = {
    "Altair", "Andromeda", "Antares", "Aquila", "Arcturus", "Aurora", "Calliope", "Capella", "Cassiopeia", "Castor", "Centauri",
    "Ceres", "Comet", "Corona", "Cygnus", "Deneb", "Electra", "Equinox", "Europa", "Exchange", "Galaxy", "Gemini", "Halley", "Hesper",
    "Juno", "Jupiter", "Leda", "Libra", "Luna", "Lyra", "Maia", "Mercury", "Merope", "Midsummer", "Neptune", "Nova", "Orbit", "Orion",
    "Pallas", "Pegasus", "Perseus", "Phoenix", "Pleiades", "Polaris", "Pollux", "Regulus", "Rigel", "Saturn", "Sirius", "Solstice",
    "Spica", "Titan", "Triton", "Vega", "Vesta", "Virgo", "Zenith"};
constexpr std::string_view north[] = {
    "Ashfield", "Barley", "Beech", "Birch", "Bobbin", "Bramble", "Carding", "Clover", "Coppice", "Cornfield", "Cotton", "Dairy", "Drover",
    "Elder", "Elm", "Fairground", "Farrier", "Flax", "Furlong", "Furrow", "Gleaner", "Granary", "Harrow", "Harvest", "Hay", "Hedgerow",
    "Hornbeam", "Linen", "Linseed", "Longacre", "Maple", "Marl", "Meadowsweet", "Millet", "Mower", "Oak", "Oat", "Orchard", "Paddock",
    "Pasture", "Plough", "Poplar", "Reaper", "Rye", "Scythe", "Sheaf", "Shuttle", "Sickle", "Spindle", "Stile", "Stubble", "Sycamore",
    "Tenter", "Thatcher", "Thorn", "Threshing", "Thresher", "Twill", "Warp", "Wagon", "Wheat", "Whitethorn", "Wicket", "Worsted", "Yew"};
constexpr std::string_view scholars[] = {
    "Academy", "Alcove", "Algebra", "Archive", "Astronomer", "Atlas", "Botany", "Bursar", "Calculus", "Chancellor", "Cloister",
    "Codex", "College", "Convocation", "Dean", "Debate", "Docent", "Euclid", "Faculty", "Fellow", "Folio", "Gallery", "Geometry",
    "Gown", "Graduate", "Herald", "Herbarium", "Ledger", "Lector", "Library", "Logic", "Lyceum", "Mace", "Museum", "Observatory",
    "Palimpsest", "Parchment", "Proctor", "Provost", "Quadrant", "Quill", "Reader", "Rector", "Regent", "Rhetoric", "Scholar",
    "Scribe", "Senate", "Theatre", "Theorem", "Tutor", "Vellum", "Warden"};
constexpr std::string_view garden[] = {
    "Acacia", "Almond", "Amaranth", "Anemone", "Apple", "Apricot", "Aster", "Azalea", "Bay Tree", "Begonia", "Bluebell", "Buttercup",
    "Camellia", "Camomile", "Carnation", "Cedar", "Celandine", "Cherry", "Chestnut", "Clematis", "Columbine", "Cowslip", "Crocus",
    "Cypress", "Daffodil", "Dahlia", "Daisy", "Damson", "Fennel", "Fig Tree", "Forsythia", "Foxglove", "Freesia", "Fuchsia", "Gardener",
    "Gentian", "Geranium", "Hawthorn", "Hibiscus", "Honeysuckle", "Hyacinth", "Iris", "Ivy", "Jasmine", "Jonquil", "Laburnum",
    "Lavender", "Lilac", "Lily", "Linden Blossom", "Lupin", "Magnolia", "Mallow", "Marigold", "Medlar", "Mimosa", "Mint Garden",
    "Mulberry", "Myrtle", "Narcissus", "Nasturtium", "Olive", "Orchid", "Pansy", "Peach", "Pear Tree", "Peony", "Petunia", "Plum",
    "Poppy", "Primrose", "Privet", "Quince", "Rose", "Sage", "Snowdrop", "Sorrel", "Sunflower", "Tansy", "Thyme", "Tulip",
    "Verbena", "Violet", "Walnut", "Wisteria", "Yarrow", "Zinnia"};
constexpr std::string_view west[] = {
    "Arrow", "Bellwether", "Brook", "Brooklime", "Cartwheel", "Chapel", "Common", "Cottage", "Crossways", "Dovecote", "Duckpond", "Dyke",
    "Evening", "Farm", "Finch", "Flint", "Forge", "Goldfinch", "Grange", "Greenway", "Hamlet", "Hayloft", "Homestead", "Jackdaw",
    "Kiln", "Lapwing", "Lark", "Magpie", "Manor", "Marsh", "Martin", "Mead", "Nightingale", "Nuthatch", "Oriole", "Partridge",
    "Pebble", "Pheasant", "Pigeon", "Pinfold", "Pond", "Quail", "Raven", "Redstart", "Robin", "Rook", "Sandpiper", "Siskin",
    "Smithy", "Snipe", "Sparrow", "Starling", "Stonechat", "Sunset", "Swallow", "Swift", "Tavern", "Thrush", "Tithe", "Turnpike",
    "Village", "Wagtail", "Warbler", "Well", "Western", "Whinchat", "Woodpecker", "Wren"};

// Invented surnames of streets: two halves that any of them may share.
constexpr std::string_view firstHalves[] = {"Ald", "Ash", "Bark", "Bran", "Brem", "Cald", "Carl", "Chad", "Col", "Cran", "Dar", "Den",
    "Dun", "Eld", "Fair", "Far", "Gar", "Gil", "Hal", "Harl", "Hart", "Hol", "Kel", "Kin", "Lang", "Lin", "Mar", "Mel", "Nor", "Oak",
    "Pen", "Rad", "Ren", "Rush", "Sel", "Stan", "Thorn", "Tor", "Wal", "War", "Whit", "Win", "Wy"};
constexpr std::string_view secondHalves[] = {"bourne", "bridge", "bury", "by", "combe", "cote", "croft", "dale", "den", "don", "field",
    "ford", "grave", "ham", "hurst", "ley", "low", "mere", "more", "ney", "port", "ridge", "sett", "shaw", "stead", "stoke", "stone",
    "thorpe", "ton", "wald", "well", "wick", "wood", "worth"};

constexpr std::string_view townEnds[] = {"Street", "Street", "Lane", "Row", "Gate", "Yard", "Passage", "Hill", "Court"};
constexpr std::string_view cityEnds[] = {"Street", "Street", "Street", "Road", "Place", "Terrace", "Lane"};
constexpr std::string_view suburbEnds[] = {"Road", "Drive", "Way", "Lane", "Avenue", "Gardens", "Rise", "Crescent"};
constexpr std::string_view avenueEnds[] = {"Avenue"};
constexpr std::string_view roadEnds[] = {"Road", "Avenue", "Road", "Drive"};
constexpr std::string_view closeEnds[] = {"Close", "Court", "Place", "Mews"};
constexpr std::string_view dockEnds[] = {"Street", "Road", "Wharf", "Way"};

Words wordsOf(Theme theme) {
    switch (theme) {
        case Theme::OldTrades: return oldTrades;
        case Theme::Sea: return sea;
        case Theme::Water: return water;
        case Theme::Hills: return hills;
        case Theme::Numbers: return numbers;
        case Theme::North: return north;
        case Theme::Scholars: return scholars;
        case Theme::Garden: return garden;
        case Theme::West: return west;
    }
    std::abort();
}

Words endsOf(const Way& way, double along) {
    if (way.isClose) return closeEnds;
    if (way.cls == FeatureClass::Tertiary && along > 500) return way.style == Style::Grid ? Words(avenueEnds) : Words(roadEnds);
    switch (way.style) {
        case Style::Dense: return townEnds;
        case Style::Terrace:
        case Style::Campus: return cityEnds;
        case Style::Suburb:
        case Style::Villas:
        case Style::Slabs: return suburbEnds;
        case Style::Grid: return avenueEnds;
        case Style::Industry: return dockEnds;
    }
    std::abort();
}

std::string ordinalText(int n) {
    const int tens = n % 100;
    const char* end = tens >= 11 && tens <= 13 ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
    return std::to_string(n) + end;
}

}  // namespace

std::string StreetNames::nameFor(const Way& way, double along) {
    if (way.ordinal > 0 && take(ordinalText(way.ordinal) + " Street")) return ordinalText(way.ordinal) + " Street";
    const Words words = wordsOf(way.theme);
    const Words ends = endsOf(way, along);
    for (int attempt = 0; attempt < 60; ++attempt) {
        std::string base(words[m_chance.index(words.size())]);
        if (attempt > 24)
            base = std::string(firstHalves[m_chance.index(std::size(firstHalves))]) + std::string(secondHalves[m_chance.index(std::size(secondHalves))]);
        const std::string name = base + " " + std::string(ends[m_chance.index(ends.size())]);
        if (take(name)) return name;
    }
    for (int n = 2;; ++n) {
        const std::string name = "Linden " + std::to_string(n) + " " + std::string(ends[0]);
        if (take(name)) return name;
    }
}

void nameStreets(Streets& streets, std::uint64_t seed) {
    StreetNames names(seed);
    for (const Way& way : streets.streets)
        if (!way.name.empty()) names.reserve(way.name);
    // Streets of a numbered quarter count from its first line, wherever the lattice begins.
    int lowest = 0;
    for (const Way& way : streets.streets) lowest = std::min(lowest, way.ordinal);
    for (Way& way : streets.streets) {
        if (!way.name.empty() || way.cls == FeatureClass::ServiceRoad || way.cls == FeatureClass::Path || way.isRamp) continue;
        double along = 0;
        for (const Line& piece : way.pieces) along += lengthOf(piece);
        if (way.isNumbered) way.ordinal += 1 - lowest;
        way.name = names.nameFor(way, along);
    }
}

}  // namespace wl::geo::demo
