// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Local clock times of one zone to instants, by a table of its transitions (IANA data by way of std::chrono).

#include <string>
#include <vector>

#include "domain/result.hpp"
#include "domain/time.hpp"

namespace wl::feed {

/// Immutable once made; safe from any thread. A time that the clock skips in spring counts on from before the jump
/// (02:30 becomes 03:30), a time that it shows twice in autumn is the first of the two.
class LocalTime {
public:
    /// `zone` is an IANA name. Errors: timezone.unknown (Input, detail = the name), timezone.data (World).
    static Result<LocalTime> of(const std::string& zone);

    /// `localMs` are milliseconds since 1970-01-01T00:00 on the zone's clock; transitions are known 1900 to 2150.
    [[nodiscard]] Instant toInstant(std::int64_t localMs) const;

private:
    struct Span {
        std::int64_t localBegin{}, localEnd{}, offset{};  // ms
    };
    std::vector<Span> m_spans;  // ordered, at least one
};

}  // namespace wl::feed
