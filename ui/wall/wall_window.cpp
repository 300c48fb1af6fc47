// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/wall_window.hpp"

#include <QCheckBox>
#include <QCloseEvent>
#include <QComboBox>
#include <QDateTime>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QScreen>
#include <QSpinBox>

#include <algorithm>
#include <cmath>
#include <span>

#include "ui/kit/look.hpp"
#include "ui/map/map_widget.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kBeat = 20'000;        // ms between two looks at the clock
constexpr int kAskPause = 2'000;     // ms: changes that come close together are asked for once
constexpr int kResume = 120'000;     // ms after a key until the tour goes on
constexpr int kQueues = 5, kBreaches = 4, kPatterns = 3;
constexpr std::size_t kRows = 200;
constexpr int kGlide = 1200;         // ms from one stop of the tour to the next

geo::WorldRect around(geo::WorldPoint at, double by) { return {at.x - by, at.y - by, at.x + by, at.y + by}; }

}  // namespace

WallWindow::WallWindow(ConsoleBridge& bridge, const QueueListModel& queues, const PatternFeed& patterns,
                       const std::filesystem::path& folder)
    : m_bridge(bridge), m_queues(queues), m_patterns(patterns), m_folder(folder),
      m_settings(WallSettings::load(folder)), m_map(new MapWidget(this)), m_board(new WallBoard(this)),
      m_changedAt(bridge.now()) {
    setObjectName(u"wallWindow"_s);
    setWindowTitle(tr("Wardline wall"));
    setWindowFlags(Qt::Window | Qt::FramelessWindowHint);
    setFocusPolicy(Qt::StrongFocus);
    m_map->setBare();
    m_map->setMotion(kGlide);
    m_pictures = groundPictures(bridge.engine(), {});
    m_map->setCity(bridge.engine().city(), m_pictures);
    connect(&m_points, &MapPointsFeed::ready, m_map, &MapWidget::setPoints);
    m_asking.setSingleShot(true);
    m_asking.setInterval(kAskPause);
    connect(&m_asking, &QTimer::timeout, this, &WallWindow::ask);
    connect(&bridge, &ConsoleBridge::changed, this, [this] {
        m_changedAt = m_bridge.now();
        if (!m_asking.isActive()) m_asking.start();
    });
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, [this] {
        m_pictures = groundPictures(m_bridge.engine(), m_pictures);
        m_map->setCity(m_bridge.engine().city(), m_pictures);
    });
    connect(&bridge, &ConsoleBridge::syncChanged, this, &WallWindow::compose);
    connect(&queues, &QueueListModel::counted, this, &WallWindow::compose);
    connect(&patterns, &PatternFeed::changed, this, &WallWindow::drawPatterns);
    m_beat.setInterval(kBeat);
    connect(&m_beat, &QTimer::timeout, this, [this] {
        follow();
        compose();
    });
    m_beat.start();
    connect(&m_tour, &QTimer::timeout, this, [this] { goTo(m_stop + 1); });
    m_resume.setSingleShot(true);
    m_resume.setInterval(kResume);
    connect(&m_resume, &QTimer::timeout, this, &WallWindow::follow);
    // A screen that went away (sleep, a cable) comes back; until then the wall stands on another one.
    connect(qGuiApp, &QGuiApplication::screenAdded, this, [this] {
        if (isVisible()) showOnScreen();
    });
    follow();
    drawPatterns();
    ask();
}

void WallWindow::showOnScreen() {
    const auto screens = QGuiApplication::screens();
    const auto named = std::ranges::find(screens, m_settings.screen, &QScreen::name);
    auto* on = named != screens.end() ? *named : QGuiApplication::primaryScreen();
    if (on) {
        setScreen(on);
        setGeometry(on->geometry());
    }
    showFullScreen();
    activateWindow();
    setFocus();
}

void WallWindow::setSettings(const WallSettings& settings) {
    const bool moved = settings.screen != m_settings.screen;
    m_settings = settings;
    m_settings.save(m_folder);
    follow();
    compose();
    if (moved && isVisible()) showOnScreen();
}

bool WallWindow::isSettled() const { return m_answers >= 4 && m_map->isIdle() && m_queues.isCounted(); }

