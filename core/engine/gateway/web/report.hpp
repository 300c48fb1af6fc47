// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A report on its way through the web form. The browser carries it from page to page in hidden fields, so the gateway
// keeps nothing until it is sent; nothing of it is trusted when it comes back.

#include <map>
#include <optional>

#include "channels/http/multipart.hpp"
#include "engine/gateway/web/map_picture.hpp"
#include "engine/gateway/web/page.hpp"
#include "engine/gateway/web/uploads.hpp"
#include "rules/catalogue.hpp"

namespace wl::engine::web {

enum class ReportStep : std::uint8_t { Service, Details, Place, Contact, Check };

struct Photo {
    std::string upload;  ///< name in Uploads
    std::string name;    ///< as it was called, cleaned
};

struct Report {
    std::size_t language{};
    std::string token;  ///< 32 hex digits: the same report sent twice is one
    std::string service;
    std::map<std::string, std::vector<std::string>, std::less<>> answers;
    std::vector<std::string> asked;  ///< questions that stood on the page
    std::string description;
    std::vector<Photo> photos;
    std::string address, note;
    std::optional<GeoPoint> at;
    View view;
    std::string name, email, phone;
    bool consent{};
    std::string answerLanguage;
};

/// What came with a page. Values are cut to sane lengths; what is out of range is left out.
[[nodiscard]] Report readReport(const http::FormData& form, const Uploads& uploads);
/// Hidden fields with all of it but what the page of `step` shows itself.
[[nodiscard]] std::string carried(const Report& report, ReportStep step);

/// Questions that are to be answered, by the answers so far.
[[nodiscard]] std::vector<rules::ServiceAttribute> questionsOf(const rules::Service& service, const Report& report);
/// The question whose answer diverts them (an emergency); null if there is none.
[[nodiscard]] const rules::ServiceAttribute* stopOf(const rules::Service& service, const Report& report);

/// What is wrong with a step, each with the id of its control. `region`: of the city's telephone numbers.
[[nodiscard]] std::vector<FieldError> errorsIn(ReportStep step, const Report& report,
                                               const rules::Catalogue& catalogue);

}  // namespace wl::engine::web
