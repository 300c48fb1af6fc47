// SPDX-License-Identifier: GPL-3.0-or-later
// What belongs together: records of one citizen, reports of one fault.
#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "store/reader_impl.hpp"

namespace wl::store {
namespace {

constexpr std::size_t kLargestGroup = 200;
constexpr int kLongestChain = 16;

bool isProtected(const PersonView& view) { return asInt(view.state.value(PersonField::Protected)) != 0; }

// The records that reach each other through "same", none of them through two that were told apart: older and people's
// judgements first.
std::vector<std::size_t> joined(const std::vector<PersonView>& records) {
    std::map<PersonId, std::size_t> at;
    for (std::size_t i = 0; i < records.size(); ++i) at[records[i].state.id] = i;
    struct Tie {
        bool automatic{};
        Stamp stamp;
        std::size_t a{}, b{};
    };
    std::vector<Tie> ties;
    std::vector<std::pair<std::size_t, std::size_t>> apart;
    for (std::size_t i = 0; i < records.size(); ++i) {
        for (const auto& mark : records[i].state.judgements.marks) {
            const auto other = at.find(mark.other);
            if (other == at.end()) continue;
            const auto judged = records[i].state.judgements.of(mark.other);
            if (judged == Judgement::Different) apart.emplace_back(i, other->second);
            else ties.push_back({mark.automatic, mark.stamp, i, other->second});
        }
    }
    std::ranges::sort(ties, {}, [](const Tie& t) { return std::tuple(t.automatic, t.stamp); });
    std::vector<std::size_t> group(records.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    for (const auto& tie : ties) {
        const auto from = group[tie.b], to = group[tie.a];
        const bool forbidden = std::ranges::any_of(apart, [&](const auto& pair) {
            const auto x = group[pair.first], y = group[pair.second];
            return (x == from && y == to) || (x == to && y == from);
        });
        if (forbidden || isProtected(records[tie.a]) || isProtected(records[tie.b])) continue;
        std::ranges::replace(group, from, to);
    }
    return group;
}

Result<std::vector<EntityId>> idsOf(sql::Statement<1, 1>& query) {
    std::vector<EntityId> out;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) break;
        out.push_back(idFromBytes<EntityId>(query.bytes(0)));
    }
    query.reset();
    return out;
}

const EntityId* duplicateOf(const CaseState& state) {
    return state.status == Status::Closed ? std::get_if<EntityId>(&state.value(CaseField::DuplicateOf)) : nullptr;
}

}  // namespace

Result<PersonGroup> Reader::personGroup(const PersonId& id) {
    auto& s = *m_impl;
    WL_TRY(auto first, person(id));
    std::vector<PersonView> records{std::move(first)};
    WL_TRY(auto back, (sql::Statement<1, 1>::prepare(
                          s.db, "SELECT p.person_id FROM person_link l JOIN person p ON p.pk=l.pk WHERE l.other=?")));
    for (std::size_t i = 0; i < records.size() && records.size() < kLargestGroup; ++i) {
        std::vector<PersonId> next;
        for (const auto& mark : records[i].state.judgements.marks)
            if (mark.judgement == Judgement::Same) next.push_back(mark.other);
        back.bind(sql::Blob{wl::view(records[i].state.id)});
        WL_TRY(const auto others, idsOf(back));
        next.insert(next.end(), others.begin(), others.end());
        for (const auto& other : next) {
            if (std::ranges::any_of(records, [&](const PersonView& r) { return r.state.id == other; })) continue;
            WL_TRY(const auto key, s.persons->find(other));
            if (!key) continue;  // its record has not arrived
            WL_TRY(auto view, person(key));
            records.push_back(std::move(view));
        }
    }
    const auto group = joined(records);
    PersonGroup out;
    for (std::size_t i = 0; i < records.size(); ++i)
        if (group[i] == group[0]) out.records.push_back(std::move(records[i]));
    std::ranges::sort(out.records, {}, [](const PersonView& r) { return r.state.id; });
    return out;
}

