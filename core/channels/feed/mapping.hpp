// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A mapping says how a feed's columns become a case: a text file of sections and `key = value` lines (docs/import.md
// has the grammar). It holds no code; everything in it is checked when it is read.

#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "channels/feed/expression.hpp"
#include "channels/feed/reader.hpp"
#include "channels/feed/value_map.hpp"
#include "domain/geo_point.hpp"
#include "domain/result.hpp"
#include "domain/time.hpp"

namespace wl::feed {

/// What a feed can say about a case; the names are the keys of section [fields].
enum class MapField : std::uint8_t {
    // clang-format off
    ExternalId, ServiceCode, ServiceName, ServiceGroup, Department, DepartmentName, Title, Description, Address, Zipcode,
    LocationNote, Lat, Long, Position, Area, RequestedAt, UpdatedAt, ClosedAt, AcknowledgedAt, Due, PromisedAt, Status,
    StatusNotes, PauseReason, Resolution, Channel, Priority, Owner, Crew, CrewName, RequesterName, RequesterPhone,
    RequesterEmail, MediaUrl,
    // clang-format on
};
inline constexpr std::size_t kMapFieldCount = 34;
[[nodiscard]] std::string_view code(MapField field);
[[nodiscard]] std::optional<MapField> mapFieldFromCode(std::string_view code);

/// WGS84 box that a city lies in.
struct Bounds {
    double south{}, west{}, north{}, east{};
    [[nodiscard]] bool contains(double lat, double lon) const {
        return lat >= south && lat <= north && lon >= west && lon <= east;
    }
};

struct Mapping {
    std::string name;
    std::string source;                         ///< namespace of the external ids
    ReadOptions read;
    std::string timeZone{"UTC"};                ///< of times that carry no offset; IANA name
    std::vector<std::string> dates{"iso"};      ///< see DateReader
    std::vector<std::string> emptyWords;        ///< texts that mean "nothing", folded
    std::optional<Bounds> bounds;
    bool locationRequired{true};                ///< a row with neither address nor position is rejected
    Millis clockSkew{};                         ///< a case closed earlier than it was opened by no more is taken
    ColumnSlots slots;
    std::array<Expression, kMapFieldCount> fields;
    ValueMap statuses, channels, priorities, resolutions;

    [[nodiscard]] const Expression& field(MapField f) const { return fields[static_cast<std::size_t>(f)]; }
};

/// Errors (Input, field = section or key, detail = "LINE: text"): mapping.line (neither section nor key = value),
/// mapping.section, mapping.key (unknown), mapping.twice, mapping.value (what is allowed follows the text in brackets),
/// mapping.expression, mapping.dates, timezone.unknown, mapping.missing (a required key; no line).
[[nodiscard]] Result<Mapping> parseMapping(std::string_view text);

/// A mapping that comes with the program.
struct ShippedMapping {
    std::string_view name;
    std::string_view text;
};
[[nodiscard]] std::span<const ShippedMapping> shippedMappings();

/// Takes the name of a shipped mapping or the path of a file. Errors: mapping.unknown (NotFound), and as above.
[[nodiscard]] Result<Mapping> loadMapping(const std::string& nameOrPath);

/// Columns that the case cannot do without and that none of `columns` gives: "service_request_id" …
[[nodiscard]] std::vector<std::string> missingColumns(const Mapping& mapping, const ColumnTable& columns);

}  // namespace wl::feed
