// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which members a catalogue item has, in order, how each is edited, and what there is to choose from.

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <map>
#include <string>
#include <vector>

#include "geo/city_map.hpp"
#include "ui/models/choice_match.hpp"

namespace wl::ui {

struct FormField {
    enum class Kind : std::uint8_t {
        Line,
        Text,    ///< several lines
        Day,     ///< "2026-12-24"
        Moment,  ///< an instant; a day means its first moment in the city
        Number,
        Flag,
        Words,   ///< a list of free words, with commas
        Lines,   ///< a list of free texts, one a line
        Pairs,   ///< a list of {key, name}, "key=name" a line
        Choice,
        Many,    ///< a list of choices
        Target,  ///< {amount, unit}
        When,    ///< of a step: percent of the time, or minutes before or after due
        Week,    ///< hours of each day
        Rows     ///< a list of objects
    };
    const char* member;
    QString label;
    Kind kind{Kind::Line};
    const char* of{};    ///< where its choices come from, see FormChoices
    QString hint{};
    QJsonValue usual{};  ///< what it is if it is not there; not written then
    bool free{};         ///< Choice: other texts are allowed too
    int most{1'000'000};
    std::vector<FormField> columns{};  ///< Rows
    int shown{};                       ///< Rows: so many columns stand in the table
};

struct FormKind {
    const char* kind;
    QString name;  ///< "Services"
    QString icon;
    std::vector<FormField> fields;
};

/// The pages of the administration, in order.
[[nodiscard]] const std::vector<FormKind>& formKinds();

/// Writes a member; what is empty or as usual is taken out.
void putMember(const FormField& field, const QJsonValue& value, QJsonObject& document);
/// "5 working days", "08:30-12:00 13:00-17:00": a member in one line, for tables.
class FormChoices;
[[nodiscard]] QString memberWords(const FormField& field, const QJsonObject& document, const FormChoices& choices);

/// Hours of one day as they are typed, "08:30-12:00 13:00-17:00", 22:00-30:00 past midnight.
[[nodiscard]] QString windowsText(const QJsonArray& windows);
[[nodiscard]] std::optional<QJsonArray> windowsOf(const QString& typed, QString* why);

/// What there is to choose from, among the items as they would stand when published.
class FormChoices final {
public:
    using Documents = std::map<std::pair<std::string, std::string>, QJsonObject>;  ///< by kind and code
    FormChoices(Documents documents, geo::CityMapPtr city);

    /// `source`: a kind of items, or group, area, skill, zone, priority, channel, role, fallback, target, when, owner,
    /// escalatee, datatype.
    [[nodiscard]] std::vector<Choice> of(const char* source) const;
    /// What is shown for a code; the code itself where it is not known.
    [[nodiscard]] QString nameOf(const char* source, const QString& code) const;
    /// The city's zone.
    [[nodiscard]] QString zone() const;

private:
    Documents m_documents;
    geo::CityMapPtr m_city;
};

}  // namespace wl::ui
