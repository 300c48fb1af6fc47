// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tables of a replica and the numbered steps that made them. A step is never changed once released; columns of
// the field table that are new to this program are added without touching any row.

#include "store/sqlite.hpp"

namespace wl::store {

inline constexpr int kSchemaVersion = 6;
inline constexpr int kFoldVersion = 2;  ///< raised when the fold or a derived column changes meaning

/// Brings an empty or older database to kSchemaVersion. Errors: replica.newer, replica.foreign (not a replica).
Result<void> migrate(sql::Database& db);

/// Whether the database is a replica in the present form. Errors: replica.newer, replica.foreign, and replica.corrupt
/// for a file that lost its contents.
Result<bool> isCurrent(sql::Database& db);

/// What every connection that writes sets up; readers need nothing.
Result<void> configureWriter(sql::Database& db);

}  // namespace wl::store
