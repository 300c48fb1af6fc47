// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is known of a case's end before its clock warns. The store keeps what events and rules come to; a forecast rests
// on what happened to other cases, changes as they end, and so is laid over the rows as they are read.

#include <string_view>

#include "domain/time.hpp"

namespace wl::store {

class Foresight {
public:
    virtual ~Foresight() = default;
    /// From when an open case is more likely than not to be late; none: not before it is due. Any thread may ask.
    [[nodiscard]] virtual Instant riskFrom(std::string_view service, std::string_view department, std::string_view area,
                                           Instant requested, Instant due) const = 0;
};

}  // namespace wl::store
