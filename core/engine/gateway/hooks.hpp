// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Webhooks of providers. What is signed is written into the channel's drop folder, durable, before it is answered: the
// folder's thread takes it from there, so a provider never waits for the replica and nothing is lost with the program.

#include "channels/http/http.hpp"
#include "domain/crypto.hpp"
#include "engine/gateway/drop_folder.hpp"
#include "engine/gateway/settings.hpp"
#include "store/disk.hpp"

namespace wl::engine {

class Hooks {
public:
    /// The folders may be null: that channel has no hook. Used by one thread.
    Hooks(GatewaySettings::Texting whatsApp, DropFolder* whatsAppFolder, GatewaySettings::Texting sms,
          DropFolder* smsFolder);
    [[nodiscard]] static bool serves(std::string_view path) { return path.starts_with("/hooks/"); }
    [[nodiscard]] http::Answer answer(const http::Request& request, std::string_view path);

private:
    [[nodiscard]] http::Answer verify(const http::Request& request) const;
    [[nodiscard]] http::Answer keep(DropFolder& folder, const http::Request& request);

    GatewaySettings::Texting m_whatsApp, m_sms;
    DropFolder *m_whatsAppFolder, *m_smsFolder;
    SystemRng m_rng;
    std::string m_run;  ///< of this run: names of files never meet those of another
    std::uint64_t m_count{};
};

}  // namespace wl::engine
