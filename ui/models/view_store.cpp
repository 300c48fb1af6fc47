// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/view_store.hpp"

#include <algorithm>

#include "ui/models/value_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

ViewStore::ViewStore(ConsoleBridge& bridge, std::filesystem::path dataFolder, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_folder(std::move(dataFolder)) {
    load();
    const auto again = [this] {
        gather();
        Q_EMIT changed();
    };
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, again);
    connect(&bridge, &ConsoleBridge::agentChanged, this, again);
}

void ViewStore::load() {
    if (auto read = engine::readPersonalViews(m_folder)) m_personal = std::move(*read);
    else QMetaObject::invokeMethod(this, [this, error = read.error()] { Q_EMIT failed(error); }, Qt::QueuedConnection);
    gather();
}

void ViewStore::gather() {
    m_views.clear();
    for (const auto& view : m_personal)
        if (view.owner == m_bridge.agent()) m_views.push_back({u"my:"_s + fromText(view.code), view, true});
    for (auto& view : engine::sharedViews(*m_bridge.catalogue(), m_bridge.agent()))
        m_views.push_back({u"view:"_s + fromText(view.code), std::move(view), false});
}

const ViewStore::Entry* ViewStore::find(const QString& id) const {
    const auto found = std::ranges::find(m_views, id, &Entry::id);
    return found == m_views.end() ? nullptr : &*found;
}

void ViewStore::add(rules::SavedView view, bool shared, Done done) {
    view.code = engine::viewCode(view.name, shared ? m_bridge.catalogue()->views() : m_personal);
    if (shared) return publish(rules::toItem(view), u"view:"_s + fromText(view.code), std::move(done));
    view.owner = m_bridge.agent();
    auto personal = m_personal;
    personal.push_back(view);
    keep(std::move(personal), u"my:"_s + fromText(view.code), done);
}

void ViewStore::rename(const QString& id, const QString& name, Done done) {
    const auto* entry = find(id);
    if (!entry) return done(std::unexpected(Error{ErrorKind::NotFound, "view.unknown", "view", toText(id)}));
    if (name.trimmed().isEmpty())
        return done(std::unexpected(Error{ErrorKind::Input, "view.name_missing", "name", {}}));
    auto view = entry->view;
    view.name = toText(name.trimmed());
    if (!entry->personal) return publish(rules::toItem(view), id, std::move(done));
    auto personal = m_personal;
    if (const auto found = std::ranges::find(personal, entry->view); found != personal.end()) *found = view;
    keep(std::move(personal), id, done);
}

void ViewStore::remove(const QString& id, Done done) {
    const auto* entry = find(id);
    if (!entry) return done(std::unexpected(Error{ErrorKind::NotFound, "view.unknown", "view", toText(id)}));
    if (!entry->personal) return publish({"view", entry->view.code, {}}, id, std::move(done));
    auto personal = m_personal;
    std::erase(personal, entry->view);
    keep(std::move(personal), id, done);
}

void ViewStore::publish(rules::CatalogueItem item, const QString& id, Done done) {
    m_bridge.submit(engine::PublishCatalogue{{std::move(item)}}, this,
                    [this, id, done = std::move(done)](const Result<engine::Receipt>& receipt) {
                        if (!receipt) return done(std::unexpected(receipt.error()));
                        gather();
                        Q_EMIT changed();
                        done(id);
                    });
}

// What the file says holds: it is written first.
void ViewStore::keep(std::vector<rules::SavedView> personal, const QString& id, const Done& done) {
    if (const auto written = engine::writePersonalViews(m_folder, personal); !written)
        return done(std::unexpected(written.error()));
    m_personal = std::move(personal);
    gather();
    Q_EMIT changed();
    done(id);
}

}  // namespace wl::ui
