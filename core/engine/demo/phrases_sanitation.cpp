// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/phrases.hpp"

// The tables below are set by hand.
// clang-format off

namespace wl::engine::demo {

std::vector<ServicePhrases> sanitationPhrases() {
    return {
        {"missed_collection",
         {"our bin at {addr} was not emptied.", "Garbage truck drove right past {addr} again.", "Recycling has not been picked up on {street}, everybody's bins are still full.",
          "No trash pickup on our side of {street}.", "The food waste bin stinks, it was due {when} and nobody came.", "They took number {num} next door but not mine.",
          "Whole of {street} missed, bins out since 6.", "Glass box is overflowing, second missed collection in a row at {addr}.",
          "Rubbish still sitting at the curb on {street} and the gulls are into it."},
         {"Parked cars blocked the truck.", "Driver noted: bin not out.", "New driver on this route.", "Whole street added to tomorrow's round."},
         {"Emptied on the return round.", "Picked up with the whole street.", "Collected, driver shown the address.", "Done with the early truck."},
         {"Bin was not out in time; next regular day.", "Wrong items in the recycling; left a tag.", "Bin was empty when we came."},
         {"No recogieron la basura en {addr} y ya huele mal.", "Não recolheram o lixo em {addr} de novo.", "Les poubelles n'ont pas été vidées au {addr}."}},
        {"bulky_item",
         {"I need an old couch picked up at {addr}.", "Mattress and a bed frame to be collected, {addr}.", "Fridge does not work any more, please take it away.",
          "Moving out at the end of the month, two cupboards and a sofa at {addr}.", "Washing machine in the front yard of {addr}, ready to go.",
          "Can you pick up an armchair? I'm on the ground floor at {addr}.", "Three pieces of furniture after clearing my aunt's flat."},
         {"Date given to the resident.", "Fridge needs the special truck.", "Not at the curb, card left."},
         {"Collected.", "All pieces taken.", "Taken, fridge to the recycling yard."},
         {"Nothing at the curb on the agreed day.", "Taken by somebody else.", "Resident called it off."},
         {"Necesito que recojan un sofá viejo en {addr}.", "Preciso que levem um colchão velho, {addr}.", "Un vieux canapé à enlever au {addr}."}},
        {"illegal_dumping",
         {"Someone dumped bags of rubbish at {addr} {when}.", "Pile of tyres behind the fence on {street}.", "Building rubble tipped {spot} on {street}.",
          "A van threw a whole kitchen out at {street} and {cross}.", "Old mattress and TVs on the corner of {cross}.", "Garbage bags pile up {spot} every week, nobody cares.",
          "Drums with some liquid next to {addr}, smells like paint.", "Household trash all over the lot on {street}, rats everywhere."},
         {"Two letters with a name found, given to Enforcement.", "Needs the grab truck.", "Camera put up at this spot.", "Drums fenced off, contractor called."},
         {"Cleared, one van load.", "Cleared and disinfected.", "Removed with the grab truck.", "Gone, lot fenced with the owner's help."},
         {"Nothing there when we came.", "Private lot; owner has fourteen days.", "These were bins waiting for collection."},
         {"Tiraron basura y muebles en {street}, {spot}.", "Jogaram entulho na {street}.", "Dépôt sauvage au {addr}."}},
        {"litter_bin",
         {"Public bin on {street} {spot} is overflowing.", "Trash can at {street} and {cross} full, stuff blows everywhere.", "The litter bin {spot} has burnt.",
          "Bin at the bus stop on {street} is broken, the bottom fell out.", "Dog poop bin on {street} hasn't been emptied {since}.", "Someone stole the bin {spot}?"},
         {"Added to the Friday round.", "Lock broken, bin ordered."},
         {"Emptied.", "New bin put up.", "Emptied and now on the daily round."},
         {"Bin was empty.", "Bin belongs to the shop."},
         {"La papelera de {street} está llena.", "A lixeira da {street} está transbordando.", "La poubelle publique déborde, {street}."}},
        {"dead_animal",
         {"Dead raccoon on {street} near {cross}.", "There's a dead cat at {addr}, poor thing, it has a collar.", "Dead seagull on the sidewalk {spot}.",
          "Roadkill in the middle of {street}.", "Something dead under the hedge at {addr}, smell is terrible."},
         {"No chip found.", "Chip found, shelter told."},
         {"Removed.", "Taken to the shelter, owner told.", "Removed and road rinsed."},
         {"Nothing found on {street}.", "On private ground, resident told what to do."},
         {"Hay un animal muerto en {street}.", "Tem um bicho morto na {street}.", "Un animal mort sur la chaussée, {street}."}},
        {"street_cleaning",
         {"{street} has not been swept for ages.", "Leaves everywhere on {street}, drains are going to block.", "Broken bottles in the gutter all along {street}.",
          "Sand from the storm still on {street} {spot}.", "Litter all down {street} after the market.", "Can the sweeper come through {street}? It always skips our block."},
         {"Cars in the way, signs put up.", "Needs two passes."},
         {"Swept.", "Swept twice, leaves taken away.", "Glass swept by hand."},
         {"Clean when inspected.", "Swept on the regular round the day before."},
         {"La calle {street} está muy sucia.", "A {street} está muito suja.", "La {street} est très sale."}},
    };
}

}  // namespace wl::engine::demo
