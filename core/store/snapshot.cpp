// SPDX-License-Identifier: GPL-3.0-or-later
// A whole replica for a newcomer. The file that travels is the database without what is local, in blocks of 1 MiB:
//   "WLS1", then for each block  raw length (4) ‖ packed length (4) ‖ zstd
// It is taken into the open database as one transaction, so that readers go on and a crash leaves the old state.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <map>

#include "domain/compress.hpp"
#include "store/backup.hpp"
#include "store/basemap_file.hpp"
#include "store/schema.hpp"
#include "store/store_impl.hpp"

namespace wl::store {
namespace {

constexpr std::string_view kMagic = "WLS1";
constexpr std::size_t kBlock = 1024 * 1024;
constexpr std::uint64_t kBasemapLimit = 256 * 1024 * 1024;
constexpr std::uint64_t kFreshFor = 5'000;  // ops that a copy may lack and still be given away
// What belongs to this installation alone.
constexpr const char* kStrip = "DELETE FROM peer; DELETE FROM peer_head; DELETE FROM meta; DELETE FROM abandoned;";

std::filesystem::path outPath(const std::filesystem::path& dir) { return dir / "snapshot.out"; }
std::filesystem::path newPath(const std::filesystem::path& dir) { return dir / "snapshot.new"; }
std::filesystem::path partialPath(const std::filesystem::path& dir) { return dir / "snapshot.partial"; }
std::filesystem::path copyPath(const std::filesystem::path& dir) { return dir / "snapshot.db"; }
std::filesystem::path arrivedPath(const std::filesystem::path& dir) { return dir / "snapshot.arrived.db"; }

std::unexpected<Error> worldError(const std::filesystem::path& file) {
    return fail(ErrorKind::World, errno == ENOSPC ? "disk.full" : "file.write", file.string(), std::strerror(errno));
}
std::unexpected<Error> bad(const char* why) { return fail(ErrorKind::Corrupt, "snapshot.bad", {}, why); }

class File {
public:
    static Result<File> open(const std::filesystem::path& path, int flags) {
        File file(::open(path.c_str(), flags | O_CLOEXEC, 0600), path);
        if (file.m_fd < 0) return fail(ErrorKind::World, "file.open", path.string(), std::strerror(errno));
        return file;
    }
    File(File&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)), m_path(std::move(other.m_path)) {}
    File& operator=(File&&) = delete;
    ~File() {
        if (m_fd >= 0) ::close(m_fd);
    }
    [[nodiscard]] std::uint64_t size() const {
        const auto end = ::lseek(m_fd, 0, SEEK_END);
        return end < 0 ? 0 : static_cast<std::uint64_t>(end);
    }
    Result<void> write(std::string_view bytes, std::uint64_t at) {
        while (!bytes.empty()) {
            const auto put = ::pwrite(m_fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
            if (put <= 0) return worldError(m_path);
            bytes.remove_prefix(static_cast<std::size_t>(put));
            at += static_cast<std::uint64_t>(put);
        }
        return {};
    }
    /// Up to `limit` bytes; fewer at the end.
    Result<std::string> read(std::uint64_t at, std::size_t limit) const {
        std::string out(limit, '\0');
        std::size_t have = 0;
        while (have < limit) {
            const auto got = ::pread(m_fd, out.data() + have, limit - have, static_cast<off_t>(at + have));
            if (got < 0) return fail(ErrorKind::World, "file.read", m_path.string(), std::strerror(errno));
            if (got == 0) break;
            have += static_cast<std::size_t>(got);
        }
        out.resize(have);
        return out;
    }
    Result<void> sync() {
        if (::fdatasync(m_fd) != 0) return worldError(m_path);
        return {};
    }

private:
    File(int fd, std::filesystem::path path) : m_fd(fd), m_path(std::move(path)) {}
    int m_fd;
    std::filesystem::path m_path;
};

std::string bigEndian(std::size_t value) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>((value >> shift) & 0xffU));
    return out;
}
std::size_t fromBigEndian(std::string_view bytes) {
    std::size_t value = 0;
    for (const char c : bytes) value = (value << 8) | static_cast<std::uint8_t>(c);
    return value;
}

