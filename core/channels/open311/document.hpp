// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One document, written as XML or as the JSON that the standard maps it to: containers become plain arrays.

#include <boost/json/value.hpp>
#include <string>

namespace wl::open311 {

/// `value` is an array of objects, or an object; `root` names the outermost XML element.
[[nodiscard]] std::string writeXml(const boost::json::value& value, const char* root);
[[nodiscard]] std::string writeJson(const boost::json::value& value);

}  // namespace wl::open311
