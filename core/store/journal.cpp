// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace wl::store {
namespace {

constexpr std::string_view kMagic = "WLJ1";
constexpr std::size_t kFrameLimit = 4 * 1024 * 1024;
constexpr std::size_t kKeysPerFrame = 8192;  // about 100 bytes each

std::string frameOf(const std::string& body) {
    std::string out(kMagic);
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>((body.size() >> shift) & 0xffU));
    out += body;
    out += wl::view(blake2b({"journal", body})).substr(0, 8);
    return out;
}

// Reads whole frames from the file; the position after the last good one is where appending goes on.
Result<std::uint64_t> scan(int fd, const OwnJournal::EachKey& eachKey, const OwnJournal::EachSegment& each) {
    std::uint64_t good = 0;
    std::string frame;
    while (true) {
        char head[8];
        if (::pread(fd, head, 8, static_cast<off_t>(good)) != 8 || std::string_view(head, 4) != kMagic) return good;
        std::size_t length = 0;
        for (int i = 4; i < 8; ++i) length = (length << 8) | static_cast<std::uint8_t>(head[i]);
        if (length > kFrameLimit) return good;
        frame.resize(length + 8);
        if (::pread(fd, frame.data(), frame.size(), static_cast<off_t>(good + 8)) != static_cast<ssize_t>(frame.size()))
            return good;
        const std::string_view body(frame.data(), length);
        if (wl::view(blake2b({"journal", body})).substr(0, 8) != std::string_view(frame).substr(length)) return good;
        if (auto segment = decodeSegment(body)) {
            WL_CHECK(each(std::move(*segment)));
        } else if (const auto keys = decodeKeys(body)) {
            for (const auto& key : *keys) WL_CHECK(eachKey(key));
        } else {
            return good;
        }
        good += 16 + length;
    }
}

}  // namespace

Result<OwnJournal> OwnJournal::open(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return fail(ErrorKind::World, "file.open", file.string(), std::strerror(errno));
    OwnJournal journal(fd, file);
    const auto ignoreKey = [](const WrappedKey&) -> Result<void> { return {}; };
    WL_TRY(journal.m_end, scan(fd, ignoreKey, [&](Segment&& s) -> Result<void> {
               journal.m_lastSeq = s.firstSeq + s.count - 1;
               return {};
           }));
    // A torn frame from a crash is cut off, so that what is appended next can be read.
    if (::ftruncate(fd, static_cast<off_t>(journal.m_end)) != 0)
        return fail(ErrorKind::World, "file.write", file.string(), std::strerror(errno));
    return journal;
}

OwnJournal::~OwnJournal() {
    if (m_fd >= 0) ::close(m_fd);
}

Result<void> OwnJournal::append(std::span<const WrappedKey> keys, std::span<const Segment> segments) {
    std::string frames;
    for (auto rest = keys; !rest.empty();) {
        const auto now = rest.first(std::min(rest.size(), kKeysPerFrame));
        frames += frameOf(encodeKeys(now));
        rest = rest.subspan(now.size());
    }
    for (const auto& segment : segments) frames += frameOf(encodeSegment(segment));
    const auto failed = [&](const char* code) {
        auto error = fail(ErrorKind::World, code, m_file.string(), std::strerror(errno));
        // Half a frame would hide what is appended after it; should cutting it off fail, the next append overwrites it.
        if (::ftruncate(m_fd, static_cast<off_t>(m_end)) != 0) error.error().detail += ", torn";
        return error;
    };
    for (std::size_t done = 0; done < frames.size();) {
        const auto put = ::pwrite(m_fd, frames.data() + done, frames.size() - done, static_cast<off_t>(m_end + done));
        if (put <= 0) return failed(errno == ENOSPC ? "disk.full" : "file.write");
        done += static_cast<std::size_t>(put);
    }
    if (::fdatasync(m_fd) != 0) return failed("file.sync");
    m_end += frames.size();
    if (!segments.empty()) m_lastSeq = segments.back().firstSeq + segments.back().count - 1;
    return {};
}

Result<void> OwnJournal::read(const std::filesystem::path& file, const EachKey& eachKey, const EachSegment& each) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return {};
    auto end = scan(fd, eachKey, each);
    ::close(fd);
    if (!end) return std::unexpected(end.error());
    return {};
}

}  // namespace wl::store
