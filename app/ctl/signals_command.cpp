// SPDX-License-Identifier: GPL-3.0-or-later
// signals: figures with numerator, denominator and n.
#include <cstdio>
#include <future>

#include "app/ctl/context.hpp"
#include "engine/hotspot_watch.hpp"
#include "engine/signals/signal_text.hpp"

namespace wl::ctl {
namespace {

using namespace rules::signals;

struct SignalOptions {
    std::vector<std::string> names, areas, departments, services;
    std::string from, to, at, by, group;
    bool cases{}, csv{}, list{};
};

Result<std::vector<engine::SignalQuestion>> questionsOf(const SignalOptions& o, const TimeZone& zone) {
    engine::SignalQuestion q;
    if (!o.from.empty()) { WL_TRY(q.scope.from, engine::parseDay(o.from, zone, false)); }
    if (!o.to.empty()) { WL_TRY(q.scope.to, engine::parseDay(o.to, zone, true)); }
    if (!o.at.empty()) {
        WL_TRY(q.scope.asOf, engine::parseDay(o.at, zone, true));
        if (parseIsoDate(o.at)) q.scope.asOf = q.scope.asOf - Millis{1};  // the last instant of that day
    }
    q.scope.areas = o.areas;
    q.scope.departments = o.departments;
    q.scope.services = o.services;
    q.cases = o.cases || !o.group.empty();
    if (!o.group.empty()) q.group = o.group;
    if (!o.by.empty()) {
        q.by = byFromCode(o.by);
        if (!q.by || !isForAll(*q.by)) return fail(ErrorKind::Input, "signals.by", o.by);
    }
    std::vector<engine::SignalQuestion> out;
    if (o.names.empty())
        for (const auto& spec : figureSpecs()) out.push_back(q), out.back().kind = spec.kind;
    for (const auto& name : o.names) {
        const auto* spec = figureSpec(name);
        if (spec == nullptr) return fail(ErrorKind::Input, "signals.unknown", name);
        out.push_back(q), out.back().kind = spec->kind;
    }
    return out;
}

std::string valueText(const Figure& f, double value) {
    char text[64];
    switch (f.unit) {
        case Unit::Cases:
        case Unit::Messages:
        case Unit::Patterns: std::snprintf(text, sizeof text, "%.0f", value); break;
        case Unit::Share: std::snprintf(text, sizeof text, "%.1f %%", 100 * value); break;
        case Unit::Hours: std::snprintf(text, sizeof text, "%.1f h", value); break;
        case Unit::Days: std::snprintf(text, sizeof text, "%.1f d", value); break;
        case Unit::Ratio: std::snprintf(text, sizeof text, "%.2f", value); break;
    }
    return text;
}

std::string groupText(const Figure& f, const FigureGroup& g) {
    if (f.by != By::Pattern) return valueText(f, g.value);
    char text[64];
    std::snprintf(text, sizeof text, "%lld instead of %.1f", static_cast<long long>(g.numerator), g.low);
    return text;
}

void printFigure(const Figure& f, const TimeZone& zone) {
    const auto& spec = figureSpec(f.kind);
    const auto day = [&](Second at) { return isoDate(zone.toLocal({at * 1000}).day()); };
    std::string line = std::string(spec.title) + ": " + (f.empty ? "no cases" : valueText(f, f.value)) + "  (";
    if (f.unit == Unit::Share) line += std::to_string(f.numerator) + " of " + std::to_string(f.denominator) + ", ";
    else line += "n = " + std::to_string(f.n) + ", ";
    print(line + (spec.standing ? "end of " : day(f.from) + " to ") + day(std::min(f.to - 1, f.asOf)) + ")");
    for (const auto& p : f.parts)
        std::printf("    %s %g (of %lld)\n", p.name.c_str(), p.value, static_cast<long long>(p.denominator));
    std::size_t shown = 0;
    for (const auto& g : f.groups) {
        if (++shown > 10) {
            std::printf("    and %zu more\n", f.groups.size() - 10);
            break;
        }
        auto label = !g.label.empty() ? g.label : g.key.empty() ? std::string("(not set)") : g.key;
        if (f.by == By::Pattern) label += g.place.empty() ? ", whole city" : ", " + g.place;
        std::printf("    %-34s %10s   n = %lld%s\n", label.c_str(),
                    f.by == By::Band ? std::to_string(g.n).c_str() : groupText(f, g).c_str(),
                    static_cast<long long>(g.n), g.few ? ", too few to compare" : "");
    }
}

// Lives through all cases once; its figure takes what was found.
Result<void> lookForPatterns(engine::Engine& engine) {
    std::promise<bool> found;
    bool told = false;
    const auto watch = engine::HotSpotWatch::start(engine, engine.folder(), [&](const engine::PatternsPtr& patterns) {
        if (!std::exchange(told, true)) found.set_value(patterns != nullptr);
    });
    if (!watch) return std::unexpected(watch.error());
    if (!found.get_future().get()) return fail(ErrorKind::Corrupt, "signals.patterns", "hotspots");
    return {};
}

Result<int> signals(const Context& context, const SignalOptions& o) {
    if (o.list) {
        for (const auto& spec : figureSpecs()) print(std::string(spec.name) + ": " + std::string(spec.formula));
        return 0;
    }
    WL_TRY(const auto engine, context.openToRead());
    const auto catalogue = engine->catalogue();
    const auto& zone = catalogue->timeZone();
    WL_TRY(auto questions, questionsOf(o, zone));
    engine->waitUntilLoaded();
    if (std::ranges::any_of(questions, [](const engine::SignalQuestion& q) {
            return q.kind == FigureKind::HotSpots && !q.scope.asOf;
        }))
        WL_CHECK(lookForPatterns(*engine));
    WL_TRY(const auto figures, engine->figuresAndWait(std::move(questions)));
    if (o.csv) {
        const auto text = engine::figuresCsv(*figures, zone);
        std::fwrite(text.data(), 1, text.size(), stdout);
        return 0;
    }
    if (!context.json) {
        for (const auto& f : *figures) printFigure(f, zone);
        return 0;
    }
    std::unique_ptr<store::Reader> reader;
    if (o.cases || !o.group.empty()) { WL_TRY(reader, engine->openReader()); }
    WL_TRY(const auto text, engine::figuresJson(*figures, zone, reader.get()));
    print(text);
    return 0;
}

}  // namespace

void addSignalsCommand(CLI::App& app, Context& context) {
    auto o = std::make_shared<SignalOptions>();
    auto* command_ =
        app.add_subcommand("signals", "Figures about the work, each with how it was made (docs/signals.md)");
    command_->add_option("--name", o->names, "Figures to make (default: all); see --list")->delimiter(',');
    command_->add_option("--from", o->from,
                         "First day, YYYY-MM-DD in the city's zone, or an instant (default: 30 days)");
    command_->add_option("--to", o->to, "Last day, or the instant at which the period ends (default: today)");
    command_->add_option("--at", o->at, "As things stood then: at the end of a day, or at an instant (default: now)");
    command_->add_option("--area", o->areas, "Only cases of these areas")->delimiter(',');
    command_->add_option("--department", o->departments, "Only cases of these departments")->delimiter(',');
    command_->add_option("--service", o->services, "Only cases of these services")->delimiter(',');
    command_->add_option("--by", o->by, "Break down by department, service, area, channel, crew or owner");
    command_->add_option("--group", o->group, "With the cases behind this group alone");
    command_->add_flag("--cases", o->cases, "With the numbers of the cases behind each figure (with --json)");
    command_->add_flag("--csv", o->csv, "As one CSV table");
    command_->add_flag("--list", o->list, "Say which figures there are and how they are made");
    command_->callback(command(context, [&context, o] { return signals(context, *o); }, Needs::Replica));
}

}  // namespace wl::ctl
