// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a catalogue item is edited as a form: its members in order, and each as a line of text that a person can type and
// that becomes JSON again. "5 business_days", "mon 08:30-12:00 13:00-17:00", "75% owner".

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

#include "rules/catalogue.hpp"

namespace wl::ui {

struct FormField {
    enum class Kind : std::uint8_t {
        Line,
        Text,
        Number,
        Flag,
        List,
        Choice,
        Target,
        Week,
        Days,
        Closures,
        Steps,
        Json
    };
    const char* member;
    QString label;
    Kind kind{Kind::Line};
    const char* of{};  ///< Choice: the kind of item it names
    QString hint{};
};

struct FormKind {
    const char* kind;
    QString name;  ///< "Services"
    QString icon;
    std::vector<FormField> fields;
};

/// The pages of the administration, in order.
[[nodiscard]] const std::vector<FormKind>& formKinds();

/// A member as text; empty if it is not there.
[[nodiscard]] QString memberText(const FormField& field, const QJsonObject& document);
/// Puts what was typed into the document; empty removes the member. False if it cannot be read, with a hint why.
[[nodiscard]] bool setMember(const FormField& field, const QString& typed, QJsonObject& document, QString* why);

}  // namespace wl::ui
