// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/timeline_lines.hpp"

#include <QAbstractItemModelTester>
#include <QTest>

#include "ui/case/timeline_model.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr Instant kStart{1'795'442'400'000};

store::TimelineEntry entry(int minute, OpBody body, std::string agent = "a.alder") {
    store::TimelineEntry e;
    e.at = kStart + Millis{minute * 60'000};
    e.stamp.hlc = Hlc::of(e.at);
    e.stamp.dot.seq = static_cast<std::uint64_t>(minute) + 1;
    e.op.hlc = e.stamp.hlc;
    e.op.agent = std::move(agent);
    e.op.body = std::move(body);
    return e;
}

CaseEdited edited(CaseField field, Value value) {
    CaseEdited op;
    op.fields.set(field, std::move(value));
    return op;
}

CaseStatusChanged step(Status from, Status to, std::string reason = {}, std::string note = {}) {
    CaseStatusChanged op;
    op.from = from;
    op.to = to;
    op.reason = std::move(reason);
    op.note = std::move(note);
    return op;
}

InteractionRecorded call(std::string body) {
    InteractionRecorded op;
    op.channel = Channel::Phone;
    op.direction = Direction::In;
    op.kind = InteractionKind::Call;
    op.visibility = Visibility::Staff;
    op.author = "Robin Sample";
    op.body = std::move(body);
    return op;
}

// One line a line: "who | heading | body | why", struck ones between ~.
QString picture(const std::vector<TimelineLine>& lines) {
    QStringList all;
    for (const auto& line : lines) {
        QStringList parts{line.who, line.effective ? line.heading : u'~' + line.heading + u'~'};
        if (!line.body.isEmpty()) parts << QString(line.body).replace(u'\n', u" / "_s);
        if (!line.why.isEmpty()) parts << u"("_s + line.why + u')';
        all << parts.join(u" | "_s);
    }
    return all.join(u'\n');
}

}  // namespace

class TimelineLinesTest final : public QObject {
    Q_OBJECT

private:
    rules::CataloguePtr m_catalogue;
    std::vector<store::TimelineEntry> m_history;

private Q_SLOTS:
    void initTestCase() {
        rules::StaffMember alder;
        alder.code = "a.alder";
        alder.name = "Ana Alder";
        rules::PauseReason weather;
        weather.code = "weather";
        weather.name = "Bad weather";
        m_catalogue = rules::Catalogue::build({toItem(alder), toItem(weather)});
        CaseOpened opened;
        opened.fields.set(CaseField::Priority, std::int64_t{2});
        opened.fields.set(CaseField::FirstChannel, std::int64_t{1});
        opened.fields.set(CaseField::Description, std::string("A hole"));
        CaseEdited both = edited(CaseField::Address, std::string("4 Elm Street"));
        both.fields.set(CaseField::LocationNote, std::string("by the gate"));
        m_history = {entry(0, opened),
                     entry(1, call("It is deep")),
                     entry(2, edited(CaseField::Priority, std::int64_t{3})),
                     entry(3, both),
                     entry(4, edited(CaseField::Owner, std::string("a.alder")), ""),
                     entry(5, step(Status::New, Status::Waiting, "weather")),
                     entry(6, step(Status::Waiting, Status::Closed, "fixed", "Filled.")),
                     entry(7, step(Status::Waiting, Status::InProgress)),
                     entry(8, step(Status::Closed, Status::Acknowledged)),
                     entry(9, call(""))};
        m_history[7].effective = false;
        m_history[9].op.locked = 1;
    }

    void theHistoryReadsAsItHappened() {
        const WordContext words{*m_catalogue};
        QCOMPARE(picture(timelineLines(m_history, words)), uR"(Ana Alder | Case opened, by Phone | A hole
Robin Sample | Call, incoming | It is deep
Ana Alder | Priority: Normal → High
Ana Alder | Details changed | Address: 4 Elm Street / Location note: by the gate
Automatic | Owner: Ana Alder
Ana Alder | Status: New → Waiting, Bad weather
Ana Alder | Status: Waiting → Closed, Fixed | Filled.
Ana Alder | ~Status: Waiting → In progress~ | (No effect: the case was Closed by then)
Ana Alder | Reopened: Closed → Acknowledged
Robin Sample | Call, incoming | (Text is sealed; its key is not on this console or was erased))"_s);
    }

    void theModelFiltersAndKeepsItsRows() {
        const WordContext words{*m_catalogue};
        TimelineModel model;
        QAbstractItemModelTester tester(&model);
        auto lines = timelineLines(m_history, words);
        model.show({lines.begin(), lines.begin() + 5}, QTimeZone::utc(), kStart);
        QCOMPARE(model.rowCount(), 5);
        const QPersistentModelIndex second(model.index(1));
        model.show(lines, QTimeZone::utc(), kStart);
        QVERIFY(second.isValid());
        QCOMPARE(second.row(), 1);
        model.setFilter(TimelineFilter::Messages);
        QCOMPARE(model.rowCount(), 2);
        model.setNewestFirst(true);
        QVERIFY(model.line(0).sealed);
        model.setFilter(TimelineFilter::Changes);
        QCOMPARE(model.rowCount(), 8);
    }
};

QTEST_MAIN(TimelineLinesTest)
#include "timeline_lines_test.moc"
