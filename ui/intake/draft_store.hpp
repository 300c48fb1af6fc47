// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Unsaved reports as files, one each, written whole or not at all: a crash loses at most the last moment of typing.

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <filesystem>
#include <optional>
#include <vector>

#include "domain/result.hpp"

namespace wl::ui {

struct IntakeDraft {
    QString id;         ///< also the file's name
    QString title;      ///< what to show in a list: "Pothole, 12 Market Street"
    QDateTime savedAt;  ///< UTC
    QJsonObject form;
};

class DraftStore final {
public:
    explicit DraftStore(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    /// Newest first. A file that cannot be read is set aside as *.unreadable, never deleted.
    [[nodiscard]] std::vector<IntakeDraft> list() const;
    [[nodiscard]] Result<void> save(const IntakeDraft& draft) const;
    void remove(const QString& id) const;
    [[nodiscard]] static QString newId();

private:
    [[nodiscard]] QString pathOf(const QString& id) const;

    std::filesystem::path m_folder;
};

}  // namespace wl::ui
