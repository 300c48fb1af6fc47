// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/json.hpp>

#include "engine/sync_service.hpp"

namespace wl::engine {
namespace {

namespace json = boost::json;

std::filesystem::path settingsPath(const std::filesystem::path& dir) { return dir / "sync.json"; }

}  // namespace

SyncSettings readSyncSettings(const std::filesystem::path& dir) {
    SyncSettings out;
    const auto text = store::readWholeFile(settingsPath(dir), 64 * 1024);
    if (!text) return out;
    boost::system::error_code error;
    const auto value = json::parse(*text, error);
    const auto* object = error ? nullptr : value.if_object();
    if (!object) return out;
    const auto flag = [&](const char* name, bool usual) {
        const auto* found = object->if_contains(name);
        return found && found->is_bool() ? found->get_bool() : usual;
    };
    out.on = flag("on", false);
    out.discover = flag("discover", true);
    if (const auto* listen = object->if_contains("listen"); listen && listen->is_string())
        out.listen = listen->get_string().c_str();
    if (const auto* peers = object->if_contains("peers"); peers && peers->is_array())
        for (const auto& peer : peers->get_array())
            if (peer.is_string()) out.peers.emplace_back(peer.get_string().c_str());
    return out;
}

Result<void> writeSyncSettings(const std::filesystem::path& dir, const SyncSettings& settings) {
    const json::object object{{"on", settings.on},
                              {"listen", settings.listen},
                              {"peers", json::array(settings.peers.begin(), settings.peers.end())},
                              {"discover", settings.discover}};
    return store::writeFileAtomically(settingsPath(dir), json::serialize(object) + "\n");
}

}  // namespace wl::engine
