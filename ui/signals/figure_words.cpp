// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signals/figure_words.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>
#include <map>

#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using namespace rules::signals;

struct FigureWords {
    Q_DECLARE_TR_FUNCTIONS(FigureWords)
};
QString tr(const char* text) { return FigureWords::tr(text); }

QString dayWords(Second at, const QTimeZone& zone) {
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(at, zone).date(), u"d MMM yyyy");
}

// Short, as they stand beside a bar.
QString reasonWord(const std::string& code) {
    static const std::map<std::string, const char*> words{
        {"no_address", QT_TRANSLATE_NOOP("FigureWords", "No address")},
        {"not_owner", QT_TRANSLATE_NOOP("FigureWords", "Not its owner")},
        {"do_not_contact", QT_TRANSLATE_NOOP("FigureWords", "Wants no contact")},
        {"no_consent", QT_TRANSLATE_NOOP("FigureWords", "No consent")},
        {"bounced", QT_TRANSLATE_NOOP("FigureWords", "Came back before")},
        {"joined", QT_TRANSLATE_NOOP("FigureWords", "Duplicate case")},
        {"same_text", QT_TRANSLATE_NOOP("FigureWords", "Told already")},
        {"window_closed", QT_TRANSLATE_NOOP("FigureWords", "After 24 hours")},
        {"paused", QT_TRANSLATE_NOOP("FigureWords", "Sending paused")},
        {"rate_day", QT_TRANSLATE_NOOP("FigureWords", "Enough that day")},
        {"merged", QT_TRANSLATE_NOOP("FigureWords", "In a later one")},
        {"template", QT_TRANSLATE_NOOP("FigureWords", "Template fails")}};
    const auto at = words.find(code);
    return at == words.end() ? tr("Another reason") : tr(at->second);
}

bool isFew(const Figure& f) { return !isCount(f.unit) && f.n < kFew; }

}  // namespace

QString figureTitle(FigureKind kind) {
    switch (kind) {
        case FigureKind::Opened: return tr("Cases opened");
        case FigureKind::Closed: return tr("Cases closed");
        case FigureKind::Backlog: return tr("Open cases");
        case FigureKind::Ageing: return tr("Age of open cases");
        case FigureKind::FirstResponse: return tr("First response");
        case FigureKind::WorkDone: return tr("Time until the work is done");
        case FigureKind::TimeToClose: return tr("Time until closed");
        case FigureKind::OnTime: return tr("Done in time");
        case FigureKind::Overdue: return tr("Overdue now");
        case FigureKind::AtRisk: return tr("At risk now");
        case FigureKind::DueSoon: return tr("Due within 24 hours");
        case FigureKind::Oldest: return tr("Oldest open cases by owner");
        case FigureKind::Reopened: return tr("Reopened within 30 days");
        case FigureKind::HandOffs: return tr("Hand-offs");
        case FigureKind::Held: return tr("Time held per department");
        case FigureKind::Workload: return tr("Open work by crew");
        case FigureKind::Duplicates: return tr("Duplicates found");
        case FigureKind::Council: return tr("Council requests");
        case FigureKind::Fairness: return tr("Waiting by neighbourhood");
        case FigureKind::MessagesSent: return tr("Messages sent");
        case FigureKind::MessagesKept: return tr("Messages kept back");
        case FigureKind::HotSpots: return tr("Early patterns");
    }
    return {};
}

