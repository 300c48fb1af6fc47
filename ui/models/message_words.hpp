// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is said of messages to citizens: their state, and why one was held, kept back or failed.

#include <QString>

#include <string_view>

#include "domain/vocab.hpp"

namespace wl::ui {

[[nodiscard]] QString messageStateWord(MessageState state);
[[nodiscard]] QString messageStateIconName(MessageState state);
[[nodiscard]] QString messageWhyWord(MessageWhy why);
/// A reason code in words; empty where there is nothing to say.
[[nodiscard]] QString messageReasonWords(std::string_view reason);
/// What a template is for, by its code.
[[nodiscard]] QString messageEventWord(std::string_view event);

}  // namespace wl::ui
