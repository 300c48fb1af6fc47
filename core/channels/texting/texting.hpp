// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What WhatsApp's Cloud API and SMS providers post to a webhook, as plain values. The same bodies may come from a
// folder.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/geo_point.hpp"
#include "domain/result.hpp"
#include "domain/time.hpp"
#include "domain/vocab.hpp"

namespace wl::texting {

/// A file that has to be fetched.
struct Media {
    std::string id;      ///< WhatsApp: by which its address is asked for
    std::string url;     ///< SMS: its address
    std::string type, sha256, name;
};

struct Text {
    Channel channel{};
    std::string id;     ///< what the provider calls it: unique
    std::string from;   ///< digits with +
    std::string name;   ///< as they call themselves
    Instant at;         ///< none: not said
    std::string body;
    std::optional<GeoPoint> position;
    std::vector<Media> media;
    std::string repliesTo;  ///< id of the message it answers or reacts to
    bool reaction{};        ///< a sign put on another message: not worth a case of its own
};

struct Status {
    Channel channel{};
    std::string id;      ///< of our message, by its provider
    std::string ours;    ///< what we called it, if the provider says so
    MessageState to{};   ///< Sent, Delivered, Read, Failed
    std::string note;    ///< of Failed: what the provider says
};

struct Delivery {
    std::vector<Text> texts;
    std::vector<Status> statuses;
    std::size_t leftOut{};  ///< entries that could not be read
};

/// A body of WhatsApp's Cloud API, with all its entries. Errors: texting.body (no JSON, or not of that form)
[[nodiscard]] Result<Delivery> readWhatsApp(std::string_view body);
/// A form of an SMS provider: MessageSid, From, Body, NumMedia, MediaUrl0 …; or MessageStatus. Errors: texting.body
[[nodiscard]] Result<Delivery> readSms(std::string_view body);

/// Whether `header` ("sha256=…") is the HMAC of the raw body under the secret; in time that says nothing of where it
/// differs. Never with an empty secret.
[[nodiscard]] bool isSigned(std::string_view header, std::string_view body, std::string_view secret);

}  // namespace wl::texting
