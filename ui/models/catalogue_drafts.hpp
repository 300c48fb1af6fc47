// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The catalogue as it stands and what somebody is about to publish beside it. Nothing holds until it is published.

#include <QJsonObject>

#include <map>
#include <string>
#include <vector>

#include "rules/catalogue.hpp"

namespace wl::ui {

class CatalogueDrafts final {
public:
    using Key = std::pair<std::string, std::string>;  ///< kind, code
    enum class State : std::uint8_t { Standing, Changed, New, Withdrawn };

    /// What stands now; drafts that say the same go.
    void setStanding(const rules::Catalogue& catalogue);
    /// As it would stand when published; empty if it is withdrawn or not there.
    [[nodiscard]] std::string document(const Key& key) const;
    [[nodiscard]] QJsonObject object(const Key& key) const;
    [[nodiscard]] bool knows(const Key& key) const { return m_standing.contains(key) || m_drafts.contains(key); }
    [[nodiscard]] State stateOf(const Key& key) const;
    /// Codes of a kind, withdrawn ones too.
    [[nodiscard]] std::vector<std::string> codes(std::string_view kind) const;
    /// Everything as it would stand.
    [[nodiscard]] std::map<Key, QJsonObject> whole() const;

    void put(const Key& key, std::string document);
    void put(const Key& key, const QJsonObject& object);
    /// Takes it out when published; a new one is forgotten.
    void withdraw(const Key& key);
    /// Back to what stands.
    void revert(const Key& key) { m_drafts.erase(key); }

    [[nodiscard]] bool isEmpty() const { return m_drafts.empty(); }
    [[nodiscard]] std::size_t count() const { return m_drafts.size(); }
    [[nodiscard]] std::vector<rules::CatalogueItem> standing() const;
    [[nodiscard]] std::vector<rules::CatalogueItem> changes() const;
    /// What speaks against publishing; the field of each names item and member.
    [[nodiscard]] std::vector<Error> problems() const;

private:
    std::map<Key, std::string> m_standing;
    std::map<Key, std::string> m_drafts;  ///< empty = withdrawn
};

}  // namespace wl::ui
