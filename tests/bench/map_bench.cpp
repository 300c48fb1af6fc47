// SPDX-License-Identifier: GPL-3.0-or-later
// The map with very many cases.
//
//   map_bench clusters FOLDER COUNT   builds and asks the cluster index on FOLDER/points-COUNT.bin and prints Markdown
//                                     beside what FOLDER/map-peers.jsonl says of npm supercluster on the same points
//   map_bench frames COUNT            pans and zooms a map of COUNT cases: milliseconds from one picture to the next
#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQuickWidget>
#include <QQuickWindow>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "geo/demo_city.hpp"
#include "geo/supercluster.hpp"
#include "ui/map/issue_index.hpp"
#include "ui/map/map_widget.hpp"

namespace {

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

double at(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * double(values.size())))];
}

double cpuMs() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto ms = [](const timeval& t) { return double(t.tv_sec) * 1000 + double(t.tv_usec) / 1000; };
    return ms(used.ru_utime) + ms(used.ru_stime);
}

double rssMb() {
    QFile status(u"/proc/self/statm"_s);
    if (!status.open(QIODevice::ReadOnly)) return 0;
    return status.readAll().split(' ').value(1).toDouble() * 4096 / 1048576;
}

QJsonObject peerOf(const QString& folder, int count) {
    QFile peers(folder + u"/map-peers.jsonl"_s);
    if (!peers.open(QIODevice::ReadOnly)) return {};
    for (const auto& line : peers.readAll().split('\n'))
        if (const auto object = QJsonDocument::fromJson(line).object(); object[u"count"].toInt() == count)
            return object;
    return {};
}

int clusters(const QString& folder, int count) {
    QFile file(folder + u"/points-%1.bin"_s.arg(count));
    if (!file.open(QIODevice::ReadOnly)) {
        std::printf("clusters of %d points: left out, %s is not there (needs node and npm)\n", count,
                    qPrintable(file.fileName()));
        return 0;
    }
    const QByteArray bytes = file.readAll();
    std::vector<geo::WorldPoint> points(static_cast<std::size_t>(count));
    if (bytes.size() != count * qsizetype{16}) return 2;
    std::memcpy(points.data(), bytes.data(), static_cast<std::size_t>(bytes.size()));
    std::vector<std::uint8_t> states(points.size());
    for (std::size_t i = 0; i < states.size(); ++i) states[i] = static_cast<std::uint8_t>(i % 6);

    std::vector<double> builds;
    geo::Supercluster index;
    for (int i = 0; i < 3; ++i) {
        index = {};
        const auto began = Clock::now();
        index = geo::Supercluster(points, states);
        builds.push_back(msSince(began));
    }
    const QJsonObject peer = peerOf(folder, count);
    const double theirs = peer[u"build_ms"].toDouble(), ours = at(builds, 0.5);
    std::printf("\n| %d points | supercluster (npm) | Wardline | |\n|---|---|---|---|\n", count);
    std::printf("| build | %.0f ms | %.0f ms | %.1f times |\n", theirs, ours, theirs / ours);
    for (const int zoom : {12, 14, 16, 18}) {
        const double x = 960 / (256 * std::exp2(zoom)), y = 540 / (256 * std::exp2(zoom));
        std::vector<double> took;
        std::size_t found = 0;
        for (int pass = 0; pass < 2; ++pass)
            for (int i = 0; i < 300; ++i) {
                const geo::WorldPoint c = points[static_cast<std::size_t>(double(i) * count / 300)];
                const auto began = Clock::now();
                const auto items = index.query({c.x - x, c.y - y, c.x + x, c.y + y}, zoom);
                if (pass == 1) took.push_back(msSince(began) * 1000);
                found += items.size();
            }
        const double theirQuery = peer[u"query_us"][QString::number(zoom)].toDouble(), ourQuery = at(took, 0.5);
        std::printf("| what a 1920 × 1080 view shows at zoom %d (%zu items) | %.1f µs | %.2f µs | %.0f times |\n", zoom,
                    found / 600, theirQuery, ourQuery, theirQuery / ourQuery);
    }
    int same = 0;
    double apart = 0;
    const auto counts = peer[u"counts"].toArray();
    for (int zoom = 0; zoom <= geo::Supercluster::maxZoom && !counts.isEmpty(); ++zoom) {
        const auto made = double(index.query({-1, -1, 2, 2}, zoom).size());
        const double other = counts[zoom].toDouble();
        same += made == other;
        if (other >= 100) apart = std::max(apart, std::abs(made - other) / other);
    }
    std::printf("| zooms of 19 with as many clusters; the most they differ from 100 on | | %d; %.2f %% | |\n", same,
                apart * 100);

    // What comes after a case has changed.
    auto cases = std::make_shared<MapPoints>();
    for (std::size_t i = 0; i < points.size(); ++i) cases->add(std::int64_t(i) + 1, points[i], states[i]);
    const auto whole = Clock::now();
    const IssueIndex first(cases);
    const double built = msSince(whole);
    auto next = std::make_shared<MapPoints>(*cases);
    next->sla[7] = static_cast<std::uint8_t>((next->sla[7] + 1) % 6);
    next->add(count + 1, points[3], 2);
    std::vector<double> patches;
    for (int i = 0; i < 9; ++i) {
        const auto began = Clock::now();
        const IssueIndex patched(next, first);
        if (!patched.isPatched()) return 1;
        patches.push_back(msSince(began));
    }
    std::printf("| index of the window built; one case changed and one new | | %.0f ms; %.2f ms | |\n", built,
                at(patches, 0.5));
    std::fflush(stdout);
    return 0;
}

