// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The fixed vocabularies in the user's language, and the Breeze icon that stands beside each word.

#include <QString>

#include "domain/vocab.hpp"

namespace wl::ui {

[[nodiscard]] QString statusWord(Status status);
[[nodiscard]] QString priorityWord(Priority priority);
[[nodiscard]] QString channelWord(Channel channel);
[[nodiscard]] QString directionWord(Direction direction);
[[nodiscard]] QString interactionWord(InteractionKind kind);
[[nodiscard]] QString visibilityWord(Visibility visibility);
[[nodiscard]] QString contactKindWord(ContactKind kind);
[[nodiscard]] QString consentWord(Consent consent);
/// A resolution code in words; a city's own code comes back as it is, with blanks for underscores.
[[nodiscard]] QString resolutionWord(std::string_view code);

[[nodiscard]] QString statusIconName(Status status);
[[nodiscard]] QString priorityIconName(Priority priority);
[[nodiscard]] QString channelIconName(Channel channel);
[[nodiscard]] QString contactKindIconName(ContactKind kind);

}  // namespace wl::ui
