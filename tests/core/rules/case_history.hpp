// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A case made of ops, step by step, as a desk would make it.

#include <string>
#include <vector>

#include "domain/case_state.hpp"
#include "rules/catalogue.hpp"

namespace wl::rules::test {

/// "2025-03-30T02:30:00+01:00" and the like; a text that is no instant is a mistake in the test.
inline Instant at(std::string_view text) { return parseIsoInstant(text).value(); }

class CaseHistory {
public:
    explicit CaseHistory(Instant requested, std::string service = "pothole") {
        m_opening.set(CaseField::RequestedAt, requested.ms);
        m_opening.set(CaseField::Service, std::move(service));
    }
    CaseHistory& with(CaseField field, Value value) {
        m_opening.set(field, std::move(value));
        return *this;
    }
    CaseHistory& step(Status from, Status to, Instant when, std::string reason = {}, Instant until = {}) {
        m_ops.push_back(CaseStatusChanged{
            .from = from, .to = to, .reason = std::move(reason), .at = when, .note = {}, .until = until});
        return *this;
    }
    CaseHistory& answer(Instant when, bool automatic = false) {
        m_ops.push_back(InteractionRecorded{.channel = Channel::Email,
                                            .direction = Direction::Out,
                                            .kind = InteractionKind::Message,
                                            .visibility = Visibility::Public,
                                            .at = when,
                                            .body = {},
                                            .author = {},
                                            .externalId = {},
                                            .person = {},
                                            .automatic = automatic});
        return *this;
    }
    CaseHistory& asked(Instant when) {
        answer(when);
        std::get<InteractionRecorded>(m_ops.back()).direction = Direction::In;
        return *this;
    }
    CaseHistory& also(OpBody body) {
        m_ops.push_back(std::move(body));
        return *this;
    }
    [[nodiscard]] CaseState fold() const {
        CaseId id;
        id.bytes[0] = 1;
        std::vector<StampedOp> ops;
        const auto put = [&](OpBody body) {
            const Hlc hlc{Hlc::of({1'600'000'000'000}).value + ops.size()};
            Op op;
            op.entity = id, op.hlc = hlc, op.body = std::move(body);
            ops.push_back({{hlc, {{}, ops.size() + 1}}, std::move(op)});
        };
        put(CaseOpened{m_opening});
        for (const auto& body : m_ops) put(body);
        return foldCase(id, ops);
    }

private:
    FieldValues m_opening;
    std::vector<OpBody> m_ops;
};

/// 08:30 to 17:00, Monday to Friday.
inline WorkCalendar office(std::string zone) {
    WorkCalendar c{"office", "Office hours", std::move(zone), {}, {}};
    for (std::size_t day = 0; day < 5; ++day) c.week[day] = {{510, 1020}};
    return c;
}

}  // namespace wl::rules::test
