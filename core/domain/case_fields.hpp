// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one table of case fields. To add a field: append a row here and a label in ui/models/field_labels.cpp;
// the column, the codec, the merge, search, export and filters follow. Ids are in the log: never reuse one.
// Status, its reasons and its instants are not fields: they follow from the history of status ops.

#include <array>

#include "domain/fields.hpp"

namespace wl {

enum class CaseField : std::uint8_t {
    // clang-format off
    Service = 1, Priority = 2, Title = 3, Description = 4, Address = 5, Position = 6, Area = 7, Department = 8,
    Crew = 9, Owner = 10, FirstChannel = 11, RequestedAt = 12, DueOverride = 13, Requester = 14, Answers = 15,
    Source = 16, ExternalId = 17, ConsentGiven = 18, LocationNote = 19, Zipcode = 20, MediaUrl = 21, Confidential = 22,
    PromisedAt = 23, SourceUpdatedAt = 24, SourceRow = 25, DuplicateOf = 26, RoutedBy = 27, Job = 28,
    // clang-format on
};

inline constexpr std::array<FieldSpec, 28> kCaseFields{{
    // clang-format off
    {1, "service_code", FieldType::Code, MergeRule::Register, Privacy::Public, Home::Narrow},
    {2, "priority", FieldType::Int, MergeRule::Register, Privacy::Public, Home::Narrow},
    {3, "title", FieldType::Text, MergeRule::Register, Privacy::Staff, Home::Wide},
    {4, "description", FieldType::Text, MergeRule::Register, Privacy::Personal, Home::Wide},
    {5, "address", FieldType::Text, MergeRule::Register, Privacy::Public, Home::Wide},
    {6, "position", FieldType::Point, MergeRule::Register, Privacy::Public, Home::Narrow},
    {7, "area", FieldType::Code, MergeRule::Register, Privacy::Public, Home::Narrow},
    {8, "department", FieldType::Code, MergeRule::Register, Privacy::Public, Home::Narrow},
    {9, "crew", FieldType::Code, MergeRule::Register, Privacy::Staff, Home::Narrow},
    {10, "owner", FieldType::Code, MergeRule::Register, Privacy::Staff, Home::Narrow},
    {11, "channel", FieldType::Int, MergeRule::Once, Privacy::Public, Home::Narrow},
    {12, "requested_datetime", FieldType::Time, MergeRule::Once, Privacy::Public, Home::Narrow},
    {13, "due_override", FieldType::Time, MergeRule::Register, Privacy::Public, Home::Wide},
    {14, "requester", FieldType::Entity, MergeRule::Register, Privacy::Staff, Home::Wide},
    {15, "answers", FieldType::Text, MergeRule::Register, Privacy::Personal, Home::Wide},  // JSON object code -> value(s)
    {16, "source", FieldType::Code, MergeRule::Once, Privacy::Public, Home::Wide},
    {17, "external_id", FieldType::Text, MergeRule::Once, Privacy::Public, Home::Wide},
    {18, "consent", FieldType::Int, MergeRule::Register, Privacy::Staff, Home::Wide},
    {19, "location_note", FieldType::Text, MergeRule::Register, Privacy::Personal, Home::Wide},
    {20, "zipcode", FieldType::Text, MergeRule::Register, Privacy::Public, Home::Wide},
    {21, "media_url", FieldType::Text, MergeRule::Register, Privacy::Staff, Home::Wide},
    {22, "confidential", FieldType::Int, MergeRule::Register, Privacy::Staff, Home::Wide},
    {23, "promised_datetime", FieldType::Time, MergeRule::Register, Privacy::Staff, Home::Wide},
    {24, "source_updated_datetime", FieldType::Time, MergeRule::Register, Privacy::Staff, Home::Wide},
    {25, "source_row", FieldType::Int, MergeRule::Register, Privacy::Staff, Home::Wide},  // fingerprint of the feed's row
    {26, "duplicate_of", FieldType::Entity, MergeRule::Register, Privacy::Staff, Home::Wide},
    {27, "routed_by", FieldType::Code, MergeRule::Register, Privacy::Staff, Home::Wide},  // the rule that gave department, crew, owner
    {28, "job", FieldType::Code, MergeRule::Register, Privacy::Staff, Home::Wide},        // code of the work order it belongs to
    // clang-format on
}};

[[nodiscard]] constexpr const FieldSpec* findField(std::span<const FieldSpec> table, std::uint8_t id) {
    return id >= 1 && id <= table.size() ? &table[id - 1U] : nullptr;  // ids are dense, checked below
}
[[nodiscard]] constexpr const FieldSpec* findField(std::span<const FieldSpec> table, std::string_view name) {
    for (const auto& spec : table)
        if (spec.name == name) return &spec;
    return nullptr;
}
[[nodiscard]] constexpr const FieldSpec& spec(CaseField field) {
    return kCaseFields[static_cast<std::size_t>(field) - 1];
}
/// One bit a field, for change sets.
[[nodiscard]] constexpr std::uint64_t bit(CaseField field) { return std::uint64_t{1} << static_cast<unsigned>(field); }

consteval bool fieldIdsAreDense(std::span<const FieldSpec> table) {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].id != i + 1) return false;
    return true;
}
static_assert(fieldIdsAreDense(kCaseFields));

}  // namespace wl
