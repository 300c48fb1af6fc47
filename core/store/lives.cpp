// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/lives.hpp"

#include <algorithm>
#include <optional>

#include "store/incident_rows.hpp"
#include "store/message_rows.hpp"
#include "store/packing.hpp"

namespace wl::store {
namespace {

constexpr int kColumns = 9;
constexpr const char* kSelect =
    "SELECT t.ck, t.first_response_at, t.work_done_at, t.history, t.duty, c.status, c.reason, i.state, m.state"
    " FROM case_text t JOIN cases c ON c.ck=t.ck LEFT JOIN case_incident i ON i.ck=t.ck"
    " LEFT JOIN case_message m ON m.ck=t.ck WHERE ";
constexpr std::int64_t kClosed = static_cast<int>(Status::Closed);

void skipStamp(Unpacker& u) { u.number(), u.number(), u.number(); }

// As CaseWriter packs it; only steps that took effect count.
Result<void> readSteps(std::string_view bytes, std::vector<LifeEvent>& out) {
    Unpacker u(bytes);
    while (!u.atEnd() && !u.bad()) {
        skipStamp(u);
        const Instant at{u.sign()};
        const auto to = u.number() & 7U;
        const auto flags = u.number();
        if ((flags & 4U) != 0) u.number();
        if ((flags & 8U) != 0) u.sign();
        u.text();
        if ((flags & 1U) != 0) out.push_back(lifeEvent(LifeEvent::Kind::Step, at, static_cast<std::uint32_t>(to)));
    }
    if (u.bad()) return fail(ErrorKind::Corrupt, "row.history");
    return {};
}

// Hand-offs stand first; escalations are of no interest here.
Result<void> readMoves(std::string_view bytes, sql::Database& db, Terms& terms, std::vector<LifeEvent>& out) {
    if (bytes.empty()) return {};
    Unpacker u(bytes);
    for (auto n = u.number(); n > 0 && !u.bad(); --n) {
        u.number(), u.number();
        u.number(), u.number();
        const auto offered = u.number();
        skipStamp(u);
        const std::string department(u.text());
        u.text();
        const auto answer = static_cast<HandOffAnswer>(u.number());
        u.sign(), u.sign();
        const Instant answered{u.sign()};
        if (u.bad() || offered == 0 || answer != HandOffAnswer::Accepted) continue;
        if (terms.find(department) < 0) WL_CHECK(terms.load(db));
        const auto term = std::max<std::int64_t>(0, terms.find(department));
        out.push_back(lifeEvent(LifeEvent::Kind::Moved, answered, 0, static_cast<std::uint32_t>(term)));
    }
    if (u.bad()) return fail(ErrorKind::Corrupt, "row.duty");
    return {};
}

std::uint32_t keptBackNumber(std::string_view reason) {
    const auto at = std::ranges::find(kKeptBackReasons, reason) - kKeptBackReasons.begin();
    return static_cast<std::uint32_t>(std::min<std::ptrdiff_t>(at, std::ssize(kKeptBackReasons) - 1));
}

// When it left, when a rule first kept it back, when it first failed: each at most once a message.
void readMessage(const OutMessage& m, std::vector<LifeEvent>& out) {
    if (!m.isWritten()) return;
    auto mark = static_cast<std::uint32_t>(m.channel);
    if (m.why == MessageWhy::Rule) mark |= MessageMark::kByRule;
    bool kept = false, failed = false;
    const auto keep = [&](Instant at, std::string_view reason) {
        if (kept) return;
        kept = true;
        out.push_back(lifeEvent(LifeEvent::Kind::KeptBack, at, keptBackNumber(reason), mark));
    };
    if (m.first == MessageState::Suppressed) keep(m.at, m.firstReason);
    for (const auto& step : m.steps) {
        if (!step.effective) continue;
        if (step.to == MessageState::Suppressed) keep(step.at, step.reason);
        if (step.to == MessageState::Failed && !failed) {
            failed = true;
            out.push_back(lifeEvent(LifeEvent::Kind::Undelivered, step.at, 0, mark));
        }
    }
    if (m.sentAt)
        out.push_back(lifeEvent(LifeEvent::Kind::Sent, m.sentAt, 0, kept ? mark | MessageMark::kWasKept : mark));
}

}  // namespace

class LifeReader::Impl {
public:
    explicit Impl(sql::Database database) : db(std::move(database)) {}

    template <int Binds>
    Result<void> read(sql::Statement<Binds, kColumns>& q, const std::function<void(const CaseHistory&)>& each) {
        CaseHistory h;
        while (true) {
            WL_TRY(const bool row, q.step());
            if (!row) return {};
            h.key = {q.integer(0)};
            h.responded = secondOf({q.integer(1)});
            h.workDone = secondOf({q.integer(2)});
            h.events.clear();
            WL_CHECK(readSteps(q.bytes(3), h.events));
            const auto steps = static_cast<std::ptrdiff_t>(h.events.size());
            WL_CHECK(readMoves(q.bytes(4), db, terms, h.events));
            h.duplicate = q.integer(5) == kClosed && q.integer(6) != 0 && isDuplicate(q.integer(6));
            if (!q.isNull(7)) {
                CaseState reports;
                WL_CHECK(unpackIncident(q.bytes(7), reports, origins));
                for (const auto& r : reports.reports) h.events.push_back(lifeEvent(LifeEvent::Kind::Reported, r.at));
            }
            if (!q.isNull(8)) {
                CaseState messages;
                WL_CHECK(unpackMessages(q.bytes(8), messages, origins));
                for (const auto& m : messages.messages) readMessage(m, h.events);
            }
            std::ranges::stable_sort(h.events.begin() + steps, h.events.end(), {}, &LifeEvent::second);
            each(h);
        }
    }
    // The code may be used for the first time while this connection is open.
    bool isDuplicate(std::int64_t reason) {
        if (m_duplicate <= 0 && reason > m_asked) {
            m_asked = reason;
            if (auto loaded = terms.load(db); !loaded) return false;
            m_duplicate = terms.find("duplicate");
        }
        return reason == m_duplicate;
    }

    sql::Database db;
    Origins origins;
    Terms terms;
    std::optional<sql::Statement<1, kColumns>> one;

private:
    std::int64_t m_duplicate{}, m_asked{};
};

Result<std::unique_ptr<LifeReader>> LifeReader::open(const std::filesystem::path& database) {
    WL_TRY(auto db, sql::Database::open(database, sql::Access::ReadOnly));
    auto impl = std::make_unique<Impl>(std::move(db));
    WL_TRY(auto one, (sql::Statement<1, kColumns>::prepare(impl->db, std::string(kSelect) + "t.ck=?")));
    impl->one = std::move(one);
    WL_CHECK(impl->origins.load(impl->db));
    WL_CHECK(impl->terms.load(impl->db));
    return std::unique_ptr<LifeReader>(new LifeReader(std::move(impl)));
}

LifeReader::LifeReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
LifeReader::~LifeReader() = default;

Result<void> LifeReader::slice(CaseKey after, std::int64_t span, const std::function<void(const CaseHistory&)>& each) {
    WL_TRY(auto query, (sql::Statement<2, kColumns>::prepare(m_impl->db, std::string(kSelect) + "t.ck>? AND t.ck<=?")));
    query.bind(after.value, after.value + span);
    return m_impl->read(query, each);
}

Result<void> LifeReader::some(std::span<const CaseKey> keys, const std::function<void(const CaseHistory&)>& each) {
    for (const auto key : keys) {
        m_impl->one->bind(key.value);
        WL_CHECK(m_impl->read(*m_impl->one, each));
    }
    return {};
}

}  // namespace wl::store
