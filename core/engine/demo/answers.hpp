// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What callers answer to a service's questions, and how urgent that makes the case.

#include <string>

#include "engine/demo/chance.hpp"
#include "engine/demo/local_time.hpp"
#include "rules/catalogue.hpp"

namespace wl::engine::demo {

struct Answers {
    std::string json;         ///< object of code -> value or list of values; empty if nothing was answered
    Priority priority{};      ///< the service's own unless an answer raises it
};

/// Never the answer that would have sent the caller to the emergency services.
[[nodiscard]] Answers answersTo(const rules::Service& service, std::int64_t today, Chance& chance);

}  // namespace wl::engine::demo
