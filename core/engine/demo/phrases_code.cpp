// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/phrases.hpp"

// The tables below are set by hand.
// clang-format off

namespace wl::engine::demo {

std::vector<ServicePhrases> codePhrases() {
    return {
        {"graffiti",
         {"Fresh tags all over the wall at {addr}.", "Graffiti on the shutters along {street}.", "Somebody sprayed the bus shelter on {street} {spot}.",
          "Nasty words on the underpass at {cross}, school kids walk by there.", "The utility box {spot} has been tagged again.",
          "They painted over the mural on {street}.", "Stickers and spray paint on every sign on {street}."},
         {"Photographed for the file.", "Needs the hot washer.", "Owner's consent asked for."},
         {"Painted over.", "Washed off.", "Removed, protective coat put on."},
         {"Private wall, owner does not want it removed.", "It is a permitted mural.", "Gone already."},
         {"Pintaron grafitis en la pared de {addr}.", "Picharam o muro em {addr}.", "Des graffitis sur le mur du {addr}."}},
        {"abandoned_vehicle",
         {"Car without plates at {addr} for weeks.", "Old boat trailer left on {street} {when}.", "Green sedan on flat tyres outside number {num}, windows smashed.",
          "A van has not moved since spring on {street}.", "Wreck on {street} {spot}, oil dripping.", "Motorbike chained to the railing at {addr}, half taken apart."},
         {"Notice stuck on the window.", "Owner found through the register.", "Second visit, has not moved."},
         {"Towed.", "Owner has moved it.", "Towed and taken to the pound."},
         {"Vehicle is registered and legally parked.", "Gone at the first visit."},
         {"Hay un coche abandonado en {addr} sin placas.", "Carro abandonado em {addr} há semanas.", "Une voiture abandonnée au {addr}."}},
        {"parking",
         {"Car is blocking my driveway at {addr}, can't get out.", "Someone parks on the curb ramp at {street} and {cross} every single day.",
          "Truck in the cycle lane on {street} again.", "Parked right in front of the hydrant at {addr}.", "Delivery vans double parked all along {street}.",
          "Blocked bus stop {spot}, the bus lets people out in traffic.", "Cars on the sidewalk on {street}, have to push the pram in the road."},
         {"Warden sent.", "Plate read, owner called."},
         {"Ticketed.", "Ticketed and towed.", "Driver moved on."},
         {"Gone on arrival.", "Parked within the rules."},
         {"Un coche bloquea mi entrada en {addr}.", "Um carro está bloqueando a garagem em {addr}.", "Une voiture bloque mon garage au {addr}."}},
        {"noise",
         {"Party at {addr} since ten, bass through the walls.", "Construction on {street} starts at 5 in the morning.", "Dog at number {num} barks all day.",
          "Bar {spot} has its doors open with loud music every night.", "Car alarm on {street} going {since}.", "Generator humming next to {addr}, no sleep.",
          "Leaf blowers on Sunday morning on {street}, seriously?", "The roof fan of the restaurant on {street} screeches."},
         {"Patrol heard nothing at 23:40.", "Spoke to the host.", "Permit for night work exists until Friday.", "Meter reading 58 dB at the window."},
         {"Music turned down.", "Fine issued.", "Builder keeps to the hours now.", "Alarm switched off by the owner."},
         {"Quiet when the patrol passed.", "Permit allows it.", "Between neighbours; mediation offered."},
         {"Hay mucho ruido en {addr}, no podemos dormir.", "Barulho muito alto em {addr} todas as noites.", "Beaucoup de bruit au {addr}, impossible de dormir."}},
        {"housing",
         {"No heat in our apartment at {addr} {since}, landlord does not answer.", "Mould in the children's room at {addr}, walls are black.",
          "Stairs at {addr} are rotten, one step broke.", "We have had no hot water for {days} days.", "Ceiling came down in the bathroom, {addr}.",
          "There is not a single smoke alarm in the house at {addr}.", "Sockets spark in the kitchen at {addr}, landlord laughs about it."},
         {"Appointment made with the tenant.", "Moisture measured, 31 per cent.", "Order sent to the landlord, fourteen days.", "Second inspection booked."},
         {"Heating repaired, checked on site.", "Landlord has repaired it; tenant confirms.", "Mould removed, wall dried.", "Stairs made new, passed."},
         {"Nobody let the inspector in, three tries.", "Tenant has moved out.", "No fault under the code."},
         {"No tenemos calefacción en {addr} y hay niños.", "Estamos sem aquecimento em {addr}.", "Pas de chauffage au {addr} depuis des jours."}},
        {"pests",
         {"Rats in the yard behind {addr}.", "Saw three rats {spot} on {street} in daylight.", "Burrows along the fence of {addr}.", "Mice all through the building at {addr}.",
          "Wasp nest in the playground hedge on {street}.", "Rats come out of the drain at {street} and {cross} every evening.", "The bins at {addr} are crawling with rats, it's disgusting."},
         {"Bait boxes set, number 14 to 19.", "Burrows marked.", "Food waste source found next door.", "First check: bait taken."},
         {"No activity at the second check.", "Burrows closed.", "Nest removed.", "Building treated by the owner's contractor."},
         {"No sign of rats found.", "Private ground; owner given advice."},
         {"Hay ratas en el patio de {addr}.", "Tem ratos no quintal em {addr}.", "Il y a des rats dans la cour du {addr}."}},
    };
}

}  // namespace wl::engine::demo
