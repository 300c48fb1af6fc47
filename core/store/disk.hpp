// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the files of a replica lie: keys, journal, lock and, for SQLite, the name of its VFS. It is the operating
// system's file system, except under folders for which another was mounted: the simulator has disks that lose, tear
// and reorder what was not synced.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace wl::store {

/// One file that is read and written at positions.
class DiskFile {
public:
    virtual ~DiskFile() = default;
    /// Fewer bytes than asked for only at the end. Errors: file.read
    virtual Result<std::string> read(std::uint64_t at, std::size_t most) = 0;
    /// Errors: disk.full, file.write
    virtual Result<void> write(std::uint64_t at, std::string_view bytes) = 0;
    virtual Result<void> truncate(std::uint64_t size) = 0;
    /// Errors: file.sync
    virtual Result<void> sync() = 0;
};

class Disk {
public:
    virtual ~Disk() = default;
    /// The name under which SQLite knows this disk; nullptr for its own.
    [[nodiscard]] virtual const char* vfs() const = 0;
    [[nodiscard]] virtual bool exists(const std::filesystem::path& file) = 0;
    virtual Result<void> makeFolder(const std::filesystem::path& folder) = 0;
    /// Made if it is not there, readable by the owner alone. Errors: file.open
    virtual Result<std::unique_ptr<DiskFile>> open(const std::filesystem::path& file) = 0;
    /// Errors: file.open, file.read, file.too_long
    virtual Result<std::string> read(const std::filesystem::path& file, std::size_t limit) = 0;
    /// Writes a new file aside, syncs it and renames it into place, readable by the owner alone.
    virtual Result<void> replace(const std::filesystem::path& file, std::string_view bytes) = 0;
    /// Holds the file as this program's until the result is destroyed. Errors: replica.in_use, file.open
    virtual Result<std::shared_ptr<void>> lock(const std::filesystem::path& file) = 0;
    /// The operating system's name for this machine; empty where there is none.
    [[nodiscard]] virtual std::string machine() = 0;
};

/// The disk a path lies on.
[[nodiscard]] Disk& diskOf(const std::filesystem::path& path);

/// Everything under `folder` lies on `disk` as long as this object lives.
class Mount {
public:
    Mount(std::filesystem::path folder, Disk& disk);
    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;
    ~Mount();

private:
    std::filesystem::path m_folder;
};

}  // namespace wl::store
