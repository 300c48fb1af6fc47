// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signals/report.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QMarginsF>
#include <QPageLayout>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>

#include <algorithm>

#include "engine/signals/signal_text.hpp"
#include "ui/kit/theme.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/signals/tile_chart.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;
using namespace rules::signals;

namespace {

struct Report {
    Q_DECLARE_TR_FUNCTIONS(Report)
};
QString tr(const char* text) { return Report::tr(text); }

constexpr QSize kChart{660, 190};
constexpr std::size_t kMostGroups = 12;

Instant startOf(const QDate& day, const QTimeZone& zone) { return {day.startOfDay(zone).toMSecsSinceEpoch()}; }

QString spanWords(const engine::SignalScope& scope, const QTimeZone& zone) {
    const QLocale locale;
    const auto day = [&](Instant at) {
        return locale.toString(QDateTime::fromMSecsSinceEpoch(at.ms, zone).date(), u"d MMMM yyyy"_s);
    };
    const auto from = day(scope.from), to = day(scope.to - Millis{1});
    return from == to ? from : tr("%1 to %2").arg(from, to);
}

QString cell(const QString& words, bool right = false) {
    return u"<td%1 style='padding:1px 10px 1px 0'>%2</td>"_s.arg(right ? u" align='right'"_s : QString(),
                                                                 words.toHtmlEscaped());
}

QString groupTable(const Figure& f, const CodeNames& names) {
    const bool share = f.unit == Unit::Share, fair = f.kind == FigureKind::Fairness;
    const bool median = f.unit == Unit::Days || f.unit == Unit::Hours;
    QString rows;
    for (std::size_t i = 0; i < std::min(f.groups.size(), kMostGroups); ++i) {
        const auto& g = f.groups[i];
        const auto n = QLocale().toString(static_cast<qlonglong>(g.n));
        auto line = cell(groupLabel(f, g, names)) + cell(groupValue(f, g), true);
        if (share) line += cell(tr("%1 of %2").arg(QLocale().toString(static_cast<qlonglong>(g.numerator)), n), true);
        else if (!isCount(f.unit) && f.by != By::Band) line += cell(tr("n = %1").arg(n), true);
        if (median && f.by != By::Band) line += cell(tr("90 in 100 by %1").arg(unitValue(f.unit, g.p90)), true);
        if (fair && g.n > 0)
            line += cell(
                tr("between %1 and %2").arg(QLocale().toString(g.low, 'f', 2), QLocale().toString(g.high, 'f', 2)));
        if (g.few && !isCount(f.unit)) line += cell(tr("too few to compare"));
        rows += u"<tr>%1</tr>"_s.arg(line);
    }
    if (f.groups.size() > kMostGroups)
        rows += u"<tr>%1</tr>"_s.arg(
            cell(Report::tr("and %Ln more", nullptr, static_cast<int>(f.groups.size() - kMostGroups))));
    return u"<table cellspacing='0'>%1</table>"_s.arg(rows);
}

QImage chartOf(const ComparedFigure& figure, TileChart::Mode mode, const CodeNames& names) {
    TileChart chart(nullptr);
    chart.setPalette(lightPalette());
    chart.setAttribute(Qt::WA_DontShowOnScreen);
    chart.resize(kChart);
    chart.show(figure, mode, names, {});
    chart.QWidget::show();
    QImage image(2 * kChart, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2);
    image.fill(Qt::white);
    chart.render(&image);
    return image;
}

engine::SignalScope monthBefore(engine::SignalScope scope, const QTimeZone& zone) {
    const auto first = QDateTime::fromMSecsSinceEpoch(scope.from.ms, zone).date();
    scope.to = scope.from;
    scope.from = startOf(first.addMonths(-1), zone);
    scope.asOf = scope.to - Millis{1};
    return scope;
}

}  // namespace

