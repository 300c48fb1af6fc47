// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/timeline_lines.hpp"

#include <QLocale>

#include <QCoreApplication>

#include "domain/case_number.hpp"
#include "ui/models/field_labels.hpp"
#include "ui/models/message_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

struct Timeline {
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

template <class... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};

QString clipped(QString text) {
    text = text.simplified();
    constexpr qsizetype most = 80;
    return text.size() <= most ? text : text.first(most - 1) + u'…';
}

QString fieldIcon(CaseField field) {
    switch (field) {
        case CaseField::Owner:
        case CaseField::Crew:
        case CaseField::Department: return u"user"_s;
        case CaseField::Priority: return u"flag"_s;
        case CaseField::Address:
        case CaseField::Position:
        case CaseField::Area:
        case CaseField::LocationNote:
        case CaseField::Zipcode: return u"mark-location"_s;
        case CaseField::Requester:
        case CaseField::ConsentGiven: return u"user-identity"_s;
        case CaseField::Service: return u"tag"_s;
        case CaseField::DueOverride:
        case CaseField::PromisedAt: return u"clock"_s;
        case CaseField::Confidential: return u"lock"_s;
        case CaseField::Title:
        case CaseField::Description:
        case CaseField::FirstChannel:
        case CaseField::RequestedAt:
        case CaseField::Answers:
        case CaseField::Source:
        case CaseField::ExternalId:
        case CaseField::MediaUrl:
        case CaseField::SourceUpdatedAt:
        case CaseField::SourceRow:
        case CaseField::DuplicateOf:
        case CaseField::RoutedBy:
        case CaseField::Job: return u"document-edit"_s;
    }
    return u"document-edit"_s;
}

// Walks the history with the values and the status as they stood before each entry.
class Teller {
public:
    explicit Teller(const WordContext& context) : m_context(context) {}

    TimelineLine tell(const store::TimelineEntry& entry) {
        TimelineLine line;
        line.stamp = entry.stamp;
        line.recordedAt = entry.stamp.hlc.wall();
        line.at = entry.at ? entry.at : line.recordedAt;
        line.topic = TimelineTopic::Change;
        line.icon = u"document-edit"_s;
        line.effective = entry.effective;
        line.who = entry.op.agent.empty() ? Timeline::tr("Automatic")
                                          : fromText(m_context.catalogue.staffName(entry.op.agent));
        line.why = fromText(entry.op.comment);
        std::visit(Match{
                       [&](const CaseOpened& op) { opened(line, op); },
                       [&](const CaseEdited& op) { edited(line, op); },
                       [&](const CaseStatusChanged& op) { stepped(line, op); },
                       [&](const InteractionRecorded& op) { said(line, op); },
                       [&](const HandOffOffered& op) { offered(line, op); },
                       [&](const HandOffAnswered& op) { answered(line, op); },
                       [&](const EscalationRaised& op) { escalated(line, op); },
                       [&](const EscalationAcknowledged&) {
                           line.icon = u"dialog-ok"_s;
                           line.heading = Timeline::tr("Escalation acknowledged");
                       },
                       [&](const ReportJoined& op) {
                           line.topic = TimelineTopic::Message;
                           line.icon = u"list-add-user"_s;
                           line.heading = Timeline::tr("One more report by %1").arg(channelWord(op.channel));
                           line.body = fromText(op.body);
                       },
                       [&](const ReportsLeft& op) {
                           line.icon = u"list-remove-user"_s;
                           line.heading =
                               op.movedTo.isNull()
                                   ? Timeline::tr("Report taken off this case")
                                   : Timeline::tr("Report became case %1").arg(fromText(caseNumber(op.movedTo)));
                       },
                       [&](const CasesJudged& op) { judged(line, op.pair); },
                       [&](const MessageWritten& op) { written(line, op); },
                       [&](const MessageMoved& op) { moved(line, op); },
                       [&](const auto&) { line.heading = Timeline::tr("An entry of a newer version of the program"); },
                   },
                   entry.op.body);
        if (entry.op.locked > 0) {
            line.sealed = true;
            line.why = Timeline::tr("Text is sealed; its key is not on this console or was erased");
        } else if (entry.op.unread > 0) {
            line.why = Timeline::tr("Part of this entry needs a newer version of the program");
        }
        return line;
    }

private:
    void opened(TimelineLine& line, const CaseOpened& op) {
        line.icon = u"list-add"_s;
        m_values = op.fields;
        const auto* channel = op.fields.find(CaseField::FirstChannel);
        const auto* description = op.fields.find(CaseField::Description);
        line.heading =
            channel && isSet(*channel)
                ? Timeline::tr("Case opened, by %1").arg(valueWords(CaseField::FirstChannel, *channel, context()))
                : Timeline::tr("Case opened");
        if (description) line.body = fromText(asText(*description));
    }

