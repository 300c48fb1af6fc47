// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/memory_disk.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace wl::sim {
namespace {

constexpr std::size_t kSector = 512;  // what a disk writes whole

class OpenFile final : public store::DiskFile {
public:
    OpenFile(MemoryDisk& disk, std::shared_ptr<MemoryDisk::File> file) : m_disk(disk), m_file(std::move(file)) {}

    Result<std::string> read(std::uint64_t at, std::size_t most) override {
        if (m_disk.dead()) return fail(ErrorKind::World, "file.read");
        return at >= m_file->now.size() ? std::string() : m_file->now.substr(at, most);
    }
    Result<void> write(std::uint64_t at, std::string_view bytes) override {
        WL_CHECK(ask());
        m_disk.write(*m_file, at, bytes);
        return {};
    }
    Result<void> truncate(std::uint64_t size) override {
        WL_CHECK(ask());
        m_disk.truncate(*m_file, size);
        return {};
    }
    Result<void> sync() override {
        WL_CHECK(ask());
        m_disk.sync(*m_file);
        return {};
    }

private:
    Result<void> ask() {
        const int why = m_disk.mayChange();
        if (why == 0) return {};
        return fail(ErrorKind::World, why == ENOSPC ? "disk.full" : "file.write");
    }
    MemoryDisk& m_disk;
    std::shared_ptr<MemoryDisk::File> m_file;
};

bool isDatabase(const std::string& path) { return path.find("replica.db") != std::string::npos; }

}  // namespace

MemoryDisk::MemoryDisk(std::string folder, std::uint64_t seed)
    : m_folder(std::move(folder)), m_mount(m_folder, *this), m_random(seed) {
    registerMemoryVfs(MemoryDisk::vfs());
}

void MemoryDisk::failNext(Fault kind, std::uint64_t from, std::uint64_t count) {
    m_fault = kind;
    m_faultFrom = m_changes + from;
    m_faultCount = count;
}

int MemoryDisk::mayChange() {
    if (m_dead) return EIO;
    ++m_changes;
    if (m_killIn > 0 && --m_killIn == 0) {
        m_dead = true;
        return EIO;
    }
    if (m_faultCount > 0 && m_changes >= m_faultFrom) {
        --m_faultCount;
        m_failed = true;
        return m_fault == Fault::Full ? ENOSPC : EIO;
    }
    return 0;
}

void MemoryDisk::apply(std::string& to, const Change& change) {
    if (change.cuts) {
        to.resize(change.at, '\0');
        return;
    }
    if (to.size() < change.at + change.bytes.size()) to.resize(change.at + change.bytes.size(), '\0');
    std::memcpy(to.data() + change.at, change.bytes.data(), change.bytes.size());
}

void MemoryDisk::write(File& file, std::uint64_t at, std::string_view bytes) {
    Change change{at, std::string(bytes), false};
    apply(file.now, change);
    file.pending.push_back(std::move(change));
}

void MemoryDisk::truncate(File& file, std::uint64_t size) {
    Change change{size, {}, true};
    apply(file.now, change);
    file.pending.push_back(std::move(change));
}

void MemoryDisk::sync(File& file) {
    if (m_lies) return;
    for (const auto& change : file.pending) apply(file.safe, change);
    file.pending.clear();
    file.thereSafe = file.there;
}

void MemoryDisk::revive(bool powerLost) {
    // Of a mere kill the machine's caches know nothing: every write that was made stands.
    if (powerLost) {
        const auto manner = draw(4);  // nothing of what was not synced, all of it, a part, a part and torn
        for (auto& [path, file] : m_files) {
            auto contents = file->safe;
            for (const auto& change : file->pending) {
                if (manner == 0 || (manner > 1 && draw(2) == 0)) continue;
                auto kept = change;
                if (manner == 3 && !kept.cuts && kept.bytes.size() > kSector && draw(3) == 0) {
                    const auto sectors = kept.bytes.size() / kSector;
                    const auto first = draw(sectors) * kSector;
                    kept.at += first;
                    kept.bytes = kept.bytes.substr(first, (1 + draw(sectors)) * kSector);
                }
                apply(contents, kept);
            }
            file->now = contents;
            file->there = file->thereSafe;
        }
        std::erase_if(m_files, [](const auto& entry) { return !entry.second->there; });
    }
    for (auto& [path, file] : m_files) {
        file->safe = file->now;
        file->thereSafe = true;
        file->pending.clear();
        file->shared.clear();
    }
    m_dead = m_failed = false;
    m_killIn = m_faultCount = 0;
}

MemoryDisk::Image MemoryDisk::image() const {
    Image out;
    for (const auto& [path, file] : m_files)
        if (file->there) out[path.substr(m_folder.size())] = file->now;
    return out;
}

void MemoryDisk::restore(const Image& image, bool databaseAlone) {
    std::erase_if(m_files, [&](const auto& entry) { return !databaseAlone || isDatabase(entry.first); });
    for (const auto& [path, bytes] : image) {
        if (databaseAlone && !isDatabase(path)) continue;
        auto made = std::make_shared<File>();
        made->now = made->safe = bytes;
        made->thereSafe = true;
        m_files[m_folder + path] = std::move(made);
    }
}

std::shared_ptr<MemoryDisk::File> MemoryDisk::file(const std::string& path, bool make) {
    const auto at = m_files.find(path);
    if (at != m_files.end() && at->second->there) return at->second;
    if (!make) return nullptr;
    auto& slot = m_files[path];
    if (!slot) slot = std::make_shared<File>();
    slot->there = true;
    return slot;
}

Result<std::unique_ptr<store::DiskFile>> MemoryDisk::open(const std::filesystem::path& path) {
    if (m_dead) return fail(ErrorKind::World, "file.open", path.string());
    return std::make_unique<OpenFile>(*this, file(path.native(), true));
}

Result<std::string> MemoryDisk::read(const std::filesystem::path& path, std::size_t limit) {
    const auto at = file(path.native(), false);
    if (m_dead || !at) return fail(ErrorKind::World, "file.open", path.string());
    if (at->now.size() > limit) return fail(ErrorKind::Input, "file.too_long", path.string());
    return at->now;
}

Result<void> MemoryDisk::replace(const std::filesystem::path& path, std::string_view bytes) {
    // Written aside, synced, renamed: it is there whole or not at all.
    if (const int why = mayChange(); why != 0)
        return fail(ErrorKind::World, why == ENOSPC ? "disk.full" : "file.write", path.string());
    const auto at = file(path.native(), true);
    at->now = bytes;
    if (m_lies) return {};
    at->safe = bytes;
    at->pending.clear();
    at->thereSafe = true;
    return {};
}

}  // namespace wl::sim
