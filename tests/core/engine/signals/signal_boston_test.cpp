// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of a real year against SQL over the city's raw file, to the digit. Needs the folder WARDLINE_DATA with
// boston-311-2015/jan-jun.csv.zst; skipped with a line where it is not there.
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include <functional>
#include <set>

#include "channels/feed/byte_source.hpp"
#include "engine/engine.hpp"
#include "engine/import/import_sink.hpp"
#include "engine/import/importer.hpp"
#include "engine/signals/signal_text.hpp"

using namespace wl;
using namespace wl::engine;
using namespace wl::rules::signals;

namespace {

using Row = std::vector<std::string>;

/// RFC 4180, by a few lines of its own.
void eachRow(const std::string& text, const std::function<void(const Row&)>& each) {
    Row row(1);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c != '"') row.back() += c;
            else if (i + 1 < text.size() && text[i + 1] == '"') row.back() += text[++i];
            else quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            row.emplace_back();
        } else if (c == '\n') {
            each(row);
            row.assign(1, {});
        } else if (c != '\r') {
            row.back() += c;
        }
    }
    if (row.size() > 1) each(row);
}

class Raw {
public:
    Raw() { sqlite3_open(":memory:", &m_db); }
    ~Raw() { sqlite3_close(m_db); }
    std::vector<Row> ask(const std::string& sql) {
        std::vector<Row> out;
        char* error = nullptr;
        const auto take = [](void* to, int n, char** values, char**) {
            Row row;
            for (int i = 0; i < n; ++i) row.emplace_back(values[i] ? values[i] : "");
            static_cast<std::vector<Row>*>(to)->push_back(std::move(row));
            return 0;
        };
        if (sqlite3_exec(m_db, sql.c_str(), take, &out, &error) != SQLITE_OK) qFatal("%s", error);
        return out;
    }
    void insert(const Row& row) {
        std::string sql = "INSERT INTO raw VALUES(";
        for (const auto& value : row) {
            sql += sql.back() == '(' ? "'" : ",'";
            for (const char c : value) sql += c == '\'' ? std::string("''") : std::string(1, c);
            sql += '\'';
        }
        ask(sql + ")");
    }

private:
    sqlite3* m_db{};
};

// "01/31/2015 04:05:06 PM" in Boston as seconds since 1970; summer time of 2015 from 8 March to 1 November.
std::string utc(const std::string& column) {
    const auto iso = "(substr(" + column + ",7,4)||'-'||substr(" + column + ",1,2)||'-'||substr(" + column +
                     ",4,2)||' '||printf('%02d', substr(" + column + ",12,2)%12 + CASE WHEN " + column +
                     " LIKE '%PM' THEN 12 ELSE 0 END)||substr(" + column + ",14,6))";
    return "CASE WHEN " + column + "='' THEN NULL ELSE unixepoch(" + iso + ") + 3600*CASE WHEN " + iso +
           " BETWEEN '2015-03-08 02:00:00' AND '2015-11-01 01:59:59' THEN 4 ELSE 5 END END";
}

}  // namespace

class SignalBostonTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    ManualClock m_clock{Instant{1'435'723'200'000}};  // 2015-07-01T04:00Z, midnight in Boston
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Raw> m_raw;

    Figure figure(FigureKind kind, std::optional<By> by = {}) {
        const auto& zone = *TimeZone::find("America/New_York");
        SignalQuestion q;
        q.kind = kind;
        q.by = by;
        q.scope.from = parseDay("2015-01-01", zone, false).value();
        q.scope.to = parseDay("2015-06-30", zone, true).value();
        return m_engine->figuresAndWait({q}).value()->front();
    }

