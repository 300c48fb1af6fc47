// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Turns ops into rows, inside the writer's transaction. Keeps the entities a transaction touches in memory, so that an
// entity is read at most once and written once, and folds from the log whenever the shortcut does not hold.

#include <memory>

#include "domain/change_set.hpp"
#include "store/case_rows.hpp"
#include "store/op_log.hpp"
#include "store/person_rows.hpp"
#include "store/store.hpp"

namespace wl::store {

/// Whose history an op belongs to.
enum class EntityFamily : std::uint8_t { Case, Person, Item };
[[nodiscard]] EntityFamily familyOf(const OpBody& body);

class Projector {
public:
    static Result<Projector> make(sql::Database& db, Origins& origins, Terms& terms, KeyRing& keys);

    /// Adds one op that is (or will be, in this transaction) in the log. `sameTransaction` lists ops of the entity
    /// that a refold cannot read from the log yet.
    Result<void> apply(StampedOp op);
    /// Takes an op back that was applied and is still in the log: its entity is folded anew from the others at flush.
    Result<void> retract(const StampedOp& op);
    /// Folds an entity anew at flush, from the log, if it has ops: its sealed texts may be readable now. Every op of it
    /// must be in the log.
    Result<void> refold(const EntityId& entity);
    /// Folds now what flush would fold, while the log still holds every op.
    Result<void> settleAll();
    /// Writes what was touched and says what changed. Ends the transaction's view.
    Result<ChangeSet> flush(const CaseDeriver& deriver);
    /// Drops what was touched, after a rollback.
    void discard();

    /// The case as this transaction sees it; nullptr if there is none.
    Result<const CaseDetail*> caseOf(CaseKey key);
    Result<const CaseDetail*> caseOf(const CaseId& id);
    Result<const PersonView*> personOf(const PersonId& id);
    Result<CaseKey> findCase(const CaseId& id);
    Result<CaseKey> findExternal(const std::string& source, const std::string& externalId);
    Result<CaseKey> findInteraction(Channel channel, const std::string& externalId);
    [[nodiscard]] std::size_t touched() const { return m_cases.size() + m_persons.size(); }

private:
    struct TouchedCase {
        CaseDetail now;
        CaseState before;
        bool exists{};  ///< a row is in the database
        std::uint64_t changed{};
        std::vector<StampedOp> fresh;  ///< ops of this transaction, for a refold
        bool refold{};  ///< the state is not kept up any more: settle() folds it
        bool retracted{};  ///< an op was taken back
        bool empty{};  ///< folded, and no op was left
    };
    struct TouchedPerson {
        PersonView now;
        bool exists{};
        bool changed{};
        std::vector<StampedOp> fresh;
        bool refold{}, empty{};
    };
    struct Statements {
        sql::Statement<1, 1> findCase;
        sql::Statement<2, 1> findExternal;
        sql::Statement<2, 1> findInteraction;
        sql::Statement<5> insertCaseOp;
        sql::Statement<5> insertPersonOp;
        sql::Statement<5> insertItemOp;
        sql::Statement<8> insertInteraction;
        sql::Statement<1, 3> caseOps;
        sql::Statement<1, 3> personOps;
        sql::Statement<1, 4> findItem;
        sql::Statement<7> insertItem;
        sql::Statement<5> updateItem;
        sql::Statement<4> deleteCaseOp;
        sql::Statement<4> deletePersonOp;
        sql::Statement<4> deleteItemOp;
        sql::Statement<3> deleteInteraction;
        sql::Statement<3, 1> findRecorded;
        sql::Statement<1, 3> itemOps;
        sql::Statement<1> deleteItem;
    };
    Projector(sql::Database& db, Origins& origins, Terms& terms, KeyRing& keys, CaseLoader loader, CaseWriter writer,
              PersonRows persons, LogReader log, Statements statements)
        : m_db(&db), m_origins(&origins), m_terms(&terms), m_keys(&keys), m_loader(std::move(loader)),
          m_writer(std::move(writer)), m_personRows(std::move(persons)), m_log(std::move(log)),
          m_sql(std::move(statements)) {}

    Result<TouchedCase*> touchCase(const EntityId& id, bool opening);
    Result<TouchedPerson*> touchPerson(const EntityId& id, bool opening);
    Result<void> applyCase(StampedOp&& op);
    Result<void> applyPerson(StampedOp&& op);
    Result<void> applyItem(const StampedOp& op);
    Result<void> settle(TouchedCase& touched);
    Result<void> settle(TouchedPerson& touched);
    bool isRecorded(CaseKey key, const StampedOp& op);
    Result<void> retractItem(const StampedOp& op);
    Result<void> markClocks(std::string_view kind);
    Result<void> flushCase(CaseKey key, TouchedCase& touched, const CaseDeriver& deriver);
    Result<void> flushPerson(TouchedPerson& touched);
    Result<void> recordInteraction(CaseKey key, const StampedOp& op);
    template <class S>
    Result<std::vector<StampedOp>> opsOf(S& statement, std::int64_t key, const std::vector<StampedOp>& fresh);

    sql::Database* m_db;
    Origins* m_origins;
    Terms* m_terms;
    KeyRing* m_keys;
    CaseLoader m_loader;
    CaseWriter m_writer;
    PersonRows m_personRows;
    LogReader m_log;
    Statements m_sql;
    std::unordered_map<EntityId, CaseKey> m_caseKeys;
    std::unordered_map<CaseKey, std::unique_ptr<TouchedCase>> m_cases;
    std::unordered_map<EntityId, std::unique_ptr<TouchedPerson>> m_persons;
    std::unordered_map<std::string, CaseKey> m_external;  ///< cases opened in this transaction
    bool m_catalogueChanged{};
    std::int64_t m_nextCase{}, m_nextPerson{};
};

}  // namespace wl::store
