// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The bytes of a feed file, whatever it is packed with. Plain, gzip (also several members) and zstd (also several
// frames) are told apart by their first bytes, not by the file's name.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "domain/result.hpp"

namespace wl::feed {

enum class Packing : std::uint8_t { Plain, Gzip, Zstd };

/// Owns the open file and gives it out in pieces; memory does not grow with the file.
class ByteSource {
public:
    /// Errors: feed.missing (NotFound), feed.unreadable (World).
    static Result<ByteSource> open(const std::filesystem::path& path);
    ~ByteSource();
    ByteSource(ByteSource&&) noexcept;
    ByteSource& operator=(ByteSource&&) noexcept;

    /// The next piece, unpacked; it stays valid until the next call. Empty at the end. Errors: feed.truncated (Input,
    /// detail = position in the unpacked data where it breaks off), feed.damaged (Input, the same), feed.unreadable.
    Result<std::string_view> next();

    [[nodiscard]] Packing packing() const;
    [[nodiscard]] std::uint64_t bytesRead() const;  ///< of the file as it lies on disk
    [[nodiscard]] std::uint64_t bytesTotal() const;  ///< size of that file
    [[nodiscard]] std::uint64_t position() const;  ///< unpacked bytes given out

private:
    struct State;
    explicit ByteSource(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace wl::feed
