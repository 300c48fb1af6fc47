// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the store: what its parts (store.cpp, verify.cpp, rebuild.cpp) share.

#include <future>
#include <map>
#include <optional>
#include <set>

#include "domain/verdict.hpp"
#include "store/journal.hpp"
#include "store/projector.hpp"
#include "store/read_ahead.hpp"
#include "store/store.hpp"

namespace wl::store {

/// Holds the folder for one writing program; a second one is told so at once.
inline Result<std::shared_ptr<void>> lockFolder(const std::filesystem::path& dir) {
    return diskOf(dir).lock(dir / "lock");
}

class Store::Impl {
public:
    Impl(const StoreOptions& options, sql::Database database)
        : dir(options.dir), clock(options.clock), rng(options.rng), db(std::move(database)) {}

    struct Statements {
        sql::Statement<12> insertSegment;
        sql::Statement<7> updateOrigin;
        sql::Statement<4> insertVoid;
        sql::Statement<4> insertParked;
        sql::Statement<2> updateMaxHlc;
        sql::Statement<2, 6> segmentAt;
        sql::Statement<1, 1> hasKey;
    };
    /// The segment being filled by the current transaction.
    struct Open {
        std::uint64_t firstSeq{};
        std::uint32_t count{};
        Hlc hlcMin, hlcMax;
        Hash prevHash{};
        std::string raw;
    };

    Result<void> prepare();
    Result<void> insertSegment(const Segment& segment, std::int64_t oi, Instant receivedAt);
    Result<void> closeSegment();
    /// What became of the ops of a segment.
    struct Ingested {
        std::uint64_t parked{}, voided{};
    };
    /// Adds a segment whose chain and signature were checked, with its ops, to log and rows. Not for the own open one.
    Result<Ingested> ingest(const Segment& segment, std::span<const std::string> ops, std::int64_t index,
                            Instant receivedAt);
    /// An op that was read ahead, or else reads it; as readOp.
    Result<std::optional<Op>> readNext(ReadAhead::Read read, std::string_view bytes, const OriginId& author);
    /// Whether the next op of an origin counts; nullptr for bytes that are no op.
    [[nodiscard]] Verdict verdictOf(const Origins::Row& author, std::uint64_t seq, const Op* op) const;
    /// Whether an own op may be written on a case of another department; the verdict of others judges what it says
    /// alone.
    Result<void> checkScope(const Op& op);
    Result<void> markVoid(std::int64_t index, std::uint64_t seq, Verdict why, const Op* op);
    Result<void> writeOrigin(std::int64_t index, const Signature& signature);

    /// Goes on under a new key (Store::mintOrigin); a copy of another machine's disk takes a new certificate too.
    Result<void> startOrigin(bool newCertificate);
    /// Where this console is the realm's writer: lets the new name in and hands the pen over, by the old key.
    Result<void> nameSuccessor(const OriginSecrets& next);
    /// Finishes what a crash left between origin.next and the realm log.
    Result<void> finishSuccession();

    // The realm (realm.cpp)
    Result<void> loadRealm();
    Result<void> foundRealm();
    /// Signs further entries of the realm log as its writer and keeps them, all or none.
    Result<void> appendOwn(std::span<const RealmBody> bodies);
    /// Takes entries that follow the ones we have, in the transaction that is open.
    Result<void> addEntries(std::span<const RealmEntry> added);
    /// Judges the ops of all origins anew that the entries since `before` may concern, and moves what changes between
    /// rows and void_op.
    Result<void> reconsider(const RealmState& before);
    Result<void> reconsider(std::int64_t index);
    /// Where a branch of a forked origin was chosen: leaves the other one, if that is the one here. True if it was.
    Result<bool> followBranch(const OriginId& origin);
    /// Takes the segments of an origin from the one that holds op `seq` on out of the log, into `abandoned`.
    Result<void> truncate(std::int64_t index, std::uint64_t seq);
    /// Keeps across restarts that nothing more may be written under the own origin.
    Result<void> stopWriting();
    /// After a failure: rolls back and reads again what this object keeps of the database.
    Result<void> undoRemote();
    /// Folds an op that counts, or parks it.
    Result<void> admit(std::int64_t index, std::uint64_t seq, Op&& op, Instant now);
    /// Number of the first op that stands on a branch that was not chosen; 0 = none.
    [[nodiscard]] std::uint64_t forkedAt(const OriginId& origin) const;
    /// The last op of an origin that anybody wants; later ones are void for good.
    [[nodiscard]] std::uint64_t limitOf(const OriginId& origin) const;

    // Snapshots (snapshot.cpp)
    Result<void> checkCopy(sql::Database& copy, const SnapshotOffer& offer);
    Result<void> adoptCopy(sql::Database& copy);
    /// Reads everything anew after the database was replaced.
    Result<void> reload();

    // Exchange (exchange.cpp)
    /// Cuts the own journal if enough others have what it holds.
    Result<void> cutJournal();
    Result<bool> takeBundle(const Bundle& bundle, Accepted& out);
    /// Whether a segment that reaches the head a branch was chosen by is of that branch.
    [[nodiscard]] bool onChosen(const Segment& segment, std::span<const std::string> ops) const;
    Result<void> takeLateKeys(const Bundle& bundle, std::int64_t index);
    Result<std::optional<ForkProof>> proveFork(const Segment& segment, std::span<const std::string> ops,
                                               std::int64_t index);
    Result<Hash> hashAt(std::int64_t index, std::uint64_t seq);
    Result<void> setDurable(bool full);
    [[nodiscard]] std::vector<LogHead> currentHeads();