    void edited(TimelineLine& line, const CaseEdited& op) {
        QStringList changes;
        for (const auto& [id, value] : op.fields) {
            if (!findField(kCaseFields, id)) continue;
            const auto field = static_cast<CaseField>(id);
            if (field == CaseField::SourceRow) continue;  // the importer's own bookkeeping
            if (changes.isEmpty()) line.icon = fieldIcon(field);
            changes << change(field, value);
            m_values.set(id, value);
        }
        line.heading = changes.size() == 1 ? changes.front() : Timeline::tr("Details changed");
        if (changes.size() > 1) line.body = changes.join(u'\n');
    }

    QString change(CaseField field, const Value& value) {
        const auto* had = m_values.find(field);
        const auto before = had ? clipped(valueWords(field, *had, context())) : QString();
        const auto after = clipped(valueWords(field, value, context()));
        const auto label = fieldLabel(field);
        if (field == CaseField::Position) return before.isEmpty() ? Timeline::tr("Pin set") : Timeline::tr("Pin moved");
        if (before.isEmpty()) return Timeline::tr("%1: %2").arg(label, after.isEmpty() ? u"–"_s : after);
        if (after.isEmpty()) return Timeline::tr("%1: %2 removed").arg(label, before);
        return Timeline::tr("%1: %2 → %3").arg(label, before, after);
    }

    void stepped(TimelineLine& line, const CaseStatusChanged& op) {
        line.icon = statusIconName(op.to);
        line.body = fromText(op.note);
        auto to = statusWord(op.to);
        if (op.to == Status::Closed && !op.reason.empty()) to += u", "_s + resolutionWord(op.reason);
        if (op.to == Status::Waiting && !op.reason.empty()) to += u", "_s + reasonName(op.reason);
        if (!line.effective) {
            line.heading = Timeline::tr("Status: %1 → %2").arg(statusWord(op.from), to);
            line.why = m_status == op.to ? Timeline::tr("No effect: the case was %1 already").arg(statusWord(m_status))
                                         : Timeline::tr("No effect: the case was %1 by then").arg(statusWord(m_status));
            return;
        }
        line.heading = m_status == Status::Closed ? Timeline::tr("Reopened: %1 → %2").arg(statusWord(m_status), to)
                                                  : Timeline::tr("Status: %1 → %2").arg(statusWord(m_status), to);
        m_status = op.to;
    }

    void said(TimelineLine& line, const InteractionRecorded& op) {
        line.topic = TimelineTopic::Message;
        line.staffOnly = op.visibility == Visibility::Staff;
        line.outgoing = op.direction == Direction::Out;
        line.body = fromText(op.body);
        if (!op.subject.empty()) line.body.prepend(Timeline::tr("Subject: %1").arg(fromText(op.subject)) + u'\n');
        for (const auto& file : op.files)
            line.body += u'\n' + Timeline::tr("Attached: %1 (%2)")
                                     .arg(fromText(file.name), QLocale().formattedDataSize(qint64(file.size)));
        if (!op.author.empty()) line.who = fromText(op.author);
        switch (op.kind) {
            case InteractionKind::Note: line.icon = u"note"_s; break;
            case InteractionKind::SystemNotice: line.icon = u"dialog-information"_s; break;
            case InteractionKind::Message:
            case InteractionKind::Call:
            case InteractionKind::Visit:
            case InteractionKind::Update: line.icon = channelIconName(op.channel); break;
        }
        line.heading = interactionWord(op.kind);
        if (op.kind == InteractionKind::Message) line.heading = channelWord(op.channel);
        if (op.direction == Direction::In) line.heading = Timeline::tr("%1, incoming").arg(line.heading);
        if (op.direction == Direction::Out) line.heading = Timeline::tr("%1, outgoing").arg(line.heading);
        if (op.automatic) line.heading = Timeline::tr("%1, automatic").arg(line.heading);
    }

