// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A stamp as it goes into the digest of a state.

#include <string>

#include "domain/cbor.hpp"
#include "domain/ops.hpp"

namespace wl {

inline void writeStamp(std::string& out, const Stamp& stamp) {
    cbor::Writer w(out);
    w.array(3), w.uint(stamp.hlc.value), w.bytes(view(stamp.dot.origin)), w.uint(stamp.dot.seq);
}

}  // namespace wl
