// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/vocab.hpp"

#include <span>
#include <utility>

namespace wl {
namespace {

template <class E>
struct Word {
    E value;
    std::string_view code;
};

// clang-format off
constexpr Word<Status> kStatus[] = {
    {Status::New, "new"},          {Status::Acknowledged, "acknowledged"}, {Status::Assigned, "assigned"},
    {Status::InProgress, "in_progress"}, {Status::Waiting, "waiting"},     {Status::Planned, "planned"},
    {Status::WorkDone, "work_done"}, {Status::Closed, "closed"}};
constexpr Word<Priority> kPriority[] = {
    {Priority::Low, "low"}, {Priority::Normal, "normal"}, {Priority::High, "high"}, {Priority::Urgent, "urgent"}};
constexpr Word<Channel> kChannel[] = {
    {Channel::Phone, "phone"},       {Channel::WalkIn, "walk_in"}, {Channel::Email, "email"},
    {Channel::WebForm, "web_form"},  {Channel::App, "app"},        {Channel::WhatsApp, "whatsapp"},
    {Channel::Sms, "sms"},           {Channel::Council, "council"}, {Channel::Open311, "open311"},
    {Channel::Import, "import"},     {Channel::Staff, "staff"},    {Channel::Social, "social"}};
constexpr Word<Direction> kDirection[] = {
    {Direction::In, "in"}, {Direction::Out, "out"}, {Direction::Internal, "internal"}};
constexpr Word<Visibility> kVisibility[] = {{Visibility::Public, "public"}, {Visibility::Staff, "staff"}};
constexpr Word<InteractionKind> kInteraction[] = {
    {InteractionKind::Note, "note"},   {InteractionKind::Message, "message"}, {InteractionKind::Call, "call"},
    {InteractionKind::Visit, "visit"}, {InteractionKind::Update, "update"},   {InteractionKind::SystemNotice, "system_notice"}};
constexpr Word<SlaState> kSla[] = {
    {SlaState::None, "none"},         {SlaState::OnTrack, "on_track"}, {SlaState::AtRisk, "at_risk"},
    {SlaState::Breached, "breached"}, {SlaState::Paused, "paused"},    {SlaState::Met, "met"},
    {SlaState::Cancelled, "cancelled"}};
constexpr Word<HandOffAnswer> kAnswer[] = {
    {HandOffAnswer::Pending, "pending"}, {HandOffAnswer::Accepted, "accepted"}, {HandOffAnswer::Returned, "returned"},
    {HandOffAnswer::Bounced, "bounced"}, {HandOffAnswer::Withdrawn, "withdrawn"}};
constexpr Word<ContactKind> kContact[] = {
    {ContactKind::Phone, "phone"}, {ContactKind::Email, "email"}, {ContactKind::WhatsApp, "whatsapp"},
    {ContactKind::PostalAddress, "postal_address"}};
constexpr Word<Consent> kConsent[] = {
    {Consent::Unknown, "unknown"}, {Consent::Given, "given"}, {Consent::Refused, "refused"}};
constexpr Word<MessageState> kMessageState[] = {
    {MessageState::Waiting, "waiting"},     {MessageState::Held, "held"},           {MessageState::Suppressed, "suppressed"},
    {MessageState::Sending, "sending"},     {MessageState::Sent, "sent"},           {MessageState::Delivered, "delivered"},
    {MessageState::Read, "read"},           {MessageState::Failed, "failed"},       {MessageState::Cancelled, "cancelled"}};
constexpr Word<MessageWhy> kMessageWhy[] = {
    {MessageWhy::Owner, "owner"}, {MessageWhy::Rule, "rule"}, {MessageWhy::Answer, "answer"}};
// clang-format on

template <class E, std::size_t N>
std::string_view codeOf(const Word<E> (&words)[N], E value) {
    for (const auto& word : words)
        if (word.value == value) return word.code;
    return "unknown";
}

template <class E, std::size_t N>
std::optional<E> valueOf(const Word<E> (&words)[N], std::string_view code) {
    for (const auto& word : words)
        if (word.code == code) return word.value;
    return std::nullopt;
}

}  // namespace

std::string_view code(Status v) { return codeOf(kStatus, v); }
std::string_view code(Priority v) { return codeOf(kPriority, v); }
std::string_view code(Channel v) { return codeOf(kChannel, v); }
std::string_view code(Direction v) { return codeOf(kDirection, v); }
std::string_view code(Visibility v) { return codeOf(kVisibility, v); }
std::string_view code(InteractionKind v) { return codeOf(kInteraction, v); }
std::string_view code(SlaState v) { return codeOf(kSla, v); }
std::string_view code(HandOffAnswer v) { return codeOf(kAnswer, v); }
std::string_view code(ContactKind v) { return codeOf(kContact, v); }
std::string_view code(Consent v) { return codeOf(kConsent, v); }
std::string_view code(MessageState v) { return codeOf(kMessageState, v); }
std::string_view code(MessageWhy v) { return codeOf(kMessageWhy, v); }

std::optional<Status> statusFromCode(std::string_view c) { return valueOf(kStatus, c); }
std::optional<Priority> priorityFromCode(std::string_view c) { return valueOf(kPriority, c); }
std::optional<Channel> channelFromCode(std::string_view c) { return valueOf(kChannel, c); }
std::optional<SlaState> slaStateFromCode(std::string_view c) { return valueOf(kSla, c); }
std::optional<ContactKind> contactKindFromCode(std::string_view c) { return valueOf(kContact, c); }
std::optional<Consent> consentFromCode(std::string_view c) { return valueOf(kConsent, c); }
std::optional<MessageState> messageStateFromCode(std::string_view c) { return valueOf(kMessageState, c); }

}  // namespace wl
