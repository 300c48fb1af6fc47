// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Files that came with something said. Their bytes are kept beside the replica, named by their hash.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wl {

struct AttachedFile {
    std::string sha256;  ///< 64 lower-case hex digits
    std::uint64_t size{};
    std::string type;    ///< media type: "image/jpeg"
    std::string name;    ///< as the sender named it, cleaned (safeFileName); personal data class
    bool operator==(const AttachedFile&) const = default;
};

/// As an op holds them: a line a file, "sha256 size type name".
[[nodiscard]] std::string filesText(const std::vector<AttachedFile>& files);
/// What of it can be read; other lines are left out.
[[nodiscard]] std::vector<AttachedFile> filesOf(std::string_view text);
/// Whether filesText and filesOf give it back as it is.
[[nodiscard]] bool isWritable(const AttachedFile& file);

/// The last part of a path, without control characters and what file systems refuse, at most 120 bytes of UTF-8;
/// "file" if nothing is left.
[[nodiscard]] std::string safeFileName(std::string_view name);

}  // namespace wl
