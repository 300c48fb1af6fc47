// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/catalogue_form.hpp"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <array>

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using Kind = FormField::Kind;

struct FormWords {
    Q_DECLARE_TR_FUNCTIONS(CatalogueForm)
};

QString tr(const char* text) { return FormWords::tr(text); }

FormField name() { return {.member = "name", .label = tr("Name")}; }
FormField choice(const char* member, const QString& label, const char* of) {
    return {.member = member, .label = label, .kind = Kind::Choice, .of = of};
}
/// Of what it holds for; empty means all.
FormField scope(const char* member, const QString& label, const char* of) {
    auto field = choice(member, label, of);
    field.hint = tr("any");
    return field;
}
FormField freeChoice(const char* member, const QString& label, const char* of) {
    return {.member = member, .label = label, .kind = Kind::Choice, .of = of, .free = true};
}
FormField many(const char* member, const QString& label, const char* of) {
    return {.member = member, .label = label, .kind = Kind::Many, .of = of, .hint = tr("any")};
}
FormField flag(const char* member, const QString& label, bool usual = false) {
    return {.member = member, .label = label, .kind = Kind::Flag, .usual = usual};
}
FormField number(const char* member, const QString& label, const QString& none, int usual = 0, int most = 1'000'000) {
    return {.member = member, .label = label, .kind = Kind::Number, .hint = none, .usual = usual, .most = most};
}
FormField words(const char* member, const QString& label, const char* of = nullptr) {
    return {.member = member, .label = label, .kind = Kind::Words, .of = of, .hint = tr("with commas")};
}
FormField line(const char* member, const QString& label, const QString& hint = {}) {
    return {.member = member, .label = label, .hint = hint};
}
FormField text(const char* member, const QString& label) {
    return {.member = member, .label = label, .kind = Kind::Text};
}
FormField target(const char* member, const QString& label) {
    return {.member = member, .label = label, .kind = Kind::Target};
}
FormField day(const char* member, const QString& label) {
    return {.member = member, .label = label, .kind = Kind::Day, .hint = u"2026-12-24"_s};
}
FormField moment(const char* member, const QString& label) {
    return {.member = member, .label = label, .kind = Kind::Moment, .hint = tr("always; or like 2026-01-01")};
}
FormField rows(const char* member, const QString& label, int shown, std::vector<FormField> columns) {
    return {.member = member, .label = label, .kind = Kind::Rows, .columns = std::move(columns), .shown = shown};
}
FormField with(FormField field, const QJsonValue& usual) {
    field.usual = usual;
    return field;
}

std::vector<FormField> questionColumns() {
    return {
        line("description", tr("Question")),
        line("code", tr("Code"), tr("short, like size")),
        with(choice("datatype", tr("Answer"), "datatype"), u"string"_s),
        flag("required", tr("An answer is needed")),
        {.member = "values", .label = tr("To choose from"), .kind = Kind::Pairs, .hint = tr("small=Small, one a line")},
        line("only_if", tr("Only if the question"), tr("code of a question further up; empty: always")),
        line("only_if_value", tr("was answered with"), tr("key of the answer; empty: with anything")),
        line("stop_value", tr("Stop at the answer"), tr("key of an answer that must not be filed here")),
        text("stop_message", tr("What to say then")),
        line("datatype_description", tr("Help")),
        flag("variable", tr("Is a question; otherwise a text that is only read"), true)};
}

