// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A mapping file as the wizard edits it: sections of `key = value` lines in their order. What it says is checked by
// feed::parseMapping; this only finds and sets lines.

#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace wl::ui {

class MappingText final {
public:
    MappingText() = default;
    explicit MappingText(const QString& text);

    [[nodiscard]] QString value(const QString& section, const QString& key) const;
    /// An empty value takes the line away.
    void set(const QString& section, const QString& key, const QString& value);
    [[nodiscard]] QStringList keys(const QString& section) const;
    [[nodiscard]] QString toText() const;

private:
    struct Section {
        QString name;
        std::vector<std::pair<QString, QString>> lines;
    };
    Section& section(const QString& name);

    std::vector<Section> m_sections;
};

}  // namespace wl::ui
