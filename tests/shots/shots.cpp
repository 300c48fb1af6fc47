// SPDX-License-Identifier: GPL-3.0-or-later
// wardline_shots OUTDIR: draws every perspective and dialog of the console from the demo city, in light and dark, for
// a person to look at.
#include <QTabWidget>
#include <QTableWidget>
#include <source_location>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QQuickWindow>
#include <QScrollBar>
#include <QScrollArea>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTextDocument>
#include <QTest>
#include <QTranslator>

#include <cmath>
#include <cstdio>

#include "app/console.hpp"
#include "engine/demo/demo_catalogue.hpp"
#include "engine/demo/demo_replica.hpp"
#include "ui/admin/basemap_dialog.hpp"
#include "ui/admin/catalogue_dialog.hpp"
#include "ui/admin/holiday_dialog.hpp"
#include "ui/admin/import_wizard.hpp"
#include "ui/case/explain_dialog.hpp"
#include "ui/dispatch/job_dialog.hpp"
#include "ui/dispatch/jobs_dialog.hpp"
#include "ui/dispatch/patterns_dialog.hpp"
#include "ui/kit/theme.hpp"
#include "ui/map/map_widget.hpp"
#include "ui/outbox/outbox_dialog.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/queue/view_dialog.hpp"
#include "ui/shell/command_palette.hpp"
#include "ui/citizen/merge_dialog.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/shell/side_pane.hpp"
#include "ui/shell/start_page.hpp"
#include "ui/signals/figure_dialog.hpp"
#include "ui/signals/signals_panel.hpp"
#include "ui/sync/conflicts_dialog.hpp"
#include "ui/sync/consoles_dialog.hpp"
#include "ui/sync/join_dialog.hpp"
#include "ui/sync/shut_out_dialog.hpp"
#include "ui/wall/wall_window.hpp"

namespace {

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;

constexpr QSize kDesk{1440, 900};
constexpr int kLongest = 60'000;  // ms

class Studio final {
public:
    Studio(engine::Engine& engine, Theme& theme, QDir out, const std::filesystem::path& folder)
        : m_engine(engine), m_theme(theme), m_out(std::move(out)), m_folder(folder) {}

    /// `only` = "map", "time" or "signals": the pictures of the map, of looking back, or of figures, alone.
    bool drawAll(const QString& only) {
        for (const auto choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            m_theme.setChoice(choice);
            m_suffix = choice == ThemeChoice::Light ? u"-light"_s : u"-dark"_s;
            drawDesk(only);
            if (only.isEmpty()) drawStart();
        }
        return m_ok;
    }

private:
    void need(bool good, std::source_location where = std::source_location::current()) {
        if (good) return;
        std::fprintf(stderr, "shots: line %u of %s does not hold\n", where.line(), where.file_name());
        m_ok = false;
    }

    void drawTime(MainWindow& window) {
        auto& travel = window.travel();
        window.actions().lookBack->trigger();
        travel.setReach(TimeTravel::Reach::Week);
        need(QTest::qWaitFor([&] { return travel.isReady(); }, kLongest));
        travel.go(travel.to() - std::chrono::hours(60));
        shoot(window, u"looking-back"_s);
        window.actions().signalsPerspective->trigger();
        shoot(window, u"looking-back-signals"_s);
        window.actions().deskPerspective->trigger();
        window.actions().timeNow->trigger();
    }

    void drawSignals(MainWindow& window, ConsoleBridge& bridge) {
        window.actions().signalsPerspective->trigger();
        shoot(window, u"signals"_s);
        if (auto* board = window.findChild<QScrollArea*>(u"signalsBoard"_s)) {
            board->verticalScrollBar()->setValue(board->verticalScrollBar()->maximum());
            shoot(window, u"signals-below"_s);
            board->verticalScrollBar()->setValue(0);
        }
        if (auto* figures = window.findChild<SignalsPanel*>()) {
            for (const auto& [kind, name] : {std::pair{FigureKind::OnTime, u"figure-on-time"_s},
                                             std::pair{FigureKind::Fairness, u"figure-fairness"_s},
                                             std::pair{FigureKind::MessagesKept, u"figure-kept-back"_s},
                                             std::pair{FigureKind::HotSpots, u"figure-hotspots"_s}}) {
                figures->openFigure(kind);
                if (auto* dialog = figures->findChild<FigureDialog*>()) {
                    need(QTest::qWaitFor([&] { return figures->isSettled(); }, kLongest));
                    shoot(*dialog, name);
                    dialog->close();
                    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
                }
            }
            drawReport(bridge, figures->names());
            figures->openReport();
            if (auto* dialog = figures->findChild<ReportDialog*>()) {
                shoot(*dialog, u"report"_s);
                dialog->close();
                QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            }
        }
    }

