// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/catalogue_form.hpp"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using Kind = FormField::Kind;

struct FormWords {
    Q_DECLARE_TR_FUNCTIONS(CatalogueForm)
};

QString tr(const char* text) { return FormWords::tr(text); }

constexpr std::array<const char16_t*, 7> kDays{u"mon", u"tue", u"wed", u"thu", u"fri", u"sat", u"sun"};

QString clock(int minutes) {
    return u"%1:%2"_s.arg(minutes / 60, 2, 10, QChar(u'0')).arg(minutes % 60, 2, 10, QChar(u'0'));
}
std::optional<int> minutesOf(const QString& text) {
    static const QRegularExpression form(u"^(\\d{1,2}):(\\d{2})$"_s);
    const auto match = form.match(text);
    if (!match.hasMatch() || match.captured(2).toInt() > 59 || match.captured(1).toInt() > 47) return std::nullopt;
    return match.captured(1).toInt() * 60 + match.captured(2).toInt();
}

QString weekText(const QJsonObject& week) {
    QStringList lines;
    for (const auto* day : kDays) {
        const auto name = QString::fromUtf16(day);
        QStringList windows;
        for (const auto one : week.value(name).toArray()) {
            const auto window = one.toObject();
            windows << clock(window.value(u"from").toInt()) + u'-' + clock(window.value(u"to").toInt());
        }
        if (!windows.isEmpty()) lines << name.left(3) + u' ' + windows.join(u' ');
    }
    return lines.join(u'\n');
}

bool readWeek(const QString& typed, QJsonObject& week, QString* why) {
    for (const auto& line : typed.split(u'\n', Qt::SkipEmptyParts)) {
        const auto words = line.simplified().split(u' ');
        QString day;
        for (const auto* name : kDays)
            if (QString::fromUtf16(name).startsWith(words.front().toLower().left(3))) day = QString::fromUtf16(name);
        if (day.isEmpty() || words.front().size() < 3) {
            *why = tr("A line begins with a day, like mon: %1").arg(line);
            return false;
        }
        QJsonArray windows;
        for (const auto& word : words.mid(1)) {
            const auto ends = word.split(u'-');
            const auto from = minutesOf(ends.front()), to = minutesOf(ends.back());
            if (ends.size() != 2 || !from || !to) {
                *why = tr("Hours are written like 08:30-17:00; past midnight 22:00-30:00: %1").arg(word);
                return false;
            }
            windows.append(QJsonObject{{u"from"_s, *from}, {u"to"_s, *to}});
        }
        if (!windows.isEmpty()) week.insert(day, windows);
    }
    return true;
}

QString stepsText(const QJsonArray& steps) {
    QStringList lines;
    for (const auto one : steps) {
        const auto step = one.toObject();
        auto line = step.contains(u"percent") ? u"%1%"_s.arg(step.value(u"percent").toInt())
                                              : u"%1%2"_s.arg(step.value(u"minutes").toInt() < 0 ? u""_s : u"+"_s)
                                                    .arg(step.value(u"minutes").toInt());
        line += u' ' + step.value(u"to").toString();
        if (step.contains(u"repeat_minutes")) line += u" every %1"_s.arg(step.value(u"repeat_minutes").toInt());
        lines << line;
    }
    return lines.join(u'\n');
}

bool readSteps(const QString& typed, QJsonArray& steps, QString* why) {
    static const QRegularExpression form(u"^(?:(\\d+)%|([+-]\\d+)) +([\\w.\\-]+)(?: +every +(\\d+))?$"_s);
    for (const auto& line : typed.split(u'\n', Qt::SkipEmptyParts)) {
        const auto match = form.match(line.simplified());
        if (!match.hasMatch()) {
            *why = tr("A step is like “75% owner” or “+480 department_head every 2880” (minutes): %1").arg(line);
            return false;
        }
        QJsonObject step{{u"to"_s, match.captured(3)}};
        if (!match.captured(1).isEmpty()) step.insert(u"percent"_s, match.captured(1).toInt());
        else step.insert(u"minutes"_s, match.captured(2).toInt());
        if (!match.captured(4).isEmpty()) step.insert(u"repeat_minutes"_s, match.captured(4).toInt());
        steps.append(step);
    }
    return true;
}

