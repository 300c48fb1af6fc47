// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one table of citizen fields; phones, e-mails and other contacts are a set of their own (ops PersonContactAdded).

#include "domain/case_fields.hpp"

namespace wl {

enum class PersonField : std::uint8_t {
    // clang-format off
    Name = 1, Language = 2, PreferredChannel = 3, Address = 4, Note = 5, DoNotContact = 6, Protected = 7,
    // clang-format on
};

inline constexpr std::array<FieldSpec, 7> kPersonFields{{
    {1, "name", FieldType::Text, MergeRule::Register, Privacy::Personal, Home::Wide},
    {2, "language", FieldType::Text, MergeRule::Register, Privacy::Staff, Home::Wide},
    {3, "preferred_channel", FieldType::Int, MergeRule::Register, Privacy::Staff, Home::Wide},
    {4, "address", FieldType::Text, MergeRule::Register, Privacy::Personal, Home::Wide},
    {5, "note", FieldType::Text, MergeRule::Register, Privacy::Personal, Home::Wide},
    {6, "do_not_contact", FieldType::Int, MergeRule::Register, Privacy::Staff, Home::Wide},
    {7, "protected", FieldType::Int, MergeRule::Register, Privacy::Staff, Home::Wide},
}};
static_assert(fieldIdsAreDense(kPersonFields));

[[nodiscard]] constexpr const FieldSpec& spec(PersonField field) {
    return kPersonFields[static_cast<std::size_t>(field) - 1];
}

}  // namespace wl
