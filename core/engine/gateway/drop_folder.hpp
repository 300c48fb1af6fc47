// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Takes files out of a folder, on a thread of its own: the folder itself and, maildir-like, its new/. A file is taken
// once it has stopped growing (in new/ at once: it was renamed into place). Afterwards it lies in done/ (or is gone, as
// asked for), unsorted/ or rejected/, the latter two with a file beside it that says why. A file that cannot be dealt
// with now stays where it is and is tried again after a while.

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "domain/result.hpp"

namespace wl::engine {

enum class DropFate : std::uint8_t { Done, Unsorted, Rejected };
struct Dropped {
    DropFate fate{};
    std::string why;  ///< of Unsorted and Rejected
    std::string said;  ///< for the log
};

class DropFolder {
public:
    /// On the folder's thread. World: to be tried again; any other error rejects the file.
    using Take = std::function<Result<Dropped>(std::string_view bytes)>;
    struct Options {
        std::string name;  ///< for the log: "mail"
        std::size_t limit{};  ///< bytes read of a file
        bool keepsTaken{true};  ///< in done/
    };
    /// Makes the folders. Errors: gateway.folder
    static Result<std::unique_ptr<DropFolder>> start(const std::filesystem::path& folder, Options options, Take take);
    ~DropFolder();
    DropFolder(const DropFolder&) = delete;
    DropFolder& operator=(const DropFolder&) = delete;
    /// Something has just been put there. Any thread.
    void look();
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

private:
    DropFolder(std::filesystem::path folder, Options options, Take take);
    void run();
    void lookIn(const std::filesystem::path& folder, bool renamed);
    void takeFile(const std::filesystem::path& file);
    struct Seen {
        std::pair<std::uintmax_t, std::filesystem::file_time_type> state;
        int failures{};
        std::chrono::steady_clock::time_point again{};
    };

    Options m_options;
    Take m_take;
    std::filesystem::path m_folder;
    std::map<std::filesystem::path, Seen> m_seen;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ends{}, m_looks{};
    std::thread m_thread;
};

}  // namespace wl::engine
