// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Stamps in the packed blobs of local rows: the origin is its local number.

#include "domain/ops.hpp"
#include "store/names.hpp"
#include "store/packing.hpp"

namespace wl::store {

inline void packStamp(Packer& p, const Origins& origins, const Stamp& stamp) {
    p.number(stamp.hlc.value);
    p.number(static_cast<std::uint64_t>(origins.indexOf(stamp.dot.origin)));
    p.number(stamp.dot.seq);
}

[[nodiscard]] inline Stamp unpackStamp(Unpacker& u, const Origins& origins) {
    Stamp s;
    s.hlc.value = u.number();
    s.dot.origin = origins.idOf(static_cast<std::int64_t>(u.number()));
    s.dot.seq = u.number();
    return s;
}

}  // namespace wl::store