QString figureFormula(FigureKind kind) {
    switch (kind) {
        case FigureKind::Opened: return tr("Number of cases requested in the period.");
        case FigureKind::Closed:
            return tr("Number of cases whose closing lies in the period. A case that was reopened counts at its last "
                      "closing, or not at all while it is open.");
        case FigureKind::Backlog:
            return tr("Number of cases requested by the end of the period and not closed then; at the latest now.");
        case FigureKind::Ageing:
            return tr("Median time since the request, over the cases open at the end of the period (at the latest "
                      "now). Bands of age include their lower bound.");
        case FigureKind::FirstResponse:
            return tr("Median time from the request to the first public message that a person wrote, over the cases "
                      "first answered in the period. Automatic receipts do not count.");
        case FigureKind::WorkDone:
            return tr("Median time from the request until the work was done (or the case was closed, where nobody said "
                      "so earlier), over the cases whose work was done in the period.");
        case FigureKind::TimeToClose:
            return tr("Median time from the request to the closing, over the cases closed in the period.");
        case FigureKind::OnTime:
            return tr("In time ÷ (in time + late). A case counts when it is decided: in time when the work is done by "
                      "the due instant, late when the due instant passes, done or not. So open overdue cases count as "
                      "late; the share among finished cases alone stands beside it.");
        case FigureKind::Overdue:
            return tr("Number of open cases whose due instant has passed. Paused clocks are not among them.");
        case FigureKind::AtRisk:
            return tr("Number of cases whose clock runs, is not past its due instant, and has passed its warning or is "
                      "expected by what cases like it took to end late.");
        case FigureKind::DueSoon:
            return tr("Number of cases whose clock runs and whose due instant lies within the next 24 hours.");
        case FigureKind::Oldest: return tr("Greatest time since the request among the open cases of each owner.");
        case FigureKind::Reopened:
            return tr("Closings after which the case was reopened within 30 days ÷ closings, over the closings in the "
                      "period. A closing that was taken back at once is none.");
        case FigureKind::HandOffs:
            return tr("Number of hand-offs that a department accepted in the period, by the department that accepted.");
        case FigureKind::Held:
            return tr("Median time that a department had a case: from its acceptance (or from the request, where the "
                      "case was never handed off) until another accepted it or it was closed, over the times that "
                      "ended in the period.");
        case FigureKind::Workload:
            return tr("Number of open cases of each crew, beside the number of cases that it can do a day.");
        case FigureKind::Duplicates:
            return tr("Further reports put under a case that stood already + cases closed because another stands for "
                      "them, both in the period. Each of them is work that was not done twice.");
        case FigureKind::Council: return tr("Number of cases requested in the period that came from the council.");
        case FigureKind::Fairness:
            return tr("For each service the median time until the work was done in the area ÷ that of the whole city; "
                      "the geometric mean of these ratios, weighted by the city's mix of services, over the services "
                      "with at least 5 cases there. 1 is as the city waits, 2 twice as long. The interval holds the "
                      "ratio 95 times in 100. The figure is that of the area that waits longest.");
        case FigureKind::MessagesSent:
            return tr("Number of messages to citizens that left in the period. Each counts once, when it left first, "
                      "also if it came back later.");
        case FigureKind::MessagesKept:
            return tr(
                "Number of messages that a rule of sending kept back in the period. Each counts once, when it was "
                "kept back first, for the reason of then, also if it left later.");
        case FigureKind::HotSpots:
            return tr(
                "Number of early patterns of the last 14 days of cases that nobody has acknowledged: more faults "
                "of one service in one place, or in the whole city, than its past lets expect. The most surprising "
                "stands first; surprise is minus the logarithm to base 10 of the chance of so many. Always of "
                "now.");
    }
    return {};
}

QString unitValue(Unit unit, double value) {
    const QLocale locale;
    switch (unit) {
        case Unit::Cases:
        case Unit::Messages:
        case Unit::Patterns: return locale.toString(static_cast<qlonglong>(std::llround(value)));
        case Unit::Share: return tr("%1 %").arg(locale.toString(100 * value, 'f', 1));
        case Unit::Hours:
            if (value >= 72) return unitValue(Unit::Days, value / 24);
            return value < 1 ? tr("%1 min").arg(locale.toString(std::lround(value * 60)))
                             : tr("%1 h").arg(locale.toString(value, 'f', 1));
        case Unit::Days:
            return value < 1 ? tr("%1 h").arg(locale.toString(value * 24, 'f', 1))
                             : tr("%1 d").arg(locale.toString(value, 'f', 1));
        case Unit::Ratio: return tr("%1 ×").arg(locale.toString(value, 'f', 2));
    }
    return {};
}

QString figureValue(const Figure& figure) { return figure.empty ? u"–"_s : unitValue(figure.unit, figure.value); }

QString unitWord(Unit unit) {
    switch (unit) {
        case Unit::Cases: return tr("cases");
        case Unit::Messages: return tr("messages");
        case Unit::Patterns: return tr("patterns");
        case Unit::Share: return tr("per cent");
        case Unit::Hours: return tr("hours");
        case Unit::Days: return tr("days");
        case Unit::Ratio: return tr("times the city");
    }
    return {};
}

QString groupLabel(const Figure& f, const FigureGroup& g, const CodeNames& names) {
    const auto code = fromText(g.key);
    if (f.by == By::Band) {
        if (g.key.ends_with('+')) return tr("%1 days and more").arg(code.chopped(1));
        return tr("%1 days").arg(QString(code).replace(u'-', u"–"_s));
    }
    if (f.by == By::Reason) return reasonWord(g.key);
    if (f.by == By::Pattern)
        return g.place.empty() ? tr("%1, whole city").arg(fromText(g.label))
                               : tr("%1, %2").arg(fromText(g.label), names.area(g.place));
    if (g.key.empty()) return f.by == By::Owner ? tr("No owner") : tr("Not set");
    switch (f.by) {
        case By::Area: return names.area(g.key);
        case By::Channel: return channelWord(static_cast<Channel>(g.number));
        case By::Department:
        case By::Service:
        case By::Crew:
        case By::Owner:
        case By::Band:
        case By::Reason:
        case By::Pattern: break;
    }
    return fromText(g.label);
}

