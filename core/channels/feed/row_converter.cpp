// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/row_converter.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "channels/feed/coordinates.hpp"

namespace wl::feed {
namespace {

// One op holds 64 KiB; what is left is for keys, lengths and the seal.
constexpr std::size_t kMaxText = 60'000;
constexpr std::size_t kMaxUnmapped = 500;  // distinct words worth telling about

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return text;
}

std::string oneLine(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '\0') continue;
        if (!isSpace(c)) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    return out;
}

std::string manyLines(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\0' || (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) continue;
        out += text[i] == '\r' ? '\n' : text[i];
    }
    return out;
}

bool onGlobe(double lat, double lon) { return std::abs(lat) <= 90 && std::abs(lon) <= 180; }

}  // namespace

Result<RowConverter> RowConverter::of(const Mapping& mapping, Instant now) {
    WL_TRY(LocalTime zone, LocalTime::of(mapping.timeZone));
    WL_TRY(DateReader dates, DateReader::of(mapping.dates, std::move(zone)));
    return RowConverter(mapping, std::move(dates), now);
}

RowConverter::RowConverter(const Mapping& mapping, DateReader dates, Instant now)
    : m_mapping(&mapping), m_dates(std::move(dates)), m_latest(now ? now + std::chrono::days(1) : Instant{}),
      m_values(mapping.slots.size()) {}

void RowConverter::bind(const Record& record, const ColumnTable& columns) {
    for (auto column = static_cast<std::uint32_t>(m_slotOfColumn.size()); column < columns.size(); ++column)
        m_slotOfColumn.push_back(m_mapping->slots.find(normalisedName(columns.name(column))));
    std::ranges::fill(m_values, std::string_view{});
    for (const Cell& cell : record.cells) {
        const int slot = m_slotOfColumn[cell.column];
        if (slot < 0 || cell.null) continue;
        const std::string_view value = trimmed(record.value(cell));
        if (value.empty()) continue;
        if (!m_mapping->emptyWords.empty() && std::ranges::contains(m_mapping->emptyWords, folded(value))) continue;
        m_values[static_cast<std::size_t>(slot)] = value;
    }
}

std::string_view RowConverter::get(MapField field) {
    const Expression& expression = m_mapping->field(field);
    return expression.empty() ? std::string_view{} : expression.evaluate(m_values, m_scratch);
}

void RowConverter::refuse(MapField field, std::string_view value, std::string_view reason) {
    m_problems->push_back({m_record->row, std::string(feed::code(field)), std::string(value), std::string(reason)});
}

bool RowConverter::convert(const Record& record, const ColumnTable& columns, ImportedCase& out,
                           std::vector<RowProblem>& problems) {
    problems.clear();
    m_record = &record;
    m_problems = &problems;
    if (!record.problem.empty()) {
        problems.push_back({record.row, {}, record.problemDetail, record.problem});
        return false;
    }
    out = {};
    out.row = record.row;
    m_fields = &out.fields;
    bind(record, columns);
    identity(out);
    service(out);
    organisation(out);
    text(MapField::Title, CaseField::Title, true);
    text(MapField::Description, CaseField::Description, false);
    place();
    dates(out);
    status(out);
    vocabularies();
    text(MapField::MediaUrl, CaseField::MediaUrl, true);
    limits(out);
    return problems.empty();
}

void RowConverter::text(MapField from, CaseField to, bool single) {
    const std::string_view value = get(from);
    if (!value.empty()) m_fields->set(to, single ? oneLine(value) : manyLines(value));
}

void RowConverter::code(MapField from, CaseField to) {
    const std::string_view value = get(from);
    if (!value.empty()) m_fields->set(to, oneLine(value));
}

void RowConverter::identity(ImportedCase& out) {
    out.externalId = oneLine(get(MapField::ExternalId));
    if (out.externalId.empty()) refuse(MapField::ExternalId, {}, "missing");
    out.requesterName = oneLine(get(MapField::RequesterName));
    out.requesterPhone = oneLine(get(MapField::RequesterPhone));
    out.requesterEmail = oneLine(get(MapField::RequesterEmail));
}