Result<Incident> Reader::incident(CaseKey key) {
    auto& s = *m_impl;
    WL_TRY(auto lead, detail(key));
    for (int step = 0; step < kLongestChain; ++step) {
        const auto* next = duplicateOf(lead.state);
        if (next == nullptr) break;
        const auto up = findCase(*next);
        if (!up) break;  // the other case has not arrived
        WL_TRY(lead, detail(*up));
    }
    Incident out{lead.key, lead.number, {}, {}};
    WL_TRY(auto below, (sql::Statement<1, 1>::prepare(
                           s.db, "SELECT t.ck FROM case_text t JOIN cases c ON c.ck=t.ck WHERE t.duplicate_of=? AND"
                                 " c.status=7")));
    std::vector<CaseDetail> cases;
    cases.push_back(std::move(lead));
    for (std::size_t i = 0; i < cases.size() && cases.size() < kLargestGroup; ++i) {
        below.bind(sql::Blob{wl::view(cases[i].state.id)});
        WL_TRY(const auto keys, s.keys(below));
        below.reset();
        for (const auto one : keys) {
            if (std::ranges::contains(cases, one, &CaseDetail::key)) continue;
            WL_TRY(auto member, detail(one));
            out.members.push_back(one);
            cases.push_back(std::move(member));
        }
    }
    for (const auto& one : cases) {
        const auto& state = one.state;
        const auto* requester = std::get_if<EntityId>(&state.value(CaseField::Requester));
        out.reporters.push_back({requester ? *requester : PersonId{},
                                 one.key,
                                 one.number,
                                 {},
                                 static_cast<Channel>(state.number(CaseField::FirstChannel)),
                                 state.instant(CaseField::RequestedAt),
                                 state.text(CaseField::Description)});
        for (const auto& r : state.reports)
            out.reporters.push_back({r.person, one.key, one.number, r.joined.dot, r.channel, r.at, r.body});
    }
    std::ranges::stable_sort(out.reporters, {}, &Reporter::at);
    return out;
}

Result<Judgement> Reader::judgedCases(const CaseId& a, const CaseId& b) {
    WL_TRY(auto query, (sql::Statement<2, 1>::prepare(
                           m_impl->db, "SELECT judgement FROM case_link WHERE ck=(SELECT ck FROM cases WHERE case_id=?)"
                                       " AND other=?")));
    query.bind(sql::Blob{wl::view(std::max(a, b))}, sql::Blob{wl::view(std::min(a, b))});
    WL_TRY(const bool row, query.step());
    return row ? static_cast<Judgement>(query.integer(0)) : Judgement::None;
}

Result<Judgement> Reader::judgedPersons(const PersonId& a, const PersonId& b) {
    WL_TRY(auto query,
           (sql::Statement<2, 1>::prepare(
               m_impl->db, "SELECT judgement FROM person_link WHERE pk=(SELECT pk FROM person WHERE person_id=?) AND"
                           " other=?")));
    query.bind(sql::Blob{wl::view(std::max(a, b))}, sql::Blob{wl::view(std::min(a, b))});
    WL_TRY(const bool row, query.step());
    return row ? static_cast<Judgement>(query.integer(0)) : Judgement::None;
}

Result<std::vector<std::pair<PersonId, PersonId>>> Reader::judgedPersonPairs(Judgement judgement, int limit) {
    WL_TRY(auto query, (sql::Statement<2, 2>::prepare(
                           m_impl->db, "SELECT p.person_id, l.other FROM person_link l JOIN person p ON p.pk=l.pk"
                                       " WHERE l.judgement=? ORDER BY l.pk DESC LIMIT ?")));
    query.bind(static_cast<int>(judgement), limit);
    std::vector<std::pair<PersonId, PersonId>> out;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return out;
        out.emplace_back(idFromBytes<PersonId>(query.bytes(0)), idFromBytes<PersonId>(query.bytes(1)));
    }
}

Result<std::vector<PersonView>> Reader::personsAfter(PersonKey after, int limit) {
    WL_TRY(auto query, (sql::Statement<2, 1>::prepare(m_impl->db, "SELECT pk FROM person WHERE pk>? ORDER BY pk"
                                                                  " LIMIT ?")));
    query.bind(after.value, limit);
    std::vector<PersonView> out;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return out;
        WL_TRY(auto view, person(PersonKey{query.integer(0)}));
        out.push_back(std::move(view));
    }
}

}  // namespace wl::store
