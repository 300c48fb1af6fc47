// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/web/uploads.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "domain/ids.hpp"

namespace wl::engine::web {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostFiles = 1000;
constexpr auto kKept = std::chrono::hours(24);

}  // namespace

std::string pictureType(std::string_view b) {
    if (b.starts_with("\xff\xd8\xff")) return "image/jpeg";
    if (b.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
    if (b.starts_with("RIFF") && b.substr(0, 12).ends_with("WEBP")) return "image/webp";
    if (b.size() > 12 && b.substr(4, 4) == "ftyp")
        for (const std::string_view brand : {"heic", "heix", "mif1", "msf1", "heif"})
            if (b.substr(8, 4) == brand) return "image/heic";
    return {};
}

fs::path Uploads::pathOf(std::string_view name) const {
    const bool isOurs = name.size() == 32 && std::ranges::all_of(name, [](char c) {
                            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                        });
    return isOurs ? m_folder / name : fs::path();
}

void Uploads::prune() {
    std::error_code error;
    const auto now = fs::file_time_type::clock::now();
    std::vector<fs::path> old;
    for (fs::directory_iterator at(m_folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code gone;
        if (now - at->last_write_time(gone) > kKept) old.push_back(at->path());
    }
    for (const auto& path : old) fs::remove(path, error);
}

Result<std::string> Uploads::keep(std::string_view bytes) {
    std::error_code error;
    fs::create_directories(m_folder, error);
    prune();
    const auto count = std::distance(fs::directory_iterator(m_folder, error), fs::directory_iterator());
    if (static_cast<std::size_t>(count) >= kMostFiles) return fail(ErrorKind::Refused, "upload.full", "photo");
    const auto name = toHex(wl::view(randomBytes<std::array<std::uint8_t, 16>>(m_rng)));
    std::ofstream out(m_folder / name, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) return fail(ErrorKind::World, "upload.write", "photo", m_folder.string());
    return name;
}

std::optional<std::string> Uploads::bytesOf(std::string_view name) const {
    const auto path = pathOf(name);
    if (path.empty()) return std::nullopt;
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::stringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

bool Uploads::has(std::string_view name) const {
    std::error_code error;
    const auto path = pathOf(name);
    return !path.empty() && fs::is_regular_file(path, error);
}

}  // namespace wl::engine::web
