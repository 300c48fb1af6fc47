// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The replica's one writing connection: appends ops to the own log and projects them, one transaction at a time.
// Lives on the engine thread; nothing else writes or checkpoints.

#include <filesystem>
#include <functional>
#include <memory>
#include <span>

#include "domain/change_set.hpp"
#include "domain/derived_case.hpp"
#include "domain/exchange.hpp"
#include "domain/ops.hpp"
#include "domain/realm_log.hpp"
#include "domain/time.hpp"
#include "store/peers.hpp"
#include "store/secrets.hpp"
#include "store/views.hpp"

namespace wl::store {

/// What the planner hands over; the store adds stamp, chain and signature.
struct OpDraft {
    EntityId entity;
    OpBody body;
    std::string comment;
    bool newEntity{};  ///< the op opens an entity whose id was made just now
};

struct StoreOptions {
    std::filesystem::path dir;
    const Clock& clock;
    Rng& rng;
};

/// The id under which a catalogue item lives: the same on every console.
[[nodiscard]] EntityId itemId(std::string_view kind, std::string_view code);

/// One published catalogue entry.
struct CatalogueEntry {
    std::string kind, code, document;
};

struct StoreStats {
    std::int64_t cases{}, open{}, persons{}, ops{}, segments{}, origins{}, interactions{}, items{}, bytes{};
};

struct VerifyReport {
    std::int64_t origins{}, segments{}, ops{};
    std::int64_t voidOps{}, parkedOps{};  ///< kept without effect; waiting for their time
    std::int64_t badChains{}, badSignatures{}, badOps{}, gaps{}, foldMismatches{};
    std::string integrity;               ///< "ok" or SQLite's first complaint
    std::vector<std::string> complaints; ///< the first of each kind, for people
    [[nodiscard]] bool good() const {
        return badChains + badSignatures + badOps + gaps + foldMismatches == 0 && integrity == "ok";
    }
};

struct RebuildReport {
    std::int64_t ops{}, segments{}, lostSegments{};
};

/// Called now and then during long work; returning false stops it.
using Progress = std::function<bool(std::string_view phase, std::int64_t done, std::int64_t total)>;

class Store {
public:
    /// Makes the folder, keys and an empty database. Refused (replica.exists) where there is one.
    static Result<void> create(const StoreOptions& options);
    /// The same for a console that was enrolled in a realm elsewhere: its keys and the realm log are given.
    static Result<void> join(const StoreOptions& options, const RealmSecrets& realm, const OriginSecrets& own,
                             std::span<const RealmEntry> entries);
    static Result<std::unique_ptr<Store>> open(const StoreOptions& options);
    ~Store();

    /// Starts a transaction; state read through the store includes what was added since.
    Result<void> begin();
    /// Adds ops that belong together, in order. Gives the stamp of each. `at` dates past work that is written down now.
    Result<std::vector<Stamp>> add(std::span<OpDraft> group, const std::string& agent, Instant at = {});
    /// Makes it durable (synchronous=FULL) and says what changed. After an error the transaction is rolled back.
    Result<ChangeSet> commit(const CaseDeriver& deriver);
    void rollback();
    [[nodiscard]] std::size_t pendingOps() const;

    // State as the current transaction sees it; pointers live until the next call that changes something.
    Result<const CaseDetail*> caseOf(CaseKey key);
    Result<const CaseDetail*> caseOf(const CaseId& id);
    Result<const PersonView*> personOf(const PersonId& id);
    Result<CaseKey> findCase(const CaseId& id);
    Result<CaseKey> findExternal(const std::string& source, const std::string& externalId);
    /// The case that holds what a channel delivered under that name; 0 if nothing did.
    Result<CaseKey> findInteraction(Channel channel, const std::string& externalId);
    /// As Reader's; rows of this transaction are not among them yet.
    Result<std::optional<OutboxRow>> findMessage(const MessageId& id);
    /// Who filed the cases that were closed as duplicates of this one.
    Result<std::vector<PersonId>> requestersOfDuplicates(const CaseId& id);
    Result<ContactRecord> contactRecord(const PersonId& person, const std::string& address, Instant now);
    Result<std::vector<CatalogueEntry>> catalogue();