Result<void> pack(const std::filesystem::path& from, const std::filesystem::path& to) {
    WL_TRY(auto in, File::open(from, O_RDONLY));
    WL_TRY(auto out, File::open(to, O_RDWR | O_CREAT | O_TRUNC));
    WL_CHECK(out.write(kMagic, 0));
    std::uint64_t at = 0, end = kMagic.size();
    while (true) {
        WL_TRY(const auto raw, in.read(at, kBlock));
        if (raw.empty()) return out.sync();
        const auto packed = compress(raw);
        WL_CHECK(out.write(bigEndian(raw.size()) + bigEndian(packed.size()) + packed, end));
        at += raw.size();
        end += 8 + packed.size();
    }
}

Result<void> unpack(const std::filesystem::path& from, const std::filesystem::path& to) {
    WL_TRY(auto in, File::open(from, O_RDONLY));
    WL_TRY(auto out, File::open(to, O_RDWR | O_CREAT | O_TRUNC));
    WL_TRY(const auto magic, in.read(0, kMagic.size()));
    if (magic != kMagic) return bad("not a snapshot");
    std::uint64_t at = kMagic.size(), end = 0;
    while (true) {
        WL_TRY(const auto head, in.read(at, 8));
        if (head.empty()) return out.sync();
        if (head.size() != 8) return bad("cut short");
        const auto raw = fromBigEndian(std::string_view(head).substr(0, 4));
        const auto packed = fromBigEndian(std::string_view(head).substr(4));
        if (raw == 0 || raw > kBlock || packed > 2 * kBlock) return bad("a block of no size that there is");
        WL_TRY(const auto bytes, in.read(at + 8, packed));
        if (bytes.size() != packed) return bad("cut short");
        auto block = decompress(bytes, raw);
        if (!block) return bad("a block that does not unpack");
        WL_CHECK(out.write(*block, end));
        at += 8 + packed;
        end += raw;
    }
}

// The statements that made the tables, by name: those of a copy must be ours, so that nothing else runs in it.
Result<std::map<std::string, std::string>> schemaOf(sql::Database& db) {
    WL_TRY(auto query,
           (sql::Statement<0, 2>::prepare(db, "SELECT type || ' ' || name, coalesce(sql,'') FROM sqlite_master")));
    std::map<std::string, std::string> out;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return out;
        if (!query.text(0).contains("sqlite_")) out[query.text(0)] = query.text(1);
    }
}

std::uint64_t opsOf(std::span<const LogHead> heads) {
    std::uint64_t sum = 0;
    for (const auto& head : heads) sum += head.seq;
    return sum;
}

}  // namespace

namespace {

// The last op of an origin that anybody may have.
struct Limit {
    std::int64_t oi{};
    std::uint64_t seq{};
};

// Takes what count nowhere out of a copy: the ops of a console after it was shut out. Their author signed the head
// before them only where a segment ends there.
Result<bool> cutTail(sql::Database& copy, const Limit& limit) {
    if (limit.seq == 0) return false;
    WL_TRY(auto end, (sql::Statement<2, 2>::prepare(copy, "SELECT head_hash, sig FROM segment WHERE oi=? AND "
                                                          "first_seq+n-1=?")));
    end.bind(limit.oi, limit.seq);
    WL_TRY(const bool ends, end.step());
    if (!ends) return false;
    const auto hash = end.text(0), signature = end.text(1);
    end.reset();
    WL_TRY(auto head, (sql::Statement<4>::prepare(copy, "UPDATE origin SET head_seq=?, head_hash=?, head_sig=? "
                                                        "WHERE oi=?")));
    WL_CHECK(head.exec(limit.seq, sql::Blob{hash}, sql::Blob{signature}, limit.oi));
    for (const char* what : {"segment WHERE oi=? AND first_seq>?", "void_op WHERE oi=? AND seq>?",
                             "parked WHERE oi=? AND seq>?", "dek WHERE oi=? AND first_seq>?"}) {
        WL_TRY(auto drop, (sql::Statement<2>::prepare(copy, std::string("DELETE FROM ") + what)));
        WL_CHECK(drop.exec(limit.oi, limit.seq));
    }
    return true;
}

Result<std::vector<LogHead>> headsOf(sql::Database& db) {
    WL_TRY(auto query, (sql::Statement<0, 3>::prepare(db, "SELECT origin_id, head_seq, head_hash FROM origin WHERE "
                                                          "head_seq>0")));
    std::vector<LogHead> heads;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) break;
        heads.push_back({idFromBytes<OriginId>(query.bytes(0)), static_cast<std::uint64_t>(query.integer(1)),
                         arrayFromBytes<Hash>(query.bytes(2))});
    }
    std::ranges::sort(heads, {}, &LogHead::origin);
    return heads;
}

