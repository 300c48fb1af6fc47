// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Mails as wardlinectl shows them.

#include <boost/json/value.hpp>
#include <filesystem>
#include <vector>

#include "domain/result.hpp"

namespace wl::engine {

/// The files below a folder that are mails: those named .eml, and others that begin like one. In the order of names.
[[nodiscard]] Result<std::vector<std::filesystem::path>> mailFiles(const std::filesystem::path& folder);
/// One mail: sender, date, text, reply, files with their hashes. `file` is shown relative to `folder`.
[[nodiscard]] Result<boost::json::value> mailJson(const std::filesystem::path& file,
                                                  const std::filesystem::path& folder);

}  // namespace wl::engine
