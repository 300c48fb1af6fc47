// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/mapping.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace wl::feed {
namespace {

// clang-format off
constexpr std::array<std::string_view, kMapFieldCount> kNames{
    "external_id", "service_code", "service_name", "service_group", "department", "department_name", "title",
    "description", "address", "zipcode", "location_note", "lat", "long", "position", "area", "requested_datetime",
    "updated_datetime", "closed_datetime", "acknowledged_datetime", "due", "promised_datetime", "status", "status_notes",
    "pause_reason", "resolution", "channel", "priority", "owner", "crew", "crew_name", "requester_name",
    "requester_phone", "requester_email", "media_url"};
// clang-format on

constexpr ShippedMapping kShipped[] = {
#include "shipped_mappings.inc"
};

}  // namespace

std::string_view code(MapField field) { return kNames[static_cast<std::size_t>(field)]; }

std::optional<MapField> mapFieldFromCode(std::string_view text) {
    const auto at = std::ranges::find(kNames, text);
    if (at == kNames.end()) return std::nullopt;
    return static_cast<MapField>(at - kNames.begin());
}

std::span<const ShippedMapping> shippedMappings() { return kShipped; }

Result<Mapping> loadMapping(const std::string& nameOrPath) {
    for (const ShippedMapping& shipped : kShipped)
        if (shipped.name == nameOrPath) return parseMapping(shipped.text);
    std::ifstream file(nameOrPath, std::ios::binary);
    if (!file) return fail(ErrorKind::NotFound, "mapping.unknown", "map", nameOrPath);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return parseMapping(text);
}

std::vector<std::string> missingColumns(const Mapping& mapping, const ColumnTable& columns) {
    std::vector<bool> present(mapping.slots.size());
    for (std::uint32_t column = 0; column < columns.size(); ++column)
        if (const int slot = mapping.slots.find(normalisedName(columns.name(column))); slot >= 0)
            present[static_cast<std::size_t>(slot)] = true;
    std::vector<std::string> missing;
    const auto need = [&](MapField field) {
        const Expression& expression = mapping.field(field);
        if (!expression.empty() && !expression.canUse(present))
            missing.push_back(expression.firstColumn(mapping.slots));
    };
    need(MapField::ExternalId);
    need(MapField::RequestedAt);
    need(MapField::Status);
    const bool byName = mapping.field(MapField::ServiceName).canUse(present);
    if (!byName) need(mapping.field(MapField::ServiceCode).empty() ? MapField::ServiceName : MapField::ServiceCode);
    return missing;
}

}  // namespace wl::feed
