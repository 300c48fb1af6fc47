// SPDX-License-Identifier: GPL-3.0-or-later
#include "comms/words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>

namespace wl::comms {
namespace {

struct Language {
    std::string_view code;
    std::array<std::string_view, 12> months;
    std::array<std::string_view, kStatusCount> status;
};

// clang-format off
constexpr Language kLanguages[] = {
    {"en",
     {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
     {"received", "received", "assigned", "in progress", "on hold", "planned", "work done", "closed"}},
    {"es",
     {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
     {"recibida", "recibida", "asignada", "en curso", "en espera", "programada", "trabajo terminado", "cerrada"}},
    {"de",
     {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
     {"eingegangen", "eingegangen", "zugewiesen", "in Arbeit", "angehalten", "eingeplant", "Arbeit erledigt", "abgeschlossen"}},
    {"fr",
     {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
     {"reçue", "reçue", "attribuée", "en cours", "en attente", "planifiée", "travaux terminés", "close"}},
    {"ar",
     {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
     {"تم الاستلام", "تم الاستلام", "تم التكليف", "قيد التنفيذ", "معلّق", "مُجدول", "انتهى العمل", "مغلق"}},
};
// clang-format on

const Language& languageOf(std::string_view code) {
    const auto base = baseLanguage(code);
    const auto* at = std::ranges::find(kLanguages, std::string_view(base), &Language::code);
    return at == std::end(kLanguages) ? kLanguages[0] : *at;
}

}  // namespace

std::string baseLanguage(std::string_view language) {
    std::string out(language.substr(0, language.find_first_of("-_")));
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool isKnownLanguage(std::string_view language) {
    const auto base = baseLanguage(language);
    return std::ranges::contains(kLanguages, std::string_view(base), &Language::code);
}

std::string dateWords(DayNumber day, std::string_view language) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    const auto& words = languageOf(language);
    const auto number = static_cast<unsigned>(date.day());
    const auto year = std::to_string(static_cast<int>(date.year()));
    const std::string month(words.months[static_cast<unsigned>(date.month()) - 1]);
    const auto days = std::to_string(number);
    if (words.code == "de") return days + ". " + month + ' ' + year;
    if (words.code == "es") return days + " de " + month + " de " + year;
    if (words.code == "fr") return (number == 1 ? "1er" : days) + ' ' + month + ' ' + year;
    return days + ' ' + month + ' ' + year;
}

std::string statusWords(Status status, std::string_view language) {
    return std::string(languageOf(language).status[static_cast<std::size_t>(status)]);
}

// Unicode CLDR, plural rules for cardinals, whole numbers.
std::string_view pluralForm(std::int64_t n, std::string_view language) {
    const auto code = languageOf(language).code;
    const auto count = n < 0 ? -n : n;
    if (code == "ar") {
        const auto rest = count % 100;
        return count == 0                ? "zero"
               : count == 1              ? "one"
               : count == 2              ? "two"
               : rest >= 3 && rest <= 10 ? "few"
               : rest >= 11              ? "many"
                                         : "other";
    }
    if (code == "fr") return count <= 1 ? "one" : count != 0 && count % 1'000'000 == 0 ? "many" : "other";
    if (code == "es") return count == 1 ? "one" : count != 0 && count % 1'000'000 == 0 ? "many" : "other";
    return count == 1 ? "one" : "other";
}

}  // namespace wl::comms
