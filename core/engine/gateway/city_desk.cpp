// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/city_desk.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "domain/case_number.hpp"
#include "domain/time_zone.hpp"
#include "engine/plain_json.hpp"

namespace wl::engine {
namespace json = boost::json;
namespace {

bool isPublic(const rules::Service& service) { return service.active && !service.staffOnly; }

std::string joined(const std::string& a, const std::string& b) { return a.empty() || b.empty() ? a + b : a + ' ' + b; }

std::string answersText(const open311::Filing& filing) {
    json::object out;
    for (const auto& [code, values] : filing.answers) {
        if (values.size() == 1) {
            out[code] = values.front();
        } else {
            auto& list = out[code].emplace_array();
            for (const auto& one : values) list.push_back(json::string(one));
        }
    }
    return plainJson(out);
}

RequesterDraft requesterOf(const std::string& name, const std::string& email, const std::string& phone) {
    RequesterDraft out;
    if (!name.empty()) out.fields.set(PersonField::Name, name);
    if (!email.empty()) out.contacts.push_back({ContactKind::Email, email, {}});
    if (!phone.empty()) out.contacts.push_back({ContactKind::Phone, phone, {}});
    return out;
}

// Public words for what a case's history says; nothing that a person wrote.
std::string wordsOf(const CaseStatusChanged& step) {
    switch (step.to) {
        case Status::New: return "Received";
        case Status::Acknowledged: return step.from == Status::Closed ? "Reopened" : "Acknowledged";
        case Status::Assigned: return "Assigned";
        case Status::InProgress: return "Work has begun";
        case Status::Waiting: return "Waiting";
        case Status::Planned: return "Planned";
        case Status::WorkDone: return "The work is done";
        case Status::Closed: return "Closed: " + step.reason;
    }
    return {};
}

}  // namespace

CityDesk::CityDesk(Engine& engine, const GatewaySettings::Open311& settings, std::unique_ptr<store::Reader> reader)
    : m_engine(engine), m_settings(settings), m_reader(std::move(reader)) {}

Result<std::unique_ptr<CityDesk>> CityDesk::open(Engine& engine, const GatewaySettings::Open311& settings) {
    WL_TRY(auto reader, engine.openReader());
    return std::unique_ptr<CityDesk>(new CityDesk(engine, settings, std::move(reader)));
}

std::vector<open311::Service> CityDesk::services() const {
    std::vector<open311::Service> out;
    const auto catalogue = m_engine.catalogue();
    for (const auto& s : catalogue->services()) {
        if (!isPublic(s)) continue;
        open311::Service one{s.code, s.name, s.description, s.group, s.keywords, {}};
        int order = 0;
        for (const auto& a : s.attributes) {
            // A question that depends on another one cannot be required of a caller who was not asked that.
            open311::Attribute asked{a.code,        a.datatype, a.datatypeDescription,
                                     a.description, a.variable, a.required && a.onlyIf.empty(),
                                     ++order,       {}};
            for (const auto& value : a.values) asked.values.emplace_back(value.key, value.name);
            one.attributes.push_back(std::move(asked));
        }
        out.push_back(std::move(one));
    }
    return out;
}

Result<open311::Filed> CityDesk::file(const open311::Filing& f) {
    OpenCase open;
    open.fields.set(CaseField::Service, f.service);
    open.fields.set(CaseField::FirstChannel, static_cast<std::int64_t>(Channel::Open311));
    if (!f.description.empty()) open.fields.set(CaseField::Description, f.description);
    if (const auto where = f.address.empty() ? f.addressId : f.address; !where.empty())
        open.fields.set(CaseField::Address, where);
    if (f.position) open.fields.set(CaseField::Position, *f.position);
    if (!f.mediaUrl.empty()) open.fields.set(CaseField::MediaUrl, f.mediaUrl);
    if (!f.answers.empty()) open.fields.set(CaseField::Answers, answersText(f));
    open.requester = requesterOf(joined(f.firstName, f.lastName), f.email, f.phone);
    InteractionRecorded said;
    said.channel = Channel::Open311;
    said.direction = Direction::In;
    said.kind = InteractionKind::Message;
    said.visibility = Visibility::Staff;
    said.body = f.description;
    said.author = joined(f.firstName, f.lastName);
    said.externalId = f.onceKey;
    open.firstContact = std::move(said);
    CommandBatch batch{.commands = {}, .agent = "open311"};
    batch.commands.emplace_back(std::move(open));
    WL_TRY(const auto receipt, m_engine.submitAndWait(std::move(batch)));
    const auto catalogue = m_engine.catalogue();
    const auto* service = catalogue->service(f.service);
    return open311::Filed{receipt.number, service ? service->notice : std::string()};
}

std::optional<open311::ServiceRequest> CityDesk::shown(const store::CaseDetail& detail) const {
    const auto& state = detail.state;
    const auto catalogue = m_engine.catalogue();
    const auto code = state.text(CaseField::Service);
    const auto* service = catalogue->service(code);
    if (!service || service->staffOnly || service->confidential || state.number(CaseField::Confidential) != 0)
        return std::nullopt;
    open311::ServiceRequest r;
    r.id = detail.number;
    r.open = isOpen(state.status);
    r.statusNotes = state.statusReason;
    r.serviceName = service->name;
    r.serviceCode = code;
    if (m_settings.publishDescriptions) r.description = state.text(CaseField::Description);
    r.agency = catalogue->departmentName(state.text(CaseField::Department));
    r.notice = service->notice;
    r.requested = state.instant(CaseField::RequestedAt);
    r.updated = r.open ? state.updatedAt : state.closedAt;
    r.expected = detail.clock.due;
    r.address = state.text(CaseField::Address);
    r.zipcode = state.text(CaseField::Zipcode);
    if (const auto* at = std::get_if<GeoPoint>(&state.value(CaseField::Position))) r.position = *at;
    return r;
}

Result<CaseListingPtr> CityDesk::listing(CaseFilter filter, CaseColumn order) {
    return m_engine.queryAndWait({std::move(filter), {order, true}});
}

Result<std::vector<open311::ServiceRequest>> CityDesk::list(const open311::Filter& f) {
    CaseFilter filter;
    filter.services = f.services;
    filter.open = f.open;
    filter.requestedFrom = f.from;
    filter.requestedTo = f.to;
    filter.updatedFrom = f.updatedFrom;
    filter.updatedTo = f.updatedTo;
    filter.text = f.words;
    if (f.near) filter.near = CaseFilter::Near{*f.near, f.metres};
    if (f.box) filter.box = CaseFilter::Box{f.box->first, f.box->second};
    WL_TRY(const auto found, listing(std::move(filter), CaseColumn::Requested));
    std::vector<open311::ServiceRequest> out;
    std::size_t skip = f.skip;
    for (const auto key : found->keys) {
        if (out.size() >= f.limit) break;
        const auto detail = m_reader->detail(key);
        if (!detail) continue;
        auto one = shown(*detail);
        if (!one) continue;
        if (skip > 0) {
            --skip;
            continue;
        }
        out.push_back(std::move(*one));
    }
    return out;
}

Result<std::optional<open311::ServiceRequest>> CityDesk::find(std::string_view id) {
    if (!normaliseCaseNumber(id)) return std::optional<open311::ServiceRequest>();
    const auto key = m_reader->findCase(id);
    if (!key) {
        if (key.error().kind == ErrorKind::NotFound) return std::optional<open311::ServiceRequest>();
        return std::unexpected(key.error());
    }
    WL_TRY(const auto detail, m_reader->detail(*key));
    return shown(detail);
}

Result<std::vector<open311::Update>> CityDesk::updates(Instant from, Instant to, std::size_t limit) {
    CaseFilter filter;
    filter.updatedFrom = from;
    WL_TRY(const auto found, listing(std::move(filter), CaseColumn::Updated));
    std::vector<open311::Update> out;
    for (const auto key : found->keys) {
        if (out.size() >= limit) break;
        const auto detail = m_reader->detail(key);
        if (!detail || !shown(*detail)) continue;
        WL_TRY(const auto history, m_reader->timeline(key));
        for (const auto& entry : history) {
            const auto at = entry.op.hlc.wall();  // when it became known: past work written down late is news too
            const auto* step = std::get_if<CaseStatusChanged>(&entry.op.body);
            if (!step || !entry.effective || at < from || at >= to || out.size() >= limit) continue;
            out.push_back({toHex(entry.stamp.dot.origin) + '-' + std::to_string(entry.stamp.dot.seq), detail->number,
                           wordsOf(*step), isOpen(step->to), at});
        }
    }
    std::ranges::sort(out, {}, &open311::Update::at);
    return out;
}

Result<void> CityDesk::addUpdate(const open311::NewUpdate& u) {
    if (!normaliseCaseNumber(u.requestId)) return fail(ErrorKind::NotFound, "case.unknown", "service_request_id");
    WL_TRY(const auto key, m_reader->findCase(u.requestId));
    InteractionRecorded said;
    said.channel = Channel::Open311;
    said.direction = Direction::In;
    said.kind = InteractionKind::Update;
    said.visibility = Visibility::Staff;
    WL_TRY(const auto detail, m_reader->detail(key));  // nothing is said of a case before it was there
    said.at = std::max(std::min(u.at, m_engine.now()), detail.state.instant(CaseField::RequestedAt));
    said.body = u.description + (u.mediaUrl.empty() ? "" : '\n' + u.mediaUrl);
    said.subject = u.status;
    said.author = joined(u.firstName, u.lastName);
    said.externalId = "update/" + u.id;
    CommandBatch batch{.commands = {}, .agent = "open311"};
    batch.commands.emplace_back(RecordInteraction{{.key = key, .id = {}}, std::move(said)});
    WL_TRY([[maybe_unused]] const auto receipt, m_engine.submitAndWait(std::move(batch)));
    return {};
}

}  // namespace wl::engine
