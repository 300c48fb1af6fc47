// SPDX-License-Identifier: GPL-3.0-or-later
// Basemap files: as they are, and with the frame and checksum around the bytes made right so that the inside is
// reached.
#include <cstdlib>

#include "domain/compress.hpp"
#include "domain/crypto.hpp"
#include "fuzz/entry.hpp"
#include "geo/city_map.hpp"
#include "ui/map/small_city.hpp"

using namespace wl;

namespace {

constexpr std::size_t kHead = 14;  // magic word and length

void use(const Result<geo::CityMap>& map) {
    if (!map) return;
    std::size_t sum = 0;
    for (const auto& feature : map->features) {
        if (feature.name >= map->names.size()) std::abort();
        for (const auto& point : map->pointsOf(feature)) sum += point.x > 0 ? 1 : 0;
        for (std::uint32_t r = 0; r < feature.ringCount; ++r)
            if (map->ringEnds.at(feature.firstRing + r) > feature.pointCount) std::abort();
    }
    for (const auto& address : map->addresses)
        if (address.street >= map->names.size() || address.number >= map->names.size()) std::abort();
    if (sum > map->points.size()) std::abort();
}

}  // namespace

void fuzzOne(std::string_view bytes) {
    use(geo::decodeCityMap(bytes));
    std::string file("WLMAP\1", 6);
    for (int shift = 56; shift >= 0; shift -= 8) file.push_back(static_cast<char>((bytes.size() >> shift) & 0xffU));
    file += compress(bytes, 1);
    file += view(blake2b({file}));
    use(geo::decodeCityMap(file));
}

std::vector<std::string> seeds() {
    const auto file = geo::encodeCityMap(*test::SmallCity::make());
    std::size_t length = 0;
    for (std::size_t i = 6; i < kHead; ++i) length = (length << 8) | static_cast<std::uint8_t>(file[i]);
    return {file, decompress(std::string_view(file).substr(kHead, file.size() - kHead - 32), length).value()};
}