void WallWindow::follow() {
    const auto zone = zoneOf(*m_bridge.catalogue());
    const int hour = QDateTime::fromMSecsSinceEpoch(m_bridge.now().ms, zone).time().hour();
    const bool dark =
        m_settings.theme == WallTheme::Dark || (m_settings.theme == WallTheme::Clock && (hour < 7 || hour >= 19));
    m_map->setTheme(dark);
    m_board->setDark(dark);
    // Once around a small square in three minutes.
    static constexpr QPoint kWay[]{{0, 0}, {3, 0}, {6, 0}, {6, 3}, {6, 6}, {3, 6}, {0, 6}, {0, 3}};
    m_board->setDrift(kWay[static_cast<std::size_t>(m_drift++) % std::size(kWay)]);
    m_tour.setInterval(m_settings.tourSeconds * 1000);
    if (!m_settings.tour) m_tour.stop();
    else if (!m_tour.isActive() && !m_resume.isActive()) m_tour.start();
}

void WallWindow::ask() {
    const auto catalogue = m_bridge.catalogue();
    std::vector<engine::CaseFilter> filters;
    for (const auto& department : catalogue->departments()) {
        engine::CaseFilter filter;
        filter.open = true;
        filter.departments = {department.code};
        filters.push_back(std::move(filter));
    }
    m_bridge.tally(std::move(filters), 0, this, [this](const std::vector<engine::QueueTally>& tallies) {
        m_departments = tallies;
        ++m_answers;
        compose();
    });
    const auto rows = [this](engine::CaseFilter filter, engine::CaseOrder order, std::vector<store::CaseRow>& into,
                             std::size_t most) {
        m_bridge.query({std::move(filter), order}, 0, this,
                       [this, &into, most](const Result<engine::CaseListingPtr>& listing) {
                           ++m_answers;
                           if (!listing) return;
                           const auto& keys = (*listing)->keys;
                           auto found = m_bridge.reader().rows(std::span(keys).first(std::min(most, keys.size())));
                           if (!found) return;
                           std::erase_if(*found, [this](const store::CaseRow& row) { return !mayShow(row); });
                           into = std::move(*found);
                           compose();
                       });
    };
    engine::CaseFilter running;
    running.open = true;
    running.sla = {SlaState::OnTrack, SlaState::AtRisk};
    rows(running, {engine::CaseColumn::Due, false}, m_nextDue, kRows);
    engine::CaseFilter breached;
    breached.open = true;
    breached.sla = {SlaState::Breached};
    rows(breached, {engine::CaseColumn::Due, true}, m_breached, 20);
    engine::CaseFilter open;
    open.open = true;
    m_bridge.query(
        {open, {engine::CaseColumn::Requested, true}}, 0, this, [this](const Result<engine::CaseListingPtr>& listing) {
            ++m_answers;
            if (!listing) return;
            m_points.take(*listing);
            const auto& keys = (*listing)->keys;
            if (auto found = m_bridge.reader().rows(std::span(keys).first(std::min<std::size_t>(20, keys.size())))) {
                std::erase_if(*found, [this](const store::CaseRow& row) { return !mayShow(row); });
                m_newest = std::move(*found);
            }
            compose();
        });
}

bool WallWindow::mayShow(const store::CaseRow& row) const {
    const auto catalogue = m_bridge.catalogue();
    const auto* service = catalogue->service(row.service);
    return !service || !service->confidential;
}

QString WallWindow::placeOf(const store::CaseRow& row) const {
    return areaName(m_bridge.engine().city().get(), row.area);
}

QString WallWindow::bannerWords() const {
    const auto status = m_bridge.sync();
    if (status->stopped) return tr("This console writes nothing any more; see Consoles");
    if (!status->on || status->members() < 2) return {};
    if (status->connected() > 0) return {};
    Instant seen;
    for (const auto& console : status->consoles)
        if (!console.self && !console.revoked) seen = std::max(seen, console.lastSeen);
    if (!seen) return tr("No other console has been reached");
    return tr("Alone since %1 – other consoles' changes are missing").arg(coarseWords(m_bridge.now() - seen));
}