ReportPlan planOf(ReportKind kind, Instant now, const std::string& department, const CodeNames& names) {
    using K = FigureKind;
    const auto& zone = names.zone();
    const auto today = QDateTime::fromMSecsSinceEpoch(now.ms, zone).date();
    ReportPlan plan;
    QDate from, to;
    switch (kind) {
        case ReportKind::Daily:
            from = today.addDays(-1), to = today;
            plan.title = tr("Daily briefing");
            plan.file = u"briefing-"_s + from.toString(Qt::ISODate);
            plan.kinds = {K::Opened,  K::Closed, K::Backlog,       K::Ageing, K::Overdue,   K::AtRisk,
                          K::DueSoon, K::OnTime, K::FirstResponse, K::Oldest, K::Duplicates};
            break;
        case ReportKind::Weekly:
            to = today.addDays(1 - today.dayOfWeek()), from = to.addDays(-7);
            plan.title =
                department.empty() ? tr("Weekly report") : tr("Weekly report: %1").arg(names.department(department));
            plan.file = u"week-"_s + from.toString(Qt::ISODate) +
                        (department.empty() ? QString() : u'-' + fromText(department));
            plan.kinds = {K::Opened,   K::Closed,   K::Backlog,  K::Ageing, K::OnTime,   K::FirstResponse,
                          K::WorkDone, K::Reopened, K::HandOffs, K::Held,   K::Workload, K::Oldest};
            if (!department.empty()) plan.scope.departments = {department};
            break;
        case ReportKind::Monthly:
            to = QDate(today.year(), today.month(), 1), from = to.addMonths(-1);
            plan.title = tr("Monthly report to the council");
            plan.file = u"council-"_s + from.toString(u"yyyy-MM"_s);
            plan.kinds = {K::Opened,      K::Closed,   K::Backlog,    K::OnTime,   K::FirstResponse,
                          K::TimeToClose, K::Reopened, K::Duplicates, K::Fairness, K::Council};
            break;
    }
    plan.scope.from = startOf(from, zone);
    plan.scope.to = startOf(to, zone);
    plan.scope.asOf = plan.scope.to - Millis{1};
    plan.before = plan.scope;
    if (kind == ReportKind::Monthly) {
        plan.before = monthBefore(plan.scope, zone);
    } else {
        plan.before.to = plan.scope.from;
        plan.before.from = startOf(from.addDays(-from.daysTo(to)), zone);
        plan.before.asOf = plan.before.to - Millis{1};
    }
    plan.subtitle = spanWords(plan.scope, zone);
    return plan;
}

ReportPlan planOf(const SignalsFeed& feed, const std::vector<FigureKind>& kinds, const engine::SignalScope& before,
                  const CodeNames& names) {
    ReportPlan plan;
    plan.title = tr("Figures");
    plan.kinds = kinds;
    plan.scope = feed.fullScope();
    plan.before = before;
    plan.subtitle = spanWords(plan.scope, names.zone());
    for (const auto& code : plan.scope.departments) plan.subtitle += u" · "_s + names.department(code);
    for (const auto& code : plan.scope.services) plan.subtitle += u" · "_s + names.service(code);
    for (const auto& code : plan.scope.areas) plan.subtitle += u" · "_s + names.area(code);
    const auto first = QDateTime::fromMSecsSinceEpoch(plan.scope.from.ms, names.zone()).date();
    plan.file = u"figures-"_s + first.toString(Qt::ISODate);
    return plan;
}

void askReport(ConsoleBridge& bridge, const ReportPlan& plan, QObject* context,
               std::function<void(const Result<ReportFigures>&)> answer) {
    std::vector<engine::SignalQuestion> questions;
    for (const auto kind : plan.kinds) {
        questions.push_back({kind, plan.scope, {}, false, {}});
        questions.push_back({kind, plan.before, {}, false, {}});
    }
    bridge.figures(std::move(questions), 0, context,
                   [answer = std::move(answer)](const Result<engine::FiguresPtr>& got) {
                       if (!got) return answer(std::unexpected(got.error()));
                       ReportFigures out;
                       for (std::size_t i = 0; i + 1 < (*got)->size(); i += 2)
                           out.push_back({(**got)[i], (**got)[i + 1], {}});
                       answer(std::move(out));
                   });
}

