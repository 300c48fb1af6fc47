// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Frames on a connection: u32 length (big-endian, of what follows) ‖ u8 type ‖ u8 flags ‖ body. A message longer than
// one frame goes on in the next ones of its type; all but the last carry kContinued.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace wl::sync {

enum class FrameType : std::uint8_t {
    Hello = 1,
    Realm = 2,
    Fork = 3,
    Vector = 4,
    Data = 5,
    Ack = 6,
    Need = 7,
    Credit = 8,
    Digest = 9,
    Presence = 10,
    Ping = 11,
    Pong = 12,
    SnapshotOffer = 13,
    SnapshotRequest = 14,
    SnapshotChunk = 15,
    Bye = 16,
};
inline constexpr std::uint8_t kLastFrameType = 16;
inline constexpr std::uint8_t kContinued = 1;
inline constexpr std::size_t kFrameLimit = 1024 * 1024;  ///< type, flags and body
inline constexpr std::size_t kMessageLimit = 3 * 1024 * 1024;  ///< a segment of the largest size with its data keys

struct Message {
    FrameType type{};
    std::string body;
};

/// Appends a message as one or more frames; gives their number.
std::size_t appendMessage(std::string& out, FrameType type, std::string_view body);

/// Cuts a stream of bytes into messages. Holds at most one unfinished message and the bytes given last.
class MessageReader {
public:
    /// Takes bytes; those of earlier calls that no message has used yet are kept before them.
    void feed(std::string_view bytes);
    /// The next whole message; nothing if more bytes are needed. Errors: frame.length, frame.type, frame.flags,
    /// frame.order (another type inside a message), frame.message (too long); the stream is of no use then.
    [[nodiscard]] Result<std::optional<Message>> next();
    /// Messages may be no longer than this.
    void setLimit(std::size_t bytes) { m_limit = bytes; }
    [[nodiscard]] std::size_t held() const { return m_in.size() - m_at + m_partial.size(); }

private:
    std::string m_in;
    std::size_t m_at{};
    std::string m_partial;  ///< frames of a message that goes on
    std::optional<FrameType> m_pending;  ///< its type
    std::size_t m_limit{kMessageLimit};
};

}  // namespace wl::sync
