// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JSON with numbers as people write them: Boost.JSON prints 42.36 as 4.236E1.

#include <boost/json/fwd.hpp>
#include <string>

namespace wl::engine {

/// Compact JSON; doubles as the shortest plain decimals that read back as the same double.
[[nodiscard]] std::string plainJson(const boost::json::value& value);

}  // namespace wl::engine