WallPanel WallWindow::queuePanel() const {
    WallPanel panel{tr("Queues in trouble"), tr("Nothing is late or at risk"), {}};
    struct Queue {
        std::string code;
        QString name;
        std::int64_t breached, atRisk;
    };
    std::vector<Queue> queues;
    const auto catalogue = m_bridge.catalogue();
    const auto& departments = catalogue->departments();
    for (std::size_t i = 0; i < std::min(departments.size(), m_departments.size()); ++i) {
        const auto& by = m_departments[i].bySla;
        const auto late = by[static_cast<std::size_t>(SlaState::Breached)];
        const auto risk = by[static_cast<std::size_t>(SlaState::AtRisk)];
        if (late + risk > 0) queues.push_back({departments[i].code, fromText(departments[i].name), late, risk});
    }
    std::ranges::sort(queues, [](const Queue& a, const Queue& b) {
        return std::tuple(-a.breached, -a.atRisk, a.name) < std::tuple(-b.breached, -b.atRisk, b.name);
    });
    if (queues.size() > kQueues) queues.resize(kQueues);
    const QLocale locale;
    for (const auto& queue : queues) {
        const auto next = std::ranges::find(m_nextDue, queue.code, &store::CaseRow::department);
        auto detail = tr("%1 breached · %2 at risk")
                          .arg(locale.toString(static_cast<qlonglong>(queue.breached)),
                               locale.toString(static_cast<qlonglong>(queue.atRisk)));
        if (next != m_nextDue.end() && next->clock.due > m_bridge.now())
            detail += u" · "_s + tr("next in %1").arg(coarseWords(next->clock.due - m_bridge.now()));
        panel.lines.push_back({queue.breached > 0 ? SlaState::Breached : SlaState::AtRisk, queue.name, detail});
    }
    return panel;
}

WallPanel WallWindow::breachPanel() const {
    WallPanel panel{tr("Newest breaches"), tr("No open case is breached"), {}};
    const auto catalogue = m_bridge.catalogue();
    for (const auto& row : m_breached) {
        if (panel.lines.size() == kBreaches) break;
        const auto place = placeOf(row);
        const auto service = fromText(catalogue->serviceName(row.service));
        panel.lines.push_back({SlaState::Breached, service,
                               (place.isEmpty() ? QString() : place + u" · "_s) +
                                   tr("late by %1").arg(coarseWords(m_bridge.now() - row.clock.due))});
    }
    return panel;
}

WallPanel WallWindow::patternPanel() const {
    WallPanel panel{tr("Early patterns"), tr("Nothing out of the ordinary"), {}};
    const auto patterns = m_patterns.patterns();
    if (!patterns) return panel;
    const auto catalogue = m_bridge.catalogue();
    for (const auto& pattern : patterns->list) {
        if (panel.lines.size() == kPatterns) break;
        if (pattern.acknowledged) continue;
        const auto* service = catalogue->service(pattern.service);
        if (service && service->confidential) continue;
        const auto days = static_cast<int>((pattern.spot.to - pattern.spot.from) / std::chrono::days(1));
        QString where = pattern.spot.cityWide ? tr("whole city") : QString();
        if (where.isEmpty() && !pattern.cases.empty())
            if (const auto rows = m_bridge.reader().rows(std::span(pattern.cases).last(1)); rows && !rows->empty())
                where = placeOf(rows->front());
        panel.lines.push_back({SlaState::AtRisk, fromText(catalogue->serviceName(pattern.service)),
                               (where.isEmpty() ? QString() : where + u" · "_s) +
                                   tr("%1 in %n day(s)", nullptr, days).arg(patternFigures(pattern))});
    }
    return panel;
}