    void drawDesk(const QString& only) {
        auto reader = m_engine.openReader();
        if (!reader) {
            m_ok = false;
            return;
        }
        ConsoleBridge bridge(m_engine, std::move(*reader));
        MainWindow window(bridge, m_theme, m_folder);
        window.resize(kDesk);
        window.show();
        auto* side = window.findChild<SidePane*>();
        auto* bar = window.findChild<FilterBar*>();
        window.showQueue(u"open"_s);
        if (only == u"map") return drawMap(window);
        if (only == u"time") return drawTime(window);
        if (only == u"signals") return drawSignals(window, bridge);
        shoot(window, u"desk"_s);

        window.showQueue(u"breached"_s);
        engine::CaseFilter filter;
        filter.statuses = {Status::New, Status::Assigned, Status::InProgress};
        filter.priorities = {Priority::High, Priority::Urgent};
        bar->setFilter(filter);
        shoot(window, u"filters"_s);
        filter.text = "zzz";
        bar->setFilter(filter);
        shoot(window, u"empty"_s);
        bar->clearAll();

        window.showQueue(u"open"_s);
        window.openSearch();
        shoot(window, u"palette"_s);
        window.openSearch(u"street"_s);
        const auto* palette = window.findChild<CommandPalette*>();
        need(QTest::qWaitFor([&] { return palette->isSettled(); }, kLongest));
        shoot(window, u"search"_s);
        window.findChild<CommandPalette*>()->hide();

        drawMap(window);
        drawTime(window);

        side->beginIntake();
        shoot(window, u"intake"_s);

        m_theme.setDensity(Density::Comfortable);
        window.actions().mapBeside->setChecked(true);
        shoot(window, u"beside"_s);
        window.actions().mapBeside->setChecked(false);
        m_theme.setDensity(Density::Compact);

        window.actions().dispatchPerspective->trigger();
        shoot(window, u"dispatch"_s);
        drawSignals(window, bridge);
        window.actions().deskPerspective->trigger();

        window.actions().administration->trigger();
        if (auto* admin = window.findChild<CatalogueDialog*>()) {
            for (const auto& kind : admin->kinds()) {
                admin->showKind(kind);
                shoot(*admin, u"admin-"_s + kind);
            }
            admin->close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        engine::CaseQuery late;
        late.filter.sla = {SlaState::Breached};
        if (const auto found = m_engine.queryAndWait(late); found && !(*found)->keys.empty()) {
            window.openCase((*found)->keys.front());
            window.findChild<QAction*>(u"caseExplain"_s)->trigger();
            auto* dialog = window.findChild<ExplainDialog*>();
            need(dialog != nullptr);
            if (dialog) {
                shoot(*dialog, u"explain"_s);
                dialog->close();
            }
        }

        // Somebody with many cases, who has another record too, and a fault that several reported.
        engine::CaseQuery any;
        any.filter.open = true;
        if (const auto found = m_engine.queryAndWait(any); found && !(*found)->keys.empty()) {
            const auto key = (*found)->keys.front();
            const auto detail = bridge.reader().detail(key);
            const auto* person = detail ? std::get_if<EntityId>(&detail->state.value(CaseField::Requester)) : nullptr;
            const auto view = person ? bridge.reader().person(*person)
                                     : Result<store::PersonView>(fail(ErrorKind::NotFound, "person"));
            if (view) {
                engine::OpenPerson again;
                for (const auto field : {PersonField::Name, PersonField::Address})
                    again.fields.set(field, view->state.text(field));
                again.contacts.push_back({ContactKind::Email, "another@example.org", {}});
                const auto other = m_engine.submitAndWait(engine::Command{again});
                engine::AddReport report;
                report.target.key = key;
                report.reporter.fields.set(PersonField::Name, std::string("Jo Example"));
                report.body = "It is in front of our door too";
                need(other && m_engine.submitAndWait(engine::Command{report}));
            }
            window.openCase(key);
            shoot(window, u"incident"_s);
            if (view) {
                side->showPerson(view->state.id);
                need(QTest::qWaitFor([&] { return side->findChild<QWidget*>(u"likelyRecords"_s)->isVisible(); },
                                     kLongest));
                shoot(window, u"citizen"_s);
                side->findChild<QTabWidget*>(u"citizenTabs"_s)->setCurrentIndex(1);
                shoot(window, u"citizen-timeline"_s);
            }
            window.actions().duplicateCitizens->trigger();
            if (auto* dialog = window.findChild<MergeDialog*>()) {
                need(QTest::qWaitFor([&] { return dialog->findChild<QTableWidget*>(u"mergePairs"_s)->rowCount() > 0; },
                                     kLongest));
                shoot(*dialog, u"merge"_s);
                dialog->close();
                QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            }
        }

        window.actions().jobs->trigger();
        window.actions().patterns->trigger();
        if (auto* patterns = window.findChild<PatternsDialog*>()) {
            need(QTest::qWaitFor([&] { return !patterns->findChild<QLabel*>(u"patternsState"_s)->text().isEmpty(); },
                                 kLongest));
            shoot(*patterns, u"patterns"_s);
            patterns->close();
        }
        window.actions().basemap->trigger();
        if (auto* basemap = window.findChild<BasemapDialog*>()) {
            shoot(*basemap, u"basemap"_s);
            basemap->close();
        }
        for (const QSize size : {QSize(1920, 1080), QSize(3840, 2160)}) {
            auto& wall = window.openWall();
            auto settings = wall.settings();
            settings.theme = m_suffix == u"-dark"_s ? WallTheme::Dark : WallTheme::Light;
            settings.tour = false;
            wall.setSettings(settings);
            wall.showNormal();
            wall.resize(size);
            need(QTest::qWaitFor([&] { return wall.isSettled(); }, kLongest));
            shoot(wall, u"wall-%1"_s.arg(size.height()));
            wall.close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        if (auto* jobs = window.findChild<JobsDialog*>()) {
            shoot(*jobs, u"jobs"_s);
            jobs->close();
        }
        window.actions().outbox->trigger();
        if (auto* outbox = window.findChild<OutboxDialog*>()) {
            shoot(*outbox, u"outbox"_s);
            outbox->close();
        }
        window.actions().saveView->trigger();
        if (auto* view = window.findChild<ViewDialog*>()) {
            shoot(*view, u"save-view"_s);
            view->close();
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        rules::Job job;
        job.title = "Potholes on Grand Avenue, 8 cases";
        job.department = "public_works";
        JobDialog work(bridge, job, std::vector<CaseKey>(8), &window);
        work.show();
        shoot(work, u"job"_s);
        work.close();
        HolidayDialog holidays(u"America/New_York"_s, 2026, &window);
        holidays.show();
        shoot(holidays, u"holidays"_s);
        holidays.close();

        window.openImport();
        if (auto* wizard = window.findChild<ImportWizard*>()) {
            shoot(*wizard, u"import"_s);
            wizard->close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }

        window.openConsoles();
        if (auto* dialog = window.findChild<ConsolesDialog*>()) {
            dialog->show(city());
            shoot(*dialog, u"consoles"_s);
            ShutOutDialog out(bridge, city().consoles[1]);
            out.show();
            shoot(out, u"shut-out"_s);
            dialog->close();
        }
        window.openConflicts();
        if (auto* dialog = window.findChild<ConflictsDialog*>()) {
            shoot(*dialog, u"conflicts"_s);
            dialog->close();
        }
        JoinDialog join(m_folder);
        join.show();
        shoot(join, u"join"_s);
        join.showComparison(u"386 630"_s);
        shoot(join, u"join-number"_s);

        window.actions().shortcuts->trigger();
        if (auto* dialog = window.findChild<QDialog*>(u"keysDialog"_s)) {
            shoot(*dialog, u"keys"_s);
            dialog->close();
        }
    }

    // A city of three consoles as the office sees it.
    [[nodiscard]] engine::SyncStatus city() const {
        const auto now = m_engine.now();
        engine::SyncStatus status;
        status.on = status.isWriter = true;
        status.port = 7311;
        status.addresses = {"192.0.2.7:7311"};
        status.onlyHere = 3;
        engine::ConsoleStatus office;
        office.origin.bytes[0] = 1;
        office.name = "Office";
        office.self = office.writer = true;
        office.role = ConsoleRole::Administrator;
        auto desk = office;
        desk.origin.bytes[0] = 2;
        desk.name = "Desk 4";
        desk.self = desk.writer = false;
        desk.role = ConsoleRole::Agent;
        desk.connected = true;
        desk.since = now - std::chrono::hours(2);
        desk.skew = Millis(-12'000);
        desk.ahead = 120;
        auto depot = desk;
        depot.origin.bytes[0] = 3;
        depot.name = "Depot North";
        depot.connected = false;
        depot.lastSeen = now - std::chrono::hours(26);
        depot.skew.reset();
        depot.ahead = 0;
        depot.lacks = 3;
        auto lost = depot;
        lost.origin.bytes[0] = 4;
        lost.name = "Laptop 2";
        lost.revoked = true;
        lost.revokedAt = now - std::chrono::hours(50);
        status.consoles = {office, desk, depot, lost};
        status.notices = {{now, "peer.connected", "Desk 4", "", false},
                          {now, "peer.refused", "198.51.100.9", "", true}};
        return status;
    }

    void drawStart() {
        app::Args args;
        args.data = m_folder.parent_path() / "none";
        app::Console console(args, m_theme);
        console.start();
        for (auto* widget : QApplication::topLevelWidgets())
            if (auto* offers = qobject_cast<StartPage*>(widget)) {
                offers->resize(kDesk);
                shoot(*offers, u"start"_s);
            }
        StartPage page;
        page.resize(kDesk);
        page.show();
        page.beginWork(u"Making the demo city"_s);
        page.showProgress(u"Living through three years of cases"_s, 21'000, 50'900);
        shoot(page, u"work"_s);
    }

    // The pages of the council's report as they are printed.
    void drawReport(ConsoleBridge& bridge, const CodeNames& names) {
        const auto plan = planOf(ReportKind::Monthly, bridge.now(), {}, names);
        bool made = false;
        QObject context;
        askReport(bridge, plan, &context, [&](const Result<ReportFigures>& figures) {
            made = true;
            need(figures.has_value());
            if (!figures) return;
            const auto document = reportDocument(plan, *figures, names, bridge.now());
            constexpr QSizeF page{660, 970};
            constexpr qreal margin = 60;
            document->setPageSize(page);
            for (int at = 0; at < document->pageCount(); ++at) {
                QImage sheet(QSizeF(page.width() + 2 * margin, page.height() + 2 * margin).toSize(),
                             QImage::Format_RGB32);
                sheet.fill(Qt::white);
                QPainter painter(&sheet);
                painter.translate(margin, margin - at * page.height());
                document->drawContents(&painter, QRectF(0, at * page.height(), page.width(), page.height()));
                painter.end();
                need(sheet.save(m_out.filePath(u"report-page-%1%2.png"_s.arg(at + 1).arg(m_suffix))));
            }
        });
        need(QTest::qWaitFor([&] { return made; }, kLongest));
    }

    // The map alone: at four zooms, in each layer, with what is drawn on it.
    void drawMap(MainWindow& window) {
        auto* map = window.findChild<MapWidget*>();
        auto* view = map->findChild<QWidget*>(u"mapView"_s);
        auto* centre = window.findChild<QSplitter*>(u"centreSplitter"_s);
        const auto sizes = centre->sizes();
        window.actions().showRail->setChecked(false);
        centre->setSizes({200, 700});
        map->fitToQueue();
        shoot(window, u"map-desk"_s);
        const auto area = map->visibleArea();
        const auto middle = geo::toGeo({(area.left + area.right) / 2, (area.top + area.bottom) / 2});
        for (const double zoom : {12.0, 14.0, 16.0, 18.0}) {
            map->flyTo(middle, zoom);
            shootMap(*map, u"map-z%1"_s.arg(int(zoom)));
        }
        map->fitToQueue();
        for (int layer = 1; layer < kMapLayerCount; ++layer) {
            map->setLayer(static_cast<MapLayer>(layer));
            shootMap(*map, u"map-layer%1"_s.arg(layer + 1));
        }
        map->setLayer(MapLayer::Cases);
        const auto drag = [&](const QList<QPoint>& corners, Qt::KeyboardModifiers keys, bool release) {
            QTest::mousePress(view, Qt::LeftButton, keys, corners.first());
            for (const auto& at : corners) {
                QMouseEvent move(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, keys);
                QCoreApplication::sendEvent(view, &move);
                QCoreApplication::processEvents();
            }
            if (release) QTest::mouseRelease(view, Qt::LeftButton, keys, corners.last());
        };
        const QPoint c(view->width() / 2, view->height() / 2);
        QList<QPoint> ring;
        for (int i = 0; i <= 30; ++i)
            ring << c + QPoint(int(170 * std::cos(i * 0.2)), int((120 + 20 * (i % 3)) * std::sin(i * 0.2)));
        drag(ring, Qt::ShiftModifier, false);
        shootMap(*map, u"map-lasso-drawn"_s);
        QTest::mouseRelease(view, Qt::LeftButton, Qt::ShiftModifier, ring.last());
        shoot(window, u"map-lasso"_s);
        map->setTool(MapTool::Measure);
        for (const QPoint& at : {QPoint(-180, 60), QPoint(-20, -120), QPoint(160, -30), QPoint(120, 150)}) {
            QTest::mouseClick(view, Qt::LeftButton, {}, c + at);
            QCoreApplication::processEvents();
        }
        shootMap(*map, u"map-measure"_s);
        map->setTool(MapTool::None);
        window.findChild<CaseTable*>()->clearSelection();
        centre->setSizes(sizes);
        window.actions().showRail->setChecked(true);
    }
    void shootMap(MapWidget& map, const QString& name) {
        need(QTest::qWaitFor([&] { return map.isIdle(); }, kLongest));
        shoot(map, name);
    }
    void shoot(QWidget& widget, const QString& name) {
        auto* window = qobject_cast<MainWindow*>(&widget);
        if (window && !QTest::qWaitFor([window] { return window->isSettled(); }, kLongest)) {
            std::fprintf(stderr, "shots: %s did not come to rest\n", qPrintable(name));
            m_ok = false;
        }
        // Two pictures alike: nothing is on its way any more.
        QImage picture;
        const bool still = QTest::qWaitFor(
            [&] {
                auto next = widget.grab().toImage();
                const bool same = next == picture;
                picture = std::move(next);
                return same;
            },
            kLongest);
        if (!still) {
            std::fprintf(stderr, "shots: %s does not stand still\n", qPrintable(name));
            m_ok = false;
        }
        const auto file = m_out.filePath(name + m_suffix + u".png"_s);
        need(picture.save(file));
        std::fprintf(stderr, "shots: %s\n", qPrintable(file));
    }

    engine::Engine& m_engine;
    Theme& m_theme;
    QDir m_out;
    std::filesystem::path m_folder;
    QString m_suffix;
    bool m_ok{true};
};

}  // namespace

namespace {

// Messages of rules on open cases: some have an address and leave, others are kept back.
void tellCitizens(engine::Engine& engine) {
    engine::CaseQuery open;
    const auto found = engine.queryAndWait(open);
    if (!found) return;
    for (std::size_t i = 0; i < std::min<std::size_t>(60, (*found)->keys.size()); ++i) {
        engine::WriteMessage message;
        message.target.key = (*found)->keys[i];
        message.why = MessageWhy::Rule;
        message.cause = "shot";
        message.event = "assigned";
        message.subject = "Your report";
        message.body = "Somebody is looking at it.";
        message.channel = i % 3 == 0 ? Channel::Sms : Channel::Email;
        if (i % 4 != 0) message.address = message.channel == Channel::Sms ? "+14415550100" : "citizen@example.org";
        const auto written = engine.submitAndWait(std::move(message));
        if (!written || written->messageState == MessageState::Suppressed || i % 5 == 0) continue;
        engine::MoveMessage move;
        move.target.key = (*found)->keys[i];
        move.message = written->messageId;
        move.byGateway = true;
        move.to = i % 7 == 0 ? MessageState::Suppressed : MessageState::Sent;
        if (move.to == MessageState::Suppressed) move.reason = "merged";
        (void)engine.submitAndWait(std::move(move));
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: wardline_shots OUTDIR [map|time|signals]\n", stderr);
        return 2;
    }
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    QApplication app(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English));
    QTranslator words;
    if (!words.load(QLocale(), u"wardline"_s, u"_"_s, u":/i18n"_s)) std::fputs("shots: no English plurals\n", stderr);
    QApplication::installTranslator(&words);
    Theme theme(app);
    QDir out(QString::fromLocal8Bit(argv[1]));
    if (!out.mkpath(u"."_s)) return 3;

    const QTemporaryDir temporary;
    engine::EngineOptions options;
    options.dir = std::filesystem::path(temporary.path().toStdString()) / "demo";
    options.agent = engine::kDemoAgent;
    engine::DemoOptions demo;
    demo.now = SystemClock().now();
    demo.closed = 4000;
    if (const auto made = engine::makeDemoReplica(options.dir, demo); !made) {
        std::fprintf(stderr, "shots: no demo city: %s %s\n", made.error().code.c_str(), made.error().detail.c_str());
        return 3;
    }
    const auto engine = engine::Engine::open(options);
    if (!engine) return 3;
    tellCitizens(**engine);
    return Studio(**engine, theme, out, options.dir).drawAll(argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString())
               ? 0
               : 1;
}