void RowConverter::service(ImportedCase& out) {
    out.service.name = oneLine(get(MapField::ServiceName));
    out.service.code = oneLine(get(MapField::ServiceCode));
    if (out.service.code.empty()) out.service.code = slug(out.service.name);
    if (out.service.code.empty()) return refuse(MapField::ServiceCode, {}, "missing");
    if (out.service.name.empty()) out.service.name = out.service.code;
    out.serviceGroup = oneLine(get(MapField::ServiceGroup));
    m_fields->set(CaseField::Service, out.service.code);
}

void RowConverter::organisation(ImportedCase& out) {
    const auto named = [this](MapField codeField, MapField nameField, CaseField to, NamedCode& unit) {
        unit.name = oneLine(get(nameField));
        unit.code = oneLine(get(codeField));
        if (unit.code.empty()) unit.code = slug(unit.name);
        if (unit.name.empty()) unit.name = unit.code;
        if (!unit.code.empty()) m_fields->set(to, unit.code);
    };
    named(MapField::Department, MapField::DepartmentName, CaseField::Department, out.department);
    named(MapField::Crew, MapField::CrewName, CaseField::Crew, out.crew);
    code(MapField::Owner, CaseField::Owner);
}

void RowConverter::place() {
    text(MapField::Address, CaseField::Address, true);
    text(MapField::Zipcode, CaseField::Zipcode, true);
    text(MapField::LocationNote, CaseField::LocationNote, true);
    code(MapField::Area, CaseField::Area);
    const std::size_t problemsBefore = m_problems->size();
    if (const auto point = position()) {
        m_fields->set(CaseField::Position, *point);
    } else if (m_problems->size() == problemsBefore && m_mapping->locationRequired &&
               m_fields->find(CaseField::Address) == nullptr) {
        const bool mapped = !m_mapping->field(MapField::Address).empty() || !m_mapping->field(MapField::Lat).empty() ||
                            !m_mapping->field(MapField::Position).empty();
        if (mapped) refuse(MapField::Address, {}, "location_missing");
    }
}

std::optional<GeoPoint> RowConverter::position() {
    std::string latText, lonText;
    MapField said = MapField::Lat;
    if (const std::string_view both = get(MapField::Position); !both.empty()) {
        said = MapField::Position;
        const auto parts = splitPosition(both);
        if (!parts) {
            refuse(said, both, "not_a_number");
            return std::nullopt;
        }
        latText = parts->first;
        lonText = parts->second;
    } else {
        latText = get(MapField::Lat);
        lonText = get(MapField::Long);
    }
    if (latText.empty() || lonText.empty()) return std::nullopt;
    const auto lat = readDegrees(latText), lon = readDegrees(lonText);
    if (!lat || !lon) {
        const MapField which = said == MapField::Position ? said : lat ? MapField::Long : MapField::Lat;
        refuse(which,
               which == MapField::Position ? get(said)
               : which == MapField::Lat    ? latText
                                           : lonText,
               "not_a_number");
        return std::nullopt;
    }
    if (*lat == 0 && *lon == 0) return std::nullopt;
    const auto fits = [this](double a, double b) {
        return onGlobe(a, b) && (!m_mapping->bounds || m_mapping->bounds->contains(a, b));
    };
    if (fits(*lat, *lon)) return GeoPoint::of(*lat, *lon);
    refuse(said, latText + ", " + lonText, fits(*lon, *lat) ? "swapped_coordinates" : "outside_bounds");
    return std::nullopt;
}

Instant RowConverter::date(MapField field, bool mayLieAhead) {
    const std::string_view value = get(field);
    if (value.empty()) return {};
    const auto at = m_dates.read(value);
    if (at && (mayLieAhead || !m_latest || *at <= m_latest)) return *at;
    refuse(field, value, "impossible_date");
    return {};
}

void RowConverter::dates(ImportedCase& out) {
    const auto keep = [this](CaseField field, Instant at) {
        if (at) m_fields->set(field, at.ms);
    };
    if (get(MapField::RequestedAt).empty()) refuse(MapField::RequestedAt, {}, "missing");
    m_requestedAt = date(MapField::RequestedAt, false);
    keep(CaseField::RequestedAt, m_requestedAt);
    out.updatedAt = date(MapField::UpdatedAt, false);
    out.acknowledgedAt = date(MapField::AcknowledgedAt, false);
    keep(CaseField::DueOverride, date(MapField::Due, true));
    keep(CaseField::PromisedAt, date(MapField::PromisedAt, true));
}