std::unique_ptr<QTextDocument> reportDocument(const ReportPlan& plan, const ReportFigures& figures,
                                              const CodeNames& names, Instant now) {
    auto document = std::make_unique<QTextDocument>();
    const auto city = fromText(names.catalogue().jurisdiction().name);
    QString html = u"<h1>%1</h1><p>%2</p>"_s.arg(plan.title.toHtmlEscaped(), plan.subtitle.toHtmlEscaped());
    html += u"<p style='color:#555'>%1</p>"_s.arg(
        tr("%1 · made %2 · as things stood %3")
            .arg(city.isEmpty() ? tr("The service desk") : city, absoluteWords(now, names.zone()),
                 absoluteWords(plan.scope.asOf ? plan.scope.asOf : now, names.zone()))
            .toHtmlEscaped());
    // First everything on one page, then each with how it was made.
    html += u"<table cellspacing='0' width='100%'>"_s;
    for (const auto& one : figures) {
        const auto change = changeWords(one);
        html += u"<tr>%1%2%3%4</tr>"_s.arg(cell(figureTitle(one.now.kind)), cell(figureValue(one.now), true),
                                           cell(countWords(one.now), true), cell(change));
    }
    html += u"</table>"_s;
    int nth = 0;
    for (const auto& one : figures) {
        const auto& f = one.now;
        html += u"<h2>%1: %2</h2>"_s.arg(figureTitle(f.kind).toHtmlEscaped(), figureValue(f).toHtmlEscaped());
        html += u"<p style='color:#555'>%1 %2</p>"_s.arg(figureFormula(f.kind).toHtmlEscaped(),
                                                         periodWords(f, names.zone()).toHtmlEscaped());
        QStringList beside;
        for (const auto& e : f.exclusions)
            if (e.n > 0)
                beside << tr("%1 %2").arg(QLocale().toString(static_cast<qlonglong>(e.n)), exclusionWord(e.name));
        if (!beside.isEmpty())
            html +=
                u"<p style='color:#555'>%1</p>"_s.arg(tr("Not counted: %1.").arg(beside.join(u", "_s)).toHtmlEscaped());
        const bool overTime = TileChart::has(f, TileChart::Mode::Time) && f.series.front().points.size() > 2;
        if (f.n > 0 && overTime) {
            const auto url = u"chart:%1"_s.arg(++nth);
            document->addResource(QTextDocument::ImageResource, QUrl(url), chartOf(one, TileChart::Mode::Time, names));
            html += u"<p><img src='%1' width='%2' height='%3'></p>"_s.arg(url).arg(kChart.width()).arg(kChart.height());
        }
        html += f.groups.empty() ? u"<p>%1</p>"_s.arg(nothingWords(f, bool(plan.scope.asOf)).toHtmlEscaped())
                                 : groupTable(f, names);
    }
    QFont body = document->defaultFont();
    body.setPointSizeF(9);
    document->setDefaultFont(body);
    document->setDefaultStyleSheet(
        u"h1{font-size:18pt;margin:0} h2{font-size:12pt;margin:14px 0 2px 0} p{margin:2px 0}"_s);
    document->setHtml(html);
    return document;
}

std::string reportCsv(const ReportFigures& figures, const TimeZone& zone) {
    std::vector<Figure> all;
    for (const auto& one : figures) all.push_back(one.now);
    return engine::figuresCsv(all, zone);
}

bool writePdf(QTextDocument& document, const QString& path) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    {
        QPdfWriter writer(&file);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout::Millimeter);
        writer.setTitle(document.metaInformation(QTextDocument::DocumentTitle));
        document.print(&writer);
    }
    return file.commit();
}

bool writeText(const std::string& text, const QString& path) {
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    return file.open(QIODevice::WriteOnly) && file.write(text.data(), size) == size && file.commit();
}

}  // namespace wl::ui