    /// Cases that came back from the journal when this store was opened: their clocks are to be derived anew.
    [[nodiscard]] std::span<const CaseKey> recovered() const;

    /// Derives the clocks of the given cases anew (all open ones where the list is empty) and says which changed.
    Result<ChangeSet> rederive(const CaseDeriver& deriver, std::span<const CaseKey> keys = {});

    /// The case up to which clocks were derived since policies, calendars or pause reasons changed last; none =
    /// all are right.
    [[nodiscard]] Result<std::optional<CaseKey>> staleClocks();
    /// The next `limit` cases of those; nothing once all are right.
    Result<std::optional<ChangeSet>> rederiveNext(const CaseDeriver& deriver, int limit);

    /// Chains, signatures, log gaps, fold equality and SQLite's own check. `deriver` checks the clock columns too.
    Result<VerifyReport> verify(const CaseDeriver& deriver, const Progress& progress = {});
    /// One hash over the state of all cases, persons and catalogue items: equal on every replica with the same ops.
    Result<std::string> digest(const Progress& progress = {});
    /// Head of each origin's log: {origin hex, seq, hash hex}.
    struct Head {
        OriginId origin;
        std::uint64_t seq{};
        std::string hash;
    };
    Result<std::vector<Head>> vector();
    Result<StoreStats> stats();

    // ---- the realm ----
    [[nodiscard]] const RealmState& realmState() const;
    [[nodiscard]] const RealmSecrets& realmSecrets() const;
    [[nodiscard]] const OriginSecrets& ownSecrets() const;
    /// Writes the first entry of the realm log, this console as its writer, if there is none yet. Opening a replica
    /// that has ops does it too.
    Result<void> foundRealm();
    /// A peer has own ops that were lost here (an older backup was put back): nothing more is written under this
    /// origin, also after a restart (`begin` refuses: origin.behind). Taking an own op from a peer does it too.
    Result<void> stopWriting();
    /// Goes on as a new installation with a new signing key and the same certificate: after stopWriting, once the own
    /// ops are back, or after a fork. Its ops count here at once, elsewhere once the realm's writer has enrolled it.
    Result<void> mintOrigin();
    /// Why nothing more is written under this origin (origin.behind, origin.forked, origin.revoked); nothing while it
    /// is.
    [[nodiscard]] std::optional<Error> writingStopped() const;
    /// What the realm's writer has to know to enrol this console, after mintOrigin and until it is.
    [[nodiscard]] std::optional<Succession> goesOnAs() const;
    /// Entries from `epoch` (1-based) on.
    [[nodiscard]] std::vector<RealmEntry> realmEntries(std::uint32_t epoch) const;
    /// Takes the entries that are new and judges ops anew where they decide so; nothing if all were known. Errors as
    /// RealmState::apply, and realm.branch where the log differs from ours at an epoch both have.
    Result<std::optional<ChangeSet>> acceptRealm(std::uint32_t firstEpoch, std::span<const RealmEntry> entries,
                                                 const CaseDeriver& deriver);
    /// Writes the next entry. Refused (realm.not_writer) unless this console is the realm's writer.
    Result<ChangeSet> appendRealm(const RealmBody& body, const CaseDeriver& deriver);

    // ---- exchange with other replicas ----
    /// Durable heads, by origin; of a console that was revoked or forked as far as its log is wanted.
    [[nodiscard]] std::vector<LogHead> heads() const;
    /// The chain's hash after op `seq`; nothing if the log here does not reach so far.
    Result<std::optional<Hash>> hashAt(const OriginId& origin, std::uint64_t seq);
    /// As sync::Replica::read.
    Result<std::vector<Bundle>> read(const OriginId& origin, std::uint64_t after, std::size_t maxBytes);
    struct Taken {
        Accepted accepted;
        ChangeSet changes;
    };
    /// As sync::Replica::accept. Committed, but not durable before `makeDurable` (or the next own commit).
    Result<Taken> accept(std::span<const Bundle> bundles, const CaseDeriver& deriver);
    Result<void> makeDurable();
    /// When the first op that waits for its time can be folded; none if none waits.
    Result<Instant> nextUnpark();
    /// Folds what was dated too far ahead and is not any more, 4,000 ops a call.
    Result<ChangeSet> unpark(Instant now, const CaseDeriver& deriver);
    [[nodiscard]] std::vector<ForkProof> forkProofs() const;
    /// Nothing if it changes nothing. Errors: fork.proof
    Result<std::optional<ChangeSet>> acceptForkProof(const ForkProof& proof, const CaseDeriver& deriver);

