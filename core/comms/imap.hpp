// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A mailbox by IMAP, named by UIDs. Each call blocks its thread, at most the given time; the line stays open between
// calls. Used by one thread.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "domain/result.hpp"

namespace wl::comms {

struct ImapSettings {
    std::string url;             ///< imap://host:143 or imaps://host:993
    std::string user, password;
    std::string mailbox{"INBOX"};
    std::string done;            ///< mailbox that taken mail is moved to; empty: it is marked as seen
    bool requireTls{true};       ///< no password over a line that is not encrypted
    std::chrono::seconds timeout{60};
};

class ImapBox {
public:
    explicit ImapBox(ImapSettings settings);
    ~ImapBox();
    ImapBox(const ImapBox&) = delete;
    ImapBox& operator=(const ImapBox&) = delete;

    // Errors: imap.failed (World), imap.login (Refused), imap.answer (World: not understood)
    /// UIDs hold as long as this number is the same.
    Result<std::uint32_t> validity();
    /// UIDs from that one on, ascending.
    Result<std::vector<std::uint32_t>> from(std::uint32_t first);
    /// The mail's bytes, at most `limit` + 1 of them.
    Result<std::string> fetch(std::uint32_t uid, std::size_t limit);
    /// It has been taken: seen, or moved away.
    Result<void> finish(std::uint32_t uid);

private:
    Result<std::string> run(const std::string& path, const std::string& command, std::size_t limit);

    ImapSettings m_settings;
    void* m_handle;  ///< of libcurl
};

}  // namespace wl::comms
