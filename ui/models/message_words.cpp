// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/message_words.hpp"

#include <QCoreApplication>

#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MessageWords)
};

}  // namespace

QString messageStateWord(MessageState state) {
    switch (state) {
        case MessageState::Waiting: return Words::tr("Waits to leave");
        case MessageState::Held: return Words::tr("Held");
        case MessageState::Suppressed: return Words::tr("Kept back");
        case MessageState::Sending: return Words::tr("Leaving");
        case MessageState::Sent: return Words::tr("Sent");
        case MessageState::Delivered: return Words::tr("Delivered");
        case MessageState::Read: return Words::tr("Read");
        case MessageState::Failed: return Words::tr("Failed");
        case MessageState::Cancelled: return Words::tr("Cancelled");
    }
    return {};
}

QString messageStateIconName(MessageState state) {
    switch (state) {
        case MessageState::Waiting:
        case MessageState::Sending: return u"mail-queued"_s;
        case MessageState::Held: return u"clock"_s;
        case MessageState::Suppressed: return u"dialog-cancel"_s;
        case MessageState::Sent: return u"mail-sent"_s;
        case MessageState::Delivered:
        case MessageState::Read: return u"mail-read"_s;
        case MessageState::Failed: return u"dialog-error"_s;
        case MessageState::Cancelled: return u"edit-undo"_s;
    }
    return {};
}

QString messageWhyWord(MessageWhy why) {
    switch (why) {
        case MessageWhy::Owner: return Words::tr("By its owner");
        case MessageWhy::Rule: return Words::tr("By a rule");
        case MessageWhy::Answer: return Words::tr("Answer of its owner");
    }
    return {};
}

QString messageReasonWords(std::string_view reason) {
    if (reason.empty() || reason == "cancelled") return {};
    if (reason == "not_owner") return Words::tr("only the owner of the case writes to its citizen");
    if (reason == "no_address") return Words::tr("no address for this channel");
    if (reason == "do_not_contact") return Words::tr("asked not to be contacted");
    if (reason == "no_consent") return Words::tr("did not consent to messages");
    if (reason == "bounced") return Words::tr("came back: the address does not work");
    if (reason == "joined") return Words::tr("duplicate: they hear through the other case");
    if (reason == "same_text") return Words::tr("they have been told so already");
    if (reason == "window_closed") return Words::tr("more than 24 hours after their last WhatsApp message");
    if (reason == "paused") return Words::tr("automatic messages are paused");
    if (reason == "rate_day") return Words::tr("enough messages to them today");
    if (reason == "rate_hour") return Words::tr("enough messages to them within the hour");
    if (reason == "gap") return Words::tr("another message has just left");
    if (reason == "digest") return Words::tr("collects updates");
    if (reason == "merged") return Words::tr("told together with a later one");
    if (reason == "undone") return Words::tr("the step it told of was taken back");
    if (reason == "quiet_hours") return Words::tr("quiet hours");
    if (reason == "template") return Words::tr("its template cannot be filled in");
    if (reason == "overridden") return Words::tr("sent although a rule kept it back");
    if (reason == "again") return Words::tr("once more");
    if (reason == "once_more") return Words::tr("once more: how the last attempt ended is not known");
    if (reason == "later") return Words::tr("not taken yet, tried again");
    if (reason == "refused") return Words::tr("refused by the other side");
    if (reason == "gave_up") return Words::tr("not taken after many attempts");
    if (reason == "unclear") return Words::tr("how handing over ended is not known");
    if (reason == "yielded") return Words::tr("another console sends on this channel");
    return fromText(reason);
}

QString messageEventWord(std::string_view event) {
    if (event == "received") return Words::tr("Report received");
    if (event == "assigned") return Words::tr("Somebody has taken it");
    if (event == "planned") return Words::tr("Work is planned");
    if (event == "information") return Words::tr("We need information");
    if (event == "on_hold") return Words::tr("On hold");
    if (event == "done") return Words::tr("Work done");
    if (event == "closed") return Words::tr("Closed");
    if (event == "reopened") return Words::tr("Reopened");
    if (event == "answer") return Words::tr("Answer in one's own words");
    if (event == "survey") return Words::tr("How satisfied they are");
    return fromText(event);
}

}  // namespace wl::ui
