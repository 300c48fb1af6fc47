// SPDX-License-Identifier: GPL-3.0-or-later
// view list, save, rename, delete: queues that somebody has kept.
#include <algorithm>
#include <boost/json.hpp>

#include "app/ctl/context.hpp"
#include "engine/query_text.hpp"
#include "engine/saved_views.hpp"
#include "rules/publish_check.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

struct ViewOptions {
    std::string name, code, sort{"due"}, role, department;
    std::vector<std::string> where;
    bool everybody{}, shared{};
};

json::object objectOf(const rules::SavedView& view, bool shared) {
    json::array conditions;
    for (const auto& condition : view.conditions) conditions.emplace_back(condition);
    return {{"code", view.code},        {"name", view.name}, {"shared", shared},
            {"owner", view.owner},      {"role", view.role}, {"department", view.department},
            {"conditions", conditions}, {"sort", view.sort}};
}

Result<int> list(const Context& context) {
    WL_TRY(const auto engine, context.openToRead());
    engine->waitUntilLoaded();
    WL_TRY(const auto personal, engine::readPersonalViews(context.data));
    json::array out;
    const auto add = [&](const rules::SavedView& view, bool shared) -> Result<void> {
        WL_TRY(auto query, engine::queryOfView(view, context.agent));
        WL_TRY(const auto listing, engine->queryAndWait(std::move(query)));
        auto object = objectOf(view, shared);
        object["cases"] = listing->tally.total;
        if (!context.json)
            print(view.code + "  " + (shared ? "shared" : "own") + "  " + std::to_string(listing->tally.total) +
                  " cases  " + view.name);
        out.push_back(std::move(object));
        return {};
    };
    for (const auto& view : personal)
        if (view.owner == context.agent) WL_CHECK(add(view, false));
    for (const auto& view : engine::sharedViews(*engine->catalogue(), context.agent)) WL_CHECK(add(view, true));
    if (context.json) print(json::serialize(out));
    return 0;
}

Result<int> publish(const Context& context, rules::CatalogueItem item) {
    WL_TRY(const auto engine, context.openToWrite());
    const auto code = item.code;
    WL_TRY(const auto receipt, engine->submitAndWait(engine::PublishCatalogue{{std::move(item)}}));
    print(context.json ? json::serialize(json::object{{"code", code}, {"ops", receipt.ops}})
                       : code + ": " + std::to_string(receipt.ops) + " ops");
    return 0;
}

Result<int> keep(const Context& context, const std::vector<rules::SavedView>& views, const std::string& code) {
    WL_CHECK(engine::writePersonalViews(context.data, views));
    print(context.json ? json::serialize(json::object{{"code", code}, {"ops", 0}}) : code);
    return 0;
}

Result<int> save(const Context& context, const ViewOptions& o) {
    WL_TRY(const auto filter, engine::filterOf(o.where, context.agent));
    WL_TRY(const auto order, engine::parseOrder(o.sort));
    WL_TRY(auto view, engine::viewOf(o.name, filter, order, context.agent));
    view.role = o.role;
    view.department = o.department;
    WL_TRY(auto personal, engine::readPersonalViews(context.data));
    if (!o.everybody && o.role.empty() && o.department.empty()) {
        view.code = engine::viewCode(o.name, personal);
        view.owner = context.agent;
        personal.push_back(view);
        return keep(context, personal, view.code);
    }
    {
        WL_TRY(const auto engine, context.openToRead());
        const auto catalogue = engine->catalogue();
        if (!o.department.empty() && catalogue->department(o.department) == nullptr)
            return fail(ErrorKind::Input, "department.unknown", "department", o.department);
        view.code = engine::viewCode(o.name, catalogue->views());
    }
    return publish(context, rules::toItem(view));
}

// Renames or deletes: the agent's own view of that code, or else the shared one.
Result<int> change(const Context& context, const ViewOptions& o, bool remove) {
    WL_TRY(auto personal, engine::readPersonalViews(context.data));
    const auto own = std::ranges::find_if(personal, [&](const auto& view) {
        return view.code == o.code && view.owner == context.agent;
    });
    if (own != personal.end() && !o.shared) {
        if (remove) personal.erase(own);
        else own->name = o.name;
        return keep(context, personal, o.code);
    }
    rules::SavedView view;
    {
        WL_TRY(const auto engine, context.openToRead());
        const auto catalogue = engine->catalogue();
        const auto found = std::ranges::find(catalogue->views(), o.code, &rules::SavedView::code);
        if (found == catalogue->views().end()) return fail(ErrorKind::NotFound, "view.unknown", "view", o.code);
        view = *found;
    }
    view.name = o.name;
    return publish(context, remove ? rules::CatalogueItem{"view", o.code, {}} : rules::toItem(view));
}

}  // namespace

void addViewCommands(CLI::App& app, Context& context) {
    auto o = std::make_shared<ViewOptions>();
    auto* view = app.add_subcommand("view", "Queues that somebody has kept");
    view->require_subcommand(1);
    view->add_subcommand("list", "Those of the agent and those shared with them, counted")
        ->callback(command(context, [&context] { return list(context); }));
    auto* make = view->add_subcommand("save", "Keep a view; the agent's own unless it is shared");
    make->add_option("NAME", o->name, "As it stands in the list of queues")->required();
    make->add_option("--where", o->where, "NAME=VALUE, as for query; owner=@me is whoever looks")->required();
    make->add_option("--sort", o->sort, "As for query")->capture_default_str();
    make->add_flag("--everybody", o->everybody, "Share it with all");
    make->add_option("--role", o->role, "Share it with this role");
    make->add_option("--department", o->department, "Share it with this department");
    make->callback(command(context, [&context, o] { return save(context, *o); }));
    auto* rename = view->add_subcommand("rename", "Give a view another name");
    rename->add_option("CODE", o->code, "Code, as list says it")->required();
    rename->add_option("NAME", o->name, "Its new name")->required();
    rename->add_flag("--shared", o->shared, "The shared one, where there is an own one of that code too");
    rename->callback(command(context, [&context, o] { return change(context, *o, false); }));
    auto* gone = view->add_subcommand("delete", "Delete a view");
    gone->add_option("CODE", o->code, "Code, as list says it")->required();
    gone->add_flag("--shared", o->shared, "The shared one, where there is an own one of that code too");
    gone->callback(command(context, [&context, o] { return change(context, *o, true); }));
}

}  // namespace wl::ctl