void WallWindow::compose() {
    const QLocale locale;
    const auto catalogue = m_bridge.catalogue();
    const auto zone = zoneOf(*catalogue);
    const auto now = QDateTime::fromMSecsSinceEpoch(m_bridge.now().ms, zone);
    WallContent content;
    const auto city = m_bridge.engine().city();
    content.city = fromText(catalogue->jurisdiction().name);
    if (content.city.isEmpty() && city) content.city = fromText(city->name);
    content.clock = locale.toString(now.time(), u"HH:mm"_s);
    content.day = locale.toString(now.date(), u"ddd d MMM"_s);
    const auto age = m_bridge.now() - m_changedAt;
    content.age =
        age < std::chrono::minutes(1) ? tr("Data of this minute") : tr("Last change %1 ago").arg(coarseWords(age));
    content.banner = bannerWords();
    content.copyright = city ? fromText(city->copyright) : QString();
    const auto tile = [&](const QString& id, SlaState look) {
        const auto* queue = m_queues.entry(id);
        if (!queue) return;
        const auto total = queue->tally.total;
        content.tiles.push_back({queue->name,
                                 m_queues.isCounted() ? locale.toString(static_cast<qlonglong>(total)) : u"–"_s, look,
                                 total == 0});
    };
    tile(u"open"_s, SlaState::None);
    tile(u"unassigned"_s, SlaState::None);
    tile(u"at_risk"_s, SlaState::AtRisk);
    tile(u"breached"_s, SlaState::Breached);
    const auto midnight = QDateTime(now.date(), QTime(0, 0), zone).toMSecsSinceEpoch();
    const auto answered = m_bridge.reader().firstResponsesSince({midnight});
    content.tiles.push_back({tr("First answer"),
                             answered && answered->count > 0 ? coarseWords(answered->median) : u"–"_s, SlaState::None,
                             true});
    content.panels = {queuePanel(), breachPanel(), patternPanel()};
    if (m_settings.ticker)
        for (const auto& row : m_newest) {
            const auto place = placeOf(row);
            content.ticker.push_back({SlaState::None, fromText(catalogue->serviceName(row.service)),
                                      (place.isEmpty() ? QString() : place + u", "_s) +
                                          tr("%1 ago").arg(coarseWords(m_bridge.now() - row.requestedAt))});
        }
    const auto all = stops();
    if (!all.empty()) content.stop = all[static_cast<std::size_t>(m_stop) % all.size()].name;
    if (m_settings.tour && !m_tour.isActive()) content.stop += u"  "_s + tr("(tour paused)");
    m_board->setContent(std::move(content));
}

void WallWindow::drawPatterns() {
    std::vector<MapHotSpot> spots;
    if (const auto patterns = m_patterns.patterns()) {
        const auto catalogue = m_bridge.catalogue();
        for (const auto& p : patterns->list)
            if (const auto* service = catalogue->service(p.service);
                !p.spot.cityWide && !p.acknowledged && !(service && service->confidential))
                spots.push_back({geo::toWorld(p.spot.centre), p.spot.radiusMetres,
                                 u"%1 %2"_s.arg(fromText(catalogue->serviceName(p.service)), patternFigures(p)), false,
                                 p.spot.recurrenceDays});
    }
    m_map->setHotSpots(std::move(spots));
    compose();
}

std::vector<WallWindow::Stop> WallWindow::stops() const {
    std::vector<Stop> out;
    const auto city = m_bridge.engine().city();
    if (city) out.push_back({tr("The whole city"), city->bounds});
    if (const auto patterns = m_patterns.patterns())
        for (const auto& p : patterns->list) {
            if (p.acknowledged || p.spot.cityWide || out.size() > kPatterns) continue;
            out.push_back({tr("Early pattern: %1").arg(fromText(m_bridge.catalogue()->serviceName(p.service))),
                           around(geo::toWorld(p.spot.centre), 4e-5)});
        }
    if (city)
        for (const auto& area : city->areas)
            if (area.kind == "district") out.push_back({fromText(area.name), area.bounds});
    int breaches = 0;
    for (const auto& row : m_breached)
        if (row.position && breaches++ < 2)
            out.push_back({tr("Breached: %1").arg(fromText(m_bridge.catalogue()->serviceName(row.service))),
                           around(geo::toWorld(*row.position), 3e-5)});
    return out;
}

