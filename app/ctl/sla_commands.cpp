// SPDX-License-Identifier: GPL-3.0-or-later
// sla explain, sla fit, eval.
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "app/ctl/context.hpp"
#include "engine/plain_json.hpp"
#include "channels/feed/mapping.hpp"
#include "engine/case_json.hpp"
#include "engine/catalogue_file.hpp"
#include "engine/eval_persons.hpp"
#include "engine/sla_history.hpp"
#include "rules/business_hours.hpp"

extern char** environ;

namespace wl::ctl {
namespace json = boost::json;
namespace {

Result<int> explain(const Context& context, const std::string& named) {
    WL_TRY(const auto engine, context.openToRead());
    engine->waitUntilLoaded();  // the forecast rests on all cases
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto key, reader->findCase(named));
    WL_TRY(const auto text, engine::slaJson(*engine, *reader, key));
    print(text.text);
    return 0;
}

struct HistoryArguments {
    std::string file, map, policy, out, region, from, to;
};

// The program beside this one that knows the public holidays of the world's regions (it needs Qt, this one does not).
std::string runHolidays(const std::vector<std::string>& arguments) {
    std::error_code ignored;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path() / "wardline-holidays";
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    int ends[2];
    if (::pipe(ends) != 0) return {};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    pid_t child = 0;
    const bool started = ::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    std::string out;
    char buffer[4096];
    for (ssize_t got = 0; started && (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        out.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    if (!started || ::waitpid(child, &status, 0) != child || status != 0) return {};
    return out;
}

// "2015-01-01<tab>New Year's Day" a line.
std::vector<rules::Holiday> holidaysOf(const std::string& region, const std::string& zone, int firstYear,
                                       int lastYear) {
    std::vector<std::string> arguments{"--from", std::to_string(firstYear), "--to", std::to_string(lastYear)};
    arguments.push_back(region.empty() ? "--zone" : "--region");
    arguments.push_back(region.empty() ? zone : region);
    std::vector<rules::Holiday> out;
    const auto text = runHolidays(arguments);
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = text.substr(at, end - at);
        if (const auto tab = line.find('\t'); tab != std::string::npos)
            out.emplace_back(line.substr(0, tab), line.substr(tab + 1));
        at = end + 1;
    }
    return out;
}

int yearOf(Instant at) {
    const std::chrono::year_month_day date{
        std::chrono::floor<std::chrono::days>(std::chrono::sys_time<Millis>(Millis(at.ms)))};
    return static_cast<int>(date.year());
}

// The rows of the feed that were requested in the period asked for.
Result<std::vector<rules::SlaObservation>> historyOf(const HistoryArguments& a, const feed::Mapping& mapping) {
    WL_TRY(auto rows, engine::readSlaHistory(a.file, mapping));
    const auto* zone = TimeZone::find(mapping.timeZone);
    if (!zone) return fail(ErrorKind::Input, "timezone.unknown", {}, mapping.timeZone);
    for (const auto* limit : {&a.from, &a.to}) {
        if (limit->empty()) continue;
        const auto day = parseIsoDate(*limit);
        if (!day) return fail(ErrorKind::Input, "date.form", *limit);
        const auto at = zone->toUtc(LocalTime::of(*day));
        std::erase_if(rows,
                      [&](const auto& row) { return limit == &a.from ? row.requested < at : row.requested >= at; });
    }
    if (rows.empty()) return fail(ErrorKind::Input, "history.empty", a.file);
    return rows;
}

Result<int> fit(const HistoryArguments& a) {
    WL_TRY(const auto mapping, feed::loadMapping(a.map));
    const auto* zone = TimeZone::find(mapping.timeZone);
    if (!zone) return fail(ErrorKind::Input, "timezone.unknown", {}, mapping.timeZone);
    WL_TRY(const auto rows, historyOf(a, mapping));
    const auto [first, last] = std::ranges::minmax(rows, {}, &rules::SlaObservation::requested);
    std::vector<rules::Holiday> holidays;
    if (a.region != "none") {
        holidays = holidaysOf(a.region, mapping.timeZone, yearOf(first.requested) - 5, yearOf(last.requested) + 10);
        if (holidays.empty() && !a.region.empty()) return fail(ErrorKind::Input, "holidays.unknown", a.region);
        if (holidays.empty())
            std::fprintf(stderr, "no public holidays are known for %s: those that the history shows are used alone\n",
                         mapping.timeZone.c_str());
    }
    const auto fitted = rules::fitSla(rows, *zone, holidays);
    const auto text = engine::writeCatalogueFile(fitted.items());
    if (a.out.empty()) {
        std::fputs(text.c_str(), stdout);
    } else if (auto written = store::writeFile(a.out, text); !written) {
        return std::unexpected(written.error());
    }
    std::size_t matched = 0;
    if (const auto own = rules::Catalogue::build(fitted.items())) matched = rules::scoreSla(rows, *own).matched;
    std::fprintf(
        stderr,
        "%zu rows with a due time; %zu policies; %zu of the rows (%.1f%%) fall due within a minute of what they say\n",
        fitted.rows, fitted.policies.size(), matched,
        100.0 * static_cast<double>(matched) / static_cast<double>(rows.size()));
    for (const auto& name : fitted.refutedHolidays)
        std::fprintf(stderr, "left out, the rows show work on it: %s\n", name.c_str());
    return 0;
}

Result<std::string> readText(const std::string& file) {
    std::FILE* in = std::fopen(file.c_str(), "rb");
    if (!in) return fail(ErrorKind::Input, "file.open", file);
    std::string out;
    char buffer[1 << 16];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, in)) > 0;) out.append(buffer, got);
    std::fclose(in);
    return out;
}

