// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/tile_file.hpp"

#include <array>
#include <map>
#include <mutex>
#include <optional>

#include "store/sqlite.hpp"

namespace wl::store {
namespace {

std::optional<TileFile::Format> formatOf(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\x89PNG"sv)) return TileFile::Format::Png;
    if (bytes.starts_with("\xff\xd8\xff"sv)) return TileFile::Format::Jpeg;
    if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv)) return TileFile::Format::Webp;
    // Packed lines: gzip or zlib, or the first layer of the message as it is.
    if (bytes.starts_with("\x1f\x8b"sv) || bytes.starts_with("\x78"sv) || bytes.starts_with("\x1a"sv))
        return TileFile::Format::Vector;
    return {};
}

std::string hexOf(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes.substr(0, 8)) {
        out += digits[static_cast<unsigned char>(c) >> 4U];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

}  // namespace

class TileFile::Impl {
public:
    Impl(sql::Database database, std::string shown) : db(std::move(database)), file(std::move(shown)) {}
    [[nodiscard]] std::unexpected<Error> damaged(const Error& error) const {
        return fail(ErrorKind::Input, "basemap.damaged", file, error.detail);
    }
    /// No database at all, or one that is broken.
    [[nodiscard]] std::unexpected<Error> unreadable(const Error& error) const {
        if (!error.detail.contains("not a database")) return damaged(error);
        return fail(ErrorKind::Input, "basemap.not_tiles", file, error.detail);
    }
    sql::Database db;
    std::string file;
    mutable std::mutex mutex;  ///< guards `find`
    std::optional<sql::Statement<3, 1>> find;
};

TileFile::TileFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TileFile::~TileFile() = default;

Result<std::shared_ptr<const TileFile>> TileFile::open(const std::filesystem::path& file) {
    const auto shown = file.string();
    std::error_code missing;
    if (!std::filesystem::exists(file, missing)) return fail(ErrorKind::NotFound, "basemap.missing", shown);
    auto db = sql::Database::open(file, sql::Access::ReadOnly);
    if (!db) return fail(ErrorKind::Input, "basemap.not_tiles", shown, db.error().detail);
    auto impl = std::make_unique<Impl>(std::move(*db), shown);

    using Names = sql::Statement<0, 1>;
    auto names = Names::prepare(impl->db, "SELECT count(*) FROM sqlite_master WHERE name IN ('tiles','metadata')");
    if (!names) return impl->unreadable(names.error());
    const auto both = names->step();
    if (!both) return impl->unreadable(both.error());
    if (names->integer(0) < 2) return fail(ErrorKind::Input, "basemap.not_tiles", shown);

    auto metadata = sql::Statement<0, 2>::prepare(impl->db, "SELECT name, value FROM metadata");
    auto extent =
        sql::Statement<0, 3>::prepare(impl->db, "SELECT min(zoom_level), max(zoom_level), count(*) FROM tiles");
    auto samples = sql::Statement<0, 1>::prepare(
        impl->db, "SELECT tile_data FROM tiles WHERE length(tile_data)>0 GROUP BY zoom_level");
    auto find = sql::Statement<3, 1>::prepare(
        impl->db, "SELECT tile_data FROM tiles WHERE zoom_level=? AND tile_column=? AND tile_row=?");
    if (!metadata) return impl->damaged(metadata.error());
    if (!extent) return impl->damaged(extent.error());
    if (!samples) return impl->damaged(samples.error());
    if (!find) return impl->damaged(find.error());
    impl->find = std::move(*find);

    Facts facts;
    while (true) {
        const auto row = metadata->step();
        if (!row) return impl->damaged(row.error());
        if (!*row) break;
        if (metadata->bytes(0) == "name") facts.name = metadata->text(1);
        if (metadata->bytes(0) == "attribution") facts.attribution = metadata->text(1);
    }
    const auto some = extent->step();
    if (!some) return impl->damaged(some.error());
    facts.minZoom = static_cast<int>(extent->integer(0));
    facts.maxZoom = static_cast<int>(extent->integer(1));
    facts.tiles = extent->integer(2);
    if (facts.tiles == 0) return fail(ErrorKind::Input, "basemap.no_tiles", shown);
    std::optional<Format> known;
    while (true) {
        const auto row = samples->step();
        if (!row) return impl->damaged(row.error());
        if (!*row) break;
        const auto format = formatOf(samples->bytes(0));
        if (!format || (known && (*known == Format::Vector) != (*format == Format::Vector)))
            return fail(ErrorKind::Input, "basemap.tile_format", shown, hexOf(samples->bytes(0)));
        known = format;
    }
    if (!known) return fail(ErrorKind::Input, "basemap.no_tiles", shown);
    facts.format = *known;
    std::shared_ptr<TileFile> out(new TileFile(std::move(impl)));
    out->m_facts = std::move(facts);
    return out;
}

std::string TileFile::tile(int zoom, int x, int y) const {
    const std::scoped_lock lock(m_impl->mutex);
    auto& q = *m_impl->find;
    q.bind(zoom, x, (1 << zoom) - 1 - y);  // rows are counted from the south
    const auto row = q.step();
    auto bytes = row && *row ? q.text(0) : std::string();
    q.reset();
    return bytes;
}

std::string plainAttribution(std::string_view html) {
    std::string out;
    bool tag = false;
    for (std::size_t i = 0; i < html.size(); ++i) {
        if (html[i] == '<') tag = true;
        else if (html[i] == '>') tag = false;
        else if (!tag && html.substr(i).starts_with("&copy;")) out += "\u00a9", i += 5;
        else if (!tag && html.substr(i).starts_with("&amp;")) out += '&', i += 4;
        else if (!tag) out += html[i];
    }
    return out;
}

Result<void> TileFile::check() const {
    const std::scoped_lock lock(m_impl->mutex);
    auto query = sql::Statement<0, 1>::prepare(m_impl->db, "PRAGMA quick_check(1)");
    if (!query) return m_impl->damaged(query.error());
    const auto row = query->step();
    if (!row) return m_impl->damaged(row.error());
    if (query->bytes(0) != "ok") return fail(ErrorKind::Input, "basemap.damaged", m_impl->file, query->text(0));
    return {};
}

}  // namespace wl::store
