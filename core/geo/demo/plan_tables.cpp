// SPDX-License-Identifier: GPL-3.0-or-later
// The drawing board of Port Linden, in metres from its north-west corner.
//
//   NW──T1───R0────T3────T4────T5──NE     hills and woods along the north, the motorway through them
//   W1──N1─NB─R1───N2────N3────N4──E0     northern ring
//   │   │  K1──R2──K2────K3────K4──EK
//   W2──M1─M2───R3─E1────E2────E3──EA     the market road, over the river's last bridge
//   W3──G1─G2─C3 R4│ H1──H2     \  CE     old town and docks on either side of the bay
//   CW──C1─C2      C4──C5──────C6
#include "geo/demo/plan.hpp"

// The tables below are set by hand.
// clang-format off

namespace wl::geo::demo {

using enum FeatureClass;

const std::vector<std::pair<const char*, Vec>>& nodeSpecs() {
    static const std::vector<std::pair<const char*, Vec>> nodes{
        {"NW", {0, 0}}, {"T1", {2200, 0}}, {"R0", {4300, 0}}, {"T3", {7000, 0}}, {"T4", {9300, 0}}, {"T5", {11500, 0}},
        {"NE", {13000, 0}}, {"W1", {0, 2000}}, {"W2", {0, 4300}}, {"W3", {0, 6000}}, {"CW", {0, 7700}},
        {"E0", {13000, 1700}}, {"EK", {13000, 2750}}, {"EA", {13000, 3600}}, {"CE", {13000, 4750}}, {"N1", {2400, 2100}},
        {"NB", {3700, 2000}}, {"R1", {4700, 1900}}, {"N2", {6900, 2000}}, {"N3", {9200, 2050}}, {"N4", {11400, 1800}},
        {"M1", {2300, 4250}}, {"M2", {4300, 4150}}, {"R3", {6350, 4350}}, {"E1", {7700, 4150}}, {"E2", {9500, 4300}},
        {"E3", {11300, 3950}}, {"K1", {4000, 3200}}, {"R2", {5700, 3350}}, {"K2", {7300, 3100}}, {"K3", {9400, 3150}},
        {"K4", {11350, 2880}}, {"G1", {2350, 5900}}, {"G2", {4500, 5600}}, {"H1", {7900, 5150}}, {"H2", {9350, 5300}},
        {"C1", {2300, 7450}}, {"C2", {4600, 7250}}, {"C3", {5900, 6350}}, {"R4", {7000, 5500}}, {"C4", {7950, 6150}},
        {"C5", {8950, 6500}}, {"C6", {11400, 5550}}};
    return nodes;
}

const std::vector<ChainSpec>& chainSpecs() {
    static const std::vector<ChainSpec> chains{
        {Land, {{"NW", {}}, {"T1", {}}, {"R0", {}}, {"T3", {}}, {"T4", {}}, {"T5", {}}, {"NE", {}}}, {}},
        {Land, {{"NW", {}}, {"W1", {}}, {"W2", {}}, {"W3", {}}, {"CW", {}}}, {}},
        {Land, {{"NE", {}}, {"E0", {}}, {"EK", {}}, {"EA", {}}, {"CE", {}}}, {}},
        {Sea, {{"CW", {}}, {nullptr, {1150, 7780}}, {"C1", {}}, {nullptr, {3400, 7640}}, {"C2", {}}, {nullptr, {5350, 6900}},
               {"C3", {}}, {nullptr, {6400, 5960}}, {"R4", {}}, {nullptr, {7420, 5830}}, {"C4", {}}, {"C5", {}},
               {nullptr, {9350, 6880}}, {nullptr, {9850, 6700}}, {nullptr, {10500, 6020}}, {"C6", {}}, {nullptr, {12250, 5250}},
               {"CE", {}}}, {}},
        {River, {{"R0", {}}, {nullptr, {4120, 900}}, {"R1", {}}, {nullptr, {5150, 2650}}, {"R2", {}}, {nullptr, {6200, 3800}},
                 {"R3", {}}, {nullptr, {6750, 4930}}, {"R4", {}}}, {}},
        {Primary, {{"W1", {}}, {nullptr, {1200, 2150}}, {"N1", {}}, {"NB", {}}, {"R1", {}}, {nullptr, {5800, 1850}}, {"N2", {}},
                   {nullptr, {8000, 2080}}, {"N3", {}}, {"N4", {}}, {"E0", {}}},
         {{"W1", "Hillcrest Road"}, {"R1", "North Ring"}, {"N3", "Thornhill Road"}}},
        {Secondary, {{"K1", {}}, {"R2", {}}, {nullptr, {6500, 3170}}, {"K2", {}}, {nullptr, {8350, 3210}}, {"K3", {}}, {"K4", {}},
                     {"EK", {}}}, {{"K1", "University Avenue"}, {"R2", "Mill Bank Road"}, {"K2", "Commonside"}}},
        {Primary, {{"W2", {}}, {nullptr, {1200, 4380}}, {"M1", {}}, {"M2", {}}, {nullptr, {5300, 4180}}, {"R3", {}}, {"E1", {}},
                   {nullptr, {8600, 4290}}, {"E2", {}}, {nullptr, {10400, 4200}}, {"E3", {}}, {"EA", {}}},
         {{"W2", "Westbrook Road"}, {"M2", "Market Street"}, {"E3", "Moorside Road"}}},
        {Secondary, {{"W3", {}}, {nullptr, {1200, 5840}}, {"G1", {}}, {nullptr, {3450, 5950}}, {"G2", {}}, {nullptr, {5250, 5800}},
                     {"C3", {}}}, {{"W3", "Sandhaven Road"}, {"G1", "Rosemary Avenue"}, {"G2", "Fishergate"}}},
        {Secondary, {{"T1", {}}, {nullptr, {2450, 1000}}, {"N1", {}}, {nullptr, {2200, 3200}}, {"M1", {}}, {"G1", {}}, {"C1", {}}},
         {{"T1", "Beacon Hill Road"}, {"N1", "Brook Lane"}, {"M1", "Quarry Road"}}},
        {Primary, {{"NB", {}}, {nullptr, {3760, 2600}}, {"K1", {}}, {"M2", {}}, {nullptr, {4480, 4900}}, {"G2", {}}, {"C2", {}}},
         {{"NB", "Linden Avenue"}, {"G2", "Strand Road"}}},
        {Primary, {{"T3", {}}, {nullptr, {6820, 1000}}, {"N2", {}}, {"K2", {}}, {"E1", {}}, {"H1", {}}, {"C4", {}}},
         {{"T3", "Northfield Road"}, {"N2", "Station Road"}, {"E1", "Harbour Road"}}},
        {Secondary, {{"T4", {}}, {"N3", {}}, {"K3", {}}, {"E2", {}}, {"H2", {}}, {"C5", {}}},
         {{"T4", "Forest Road"}, {"N3", "Meridian Avenue"}, {"E2", "Ropeworks Road"}}},
        {Secondary, {{"T5", {}}, {nullptr, {11250, 900}}, {"N4", {}}, {"K4", {}}, {"E3", {}}, {"C6", {}}},
         {{"T5", "Moor Road"}, {"K4", "Lighthouse Road"}}},
        {Tertiary, {{"H1", {}}, {"H2", {}}}, {{"H1", "Dock Road"}}},
    };
    return chains;
}

const std::array<DistrictSpec, 9>& districtSpecs() {
    static const std::array<DistrictSpec, 9> districts{{{"old-town", "Old Town"}, {"harbour", "Harbour"},
        {"riverside", "Riverside"}, {"hillcrest", "Hillcrest"}, {"eastgate", "Eastgate"}, {"northfield", "Northfield"},
        {"university", "University"}, {"garden-quarter", "Garden Quarter"}, {"westbrook", "Westbrook"}}};
    return districts;
}

const std::vector<FaceSpec>& faceSpecs() {
    static const std::vector<FaceSpec> faces{
        {"hillcrest", "Beacon Hill", 0, "NW T1 N1 W1"}, {"hillcrest", "Upper Linden", 1, "T1 R0 R1 NB N1"},
        {"westbrook", "Brookfield", 2, "W1 N1 M1 W2"}, {"university", "College Park", 3, "N1 NB K1 M2 M1"},
        {"university", "Campus", 4, "NB R1 R2 K1"}, {"riverside", "West Bank", 5, "K1 R2 R3 M2"},
        {"old-town", "Minster", 6, "M2 R3 R4 C3 G2"}, {"westbrook", "Westbrook Green", 7, "W2 M1 G1 W3"},
        {"westbrook", "Sandhaven", 8, "W3 G1 C1 CW"}, {"garden-quarter", "The Circus", 9, "M1 M2 G2 G1"},
        {"garden-quarter", "South Gardens", 10, "G1 G2 C2 C1"}, {"old-town", "Fishergate", 11, "G2 C3 C2"},
        {"northfield", "Weavers Field", 12, "R0 T3 N2 R1"}, {"northfield", "Forest Side", 13, "T3 T4 N3 N2"},
        {"northfield", "Thornhill", 14, "T4 T5 N4 N3"}, {"northfield", "Thornhill", 14, "T5 NE E0 N4"},
        {"riverside", "Mill Bank", 15, "R1 N2 K2 R2"}, {"riverside", "East Bank", 16, "R2 K2 E1 R3"},
        {"eastgate", "Eastgate North", 17, "N2 N3 K3 K2"}, {"eastgate", "Common Ward", 17, "N3 N4 K4 K3"},
        {"eastgate", "Moorside", 18, "N4 E0 EK K4"}, {"eastgate", "Exchange", 17, "K2 K3 E2 E1"},
        {"eastgate", "Meridian", 17, "K3 K4 E3 E2"}, {"eastgate", "Moorside", 18, "K4 EK EA E3"},
        {"harbour", "Custom House", 19, "R3 E1 H1 C4 R4"}, {"harbour", "Foundry", 20, "E1 E2 H2 H1"},
        {"harbour", "Docks", 21, "H1 H2 C5 C4"}, {"harbour", "Eastshore", 22, "E2 E3 C6 C5 H2"},
        {"harbour", "Lighthouse Point", 23, "E3 EA CE C6"}};
    return faces;
}

const std::vector<ZoneSpec>& zoneSpecs() {
    using P = Pattern;
    using S = Style;
    using T = Theme;
    static const std::vector<ZoneSpec> zones{
        // pattern, style, theme, origin, angle, du, dv, warp, length, keepU, keepV, tertiary, closes, alleys, greens
        {P::Curved, S::Villas, T::Hills, {1100, 1500}, 20, 205, 142, 120, 950, .6, .93, 6, .35, 0, .02},       // Beacon Hill
        {P::Curved, S::Suburb, T::Hills, {3300, 1300}, -12, 185, 112, 95, 800, .58, .95, 5, .28, 0, .025},        // Upper Linden
        {P::Curved, S::Suburb, T::West, {1200, 3200}, 8, 185, 112, 80, 850, .58, .95, 5, .28, 0, .03},           // Brookfield
        {P::Grid, S::Terrace, T::Scholars, {3100, 3200}, 6, 138, 92, 16, 900, .86, .97, 4, 0, .1, .03},         // College Park
        {P::Grid, S::Campus, T::Scholars, {4700, 2600}, 24, 190, 150, 26, 700, .8, .9, 3, 0, 0, .16},           // Campus
        {P::Grid, S::Terrace, T::Water, {5100, 3780}, 13, 128, 86, 14, 600, .85, .96, 4, 0, .25, .03},          // West Bank
        {P::Organic, S::Dense, T::OldTrades, {5500, 5050}, 22, 96, 86, 44, 330, .72, .8, 5, .1, 0, .035},       // Minster
        {P::Grid, S::Suburb, T::West, {1200, 5100}, -7, 178, 104, 28, 1100, .72, .96, 4, .2, 0, .035},           // Westbrook Green
        {P::Curved, S::Villas, T::West, {1200, 6700}, 3, 175, 120, 70, 900, .6, .92, 5, .35, 0, .03},           // Sandhaven
        {P::Radial, S::Terrace, T::Garden, {3380, 5010}, 8, 104, 0, 10, 500, 1, 1, 4, 0, 0, .05},          // The Circus
        {P::Curved, S::Suburb, T::Garden, {3400, 6650}, -4, 165, 104, 52, 750, .72, .95, 4, .25, 0, .03},        // South Gardens
        {P::Organic, S::Dense, T::OldTrades, {4950, 6350}, -36, 104, 84, 26, 420, .8, .9, 5, .1, 0, .03},        // Fishergate
        {P::Grid, S::Slabs, T::North, {5600, 1300}, -5, 175, 118, 22, 900, .78, .94, 3, .1, 0, .07},            // Weavers Field
        {P::Grid, S::Suburb, T::North, {8000, 1400}, 4, 172, 104, 30, 800, .74, .95, 4, .25, 0, .03},            // Forest Side
        {P::Curved, S::Suburb, T::North, {10400, 1300}, -14, 185, 112, 85, 800, .58, .95, 5, .28, 0, .03},        // Thornhill
        {P::Grid, S::Terrace, T::Water, {6100, 2600}, 40, 138, 88, 16, 700, .84, .96, 4, 0, .2, .035},          // Mill Bank
        {P::Grid, S::Terrace, T::Water, {6700, 3700}, 10, 124, 86, 12, 700, .88, .97, 4, 0, .25, .03},          // East Bank
        {P::Grid, S::Grid, T::Numbers, {8500, 3600}, 2, 172, 98, 6, 1500, .97, .98, 4, 0, .5, .025},            // Eastgate
        {P::Curved, S::Villas, T::Numbers, {12200, 2600}, 10, 180, 115, 75, 900, .6, .94, 5, .4, 0, .03},       // Moorside
        {P::Grid, S::Dense, T::Sea, {7200, 4900}, 27, 128, 92, 14, 500, .85, .92, 4, 0, .1, .02},               // Custom House
        {P::Grid, S::Industry, T::Sea, {8600, 4800}, 5, 235, 150, 8, 900, .75, .92, 3, 0, .2, .02},             // Foundry
        {P::Grid, S::Industry, T::Sea, {8500, 5800}, 17, 255, 165, 6, 900, .8, .9, 3, 0, .2, 0},                // Docks
        {P::Grid, S::Terrace, T::Sea, {10300, 5200}, -16, 142, 92, 24, 900, .8, .96, 4, .05, .1, .035},         // Eastshore
        {P::Curved, S::Villas, T::Sea, {12000, 4650}, -14, 165, 110, 50, 700, .65, .94, 4, .3, 0, .04},         // Lighthouse Point
    };
    return zones;
}

const std::vector<BlobSpec>& blobSpecs() {
    static const std::vector<BlobSpec> blobs{
        {Wood, "Beacon Woods", nullptr, {600, 520}, 1500, 1020}, {Wood, "Linden Forest", nullptr, {3450, 200}, 1050, 620},
        {Wood, "Weavers Wood", nullptr, {5600, 160}, 1100, 560}, {Wood, "Northfield Forest", nullptr, {8500, 200}, 1350, 640},
        {Wood, "East Moor", nullptr, {12500, 800}, 1150, 1500}, {Wood, "Westbrook Heath", nullptr, {150, 3100}, 900, 960},
        {Wood, "Quarry Wood", nullptr, {500, 5250}, 760, 520}, {Park, "Sandhaven Links", "Links Road", {1250, 7080}, 820, 300},
        {Park, "Linden Park", "Parkside", {4990, 2480}, 330, 290}, {Park, "Eastgate Common", "Common Lane", {10350, 2480}, 470, 270},
        {Park, "Northfield Park", "Park Circle", {8050, 1400}, 330, 250}, {Park, "Heron Gardens", nullptr, {5920, 2620}, 190, 150},
        {Cemetery, "Hillcrest Cemetery", "Cypress Way", {3300, 1420}, 260, 200},
        {Cemetery, "Eastshore Cemetery", "Chapel Road", {10750, 4780}, 230, 180},
        {Park, "Brook Meadows", "Meadow Drive", {1350, 3300}, 360, 230}, {Park, "Minster Green", "Minster Close", {5480, 5080}, 125, 105},
        {Park, "Thornhill Recreation Ground", "Field Crescent", {10300, 1250}, 300, 220},
        {Wood, "Moorside Plantation", nullptr, {12750, 3050}, 420, 520}, {Wood, "Lighthouse Copse", nullptr, {12500, 4550}, 330, 200}};
    return blobs;
}

}  // namespace wl::geo::demo
