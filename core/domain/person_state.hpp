// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The state of one citizen record: registers plus an add-wins set of contacts.

#include <set>

#include "domain/judgement.hpp"
#include "domain/person_fields.hpp"
#include "domain/registers.hpp"

namespace wl {

struct Contact {
    Stamp added;
    ContactKind kind{};
    std::string value;
    std::string label;
    bool operator==(const Contact&) const = default;
};

struct PersonState {
    PersonId id;
    Stamp opened;
    Registers fields{kPersonFields.size()};
    std::vector<Contact> contacts;  ///< those not removed, ascending by stamp
    std::set<Dot> removed;          ///< adds that a removal named, also ones that have not arrived
    Judgements judgements;          ///< of this and records of lesser ids
    std::int64_t unread{};
    bool operator==(const PersonState&) const = default;

    [[nodiscard]] const Value& value(PersonField field) const { return fields[static_cast<std::uint8_t>(field)].value; }
    [[nodiscard]] const std::string& text(PersonField field) const { return asText(value(field)); }
    [[nodiscard]] bool isOpenedYet() const { return opened.dot.seq != 0; }
};

[[nodiscard]] PersonState foldPerson(const PersonId& id, std::span<const StampedOp> ops);
/// False if the fold from scratch is needed (the state is unchanged then).
[[nodiscard]] bool applyToPerson(PersonState& state, const StampedOp& op);
[[nodiscard]] std::string canonicalBytes(const PersonState& state);

}  // namespace wl
