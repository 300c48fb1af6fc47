// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/vocab_words.hpp"

#include <QCoreApplication>

namespace wl::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

}  // namespace

using namespace Qt::StringLiterals;

QString statusWord(Status status) {
    switch (status) {
        case Status::New: return Words::tr("New");
        case Status::Acknowledged: return Words::tr("Acknowledged");
        case Status::Assigned: return Words::tr("Assigned");
        case Status::InProgress: return Words::tr("In progress");
        case Status::Waiting: return Words::tr("Waiting");
        case Status::Planned: return Words::tr("Planned");
        case Status::WorkDone: return Words::tr("Work done");
        case Status::Closed: return Words::tr("Closed");
    }
    return {};
}

QString priorityWord(Priority priority) {
    switch (priority) {
        case Priority::Low: return Words::tr("Low");
        case Priority::Normal: return Words::tr("Normal");
        case Priority::High: return Words::tr("High");
        case Priority::Urgent: return Words::tr("Urgent");
    }
    return {};
}

QString channelWord(Channel channel) {
    switch (channel) {
        case Channel::Phone: return Words::tr("Phone");
        case Channel::WalkIn: return Words::tr("Walk-in");
        case Channel::Email: return Words::tr("E-mail");
        case Channel::WebForm: return Words::tr("Web form");
        case Channel::App: return Words::tr("App");
        case Channel::WhatsApp: return Words::tr("WhatsApp");
        case Channel::Sms: return Words::tr("SMS");
        case Channel::Council: return Words::tr("Council");
        case Channel::Open311: return Words::tr("Open311");
        case Channel::Import: return Words::tr("Import");
        case Channel::Staff: return Words::tr("Staff");
        case Channel::Social: return Words::tr("Social media");
    }
    return {};
}

QString directionWord(Direction direction) {
    switch (direction) {
        case Direction::In: return Words::tr("Incoming");
        case Direction::Out: return Words::tr("Outgoing");
        case Direction::Internal: return Words::tr("Internal");
    }
    return {};
}

QString interactionWord(InteractionKind kind) {
    switch (kind) {
        case InteractionKind::Note: return Words::tr("Note");
        case InteractionKind::Message: return Words::tr("Message");
        case InteractionKind::Call: return Words::tr("Call");
        case InteractionKind::Visit: return Words::tr("Visit");
        case InteractionKind::Update: return Words::tr("Update");
        case InteractionKind::SystemNotice: return Words::tr("System notice");
    }
    return {};
}

QString visibilityWord(Visibility visibility) {
    switch (visibility) {
        case Visibility::Public: return Words::tr("Public");
        case Visibility::Staff: return Words::tr("Staff only");
    }
    return {};
}

QString contactKindWord(ContactKind kind) {
    switch (kind) {
        case ContactKind::Phone: return Words::tr("Phone");
        case ContactKind::Email: return Words::tr("E-mail");
        case ContactKind::WhatsApp: return Words::tr("WhatsApp");
        case ContactKind::PostalAddress: return Words::tr("Postal address");
    }
    return {};
}

QString consentWord(Consent consent) {
    switch (consent) {
        case Consent::Unknown: return Words::tr("Not asked");
        case Consent::Given: return Words::tr("Given");
        case Consent::Refused: return Words::tr("Refused");
    }
    return {};
}

QString resolutionWord(std::string_view code) {
    if (code == "fixed") return Words::tr("Fixed");
    if (code == "no_action") return Words::tr("No action needed");
    if (code == "not_found") return Words::tr("Nothing found on site");
    if (code == "not_responsible") return Words::tr("Not the city's responsibility");
    if (code == "duplicate") return Words::tr("Duplicate of another case");
    if (code == "cancelled_by_requester") return Words::tr("Cancelled by the requester");
    if (code == "invalid") return Words::tr("Invalid report");
    auto own = QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size()));
    return own.replace(u'_', u' ');
}

QString statusIconName(Status status) {
    switch (status) {
        case Status::New: return u"mail-unread-new"_s;
        case Status::Acknowledged: return u"mail-read"_s;
        case Status::Assigned: return u"user"_s;
        case Status::InProgress: return u"media-playback-start"_s;
        case Status::Waiting: return u"media-playback-pause"_s;
        case Status::Planned: return u"view-calendar-day"_s;
        case Status::WorkDone: return u"checkmark"_s;
        case Status::Closed: return u"object-locked"_s;
    }
    return {};
}

QString priorityIconName(Priority priority) {
    switch (priority) {
        case Priority::Low: return u"arrow-down"_s;
        case Priority::Normal: return u"arrow-right"_s;
        case Priority::High: return u"arrow-up"_s;
        case Priority::Urgent: return u"arrow-up-double"_s;
    }
    return {};
}

QString channelIconName(Channel channel) {
    switch (channel) {
        case Channel::Phone: return u"call-start"_s;
        case Channel::WalkIn: return u"user-identity"_s;
        case Channel::Email: return u"mail-message"_s;
        case Channel::WebForm: return u"internet-services"_s;
        case Channel::App: return u"smartphone"_s;
        case Channel::WhatsApp:
        case Channel::Sms: return u"dialog-messages"_s;
        case Channel::Council: return u"view-bank"_s;
        case Channel::Open311: return u"globe"_s;
        case Channel::Import: return u"document-import"_s;
        case Channel::Staff: return u"system-users"_s;
        case Channel::Social: return u"irc-join-channel"_s;
    }
    return {};
}

QString contactKindIconName(ContactKind kind) {
    switch (kind) {
        case ContactKind::Phone: return u"call-start"_s;
        case ContactKind::Email: return u"mail-message"_s;
        case ContactKind::WhatsApp: return u"dialog-messages"_s;
        case ContactKind::PostalAddress: return u"mark-location"_s;
    }
    return {};
}

}  // namespace wl::ui