// On a thread and a connection of its own: only what is committed is copied, and nobody waits.
Result<SnapshotOffer> makeCopy(const std::filesystem::path& dir, const std::vector<Limit>& limits) {
    const auto copy = copyPath(dir);
    std::error_code ignored;
    std::filesystem::remove(copy, ignored);
    WL_CHECK(copyDatabase(databasePath(dir), copy));
    SnapshotOffer offer;
    {
        WL_TRY(auto db, sql::Database::open(copy, sql::Access::ReadWrite));
        WL_CHECK(db.run(std::string("PRAGMA secure_delete=ON; PRAGMA journal_mode=DELETE; ") + kStrip));
        for (const auto& limit : limits) {
            WL_TRY(const bool cut, cutTail(db, limit));
            if (!cut) return fail(ErrorKind::Refused, "snapshot.tail");
        }
        // Whoever works with the copy sees the same map; a city without one has none.
        if (const auto map = readWholeFile(dir / kBasemapFile, kBasemapLimit)) {
            WL_TRY(auto add, (sql::Statement<1>::prepare(db, "INSERT INTO meta(k, v) VALUES('basemap', ?)")));
            WL_CHECK(add.exec(sql::Blob{*map}));
        }
        WL_TRY(offer.heads, headsOf(db));
        offer.ops = opsOf(offer.heads);
    }
    WL_CHECK(pack(copy, newPath(dir)));
    std::filesystem::remove(copy, ignored);
    WL_TRY(auto file, File::open(newPath(dir), O_RDONLY));
    offer.bytes = file.size();
    for (std::uint64_t at = 0; at < offer.bytes; at += kSnapshotChunk) {
        WL_TRY(const auto chunk, file.read(at, kSnapshotChunk));
        offer.chunks.push_back(blake2b({chunk}));
    }
    if (offer.chunks.size() > kSnapshotChunkLimit) return fail(ErrorKind::Refused, "snapshot.too_long");
    return offer;
}

}  // namespace

bool Store::makingSnapshot() const { return m_impl->making.valid(); }

