// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/catalogue_drafts.hpp"

#include <QJsonDocument>

#include "engine/query_text.hpp"
#include "rules/catalogue_json.hpp"
#include "engine/messages/shipped.hpp"
#include "rules/publish_check.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {

void CatalogueDrafts::setStanding(const rules::Catalogue& c) {
    m_standing.clear();
    const auto take = [this](const auto& values) {
        for (const auto& v : values) {
            auto item = rules::toItem(v);
            m_standing[{std::move(item.kind), std::move(item.code)}] = std::move(item.document);
        }
    };
    take(c.services()), take(c.departments()), take(c.crews()), take(c.staffMembers()), take(c.calendars());
    take(c.policies()), take(c.pauseReasons()), take(c.routingRules()), take(c.ladders()), take(c.views());
    take(c.jobs()), take(c.templates());
    if (!c.sending().code.empty()) take(std::vector{c.sending()});
    if (!c.jurisdiction().code.empty()) take(std::vector{c.jurisdiction()});
    std::erase_if(m_drafts, [this](const auto& draft) {
        const auto found = m_standing.find(draft.first);
        return found == m_standing.end() ? draft.second.empty() : found->second == draft.second;
    });
}

std::string CatalogueDrafts::document(const Key& key) const {
    if (const auto draft = m_drafts.find(key); draft != m_drafts.end()) return draft->second;
    const auto found = m_standing.find(key);
    return found == m_standing.end() ? std::string() : found->second;
}

QJsonObject CatalogueDrafts::object(const Key& key) const {
    return QJsonDocument::fromJson(QByteArray::fromStdString(document(key))).object();
}

CatalogueDrafts::State CatalogueDrafts::stateOf(const Key& key) const {
    const auto draft = m_drafts.find(key);
    if (draft == m_drafts.end()) return State::Standing;
    if (draft->second.empty()) return State::Withdrawn;
    return m_standing.contains(key) ? State::Changed : State::New;
}

std::vector<std::string> CatalogueDrafts::codes(std::string_view kind) const {
    std::map<std::string, bool> found;
    for (const auto* documents : {&m_standing, &m_drafts})
        for (const auto& [key, document] : *documents)
            if (key.first == kind) found[key.second] = true;
    std::vector<std::string> out;
    for (const auto& [code, there] : found) out.push_back(code);
    return out;
}

std::map<CatalogueDrafts::Key, QJsonObject> CatalogueDrafts::whole() const {
    std::map<Key, QJsonObject> out;
    for (const auto* documents : {&m_standing, &m_drafts})
        for (const auto& [key, document] : *documents) {
            if (document.empty()) out.erase(key);
            else out[key] = QJsonDocument::fromJson(QByteArray::fromStdString(document)).object();
        }
    return out;
}

void CatalogueDrafts::put(const Key& key, std::string document) {
    const auto found = m_standing.find(key);
    if (found != m_standing.end() && found->second == document) m_drafts.erase(key);
    else m_drafts[key] = std::move(document);
}

void CatalogueDrafts::put(const Key& key, const QJsonObject& object) {
    put(key, QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString());
}

void CatalogueDrafts::withdraw(const Key& key) {
    if (m_standing.contains(key)) m_drafts[key] = {};
    else m_drafts.erase(key);
}

std::vector<rules::CatalogueItem> CatalogueDrafts::standing() const {
    std::vector<rules::CatalogueItem> out;
    for (const auto& [key, document] : m_standing) out.push_back({key.first, key.second, document});
    return out;
}

std::vector<rules::CatalogueItem> CatalogueDrafts::changes() const {
    std::vector<rules::CatalogueItem> out;
    for (const auto& [key, document] : m_drafts) out.push_back({key.first, key.second, document});
    return out;
}

std::vector<Error> CatalogueDrafts::problems() const {
    auto out = rules::problemsOfPublishing(standing(), changes());
    std::vector<rules::CatalogueItem> items;
    for (const auto& [key, document] : whole())
        items.push_back({key.first, key.second, QJsonDocument(document).toJson(QJsonDocument::Compact).toStdString()});
    const auto catalogue = rules::Catalogue::build(items);
    for (auto& problem : engine::checkTemplates(changes(), *catalogue)) {
        // A variable stands in the text; the form has no member of its own for it.
        const auto code = problem.field.substr(0, problem.field.rfind('.'));
        const auto member = problem.field.substr(code.size() + 1);
        const bool variable = problem.code == "template.variable" || problem.code == "template.optional";
        if (variable) problem.field = "template/" + code + '.' + problem.detail, problem.detail = member;
        else problem.field = "template/" + problem.field;
        out.push_back(std::move(problem));
    }
    for (const auto& [key, document] : m_drafts) {
        rules::SavedView view;
        std::vector<Error> ignored;  // already among the problems
        if (key.first != "view" || document.empty() ||
            !rules::readItem({key.first, key.second, document}, view, ignored))
            continue;
        for (std::size_t i = 0; i < view.conditions.size(); ++i)
            if (!engine::filterOf(std::span(&view.conditions[i], 1), {}))
                out.push_back({ErrorKind::Input, "catalogue.view.condition",
                               "view/" + key.second + ".conditions[" + std::to_string(i) + "]", view.conditions[i]});
        if (!view.sort.empty() && !engine::parseOrder(view.sort))
            out.push_back({ErrorKind::Input, "catalogue.value", "view/" + key.second + ".sort", view.sort});
    }
    return out;
}

}  // namespace wl::ui
