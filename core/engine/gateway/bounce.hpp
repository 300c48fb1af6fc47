// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A mail of ours that came back: which message it was, and that its address does not work.

#include "channels/mail/message.hpp"
#include "engine/engine.hpp"

namespace wl::engine {

/// Marks the message that a bounce is about, found by the address it came back to or the Message-ID it returns.
/// Nothing where it is about none of ours.
Result<void> noteBounce(Engine& engine, store::Reader& reader, const mail::Message& mail);

}  // namespace wl::engine
