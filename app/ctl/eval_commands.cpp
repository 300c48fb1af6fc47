// SPDX-License-Identifier: GPL-3.0-or-later
// eval duplicates, eval mail.
#include <boost/json.hpp>

#include "app/ctl/context.hpp"
#include "engine/mail_json.hpp"
#include "engine/plain_json.hpp"
#include "engine/eval_duplicates.hpp"

namespace wl::ctl {
namespace {

namespace json = boost::json;

struct DuplicateArguments {
    std::string file, map, pairs;
    int days{30};
};

Result<int> evaluateDuplicates(const Context& context, const DuplicateArguments& a) {
    WL_TRY(const auto mapping, feed::loadMapping(a.map));
    WL_TRY(const auto s, engine::evaluateDuplicates(a.file, mapping, a.pairs, a.days));
    const auto share = [&](std::size_t part) {
        return s.pairs == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(s.pairs);
    };
    json::array bars;
    for (const auto& bar : s.bars)
        bars.push_back({{"score", bar.score},
                        {"kept", share(bar.kept)},
                        {"shown_to_others",
                         s.others == 0 ? 0.0 : static_cast<double>(bar.shown) / static_cast<double>(s.others)}});
    const json::object object{{"pairs", s.pairs},
                              {"left_out", s.leftOut},
                              {"first", share(s.first)},
                              {"top5", share(s.top5)},
                              {"mean_rank", s.pairs == 0 ? 0.0 : s.rankSum / static_cast<double>(s.pairs)},
                              {"baseline_first", share(s.baselineFirst)},
                              {"baseline_top5", share(s.baselineTop5)},
                              {"bars", std::move(bars)},
                              {"median_ms", s.medianMillis},
                              {"seconds", s.seconds}};
    if (context.json) {
        print(engine::plainJson(object));
    } else {
        for (const auto& [key, value] : object) print(std::string(key) + ": " + engine::plainJson(value));
    }
    return 0;
}

Result<int> evaluateMail(const Context& context, const std::string& folder) {
    json::array messages;
    WL_TRY(const auto files, engine::mailFiles(folder));
    for (const auto& file : files) {
        WL_TRY(auto one, engine::mailJson(file, folder));
        if (context.json) messages.push_back(std::move(one));
        else print(engine::plainJson(one));
    }
    if (context.json) print(engine::plainJson(messages));
    return 0;
}

}  // namespace

void addEvalCommands(CLI::App& app, Context& context) {
    auto* eval = app.get_subcommand("eval");
    auto d = std::make_shared<DuplicateArguments>();
    auto* duplicates = eval->add_subcommand(
        "duplicates", "How often the search for duplicates finds what staff had marked, beside the plain rule");
    duplicates->add_option("FILE", d->file, "A feed of requests")->required();
    duplicates->add_option("--map", d->map, "Mapping file, or the name of a shipped one")->required();
    duplicates->add_option("--pairs", d->pairs, "A table of two columns of external ids, with a heading")->required();
    duplicates->add_option("--days", d->days, "Only pairs no farther apart")
        ->capture_default_str()
        ->check(CLI::Range(1, 3650));
    auto folder = std::make_shared<std::string>();
    auto* mail =
        eval->add_subcommand("mail", "What is read out of mails: sender, date, text, new text of replies, files");
    mail->add_option("DIR", *folder, "Folder of mails, looked through with all its folders; or one file")->required();
    mail->callback(command(context, [&context, folder] { return evaluateMail(context, *folder); }, Needs::Nothing));
    duplicates->callback(command(context, [&context, d] { return evaluateDuplicates(context, *d); }, Needs::Nothing));
}

}  // namespace wl::ctl
