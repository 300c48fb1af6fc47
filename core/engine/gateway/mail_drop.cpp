// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/mail_drop.hpp"

#include <spdlog/spdlog.h>

#include <fstream>

#include "domain/attached_file.hpp"

namespace wl::engine {
namespace fs = std::filesystem;
namespace {

constexpr auto kPause = std::chrono::milliseconds(200);

Result<std::string> bytesOf(const fs::path& file, std::size_t limit) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(ErrorKind::World, "file.open", {}, file.string());
    std::string out;
    std::string piece(1u << 20U, '\0');
    while (out.size() < limit && in.read(piece.data(), static_cast<std::streamsize>(piece.size())).gcount() > 0)
        out.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (in.bad()) return fail(ErrorKind::World, "file.read", {}, file.string());
    return out;
}

bool isUnfinished(const fs::path& file) {
    const auto name = file.filename().string();
    return name.starts_with('.') || name.ends_with(".tmp") || name.ends_with(".part");
}

// Into the folder under its own name, or with a number if that is taken.
fs::path moved(const fs::path& file, const fs::path& folder) {
    const auto name = safeFileName(file.filename().string());
    std::error_code error;
    auto to = folder / name;
    for (int n = 2; fs::exists(to, error); ++n) to = folder / (std::to_string(n) + '-' + name);
    fs::rename(file, to, error);
    return error ? fs::path() : to;
}

}  // namespace

MailDrop::MailDrop(std::unique_ptr<MailIntake> intake, fs::path folder)
    : m_intake(std::move(intake)), m_folder(std::move(folder)), m_thread([this] { run(); }) {}

Result<std::unique_ptr<MailDrop>> MailDrop::start(std::unique_ptr<MailIntake> intake, const fs::path& folder) {
    for (const auto* part : {"new", "done", "unsorted", "rejected"}) {
        std::error_code error;
        fs::create_directories(folder / part, error);
        if (error)
            return fail(ErrorKind::World, "gateway.folder", "mail.drop", folder.string() + ": " + error.message());
    }
    return std::unique_ptr<MailDrop>(new MailDrop(std::move(intake), folder));
}

MailDrop::~MailDrop() {
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void MailDrop::run() {
    std::unique_lock lock(m_mutex);
    while (!m_ends) {
        lock.unlock();
        look(m_folder / "new", true);
        look(m_folder, false);
        lock.lock();
        m_wake.wait_for(lock, kPause, [this] { return m_ends; });
    }
}

void MailDrop::look(const fs::path& folder, bool renamed) {
    std::error_code error;
    std::vector<fs::path> ready;
    for (fs::directory_iterator at(folder, error), end; !error && at != end && ready.size() < 200;
         at.increment(error)) {
        std::error_code gone;
        if (at->is_symlink(gone) || !at->is_regular_file(gone) || isUnfinished(at->path())) continue;
        const std::pair now{at->file_size(gone), at->last_write_time(gone)};
        if (gone) continue;
        auto& before = m_seen[at->path()];
        if (renamed || before == now) ready.push_back(at->path());
        before = now;
    }
    std::ranges::sort(ready);
    for (const auto& file : ready) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_ends) return;
        }
        take(file);
    }
    if (m_seen.size() > 10'000) m_seen.clear();
}

void MailDrop::take(const fs::path& file) {
    const auto bytes = bytesOf(file, mail::Limits{}.bytes + 1);
    if (!bytes) {
        spdlog::warn("mail: {} cannot be read: {}", file.string(), bytes.error().code);
        return;
    }
    const auto taken = m_intake->take(*bytes);
    if (!taken && taken.error().kind == ErrorKind::World) {
        spdlog::warn("mail: {} waits: {} {}", file.string(), taken.error().code, taken.error().detail);
        return;
    }
    const auto fate = taken ? taken->fate : MailFate::Refused;
    const auto why = taken ? taken->why : taken.error().code + ' ' + taken.error().field + ' ' + taken.error().detail;
    const auto* folder = fate == MailFate::Refused ? "rejected" : fate == MailFate::Unsorted ? "unsorted" : "done";
    m_seen.erase(file);
    const auto to = moved(file, m_folder / folder);
    if (to.empty()) spdlog::warn("mail: {} cannot be moved to {}", file.string(), folder);
    if (!why.empty() && !to.empty()) std::ofstream(to.string() + ".why") << why << '\n';
    spdlog::info("mail: {} {} {}", file.filename().string(), code(fate), taken ? taken->number + why : why);
}

}  // namespace wl::engine
