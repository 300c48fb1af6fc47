// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Values and the description of a field. The two tables of fields (case_fields.hpp, person_fields.hpp) are the one
// place where a field is named; codec, columns, masks, export, redaction and merge derive from them.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "domain/geo_point.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"

namespace wl {

/// Nothing, a whole number (also instants, in ms), text, a place, or a reference to an entity.
using Value = std::variant<std::monostate, std::int64_t, std::string, GeoPoint, EntityId>;

enum class FieldType : std::uint8_t {
    Int,     ///< whole number, also enumerations
    Text,    ///< UTF-8
    Code,    ///< short text from the catalogue, interned in the database
    Time,    ///< Instant in ms
    Point,   ///< GeoPoint
    Entity,  ///< EntityId
};

/// How concurrent edits meet (ARCHITECTURE "Merge rules").
enum class MergeRule : std::uint8_t {
    Register,  ///< greatest stamp wins; values nobody has overwritten knowingly stay visible as a conflict
    Once,      ///< set by the opening op alone, never edited
};

enum class Privacy : std::uint8_t {
    Public,    ///< may be published as open data
    Staff,     ///< for the city's people only
    Personal,  ///< about a person: sealed in the log under the entity's key, blanked in exports and on the wall
};

/// Where the column lives: the narrow table that queues scan, or the wide one that an open case reads.
enum class Home : std::uint8_t { Narrow, Wide };

struct FieldSpec {
    std::uint8_t id{};
    std::string_view name;  ///< in JSON, CSV, filters and as column
    FieldType type{};
    MergeRule merge{};
    Privacy privacy{};
    Home home{};
};

/// Field values sorted by field id; small, so a flat vector.
class FieldValues {
public:
    using Entry = std::pair<std::uint8_t, Value>;

    void set(std::uint8_t id, Value value) {
        const auto at = std::ranges::lower_bound(m_entries, id, {}, &Entry::first);
        if (at != m_entries.end() && at->first == id) at->second = std::move(value);
        else m_entries.emplace(at, id, std::move(value));
    }
    template <class E>
        requires std::is_enum_v<E>
    void set(E id, Value value) {
        set(static_cast<std::uint8_t>(id), std::move(value));
    }
    /// nullptr where the field is not named at all; a monostate value means "cleared".
    [[nodiscard]] const Value* find(std::uint8_t id) const {
        const auto at = std::ranges::lower_bound(m_entries, id, {}, &Entry::first);
        return at != m_entries.end() && at->first == id ? &at->second : nullptr;
    }
    template <class E>
        requires std::is_enum_v<E>
    [[nodiscard]] const Value* find(E id) const {
        return find(static_cast<std::uint8_t>(id));
    }
    [[nodiscard]] bool empty() const { return m_entries.empty(); }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] auto begin() const { return m_entries.begin(); }
    [[nodiscard]] auto end() const { return m_entries.end(); }
    bool operator==(const FieldValues&) const = default;

private:
    std::vector<Entry> m_entries;
};

[[nodiscard]] inline std::int64_t asInt(const Value& v) {
    const auto* i = std::get_if<std::int64_t>(&v);
    return i ? *i : 0;
}
[[nodiscard]] inline const std::string& asText(const Value& v) {
    static const std::string none;
    const auto* s = std::get_if<std::string>(&v);
    return s ? *s : none;
}
[[nodiscard]] inline bool isSet(const Value& v) { return !std::holds_alternative<std::monostate>(v); }

/// True if the value may stand in a field of that type (nothing may stand anywhere).
[[nodiscard]] inline bool fits(FieldType type, const Value& v) {
    if (!isSet(v)) return true;
    switch (type) {
        case FieldType::Int:
        case FieldType::Time: return std::holds_alternative<std::int64_t>(v);
        case FieldType::Text:
        case FieldType::Code: return std::holds_alternative<std::string>(v);
        case FieldType::Point: return std::holds_alternative<GeoPoint>(v);
        case FieldType::Entity: return std::holds_alternative<EntityId>(v);
    }
    return false;
}

}  // namespace wl