private Q_SLOTS:
    void initTestCase() {
        const auto data = qgetenv("WARDLINE_DATA").toStdString();
        const auto file =
            std::filesystem::path(data.empty() ? "../shared/data" : data) / "boston-311-2015/jan-jun.csv.zst";
        if (!std::filesystem::exists(file))
            QSKIP("no WARDLINE_DATA/boston-311-2015/jan-jun.csv.zst: figures are not held against the raw file");
        EngineOptions o;
        o.dir = m_dir.path().toStdString() + "/city";
        o.clock = &m_clock;
        QVERIFY(Engine::create(o));
        m_engine = Engine::open(o).value();
        m_engine->waitUntilLoaded();
        rules::Jurisdiction city;
        city.code = city.name = "Boston";
        city.timeZone = "America/New_York";
        PublishCatalogue publish;
        publish.items.push_back(rules::toItem(city));
        QVERIFY(m_engine->submitAndWait(publish));
        ImportOptions import;
        import.file = file;
        import.rejectFile = m_dir.path().toStdString() + "/rejects.csv";
        const auto sink = sinkOf(*m_engine);
        const auto mapping = feed::loadMapping("boston-311-csv").value();
        const auto done = runImport(*sink, mapping, import);
        QVERIFY(done && !done->stopped);

        std::string text;
        auto source = feed::ByteSource::open(file).value();
        for (auto piece = source.next().value(); !piece.empty(); piece = source.next().value()) text += piece;
        // Rows that cannot be (closed before they were opened, outside the city) are in the reject file.
        std::set<std::string> rejected;
        if (!done->rejectFile.empty()) {
            auto in = feed::ByteSource::open(done->rejectFile).value();
            std::string rows;
            for (auto piece = in.next().value(); !piece.empty(); piece = in.next().value()) rows += piece;
            eachRow(rows, [&](const Row& row) { rejected.insert(row.begin(), row.end()); });
        }
        m_raw = std::make_unique<Raw>();
        bool first = true;
        eachRow(text, [&](const Row& row) {
            if (first) {
                std::string columns;
                for (const auto& name : row) columns += (columns.empty() ? "" : ",") + name;
                m_raw->ask("CREATE TABLE raw(" + columns + "); BEGIN");
            } else if (!rejected.contains(row[0])) {
                m_raw->insert(row);
            }
            first = false;
        });
        m_raw->ask("COMMIT; CREATE TABLE life AS SELECT *, " + utc("OPEN_DT") + " AS opened, " + utc("TARGET_DT") +
                   " AS due, " + utc("CLOSED_DT") +
                   " AS closed, CLOSURE_REASON LIKE '%duplicate of existing%' OR CLOSURE_REASON LIKE '%case invalid%'"
                   " OR CLOSURE_REASON LIKE '%case referred%' OR CLOSURE_REASON LIKE '%ROA: Refer%' AS needless"
                   " FROM raw");
    }
    void cleanupTestCase() { m_engine.reset(); }

    void volumeByMonthIsThatOfTheFile() {
        if (!m_raw) QSKIP("no data");
        const auto rows = m_raw->ask("SELECT substr(OPEN_DT,7,4)||'-'||substr(OPEN_DT,1,2)||'-01', count(*) FROM life"
                                     " GROUP BY 1 ORDER BY 1");
        const auto closed = m_raw->ask("SELECT substr(CLOSED_DT,7,4)||'-'||substr(CLOSED_DT,1,2)||'-01', count(*) FROM"
                                       " life WHERE closed IS NOT NULL AND closed<1435723200 GROUP BY 1 ORDER BY 1");
        const auto f = figure(FigureKind::Opened);
        const auto& zone = *TimeZone::find("America/New_York");
        for (const auto& [series, expected] : {std::pair{f.series.at(0), rows}, std::pair{f.series.at(1), closed}}) {
            QCOMPARE(series.points.size(), expected.size());
            for (std::size_t i = 0; i < expected.size(); ++i) {
                QCOMPARE(isoDate(zone.toLocal({series.points[i].at * 1000}).day()), expected[i][0]);
                QCOMPARE(std::to_string(series.points[i].n), expected[i][1]);
            }
        }
    }
    void onTimeRateIsThatOfTheFile() {
        if (!m_raw) QSKIP("no data");
        const auto row = m_raw->ask(
            "SELECT sum(in_time), count(*) FROM (SELECT CASE WHEN closed IS NOT NULL AND closed<=due THEN 1 ELSE 0 END"
            " AS in_time, CASE WHEN closed IS NOT NULL AND closed<=due THEN closed ELSE due END AS decided FROM life"
            " WHERE due IS NOT NULL AND NOT (needless AND closed IS NOT NULL AND closed<=due))"
            " WHERE decided<1435723200");
        const auto f = figure(FigureKind::OnTime);
        QCOMPARE(std::to_string(f.numerator), row[0][0]);
        QCOMPARE(std::to_string(f.denominator), row[0][1]);
        QVERIFY(f.denominator > 10'000);
    }
    void mediansByDepartmentAreThoseOfTheFile() {
        if (!m_raw) QSKIP("no data");
        const auto rows = m_raw->ask(
            "SELECT rtrim(replace(lower(Department), ' ', '_'), '_'), n, length FROM (SELECT Department, closed-opened "
            "AS length, row_number() OVER"
            " (PARTITION BY Department ORDER BY closed-opened) AS place, count(*) OVER (PARTITION BY Department) AS n"
            " FROM life WHERE closed<1435723200) WHERE place=(n+1)/2");
        const auto f = figure(FigureKind::TimeToClose);
        QCOMPARE(f.groups.size(), rows.size());
        for (const auto& row : rows) {
            const auto at = std::ranges::find_if(f.groups, [&](const FigureGroup& g) {
                return g.key == row[0] || (row[0].empty() && g.key.empty());
            });
            QVERIFY2(at != f.groups.end(), row[0].c_str());
            QCOMPARE(std::to_string(at->n), row[1]);
            QCOMPARE(at->value, std::stod(row[2]) / 86'400.0);
        }
    }
};

QTEST_GUILESS_MAIN(SignalBostonTest)
#include "signal_boston_test.moc"
