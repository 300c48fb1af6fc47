// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A disk in memory that a simulated machine has: it remembers what was synced, and at a loss of power gives back what
// was, with unsynced writes lost, torn or out of order. SQLite sees it as a VFS, the rest of the store as a Disk.

#include <map>
#include <memory>
#include <random>
#include <vector>

#include "store/disk.hpp"

namespace wl::sim {

class MemoryDisk final : public store::Disk {
public:
    /// `folder` is where it is mounted, such as "/sim/3".
    MemoryDisk(std::string folder, std::uint64_t seed);
    MemoryDisk(const MemoryDisk&) = delete;
    MemoryDisk& operator=(const MemoryDisk&) = delete;

    // ---- what happens to it
    /// The process dies at the n-th change of a file from now on (0 = at the next): every later call fails.
    void killAfter(std::uint64_t changes) { m_killIn = changes + 1; }
    enum class Fault : std::uint8_t { Full, Error };
    /// From the n-th change on, `count` changes fail: no room, or an error of the device.
    void failNext(Fault kind, std::uint64_t from, std::uint64_t count);
    [[nodiscard]] bool dead() const { return m_dead; }
    [[nodiscard]] bool failed() const { return m_failed; }  ///< a fault was met since the last `revive`
    void kill() { m_dead = true; }
    /// The machine starts again. `powerLost`: what was not synced may be lost, in any part and order.
    void revive(bool powerLost);
    /// Syncs do nothing: a disk (or a program) that lies about durability.
    void setLies(bool on) { m_lies = on; }

    using Image = std::map<std::string, std::string>;
    /// All files as the program sees them, relative to the folder.
    [[nodiscard]] Image image() const;
    /// Puts an older image in place of all files, or of the database's alone (keys and journal stay).
    void restore(const Image& image, bool databaseAlone);
    void setMachine(std::string name) { m_machine = std::move(name); }

    // ---- store::Disk
    [[nodiscard]] const char* vfs() const override { return "wardline-sim"; }
    [[nodiscard]] bool exists(const std::filesystem::path& path) override {
        return file(path.native(), false) != nullptr;
    }
    Result<void> makeFolder(const std::filesystem::path& /*folder*/) override { return {}; }
    Result<std::unique_ptr<store::DiskFile>> open(const std::filesystem::path& path) override;
    Result<std::string> read(const std::filesystem::path& path, std::size_t limit) override;
    Result<void> replace(const std::filesystem::path& path, std::string_view bytes) override;
    Result<std::shared_ptr<void>> lock(const std::filesystem::path& /*file*/) override {
        return std::make_shared<int>(0);
    }
    [[nodiscard]] std::string machine() override { return m_machine; }

    // ---- for the VFS
    struct Change {
        std::uint64_t at{};
        std::string bytes;
        bool cuts{};  ///< a truncation to `at`
    };
    struct File {
        std::string now;              ///< as the program sees it
        std::string safe;             ///< as of the last sync
        std::vector<Change> pending;  ///< since then
        bool there{true}, thereSafe{};
        std::vector<std::unique_ptr<std::vector<char>>> shared;  ///< SQLite's WAL index
    };
    /// 0 if a change may be made, else an errno.
    [[nodiscard]] int mayChange();
    [[nodiscard]] std::shared_ptr<File> file(const std::string& path, bool make);
    void write(File& file, std::uint64_t at, std::string_view bytes);
    void truncate(File& file, std::uint64_t size);
    void sync(File& file);
    void remove(const std::string& path) { m_files.erase(path); }

private:
    std::uint64_t draw(std::uint64_t below) { return below < 2 ? 0 : m_random() % below; }
    static void apply(std::string& to, const Change& change);

    std::string m_folder;
    store::Mount m_mount;
    std::mt19937_64 m_random;
    std::map<std::string, std::shared_ptr<File>> m_files;
    std::string m_machine{"machine"};
    std::uint64_t m_killIn{}, m_changes{};
    std::uint64_t m_faultFrom{}, m_faultCount{};
    Fault m_fault{};
    bool m_dead{}, m_failed{}, m_lies{};
};

/// Gives SQLite the VFS that MemoryDisk::vfs names; once is enough.
void registerMemoryVfs(const char* name);

}  // namespace wl::sim
