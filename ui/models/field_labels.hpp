// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The names of the fields as users read them; one line a field.

#include <QString>

#include "domain/person_fields.hpp"

namespace wl::ui {

[[nodiscard]] QString fieldLabel(CaseField field);
[[nodiscard]] QString fieldLabel(PersonField field);
/// By the name in the field table ("service_code"), as errors give it; the name itself if it is none.
[[nodiscard]] QString caseFieldLabel(std::string_view name);

}  // namespace wl::ui
