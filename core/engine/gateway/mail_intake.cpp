// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/mail_intake.hpp"

#include <algorithm>

#include "channels/mail/reply_text.hpp"
#include "domain/case_number.hpp"
#include "domain/sha256.hpp"
#include "engine/gateway/bounce.hpp"
#include "engine/gateway/text_clues.hpp"

namespace wl::engine {
namespace {

constexpr std::size_t kLongestBody = 20'000;  // an op has 64 KiB

}  // namespace

std::string_view code(MailFate fate) {
    switch (fate) {
        case MailFate::Added: return "added";
        case MailFate::Opened: return "opened";
        case MailFate::Known: return "known";
        case MailFate::Unsorted: return "unsorted";
        case MailFate::Refused: return "refused";
    }
    return {};
}

Result<std::unique_ptr<MailIntake>> MailIntake::open(Engine& engine, const std::filesystem::path& data,
                                                     GatewaySettings::MailDrop settings) {
    WL_TRY(auto reader, engine.openReader());
    return std::unique_ptr<MailIntake>(new MailIntake(engine, store::FileStore(store::diskOf(data), data / "files"),
                                                      std::move(settings), std::move(reader)));
}

Result<CaseKey> MailIntake::caseOf(const mail::Message& m) {
    std::vector<std::string> ids{m.inReplyTo};
    ids.insert(ids.end(), m.references.rbegin(), m.references.rend());
    if (m.kind == mail::Kind::Bounce) ids.insert(ids.end(), m.returned.begin(), m.returned.end());
    for (const auto& id : ids) {
        if (id.empty()) continue;
        WL_TRY(const auto key, m_reader->findInteraction(Channel::Email, id));
        if (key) return key;
    }
    for (const auto& id : ids)  // our own Message-IDs begin with the number of their case
        for (const auto& number : numbersIn(id.substr(0, 12)))
            if (const auto key = m_reader->findCase(number)) return *key;
    for (const auto& number : numbersIn(m.subject))
        if (const auto key = m_reader->findCase(number)) return *key;
    return CaseKey{};
}

Result<std::vector<AttachedFile>> MailIntake::keep(const mail::Message& m, std::string_view bytes, bool whole) {
    std::vector<AttachedFile> out;
    for (const auto& file : m.files) {
        WL_TRY(auto hash, m_files.put(file.bytes));
        std::string type;
        for (const char c : file.type.substr(0, 100))
            if (c > 0x20 && c < 0x7f) type += c;
        out.push_back({std::move(hash), file.bytes.size(), std::move(type), safeFileName(file.name)});
        if (out.size() == 60) break;
    }
    if (whole || m.files.size() > out.size()) {
        WL_TRY(auto hash, m_files.put(bytes));
        out.push_back({std::move(hash), bytes.size(), "message/rfc822", "mail.eml"});
    }
    return out;
}

Result<RequesterDraft> MailIntake::sender(const mail::Message& m) {
    RequesterDraft out;
    if (!m.from.address.contains('@')) return out;
    WL_TRY(const auto known, m_reader->personsByContact(m.from.address, 2));
    if (known.size() == 1) {
        WL_TRY(const auto person, m_reader->person(known.front()));
        out.known = person.state.id;
        return out;
    }
    if (!m.from.name.empty()) out.fields.set(PersonField::Name, cutText(m.from.name, 200, nullptr));
    out.contacts.push_back({ContactKind::Email, m.from.address.substr(0, 320), {}});
    return out;
}

Result<MailTaken> MailIntake::take(std::string_view bytes) {
    if (!mail::looksLikeMail(bytes.substr(0, 64 * 1024))) return MailTaken{MailFate::Refused, {}, "mail.not_a_mail"};
    const auto m = mail::read(bytes);
    if (m.kind == mail::Kind::Loop || (!m.autoLoop.empty() && m.autoLoop == toHex(m_engine.origin())))
        return MailTaken{MailFate::Refused, {}, "mail.loop"};
    const auto id = m.messageId.empty() ? "sha256:" + sha256Hex(bytes) : m.messageId.substr(0, 900);
    WL_TRY(const auto holder, m_reader->findInteraction(Channel::Email, id));
    if (holder) {
        WL_TRY(const auto detail, m_reader->detail(holder));
        return MailTaken{MailFate::Known, detail.number, {}};
    }
    WL_TRY(const auto key, caseOf(m));
    const auto service =
        key ? std::string() : guessService(*m_engine.catalogue(), m.subject, m.text, m_settings.service);
    if (!key && m.kind != mail::Kind::Message) return MailTaken{MailFate::Unsorted, {}, "mail.automatic"};
    if (!key && service.empty()) return MailTaken{MailFate::Unsorted, {}, "mail.no_service"};
    InteractionRecorded said;
    said.channel = Channel::Email;
    said.direction = Direction::In;
    said.kind = m.kind == mail::Kind::Bounce ? InteractionKind::SystemNotice : InteractionKind::Message;
    said.visibility = m.kind == mail::Kind::Bounce ? Visibility::Staff : Visibility::Public;
    said.automatic = m.kind != mail::Kind::Message;
    said.author = cutText(m.from.name.empty() ? m.from.address : m.from.name, 200, nullptr);
    said.externalId = id;
    said.subject = cutText(m.subject, 900, nullptr);
    const auto now = m_engine.now();
    said.at = m.date && m.date <= now && now - m.date < Millis(std::chrono::hours(24 * 30)) ? m.date : now;
    bool wasCut = m.leftOut > 0;
    said.body = cutText(mail::replyOf(m.text).text, kLongestBody, &wasCut);
    if (said.kind == InteractionKind::SystemNotice)
        for (const auto& address : m.failedRecipients) said.body = "Not delivered to " + address + '\n' + said.body;
    WL_TRY(said.files, keep(m, bytes, wasCut));
    WL_TRY(auto requester, sender(m));
    CommandBatch batch{.commands = {}, .agent = "mail"};
    if (key) {
        said.person = requester.known;
        batch.commands.emplace_back(RecordInteraction{{.key = key, .id = {}}, std::move(said)});
    } else {
        OpenCase open;
        open.fields.set(CaseField::Service, service);
        open.fields.set(CaseField::FirstChannel, static_cast<std::int64_t>(Channel::Email));
        open.fields.set(CaseField::Title, said.subject);
        open.fields.set(CaseField::Description, cutText(said.body, 8000, nullptr));
        open.requester = std::move(requester);
        open.firstContact = std::move(said);
        batch.commands.emplace_back(std::move(open));
    }
    WL_TRY(const auto receipt, m_engine.submitAndWait(std::move(batch)));
    WL_CHECK(noteBounce(m_engine, *m_reader, m));
    return MailTaken{key ? MailFate::Added : MailFate::Opened, receipt.number, {}};
}

}  // namespace wl::engine
