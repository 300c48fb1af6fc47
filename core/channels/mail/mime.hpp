// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to mail: what GMime reads, as plain values.

#include <map>
#include <string>
#include <string_view>

#include "channels/mail/message.hpp"

namespace wl::mail::mime {

/// The headers of the whole mail, decoded; of several of one name the first.
class Headers {
public:
    void add(std::string name, std::string value);
    /// Empty if there is none. Upper and lower case are the same.
    [[nodiscard]] const std::string& get(std::string_view name) const;

private:
    std::map<std::string, std::string> m_values;  // by lower-case name
};

/// Fills in all but kind and wantsNoAnswer.
Headers readInto(Message& message, std::string_view bytes, const Limits& limits);

/// "a@b.c" out of what is no address by the rules: between brackets, else the word with an @, else as it is.
[[nodiscard]] Address salvaged(std::string_view raw);

}  // namespace wl::mail::mime