QString partWord(const std::string& name) {
    if (name == "p90") return tr("90 in 100 took at most");
    if (name == "oldest") return tr("The oldest");
    if (name == "finished_only") return tr("Among finished cases alone");
    if (name == "open_overdue") return tr("Open and overdue");
    if (name == "closed_without_hand_off") return tr("Closed without any hand-off");
    if (name == "may_still_come_back") return tr("Closed less than 30 days before, may still come back");
    if (name == "further_reports") return tr("Further reports");
    if (name == "written_by_rules") return tr("Written by rules, not by people");
    if (name == "sent_after_all") return tr("Left after having been kept back");
    if (name == "undelivered") return tr("Could not be sent or came back");
    if (name == "share_kept_back") return tr("Of all that left or were kept back");
    if (name == "whole_city") return tr("Of the whole city");
    if (name == "cases_in_patterns") return tr("Cases in them");
    if (name == "closed_as_duplicate") return tr("Closed as duplicates");
    return fromText(name);
}

QString exclusionWord(const std::string& name) {
    if (name == "unanswered") return tr("not answered yet");
    if (name == "unfinished") return tr("not finished yet");
    if (name == "no_target") return tr("without a target");
    if (name == "cancelled") return tr("closed because there was nothing to do");
    if (name == "still_running") return tr("still running in time");
    if (name == "paused") return tr("paused");
    if (name == "before_first_hand_off") return tr("times before a first hand-off");
    if (name == "acknowledged") return tr("acknowledged");
    if (name == "no_area") return tr("without an area");
    return fromText(name);
}

QString seriesWord(const std::string& name) {
    if (name == "opened") return tr("Opened");
    if (name == "closed") return tr("Closed");
    if (name == "open") return tr("Open");
    if (name == "median") return tr("Median");
    if (name == "share") return tr("Share");
    if (name == "sent") return tr("Sent");
    if (name == "kept_back") return tr("Kept back");
    return fromText(name);
}

QString byWord(By by) {
    switch (by) {
        case By::Department: return tr("Department");
        case By::Service: return tr("Service");
        case By::Area: return tr("Area");
        case By::Channel: return tr("Channel");
        case By::Crew: return tr("Crew");
        case By::Owner: return tr("Owner");
        case By::Band: return tr("Age");
        case By::Reason: return tr("Reason");
        case By::Pattern: return tr("Pattern");
    }
    return {};
}

QString periodWords(const Figure& f, const QTimeZone& zone) {
    const auto last = std::min(f.to - 1, f.asOf);
    if (figureSpec(f.kind).standing) return tr("as of %1").arg(dayWords(last, zone));
    const auto from = dayWords(f.from, zone), to = dayWords(std::max(f.from, last), zone);
    return from == to ? from : tr("%1 – %2").arg(from, to);
}

QString countWords(const Figure& f) {
    const QLocale locale;
    if (f.unit == Unit::Share)
        return tr("%1 of %2")
            .arg(locale.toString(static_cast<qlonglong>(f.numerator)),
                 locale.toString(static_cast<qlonglong>(f.denominator)));
    if (isCount(f.unit)) return {};
    return tr("n = %1").arg(locale.toString(static_cast<qlonglong>(f.n)));
}

QString groupValue(const Figure& f, const FigureGroup& g) {
    if (f.kind == FigureKind::Fairness && g.n == 0) return u"–"_s;
    if (f.by == By::Band) return unitValue(Unit::Cases, g.value);
    if (f.by != By::Pattern) return unitValue(f.unit, g.value);
    const QLocale locale;
    return tr("%1 instead of %2")
        .arg(locale.toString(static_cast<qlonglong>(g.numerator)),
             locale.toString(std::max(g.low, 0.1), 'f', g.low < 9.5 ? 1 : 0));
}

QString nothingWords(const Figure& f, bool past) {
    if (f.kind == FigureKind::HotSpots) {
        if (past) return tr("Early patterns are always of now");
        return f.empty ? tr("Looking through the past…") : tr("No open early patterns");
    }
    return f.unit == Unit::Messages ? tr("No messages in this period") : tr("No cases in this period");
}

QString changeWords(const ComparedFigure& c) {
    if (c.now.empty || c.before.empty) return {};
    if (c.now.kind == FigureKind::HotSpots) return {};  // always of now
    if (c.now.kind == FigureKind::AtRisk) return {};  // now counts what is foreseen; of then nobody knows
    if (isFew(c.now) || isFew(c.before)) return tr("Too few cases to compare");
    const auto change = c.now.value - c.before.value;
    const auto before = figureValue(c.before);
    if (change == 0) return tr("= %1 before").arg(before);
    return (change > 0 ? tr("▲ from %1 before") : tr("▼ from %1 before")).arg(before);
}

QString unusualWords(const ExpectedDay& day, const QTimeZone& zone) {
    const QLocale locale;
    return tr("%1: %2 instead of %3")
        .arg(dayWords(day.at, zone), locale.toString(static_cast<qlonglong>(day.value)),
             locale.toString(day.expected, 'f', day.expected < 10 ? 1 : 0));
}

QString cityWords(const ComparedFigure& c) {
    if (!c.city || c.city->empty) return {};
    return tr("City: %1").arg(figureValue(*c.city));
}

}  // namespace wl::ui
