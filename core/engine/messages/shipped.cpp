// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/messages/shipped.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cassert>

#include "comms/templates.hpp"
#include "comms/words.hpp"
#include "engine/catalogue_file.hpp"
#include "rules/catalogue_json.hpp"

namespace wl::engine {
namespace json = boost::json;
namespace {

constexpr const char* kShipped =
#include "shipped_messages.inc"
    ;

}  // namespace

std::vector<rules::CatalogueItem> shippedMessages() {
    auto items = readCatalogueFile(kShipped);
    assert(items.has_value());
    return items ? std::move(*items) : std::vector<rules::CatalogueItem>{};
}

std::string nextVersion(const std::string& document, const std::string& standing) {
    boost::system::error_code bad;
    auto wanted = json::parse(document, bad);
    if (bad || !wanted.is_object() || standing.empty()) return document;
    auto before = json::parse(standing, bad);
    if (bad || !before.is_object()) return document;
    const auto* number = before.as_object().if_contains("version");
    const auto version = number != nullptr && number->is_int64() ? number->as_int64() : 1;
    wanted.as_object()["version"] = version;
    before.as_object()["version"] = version;
    if (wanted == before) return standing;
    wanted.as_object()["version"] = version + 1;
    return json::serialize(wanted);
}

std::vector<Error> checkTemplates(const std::vector<rules::CatalogueItem>& items, const rules::Catalogue& catalogue) {
    std::vector<Error> problems;
    for (const auto& item : items) {
        if (item.kind != "template" || item.document.empty()) continue;
        rules::MessageTemplate t;
        if (!rules::readItem(item, t, problems)) continue;
        const auto note = [&](const char* code, const std::string& member, const std::string& detail) {
            problems.push_back({ErrorKind::Input, code, item.code + '.' + member, detail});
        };
        if (!std::ranges::contains(comms::events(), std::string_view(t.event)))
            note("template.event", "event", t.event);
        if (!comms::isKnownLanguage(t.language)) note("template.language", "language", t.language);
        if (!t.channel.empty() && !channelFromCode(t.channel)) note("template.channel", "channel", t.channel);
        if (!t.service.empty() && catalogue.service(t.service) == nullptr)
            note("template.service", "service", t.service);
        for (auto& problem : comms::checkTemplate(t.subject, t.body)) {
            problem.field = item.code + '.' + problem.field;
            problems.push_back(std::move(problem));
        }
    }
    return problems;
}

}  // namespace wl::engine