std::vector<FormKind> makeKinds() {
    const FormField week{.member = "week", .label = tr("Hours"), .kind = Kind::Week};
    return {
        {"service",
         tr("Services"),
         u"view-list-details"_s,
         {name(), freeChoice("group", tr("Group"), "group"), text("description", tr("Description")),
          choice("department", tr("Department"), "department"),
          with(choice("priority", tr("Priority"), "priority"), u"normal"_s), words("keywords", tr("Keywords")),
          text("notice", tr("What the caller is told")), rows("attributes", tr("Questions"), 4, questionColumns()),
          line("icon", tr("Icon"), tr("name of a Breeze icon")), flag("staff_only", tr("For staff only")),
          flag("confidential", tr("Confidential")), flag("active", tr("Offered"), true)}},
        {"department",
         tr("Departments"),
         u"view-bank"_s,
         {name(), choice("calendar", tr("Calendar"), "calendar"), choice("head", tr("Head"), "staff"),
          number("accept_minutes", tr("Minutes to accept a hand-off"), {}, 240)}},
        {"crew",
         tr("Crews"),
         u"system-users"_s,
         {name(), choice("department", tr("Department"), "department"), choice("lead", tr("Lead"), "staff"),
          number("capacity", tr("Cases a day"), tr("not said")), many("areas", tr("Areas"), "area"),
          many("services", tr("Services"), "service"), words("skills", tr("Skills"), "skill")}},
        {"staff",
         tr("Staff"),
         u"user"_s,
         {name(), choice("department", tr("Department"), "department"), choice("crew", tr("Crew"), "crew"),
          with(freeChoice("role", tr("Role"), "role"), u"agent"_s), words("skills", tr("Skills"), "skill"),
          number("capacity", tr("Open cases at a time"), tr("no limit")), day("away_from", tr("Away from")),
          day("away_until", tr("Away until")), choice("substitute", tr("Substitute"), "staff"),
          flag("active", tr("Works here"), true)}},
        {"calendar",
         tr("Calendars"),
         u"view-calendar"_s,
         {name(), with(choice("time_zone", tr("Time zone"), "zone"), u"UTC"_s), week,
          rows("holidays", tr("Holidays"), 2, {day("date", tr("Day")), line("name", tr("Name"))}),
          rows("closures", tr("Closures"), 3,
               {line("from", tr("From"), u"2026-02-01T12:00"_s), line("to", tr("To"), u"2026-02-02T08:00"_s),
                line("name", tr("Name"))})}},
        {"policy",
         tr("Targets"),
         u"chronometer"_s,
         {name(), scope("service", tr("Service"), "service"), scope("group", tr("Group"), "group"),
          scope("department", tr("Department"), "department"), scope("crew", tr("Crew"), "crew"),
          scope("priority", tr("Priority"), "priority"), scope("area", tr("Area"), "area"),
          choice("calendar", tr("Calendar"), "calendar"), target("acknowledge", tr("Acknowledge")),
          target("respond", tr("First answer")), target("next_response", tr("Next answer")),
          target("resolve", tr("Work done")), target("close", tr("Close")),
          number("warn_percent", tr("At risk from percent"), {}, 75, 100),
          moment("valid_from", tr("For requests from"))}},
        {"pause_reason",
         tr("Pause reasons"),
         u"media-playback-pause"_s,
         {name(), flag("stops_clock", tr("Stops the clock"), true),
          number("max_minutes", tr("Longest, in minutes"), tr("no limit"), 0, 10'000'000),
          flag("needs_wake_up", tr("Needs a wake-up date")), many("roles", tr("Only for roles"), "role"),
          with(choice("fallback", tr("Goes on as"), "fallback"), u"in_progress"_s)}},
        {"routing_rule",
         tr("Routing"),
         u"distribute-graph"_s,
         {name(), number("order", tr("Order"), {}), many("services", tr("Services"), "service"),
          many("groups", tr("Groups"), "group"), many("areas", tr("Areas"), "area"),
          many("priorities", tr("Priorities"), "priority"), many("channels", tr("Channels"), "channel"),
          words("words", tr("Words, any of")), choice("calendar", tr("Calendar"), "calendar"),
          scope("when", tr("When"), "when"), freeChoice("skill", tr("Skill"), "skill"),
          choice("department", tr("Goes to department"), "department"), choice("crew", tr("Goes to crew"), "crew"),
          choice("owner", tr("Owner"), "owner"), flag("alarm", tr("Catch-all with an alarm")),
          flag("active", tr("In force"), true)}},
        {"escalation",
         tr("Escalation"),
         u"dialog-warning"_s,
         {name(), with(choice("target", tr("Of which target"), "target"), u"resolve"_s),
          rows("steps", tr("Steps"), 3,
               {{.member = "percent", .label = tr("When"), .kind = Kind::When},
                choice("to", tr("Who"), "escalatee"),
                number("repeat_minutes", tr("Again every (minutes)"), tr("once"), 0, 10'000'000)}),
          scope("service", tr("Service"), "service"), scope("group", tr("Group"), "group"),
          scope("department", tr("Department"), "department"), scope("priority", tr("Priority"), "priority"),
          choice("calendar", tr("Only within the hours of"), "calendar"), moment("valid_from", tr("Steps from"))}},
        {"view",
         tr("Shared views"),
         u"view-filter"_s,
         {name(),
          {.member = "conditions",
           .label = tr("Conditions"),
           .kind = Kind::Lines,
           .hint = tr("status=new,assigned, one a line")},
          line("sort", tr("Order"), tr("like due or -requested")),
          scope("role", tr("Only for the role"), "role"),
          scope("department", tr("Only for the department"), "department"),
          number("order", tr("Place"), {}),
          flag("pinned", tr("In the list of queues"), true)}},
        {"template",
         tr("Messages to citizens"),
         u"mail-message"_s,
         {name(), choice("event", tr("When"), "event"), choice("language", tr("Language"), "language"),
          scope("service", tr("Service"), "service"), scope("channel", tr("Channel"), "sending_channel"),
          line("subject", tr("Subject"), tr("Your report {{number}}")), text("body", tr("Text")),
          number("version", tr("Version"), {}, 0), flag("active", tr("In use"), true)}},
        {"sending",
         tr("Sending rules"),
         u"mail-queue"_s,
         {many("automatic", tr("Citizens hear by themselves"), "event"),
          flag("paused", tr("Automatic messages are paused")),
          number("quiet_from", tr("Quiet from (minutes after midnight)"), {}, -1, 1439),
          number("quiet_to", tr("Quiet until (minutes after midnight)"), {}, -1, 1439),
          number("gap_minutes", tr("Least minutes between two"), {}, -1, 10'080),
          number("per_hour", tr("At most in an hour"), tr("no limit"), -1),
          number("per_day", tr("At most in a day"), tr("no limit"), -1),
          number("digest_minutes", tr("Wait for others (minutes)"), tr("not"), -1, 1440),
          choice("language", tr("Language where none is known"), "language"),
          line("link", tr("Page of a case"), tr("https://…/{number}")),
          line("signature", tr("Signature"), tr("the name of the city"))}},
        {"jurisdiction",
         tr("City"),
         u"go-home"_s,
         {name(), with(choice("time_zone", tr("Time zone"), "zone"), u"UTC"_s),
          choice("manager", tr("City manager"), "staff"),
          number("closing_comment", tr("Least length of a closing comment"), tr("none is needed"), 0, 1000),
          number("dormant_days", tr("Dormant after days"), tr("never"), 14, 3650),
          line("region", tr("Country of telephone numbers"), tr("two letters, like US"))}},
    };
}

QString clockText(int minutes) {
    return u"%1:%2"_s.arg(minutes / 60, 2, 10, QChar(u'0')).arg(minutes % 60, 2, 10, QChar(u'0'));
}

std::optional<int> minutesOf(const QString& text) {
    static const QRegularExpression form(u"^(\\d{1,2}):(\\d{2})$"_s);
    const auto match = form.match(text);
    if (!match.hasMatch() || match.captured(2).toInt() > 59 || match.captured(1).toInt() > 47) return std::nullopt;
    return match.captured(1).toInt() * 60 + match.captured(2).toInt();
}

QString whenWords(const QJsonObject& step) {
    if (const int percent = step.value(u"percent").toInt(); percent != 0)
        return FormWords::tr("%1 % of the time").arg(percent);
    const int minutes = step.value(u"minutes").toInt();
    const auto length = minutes % 60 == 0 ? FormWords::tr("%1 h").arg(std::abs(minutes) / 60)
                                          : FormWords::tr("%1 min").arg(std::abs(minutes));
    return minutes == 0  ? FormWords::tr("when due")
           : minutes < 0 ? FormWords::tr("%1 before due").arg(length)
                         : FormWords::tr("%1 after due").arg(length);
}

}  // namespace

