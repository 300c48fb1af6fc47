// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/drop_folder.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <fstream>

#include "domain/attached_file.hpp"

namespace wl::engine {
namespace fs = std::filesystem;
namespace {

constexpr auto kPause = std::chrono::milliseconds(200);
constexpr std::array kAgain{1, 2, 5, 15, 60, 300};  // seconds after the first, second … failure

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

DropFolder::DropFolder(fs::path folder, Options options, Take take)
    : m_options(std::move(options)), m_take(std::move(take)), m_folder(std::move(folder)), m_thread([this] { run(); }) {
}

Result<std::unique_ptr<DropFolder>> DropFolder::start(const fs::path& folder, Options options, Take take) {
    for (const auto* part : {"new", "done", "unsorted", "rejected"}) {
        if (part == std::string_view("done") && !options.keepsTaken) continue;
        std::error_code error;
        fs::create_directories(folder / part, error);
        if (error)
            return fail(ErrorKind::World, "gateway.folder", options.name + ".drop",
                        folder.string() + ": " + error.message());
    }
    return std::unique_ptr<DropFolder>(new DropFolder(folder, std::move(options), std::move(take)));
}

DropFolder::~DropFolder() {
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void DropFolder::look() {
    {
        const std::lock_guard lock(m_mutex);
        m_looks = true;
    }
    m_wake.notify_all();
}

void DropFolder::run() {
    std::unique_lock lock(m_mutex);
    while (!m_ends) {
        m_looks = false;
        lock.unlock();
        lookIn(m_folder / "new", true);
        lookIn(m_folder, false);
        lock.lock();
        m_wake.wait_for(lock, kPause, [this] { return m_ends || m_looks; });
    }
}

void DropFolder::lookIn(const fs::path& folder, bool renamed) {
    std::error_code error;
    std::vector<fs::path> ready;
    const auto clock = std::chrono::steady_clock::now();
    for (fs::directory_iterator at(folder, error), end; !error && at != end && ready.size() < 1000;
         at.increment(error)) {
        std::error_code gone;
        if (at->is_symlink(gone) || !at->is_regular_file(gone) || isUnfinished(at->path())) continue;
        const std::pair now{at->file_size(gone), at->last_write_time(gone)};
        if (gone) continue;
        auto& before = m_seen[at->path()];
        if ((renamed || before.state == now) && clock >= before.again) ready.push_back(at->path());
        before.state = now;
    }
    std::ranges::sort(ready);
    for (const auto& file : ready) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_ends) return;
        }
        takeFile(file);
    }
    if (m_seen.size() > 10'000) m_seen.clear();
}

void DropFolder::takeFile(const fs::path& file) {
    const auto waits = [&](const Error& error) {
        auto& seen = m_seen[file];
        const auto n = std::min<std::size_t>(static_cast<std::size_t>(seen.failures++), kAgain.size() - 1);
        seen.again = std::chrono::steady_clock::now() + std::chrono::seconds(kAgain[n]);
        spdlog::warn("{}: {} waits: {} {}", m_options.name, file.string(), error.code, error.detail);
    };
    const auto bytes = bytesOf(file, m_options.limit + 1);
    if (!bytes) return waits(bytes.error());
    const auto taken = m_take(*bytes);
    if (!taken && taken.error().kind == ErrorKind::World) return waits(taken.error());
    const auto fate = taken ? taken->fate : DropFate::Rejected;
    const auto why = taken ? taken->why : taken.error().code + ' ' + taken.error().field + ' ' + taken.error().detail;
    m_seen.erase(file);
    spdlog::info("{}: {} {}", m_options.name, file.filename().string(), taken ? taken->said : why);
    if (fate == DropFate::Done && !m_options.keepsTaken) {
        std::error_code error;
        fs::remove(file, error);
        return;
    }
    const auto* folder = fate == DropFate::Rejected ? "rejected" : fate == DropFate::Unsorted ? "unsorted" : "done";
    const auto to = moved(file, m_folder / folder);
    if (to.empty()) spdlog::warn("{}: {} cannot be moved to {}", m_options.name, file.string(), folder);
    if (!why.empty() && !to.empty()) std::ofstream(to.string() + ".why") << why << '\n';
}

}  // namespace wl::engine
