// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The public pages: /report files a report in five steps, /status shows what became of one. Plain HTML that works
// without script, with a keyboard and on a window of 320 pixels.

#include <unordered_map>

#include "engine/gateway/web/public_desk.hpp"
#include "geo/gazetteer.hpp"

namespace wl::engine::web {

/// Bytes of a page that comes back with its pictures.
inline constexpr std::size_t kLargestUpload = 32u << 20U;

struct WebFormSettings {
    int filingsAnHour{30};  ///< of one address
};

class WebForm {
public:
    /// Lives no longer than the engine; used by one thread.
    static Result<std::unique_ptr<WebForm>> open(Engine& engine, const std::filesystem::path& data,
                                                 WebFormSettings settings);
    [[nodiscard]] static bool serves(std::string_view path);
    [[nodiscard]] http::Answer answer(const http::Request& request, std::string_view path);

private:
    WebForm(Engine& engine, std::unique_ptr<PublicDesk> desk, const std::filesystem::path& data,
            WebFormSettings settings)
        : m_engine(engine), m_desk(std::move(desk)), m_uploads(data / "web-uploads", m_rng), m_settings(settings) {}

    [[nodiscard]] http::Answer start(const http::Request& request);
    [[nodiscard]] http::Answer step(const http::Request& request);
    [[nodiscard]] http::Answer send(Report report, const std::string& peer);
    [[nodiscard]] http::Answer status(const http::Request& request);
    [[nodiscard]] http::Answer picture(const http::Request& request);

    // Pages.
    [[nodiscard]] http::Answer page(ReportStep step, const Report& report, std::vector<FieldError> errors = {},
                                    std::string search = {}, int status = 200);
    [[nodiscard]] std::string servicePart(const Report& report, const std::vector<FieldError>& errors,
                                          const std::string& search) const;
    [[nodiscard]] std::string detailsPart(const Report& report, const std::vector<FieldError>& errors) const;
    [[nodiscard]] std::string placePart(const Report& report, const std::vector<FieldError>& errors);
    [[nodiscard]] std::string contactPart(const Report& report, const std::vector<FieldError>& errors) const;
    [[nodiscard]] std::string checkPart(const Report& report) const;
    [[nodiscard]] http::Answer stopped(const Report& report, const rules::ServiceAttribute& question) const;
    [[nodiscard]] http::Answer done(const Report& report, const Receipt& receipt) const;

    void takePhotos(const http::FormData& form, Report& report, std::vector<FieldError>& errors);
    /// What a button of the page "where" does; true if the page is to be shown again.
    bool placeVerb(std::string_view verb, const http::FormData& form, Report& report);
    [[nodiscard]] const geo::Gazetteer* places();
    [[nodiscard]] bool mayFile(const std::string& peer);
    [[nodiscard]] std::string city() const;

    Engine& m_engine;
    std::unique_ptr<PublicDesk> m_desk;
    SystemRng m_rng;
    Uploads m_uploads;
    WebFormSettings m_settings;
    geo::CityMapPtr m_mapped;  ///< of m_places
    std::optional<geo::Gazetteer> m_places;
    std::unordered_map<std::string, std::pair<std::int64_t, int>> m_filed;  ///< address → hour, reports
};

}  // namespace wl::engine::web
