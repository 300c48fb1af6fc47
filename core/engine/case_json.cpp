// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/case_json.hpp"

#include <boost/json.hpp>

#include "domain/case_number.hpp"
#include "domain/time_zone.hpp"
#include "engine/plain_json.hpp"
#include "engine/duty.hpp"
#include "rules/sla_explain.hpp"

namespace wl::engine {
namespace json = boost::json;
namespace {

json::value time(Instant at) { return at ? json::value(isoInstant(at)) : json::value(nullptr); }
json::value text(const std::string& value) { return value.empty() ? json::value(nullptr) : json::value(value); }

json::value valueJson(const FieldSpec& spec, const Value& value) {
    if (!isSet(value)) return nullptr;
    if (spec.type == FieldType::Time) return time({asInt(value)});
    if (const auto* n = std::get_if<std::int64_t>(&value)) return *n;
    if (const auto* t = std::get_if<std::string>(&value)) return json::value(*t);
    if (const auto* p = std::get_if<GeoPoint>(&value)) return json::array{p->lat(), p->lon()};
    if (const auto* e = std::get_if<EntityId>(&value)) return json::value(toHex(*e));
    return nullptr;
}

json::object fieldsJson(std::span<const FieldSpec> table, const FieldValues& fields) {
    json::object out;
    for (const auto& [id, value] : fields)
        if (const auto* spec = findField(table, id)) out[spec->name] = valueJson(*spec, value);
    return out;
}

json::object rowJson(const store::CaseRow& r, const rules::Catalogue& c, Instant now) {
    json::object o;
    o["number"] = r.number;
    o["id"] = toHex(r.id);
    o["service_code"] = r.service;
    o["service_name"] = c.serviceName(r.service);
    o["status"] = code(r.status);
    o["status_reason"] = text(r.statusReason);
    o["priority"] = code(r.priority);
    o["channel"] = code(r.channel);
    o["department"] = text(r.department);
    o["crew"] = text(r.crew);
    o["owner"] = text(r.owner);
    o["area"] = text(r.area);
    o["title"] = text(r.title);
    o["description"] = text(r.description);
    o["address"] = text(r.address);
    o["lat"] = r.position ? json::value(r.position->lat()) : json::value(nullptr);
    o["long"] = r.position ? json::value(r.position->lon()) : json::value(nullptr);
    o["requested_datetime"] = time(r.requestedAt);
    o["updated_datetime"] = time(r.updatedAt);
    o["closed_datetime"] = time(r.closedAt);
    o["expected_datetime"] = time(r.clock.due);
    o["sla"] = code(slaStateAt(r.clock, now));
    o["conflicts"] = r.conflicts != 0;
    return o;
}

json::object opJson(const store::TimelineEntry& entry) {
    json::object o;
    o["at"] = time(entry.at);
    o["recorded_at"] = time(entry.op.hlc.wall());
    o["agent"] = text(entry.op.agent);
    o["origin"] = toHex(entry.stamp.dot.origin);
    o["seq"] = entry.stamp.dot.seq;
    if (!entry.op.comment.empty()) o["comment"] = entry.op.comment;
    if (entry.op.locked > 0) o["locked"] = entry.op.locked;
    struct Visitor {
        json::object& o;
        const store::TimelineEntry& entry;
        void operator()(const CaseOpened& b) const {
            o["kind"] = "opened";
            o["fields"] = fieldsJson(kCaseFields, b.fields);
        }
        void operator()(const CaseEdited& b) const {
            o["kind"] = "edited";
            o["fields"] = fieldsJson(kCaseFields, b.fields);
        }
        void operator()(const CaseStatusChanged& b) const {
            o["kind"] = "status";
            o["from"] = code(b.from);
            o["to"] = code(b.to);
            o["reason"] = text(b.reason);
            o["note"] = text(b.note);
            o["effective"] = entry.effective;
            if (b.until) o["until"] = time(b.until);
        }
        void operator()(const InteractionRecorded& b) const {
            o["kind"] = code(b.kind);
            o["channel"] = code(b.channel);
            o["direction"] = code(b.direction);
            o["visibility"] = code(b.visibility);
            o["author"] = text(b.author);
            o["body"] = text(b.body);
            o["automatic"] = b.automatic;
            if (!b.subject.empty()) o["subject"] = text(b.subject);
            if (!b.externalId.empty()) o["external_id"] = text(b.externalId);
            if (b.files.empty()) return;
            auto& files = o["files"].emplace_array();
            for (const auto& file : b.files)
                files.push_back(json::object{{"name", text(file.name)},
                                             {"type", text(file.type)},
                                             {"size", file.size},
                                             {"sha256", file.sha256}});
        }
        void operator()(const MessageWritten& b) const {
            o["kind"] = "outgoing";
            o["message"] = toHex(b.message);
            o["channel"] = code(b.channel);
            o["address"] = text(b.address);
            o["template"] = text(b.templateCode);
            o["language"] = text(b.language);
            o["subject"] = text(b.subject);
            o["body"] = text(b.body);
            o["why"] = code(b.why);
            o["state"] = code(b.state);
            o["reason"] = text(b.reason);
            o["event"] = text(b.event);
            o["author"] = text(b.author);
            if (b.until) o["until"] = time(b.until);
        }
        void operator()(const MessageMoved& b) const {
            o["kind"] = "outgoing_moved";
            o["message"] = toHex(b.message);
            o["to"] = code(b.to);
            o["reason"] = text(b.reason);
            o["note"] = text(b.note);
            if (!b.externalId.empty()) o["external_id"] = text(b.externalId);
            if (b.until) o["until"] = time(b.until);
        }
        void operator()(const HandOffOffered& b) const {
            o["kind"] = "hand_off_offered";
            o["department"] = text(b.department);
            o["crew"] = text(b.crew);
            o["reason"] = text(b.reason);
            o["limit"] = time(b.limit);
        }
        void operator()(const HandOffAnswered& b) const {
            o["kind"] = "hand_off_answered";
            o["answer"] = code(b.answer);
            o["reason"] = text(b.reason);
        }
        void operator()(const EscalationRaised& b) const {
            o["kind"] = "escalated";
            o["key"] = text(b.key);
            o["level"] = b.level;
            o["to"] = text(b.to);
            o["person"] = text(b.person);
            o["due"] = time(b.due);
        }
        void operator()(const EscalationAcknowledged& b) const {
            o["kind"] = "escalation_acknowledged";
            o["key"] = text(b.key);
        }
        void operator()(const ReportJoined& b) const {
            o["kind"] = "report";
            o["channel"] = code(b.channel);
            if (!b.person.isNull()) o["person"] = toHex(b.person);
            o["body"] = text(b.body);
        }
        void operator()(const ReportsLeft& b) const {
            o["kind"] = "reports_left";
            o["count"] = b.removed.size();
            if (!b.movedTo.isNull()) o["moved_to"] = caseNumber(b.movedTo);
        }
        void operator()(const CasesJudged& b) const {
            o["kind"] = "judged";
            o["judgement"] = code(b.pair.judgement);
            o["case"] = caseNumber(b.pair.other);
            o["automatic"] = b.pair.automatic;
            o["weight"] = static_cast<double>(b.pair.weight) / 1000;
            o["reasons"] = text(b.pair.reasons);
        }
        void other() const { o["kind"] = "unknown"; }
        void operator()(const PersonsJudged&) const { other(); }
        void operator()(const PersonOpened&) const { other(); }
        void operator()(const PersonEdited&) const { other(); }
        void operator()(const PersonContactAdded&) const { other(); }
        void operator()(const PersonContactRemoved&) const { other(); }
        void operator()(const CatalogueItemPublished&) const { other(); }
        void operator()(const UnknownOp&) const { other(); }
    };
    std::visit(Visitor{o, entry}, entry.op.body);
    return o;
}

json::array heldJson(const std::vector<store::TimelineEntry>& timeline, Instant now) {
    json::array out;
    for (const auto& one : heldByDepartment(timeline, now))
        out.push_back(json::object{
            {"department", one.department}, {"minutes", one.held.count() / 60'000}, {"times", one.times}});
    return out;
}

std::string_view stretchCode(rules::ExplainedStretch::Kind kind) {
    switch (kind) {
        case rules::ExplainedStretch::Kind::Counted: return "counted";
        case rules::ExplainedStretch::Kind::Paused: return "paused";
        case rules::ExplainedStretch::Kind::Holiday: return "holiday";
        case rules::ExplainedStretch::Kind::Closure: return "closure";
    }
    return "unknown";
}

json::array codesJson(const std::vector<std::string>& codes) {
    json::array out;
    for (const auto& code : codes) out.push_back(text(code));
    return out;
}

json::array clocksJson(const CaseState& state, const rules::Catalogue& catalogue, Instant now) {
    json::array out;
    for (const auto& e : rules::explainClocks(state, catalogue)) {
        const auto& clock = e.clock;
        json::object o;
        o["target"] = code(clock.kind);
        o["state"] = code(slaStateAt(shownAs(clock), now));
        o["start"] = time(clock.start);
        o["due"] = time(clock.due);
        o["warn"] = time(clock.warn);
        o["finished"] = time(clock.finished);
        if (clock.pausedUntil) o["paused_until"] = time(clock.pausedUntil);
        o["policy"] = clock.policy ? json::value(clock.policy->code) : json::value("imported due date");
        if (clock.policy) {
            o["policy_name"] = clock.policy->name;
            o["because"] = codesJson(e.because);
            o["passed_over"] = codesJson(e.passedOver);
            o["calendar"] = e.calendar.empty() ? json::value(nullptr) : json::value(e.calendar);
        }
        o["counted_minutes"] = e.counted.count() / 60'000;
        json::array stretches;
        for (const auto& s : e.stretches) {
            json::object one{{"kind", stretchCode(s.kind)}, {"from", time(s.from)}, {"to", time(s.to)}};
            if (s.kind == rules::ExplainedStretch::Kind::Counted) one["minutes"] = s.counted.count() / 60'000;
            else one["name"] = text(s.name);
            stretches.push_back(std::move(one));
        }
        o["stretches"] = std::move(stretches);
        json::array pauses;
        for (const auto& pause : clock.pauses)
            pauses.push_back(json::object{
                {"from", time(pause.from)}, {"to", time(pause.to)}, {"reason", text(pause.reason)}});
        o["pauses"] = std::move(pauses);
        out.push_back(std::move(o));
    }
    return out;
}

std::string csvCell(std::string value) {
    if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string iso(Instant at) { return at ? isoInstant(at) : std::string(); }

std::string csvLine(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) line += (i ? "," : "") + csvCell(cells[i]);
    return line + "\r\n";
}

std::string coordinate(double degrees) {
    char buffer[32];
    const int n = std::snprintf(buffer, sizeof buffer, "%.7f", degrees);
    return std::string(buffer, static_cast<std::size_t>(n));
}

std::string fullCsvLine(const store::CaseRow& r, const rules::Catalogue& c, Instant now, bool personal) {
    return csvLine({r.number,
                    r.service,
                    c.serviceName(r.service),
                    std::string(code(r.status)),
                    r.statusReason,
                    std::string(code(r.priority)),
                    std::string(code(r.channel)),
                    r.department,
                    r.crew,
                    r.owner,
                    r.area,
                    personal ? r.title : std::string(),
                    personal ? r.description : std::string(),
                    r.address,
                    r.position ? coordinate(r.position->lat()) : "",
                    r.position ? coordinate(r.position->lon()) : "",
                    iso(r.requestedAt),
                    iso(r.updatedAt),
                    iso(r.closedAt),
                    iso(r.clock.due),
                    std::string(code(slaStateAt(r.clock, now)))});
}

// The bulk profile of the Open311 community: one line a request, status strictly open or closed.
std::string bulkCsvLine(const store::CaseRow& r, const rules::Catalogue& c) {
    return csvLine({r.number, iso(r.requestedAt), iso(r.updatedAt), iso(r.closedAt),
                    isOpen(r.status) ? "open" : "closed", r.statusReason, std::string(code(r.channel)),
                    c.serviceName(r.service), c.departmentName(r.department), r.address,
                    r.position ? coordinate(r.position->lat()) : "", r.position ? coordinate(r.position->lon()) : ""});
}

json::object open311(const store::CaseRow& r, const rules::Catalogue& c, bool personal) {
    json::object o;
    o["service_request_id"] = r.number;
    o["status"] = isOpen(r.status) ? "open" : "closed";
    o["status_notes"] = text(r.statusReason);
    o["service_name"] = c.serviceName(r.service);
    o["service_code"] = r.service;
    o["description"] = personal ? text(r.description) : json::value(nullptr);
    o["agency_responsible"] = text(c.departmentName(r.department));
    o["requested_datetime"] = time(r.requestedAt);
    o["updated_datetime"] = time(r.updatedAt);
    o["expected_datetime"] = time(r.clock.due);
    o["address"] = text(r.address);
    if (r.position) {
        o["lat"] = r.position->lat();
        o["long"] = r.position->lon();
    }
    return o;
}

json::object feature(const store::CaseRow& r, const rules::Catalogue& c, Instant now, bool personal) {
    auto properties = rowJson(r, c, now);
    properties.erase("lat");
    properties.erase("long");
    if (!personal) {
        properties["title"] = nullptr;
        properties["description"] = nullptr;
    }
    json::object o;
    o["type"] = "Feature";
    o["geometry"] = r.position
                        ? json::value(json::object{{"type", "Point"},
                                                   {"coordinates", json::array{r.position->lon(), r.position->lat()}}})
                        : json::value(nullptr);
    o["properties"] = std::move(properties);
    return o;
}

}  // namespace

JsonText caseJson(const store::CaseRow& row, const rules::Catalogue& catalogue, Instant now) {
    return {plainJson(rowJson(row, catalogue, now))};
}

Result<JsonText> caseDetailJson(store::Reader& reader, CaseKey key, const rules::Catalogue& catalogue, Instant now) {
    WL_TRY(const auto rows, reader.rows(std::span(&key, 1)));
    if (rows.empty()) return fail(ErrorKind::NotFound, "case.unknown");
    WL_TRY(const auto detail, reader.detail(key));
    WL_TRY(const auto timeline, reader.timeline(key));
    json::object out;
    auto fields = rowJson(rows.front(), catalogue, now);
    for (const auto& spec : kCaseFields)
        if (!fields.contains(spec.name) && spec.name != "position")
            fields[spec.name] = valueJson(spec, detail.state.fields[spec.id].value);
    fields["acknowledged_datetime"] = time(detail.state.acknowledgedAt);
    fields["first_response_datetime"] = time(detail.state.firstResponseAt);
    fields["work_done_datetime"] = time(detail.state.workDoneAt);
    fields["reopened_count"] = detail.state.reopenedCount;
    out["case"] = std::move(fields);
    json::array entries;
    json::object origins;
    for (const auto& entry : timeline) {
        entries.push_back(opJson(entry));
        origins[toHex(entry.stamp.dot.origin)] = entry.stamp.dot.seq;
    }
    out["timeline"] = std::move(entries);
    out["held"] = heldJson(timeline, now);
    out["clocks"] = clocksJson(detail.state, catalogue, now);
    json::array reports;
    if (const auto* person = std::get_if<EntityId>(&detail.state.value(CaseField::Requester))) {
        json::object report{{"person", toHex(*person)}, {"at", time(detail.state.instant(CaseField::RequestedAt))}};
        if (const auto view = reader.person(*person)) report["name"] = text(view->state.text(PersonField::Name));
        reports.push_back(std::move(report));
    }
    out["reports"] = std::move(reports);
    const auto& owner = detail.state.text(CaseField::Owner);
    out["owner"] = owner.empty() ? json::value(nullptr)
                                 : json::value(json::object{{"code", owner}, {"name", catalogue.staffName(owner)}});
    out["sync"] = json::object{{"origins", std::move(origins)}};
    return JsonText{plainJson(out)};
}

Result<JsonText> slaJson(const Engine& engine, store::Reader& reader, CaseKey key) {
    WL_TRY(const auto detail, reader.detail(key));
    json::object out;
    out["number"] = detail.number;
    out["clocks"] = clocksJson(detail.state, *engine.catalogue(), engine.now());
    if (const auto f = engine.forecast(detail.state)) {
        static constexpr std::array kLike{"service, area and load", "service, department and load",
                                          "service and department", "service", "every case"};
        const auto at = [&](Millis after) {
            return after.count() > 0 ? time(detail.state.instant(CaseField::RequestedAt) + after)
                                     : json::value(nullptr);
        };
        out["forecast"] = json::object{{"done_10", at(f->early)},
                                       {"done_50", at(f->middle)},
                                       {"done_90", at(f->late)},
                                       {"cases", f->cases},
                                       {"like", kLike.at(static_cast<std::size_t>(f->level))},
                                       {"at_risk_from", time(detail.clock.warn)}};
    } else {
        out["forecast"] = nullptr;
    }
    return JsonText{plainJson(out)};
}

std::optional<ExportFormat> exportFormatFromCode(std::string_view c) {
    if (c == "csv") return ExportFormat::Csv;
    if (c == "geojson") return ExportFormat::GeoJson;
    if (c == "open311") return ExportFormat::Open311;
    if (c == "bulk") return ExportFormat::Bulk;
    return std::nullopt;
}

Result<std::size_t> exportCases(store::Reader& reader, const CaseListing& listing, const rules::Catalogue& c,
                                Instant now, const ExportOptions& options,
                                const std::function<Result<void>(std::string_view)>& write) {
    constexpr std::size_t kPage = 500;
    if (options.format == ExportFormat::Csv)
        WL_CHECK(
            write("number,service_code,service_name,status,status_reason,priority,channel,department,crew,owner,area,"
                  "title,description,"
                  "address,lat,long,requested_datetime,updated_datetime,closed_datetime,expected_datetime,sla\r\n"));
    if (options.format == ExportFormat::Bulk)
        WL_CHECK(write(
            "service_request_id,requested_datetime,updated_datetime,closed_date,status_description,status_notes,source,"
            "service_name,agency_responsible,address,lat,long\r\n"));
    if (options.format == ExportFormat::GeoJson) WL_CHECK(write("{\"type\":\"FeatureCollection\",\"features\":["));
    if (options.format == ExportFormat::Open311) WL_CHECK(write("["));
    std::size_t done = 0;
    const auto& keys = listing.keys;
    for (std::size_t at = 0; at < keys.size(); at += kPage) {
        WL_TRY(const auto rows, reader.rows(std::span(keys).subspan(at, std::min(kPage, keys.size() - at))));
        std::string page;
        for (const auto& row : rows) {
            if (done++ > 0 && (options.format == ExportFormat::GeoJson || options.format == ExportFormat::Open311))
                page += ",\n";
            switch (options.format) {
                case ExportFormat::Csv: page += fullCsvLine(row, c, now, options.personal); break;
                case ExportFormat::Bulk: page += bulkCsvLine(row, c); break;
                case ExportFormat::GeoJson: page += plainJson(feature(row, c, now, options.personal)); break;
                case ExportFormat::Open311: page += plainJson(open311(row, c, options.personal)); break;
            }
        }
        WL_CHECK(write(page));
        if (options.progress && !options.progress(done, keys.size())) return fail(ErrorKind::Cancelled, "cancelled");
    }
    if (options.format == ExportFormat::GeoJson) WL_CHECK(write("]}\n"));
    if (options.format == ExportFormat::Open311) WL_CHECK(write("]\n"));
    return done;
}

}  // namespace wl::engine
