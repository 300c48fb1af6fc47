// SPDX-License-Identifier: GPL-3.0-or-later
// Messages to citizens, as the outbox and the gateways read them.
#include "store/reader_impl.hpp"

namespace wl::store {

Result<std::vector<OutboxRow>> Reader::outbox(const OutboxFilter& filter) { return m_impl->messages->list(filter); }

Result<std::optional<OutboxRow>> Reader::findMessage(const MessageId& id) { return m_impl->messages->find(id); }

Result<std::optional<OutboxRow>> Reader::findMessage(Channel channel, const std::string& externalId) {
    return m_impl->messages->findExternal(channel, externalId);
}

Result<MessageWritten> Reader::messageText(const OutboxRow& row) {
    auto& s = *m_impl;
    WL_TRY(const auto item, s.log->op(s.origins.indexOf(row.origin), row.seq, *s.keyRing));
    const auto* written = std::get_if<MessageWritten>(&item.op.body);
    if (!written) return fail(ErrorKind::NotFound, "message.unknown", "message", toHex(row.id));
    return *written;
}

Result<std::vector<OutboxRow>> Reader::dueMessages(Channel channel, Instant now, int limit) {
    return m_impl->messages->due(channel, now, limit);
}

Result<std::vector<ChannelClaim>> Reader::channelClaims(Channel channel, Instant now) {
    return m_impl->messages->claims(channel, now);
}

Result<ContactRecord> Reader::contactRecord(const PersonId& person, const std::string& address, Instant now) {
    return m_impl->messages->contact(person, address, now);
}

}  // namespace wl::store