    void written(TimelineLine& line, const MessageWritten& op) {
        line.topic = TimelineTopic::Message;
        line.outgoing = true;
        line.icon = channelIconName(op.channel);
        line.heading = Timeline::tr("%1 to the citizen").arg(channelWord(op.channel));
        if (op.why == MessageWhy::Rule) line.heading = Timeline::tr("%1, automatic").arg(line.heading);
        line.body = fromText(op.body);
        if (!op.subject.empty()) line.body.prepend(Timeline::tr("Subject: %1").arg(fromText(op.subject)) + u'\n');
        if (!op.author.empty()) line.who = fromText(op.author);
        if (op.state == MessageState::Waiting) return;
        const auto why = messageReasonWords(op.reason);
        line.why =
            why.isEmpty() ? messageStateWord(op.state) : Timeline::tr("%1: %2").arg(messageStateWord(op.state), why);
    }

    void moved(TimelineLine& line, const MessageMoved& op) {
        line.icon = messageStateIconName(op.to);
        line.heading = Timeline::tr("Message: %1").arg(messageStateWord(op.to));
        line.why = messageReasonWords(op.reason);
        if (op.to == MessageState::Failed || op.to == MessageState::Waiting) line.body = fromText(op.note);
    }

    void offered(TimelineLine& line, const HandOffOffered& op) {
        line.icon = u"view-bank"_s;
        line.heading = Timeline::tr("Offered to %1").arg(fromText(m_context.catalogue.departmentName(op.department)));
        if (!op.crew.empty())
            line.heading = Timeline::tr("%1, %2").arg(line.heading, fromText(m_context.catalogue.crewName(op.crew)));
        line.body = fromText(op.reason);
        m_offeredTo = op.department;
    }

    void answered(TimelineLine& line, const HandOffAnswered& op) {
        line.icon = op.answer == HandOffAnswer::Accepted ? u"dialog-ok"_s : u"edit-undo"_s;
        line.body = fromText(op.reason);
        const auto to = fromText(m_context.catalogue.departmentName(m_offeredTo));
        switch (op.answer) {
            case HandOffAnswer::Accepted: line.heading = Timeline::tr("Accepted by %1").arg(to); break;
            case HandOffAnswer::Returned: line.heading = Timeline::tr("Returned by %1").arg(to); break;
            case HandOffAnswer::Bounced:
                line.icon = u"dialog-warning"_s;
                line.heading = Timeline::tr("%1 did not answer in time: back with the sender").arg(to);
                break;
            case HandOffAnswer::Withdrawn: line.heading = Timeline::tr("Offer to %1 withdrawn").arg(to); break;
            case HandOffAnswer::Pending: break;
        }
    }

    void judged(TimelineLine& line, const JudgedPair& pair) {
        const auto number = fromText(caseNumber(pair.other));
        line.icon = u"edit-link"_s;
        switch (pair.judgement) {
            case Judgement::Same: line.heading = Timeline::tr("Same fault as %1").arg(number); break;
            case Judgement::Different: line.heading = Timeline::tr("Not the same fault as %1").arg(number); break;
            case Judgement::None: line.heading = Timeline::tr("Nothing is said of %1 any more").arg(number); break;
        }
        if (pair.automatic) line.heading = Timeline::tr("%1, automatic").arg(line.heading);
    }

    void escalated(TimelineLine& line, const EscalationRaised& op) {
        line.icon = u"dialog-warning"_s;
        line.heading = op.person.empty() ? Timeline::tr("Escalated, step %1").arg(op.level)
                                         : Timeline::tr("Escalated to %2, step %1")
                                               .arg(op.level)
                                               .arg(fromText(m_context.catalogue.staffName(op.person)));
    }

    QString reasonName(std::string_view code) const {
        const auto* reason = m_context.catalogue.pauseReason(code);
        return fromText(reason ? std::string_view(reason->name) : code);
    }
    const WordContext& context() {
        if (const auto* service = m_values.find(CaseField::Service)) m_context.service = asText(*service);
        return m_context;
    }

    WordContext m_context;
    FieldValues m_values;
    Status m_status{Status::New};
    std::string m_offeredTo;
};

}  // namespace

std::vector<TimelineLine> timelineLines(std::span<const store::TimelineEntry> entries, const WordContext& context) {
    std::vector<TimelineLine> lines;
    lines.reserve(entries.size());
    Teller teller(context);
    for (const auto& entry : entries) lines.push_back(teller.tell(entry));
    return lines;
}

}  // namespace wl::ui