void WallWindow::goTo(int stop) {
    const auto all = stops();
    if (all.empty()) return;
    const int n = static_cast<int>(all.size());
    m_stop = (stop % n + n) % n;
    // What is shown lies in the part of the map that the panels leave free.
    const auto& area = all[static_cast<std::size_t>(m_stop)].area;
    const auto free = m_board->freeArea();
    const double across = std::max({(area.right - area.left) / std::max(1, free.width()),
                                    (area.bottom - area.top) / std::max(1, free.height()), 1e-12});  // world units a px
    const double magnified = magnification();
    const double zoom = std::floor(std::log2(1 / (256 * across * magnified)) * 4) / 4;
    const double unit = 1 / (256 * std::exp2(zoom) * magnified);
    m_map->flyTo(geo::toGeo({(area.left + area.right) / 2 + (width() / 2.0 - free.center().x()) * unit,
                             (area.top + area.bottom) / 2 + (height() / 2.0 - free.center().y()) * unit}),
                 zoom);
    compose();
}

void WallWindow::pauseTour() {
    m_tour.stop();
    m_resume.start();
    compose();
}

// In halves, so that the map's pixels stay whole at the usual sizes of screens.
double WallWindow::magnification() const { return std::max(1.0, std::floor(height() / 1080.0 * 2) / 2); }

void WallWindow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_map->setMagnification(magnification());
    m_map->setGeometry(rect());
    m_board->setGeometry(rect());
    m_board->raise();
    goTo(m_stop);
}

void WallWindow::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Escape:
        case Qt::Key_F11: close(); return;
        case Qt::Key_S: setUp(); return;
        case Qt::Key_Space:
            if (m_tour.isActive()) return pauseTour();
            m_resume.stop();
            follow();
            return compose();
        case Qt::Key_Left:
        case Qt::Key_Right: pauseTour(); return goTo(m_stop + (event->key() == Qt::Key_Right ? 1 : -1));
        default: pauseTour();
    }
}

void WallWindow::closeEvent(QCloseEvent* event) {
    QWidget::closeEvent(event);
    Q_EMIT closed();
}

void WallWindow::setUp() {
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"wallSettings"_s);
    dialog->setWindowTitle(tr("Wall"));
    auto* form = new QFormLayout(dialog);
    const auto row = [form](const QString& label, const QString& name, QWidget* editor) {
        editor->setObjectName(name);
        editor->setAccessibleName(QString(label).remove(u'&'));
        form->addRow(label, editor);
    };
    auto* screen = new QComboBox;
    screen->addItem(tr("The main screen"), QString());
    for (const auto* one : QGuiApplication::screens())
        screen->addItem(u"%1 (%2 × %3)"_s.arg(one->name()).arg(one->size().width()).arg(one->size().height()),
                        one->name());
    screen->setCurrentIndex(std::max(0, screen->findData(m_settings.screen)));
    row(tr("&Screen"), u"wallScreen"_s, screen);
    auto* theme = new QComboBox;
    theme->addItem(tr("Light by day, dark by night"), static_cast<int>(WallTheme::Clock));
    theme->addItem(tr("Light"), static_cast<int>(WallTheme::Light));
    theme->addItem(tr("Dark"), static_cast<int>(WallTheme::Dark));
    theme->setCurrentIndex(std::max(0, theme->findData(static_cast<int>(m_settings.theme))));
    row(tr("&Colours"), u"wallTheme"_s, theme);
    auto* tour = new QCheckBox(tr("Patterns, districts and breaches in turn"));
    tour->setChecked(m_settings.tour);
    row(tr("&Tour"), u"wallTour"_s, tour);
    auto* seconds = new QSpinBox;
    seconds->setRange(5, 600);
    seconds->setSuffix(tr(" s"));
    seconds->setValue(m_settings.tourSeconds);
    row(tr("&At each stop"), u"wallSeconds"_s, seconds);
    auto* ticker = new QCheckBox(tr("What comes in, without addresses or names"));
    ticker->setChecked(m_settings.ticker);
    row(tr("&Ticker"), u"wallTicker"_s, ticker);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this, dialog, screen, theme, tour, seconds, ticker] {
        setSettings({screen->currentData().toString(), static_cast<WallTheme>(theme->currentData().toInt()),
                     tour->isChecked(), seconds->value(), ticker->isChecked()});
        dialog->accept();
    });
    dialog->open();
}

}  // namespace wl::ui