QString pairsText(const QJsonArray& list, const QStringList& members) {
    QStringList lines;
    for (const auto one : list) {
        QStringList words;
        for (const auto& member : members) words << one.toObject().value(member).toString();
        lines << words.join(u' ').trimmed();
    }
    return lines.join(u'\n');
}

// The last member takes the rest of the line.
QJsonArray readPairs(const QString& typed, const QStringList& members) {
    QJsonArray list;
    for (const auto& line : typed.split(u'\n', Qt::SkipEmptyParts)) {
        QJsonObject one;
        const auto simple = line.simplified();
        for (qsizetype i = 0; i < members.size(); ++i) {
            const auto part = i + 1 < members.size() ? simple.section(u' ', i, i) : simple.section(u' ', i);
            if (!part.isEmpty()) one.insert(members[i], part);
        }
        list.append(one);
    }
    return list;
}

bool readTarget(const QString& typed, QJsonObject& target, QString* why) {
    const auto words = typed.simplified().split(u' ');
    bool number = false;
    const int amount = words.front().toInt(&number);
    static const QStringList units{u"business_minutes"_s, u"business_days"_s, u"calendar_minutes"_s,
                                   u"calendar_days"_s};
    const auto unit = words.size() > 1 ? words[1] : QString();
    if (!number || amount < 1 || words.size() != 2 || !units.contains(unit)) {
        *why = tr("A target is like “5 business_days”; units: %1").arg(units.join(u", "_s));
        return false;
    }
    target = {{u"amount"_s, amount}};
    if (unit != units.front()) target.insert(u"unit"_s, unit);
    return true;
}

