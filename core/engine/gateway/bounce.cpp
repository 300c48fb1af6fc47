// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/bounce.hpp"

#include "comms/mail.hpp"

namespace wl::engine {

Result<void> noteBounce(Engine& engine, store::Reader& reader, const mail::Message& mail) {
    if (mail.kind != mail::Kind::Bounce) return {};
    std::vector<std::string> names;
    for (const auto& to : mail.to)
        if (const auto hex = comms::messageOfBounceAddress(to.address); !hex.empty())
            names.push_back("wl." + hex + "@");
    names.insert(names.end(), mail.returned.begin(), mail.returned.end());
    names.push_back(mail.inReplyTo);
    names.insert(names.end(), mail.references.begin(), mail.references.end());
    for (const auto& name : names) {
        const auto id = messageOfMailId(name);
        if (id.isNull()) continue;
        WL_TRY(const auto row, reader.findMessage(id));
        if (!row || !moveTakesEffect(row->state, MessageState::Failed)) continue;
        MoveMessage cmd;
        cmd.target.key = row->caseKey;
        cmd.message = id;
        cmd.to = MessageState::Failed;
        cmd.reason = "bounced";
        cmd.note = mail.failedRecipients.empty() ? mail.subject : mail.failedRecipients.front();
        cmd.byGateway = true;
        CommandBatch batch{.commands = {}, .agent = "gateway"};
        batch.commands.emplace_back(std::move(cmd));
        WL_CHECK(engine.submitAndWait(std::move(batch)));
        return {};
    }
    return {};
}

}  // namespace wl::engine
