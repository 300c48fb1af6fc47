// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A field's value as a person reads it: names for codes, local time for instants, questions and answers for JSON.

#include <QString>
#include <QTimeZone>

#include <functional>

#include "domain/case_fields.hpp"
#include "geo/city_map.hpp"
#include "rules/catalogue.hpp"

namespace wl::ui {

/// What values are read against. Holds references: make one for the moment.
struct WordContext {
    const rules::Catalogue& catalogue;
    const geo::CityMap* city{};  ///< for names of areas; may be null
    QTimeZone zone{QTimeZone::utc()};
    std::function<QString(const PersonId&)> personName{};
    std::string service{};  ///< whose questions the answers belong to
};

[[nodiscard]] QString fromText(std::string_view text);
[[nodiscard]] std::string toText(const QString& text);

/// Empty for a value that is not set.
[[nodiscard]] QString valueWords(CaseField field, const Value& value, const WordContext& context);
[[nodiscard]] QString areaName(const geo::CityMap* city, std::string_view code);
/// One "question: answer" a line, in the order of the service's questions; answers to others come last.
[[nodiscard]] QStringList answerLines(std::string_view json, const rules::Service* service);

}  // namespace wl::ui
