// SPDX-License-Identifier: GPL-3.0-or-later
// wardline-holidays: the public holidays of a region, one "YYYY-MM-DD<tab>name" a line. A program of its own so that
// wardlinectl can ask without linking Qt.
#include <CLI/CLI.hpp>
#include <KHolidays/HolidayRegion>
#include <QDate>
#include <QLocale>
#include <QTimeZone>
#include <cstdio>

int main(int argc, char** argv) {
    CLI::App app("Prints the public holidays of a region", "wardline-holidays");
    std::string region, zone;
    int from = 0, to = 0;
    bool list = false;
    app.add_option("--region", region, "Region code, as us_en-us");
    app.add_option("--zone", zone, "Time zone whose country's region is taken, as America/New_York");
    app.add_option("--from", from, "First year");
    app.add_option("--to", to, "Last year");
    app.add_flag("--list", list, "Print the codes of all regions instead");
    CLI11_PARSE(app, argc, argv);
    if (list) {
        for (const auto& code : KHolidays::HolidayRegion::regionCodes())
            std::printf("%s\t%s\n", qPrintable(code), qPrintable(KHolidays::HolidayRegion::name(code)));
        return 0;
    }
    auto code = QString::fromStdString(region);
    if (code.isEmpty()) {
        const QTimeZone known(QByteArray::fromStdString(zone));
        if (known.isValid())
            code = KHolidays::HolidayRegion::defaultRegionCode(QLocale::territoryToCode(known.territory()));
    }
    if (code.isEmpty() || !KHolidays::HolidayRegion::isValid(code)) {
        std::fprintf(stderr, "wardline-holidays: no region %s: --list names all\n",
                     region.empty() ? zone.c_str() : region.c_str());
        return 2;
    }
    if (from < 1900 || to < from || to > 2200) {
        std::fprintf(stderr, "wardline-holidays: years from 1900 to 2200 are known\n");
        return 2;
    }
    const KHolidays::HolidayRegion days(code);
    for (const auto& day : days.rawHolidays(QDate(from, 1, 1), QDate(to, 12, 31)))
        if (day.dayType() == KHolidays::Holiday::NonWorkday && day.categoryList().contains(QStringLiteral("public")))
            for (auto date = day.observedStartDate(); date <= day.observedEndDate(); date = date.addDays(1))
                std::printf("%s\t%s\n", qPrintable(date.toString(Qt::ISODate)), day.name().toUtf8().constData());
    return 0;
}