std::vector<FormKind> makeKinds() {
    const auto name = [] { return FormField{"name", tr("Name")}; };
    const auto hours = tr("mon 08:30-12:00 13:00-17:00, one day a line; past midnight 22:00-30:00");
    const auto target = tr("like 5 business_days, 480 business_minutes, 36 …; empty: none");
    return {
        {"service",
         tr("Services"),
         u"view-list-details"_s,
         {name(),
          {"group", tr("Group")},
          {"description", tr("Description"), Kind::Text},
          {"department", tr("Department"), Kind::Choice, "department"},
          {"priority", tr("Priority"), Kind::Line, nullptr, tr("low, normal, high, urgent")},
          {"keywords", tr("Keywords"), Kind::List},
          {"notice", tr("What the caller is told"), Kind::Text},
          {"attributes", tr("Questions"), Kind::Json, nullptr, tr("The Open311 attributes, as JSON")},
          {"icon", tr("Icon")},
          {"staff_only", tr("For staff only"), Kind::Flag},
          {"confidential", tr("Confidential"), Kind::Flag},
          {"active", tr("Offered"), Kind::Flag}}},
        {"department",
         tr("Departments"),
         u"view-bank"_s,
         {name(),
          {"calendar", tr("Calendar"), Kind::Choice, "calendar"},
          {"head", tr("Head"), Kind::Choice, "staff"},
          {"accept_minutes", tr("Minutes to accept a hand-off"), Kind::Number}}},
        {"crew",
         tr("Crews"),
         u"system-users"_s,
         {name(),
          {"department", tr("Department"), Kind::Choice, "department"},
          {"lead", tr("Lead"), Kind::Choice, "staff"},
          {"capacity", tr("Cases a day"), Kind::Number},
          {"areas", tr("Areas"), Kind::List},
          {"services", tr("Services"), Kind::List},
          {"skills", tr("Skills"), Kind::List}}},
        {"staff",
         tr("Staff"),
         u"user"_s,
         {name(),
          {"department", tr("Department"), Kind::Choice, "department"},
          {"crew", tr("Crew"), Kind::Choice, "crew"},
          {"role", tr("Role"), Kind::Line, nullptr, tr("agent, dispatcher, crew, supervisor, manager")},
          {"skills", tr("Skills"), Kind::List},
          {"capacity", tr("Open cases at a time"), Kind::Number},
          {"away_from", tr("Away from"), Kind::Line, nullptr, u"2026-12-24"_s},
          {"away_until", tr("Away until"), Kind::Line, nullptr, u"2027-01-02"_s},
          {"substitute", tr("Substitute"), Kind::Choice, "staff"},
          {"active", tr("Works here"), Kind::Flag}}},
        {"calendar",
         tr("Calendars"),
         u"view-calendar"_s,
         {name(),
          {"time_zone", tr("Time zone")},
          {"week", tr("Hours"), Kind::Week, nullptr, hours},
          {"holidays", tr("Holidays"), Kind::Days, nullptr, tr("2026-12-25 Christmas Day, one a line")},
          {"closures", tr("Closures"), Kind::Closures, nullptr, u"2026-02-01T12:00 2026-02-02T08:00 Storm"_s}}},
        {"policy",
         tr("Targets"),
         u"chronometer"_s,
         {name(),
          {"service", tr("Service"), Kind::Choice, "service"},
          {"group", tr("Group")},
          {"department", tr("Department"), Kind::Choice, "department"},
          {"crew", tr("Crew"), Kind::Choice, "crew"},
          {"priority", tr("Priority")},
          {"area", tr("Area")},
          {"calendar", tr("Calendar"), Kind::Choice, "calendar"},
          {"acknowledge", tr("Acknowledge"), Kind::Target, nullptr, target},
          {"respond", tr("First answer"), Kind::Target, nullptr, target},
          {"next_response", tr("Next answer"), Kind::Target, nullptr, target},
          {"resolve", tr("Work done"), Kind::Target, nullptr, target},
          {"close", tr("Close"), Kind::Target, nullptr, target},
          {"warn_percent", tr("At risk from percent"), Kind::Number},
          {"valid_from", tr("For requests from"), Kind::Line, nullptr, u"2026-01-01T00:00:00Z"_s}}},
        {"pause_reason",
         tr("Pause reasons"),
         u"media-playback-pause"_s,
         {name(),
          {"stops_clock", tr("Stops the clock"), Kind::Flag},
          {"max_minutes", tr("Longest, in minutes"), Kind::Number},
          {"needs_wake_up", tr("Needs a wake-up date"), Kind::Flag},
          {"roles", tr("Only for roles"), Kind::List},
          {"fallback", tr("Goes on as"), Kind::Line, nullptr, tr("in_progress, assigned, acknowledged …")}}},
        {"routing_rule",
         tr("Routing"),
         u"distribute-graph"_s,
         {name(),
          {"order", tr("Order"), Kind::Number},
          {"services", tr("Services"), Kind::List},
          {"groups", tr("Groups"), Kind::List},
          {"areas", tr("Areas"), Kind::List},
          {"priorities", tr("Priorities"), Kind::List},
          {"channels", tr("Channels"), Kind::List},
          {"words", tr("Words, any of"), Kind::List},
          {"calendar", tr("Calendar"), Kind::Choice, "calendar"},
          {"when", tr("When"), Kind::Line, nullptr, tr("open or closed, by that calendar")},
          {"skill", tr("Skill")},
          {"department", tr("Department"), Kind::Choice, "department"},
          {"crew", tr("Crew"), Kind::Choice, "crew"},
          {"owner", tr("Owner"), Kind::Line, nullptr, tr("round_robin, least_loaded or a staff code")},
          {"alarm", tr("Catch-all with an alarm"), Kind::Flag},
          {"active", tr("In force"), Kind::Flag}}},
        {"escalation",
         tr("Escalation"),
         u"dialog-warning"_s,
         {name(),
          {"target", tr("Of which target"), Kind::Line, nullptr,
           tr("acknowledge, respond, next_response, resolve, close")},
          {"steps", tr("Steps"), Kind::Steps, nullptr, tr("75% owner; +480 department_head every 2880; one a line")},
          {"service", tr("Service"), Kind::Choice, "service"},
          {"group", tr("Group")},
          {"department", tr("Department"), Kind::Choice, "department"},
          {"priority", tr("Priority")},
          {"calendar", tr("Only within the hours of"), Kind::Choice, "calendar"},
          {"valid_from", tr("Steps from"), Kind::Line, nullptr, u"2026-01-01T00:00:00Z"_s}}},
    };
}

}  // namespace