Result<std::optional<SnapshotOffer>> Store::makeSnapshot() {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    if (diskOf(s.dir).vfs()) return std::nullopt;  // copies are made of real files alone
    // Ops that nobody else may take yet are not handed on by the back door.
    std::vector<Limit> limits;
    for (const auto& [index, row] : s.origins.rows()) {
        if (row.headSeq == 0) continue;
        if (row.local) return std::nullopt;
        if (row.headSeq > s.limitOf(row.id)) limits.push_back({index, s.limitOf(row.id)});
    }
    if (s.making.valid()) {
        if (s.making.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return std::nullopt;
        auto made = s.making.get();
        if (!made && made.error().kind == ErrorKind::Refused) return std::nullopt;
        if (!made) return std::unexpected(made.error());
        // Somebody may have been shut out meanwhile.
        const bool still = std::ranges::all_of(made->heads, [&](const LogHead& head) {
            const auto* row = s.origins.row(s.origins.indexOf(head.origin));
            return row && !row->local && head.seq <= s.limitOf(head.origin);
        });
        std::error_code failed;
        std::filesystem::rename(newPath(s.dir), outPath(s.dir), failed);
        if (failed || !still) return std::nullopt;
        s.ready = std::move(*made);
        return s.ready;
    }
    const auto heads = s.currentHeads();
    const bool clean = s.ready && std::ranges::all_of(s.ready->heads, [&](const LogHead& head) {
                           return head.seq <= s.limitOf(head.origin);
                       });
    if (clean && opsOf(heads) < s.ready->ops + kFreshFor && std::filesystem::exists(outPath(s.dir))) return s.ready;
    s.ready.reset();
    s.making = std::async(std::launch::async, [dir = s.dir, limits] { return makeCopy(dir, limits); });
    return std::nullopt;
}

Result<std::optional<std::string>> Store::snapshotChunk(const Hash& id, std::uint32_t index) {
    auto& s = *m_impl;
    if (!s.ready || s.ready->id() != id || index >= s.ready->chunks.size()) return std::nullopt;
    WL_TRY(auto file, File::open(outPath(s.dir), O_RDONLY));
    WL_TRY(auto chunk, file.read(std::uint64_t{index} * kSnapshotChunk, kSnapshotChunk));
    if (blake2b({chunk}) != s.ready->chunks[index]) return std::nullopt;
    return std::optional(std::move(chunk));
}

Result<std::optional<std::vector<std::uint32_t>>> Store::wantSnapshot(const SnapshotOffer& offer) {
    auto& s = *m_impl;
    if (diskOf(s.dir).vfs()) return std::nullopt;
    // Ops of others that are here may have been acknowledged: they are never given up for a copy that may lack them.
    for (const auto& [index, row] : s.origins.rows())
        if (index != s.oi && row.headSeq > 0) return std::nullopt;
    std::vector<std::uint32_t> missing;
    auto file = File::open(partialPath(s.dir), O_RDONLY);
    for (std::uint32_t i = 0; i < offer.chunks.size(); ++i) {
        bool have = false;
        if (file) {
            WL_TRY(const auto chunk, file->read(std::uint64_t{i} * kSnapshotChunk, kSnapshotChunk));
            const auto left = offer.bytes - std::min(offer.bytes, std::uint64_t{i} * kSnapshotChunk);
            have = blake2b({std::string_view(chunk).substr(0, left)}) == offer.chunks[i];
        }
        if (!have) missing.push_back(i);
    }
    return std::optional(std::move(missing));
}

Result<void> Store::takeSnapshotChunk(const SnapshotOffer& offer, std::uint32_t index, std::string_view bytes) {
    if (index >= offer.chunks.size() || blake2b({bytes}) != offer.chunks[index]) return bad("a chunk of another copy");
    WL_TRY(auto file, File::open(partialPath(m_impl->dir), O_RDWR | O_CREAT));
    return file.write(bytes, std::uint64_t{index} * kSnapshotChunk);
}

Result<void> Store::Impl::checkCopy(sql::Database& copy, const SnapshotOffer& offered) {
    WL_TRY(const bool current, isCurrent(copy));
    if (!current) return bad("of another version");
    WL_TRY(const auto theirs, schemaOf(copy));
    WL_TRY(const auto ours, schemaOf(db));
    if (theirs != ours) return bad("tables of another form");
    WL_TRY(auto quick, (sql::Statement<0, 1>::prepare(copy, "PRAGMA quick_check(1)")));
    WL_TRY(const bool row, quick.step());
    if (!row || quick.bytes(0) != "ok") return bad("the database file is damaged");
    WL_TRY(auto query, (sql::Statement<0, 6>::prepare(copy, "SELECT origin_id, pubkey, head_seq, head_hash, head_sig, "
                                                            "(SELECT hlc_max FROM segment s WHERE s.oi=o.oi ORDER BY "
                                                            "first_seq DESC LIMIT 1) FROM origin o")));
    std::vector<LogHead> heads;
    while (true) {
        WL_TRY(const bool more, query.step());
        if (!more) break;
        const auto id = idFromBytes<OriginId>(query.bytes(0));
        const auto* console = realmLog.find(id);
        if (!console || view(console->card.key) != query.bytes(1)) return bad("a console that the realm does not know");
        const auto seq = static_cast<std::uint64_t>(query.integer(2));
        if (seq == 0) continue;
        const SignedHead head{
            seq, arrayFromBytes<Hash>(query.bytes(3)), {static_cast<std::uint64_t>(query.integer(5))}};
        if (!wl::verify(console->card.key, headMessage(realm.realm, id, head),
                        arrayFromBytes<Signature>(query.bytes(4))))
            return bad("a head that its author did not sign");
        heads.push_back({id, seq, head.hash});
    }
    std::ranges::sort(heads, {}, &LogHead::origin);
    if (heads != offered.heads) return bad("another log than was offered");
    return {};
}

// Makes the copy this installation's: its realm log, its own name. A basemap is taken where there is none yet.
Result<void> Store::Impl::adoptCopy(sql::Database& copy) {
    if (!diskOf(dir).exists(dir / kBasemapFile)) {
        WL_TRY(auto map, (sql::Statement<0, 1>::prepare(copy, "SELECT v FROM meta WHERE k='basemap'")));
        WL_TRY(const bool has, map.step());
        if (has) WL_CHECK(writeFileAtomically(dir / kBasemapFile, map.text(0)));
    }
    WL_CHECK(copy.run(std::string("BEGIN IMMEDIATE; ") + kStrip + " DELETE FROM realm_log; DELETE FROM fork_proof"));
    WL_TRY(auto entry, (sql::Statement<3>::prepare(copy, "INSERT INTO realm_log(epoch, bytes, sig) VALUES(?,?,?)")));
    for (std::size_t i = 0; i < entries.size(); ++i)
        WL_CHECK(entry.exec(i + 1, sql::Blob{entries[i].bytes}, sql::Blob{wl::view(entries[i].signature)}));
    WL_TRY(auto proof, (sql::Statement<2>::prepare(copy, "INSERT INTO fork_proof VALUES(?,?)")));
    for (const auto& [origin, known] : forks) {
        const auto bytes = encodeForkProof(known);
        WL_CHECK(proof.exec(sql::Blob{wl::view(origin)}, sql::Blob{bytes}));
    }
    Origins theirs;
    WL_CHECK(theirs.load(copy));
    for (const auto& [id, console] : realmLog.consoles())
        if (theirs.indexOf(id) == 0) WL_CHECK(theirs.add(copy, id, console.card.key, realm.realm, false));
    if (theirs.indexOf(own.origin) == 0) WL_CHECK(theirs.add(copy, own.origin, own.keys.publicKey, realm.realm, true));
    // Where its chains and signatures are still to be checked: all of them, from the newest on.
    WL_CHECK(copy.run("INSERT INTO meta SELECT 'unchecked', coalesce(max(id),0) FROM segment;"
                      "INSERT INTO meta SELECT 'unfolded', coalesce(max(ck),0) FROM cases;"
                      "INSERT INTO meta SELECT 'unfolded_persons', coalesce(max(pk),0) FROM person; COMMIT"));
    return {};
}

Result<void> Store::installSnapshot(const SnapshotOffer& offer) {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    WL_TRY(const auto missing, wantSnapshot(offer));
    if (!missing) return fail(ErrorKind::Refused, "snapshot.not_wanted");
    if (!missing->empty()) return bad("chunks are missing");
    const auto partial = partialPath(s.dir), copyFile = arrivedPath(s.dir);
    std::error_code ignored;
    std::filesystem::resize_file(partial, offer.bytes, ignored);
    const auto take = [&]() -> Result<void> {
        WL_CHECK(unpack(partial, copyFile));
        WL_TRY(auto copy, sql::Database::open(copyFile, sql::Access::ReadWrite));
        WL_CHECK(s.checkCopy(copy, offer));
        WL_CHECK(s.adoptCopy(copy));
        WL_CHECK(s.setDurable(true));
        auto* backup = sqlite3_backup_init(s.db.handle(), "main", copy.handle(), "main");
        if (!backup) return s.db.failure(sqlite3_errcode(s.db.handle()), "snapshot");
        const int stepped = sqlite3_backup_step(backup, -1);
        const int ended = sqlite3_backup_finish(backup);
        if (stepped != SQLITE_DONE) return s.db.failure(stepped, "snapshot");
        if (ended != SQLITE_OK) return s.db.failure(ended, "snapshot");
        return s.reload();
    };
    auto done = take();
    std::filesystem::remove(copyFile, ignored);
    if (done) {
        std::filesystem::remove(partial, ignored);
        return s.db.run("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    if (done.error().kind != ErrorKind::World) {
        // It stays for whoever wants to know; the next try begins anew.
        auto aside = s.dir / ("snapshot.refused." + std::to_string(s.clock.now().ms));
        std::filesystem::rename(partial, aside, ignored);
        done =
            fail(ErrorKind::Corrupt, "snapshot.bad", done.error().field, done.error().detail + " " + done.error().code);
    }
    return done;
}

Result<std::int64_t> Store::checkSnapshot(int segments) {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    WL_TRY(auto mark, (sql::Statement<0, 1>::prepare(s.db, "SELECT v FROM meta WHERE k='unchecked'")));
    WL_TRY(const bool marked, mark.step());
    if (!marked) return 0;
    auto last = mark.integer(0);
    mark.reset();
    WL_TRY(auto query, (sql::Statement<2, 12>::prepare(s.db, selectSegments("WHERE s.id<=? ORDER BY s.id DESC LIMIT ?",
                                                                            ", s.oi, s.id"))));
    query.bind(last, segments);
    bool any = false;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) break;
        any = true;
        const auto oi = query.integer(10);
        const auto* author = s.origins.row(oi);
        const auto g = segmentOf(query, author ? author->id : OriginId{});
        last = query.integer(11) - 1;
        const auto where = toHex(g.origin).substr(0, 8) + " from op " + std::to_string(g.firstSeq);
        if (!author || !openSegment(g, author->key, s.realm.realm))
            return fail(ErrorKind::Corrupt, "snapshot.chain", {}, where);
        WL_TRY(const auto before, s.hashAt(oi, g.firstSeq - 1));
        if (before != g.prevHash) return fail(ErrorKind::Corrupt, "snapshot.chain", {}, where);
    }
    if (!any || last <= 0) {
        WL_CHECK(s.db.run("DELETE FROM meta WHERE k='unchecked'"));
        return 0;
    }
    WL_CHECK(s.db.run("UPDATE meta SET v=" + std::to_string(last) + " WHERE k='unchecked'"));
    return last;
}

