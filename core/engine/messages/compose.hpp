// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A message to a citizen, made of a template and the case as it stands; and where it may go.

#include "comms/sending.hpp"
#include "comms/templates.hpp"
#include "rules/catalogue.hpp"
#include "store/views.hpp"

namespace wl::engine {

/// What a text is made of. Pointers may be null.
struct ComposeInput {
    const store::CaseDetail& detail;
    const PersonState* person{};  ///< whom it is for
    const rules::Catalogue& catalogue;
    Instant now;
    std::string comment{};        ///< closing comment, or what is asked of them
    std::string answer{};         ///< what the owner writes
};

struct Composed {
    std::string templateCode, language;
    std::string subject, body;
};

/// The variables of a case in a language.
[[nodiscard]] comms::Values valuesOf(const ComposeInput& input, std::string_view language);
/// Errors: as comms::render, the detail names the template.
[[nodiscard]] Result<Composed> compose(const rules::MessageTemplate& text, const ComposeInput& input);
/// The template for an event in the person's language, else in the city's, else in English; null: there is none.
[[nodiscard]] const rules::MessageTemplate* templateFor(const ComposeInput& input, std::string_view event,
                                                        Channel channel);
[[nodiscard]] std::string languageOf(const PersonState* person, const rules::Catalogue& catalogue);

/// Channels that messages leave by.
inline constexpr std::array<Channel, 3> kSendingChannels{Channel::Email, Channel::WhatsApp, Channel::Sms};
/// The person's own for that channel, the one added last; empty if there is none.
[[nodiscard]] std::string addressFor(const PersonState& person, Channel channel);
/// The channel that the person prefers, or came by, or has an address for; nothing if there is none.
[[nodiscard]] std::optional<Channel> channelFor(const PersonState& person, Channel cameBy);

[[nodiscard]] comms::SendingPolicy sendingPolicy(const rules::Catalogue& catalogue);

/// What the rules look at, but for the cross-case record, the text and who sends.
[[nodiscard]] comms::MessageFacts factsOf(const CaseState& state, const PersonState* person,
                                          const store::ContactRecord& record, MessageWhy why, Channel channel,
                                          const std::string& address);

}  // namespace wl::engine
