// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/facets.hpp"

#include <map>
#include <unordered_set>

#include "store/reader_impl.hpp"

namespace wl::store {
namespace {

constexpr int kFacetColumns = 25;
constexpr const char* kFacetList =
    "SELECT ck, status, priority, channel, service_code, department, crew, owner, area, "
    "requested_datetime, updated_at, closed_at,"
    " due_at, warn_at, respond_due_at, paused, settled, conflicts, lat, lon, paused_until, alarm_at,"
    " stalled, escalated, offered_to FROM cases ";

template <int Binds>
CaseFacet facetOf(const sql::Statement<Binds, kFacetColumns>& q) {
    CaseFacet f;
    f.key = {q.integer(0)};
    f.status = static_cast<std::uint8_t>(q.integer(1));
    f.priority = static_cast<std::uint8_t>(q.integer(2));
    f.channel = static_cast<std::uint8_t>(q.integer(3));
    f.service = static_cast<std::int32_t>(q.integer(4));
    f.department = static_cast<std::int32_t>(q.integer(5));
    f.crew = static_cast<std::int32_t>(q.integer(6));
    f.owner = static_cast<std::int32_t>(q.integer(7));
    f.area = static_cast<std::int32_t>(q.integer(8));
    f.requestedMs = q.integer(9);
    f.updatedMs = q.integer(10);
    f.closedMs = q.integer(11);
    f.clock = {{q.integer(14)},
               {q.integer(12)},
               {q.integer(13)},
               q.integer(15) != 0,
               static_cast<SlaState>(q.integer(16)),
               {q.integer(20)},
               {q.integer(21)},
               static_cast<std::uint8_t>(q.integer(22)),
               static_cast<std::uint8_t>(q.integer(23))};
    f.offeredTo = static_cast<std::int32_t>(q.integer(24));
    f.conflicted = q.integer(17) != 0;
    f.hasPlace = !q.isNull(18);
    if (f.hasPlace) f.place = {static_cast<std::int32_t>(q.integer(18)), static_cast<std::int32_t>(q.integer(19))};
    return f;
}

template <int Binds>
Result<void> eachFacet(sql::Statement<Binds, kFacetColumns>& q, const std::function<void(const CaseFacet&)>& each) {
    while (true) {
        WL_TRY(const bool row, q.step());
        if (!row) return {};
        each(facetOf(q));
    }
}

}  // namespace

class FacetReader::Impl {
public:
    Impl(std::unique_ptr<Reader> r, Reader::Impl& shared, sql::Statement<1, kFacetColumns> point)
        : reader(std::move(r)), s(shared), one(std::move(point)) {}
    std::unique_ptr<Reader> reader;
    Reader::Impl& s;
    sql::Statement<1, kFacetColumns> one;
    std::map<std::string, sql::Statement<1, 2>, std::less<>> texts;  ///< by column
};

Result<std::unique_ptr<FacetReader>> FacetReader::open(const std::filesystem::path& database,
                                                       std::shared_ptr<const Foresight> foresight) {
    WL_TRY(const auto realm, readRealmSecrets(database.parent_path()));
    WL_TRY(auto db, sql::Database::open(database, sql::Access::ReadOnly));
    auto shared = std::make_unique<Reader::Impl>(std::move(db));
    shared->foresight = std::move(foresight);
    WL_CHECK(shared->prepare(realm));
    auto& ref = *shared;
    WL_TRY(auto one, (sql::Statement<1, kFacetColumns>::prepare(ref.db, std::string(kFacetList) + "WHERE ck=?")));
    auto reader = std::make_unique<Reader>(std::move(shared));
    return std::unique_ptr<FacetReader>(
        new FacetReader(std::make_unique<Impl>(std::move(reader), ref, std::move(one))));
}

FacetReader::FacetReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
FacetReader::~FacetReader() = default;
Reader& FacetReader::reader() { return *m_impl->reader; }

Result<std::int64_t> FacetReader::highestKey() {
    WL_TRY(auto query, (sql::Statement<0, 1>::prepare(m_impl->s.db, "SELECT coalesce(max(ck),0) FROM cases")));
    WL_CHECK(query.step());
    return query.integer(0);
}

Result<void> FacetReader::openCases(const std::function<void(const CaseFacet&)>& each) {
    WL_TRY(auto query,
           (sql::Statement<0, kFacetColumns>::prepare(m_impl->s.db, std::string(kFacetList) + "WHERE status<7")));
    return eachFacet(query, each);
}

Result<void> FacetReader::slice(CaseKey after, std::int64_t span, const std::function<void(const CaseFacet&)>& each) {
    WL_TRY(auto query,
           (sql::Statement<2, kFacetColumns>::prepare(m_impl->s.db, std::string(kFacetList) + "WHERE ck>? AND ck<=?")));
    query.bind(after.value, after.value + span);
    return eachFacet(query, each);
}

Result<void> FacetReader::some(std::span<const CaseKey> keys, const std::function<void(const CaseFacet&)>& each) {
    for (const auto key : keys) {
        bool found = false;
        m_impl->one.bind(key.value);
        WL_CHECK(eachFacet(m_impl->one, [&](const CaseFacet& f) {
            found = true;
            each(f);
        }));
        if (found) continue;
        CaseFacet gone;  // its ops do not count any more
        gone.key = key;
        gone.status = kNotOpenedYet;
        each(gone);
    }
    return {};
}

Result<void> FacetReader::spells(CaseKey after, std::int64_t span, const std::function<void(const CaseSpell&)>& each) {
    WL_TRY(auto query,
           (sql::Statement<2, 6>::prepare(
               m_impl->s.db, "SELECT c.service_code, c.department, c.area, c.requested_datetime, c.closed_at,"
                             " t.work_done_at FROM cases c JOIN case_text t ON t.ck=c.ck"
                             " WHERE c.ck>? AND c.ck<=? AND c.status<>255")));
    query.bind(after.value, after.value + span);
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return {};
        const auto done = query.integer(5);
        each({static_cast<std::int32_t>(query.integer(0)), static_cast<std::int32_t>(query.integer(1)),
              static_cast<std::int32_t>(query.integer(2)), query.integer(3), done != 0 ? done : query.integer(4)});
    }
}

