// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who a case is from, as intake and imports hand it to the engine.

#include <string>
#include <vector>

#include "domain/fields.hpp"
#include "domain/vocab.hpp"

namespace wl::engine {

struct NewContact {
    ContactKind kind{};
    std::string value;
    std::string label;
};

/// Who calls: a known person, or a new record made in the same transaction. Neither = anonymous.
struct RequesterDraft {
    PersonId known;
    FieldValues fields;  ///< PersonField ids; used when `known` is null and something is given
    std::vector<NewContact> contacts;
};

}  // namespace wl::engine