// Moves the map a step each time it has painted one.
class Reel final : public QObject {
public:
    Reel(MapWidget& map, int frames, std::function<void(int)> step)
        : m_view(map.findChild<QWidget*>(u"mapView"_s)), m_frames(frames), m_step(std::move(step)) {
        m_view->installEventFilter(this);
        auto* scene = qobject_cast<QQuickWidget*>(m_view)->quickWindow();
        connect(scene, &QQuickWindow::afterSynchronizing, this, [this] { m_drawn = true; }, Qt::DirectConnection);
    }
    void run() {
        m_last = Clock::now();
        const double cpu = cpuMs();
        QTimer::singleShot(120'000, &m_loop, [this] { m_loop.exit(1); });
        m_step(m_at++);
        if (m_loop.exec() != 0) qFatal("the map stopped painting");
        m_view->removeEventFilter(this);
        m_cpu = (cpuMs() - cpu) / std::max(1, m_at);
    }
    void print(const char* what) const {
        std::printf("| %s | %.1f ms | %.1f ms | %.1f ms |\n", what, at(m_took, 0.5), at(m_took, 0.95), m_cpu);
        std::fflush(stdout);
    }

private:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint && std::exchange(m_drawn, false) && m_at <= m_frames) {
            m_took.push_back(msSince(m_last));
            m_last = Clock::now();
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (m_at < m_frames) m_step(m_at++);
                    else m_loop.quit();
                },
                Qt::QueuedConnection);
        }
        return QObject::eventFilter(watched, event);
    }
    QWidget* m_view;
    int m_frames;
    std::function<void(int)> m_step;
    int m_at = 0;
    bool m_drawn = false;  ///< the scene was drawn anew since the last picture
    QEventLoop m_loop;
    double m_cpu = 0;
    Clock::time_point m_last;
    std::vector<double> m_took;
};

std::shared_ptr<const MapPoints> casesIn(const geo::CityMap& city, int count) {
    QRandomGenerator random(5);
    auto cases = std::make_shared<MapPoints>();
    for (int i = 0; i < count; ++i) {
        const auto& near =
            city.points[std::size_t(random.bounded(int(city.points.size())))];  // where the city is built
        cases->add(i + 1, {near.x + random.bounded(4e-6) - 2e-6, near.y + random.bounded(4e-6) - 2e-6},
                   static_cast<std::uint8_t>(random.bounded(6)));
    }
    return cases;
}