void RowConverter::status(ImportedCase& out) {
    if (m_mapping->field(MapField::Status).empty()) {
        out.status = get(MapField::ClosedAt).empty() ? Status::New : Status::Closed;
    } else {
        const std::string_view word = get(MapField::Status);
        if (const Meaning* meaning = m_mapping->statuses.find(word)) {
            out.status = static_cast<Status>(meaning->code);
            out.statusReason = meaning->text;
        } else if (word.empty()) {
            refuse(MapField::Status, {}, "missing");
        } else {
            const std::string known = slug(word);
            const auto own = m_mapping->statuses.empty() ? statusFromCode(known) : std::nullopt;
            if (own) out.status = *own;
            else if (m_mapping->statuses.empty() && known == "open") out.status = Status::New;
            else refuse(MapField::Status, word, "unknown_status");
        }
    }
    out.statusNote = manyLines(get(MapField::StatusNotes));
    if (out.status == Status::Waiting && out.statusReason.empty()) out.statusReason = slug(get(MapField::PauseReason));
    if (out.status == Status::Closed && out.statusReason.empty()) {
        const std::string_view word = get(MapField::Resolution);
        if (const Meaning* meaning = word.empty() ? nullptr : m_mapping->resolutions.find(word))
            out.statusReason = meaning->text;
        else if (!word.empty() && m_mapping->resolutions.empty()) out.statusReason = slug(word.substr(0, 60));
    }
    closing(out);
    if (!out.statusAt) out.statusAt = out.updatedAt;
}

void RowConverter::closing(ImportedCase& out) {
    if (!isTerminal(out.status)) return;
    const std::size_t problemsBefore = m_problems->size();
    Instant at = date(MapField::ClosedAt, false);
    if (!at) {
        if (m_problems->size() == problemsBefore) refuse(MapField::ClosedAt, {}, "closed_without_date");
        return;
    }
    if (m_requestedAt && at < m_requestedAt) {
        if (at + m_mapping->clockSkew < m_requestedAt)
            return refuse(MapField::ClosedAt, get(MapField::ClosedAt), "closed_before_opened");
        at = m_requestedAt;
    }
    (out.status == Status::Closed ? out.closedAt : out.workDoneAt) = at;
    out.statusAt = at;
}

void RowConverter::vocabularies() {
    const auto note = [this](MapField field, std::string_view word) {
        if (m_unmapped.size() < kMaxUnmapped) ++m_unmapped[{std::string(feed::code(field)), std::string(word)}];
    };
    Channel channel = Channel::Import;
    if (const std::string_view word = get(MapField::Channel); !word.empty()) {
        if (const Meaning* meaning = m_mapping->channels.find(word)) channel = static_cast<Channel>(meaning->code);
        else if (const auto own = channelFromCode(word)) channel = *own;
        else note(MapField::Channel, word);
    }
    m_fields->set(CaseField::FirstChannel, static_cast<std::int64_t>(channel));
    if (const std::string_view word = get(MapField::Priority); !word.empty()) {
        std::optional<Priority> priority = priorityFromCode(folded(word));
        if (const Meaning* meaning = m_mapping->priorities.find(word)) priority = static_cast<Priority>(meaning->code);
        if (priority) m_fields->set(CaseField::Priority, static_cast<std::int64_t>(*priority));
        else note(MapField::Priority, word);
    }
}

void RowConverter::limits(const ImportedCase& out) {
    std::size_t sum = 0, longest = 0;
    std::string_view field;
    for (const auto& [id, value] : out.fields) {
        const std::size_t size = asText(value).size();
        sum += size;
        if (size > longest) {
            longest = size;
            field = kCaseFields[id - 1U].name;
        }
    }
    const auto tooLong = [this](std::string_view name, std::size_t size) {
        m_problems->push_back({m_record->row, std::string(name), std::to_string(size), "text_too_long"});
    };
    if (sum > kMaxText) tooLong(field, longest);
    if (out.statusNote.size() > kMaxText) tooLong(feed::code(MapField::StatusNotes), out.statusNote.size());
    if (out.externalId.size() > 200) tooLong(feed::code(MapField::ExternalId), out.externalId.size());
}

}  // namespace wl::feed