    /// What a peer has durably (table `peer`).
    Result<void> peerHas(const OriginId& peer, std::span<const LogHead> heads, Instant now);
    /// All that was told so.
    [[nodiscard]] std::vector<PeerRecord> peers();

    // ---- snapshots (as sync::Replica) ----
    /// A copy that was made lately. Where there is none, another thread makes one: nothing, and `makingSnapshot`.
    Result<std::optional<SnapshotOffer>> makeSnapshot();
    [[nodiscard]] bool makingSnapshot() const;
    Result<std::optional<std::string>> snapshotChunk(const Hash& id, std::uint32_t index);
    Result<std::optional<std::vector<std::uint32_t>>> wantSnapshot(const SnapshotOffer& offer);
    Result<void> takeSnapshotChunk(const SnapshotOffer& offer, std::uint32_t index, std::string_view bytes);
    /// Own ops that the copy lacks come back from the journal (`recovered`: derive their clocks). Errors: snapshot.bad
    /// (Corrupt; nothing was changed and the copy is set aside).
    Result<void> installSnapshot(const SnapshotOffer& offer);
    /// Checks chains and signatures of a copy that was taken, newest first, up to `segments` a call. Gives what is
    /// left, 0 at the end (`verify` then compares state and log). Errors: snapshot.chain (Corrupt).
    Result<std::int64_t> checkSnapshot(int segments);
    /// After checkSnapshot: folds up to `entities` cases and persons of a copy anew from the log. Gives what is left to
    /// fold, 0 at the end. Errors: snapshot.state (Corrupt; `rebuild` puts it right): the rows are not what the log
    /// says.
    Result<std::int64_t> checkState(int entities);
    /// Makes one segment of the old small ones of up to `windows` windows; gives how many it made.
    Result<std::size_t> mergeSegments(std::size_t windows);
    /// The own journal is cut when it is longer than this and enough others have all of it.
    void setJournalLimit(std::uint64_t bytes);

    [[nodiscard]] OriginId origin() const;
    [[nodiscard]] RealmId realm() const;
    Result<void> checkpoint();
    /// Large transactions without intermediate checkpoints; for imports and the demo city.
    Result<void> setBulk(bool on);

    class Impl;
    explicit Store(std::unique_ptr<Impl> impl);

private:
    std::unique_ptr<Impl> m_impl;
};

/// Makes the database anew from the segments of the old one (as many as can be read) and the own journal, aside, and
/// swaps it in; the old file is kept beside it. The replica must not be open.
Result<RebuildReport> rebuild(
    const StoreOptions& options,
    const std::function<std::unique_ptr<CaseDeriver>(const std::vector<CatalogueEntry>&)>& deriver,
    const Progress& progress = {});

/// Moves a damaged database file (with its journal files) aside, never deleting it; gives the new path.
Result<std::filesystem::path> setAside(const std::filesystem::path& dir);

/// Checks that the replica can be read, and brings an older one up to date. Errors as Store::open.
Result<void> prepareToRead(const std::filesystem::path& dir);

/// The catalogue through a connection of its own, for programs that only read.
Result<std::vector<CatalogueEntry>> readCatalogueOf(const std::filesystem::path& database);
Result<StoreStats> statsOf(const std::filesystem::path& database);

/// Writes bytes to a file aside, syncs it and renames it into place.
Result<void> writeFile(const std::filesystem::path& file, std::string_view bytes);

[[nodiscard]] std::filesystem::path databasePath(const std::filesystem::path& dir);

}  // namespace wl::store
