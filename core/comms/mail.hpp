// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A mail as it leaves: RFC 5322 and MIME by GMime. Its Message-ID follows from the message alone, so that a second
// delivery after an unclear end is the same mail to whoever receives it.

#include <string>
#include <vector>

#include "domain/result.hpp"
#include "domain/time.hpp"

namespace wl::comms {

struct OutgoingMail {
    std::string messageId;                ///< without angle brackets
    std::string fromName, fromAddress;    ///< of the desk
    std::string replyTo;                  ///< empty: from
    std::string returnPath;               ///< envelope sender, one for each message (VERP)
    std::string toName, toAddress;
    std::string subject, body;            ///< plain text, \n
    std::string language;                 ///< Content-Language; a page for right-to-left ones says so
    std::string inReplyTo;                ///< the citizen's last mail; empty: none
    std::vector<std::string> references;  ///< oldest first
    std::string unsubscribe;              ///< https or mailto, for a series (RFC 2369, RFC 8058)
    std::string loopMark;                 ///< the console's origin: our own mail that comes back is known
    bool automatic{};                     ///< Auto-Submitted: auto-generated (RFC 3834)
    Instant date;
};

/// The bytes to hand over, CRLF. Errors: mail.address (an address that no header may hold).
[[nodiscard]] Result<std::string> writeMail(const OutgoingMail& mail);

/// bounce+HEX@domain: the envelope sender of one message.
[[nodiscard]] std::string bounceAddress(std::string_view base, std::string_view messageHex);
/// The 32 hex digits that a bounce address holds; empty for any other address.
[[nodiscard]] std::string messageOfBounceAddress(std::string_view address);

}  // namespace wl::comms
