// SPDX-License-Identifier: GPL-3.0-or-later
// Filters as words and back, and the views that are made of them.
#include "engine/saved_views.hpp"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "engine/query_text.hpp"

using namespace wl;
using namespace wl::engine;

class SavedViewsTest : public QObject {
    Q_OBJECT

    static CaseFilter everything() {
        CaseFilter f;
        f.open = true, f.conflicted = false, f.stalled = true, f.escalated = false;
        f.statuses = {Status::New, Status::Waiting};
        f.priorities = {Priority::High};
        f.channels = {Channel::Phone, Channel::Email};
        f.sla = {SlaState::Breached};
        f.services = {"pothole"}, f.groups = {"Streets, north"}, f.departments = {"works", ""}, f.crews = {"c1"};
        f.owners = {"", "ada"}, f.areas = {"a1"}, f.offeredTo = {"*"}, f.jobs = {"job-1"};
        f.requestedFrom = {1'700'000'000'123}, f.requestedTo = {1'700'100'000'000};
        f.updatedFrom = {1'700'000'000'000}, f.updatedTo = {1'700'000'000'001};
        f.dueFrom = {1'700'000'000'000}, f.dueTo = {1'800'000'000'000};
        f.closedFrom = {1'600'000'000'000}, f.closedTo = {1'700'000'000'000};
        f.idleDays = 14;
        f.text = "deep hole, near = the school";
        f.near = CaseFilter::Near{GeoPoint{423'601'234, -710'589'999}, 250.5};
        f.box = CaseFilter::Box{GeoPoint{423'000'000, -711'000'000}, GeoPoint{424'000'001, -710'000'000}};
        return f;
    }

private Q_SLOTS:
    void aFilterComesBackFromItsWords() {
        auto wanted = everything();
        wanted.groups = {"Streets"};
        const auto words = conditionsOf(wanted);
        const auto read = filterOf(words, "ada");
        QVERIFY2(read.has_value(), read ? "" : read.error().field.c_str());
        QVERIFY(*read == wanted);
        QVERIFY(conditionsOf({}).empty());
    }
    void theViewerIsMeant() {
        CaseFilter mine;
        mine.owners = {"ada"};
        const auto view = viewOf("Mine", mine, {}, "ada");
        QVERIFY(view.has_value());
        QCOMPARE(view->conditions, std::vector<std::string>{"owner=@me"});
        QCOMPARE(queryOfView(*view, "ben")->filter.owners, std::vector<std::string>{"ben"});
    }
    void whatCannotBeKeptIsRefused() {
        QCOMPARE(viewOf("", {}, {}, "ada").error().code, std::string("view.name_missing"));
        CaseFilter lasso;
        lasso.keys = {CaseKey{3}};
        QCOMPARE(viewOf("x", lasso, {}, "ada").error().code, std::string("view.chosen_cases"));
        rules::SavedView newer;
        newer.conditions = {"colour=red"};
        QCOMPARE(queryOfView(newer, "ada").error().code, std::string("filter.unknown"));
    }
    void codesAreMadeOfNamesAndDiffer() {
        std::vector<rules::SavedView> taken(1);
        taken[0].code = "potholes-west";
        QCOMPARE(viewCode("Potholes, west", {}), std::string("potholes-west"));
        QCOMPARE(viewCode("Potholes, west!", taken), std::string("potholes-west-2"));
        QCOMPARE(viewCode("№", {}), std::string("view"));
    }
    void personalOnesSurviveAndADamagedFileSaysSo() {
        const QTemporaryDir dir;
        const std::filesystem::path folder(dir.path().toStdString());
        QVERIFY(readPersonalViews(folder)->empty());
        auto view = *viewOf("Mine", everything(), {CaseColumn::Requested, true}, "ada");
        view.code = "mine", view.owner = "ada";
        QVERIFY(writePersonalViews(folder, std::vector{view}).has_value());
        QCOMPARE(readPersonalViews(folder)->size(), std::size_t{1});
        QVERIFY(readPersonalViews(folder)->front() == view);
        QCOMPARE(view.sort, std::string("-requested"));
        QFile file(dir.filePath(QStringLiteral("views.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{");
        file.close();
        QCOMPARE(readPersonalViews(folder).error().code, std::string("catalogue.file"));
    }
    void theyAreForARoleOrADepartment() {
        rules::StaffMember ada{"ada", "Ada", "works", {}, "dispatcher"}, ben{"ben", "Ben", "parks", {}, "agent"};
        rules::SavedView all, dispatchers, parks;
        all.code = "all", dispatchers.code = "d", dispatchers.role = "dispatcher";
        parks.code = "p", parks.department = "parks";
        const auto c = rules::Catalogue::build({rules::toItem(ada), rules::toItem(ben), rules::toItem(all),
                                                rules::toItem(dispatchers), rules::toItem(parks)});
        const auto codes = [&](const char* who) {
            std::string out;
            for (const auto& view : sharedViews(*c, who)) out += view.code + ' ';
            return out;
        };
        QCOMPARE(codes("ada"), std::string("all d "));
        QCOMPARE(codes("ben"), std::string("all p "));
        QCOMPARE(codes("nobody"), std::string("all "));
    }
};

QTEST_GUILESS_MAIN(SavedViewsTest)
#include "saved_views_test.moc"
