// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journal.hpp"

#include <algorithm>

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
Result<std::uint64_t> scan(DiskFile& file, const OwnJournal::EachKey& eachKey, const OwnJournal::EachSegment& each) {
    std::uint64_t good = 0;
    while (true) {
        WL_TRY(const auto head, file.read(good, 8));
        if (head.size() != 8 || !head.starts_with(kMagic)) return good;
        std::size_t length = 0;
        for (std::size_t i = 4; i < 8; ++i) length = (length << 8) | static_cast<std::uint8_t>(head[i]);
        if (length > kFrameLimit) return good;
        WL_TRY(const auto frame, file.read(good + 8, length + 8));
        if (frame.size() != length + 8) return good;
        const auto body = std::string_view(frame).substr(0, length);
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

Result<OwnJournal> OwnJournal::open(const std::filesystem::path& path) {
    WL_TRY(auto file, diskOf(path).open(path));
    OwnJournal journal(std::move(file));
    const auto ignoreKey = [](const WrappedKey&) -> Result<void> { return {}; };
    WL_TRY(journal.m_end, scan(*journal.m_file, ignoreKey, [&](Segment&& s) -> Result<void> {
               journal.m_last[s.origin] = s.firstSeq + s.count - 1;
               return {};
           }));
    // A torn frame from a crash is cut off, so that what is appended next can be read.
    WL_CHECK(journal.m_file->truncate(journal.m_end));
    return journal;
}

Result<void> OwnJournal::append(std::span<const WrappedKey> keys, std::span<const Segment> segments) {
    std::string frames;
    for (auto rest = keys; !rest.empty();) {
        const auto now = rest.first(std::min(rest.size(), kKeysPerFrame));
        frames += frameOf(encodeKeys(now));
        rest = rest.subspan(now.size());
    }
    for (const auto& segment : segments) frames += frameOf(encodeSegment(segment));
    auto done = m_file->write(m_end, frames);
    if (done) done = m_file->sync();
    if (!done) {
        // Half a frame would hide what is appended after it; should cutting it off fail, the next append overwrites it.
        if (!m_file->truncate(m_end)) done.error().detail += ", torn";
        return done;
    }
    m_end += frames.size();
    for (const auto& segment : segments) m_last[segment.origin] = segment.firstSeq + segment.count - 1;
    return {};
}

Result<void> OwnJournal::clear() {
    WL_CHECK(m_file->truncate(0));
    WL_CHECK(m_file->sync());
    m_end = 0;
    m_last.clear();
    return {};
}

Result<void> OwnJournal::read(const std::filesystem::path& path, const EachKey& eachKey, const EachSegment& each) {
    if (!diskOf(path).exists(path)) return {};
    WL_TRY(auto file, diskOf(path).open(path));
    WL_CHECK(scan(*file, eachKey, each));
    return {};
}

}  // namespace wl::store
