// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saved_views.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>

#include "engine/catalogue_file.hpp"
#include "engine/query_text.hpp"
#include "rules/catalogue_json.hpp"
#include "store/store.hpp"

namespace wl::engine {
namespace {

std::filesystem::path fileOf(const std::filesystem::path& dataFolder) { return dataFolder / "views.json"; }

}  // namespace

Result<std::vector<rules::SavedView>> readPersonalViews(const std::filesystem::path& dataFolder) {
    std::vector<rules::SavedView> out;
    std::ifstream in(fileOf(dataFolder), std::ios::binary);
    if (!in) return out;
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    WL_TRY(const auto items, readCatalogueFile(text));
    std::vector<Error> problems;
    for (const auto& item : items)
        if (rules::SavedView view; item.kind == "view" && rules::readItem(item, view, problems)) out.push_back(view);
    if (!problems.empty()) return std::unexpected(problems.front());
    return out;
}

Result<void> writePersonalViews(const std::filesystem::path& dataFolder, std::span<const rules::SavedView> views) {
    std::vector<rules::CatalogueItem> items;
    for (const auto& view : views) items.push_back(rules::toItem(view));
    return store::writeFile(fileOf(dataFolder), writeCatalogueFile(items));
}

std::vector<rules::SavedView> sharedViews(const rules::Catalogue& catalogue, std::string_view agent) {
    const auto* me = catalogue.staff(agent);
    std::vector<rules::SavedView> out;
    for (const auto& view : catalogue.views()) {
        const bool mine = view.owner.empty() || view.owner == agent;
        const bool ofRole = view.role.empty() || (me != nullptr && me->role == view.role);
        const bool ofDepartment = view.department.empty() || (me != nullptr && me->department == view.department);
        if (mine && ofRole && ofDepartment) out.push_back(view);
    }
    return out;
}

Result<rules::SavedView> viewOf(std::string name, const CaseFilter& filter, CaseOrder order, std::string_view agent) {
    if (name.empty()) return fail(ErrorKind::Input, "view.name_missing", "name");
    if (!filter.keys.empty()) return fail(ErrorKind::Refused, "view.chosen_cases", "keys");
    rules::SavedView view;
    view.name = std::move(name);
    view.conditions = conditionsOf(filter);
    for (auto& condition : view.conditions)
        if (!agent.empty() && condition == "owner=" + std::string(agent)) condition = "owner=@me";
    view.sort = (order.descending ? "-" : "") + std::string(code(order.column));
    return view;
}

Result<CaseQuery> queryOfView(const rules::SavedView& view, std::string_view agent) {
    CaseQuery query;
    WL_TRY(query.filter, filterOf(view.conditions, agent));
    if (view.sort.empty()) return query;
    WL_TRY(query.order, parseOrder(view.sort));
    return query;
}

std::string viewCode(std::string_view name, std::span<const rules::SavedView> taken) {
    std::string code;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0) code += static_cast<char>(std::tolower(byte));
        else if (!code.empty() && code.back() != '-') code += '-';
    }
    while (code.ends_with('-')) code.pop_back();
    if (code.empty()) code = "view";
    const auto free = [&](const std::string& wanted) {
        return std::ranges::find(taken, wanted, &rules::SavedView::code) == taken.end();
    };
    if (free(code)) return code;
    for (int n = 2;; ++n)
        if (auto next = code + '-' + std::to_string(n); free(next)) return next;
}

}  // namespace wl::engine
