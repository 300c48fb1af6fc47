// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/text_intake.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "channels/phone_numbers.hpp"
#include "comms/fetch.hpp"
#include "domain/out_message.hpp"
#include "domain/sha256.hpp"
#include "engine/gateway/text_clues.hpp"

namespace wl::engine {
namespace {

using namespace std::chrono_literals;

constexpr Millis kInTouch = 24h * 30;      // a message belongs to the open case that moved within so long …
constexpr Millis kJustClosed = 24h * 7;    // … or to the one that was closed then
constexpr std::size_t kLargestFile = 16u << 20U;
constexpr std::size_t kLongestBody = 20'000;

std::string baseName(const texting::Media& media) {
    if (media.name.contains('.')) return safeFileName(media.name);
    const auto slash = media.type.find('/');
    auto ending = slash == std::string::npos ? std::string("bin") : media.type.substr(slash + 1);
    ending = ending.substr(0, ending.find_first_of("; "));
    return safeFileName((media.name.empty() ? "file" : media.name) + '.' + ending);
}

}  // namespace

Result<std::unique_ptr<TextIntake>> TextIntake::open(Engine& engine, const std::filesystem::path& data,
                                                     GatewaySettings::Texting settings, Channel channel) {
    WL_TRY(auto reader, engine.openReader());
    return std::unique_ptr<TextIntake>(new TextIntake(engine, store::FileStore(store::diskOf(data), data / "files"),
                                                      std::move(settings), channel, std::move(reader)));
}

Result<Dropped> TextIntake::take(std::string_view body) {
    WL_TRY(const auto delivery, m_channel == Channel::WhatsApp ? texting::readWhatsApp(body) : texting::readSms(body));
    Dropped out;
    for (const auto& text : delivery.texts) {
        WL_TRY(const bool sorted, takeText(text));
        if (sorted) continue;
        out.fate = DropFate::Unsorted;
        out.why += (out.why.empty() ? "" : "\n") + std::string(code(m_channel)) + ".no_case " + text.id;
    }
    for (const auto& status : delivery.statuses) WL_CHECK(takeStatus(status));
    out.said = std::to_string(delivery.texts.size()) + " messages, " + std::to_string(delivery.statuses.size()) +
               " states" + (delivery.leftOut > 0 ? ", " + std::to_string(delivery.leftOut) + " not readable" : "");
    return out;
}

Result<std::vector<PersonId>> TextIntake::senders(const texting::Text& text) {
    std::vector<PersonId> out;
    WL_TRY(const auto found, m_reader->personsByContact(text.from, 20));
    for (const auto key : found) {
        WL_TRY(const auto person, m_reader->person(key));
        const bool theirs = std::ranges::any_of(person.state.contacts, [&](const Contact& c) {
            return (c.kind == ContactKind::Phone || c.kind == ContactKind::WhatsApp) && c.value == text.from;
        });
        if (theirs) out.push_back(person.state.id);
    }
    return out;
}

Result<CaseKey> TextIntake::caseOf(const texting::Text& text, const std::vector<PersonId>& known) {
    if (!text.repliesTo.empty()) {
        WL_TRY(const auto ours, m_reader->findMessage(m_channel, text.repliesTo));
        if (ours) return ours->caseKey;
        WL_TRY(const auto theirs, m_reader->findInteraction(m_channel, text.repliesTo));
        if (theirs) return theirs;
    }
    for (const auto& number : numbersIn(text.body))
        if (const auto key = m_reader->findCase(number)) return *key;
    // The case they were last in touch about: an open one before one that was just closed.
    CaseKey best;
    std::pair<bool, Instant> rank{false, {}};
    const auto now = m_engine.now();
    for (const auto& person : known) {
        WL_TRY(const auto cases, m_reader->casesOf(person, 50));
        for (const auto key : cases) {
            WL_TRY(const auto detail, m_reader->detail(key));
            const auto& s = detail.state;
            const bool open = isOpen(s.status);
            const auto moved = std::max(s.updatedAt, s.lastInboundAt);
            if (now - (open ? moved : s.closedAt) > (open ? kInTouch : kJustClosed)) continue;
            if (const std::pair mine{open, moved}; !best || mine > rank) best = key, rank = mine;
        }
    }
    return best;
}

Result<std::optional<std::string>> TextIntake::bytesOf(const texting::Media& media) {
    const auto& base = m_settings.mediaBase;
    auto url = media.url;
    if (base.empty()) return std::nullopt;
    const auto got = [&](const std::string& from) -> Result<std::optional<std::string>> {
        auto answer = comms::httpGet(from, m_settings.token, kLargestFile, 30s);
        if (!answer && answer.error().kind == ErrorKind::World) return std::unexpected(answer.error());
        if (!answer) return std::nullopt;  // too large
        // Not ours to ask, or gone: the message counts without it. Anything else may be better later.
        if (answer->status >= 400 && answer->status < 500 && answer->status != 429 && answer->status != 401)
            return std::nullopt;
        if (answer->status != 200)
            return fail(ErrorKind::World, "fetch.failed", "url", "HTTP " + std::to_string(answer->status));
        return std::optional(std::move(answer->body));
    };
    if (!media.id.empty()) {  // its address has to be asked for
        if (media.id.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") !=
            std::string::npos)
            return std::nullopt;
        WL_TRY(const auto about, got(base + '/' + media.id));
        if (!about) return std::nullopt;
        boost::system::error_code error;
        const auto document = boost::json::parse(*about, error);
        const auto* object = error ? nullptr : document.if_object();
        const auto* at = object ? object->if_contains("url") : nullptr;
        if (at == nullptr || !at->is_string()) return std::nullopt;
        url = std::string(at->get_string());
        // Said by the place that the token is of; never over a line that others can read.
        if (!url.starts_with("https://") && !url.starts_with(base + '/')) return std::nullopt;
    } else if (!url.starts_with(base + '/')) {  // whoever sends an SMS does not say where we look
        return std::nullopt;
    }
    return got(url);
}

Result<std::vector<AttachedFile>> TextIntake::fetch(const texting::Text& text, std::string& body) {
    std::vector<AttachedFile> out;
    for (const auto& media : text.media) {
        WL_TRY(const auto bytes, bytesOf(media));
        const auto name = baseName(media);
        const bool same = bytes && (media.sha256.size() != 64 || sha256Hex(*bytes) == media.sha256);
        if (!same) {
            body += (body.empty() ? "" : "\n") + ('[' + name + ']') + (media.url.empty() ? "" : ' ' + media.url);
            continue;
        }
        WL_TRY(auto hash, m_files.put(*bytes));
        std::string type;
        for (const char c : media.type.substr(0, 100))
            if (c > 0x20 && c < 0x7f) type += c;
        out.push_back({std::move(hash), bytes->size(), type.empty() ? "application/octet-stream" : type, name});
    }
    return out;
}

Result<bool> TextIntake::takeText(const texting::Text& given) {
    WL_TRY(const auto holder, m_reader->findInteraction(m_channel, given.id));
    if (holder) return true;
    auto text = given;
    if (const auto number = channels::toE164(text.from, m_engine.catalogue()->jurisdiction().region); !number.empty())
        text.from = number;
    WL_TRY(const auto known, senders(text));
    WL_TRY(const auto key, caseOf(text, known));
    const auto service =
        key || text.reaction ? std::string() : guessService(*m_engine.catalogue(), {}, text.body, m_settings.service);
    if (!key && service.empty()) return text.reaction;  // a sign on a message that nobody here has is nothing to keep
    InteractionRecorded said;
    said.channel = m_channel;
    said.direction = Direction::In;
    said.kind = InteractionKind::Message;
    said.visibility = Visibility::Public;
    said.author = text.name.empty() ? text.from : text.name;
    said.externalId = text.id;
    const auto now = m_engine.now();
    said.at = text.at && text.at <= now && now - text.at < kInTouch ? text.at : now;
    said.body = text.body;
    WL_TRY(said.files, fetch(text, said.body));
    said.body = cutText(std::move(said.body), kLongestBody);
    if (known.size() == 1) said.person = known.front();
    CommandBatch batch{.commands = {}, .agent = std::string(code(m_channel))};
    if (key) {
        WL_TRY(const auto detail, m_reader->detail(key));
        batch.commands.emplace_back(RecordInteraction{{.key = key, .id = {}}, std::move(said)});
        if (text.position && !isSet(detail.state.value(CaseField::Position))) {
            EditCase place{{.key = key, .id = {}}, {}, {}, {}};
            place.fields.set(CaseField::Position, *text.position);
            batch.commands.emplace_back(std::move(place));
        }
    } else {
        OpenCase open;
        open.fields.set(CaseField::Service, service);
        open.fields.set(CaseField::FirstChannel, static_cast<std::int64_t>(m_channel));
        if (!said.body.empty()) open.fields.set(CaseField::Description, cutText(said.body, 8000));
        if (text.position) open.fields.set(CaseField::Position, *text.position);
        if (known.size() == 1) {
            open.requester.known = known.front();
        } else {
            if (!text.name.empty()) open.requester.fields.set(PersonField::Name, text.name);
            open.requester.contacts.push_back(
                {m_channel == Channel::WhatsApp ? ContactKind::WhatsApp : ContactKind::Phone, text.from, {}});
        }
        open.firstContact = std::move(said);
        batch.commands.emplace_back(std::move(open));
    }
    WL_CHECK(m_engine.submitAndWait(std::move(batch)));
    return true;
}

Result<void> TextIntake::takeStatus(const texting::Status& status) {
    std::optional<store::OutboxRow> row;
    if (const auto id = messageOfMailId("wl." + status.ours + '@'); !id.isNull()) {
        WL_TRY(row, m_reader->findMessage(id));
    }
    if (!row) { WL_TRY(row, m_reader->findMessage(m_channel, status.id)); }
    // Of another system on the same number, or said before: nothing to do.
    if (!row || row->channel != m_channel || row->state == status.to || !moveTakesEffect(row->state, status.to))
        return {};
    MoveMessage cmd;
    cmd.target.key = row->caseKey;
    cmd.message = row->id;
    cmd.to = status.to;
    cmd.reason = status.to == MessageState::Failed ? "refused" : "";
    cmd.note = status.note;
    cmd.externalId = status.id;
    cmd.byGateway = true;
    CommandBatch batch{.commands = {}, .agent = "gateway"};
    batch.commands.emplace_back(std::move(cmd));
    const auto moved = m_engine.submitAndWait(std::move(batch));
    // It moved on since it was looked up.
    if (!moved && moved.error().code != "message.move") return std::unexpected(moved.error());
    return {};
}

}  // namespace wl::engine
