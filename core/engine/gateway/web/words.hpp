// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the public pages say, in each language that they speak. What a city's catalogue says is in the city's own words.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace wl::engine::web {

struct PageLanguage {
    std::string_view code;  ///< ISO 639-1
    std::string_view name;  ///< in itself
    bool rightToLeft{};
};
inline constexpr std::array<PageLanguage, 5> kPageLanguages{{
    {"en", "English", false},
    {"es", "Español", false},
    {"de", "Deutsch", false},
    {"fr", "Français", false},
    {"ar", "العربية", true},
}};
/// Its place in kPageLanguages; English for what is not spoken. Takes codes and Accept-Language ("de-AT,de;q=0.9").
[[nodiscard]] std::size_t pageLanguage(std::string_view wanted);

enum class Word : std::uint8_t {
    // clang-format off
    ReportTitle, Skip, Step, Of, Continue, Back, Language, ErrorTitle, Error,
    ServiceTitle, ServiceSearch, Search, ServiceNone, ServiceMissing, Optional,
    DetailsTitle, Description, DescriptionHelp, TooLong, AnswerMissing, NotNumber, NotDate, DateHelp, NotInList,
    Photo, PhotoHelp, PhotoKind, PhotoLarge, PhotoMany, PhotoKept, PhotoLost, PhotoRemove,
    StopTitle, StopFiled, StopStart,
    PlaceTitle, Address, AddressHelp, FindAddress, AddressNone, AddressPick, MapTitle, MapHelp, MapPicked, MapClear,
    ZoomIn, ZoomOut, North, South, West, East, PlaceMissing, LocationNote, NearAddress,
    ContactTitle, ContactHelp, Name, Email, Phone, EmailWrong, PhoneWrong, Consent, ConsentMissing, AnswerLanguage,
    CheckTitle, CheckHelp, Change, Send, NotGiven, Yes, No,
    DoneTitle, DoneNumber, DoneSecret, DoneKeep, DoneStatus, DoneAnother,
    StatusTitle, StatusNumber, StatusSecret, StatusShow, StatusWrong, StatusService, StatusState, StatusSince,
    StatusExpected, StatusHistory, StatusOpen, StatusClosed,
    StateReceived, StateAcknowledged, StateAssigned, StateInProgress, StateWaiting, StatePlanned, StateDone,
    StateClosed, StateReopened,
    TooMany, Failed, Honeypot, Service, Place, LeaveEmpty,
    // clang-format on
};
[[nodiscard]] std::string_view word(Word which, std::size_t language);

}  // namespace wl::engine::web