Result<std::string> FacetReader::text(std::int32_t term) { return m_impl->s.terms.text(m_impl->s.db, term); }

Result<std::int32_t> FacetReader::term(const std::string& code) {
    auto& terms = m_impl->s.terms;
    if (terms.find(code) < 0) WL_CHECK(terms.load(m_impl->s.db));
    return static_cast<std::int32_t>(terms.find(code));
}

namespace {

Result<std::string> textSelect(std::string_view column) {
    const bool narrow = column == "number";
    if (!narrow && column != "address" && column != "title" && column != "description")
        return fail(ErrorKind::Input, "query.column", std::string(column));
    return "SELECT ck, " + std::string(column) + " FROM " + (narrow ? "cases" : "case_text") + " WHERE ";
}

}  // namespace

Result<void> FacetReader::texts(std::string_view column, CaseKey after, std::int64_t span,
                                const std::function<void(CaseKey, std::string_view)>& each) {
    WL_TRY(const auto select, textSelect(column));
    WL_TRY(auto query, (sql::Statement<2, 2>::prepare(m_impl->s.db, select + "ck>? AND ck<=?")));
    query.bind(after.value, after.value + span);
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return {};
        each({query.integer(0)}, query.bytes(1));
    }
}

Result<std::string> FacetReader::textOf(std::string_view column, CaseKey key) {
    auto known = m_impl->texts.find(column);
    if (known == m_impl->texts.end()) {
        WL_TRY(const auto select, textSelect(column));
        WL_TRY(auto query, (sql::Statement<1, 2>::prepare(m_impl->s.db, select + "ck=?")));
        known = m_impl->texts.emplace(std::string(column), std::move(query)).first;
    }
    auto& query = known->second;
    query.bind(key.value);
    WL_TRY(const bool row, query.step());
    auto text = row ? query.text(1) : std::string();
    query.reset();
    return text;
}

Result<std::vector<CaseKey>> FacetReader::matching(std::string_view text) {
    auto& s = m_impl->s;
    const auto terms = parseSearch(text);
    std::unordered_set<std::int64_t> keys;
    WL_TRY(const auto numbered, reader().casesByNumber(text));
    for (const auto key : numbered) keys.insert(key.value);
    if (auto exact = reader().findCase(text)) keys.insert(exact->value);
    std::vector<PersonKey> persons;
    if (!terms.digits.empty() || text.find('@') != std::string_view::npos) {
        WL_TRY(persons, reader().personsByContact(text, 20));
    } else {
        WL_TRY(persons, reader().personsByName(text, 20));
    }
    for (const auto key : persons) {
        WL_TRY(const auto found, reader().person(key));
        WL_TRY(const auto theirs, reader().casesOf(found.state.id));
        for (const auto one : theirs) keys.insert(one.value);
    }
    std::vector<CaseKey> out;
    WL_TRY(const auto query, s.wordQuery(terms, false));
    if (!query.text.empty()) {
        WL_TRY(auto words, (sql::Statement<1, 1>::prepare(s.db, "SELECT rowid FROM case_fts WHERE case_fts MATCH ?")));
        words.bind(query.text);
        while (true) {
            WL_TRY(const bool row, words.step());
            if (!row) break;
            out.push_back({words.integer(0)});
            if (!keys.empty()) keys.erase(words.integer(0));
        }
    }
    for (const auto key : keys) out.push_back({key});
    return out;
}

}  // namespace wl::store