const std::vector<FormKind>& formKinds() {
    static const auto kinds = makeKinds();
    return kinds;
}

void putMember(const FormField& field, const QJsonValue& value, QJsonObject& document) {
    const QLatin1StringView member(field.member);
    const bool nothing = value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty()) ||
                         (value.isArray() && value.toArray().isEmpty()) ||
                         (value.isObject() && value.toObject().isEmpty());
    if (nothing || value == field.usual) document.remove(member);
    else document.insert(member, value);
}

QString memberWords(const FormField& field, const QJsonObject& document, const FormChoices& choices) {
    auto value = document.value(QLatin1StringView(field.member));
    if (field.kind == Kind::When) return whenWords(document);
    if (value.isUndefined()) value = field.usual;
    if (value.isBool()) return value.toBool() ? tr("yes") : QString();
    if (value.isDouble()) return value.toInteger() == 0 ? field.hint : QString::number(value.toInteger());
    if (value.isString())
        return field.kind == Kind::Choice ? choices.nameOf(field.of, value.toString()) : value.toString();
    return {};
}

QString windowsText(const QJsonArray& windows) {
    QStringList words;
    for (const auto one : windows) words << clockText(one[u"from"].toInt()) + u'-' + clockText(one[u"to"].toInt());
    return words.join(u' ');
}

std::optional<QJsonArray> windowsOf(const QString& typed, QString* why) {
    QJsonArray windows;
    for (const auto& word : typed.simplified().split(u' ', Qt::SkipEmptyParts)) {
        const auto ends = word.split(u'-');
        const auto from = minutesOf(ends.front()), to = minutesOf(ends.back());
        if (ends.size() != 2 || !from || !to) {
            *why = tr("Hours are written like 08:30-17:00; past midnight 22:00-30:00: %1").arg(word);
            return std::nullopt;
        }
        windows.append(QJsonObject{{u"from"_s, *from}, {u"to"_s, *to}});
    }
    return windows;
}

}  // namespace wl::ui