const std::vector<FormKind>& formKinds() {
    static const auto kinds = makeKinds();
    return kinds;
}

QString memberText(const FormField& field, const QJsonObject& document) {
    const auto value = document.value(QLatin1StringView(field.member));
    if (value.isUndefined()) return {};
    switch (field.kind) {
        case Kind::Line:
        case Kind::Text:
        case Kind::Choice: return value.toString();
        case Kind::Number: return QString::number(value.toInteger());
        case Kind::Flag: return value.toBool() ? u"true"_s : u"false"_s;
        case Kind::List: {
            QStringList words;
            for (const auto one : value.toArray()) words << one.toString();
            return words.join(u", "_s);
        }
        case Kind::Target:
            return u"%1 %2"_s.arg(value[u"amount"].toInteger()).arg(value[u"unit"].toString(u"business_minutes"_s));
        case Kind::Week: return weekText(value.toObject());
        case Kind::Days: return pairsText(value.toArray(), {u"date"_s, u"name"_s});
        case Kind::Closures: return pairsText(value.toArray(), {u"from"_s, u"to"_s, u"name"_s});
        case Kind::Steps: return stepsText(value.toArray());
        case Kind::Json: return QString::fromUtf8(QJsonDocument(value.toArray()).toJson());
    }
    return {};
}

bool setMember(const FormField& field, const QString& typed, QJsonObject& document, QString* why) {
    const QLatin1StringView member(field.member);
    const auto text = typed.trimmed();
    if (text.isEmpty()) {
        document.remove(member);
        return true;
    }
    switch (field.kind) {
        case Kind::Line:
        case Kind::Text:
        case Kind::Choice: document.insert(member, text); return true;
        case Kind::Number: {
            bool number = false;
            const auto value = text.toLongLong(&number);
            if (!number) {
                *why = tr("A whole number is wanted");
                return false;
            }
            document.insert(member, value);
            return true;
        }
        case Kind::Flag: document.insert(member, text == u"true"_s); return true;
        case Kind::List: {
            QJsonArray list;
            for (const auto& word : text.split(u',', Qt::SkipEmptyParts))
                if (!word.trimmed().isEmpty()) list.append(word.trimmed());
            document.insert(member, list);
            return true;
        }
        case Kind::Target: {
            QJsonObject target;
            if (!readTarget(text, target, why)) return false;
            document.insert(member, target);
            return true;
        }
        case Kind::Week: {
            QJsonObject week;
            if (!readWeek(text, week, why)) return false;
            document.insert(member, week);
            return true;
        }
        case Kind::Days: document.insert(member, readPairs(text, {u"date"_s, u"name"_s})); return true;
        case Kind::Closures: document.insert(member, readPairs(text, {u"from"_s, u"to"_s, u"name"_s})); return true;
        case Kind::Steps: {
            QJsonArray steps;
            if (!readSteps(text, steps, why)) return false;
            document.insert(member, steps);
            return true;
        }
        case Kind::Json: {
            QJsonParseError error;
            const auto parsed = QJsonDocument::fromJson(text.toUtf8(), &error);
            if (!parsed.isArray()) {
                *why = tr("This is no JSON list: %1").arg(error.errorString());
                return false;
            }
            document.insert(member, parsed.array());
            return true;
        }
    }
    return false;
}

}  // namespace wl::ui
