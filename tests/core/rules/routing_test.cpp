// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/routing.hpp"

#include <QtTest>

using namespace wl::rules;

class RoutingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void routes_data() {
        QTest::addColumn<QByteArray>("service");
        QTest::addColumn<QByteArray>("area");
        QTest::addColumn<QByteArray>("department");
        QTest::addColumn<QByteArray>("crew");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const char* service, const char* area, const char* department,
                            const char* crew, const char* reason) {
            QTest::newRow(name) << QByteArray(service) << QByteArray(area) << QByteArray(department) << QByteArray(crew)
                                << QByteArray(reason);
        };
        row("area and service", "pothole", "north", "works", "north-potholes", "crew.area_and_service");
        row("area", "sign", "north", "works", "north", "crew.area");
        row("service", "pothole", "south", "works", "asphalt", "crew.service");
        row("everything", "sign", "south", "works", "a-works", "crew.department");
        row("no area known", "sign", "", "works", "a-works", "crew.department");
        row("the lower code of equals", "bin", "north", "waste", "bins-1", "crew.area");
        row("no crew there", "bin", "south", "waste", "", "service.department");
        row("another department's crew does not take it", "tree", "north", "parks", "", "service.department");
        row("a service without a department", "lost", "north", "", "", "service.no_department");
        row("a service nobody knows", "ufo", "north", "", "", "service.unknown");
        row("no service", "", "north", "", "", "service.unknown");
    }
    void routes() {
        QFETCH(QByteArray, service);
        QFETCH(QByteArray, area);
        std::vector<CatalogueItem> items;
        for (const auto& [code, department] :
             {std::pair{"pothole", "works"}, {"sign", "works"}, {"bin", "waste"}, {"tree", "parks"}, {"lost", ""}}) {
            Service s;
            s.code = code, s.department = department;
            items.push_back(toItem(s));
        }
        items.push_back(toItem(Crew{"north-potholes", "", "works", {"north"}, {"pothole"}, 5}));
        items.push_back(toItem(Crew{"north", "", "works", {"east", "north"}, {}, 5}));
        items.push_back(toItem(Crew{"asphalt", "", "works", {}, {"pothole", "crack"}, 5}));
        items.push_back(toItem(Crew{"z-works", "", "works", {}, {}, 5}));
        items.push_back(toItem(Crew{"a-works", "Last by name", "works", {}, {}, 5}));
        items.push_back(toItem(Crew{"bins-2", "A", "waste", {"north"}, {}, 5}));
        items.push_back(toItem(Crew{"bins-1", "B", "waste", {"north"}, {}, 5}));
        const auto route = routeFor(*Catalogue::build(items), service.toStdString(), area.toStdString());
        QTEST(QByteArray::fromStdString(route.department), "department");
        QTEST(QByteArray::fromStdString(route.crew), "crew");
        QTEST(QByteArray::fromStdString(route.reason), "reason");
    }
};

QTEST_GUILESS_MAIN(RoutingTest)
#include "routing_test.moc"
