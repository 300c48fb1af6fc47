// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/frames.hpp"

#include <algorithm>

namespace wl::sync {

std::size_t appendMessage(std::string& out, FrameType type, std::string_view body) {
    std::size_t frames = 0;
    do {
        const auto part = body.substr(0, kFrameLimit - 2);
        body.remove_prefix(part.size());
        const auto length = part.size() + 2;
        for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>((length >> shift) & 0xffU));
        out.push_back(static_cast<char>(type));
        out.push_back(static_cast<char>(body.empty() ? 0 : kContinued));
        out += part;
        ++frames;
    } while (!body.empty());
    return frames;
}

void MessageReader::feed(std::string_view bytes) {
    if (m_at == m_in.size()) {
        m_in.assign(bytes);
        m_at = 0;
        return;
    }
    if (m_at > m_in.size() / 2) m_in.erase(0, m_at), m_at = 0;
    m_in += bytes;
}

Result<std::optional<Message>> MessageReader::next() {
    while (true) {
        const auto rest = std::string_view(m_in).substr(m_at);
        if (rest.size() < 6) return std::nullopt;
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i) length = (length << 8) | static_cast<std::uint8_t>(rest[i]);
        const auto type = static_cast<std::uint8_t>(rest[4]), flags = static_cast<std::uint8_t>(rest[5]);
        // What the head says is judged before the body is waited for.
        if (length < 2 || length > kFrameLimit)
            return fail(ErrorKind::Input, "frame.length", {}, std::to_string(length));
        if (type == 0 || type > kLastFrameType) return fail(ErrorKind::Input, "frame.type", {}, std::to_string(type));
        if ((flags & ~kContinued) != 0) return fail(ErrorKind::Input, "frame.flags", {}, std::to_string(flags));
        if (m_pending && *m_pending != FrameType{type})
            return fail(ErrorKind::Input, "frame.order", {}, std::to_string(type));
        if (m_partial.size() + length - 2 > m_limit)
            return fail(ErrorKind::Input, "frame.message", {}, std::to_string(type));
        if (rest.size() < length + 4) return std::nullopt;
        const auto body = rest.substr(6, length - 2);
        m_at += length + 4;
        if (flags & kContinued) {
            m_partial += body;
            m_pending = FrameType{type};
            continue;
        }
        Message out{FrameType{type}, std::move(m_partial)};
        out.body += body;
        m_partial.clear();
        m_pending.reset();
        return out;
    }
}

}  // namespace wl::sync
