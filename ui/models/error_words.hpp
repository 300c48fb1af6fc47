// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What an Error says to a user: what happened, to which thing, and what can be done.

#include <QString>

#include "domain/result.hpp"

namespace wl::ui {

struct ErrorWords {
    QString what;
    QString advice;  ///< may be empty
    [[nodiscard]] QString line() const { return advice.isEmpty() ? what : what + u' ' + advice; }
};

[[nodiscard]] ErrorWords errorWords(const Error& error);

}  // namespace wl::ui
