// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/mail_intake.hpp"

#include <algorithm>

#include "channels/mail/reply_text.hpp"
#include "domain/case_number.hpp"
#include "domain/sha256.hpp"
#include "engine/gateway/bounce.hpp"

namespace wl::engine {
namespace {

constexpr std::size_t kLongestBody = 20'000;  // an op has 64 KiB

std::string cut(std::string text, std::size_t longest, bool* wasCut) {
    if (text.size() <= longest) return text;
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xc0U) == 0x80U) --longest;
    text.resize(longest);
    if (wasCut) *wasCut = true;
    return text + "\n[…]";
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return out;
}

bool isWordByte(char c) {
    const auto b = static_cast<unsigned char>(c);
    return b >= 0x80 || (b >= '0' && b <= '9') || ((b | 0x20U) >= 'a' && (b | 0x20U) <= 'z');
}

bool hasWord(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos && !word.empty(); at = text.find(word, at + 1)) {
        const bool begins = at == 0 || !isWordByte(text[at - 1]);
        const auto end = at + word.size();
        if (begins && (end >= text.size() || !isWordByte(text[end]) || text[end] == 's')) return true;
    }
    return false;
}

// "#7K2R9-4QXHM" and the like: ten characters with the dash, as we write it; the check character does the rest.
std::vector<std::string> numbersIn(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i + 11 <= text.size(); ++i) {
        if (text[i + 5] != '-' || (i > 0 && isWordByte(text[i - 1])) ||
            (i + 11 < text.size() && isWordByte(text[i + 11])))
            continue;
        if (const auto number = normaliseCaseNumber(text.substr(i, 11))) out.push_back(*number);
    }
    return out;
}

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
    if (!m.from.name.empty()) out.fields.set(PersonField::Name, cut(m.from.name, 200, nullptr));
    out.contacts.push_back({ContactKind::Email, m.from.address.substr(0, 320), {}});
    return out;
}

// The service most of whose words the mail uses; the subject counts twice. None of them: the one that was set.
std::string MailIntake::serviceOf(const mail::Message& m) const {
    const auto subject = lower(m.subject), text = lower(m.text.substr(0, 4000));
    const auto catalogue = m_engine.catalogue();
    std::string best = m_settings.service;
    int most = 0;
    for (const auto& service : catalogue->services()) {
        if (!service.active || service.staffOnly) continue;
        int score = 0;
        auto words = service.keywords;
        words.push_back(service.name);
        for (const auto& word : words) {
            const auto small = lower(word);
            score += (hasWord(subject, small) ? 2 : 0) + (hasWord(text, small) ? 1 : 0);
        }
        if (score > most) most = score, best = service.code;
    }
    return best;
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
    const auto service = key ? std::string() : serviceOf(m);
    if (!key && m.kind != mail::Kind::Message) return MailTaken{MailFate::Unsorted, {}, "mail.automatic"};
    if (!key && service.empty()) return MailTaken{MailFate::Unsorted, {}, "mail.no_service"};
    InteractionRecorded said;
    said.channel = Channel::Email;
    said.direction = Direction::In;
    said.kind = m.kind == mail::Kind::Bounce ? InteractionKind::SystemNotice : InteractionKind::Message;
    said.visibility = m.kind == mail::Kind::Bounce ? Visibility::Staff : Visibility::Public;
    said.automatic = m.kind != mail::Kind::Message;
    said.author = cut(m.from.name.empty() ? m.from.address : m.from.name, 200, nullptr);
    said.externalId = id;
    said.subject = cut(m.subject, 900, nullptr);
    const auto now = m_engine.now();
    said.at = m.date && m.date <= now && now - m.date < Millis(std::chrono::hours(24 * 30)) ? m.date : now;
    bool wasCut = m.leftOut > 0;
    said.body = cut(mail::replyOf(m.text).text, kLongestBody, &wasCut);
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
        open.fields.set(CaseField::Description, cut(said.body, 8000, nullptr));
        open.requester = std::move(requester);
        open.firstContact = std::move(said);
        batch.commands.emplace_back(std::move(open));
    }
    WL_TRY(const auto receipt, m_engine.submitAndWait(std::move(batch)));
    WL_CHECK(noteBounce(m_engine, *m_reader, m));
    return MailTaken{key ? MailFate::Added : MailFate::Opened, receipt.number, {}};
}

}  // namespace wl::engine
