// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a text says of the case it belongs to: case numbers in it, and the service whose words it uses.

#include "rules/catalogue.hpp"

namespace wl::engine {

/// "#7K2R9-4QXHM" and the like: ten characters with the dash, as we write it; the check character does the rest.
[[nodiscard]] std::vector<std::string> numbersIn(std::string_view text);
/// The public service most of whose words are used; the subject counts twice. `otherwise` if none are.
[[nodiscard]] std::string guessService(const rules::Catalogue& catalogue, std::string_view subject,
                                       std::string_view text, const std::string& otherwise);
/// At most so many bytes, whole characters; what was cut is marked.
[[nodiscard]] std::string cutText(std::string text, std::size_t longest, bool* wasCut = nullptr);

}  // namespace wl::engine