Result<int> evaluate(const Context& context, const HistoryArguments& a) {
    WL_TRY(const auto mapping, feed::loadMapping(a.map));
    WL_TRY(const auto text, readText(a.policy));
    WL_TRY(const auto items, engine::readCatalogueFile(text));
    WL_TRY(const auto rows, historyOf(a, mapping));
    const auto policies = rules::Catalogue::build(items);
    const auto score = rules::scoreSla(rows, *policies);
    const double share = score.rows ? static_cast<double>(score.matched) / static_cast<double>(score.rows) : 0;
    if (context.json) {
        print(engine::plainJson(json::object{{"rows", score.rows},
                                             {"matched", score.matched},
                                             {"share", share},
                                             {"no_policy", score.noPolicy},
                                             {"same_day", score.sameDay},
                                             {"other_length", score.otherLength},
                                             {"other", score.other}}));
    } else {
        print(std::to_string(score.matched) + " of " + std::to_string(score.rows) +
              " rows with a due time are reproduced within a minute");
        print("no policy " + std::to_string(score.noPolicy) + ", right day at another time " +
              std::to_string(score.sameDay) + ", another number of days " + std::to_string(score.otherLength) +
              ", other " + std::to_string(score.other));
    }
    return 0;
}

struct PersonArguments {
    std::string file, truth;
};

Result<int> evaluatePersons(const Context& context, const PersonArguments& a) {
    WL_TRY(const auto s, engine::evaluatePersons(a.file, a.truth));
    const json::object object{{"records", s.records},
                              {"pairs_true", s.truePairs},
                              {"precision", s.precision()},
                              {"recall", s.recall()},
                              {"f1", s.f1()},
                              {"auto_precision", s.autoPrecision()},
                              {"auto_recall", s.autoRecall()},
                              {"seconds", s.seconds}};
    if (context.json) {
        print(engine::plainJson(object));
    } else {
        for (const auto& [key, value] : object) print(std::string(key) + ": " + engine::plainJson(value));
    }
    return 0;
}

void addHistory(CLI::App& to, HistoryArguments& a) {
    to.add_option("FILE", a.file, "A feed with due times")->required();
    to.add_option("--map", a.map, "Mapping file, or the name of a shipped one")->required();
    to.add_option("--from", a.from, "Only requests from this day on, as 2015-05-01");
    to.add_option("--to", a.to, "Only requests before this day");
}

}  // namespace

void addSlaCommands(CLI::App& app, Context& context) {
    auto named = std::make_shared<std::string>();
    auto* sla = app.add_subcommand("sla", "SLA clocks and policies")->require_subcommand(1);
    auto* why = sla->add_subcommand("explain", "Every policy, calendar and pause that made a deadline, as JSON");
    why->add_option("CASE", *named, "Number, id or external id")->required();
    why->callback(command(context, [&context, named] { return explain(context, *named); }));

    auto f = std::make_shared<HistoryArguments>();
    auto* propose = sla->add_subcommand("fit", "Propose calendar and policies from history, as a catalogue file");
    addHistory(*propose, *f);
    propose->add_option("--out", f->out, "File to write (default: standard output)");
    propose->add_option("--holidays", f->region,
                        "Region of public holidays, as us_en-us (default: that of the mapping's time zone), or none");
    propose->callback(command(context, [f] { return fit(*f); }, Needs::Nothing));

    auto e = std::make_shared<HistoryArguments>();
    auto* eval = app.add_subcommand("eval", "Judge rules against history")->require_subcommand(1);
    auto* judge = eval->add_subcommand("sla", "How many due times a policy file reproduces within a minute");
    addHistory(*judge, *e);
    judge->add_option("--policy", e->policy, "A catalogue file with policies and calendars")->required();
    judge->callback(command(context, [&context, e] { return evaluate(context, *e); }, Needs::Nothing));

    auto p = std::make_shared<PersonArguments>();
    auto* persons =
        eval->add_subcommand("persons", "How well records of one person are found in a file that tells the truth");
    persons->add_option("FILE", p->file, "A table of person records")->required();
    persons->add_option("--truth", p->truth, "Column that names the person, or COLUMN:REGEX whose first group does")
        ->required();
    persons->callback(command(context, [&context, p] { return evaluatePersons(context, *p); }, Needs::Nothing));
}

}  // namespace wl::ctl
