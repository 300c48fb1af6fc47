// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Takes mails out of a folder, on a thread of its own: the folder itself and, maildir-like, its new/. A file is taken
// once it has stopped growing (in new/ at once: it was renamed into place). Afterwards it lies in done/, unsorted/ or
// rejected/, the latter two with a file beside it that says why. A file that cannot be dealt with now stays where it
// is.

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "engine/gateway/mail_intake.hpp"

namespace wl::engine {

class MailDrop {
public:
    /// Makes the folders. Errors: gateway.folder
    static Result<std::unique_ptr<MailDrop>> start(std::unique_ptr<MailIntake> intake,
                                                   const std::filesystem::path& folder);
    ~MailDrop();
    MailDrop(const MailDrop&) = delete;
    MailDrop& operator=(const MailDrop&) = delete;

private:
    MailDrop(std::unique_ptr<MailIntake> intake, std::filesystem::path folder);
    void run();
    void look(const std::filesystem::path& folder, bool renamed);
    void take(const std::filesystem::path& file);

    std::unique_ptr<MailIntake> m_intake;
    std::filesystem::path m_folder;
    std::map<std::filesystem::path, std::pair<std::uintmax_t, std::filesystem::file_time_type>> m_seen;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ends{};
    std::thread m_thread;
};

}  // namespace wl::engine
