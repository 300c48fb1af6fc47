// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A replica in one file: the database as of one moment, with the files beside it (keys, realm log, basemap, peers, what
// was attached) as rows of a table `backup_file(name, bytes)`. It holds the keys to everything: only its owner may read
// it.

#include <filesystem>

#include "store/store.hpp"

namespace wl::store {

struct BackupReport {
    std::int64_t cases{}, ops{};
    std::int64_t bytes{};  ///< length of the file
};

/// Copies the replica in `dir` into the new file `file`, also while a console works with it. The file stands whole
/// under its name or not at all. Errors: replica.*, backup.exists, file.*, disk.full
Result<BackupReport> writeBackup(const std::filesystem::path& dir, const std::filesystem::path& file);

struct RestoreReport {
    std::int64_t cases{}, ops{};
    OriginId origin;  ///< the new name that this console works under
    bool enrolled{};  ///< false until the realm's writer has let that name in: what it writes counts only here
};

/// Makes the replica of a backup in `options.dir`, which is a new folder or an empty one. The numbers under which the
/// console signed after the backup was made are not known, so it goes on under a new name (Store::mintOrigin).
/// Errors: replica.exists, backup.missing, backup.foreign, backup.damaged, replica.newer, file.*, disk.full
Result<RestoreReport> restoreBackup(const std::filesystem::path& file, const StoreOptions& options);

/// Copies a database as it is at one moment into a file that is empty or not there; readers and the writer go on.
Result<void> copyDatabase(const std::filesystem::path& database, const std::filesystem::path& to);

}  // namespace wl::store
