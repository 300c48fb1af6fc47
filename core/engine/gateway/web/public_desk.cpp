// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/web/public_desk.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "domain/case_number.hpp"
#include "engine/plain_json.hpp"

namespace wl::engine::web {
namespace json = boost::json;
namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's base 32

std::string answersText(const Report& report, const std::vector<rules::ServiceAttribute>& questions) {
    json::object out;
    for (const auto& q : questions) {
        const auto given = report.answers.find(q.code);
        if (!q.variable || given == report.answers.end()) continue;
        if (q.datatype != "multivaluelist") {
            out[q.code] = given->second.front();
        } else {
            auto& list = out[q.code].emplace_array();
            for (const auto& one : given->second) list.push_back(json::string(one));
        }
    }
    return out.empty() ? std::string() : plainJson(out);
}

// What people type of what they were shown: small letters, O for 0, I and L for 1, blanks and dashes.
std::string tidied(std::string_view typed) {
    std::string out;
    for (char c : typed.substr(0, 60)) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (kLetters.contains(c)) out += c;
    }
    return out;
}

Word wordOf(const CaseStatusChanged& step) {
    switch (step.to) {
        case Status::New: return Word::StateReceived;
        case Status::Acknowledged: return step.from == Status::Closed ? Word::StateReopened : Word::StateAcknowledged;
        case Status::Assigned: return Word::StateAssigned;
        case Status::InProgress: return Word::StateInProgress;
        case Status::Waiting: return Word::StateWaiting;
        case Status::Planned: return Word::StatePlanned;
        case Status::WorkDone: return Word::StateDone;
        case Status::Closed: return Word::StateClosed;
    }
    return Word::StateReceived;
}

}  // namespace

Result<std::unique_ptr<PublicDesk>> PublicDesk::open(Engine& engine, const std::filesystem::path& data) {
    WL_TRY(auto reader, engine.openReader());
    Hash key{};
    WL_CHECK(engine.withStore([&](store::Store& store, const CaseDeriver&) -> Result<void> {
        key = blake2b({"web secret", view(store.realmSecrets().kek)});
        return {};
    }));
    return std::unique_ptr<PublicDesk>(new PublicDesk(engine, store::FileStore(store::diskOf(data), data / "files"),
                                                      std::move(reader), key));
}

std::string PublicDesk::secretOf(const CaseId& id) const {
    const auto hash = blake2b({view(m_key), toHex(id)});
    std::string out;
    for (std::size_t i = 0; i < 10; ++i) {
        if (i == 5) out += '-';
        out += kLetters[hash[i] % 32U];
    }
    return out;
}

Result<Receipt> PublicDesk::file(const Report& report, const Uploads& uploads) {
    const auto catalogue = m_engine.catalogue();
    const auto* service = catalogue->service(report.service);
    if (service == nullptr || service->staffOnly) return fail(ErrorKind::Input, "service.unknown", "service_code");
    const auto id = "web/" + report.token;
    OpenCase open;
    auto& fields = open.fields;
    fields.set(CaseField::Service, report.service);
    fields.set(CaseField::FirstChannel, static_cast<std::int64_t>(Channel::WebForm));
    if (!report.description.empty()) fields.set(CaseField::Description, report.description);
    if (!report.address.empty()) fields.set(CaseField::Address, report.address);
    if (report.at) fields.set(CaseField::Position, *report.at);
    if (!report.note.empty()) fields.set(CaseField::LocationNote, report.note);
    if (auto answers = answersText(report, questionsOf(*service, report)); !answers.empty())
        fields.set(CaseField::Answers, std::move(answers));
    fields.set(CaseField::ConsentGiven, static_cast<std::int64_t>(report.consent ? Consent::Given : Consent::Unknown));
    auto& who = open.requester;
    if (!report.email.empty()) who.contacts.push_back({ContactKind::Email, report.email, {}});
    if (!report.phone.empty()) who.contacts.push_back({ContactKind::Phone, report.phone, {}});
    if (!report.name.empty()) who.fields.set(PersonField::Name, report.name);
    if (!report.name.empty() || !who.contacts.empty()) who.fields.set(PersonField::Language, report.answerLanguage);
    InteractionRecorded said;
    said.channel = Channel::WebForm;
    said.direction = Direction::In;
    said.kind = InteractionKind::Message;
    said.visibility = Visibility::Staff;
    said.body = report.description;
    said.author = report.name;
    said.externalId = id;
    for (const auto& photo : report.photos) {
        const auto bytes = uploads.bytesOf(photo.upload);
        if (!bytes) continue;
        WL_TRY(auto hash, m_files.put(*bytes));
        said.files.push_back({std::move(hash), bytes->size(), pictureType(*bytes), photo.name});
    }
    open.firstContact = std::move(said);
    CommandBatch batch{.commands = {}, .agent = "web_form"};
    batch.commands.emplace_back(std::move(open));
    WL_TRY(const auto receipt, m_engine.submitAndWait(std::move(batch)));
    WL_TRY(const auto detail, m_reader->detail(receipt.caseKey));
    return Receipt{detail.number, secretOf(detail.state.id), service->notice};
}

Result<std::optional<PublicState>> PublicDesk::find(std::string_view number, std::string_view secret) {
    std::optional<PublicState> out;
    std::optional<store::CaseDetail> found;
    const auto typed = number.substr(0, 40);
    if (const auto written = normaliseCaseNumber(typed)) {
        const auto key = m_reader->findCase(*written);
        if (!key && key.error().kind == ErrorKind::World) return std::unexpected(key.error());
        if (key) { WL_TRY(found, m_reader->detail(*key)); }
    }
    // The same work for a number that nobody has, and a comparison that says nothing by its time.
    auto right = secretOf(found ? found->state.id : CaseId{});
    std::erase(right, '-');
    auto given = tidied(secret);
    given.resize(right.size());
    if (!sameBytes(given, right) || !found) return out;
    const auto& state = found->state;
    out.emplace(found->number, m_engine.catalogue()->serviceName(state.text(CaseField::Service)), state.status,
                isOpen(state.status), state.instant(CaseField::RequestedAt), found->clock.due);
    WL_TRY(const auto timeline, m_reader->timeline(found->key));
    for (const auto& entry : timeline) {
        const auto* step = std::get_if<CaseStatusChanged>(&entry.op.body);
        if (step != nullptr && entry.effective) out->history.emplace_back(entry.at, wordOf(*step));
    }
    return out;
}

}  // namespace wl::engine::web
