// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Mail out of a mailbox into the folder that mails are taken from, on a thread of its own. A mail lies there durable
// before the mailbox and the note of how far we are hear of it: whatever ends the program, it is fetched again at
// worst, and its Message-ID keeps it from being there twice.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "comms/imap.hpp"
#include "engine/gateway/drop_folder.hpp"

namespace wl::engine {

class MailFetch {
public:
    /// `note` is the file that says up to which UID mail has been fetched. `folder` lives as long as this.
    MailFetch(comms::ImapSettings settings, std::chrono::seconds pause, std::filesystem::path note, DropFolder& folder);
    ~MailFetch();
    MailFetch(const MailFetch&) = delete;
    MailFetch& operator=(const MailFetch&) = delete;

private:
    void run();
    Result<void> fetchNew();

    comms::ImapBox m_box;
    std::chrono::seconds m_pause;
    std::filesystem::path m_note;
    DropFolder& m_folder;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ends{};
    std::thread m_thread;  // last: it uses all of the above
};

}  // namespace wl::engine
