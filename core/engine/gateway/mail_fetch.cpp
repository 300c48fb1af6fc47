// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/mail_fetch.hpp"

#include <spdlog/spdlog.h>

#include <sstream>

#include "channels/mail/message.hpp"
#include "store/disk.hpp"

namespace wl::engine {

MailFetch::MailFetch(comms::ImapSettings settings, std::chrono::seconds pause, std::filesystem::path note,
                     DropFolder& folder)
    : m_box(std::move(settings)), m_pause(pause), m_note(std::move(note)), m_folder(folder),
      m_thread([this] { run(); }) {}

MailFetch::~MailFetch() {
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void MailFetch::run() {
    std::unique_lock lock(m_mutex);
    while (!m_ends) {
        lock.unlock();
        if (const auto done = fetchNew(); !done)
            spdlog::warn("imap: {} {} {}", done.error().code, done.error().field, done.error().detail);
        lock.lock();
        m_wake.wait_for(lock, m_pause, [this] { return m_ends; });
    }
}

Result<void> MailFetch::fetchNew() {
    auto& disk = store::diskOf(m_note);
    std::uint32_t validity = 0, last = 0;
    if (disk.exists(m_note)) {
        WL_TRY(const auto kept, disk.read(m_note, 100));
        std::istringstream(kept) >> validity >> last;
    }
    WL_TRY(const auto now, m_box.validity());
    if (now != validity) validity = now, last = 0;  // another mailbox under the old name: all of it is new
    WL_TRY(const auto uids, m_box.from(last + 1));
    for (const auto uid : uids) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_ends) return {};
        }
        WL_TRY(const auto bytes, m_box.fetch(uid, mail::Limits{}.bytes));
        if (!bytes.empty()) {
            const auto file =
                m_folder.folder() / "new" / ("imap-" + std::to_string(validity) + '-' + std::to_string(uid) + ".eml");
            WL_CHECK(store::diskOf(file).replace(file, bytes));
            m_folder.look();
        }
        WL_CHECK(disk.replace(m_note, std::to_string(validity) + ' ' + std::to_string(uid) + '\n'));
        WL_CHECK(m_box.finish(uid));
    }
    return {};
}

}  // namespace wl::engine
