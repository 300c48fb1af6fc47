// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/people.hpp"

#include <algorithm>
#include <cmath>
#include <format>

namespace wl::engine::demo {
namespace {

// clang-format off
constexpr std::string_view kFirst[] = {
    "Abel", "Adele", "Agnes", "Aiko", "Alba", "Alma", "Amara", "Amos", "Anouk", "Ansel", "Anwar", "Astrid", "Aurel", "Basil", "Beatriz",
    "Benedikt", "Bianca", "Boris", "Bruna", "Caleb", "Camille", "Cato", "Cedric", "Celia", "Cora", "Cyril", "Dalia", "Damaris", "Dario",
    "Delia", "Desmond", "Dorothea", "Edda", "Edgar", "Eleni", "Elias", "Elodie", "Emeka", "Enid", "Ephraim", "Esme", "Esteban", "Etta",
    "Ezra", "Fabia", "Farid", "Felix", "Fern", "Fidel", "Flora", "Gaspar", "Gemma", "Gideon", "Gloria", "Greta", "Gunnar", "Hana",
    "Hector", "Hedda", "Henrik", "Hilda", "Horace", "Ida", "Ignacio", "Imani", "Ines", "Iona", "Irma", "Isidor", "Ivo", "Jamila", "Jasper",
    "Joaquim", "Josefa", "Jovan", "Judith", "Kamil", "Katya", "Kenji", "Lamar", "Leda", "Leif", "Leonora", "Linus", "Lotte", "Lucian",
    "Magnus", "Maia", "Malik", "Manon", "Marcel", "Marisol", "Mateo", "Maude", "Milan", "Mina", "Mireille", "Nadia", "Nestor", "Nila",
    "Octavia", "Odette", "Olaf", "Orla", "Osman", "Otis", "Paloma", "Percy", "Petra", "Pilar", "Quentin", "Rafaela", "Ramon", "Rhea",
    "Rosalind", "Rufus", "Sabine", "Salim", "Selma", "Silas", "Simone", "Soledad", "Stellan", "Tamsin", "Teodor", "Thelma", "Tobias",
    "Ursula", "Valentin", "Vera", "Viola", "Walid", "Wanda", "Wendell", "Xenia", "Yara", "Yusuf", "Zelda", "Zora"};
// Surnames are made of two halves, so that nobody is meant.
constexpr std::string_view kFront[] = {"Amber", "Ash", "Bramble", "Bright", "Brindle", "Candle", "Clover", "Copper", "Dapple", "Ember", "Fable",
    "Feather", "Fennel", "Gable", "Ginger", "Hazel", "Heather", "Honey", "Juniper", "Kettle", "Larkin", "Linden", "Marrow", "Meadow", "Nettle",
    "Nutmeg", "Otter", "Pebble", "Pepper", "Quill", "Russet", "Saffron", "Sorrel", "Tansy", "Thimble", "Umber", "Velvet", "Whistle", "Willow", "Yarrow"};
constexpr std::string_view kBack[] = {"bank", "beck", "borough", "by", "combe", "croft", "dale", "den", "fell", "field", "ford", "gate",
    "ham", "hollow", "hurst", "ley", "low", "mere", "moor", "more", "pool", "ridge", "shaw", "stead", "stone", "thorpe", "ton", "well", "wick", "worth"};
// clang-format on

constexpr std::string_view kLanguages[] = {"en", "es", "pt", "fr", "ht", "zh"};
constexpr double kLanguageShares[] = {0.76, 0.11, 0.05, 0.04, 0.02, 0.02};
constexpr std::string_view kMailHosts[] = {"example.org", "example.net", "example.com"};

// Area codes have no 0 or 1 in front and are not the service codes that end in 11.
std::string areaCode(std::size_t k) {
    std::size_t code = 200;
    for (std::size_t n = k % 780;; ++code) {
        if (code % 100 == 11) continue;
        if (n-- == 0) break;
    }
    return std::to_string(code);
}

std::string lowered(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

}  // namespace

People::People(std::uint64_t seed, const Places& places, std::size_t count)
    : m_seed(seed), m_places(places), m_count(std::max(count, places.districtCount())) {
    std::size_t homes = 0;
    for (std::size_t d = 0; d < places.districtCount(); ++d) homes += places.addressesIn(d).size();
    std::size_t before = 0;
    for (std::size_t d = 0; d < places.districtCount(); ++d) {
        m_firstOf.push_back(before * m_count / homes);
        before += places.addressesIn(d).size();
    }
    m_firstOf.push_back(m_count);
}

Person People::person(std::size_t i) const {
    Chance chance(m_seed, stream::person, i);
    Person p;
    const std::uint64_t a = chance.next(), b = chance.next();
    for (std::size_t k = 0; k < 8; ++k) {
        p.id.bytes[k] = static_cast<std::uint8_t>(a >> (8 * k));
        p.id.bytes[8 + k] = static_cast<std::uint8_t>(b >> (8 * k));
    }
    p.first = chance.pick(kFirst);
    p.last = std::string(chance.pick(kFront)) + std::string(chance.pick(kBack));
    p.language = kLanguages[chance.weighted(kLanguageShares)];
    const auto district = static_cast<std::size_t>(std::ranges::upper_bound(m_firstOf, i) - m_firstOf.begin()) - 1;
    p.home = m_places.anyIn(std::min(district, m_places.districtCount() - 1), chance);
    const bool hasPhone = chance.with(0.86);
    if (hasPhone) {
        // a different number for each of the first 78,000 people; most of them local, the others from anywhere
        const std::size_t line = i * 7919 % 78'000;
        p.phone = "+1" + areaCode(line / 100) + std::format("55501{:02}", line % 100);
        p.whatsapp = chance.with(0.34);
    }
    if (!hasPhone || chance.with(0.58))
        p.email = std::format("{}.{}{}@{}", lowered(p.first), lowered(p.last), i % 97, chance.pick(kMailHosts));
    p.preferred = p.whatsapp && chance.with(0.7)        ? Channel::WhatsApp
                  : p.phone.empty() || chance.with(0.3) ? Channel::Email
                                                        : Channel::Phone;
    if (p.email.empty() && p.preferred == Channel::Email) p.preferred = Channel::Phone;
    p.doNotContact = chance.with(0.004);
    return p;
}

std::size_t People::callerIn(std::size_t district, Chance& chance) const {
    const auto first = m_firstOf[district];
    const auto size = std::max<std::size_t>(m_firstOf[district + 1] - first, 1);
    const double often = chance.with(0.18) ? std::pow(chance.unit(), 5.0) : chance.unit();
    return std::min(first + static_cast<std::size_t>(often * static_cast<double>(size)), m_count - 1);
}

OpenPerson People::opening(const Person& p, const Places& places) {
    OpenPerson command;
    command.id = p.id;
    command.fields.set(PersonField::Name, p.name());
    command.fields.set(PersonField::Language, p.language);
    command.fields.set(PersonField::PreferredChannel, static_cast<std::int64_t>(p.preferred));
    command.fields.set(PersonField::Address, places.text(p.home));
    if (p.doNotContact) command.fields.set(PersonField::DoNotContact, std::int64_t{1});
    if (!p.phone.empty()) command.contacts.push_back({ContactKind::Phone, p.phone, "mobile"});
    if (!p.email.empty()) command.contacts.push_back({ContactKind::Email, p.email, "home"});
    if (p.whatsapp) command.contacts.push_back({ContactKind::WhatsApp, p.phone, ""});
    return command;
}

}  // namespace wl::engine::demo
