// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/incident_rows.hpp"

#include <algorithm>

#include "store/packed_stamp.hpp"

namespace wl::store {
namespace {

bool isStranger(const Stamp& stamp) { return stamp.dot.seq != 0 && stamp.dot.origin.isNull(); }

// May be of an origin that is not here yet, so by its whole id.
void packDots(Packer& p, const std::set<Dot>& dots) {
    p.number(dots.size());
    for (const auto& dot : dots) {
        p.text(wl::view(dot.origin));
        p.number(dot.seq);
    }
}

void unpackDots(Unpacker& u, std::set<Dot>& dots) {
    for (auto n = u.number(); n > 0 && !u.bad(); --n) {
        const auto origin = idFromBytes<OriginId>(u.text());
        dots.insert({origin, u.number()});
    }
}

bool hasIncident(const CaseState& s) { return !s.reports.empty() || !s.reportsLeft.empty() || !s.judgements.empty(); }

}  // namespace

void packJudgements(Packer& p, const Judgements& judgements, const Origins& origins) {
    p.number(judgements.marks.size());
    for (const auto& mark : judgements.marks) {
        packStamp(p, origins, mark.stamp);
        p.text(wl::view(mark.other));
        p.number(static_cast<unsigned>(mark.judgement) * 2U + (mark.automatic ? 1U : 0U));
        p.sign(mark.weight);
        p.text(mark.reasons);
    }
    packDots(p, judgements.gone);
}

void unpackJudgements(Unpacker& u, Judgements& judgements, const Origins& origins) {
    for (auto n = u.number(); n > 0 && !u.bad(); --n) {
        PairMark mark;
        mark.stamp = unpackStamp(u, origins);
        mark.other = idFromBytes<EntityId>(u.text());
        const auto kind = u.number();
        mark.judgement = static_cast<Judgement>((kind / 2) & 3U);
        mark.automatic = (kind & 1U) != 0;
        mark.weight = u.sign();
        mark.reasons = u.text();
        judgements.marks.push_back(std::move(mark));
    }
    unpackDots(u, judgements.gone);
}

bool namesAStranger(const Judgements& judgements) {
    return std::ranges::any_of(judgements.marks, isStranger, &PairMark::stamp);
}

std::string packIncident(const CaseState& s, const Origins& origins) {
    if (!hasIncident(s)) return {};
    Packer p;
    p.number(s.reports.size());
    for (const auto& r : s.reports) {
        packStamp(p, origins, r.joined);
        p.text(wl::view(r.person));
        p.number(static_cast<unsigned>(r.channel));
        p.sign(r.at.ms);
        p.sign(r.consent);
        p.text(r.body);
    }
    packDots(p, s.reportsLeft);
    packJudgements(p, s.judgements, origins);
    return p.bytes();
}

Result<void> unpackIncident(std::string_view bytes, CaseState& s, const Origins& origins) {
    if (bytes.empty()) return {};
    Unpacker u(bytes);
    for (auto n = u.number(); n > 0 && !u.bad(); --n) {
        Report r;
        r.joined = unpackStamp(u, origins);
        r.person = idFromBytes<PersonId>(u.text());
        r.channel = static_cast<Channel>(u.number());
        r.at.ms = u.sign();
        r.consent = u.sign();
        r.body = u.text();
        s.reports.push_back(std::move(r));
    }
    unpackDots(u, s.reportsLeft);
    unpackJudgements(u, s.judgements, origins);
    if (u.bad() || !u.atEnd()) return fail(ErrorKind::Corrupt, "row.incident");
    return {};
}

bool incidentNamesAStranger(const CaseState& s) {
    return std::ranges::any_of(s.reports, isStranger, &Report::joined) || namesAStranger(s.judgements);
}

Result<IncidentRows> IncidentRows::make(sql::Database& db) {
    using One = sql::Statement<1>;
    WL_TRY(auto put, (sql::Statement<2>::prepare(db, "INSERT OR REPLACE INTO case_incident(ck, state) VALUES(?,?)")));
    WL_TRY(auto drop, One::prepare(db, "DELETE FROM case_incident WHERE ck=?"));
    WL_TRY(auto dropReports, One::prepare(db, "DELETE FROM case_report WHERE ck=?"));
    WL_TRY(auto dropLinks, One::prepare(db, "DELETE FROM case_link WHERE ck=?"));
    WL_TRY(auto putReport,
           (sql::Statement<2>::prepare(db, "INSERT OR IGNORE INTO case_report(ck, person) VALUES(?,?)")));
    WL_TRY(auto putLink,
           (sql::Statement<3>::prepare(db, "INSERT OR REPLACE INTO case_link(ck, other, judgement) VALUES(?,?,?)")));
    return IncidentRows({std::move(put), std::move(drop), std::move(dropReports), std::move(dropLinks),
                         std::move(putReport), std::move(putLink)});
}

Result<void> IncidentRows::write(CaseKey key, const CaseState& s, const Origins& origins) {
    if (!hasIncident(s)) return {};
    const auto packed = packIncident(s, origins);
    WL_CHECK(m_sql.put.exec(key.value, sql::Blob{packed}));
    for (const auto& r : s.reports)
        if (!r.person.isNull()) WL_CHECK(m_sql.putReport.exec(key.value, sql::Blob{wl::view(r.person)}));
    for (const auto& mark : s.judgements.marks)
        WL_CHECK(m_sql.putLink.exec(key.value, sql::Blob{wl::view(mark.other)},
                                    static_cast<int>(s.judgements.of(mark.other))));
    return {};
}

Result<void> IncidentRows::erase(CaseKey key) {
    WL_CHECK(m_sql.drop.exec(key.value));
    WL_CHECK(m_sql.dropReports.exec(key.value));
    return m_sql.dropLinks.exec(key.value);
}

}  // namespace wl::store
