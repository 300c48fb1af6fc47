// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/reader.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <unordered_set>

#include "domain/case_number.hpp"
#include "domain/distance.hpp"
#include "store/reader_impl.hpp"

namespace wl::store {
namespace {

constexpr double kMetresPerDegree = 111'195.08;  // of latitude, on the sphere of metresBetween

Instant happenedAt(const Op& op) {
    if (const auto* i = std::get_if<InteractionRecorded>(&op.body); i && i->at) return i->at;
    if (const auto* s = std::get_if<CaseStatusChanged>(&op.body); s && s->at) return s->at;
    if (const auto* h = std::get_if<HandOffOffered>(&op.body); h && h->at) return h->at;
    if (const auto* h = std::get_if<HandOffAnswered>(&op.body); h && h->at) return h->at;
    if (const auto* e = std::get_if<EscalationRaised>(&op.body); e && e->at) return e->at;
    if (const auto* e = std::get_if<EscalationAcknowledged>(&op.body); e && e->at) return e->at;
    if (const auto* r = std::get_if<ReportJoined>(&op.body); r && r->at) return r->at;
    if (const auto* m = std::get_if<MessageWritten>(&op.body); m && m->at) return m->at;
    if (const auto* m = std::get_if<MessageMoved>(&op.body); m && m->at) return m->at;
    if (const auto* o = std::get_if<CaseOpened>(&op.body))
        if (const auto* at = o->fields.find(CaseField::RequestedAt); at && asInt(*at) != 0) return {asInt(*at)};
    return op.hlc.wall();
}

}  // namespace

Result<void> Reader::Impl::prepare(const RealmSecrets& realm) {
    WL_CHECK(db.run("PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;"
                    "CREATE VIRTUAL TABLE temp.case_term USING fts5vocab('main', 'case_fts', 'instance');"
                    "PRAGMA query_only=ON"));
    WL_CHECK(origins.load(db));
    WL_CHECK(terms.load(db));
    WL_TRY(keyRing, StoreKeyRing::make(db, realm, nullptr));
    WL_TRY(auto caseLoader, CaseLoader::make(db, origins, terms));
    loader.emplace(std::move(caseLoader));
    WL_TRY(auto personRows, PersonRows::make(db, origins, false));
    persons.emplace(std::move(personRows));
    WL_TRY(auto logReader, LogReader::make(db, origins));
    log.emplace(std::move(logReader));
    WL_TRY(auto queries, MessageQueries::make(db, origins));
    messages.emplace(std::move(queries));

    WL_TRY(auto row,
           RowSelect::prepare(
               db, "SELECT c.ck, case_id, number, status, reason, priority, channel, service_code, department, crew, "
                   "owner, area,"
                   " title, description, address, lat, lon, requested_datetime, updated_at, closed_at, due_at, warn_at,"
                   " respond_due_at, paused, settled, conflicts, requester, source, external_id,"
                   " paused_until, alarm_at, stalled, escalated, offered_to"
                   " FROM cases c JOIN case_text t ON t.ck=c.ck WHERE c.ck=? AND status<>255"));
    using Keys = sql::Statement<1, 1>;
    // A whole number or the beginning of one: '~' stands behind every character of a number.
    WL_TRY(auto byNumber, Keys::prepare(db, "SELECT ck FROM cases WHERE number>=?1 AND number<?1||'~' AND status<>255"
                                            " ORDER BY number LIMIT 50"));
    WL_TRY(auto byId, Keys::prepare(db, "SELECT ck FROM cases WHERE case_id=? AND status<>255"));
    WL_TRY(auto byRequester,
           Keys::prepare(db, "SELECT ck FROM case_text WHERE requester=?1 UNION SELECT ck FROM case_report"
                             " WHERE person=?1 ORDER BY 1 DESC"));
    WL_TRY(auto byContact, Keys::prepare(db, "SELECT pk FROM contact WHERE value=?"));
    WL_TRY(auto byExternal,
           (sql::Statement<2, 1>::prepare(db, "SELECT ck FROM case_text WHERE external_id=? LIMIT ?")));
    WL_TRY(auto byInteraction,
           (sql::Statement<2, 1>::prepare(db, "SELECT ck FROM interaction WHERE channel=? AND external_id=?")));
    WL_TRY(auto words, (sql::Statement<2, 1>::prepare(
                           db, "SELECT rowid FROM case_fts WHERE case_fts MATCH ? ORDER BY rowid DESC LIMIT ?")));
    WL_TRY(auto nextTerm,
           (sql::Statement<2, 1>::prepare(db, "SELECT term FROM temp.case_term WHERE term>=? AND term<? LIMIT 1")));
    WL_TRY(auto names, (sql::Statement<2, 2>::prepare(
                           db, "SELECT rowid, rank FROM person_fts WHERE person_fts MATCH ? ORDER BY rank LIMIT ?")));
    WL_TRY(auto cells,
           (sql::Statement<2, 3>::prepare(db, "SELECT ck, lat, lon FROM case_place WHERE cell BETWEEN ? AND ?")));
    WL_TRY(auto ops,
           (sql::Statement<1, 3>::prepare(db, "SELECT hlc, oi, seq FROM case_op WHERE ck=? ORDER BY hlc, oi, seq")));
    WL_TRY(auto voids, (sql::Statement<1, 3>::prepare(db, "SELECT oi, seq, why FROM void_op WHERE entity=?")));
    // A peer has what it wrote itself, and of others what it acknowledged.
    WL_TRY(
        auto holders,
        (sql::Statement<2, 1>::prepare(
            db,
            "SELECT count(*) FROM peer p WHERE EXISTS(SELECT 1 FROM case_op WHERE ck=?) AND NOT EXISTS("
            "SELECT 1 FROM (SELECT origin_id, max(seq) AS last FROM case_op JOIN origin USING(oi) WHERE ck=? GROUP BY "
            "oi) o WHERE o.origin_id<>p.origin_id AND coalesce((SELECT seq FROM peer_head h WHERE h.peer="
            "p.origin_id AND h.origin=o.origin_id),0)<o.last)")));
    sql.emplace(Statements{std::move(row), std::move(byNumber), std::move(byId), std::move(byRequester),
                           std::move(byContact), std::move(byExternal), std::move(byInteraction), std::move(words),
                           std::move(nextTerm), std::move(names), std::move(cells), std::move(ops), std::move(voids),
                           std::move(holders)});
    return {};
}

Result<std::vector<CaseKey>> Reader::Impl::keys(sql::Statement<1, 1>& statement) {
    std::vector<CaseKey> out;
    while (true) {
        WL_TRY(const bool row, statement.step());
        if (!row) return out;
        out.push_back({statement.integer(0)});
    }
}

Result<std::unique_ptr<Reader>> Reader::open(const std::filesystem::path& database,
                                             std::shared_ptr<const Foresight> foresight) {
    WL_TRY(const auto realm, readRealmSecrets(database.parent_path()));
    WL_TRY(auto db, sql::Database::open(database, sql::Access::ReadOnly));
    auto impl = std::make_unique<Impl>(std::move(db));
    impl->foresight = std::move(foresight);
    WL_CHECK(impl->prepare(realm));
    return std::make_unique<Reader>(std::move(impl));
}

Reader::Reader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Reader::~Reader() = default;

Result<std::vector<CaseRow>> Reader::rows(std::span<const CaseKey> keys) {
    auto& s = *m_impl;
    auto& q = s.sql->row;
    std::vector<CaseRow> out;
    out.reserve(keys.size());
    for (const auto key : keys) {
        q.bind(key.value);
        WL_TRY(const bool row, q.step());
        if (!row) continue;
        CaseRow r;
        r.key = key;
        r.id = idFromBytes<CaseId>(q.bytes(1));
        r.number = q.text(2);
        r.status = static_cast<Status>(q.integer(3));
        WL_TRY(r.statusReason, s.terms.text(s.db, q.integer(4)));
        r.priority = static_cast<Priority>(q.integer(5));
        r.channel = static_cast<Channel>(q.integer(6));
        std::string* const codes[] = {&r.service, &r.department, &r.crew, &r.owner, &r.area};
        for (int i = 0; i < 5; ++i) { WL_TRY(*codes[i], s.terms.text(s.db, q.integer(7 + i))); }
        r.title = q.text(12);
        r.description = q.text(13);
        r.address = q.text(14);
        if (!q.isNull(15))
            r.position = GeoPoint{static_cast<std::int32_t>(q.integer(15)), static_cast<std::int32_t>(q.integer(16))};
        r.requestedAt.ms = q.integer(17);
        r.updatedAt.ms = q.integer(18);
        r.closedAt.ms = q.integer(19);
        r.clock = {{q.integer(22)},
                   {q.integer(20)},
                   {q.integer(21)},
                   q.integer(23) != 0,
                   static_cast<SlaState>(q.integer(24)),
                   {q.integer(29)},
                   {q.integer(30)},
                   static_cast<std::uint8_t>(q.integer(31)),
                   static_cast<std::uint8_t>(q.integer(32))};
        WL_TRY(r.offeredTo, s.terms.text(s.db, q.integer(33)));
        s.foresee(r.clock, r.status, r.service, r.department, r.area, r.requestedAt);
        r.conflicts = static_cast<std::uint64_t>(q.integer(25));
        q.reset();
        out.push_back(std::move(r));
    }
    return out;
}

void Reader::Impl::foresee(DerivedCase& clock, Status status, const std::string& service, const std::string& department,
                           const std::string& area, Instant requested) const {
    if (!foresight || clock.settled != SlaState::OnTrack || status >= Status::WorkDone) return;
    const auto risk = foresight->riskFrom(service, department, area, requested, clock.due);
    if (risk && risk < clock.warn) clock.warn = risk;
}

Result<CaseDetail> Reader::detail(CaseKey key) {
    WL_TRY(auto found, m_impl->loader->load(key));
    if (!found || !found->state.isOpenedYet())
        return fail(ErrorKind::NotFound, "case.unknown", {}, std::to_string(key.value));
    const auto& state = found->state;
    m_impl->foresee(found->clock, state.status, state.text(CaseField::Service), state.text(CaseField::Department),
                    state.text(CaseField::Area), state.instant(CaseField::RequestedAt));
    return std::move(*found);
}

Result<int> Reader::holders(CaseKey key) {
    auto& q = m_impl->sql->holders;
    q.bind(key.value, key.value);
    WL_TRY(const bool row, q.step());
    const auto count = row ? q.integer(0) : 0;
    q.reset();
    return static_cast<int>(count);
}

Result<std::vector<TimelineEntry>> Reader::timeline(CaseKey key) {
    auto& s = *m_impl;
    WL_TRY(const auto whole, detail(key));
    std::vector<std::pair<std::int64_t, std::uint64_t>> dots;
    auto& q = s.sql->ops;
    q.bind(key.value);
    while (true) {
        WL_TRY(const bool row, q.step());
        if (!row) break;
        dots.emplace_back(q.integer(1), static_cast<std::uint64_t>(q.integer(2)));
    }
    std::vector<TimelineEntry> out;
    out.reserve(dots.size());
    std::map<std::int64_t, Instant> latest;  // by console
    for (const auto& [oi, seq] : dots) {
        WL_TRY(auto item, s.log->op(oi, seq, *s.keyRing));
        TimelineEntry entry;
        entry.stamp = item.stamp;
        entry.at = happenedAt(item.op);
        // What was written after the fact (an import, a history that is made) says when steps and words happened; an
        // edit that says nothing belongs behind what the same console wrote before it.
        auto& last = latest[oi];
        if (entry.at == item.op.hlc.wall()) entry.at = std::max(entry.at, last);
        last = std::max(last, entry.at);
        const auto event = std::ranges::find(whole.state.history, item.stamp, &StatusEvent::stamp);
        entry.effective = event == whole.state.history.end() || event->effective || event->undone;
        entry.op = std::move(item.op);
        out.push_back(std::move(entry));
    }
    auto& voids = s.sql->voids;
    voids.bind(sql::Blob{wl::view(whole.state.id)});
    while (true) {
        WL_TRY(const bool row, voids.step());
        if (!row) break;
        // A void op may be of any kind; where its form says nothing of a case, there is nothing to show.
        auto item = s.log->op(voids.integer(0), static_cast<std::uint64_t>(voids.integer(1)), *s.keyRing);
        if (!item) continue;
        TimelineEntry entry;
        entry.stamp = item->stamp;
        entry.at = happenedAt(item->op);
        entry.effective = false;
        entry.verdict = static_cast<Verdict>(voids.integer(2));
        entry.op = std::move(item->op);
        out.push_back(std::move(entry));
    }
    std::ranges::stable_sort(out, {}, &TimelineEntry::at);
    return out;
}

Result<CaseKey> Reader::findCase(const CaseId& id) {
    m_impl->sql->byId.bind(sql::Blob{wl::view(id)});
    WL_TRY(const auto keys, m_impl->keys(m_impl->sql->byId));
    if (keys.empty()) return fail(ErrorKind::NotFound, "case.unknown", {}, toHex(id));
    return keys.front();
}

Result<CaseKey> Reader::findInteraction(Channel channel, std::string_view externalId) {
    auto& find = m_impl->sql->byInteraction;
    find.bind(static_cast<int>(channel), externalId);
    WL_TRY(const bool row, find.step());
    const CaseKey key{row ? find.integer(0) : 0};
    find.reset();
    if (key || channel != Channel::Email) return key;
    const auto message = messageOfMailId(externalId);  // a mail of ours
    if (message.isNull()) return key;
    WL_TRY(const auto sent, findMessage(message));
    return sent ? sent->caseKey : CaseKey{};
}

Result<std::vector<CaseKey>> Reader::casesByNumber(std::string_view typed) {
    auto number = normaliseCaseNumber(typed);
    if (!number) number = caseNumberStart(typed);
    if (!number) return std::vector<CaseKey>{};
    m_impl->sql->byNumber.bind(*number);
    return m_impl->keys(m_impl->sql->byNumber);
}

Result<CaseKey> Reader::findCase(std::string_view named) {
    auto& s = *m_impl;
    std::vector<CaseKey> numbered;  // the whole number: its beginning is not enough to work on a case
    if (normaliseCaseNumber(named)) { WL_TRY(numbered, casesByNumber(named)); }
    if (numbered.size() > 1) return fail(ErrorKind::Refused, "case.ambiguous", {}, std::string(named));
    if (!numbered.empty()) return numbered.front();
    if (named.size() == 32) {
        CaseId id;
        bool hex = true;
        for (std::size_t i = 0; i < 16 && hex; ++i) {
            unsigned byte = 0;
            for (std::size_t k = 0; k < 2; ++k) {
                const char c = static_cast<char>(named[2 * i + k] | 0x20);
                const bool digit = c >= '0' && c <= '9';
                hex = hex && (digit || (c >= 'a' && c <= 'f'));
                byte = byte * 16 + static_cast<unsigned>(digit ? c - '0' : c - 'a' + 10);
            }
            id.bytes[i] = static_cast<std::uint8_t>(byte);
        }
        if (hex)
            if (auto key = findCase(id)) return key;
    }
    s.sql->byExternal.bind(named, 2);
    std::vector<CaseKey> keys;
    while (true) {
        WL_TRY(const bool row, s.sql->byExternal.step());
        if (!row) break;
        keys.push_back({s.sql->byExternal.integer(0)});
    }
    if (keys.size() == 1) return keys.front();
    if (keys.size() > 1) return fail(ErrorKind::Refused, "case.ambiguous", {}, std::string(named));
    return fail(ErrorKind::NotFound, "case.unknown", {}, std::string(named));
}

Result<PersonView> Reader::person(const PersonId& id) {
    WL_TRY(const auto key, m_impl->persons->find(id));
    return person(key);
}

Result<PersonView> Reader::person(PersonKey key) {
    WL_TRY(auto found, m_impl->persons->load(key));
    if (!found) return fail(ErrorKind::NotFound, "person.unknown");
    return std::move(*found);
}

Result<std::vector<CaseKey>> Reader::casesOf(const PersonId& id, int limit) {
    auto& s = *m_impl;
    s.sql->byRequester.bind(sql::Blob{wl::view(id)});
    WL_TRY(auto keys, s.keys(s.sql->byRequester));
    if (keys.size() > static_cast<std::size_t>(limit)) keys.resize(static_cast<std::size_t>(limit));
    return keys;
}

Result<std::vector<CaseKey>> Reader::casesOfJob(const std::string& job) {
    auto& s = *m_impl;
    if (s.terms.find(job) < 0) WL_CHECK(s.terms.load(s.db));
    const auto term = s.terms.find(job);
    if (term <= 0) return std::vector<CaseKey>{};
    WL_TRY(auto query, (sql::Statement<1, 1>::prepare(s.db, "SELECT ck FROM case_text WHERE job=? ORDER BY ck")));
    query.bind(term);
    return s.keys(query);
}

Result<FirstResponses> Reader::firstResponsesSince(Instant from) {
    WL_TRY(auto query, (sql::Statement<1, 1>::prepare(
                           m_impl->db, "SELECT t.first_response_at - c.requested_datetime FROM case_text t"
                                       " JOIN cases c ON c.ck=t.ck WHERE t.first_response_at>0"
                                       " AND t.first_response_at>=? AND c.status<>255")));
    query.bind(from.ms);
    std::vector<std::int64_t> waits;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) break;
        waits.push_back(std::max<std::int64_t>(0, query.integer(0)));
    }
    if (waits.empty()) return FirstResponses{};
    const auto middle = waits.begin() + static_cast<std::ptrdiff_t>((waits.size() - 1) / 2);
    std::ranges::nth_element(waits, middle);
    return FirstResponses{waits.size(), Millis{*middle}};
}