    /// Own segments that the journal has and the database lost (an older file was put back).
    [[nodiscard]] bool journalIsAhead() const;
    Result<void> catchUpFromJournal();
    /// The last own op that the journal holds or need not hold.
    [[nodiscard]] std::uint64_t journalEnd() const { return std::max(journal->lastSeq(own.origin), journalCut); }
    /// Own segments that the database has and the journal lacks (it could not be written, or was deleted).
    Result<void> fillJournal();
    Result<void> refoldOlder();
    Result<void> reloadNames();

    std::shared_ptr<void> lock;
    std::filesystem::path dir;
    const Clock& clock;
    Rng& rng;
    sql::Database db;
    RealmSecrets realm;
    OriginSecrets own;
    RealmState realmLog{RealmId{}};
    std::vector<RealmEntry> entries;
    std::map<OriginId, ForkProof> forks;
    std::set<OriginId> onBranch;  ///< forked origins whose log here is, as far as it goes, the branch that was chosen
    std::optional<bool> syncsEachCommit;  ///< what synchronous is set to; nothing: not set yet
    std::optional<std::vector<LogHead>> durable;  ///< heads that are on the disk, where later ones are not yet
    Origins origins;
    Terms terms;
    std::unique_ptr<StoreKeyRing> keys;
    std::optional<ReadAhead> ahead;
    std::optional<Projector> projector;
    std::optional<Statements> sql;
    std::optional<OwnJournal> journal;
    std::optional<HlcClock> hlc;
    std::int64_t oi{};
    std::uint64_t headSeq{};  ///< including the current transaction
    Hash headHash{};
    Open open;
    std::vector<Segment> written;  ///< of this transaction
    std::vector<WrappedKey> newKeys;  ///< made with them
    std::vector<CaseKey> recovered;  ///< cases that `catchUpFromJournal` changed
    std::uint64_t journalCut{};  ///< up to here the journal was cut, because others have it
    std::optional<SnapshotOffer> ready;  ///< the copy in snapshot.out
    std::future<Result<SnapshotOffer>> making;  ///< the next one
    std::uint64_t journalLimit{1024 * 1024};
    bool inTransaction{};
    bool behind{};  ///< own ops came back from a peer: nothing more is written under this origin
    std::size_t pending{};
};

[[nodiscard]] std::filesystem::path journalPath(const std::filesystem::path& dir);

/// The part of a segment from op `first` on, `before` being the hash it follows; the ops before are taken out of `ops`.
/// Only its head is signed, so it verifies like the whole.
[[nodiscard]] Segment cutFrom(const Segment& g, std::vector<std::string>& ops, std::uint64_t first, const Hash& before);

inline constexpr std::uint64_t kLastSeq = std::uint64_t{1} << 62;  ///< so that no sum of numbers wraps

/// A query of whole segments `s`: what `segmentOf` reads, `more` columns after it, and the `rest` behind FROM.
[[nodiscard]] inline std::string selectSegments(std::string_view rest, std::string_view more = {}) {
    std::string text = "SELECT s.first_seq, s.n, s.hlc_min, s.hlc_max, s.prev_hash, s.head_hash, s.sig, s.dict,"
                       " s.raw_len, s.body";
    return text.append(more).append(" FROM segment s ").append(rest);
}
using SelectSegments = sql::Statement<3, 10>;
/// The segment of a row; the origin's id is the caller's.
template <int Binds, int Columns>
    requires(Columns >= 10)
[[nodiscard]] Segment segmentOf(const sql::Statement<Binds, Columns>& q, const OriginId& origin) {
    Segment g;
    g.origin = origin;
    g.firstSeq = static_cast<std::uint64_t>(q.integer(0));
    g.count = static_cast<std::uint32_t>(q.integer(1));
    g.hlcMin = {static_cast<std::uint64_t>(q.integer(2))};
    g.hlcMax = {static_cast<std::uint64_t>(q.integer(3))};
    g.prevHash = arrayFromBytes<Hash>(q.bytes(4));
    g.headHash = arrayFromBytes<Hash>(q.bytes(5));
    g.signature = arrayFromBytes<Signature>(q.bytes(6));
    g.dict = static_cast<std::uint32_t>(q.integer(7));
    g.rawLength = static_cast<std::uint32_t>(q.integer(8));
    g.body = q.text(9);
    return g;
}

/// Puts a data key back that the database lost; one that is there stays.
Result<void> restoreKey(sql::Database& db, const WrappedKey& key);

/// Calls `each` with every op of the log in order of origin and number; chains are not checked here.
using EachOp = std::function<Result<void>(std::int64_t oi, std::uint64_t seq, std::string_view bytes)>;
Result<void> forEachOp(sql::Database& db, const EachOp& each);

/// The entity an op is about, read without decoding the rest.
Result<EntityId> entityOf(std::string_view opBytes);

/// An op of the log: nothing if its bytes are none. What it says does not depend on `keys`, save for sealed texts.
/// Errors: only those of the disk.
Result<std::optional<Op>> readOp(std::string_view bytes, const OriginId& author, KeyRing& keys);

/// Tells keys without an op (of an older version, or from the journal) the op that names them first.
Result<void> placeKeys(sql::Database& db);

/// How far ahead of the clock here an op may be dated and still be folded at once.
inline constexpr Millis kClockAhead = std::chrono::minutes(5);

Result<std::vector<CatalogueEntry>> readCatalogue(sql::Database& db);

Result<void> saveRealmLog(const std::filesystem::path& dir, std::span<const RealmEntry> entries);
/// The entries that hold together; none where there is no file.
std::vector<RealmEntry> readRealmFile(const std::filesystem::path& dir, const RealmId& realm);
std::vector<RealmEntry> readRealmTable(sql::Database& db, const RealmId& realm);

}  // namespace wl::store