Result<std::int64_t> Store::checkState(int entities) {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    WL_TRY(auto log, LogReader::make(s.db, s.origins));
    const auto opsAt = [&](const char* table, const char* column, std::int64_t key) -> Result<std::vector<StampedOp>> {
        WL_TRY(auto query, (sql::Statement<1, 2>::prepare(s.db, std::string("SELECT oi, seq FROM ") + table +
                                                                    " WHERE " + column + "=?")));
        query.bind(key);
        std::vector<StampedOp> ops;
        while (true) {
            WL_TRY(const bool row, query.step());
            if (!row) return ops;
            WL_TRY(auto op, log.op(query.integer(0), static_cast<std::uint64_t>(query.integer(1)), *s.keys));
            ops.push_back(std::move(op));
        }
    };
    // Downwards from where the copy ended; rows that edits made here since then were folded here.
    const auto walk = [&](const char* mark, const char* table, const char* column,
                          auto&& same) -> Result<std::int64_t> {
        WL_TRY(auto find, (sql::Statement<1, 1>::prepare(s.db, "SELECT v FROM meta WHERE k=?")));
        find.bind(std::string_view(mark));
        WL_TRY(const bool marked, find.step());
        if (!marked) return 0;
        auto last = find.integer(0);
        find.reset();
        WL_TRY(auto next,
               (sql::Statement<2, 1>::prepare(s.db, std::string("SELECT ") + column + " FROM " + table + " WHERE " +
                                                        column + "<=? ORDER BY 1 DESC LIMIT ?")));
        next.bind(last, entities);
        last = 0;
        while (true) {
            WL_TRY(const bool row, next.step());
            if (!row) break;
            last = next.integer(0) - 1;
            WL_TRY(const bool good, same(next.integer(0)));
            if (!good)
                return fail(ErrorKind::Corrupt, "snapshot.state", {},
                            std::string(table) + " " + std::to_string(next.integer(0)));
        }
        WL_TRY(auto put, (sql::Statement<2>::prepare(s.db, last > 0 ? "UPDATE meta SET v=?2 WHERE k=?1"
                                                                    : "DELETE FROM meta WHERE k=?1 AND ?2=?2")));
        WL_CHECK(put.exec(std::string_view(mark), last));
        return last;
    };
    WL_TRY(auto loader, CaseLoader::make(s.db, s.origins, s.terms));
    WL_TRY(const auto cases, walk("unfolded", "cases", "ck", [&](std::int64_t key) -> Result<bool> {
               WL_TRY(const auto ops, opsAt("case_op", "ck", key));
               WL_TRY(const auto detail, loader.load({key}));
               return detail && canonicalBytes(detail->state) == canonicalBytes(foldCase(detail->state.id, ops));
           }));
    if (cases > 0) return cases;
    WL_TRY(auto rows, PersonRows::make(s.db, s.origins, false));
    return walk("unfolded_persons", "person", "pk", [&](std::int64_t key) -> Result<bool> {
        WL_TRY(const auto ops, opsAt("person_op", "pk", key));
        WL_TRY(const auto person, rows.load({key}));
        return person && canonicalBytes(person->state) == canonicalBytes(foldPerson(person->state.id, ops));
    });
}

}  // namespace wl::store
