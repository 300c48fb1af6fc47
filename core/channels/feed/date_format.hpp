// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Dates and times as feeds write them.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "channels/feed/local_time.hpp"

namespace wl::feed {

/// Tries a list of formats in turn. A format is
///   iso     2015-03-08T14:05:09.25-05:00, also with a space for T, without seconds, without offset, without time
///   epoch   seconds since 1970; milliseconds from 12 digits on
///   %…      strptime letters: Y y m d e B b H I M S f p z A a, with one or two digits where two are usual
/// What carries no offset is local time of the zone. Dates that no calendar has and years outside 1900 to 2149 are
/// refused, and so is text left over.
class DateReader {
public:
    /// Errors: mapping.dates (Input, detail = the format).
    static Result<DateReader> of(const std::vector<std::string>& formats, LocalTime zone);

    [[nodiscard]] std::optional<Instant> read(std::string_view text) const;

private:
    explicit DateReader(LocalTime zone) : m_zone(std::move(zone)) {}
    std::vector<std::string> m_formats;
    LocalTime m_zone;
};

}  // namespace wl::feed
