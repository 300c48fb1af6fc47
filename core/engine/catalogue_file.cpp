// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/catalogue_file.hpp"

#include <boost/json.hpp>

namespace wl::engine {
namespace json = boost::json;

std::string writeCatalogueFile(const std::vector<rules::CatalogueItem>& items) {
    // One item a line, so that versions of a file can be compared.
    std::string out = "{\"wardline_catalogue\": 1, \"items\": [\n";
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& item = items[i];
        out += "{\"kind\": " + json::serialize(json::string(item.kind)) +
               ", \"code\": " + json::serialize(json::string(item.code)) +
               ", \"document\": " + (item.document.empty() ? "null" : item.document) + "}" +
               (i + 1 < items.size() ? ",\n" : "\n");
    }
    return out + "]}\n";
}

Result<std::vector<rules::CatalogueItem>> readCatalogueFile(std::string_view text) {
    boost::system::error_code bad;
    const auto read = json::parse(text, bad);
    if (bad) return fail(ErrorKind::Input, "catalogue.file", {}, "JSON: " + bad.message());
    const auto* object = read.if_object();
    const auto* version = object ? object->if_contains("wardline_catalogue") : nullptr;
    if (!version || !version->is_int64())
        return fail(ErrorKind::Input, "catalogue.file", {}, "member \"wardline_catalogue\" is missing");
    if (version->as_int64() != 1) return fail(ErrorKind::Input, "catalogue.file.newer", {}, json::serialize(*version));
    const auto* list = object->if_contains("items");
    const auto* items = list ? list->if_array() : nullptr;
    if (!items) return fail(ErrorKind::Input, "catalogue.file", {}, "member \"items\" is not a list");
    std::vector<rules::CatalogueItem> out;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const auto* item = (*items)[i].if_object();
        const auto* kind = item ? item->if_contains("kind") : nullptr;
        const auto* code = item ? item->if_contains("code") : nullptr;
        const auto* document = item ? item->if_contains("document") : nullptr;
        if (!kind || !kind->is_string() || !code || !code->is_string() || !document ||
            !(document->is_object() || document->is_null()))
            return fail(ErrorKind::Input, "catalogue.file", "items[" + std::to_string(i) + "]",
                        "needs kind, code and document");
        out.push_back({std::string(kind->as_string()), std::string(code->as_string()),
                       document->is_null() ? std::string() : json::serialize(*document)});
    }
    return out;
}

}  // namespace wl::engine