Result<std::vector<PersonKey>> Reader::personsByContact(std::string_view contact, int limit) {
    auto& s = *m_impl;
    std::vector<PersonKey> out;
    const auto terms = parseSearch(contact);
    std::string exact(contact);
    std::ranges::transform(exact, exact.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    s.sql->byContact.bind(exact);
    WL_TRY(const auto whole, s.keys(s.sql->byContact));
    for (const auto key : whole) out.push_back({key.value});
    // A number is stored with its country code and said without it: the digits typed must end or stand in it.
    const auto pieces =
        terms.digits.empty() ? (contact.size() >= 3 ? '"' + exact + '"' : std::string()) : '"' + terms.digits + '"';
    if (pieces.empty() || pieces.find('"', 1) != pieces.size() - 1) return out;
    const auto trigrams = trigramQuery(terms.digits.empty() ? exact : terms.digits);  // bound, not copied
    if (trigrams.empty()) return out;
    s.sql->names.bind(trigrams, limit * 10);
    while (true) {
        WL_TRY(const bool row, s.sql->names.step());
        if (!row) break;
        const PersonKey key{s.sql->names.integer(0)};
        if (std::ranges::find(out, key) != out.end()) continue;
        WL_TRY(const auto found, s.persons->load(key));
        const auto& needle = terms.digits.empty() ? exact : terms.digits;
        if (found && std::ranges::any_of(found->state.contacts,
                                         [&](const Contact& c) { return c.value.find(needle) != std::string::npos; }))
            out.push_back(key);
        if (out.size() >= static_cast<std::size_t>(limit)) break;
    }
    s.sql->names.reset();
    return out;
}

Result<std::vector<PersonKey>> Reader::personsByName(std::string_view name, int limit) {
    auto& s = *m_impl;
    const auto query = trigramQuery(name);
    if (query.empty()) return std::vector<PersonKey>{};
    struct Candidate {
        PersonKey key;
        double likeness{};
    };
    std::vector<Candidate> candidates;
    s.sql->names.bind(query, 200);
    while (true) {
        WL_TRY(const bool row, s.sql->names.step());
        if (!row) break;
        const PersonKey key{s.sql->names.integer(0)};
        WL_TRY(const auto found, s.persons->load(key));
        if (!found) continue;
        const double likeness = nameLikeness(name, found->state.text(PersonField::Name));
        if (likeness >= 0.6) candidates.push_back({key, likeness});
    }
    std::ranges::stable_sort(candidates, std::ranges::greater{}, &Candidate::likeness);
    std::vector<PersonKey> out;
    for (const auto& c : candidates) {
        if (out.size() >= static_cast<std::size_t>(limit)) break;
        out.push_back(c.key);
    }
    return out;
}

Result<SearchHits> Reader::search(std::string_view text, int limit) {
    auto& s = *m_impl;
    SearchHits out;
    std::unordered_set<std::int64_t> seen;
    const auto add = [&](CaseKey key) {
        if (out.cases.size() < static_cast<std::size_t>(limit) && seen.insert(key.value).second)
            out.cases.push_back(key);
    };
    WL_TRY(const auto numbered, casesByNumber(text));
    for (const auto key : numbered) add(key);
    if (auto exact = findCase(text)) add(*exact);
    const auto terms = parseSearch(text);
    if (!terms.digits.empty() || text.find('@') != std::string_view::npos) {
        WL_TRY(out.persons, personsByContact(text, 20));
    } else if (!terms.words.empty()) {
        WL_TRY(out.persons, personsByName(text, 10));
    }
    for (const auto key : out.persons) {
        WL_TRY(const auto found, person(key));
        WL_TRY(const auto theirs, casesOf(found.state.id, 10));
        for (const auto one : theirs) add(one);
    }
    for (const bool bounded : {true, false}) {
        WL_TRY(const auto query, s.wordQuery(terms, bounded));
        if (query.text.empty()) break;
        s.sql->words.bind(query.text, limit);
        while (true) {
            WL_TRY(const bool row, s.sql->words.step());
            if (!row) break;
            add({s.sql->words.integer(0)});
        }
        if (query.whole || out.cases.size() >= static_cast<std::size_t>(limit)) break;
    }
    return out;
}

Result<std::vector<CaseKey>> Reader::near(GeoPoint centre, double metres, int limit) {
    constexpr std::int64_t kManyRows = 2000;  // of cells, 320 km: beyond, one walk over all of them is no worse
    auto& q = m_impl->sql->cells;
    const double dLat = metres / kMetresPerDegree;
    const double dLon = dLat / std::max(0.01, std::cos(centre.lat() * std::numbers::pi / 180));
    const auto within = [](double degrees, double most) { return std::clamp(degrees, -most, most); };
    const auto low = GeoPoint::of(within(centre.lat() - dLat, 90), within(centre.lon() - dLon, 180)),
               high = GeoPoint::of(within(centre.lat() + dLat, 90), within(centre.lon() + dLon, 180));
    std::vector<std::pair<double, CaseKey>> found;
    const auto collect = [&](std::int64_t first, std::int64_t last) -> Result<void> {
        q.bind(first, last);
        while (true) {
            WL_TRY(const bool row, q.step());
            if (!row) return {};
            const GeoPoint at{static_cast<std::int32_t>(q.integer(1)), static_cast<std::int32_t>(q.integer(2))};
            const double away = metresBetween(centre, at);
            if (away <= metres) found.emplace_back(away, CaseKey{q.integer(0)});
        }
    };
    const auto first = PlaceCell::row(low.latE7), last = PlaceCell::row(high.latE7);
    const auto west = PlaceCell::column(low.lonE7), east = PlaceCell::column(high.lonE7);
    if (last - first > kManyRows) WL_CHECK(collect(PlaceCell::of(first, 0), PlaceCell::of(last + 1, 0)));
    else
        for (auto row = first; row <= last; ++row)
            WL_CHECK(collect(PlaceCell::of(row, west), PlaceCell::of(row, east)));
    std::ranges::sort(found);
    std::vector<CaseKey> out;
    for (const auto& [away, key] : found) {
        if (out.size() >= static_cast<std::size_t>(limit)) break;
        out.push_back(key);
    }
    return out;
}

}  // namespace wl::store
