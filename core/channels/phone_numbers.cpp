// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/phone_numbers.hpp"

#include <phonenumbers/phonenumberutil.h>

namespace wl::channels {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

bool parse(std::string_view typed, const std::string& region, PhoneNumber* number) {
    if (typed.starts_with("tel:")) typed.remove_prefix(4);
    const auto& util = *PhoneNumberUtil::GetInstance();
    const auto done = util.Parse(std::string(typed), region.empty() ? "ZZ" : region, number);
    return done == PhoneNumberUtil::NO_PARSING_ERROR && util.IsPossibleNumber(*number);
}

}  // namespace

std::string toE164(std::string_view typed, const std::string& region) {
    PhoneNumber number;
    if (!parse(typed, region, &number)) return {};
    std::string out;
    PhoneNumberUtil::GetInstance()->Format(number, PhoneNumberUtil::E164, &out);
    return out;
}

std::string shownPhone(std::string_view stored, const std::string& region) {
    PhoneNumber number;
    if (!parse(stored, region, &number)) return std::string(stored);
    const auto& util = *PhoneNumberUtil::GetInstance();
    std::string out;
    const bool own = number.country_code() == util.GetCountryCodeForRegion(region);
    util.Format(number, own ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL, &out);
    return out;
}

}  // namespace wl::channels
