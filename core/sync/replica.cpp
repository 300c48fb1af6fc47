// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/replica.hpp"

namespace wl::sync {

Hash SnapshotOffer::id() const {
    std::string all;
    for (const auto& chunk : chunks) all += view(chunk);
    return blake2b({"snapshot", all});
}

}  // namespace wl::sync
