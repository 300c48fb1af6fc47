// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/exchange.hpp"

namespace wl {

Hash SnapshotOffer::id() const {
    std::string all;
    for (const auto& chunk : chunks) all += view(chunk);
    return blake2b({"snapshot", all});
}

}  // namespace wl
