// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A read-only connection for one thread. It never checkpoints and never waits for the writer.

#include <filesystem>
#include <memory>
#include <span>

#include "store/foresight.hpp"
#include "store/views.hpp"

namespace wl::store {

class Reader {
public:
    /// With foresight, clocks of open cases warn from when that says if it is earlier.
    static Result<std::unique_ptr<Reader>> open(const std::filesystem::path& database,
                                                std::shared_ptr<const Foresight> foresight = {});
    ~Reader();

    /// Rows in the order of the keys; keys that do not exist are left out.
    [[nodiscard]] Result<std::vector<CaseRow>> rows(std::span<const CaseKey> keys);
    [[nodiscard]] Result<CaseDetail> detail(CaseKey key);
    /// How many other consoles have every op of the case durably; 0: it is on this machine only.
    [[nodiscard]] Result<int> holders(CaseKey key);
    /// The whole history, oldest first; ops that do not count are marked.
    [[nodiscard]] Result<std::vector<TimelineEntry>> timeline(CaseKey key);
    /// Both, where two cases of a large city came by the same number (one city of seventy with a million has such a
    /// pair); of the beginning of a number, five characters or more, the first 50 that begin so.
    [[nodiscard]] Result<std::vector<CaseKey>> casesByNumber(std::string_view typed);
    /// By number as typed, by id in hex, or by external id. Errors: case.unknown; case.ambiguous for more than one
    [[nodiscard]] Result<CaseKey> findCase(std::string_view named);
    [[nodiscard]] Result<CaseKey> findCase(const CaseId& id);
    /// The case that holds what a channel delivered (or sent) under that name; 0 if nothing did.
    [[nodiscard]] Result<CaseKey> findInteraction(Channel channel, std::string_view externalId);

    /// Messages to citizens, newest first.
    [[nodiscard]] Result<std::vector<OutboxRow>> outbox(const OutboxFilter& filter);
    [[nodiscard]] Result<std::optional<OutboxRow>> findMessage(const MessageId& id);
    /// By what its provider calls it.
    [[nodiscard]] Result<std::optional<OutboxRow>> findMessage(Channel channel, const std::string& externalId);
    /// The message as it was written. Errors: message.unknown
    [[nodiscard]] Result<MessageWritten> messageText(const OutboxRow& row);
    /// What a gateway may send by now, oldest first.
    [[nodiscard]] Result<std::vector<OutboxRow>> dueMessages(Channel channel, Instant now, int limit);
    [[nodiscard]] Result<std::vector<ChannelClaim>> channelClaims(Channel channel, Instant now);
    [[nodiscard]] Result<ContactRecord> contactRecord(const PersonId& person, const std::string& address, Instant now);

    [[nodiscard]] Result<PersonView> person(const PersonId& id);
    [[nodiscard]] Result<PersonView> person(PersonKey key);
    /// All records that were judged to be of the same citizen, this one among them. Never across a protected record;
    /// records that were told apart stay apart, whatever others are tied to both.
    [[nodiscard]] Result<PersonGroup> personGroup(const PersonId& id);
    /// The fault that a case is about.
    [[nodiscard]] Result<Incident> incident(CaseKey key);
    /// What was said of two cases, or of two citizen records, whichever holds it.
    [[nodiscard]] Result<Judgement> judgedCases(const CaseId& a, const CaseId& b);
    [[nodiscard]] Result<Judgement> judgedPersons(const PersonId& a, const PersonId& b);
    /// Pairs of citizen records on which a judgement stands.
    [[nodiscard]] Result<std::vector<std::pair<PersonId, PersonId>>> judgedPersonPairs(Judgement judgement, int limit);
    /// Citizen records in slices: those after a key, ascending.
    [[nodiscard]] Result<std::vector<PersonView>> personsAfter(PersonKey after, int limit);
    /// Cases that name the person as requester or as a further reporter, newest first.
    [[nodiscard]] Result<std::vector<CaseKey>> casesOf(const PersonId& id, int limit = 500);
    /// The members of a work order, oldest key first.
    [[nodiscard]] Result<std::vector<CaseKey>> casesOfJob(const std::string& job);
    /// Over the cases first answered at or after `from`: answer minus request.
    [[nodiscard]] Result<FirstResponses> firstResponsesSince(Instant from);

    /// Persons whose contact matches: a phone number (any notation) or an e-mail address.
    [[nodiscard]] Result<std::vector<PersonKey>> personsByContact(std::string_view contact, int limit = 20);
    /// Persons by name, forgiving of misspelling; best first.
    [[nodiscard]] Result<std::vector<PersonKey>> personsByName(std::string_view name, int limit = 20);
    /// Case number, text, address, person, phone: best first.
    [[nodiscard]] Result<SearchHits> search(std::string_view text, int limit = 50);
    /// Cases within a distance, nearest first.
    [[nodiscard]] Result<std::vector<CaseKey>> near(GeoPoint centre, double metres, int limit);

    class Impl;
    explicit Reader(std::unique_ptr<Impl> impl);

private:
    std::unique_ptr<Impl> m_impl;
};

}  // namespace wl::store
