// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Brings a feed file into a replica. The calling thread reads and converts; the engine applies one batch while the
// next is made ready. Every row ends up imported, updated, unchanged or rejected; a file that breaks off, a cancelled
// import and a full disk leave the batches before them in place, and running it again goes on from there.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "channels/feed/row_converter.hpp"
#include "engine/import/import_sink.hpp"

namespace wl::engine {

struct ImportProgress {
    std::uint64_t read{}, imported{}, updated{}, unchanged{}, rejected{};
    std::uint64_t bytesDone{}, bytesTotal{};  ///< of the file as it lies on disk
    double seconds{};
    [[nodiscard]] double rowsPerSecond() const { return seconds > 0 ? static_cast<double>(read) / seconds : 0; }
};

struct ImportOptions {
    std::filesystem::path file;
    std::filesystem::path rejectFile;  ///< empty: FILE.rejects.csv beside the file
    std::string source;                ///< empty: the mapping's
    std::size_t batchRows{1000};
    std::function<void(const ImportProgress&)> progress;  ///< on the calling thread, at most ten times a second
    std::stop_token cancel;
};

struct ImportSummary {
    ImportProgress counts;
    std::filesystem::path rejectFile;  ///< empty if nothing was rejected
    std::optional<Error> stopped;      ///< why not everything was read: feed.truncated, import.cancelled, …
    feed::UnmappedWords unmapped;      ///< words of channels and priorities that the mapping does not know
    std::uint64_t duplicateKeys{};     ///< rows that name a column twice
};

/// Never call it on the engine thread. Errors (nothing was changed): those of feed::openFeed and
/// feed::RowConverter::of, and mapping.column_missing (Input; field = the column, detail = the columns there are).
[[nodiscard]] Result<ImportSummary> runImport(ImportSink& sink, const feed::Mapping& mapping,
                                              const ImportOptions& options);

}  // namespace wl::engine
