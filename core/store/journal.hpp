// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// own.log: a second copy of the own log beside the database, so that even a destroyed database loses no work that
// nobody else has yet. Append-only frames: "WLJ1" ‖ length (4, big-endian) ‖ CBOR body ‖ first 8 bytes of H(body).
// A body is a segment, or the wrapped data keys that the segments after it need.
// Appended after COMMIT and synced before the user is told; a torn last frame is ignored.

#include <filesystem>
#include <functional>
#include <map>

#include "store/disk.hpp"
#include "store/op_log.hpp"

namespace wl::store {

class OwnJournal {
public:
    static Result<OwnJournal> open(const std::filesystem::path& file);
    /// Durable when it returns; after an error nothing of it is there.
    Result<void> append(std::span<const WrappedKey> keys, std::span<const Segment> segments);
    /// Empties the file: others have what it held.
    Result<void> clear();
    [[nodiscard]] std::uint64_t size() const { return m_end; }
    /// Highest sequence number of that origin in the file, 0 if none. One file may hold several: a console whose
    /// name was copied goes on under a new one.
    [[nodiscard]] std::uint64_t lastSeq(const OriginId& origin) const {
        const auto at = m_last.find(origin);
        return at == m_last.end() ? 0 : at->second;
    }

    /// The same of every origin in it.
    [[nodiscard]] const std::map<OriginId, std::uint64_t>& lastSeqs() const { return m_last; }

    using EachSegment = std::function<Result<void>(Segment&&)>;
    using EachKey = std::function<Result<void>(const WrappedKey&)>;
    /// Every whole frame, in order of writing.
    static Result<void> read(const std::filesystem::path& file, const EachKey& eachKey, const EachSegment& each);

private:
    explicit OwnJournal(std::unique_ptr<DiskFile> file) : m_file(std::move(file)) {}
    std::unique_ptr<DiskFile> m_file;
    std::uint64_t m_end{};  ///< behind the last whole frame
    std::map<OriginId, std::uint64_t> m_last;
};

}  // namespace wl::store
