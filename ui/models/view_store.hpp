// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The views that the agent has: their own, kept on this console, and those that the city shares. GUI thread.

#include <QObject>

#include <filesystem>
#include <functional>

#include "engine/saved_views.hpp"
#include "ui/models/console_bridge.hpp"

namespace wl::ui {

class ViewStore final : public QObject {
    Q_OBJECT

public:
    ViewStore(ConsoleBridge& bridge, std::filesystem::path dataFolder, QObject* parent = nullptr);

    struct Entry {
        QString id;  ///< "my:CODE" or "view:CODE", for queues
        rules::SavedView view;
        bool personal{};
    };
    [[nodiscard]] const std::vector<Entry>& views() const { return m_views; }
    [[nodiscard]] const Entry* find(const QString& id) const;

    using Done = std::function<void(const Result<QString>&)>;  ///< the view's id
    /// Keeps a new view; without role and department and `shared` for the agent alone.
    void add(rules::SavedView view, bool shared, Done done);
    void rename(const QString& id, const QString& name, Done done);
    void remove(const QString& id, Done done);

Q_SIGNALS:
    void changed();
    /// The file of personal views cannot be read.
    void failed(const wl::Error& error);

private:
    void load();
    void gather();
    void publish(rules::CatalogueItem item, const QString& id, Done done);
    void keep(std::vector<rules::SavedView> personal, const QString& id, const Done& done);

    ConsoleBridge& m_bridge;
    std::filesystem::path m_folder;
    std::vector<rules::SavedView> m_personal;  ///< of everybody at this console
    std::vector<Entry> m_views;
};

}  // namespace wl::ui
