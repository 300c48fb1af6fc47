// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A mail as it was sent, taken apart: who, when, about what, the text to read, the files. Every text is UTF-8. Nothing
// in a mail makes reading fail: what is broken is read as well as it can be, what is too much is left out and counted.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/time.hpp"

namespace wl::mail {

struct Address {
    std::string name;
    std::string address;  ///< "someone@example.org", as written; empty for the name of a group
};

/// What sort of mail it is: only a Message is answered by itself.
enum class Kind : std::uint8_t { Message, Bounce, AutoReply, Receipt, List, Loop };
[[nodiscard]] std::string_view code(Kind kind);

struct File {
    std::string name;  ///< cleaned: no folders, no control characters
    std::string type;
    std::string bytes;
    std::string contentId;  ///< without brackets; what the HTML of the mail calls it
    bool isInline{};
};

struct Message {
    Address from;
    std::vector<Address> to, cc, replyTo;
    std::string subject;
    Instant date;  ///< none: there is none that can be read
    std::string messageId, inReplyTo;  ///< without brackets
    std::vector<std::string> references;
    std::string text;   ///< what there is to read; of a mail in HTML alone, its text
    std::string language;  ///< Content-Language, else empty
    Kind kind{Kind::Message};
    bool wantsNoAnswer{};  ///< automatic mail must not be answered automatically (RFC 3834 and customs)
    std::vector<File> files;
    std::vector<std::string> failedRecipients;  ///< of a bounce
    std::vector<std::string> returned;          ///< Message-IDs of the mail that a bounce tells of
    std::string autoLoop;                       ///< X-Loop, X-Wardline-Origin
    std::size_t leftOut{};  ///< parts beyond the limits
};

/// Limits that no honest mail meets.
struct Limits {
    std::size_t bytes{50u << 20U};
    std::size_t parts{300};
    std::size_t depth{24};
    std::size_t text{1u << 20U};  ///< of the text to read
};

/// Whether bytes look like a mail: begin with header lines, among them one that every mail has.
[[nodiscard]] bool looksLikeMail(std::string_view bytes);
[[nodiscard]] Message read(std::string_view bytes, const Limits& limits = {});

}  // namespace wl::mail