void film(const QString& title, QSize size, bool bare, const geo::CityMapPtr& city,
          const std::shared_ptr<const MapPoints>& cases) {
    MapWidget map;
    if (bare) map.setBare();
    if (bare) map.setMagnification(size.height() / 1080.0);
    map.setMotion(0);
    map.resize(size);
    map.setCity(city);
    map.setPoints(cases);
    std::vector<MapHotSpot> spots;
    for (int i = 0; i < 20; ++i)
        spots.push_back({cases->at[std::size_t(i) * cases->size() / 20], 300, u"Pothole 9 (2.1)"_s, false});
    map.setHotSpots(std::move(spots));
    map.show();
    const auto idle = [&] { return QTest::qWaitFor([&] { return map.isIdle(); }, 60'000); };
    if (!QTest::qWaitForWindowExposed(&map) || !idle()) qFatal("the map did not come to rest");
    const geo::WorldPoint c{(city->bounds.left + city->bounds.right) / 2, (city->bounds.top + city->bounds.bottom) / 2};
    std::printf("\n| %s | median | 95 of 100 | CPU, all threads |\n|---|---|---|---|\n", qPrintable(title));
    const auto pan = [&](double zoom, double pixels) {
        return [&map, c, zoom, step = pixels / (256 * std::exp2(zoom))](int i) {
            const double along = step * double(i % 120 < 60 ? i % 120 : 120 - i % 120) - 30 * step;
            map.flyTo(geo::toGeo({c.x + along, c.y + along / 3}), zoom);
        };
    };
    for (const double zoom : {13.0, 14.0, 16.0}) {
        map.flyTo(geo::toGeo(c), zoom);
        idle();
        Reel reel(map, 300, pan(zoom, 10));
        reel.run();
        reel.print(qPrintable(u"panning, 10 px a picture, zoom %1"_s.arg(zoom)));
    }
    if (!bare) {
        Reel reel(map, 300, [&](int i) {
            const double way = double(i % 100 < 50 ? i % 100 : 100 - i % 100) / 50;
            map.flyTo(geo::toGeo(c), 12 + 5 * way);
        });
        reel.run();
        reel.print("zooming, 12 to 17 and back");
        for (const auto& [layer, name] : {std::pair{MapLayer::Heat, "panning over heat, zoom 13"},
                                          std::pair{MapLayer::Hexagons, "panning over hexagons, zoom 13"},
                                          std::pair{MapLayer::AreaCount, "panning over areas, zoom 13"}}) {
            map.setLayer(layer);
            map.flyTo(geo::toGeo(c), 13);
            idle();
            Reel layers(map, 200, pan(13, 10));
            layers.run();
            layers.print(name);
        }
    }
    idle();
    const double cpu = cpuMs();
    const auto began = Clock::now();
    QTest::qWait(3000);
    std::printf("| standing still | | | %.1f %% of one core |\n", (cpuMs() - cpu) / msSince(began) * 100);
    std::printf("| memory of the process | | | %.0f MB |\n", rssMb());
    std::fflush(stdout);
}

int frames(int count) {
    const auto city = std::make_shared<const geo::CityMap>(geo::makeDemoCity(geo::portLindenSeed));
    const auto cases = casesIn(*city, count);
    film(u"%1 cases, window 1440 × 900"_s.arg(count), {1440, 900}, false, city, cases);
    film(u"%1 cases, wall 3840 × 2160"_s.arg(count), {3840, 2160}, true, city, cases);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    mallopt(M_MMAP_THRESHOLD, 512 * 1024);  // as the console sets it
    QApplication app(argc, argv);
    const QStringList args = QApplication::arguments();
    if (args.size() == 4 && args[1] == u"clusters") return clusters(args[2], args[3].toInt());
    if (args.size() == 3 && args[1] == u"frames") return frames(args[2].toInt());
    std::fputs("usage: map_bench clusters FOLDER COUNT | frames COUNT\n", stderr);
    return 2;
}
