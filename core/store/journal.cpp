// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "domain/cbor.hpp"

namespace wl::store {
namespace {

constexpr std::string_view kMagic = "WLJ1";
constexpr std::size_t kFrameLimit = 4 * 1024 * 1024;
constexpr std::uint64_t kLastSeq = std::uint64_t{1} << 62;  // so that no sum of numbers wraps
constexpr std::size_t kKeysPerFrame = 8192;  // about 100 bytes each

std::string encodeKeys(std::span<const WrappedKey> keys) {
    std::string out;
    cbor::Writer w(out);
    w.array(keys.size());
    for (const auto& key : keys) w.array(3), w.bytes(key.id), w.bytes(key.wrapped), w.uint(key.epoch);
    return out;
}

// A list of keys is an array of arrays; a segment begins with bytes.
Result<std::vector<WrappedKey>> decodeKeys(std::string_view body) {
    cbor::Reader in(body);
    WL_TRY(const auto count, in.array());
    std::vector<WrappedKey> out;
    for (std::uint64_t i = 0; i < count; ++i) {
        WL_TRY(const auto parts, in.array());
        if (parts != 3) return fail(ErrorKind::Corrupt, "journal.key");
        WL_TRY(const auto id, in.bytes());
        WL_TRY(const auto wrapped, in.bytes());
        WL_TRY(const auto epoch, in.uint());
        out.push_back({std::string(id), std::string(wrapped), static_cast<std::uint32_t>(epoch)});
    }
    return out;
}

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
        if (::pread(fd, frame.data(), frame.size(), static_cast<off_t>(good + 8)) != static_cast<ssize_t>(frame.size())) return good;
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

std::string encodeSegment(const Segment& s) {
    std::string out;
    cbor::Writer w(out);
    w.array(11);
    w.bytes(view(s.origin)), w.uint(s.firstSeq), w.uint(s.count), w.uint(s.hlcMin.value), w.uint(s.hlcMax.value);
    w.bytes(view(s.prevHash)), w.bytes(view(s.headHash)), w.bytes(view(s.signature)), w.uint(s.dict), w.uint(s.rawLength);
    w.bytes(s.body);
    return out;
}

Result<Segment> decodeSegment(std::string_view bytes) {
    cbor::Reader in(bytes);
    WL_TRY(const auto parts, in.array());
    if (parts != 11) return fail(ErrorKind::Corrupt, "segment.form");
    Segment s;
    WL_TRY(const auto origin, in.bytes());
    WL_TRY(s.firstSeq, in.uint());
    WL_TRY(const auto count, in.uint());
    WL_TRY(s.hlcMin.value, in.uint());
    WL_TRY(s.hlcMax.value, in.uint());
    WL_TRY(const auto prev, in.bytes());
    WL_TRY(const auto head, in.bytes());
    WL_TRY(const auto signature, in.bytes());
    WL_TRY(const auto dict, in.uint());
    WL_TRY(const auto raw, in.uint());
    WL_TRY(const auto body, in.bytes());
    if (origin.size() != 16 || prev.size() != 32 || head.size() != 32 || signature.size() != 64 || !in.atEnd() || count == 0 ||
        count > 0xffffff || raw > 2 * kSegmentRawLimit || dict > 0xffffffff || s.firstSeq == 0 ||
        s.firstSeq > kLastSeq)
        return fail(ErrorKind::Corrupt, "segment.form");
    s.origin = idFromBytes<OriginId>(origin);
    s.count = static_cast<std::uint32_t>(count);
    s.prevHash = arrayFromBytes<Hash>(prev);
    s.headHash = arrayFromBytes<Hash>(head);
    s.signature = arrayFromBytes<Signature>(signature);
    s.dict = static_cast<std::uint32_t>(dict);
    s.rawLength = static_cast<std::uint32_t>(raw);
    s.body = body;
    return s;
}

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
