// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/file_store.hpp"

#include "domain/sha256.hpp"

namespace wl::store {

std::filesystem::path FileStore::pathOf(std::string_view sha256) const {
    return m_folder / std::string(sha256.substr(0, 2)) / std::string(sha256);
}

bool FileStore::has(std::string_view sha256) const { return m_disk->exists(pathOf(sha256)); }

Result<std::string> FileStore::put(std::string_view bytes) {
    auto name = sha256Hex(bytes);
    if (has(name)) return name;
    const auto path = pathOf(name);
    WL_CHECK(m_disk->makeFolder(path.parent_path()));
    WL_CHECK(m_disk->replace(path, bytes));
    return name;
}

}  // namespace wl::store
