// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The bytes of attached files, beside the database: files/ab/abcd…, named by their SHA-256. A file is there whole or
// not at all; the same bytes are there once.

#include <filesystem>

#include "store/disk.hpp"

namespace wl::store {

class FileStore {
public:
    FileStore(Disk& disk, std::filesystem::path folder) : m_disk(&disk), m_folder(std::move(folder)) {}
    /// Gives the hash; durable when it returns.
    Result<std::string> put(std::string_view bytes);
    [[nodiscard]] std::filesystem::path pathOf(std::string_view sha256) const;
    [[nodiscard]] bool has(std::string_view sha256) const;

private:
    Disk* m_disk;
    std::filesystem::path m_folder;
};

}  // namespace wl::store
