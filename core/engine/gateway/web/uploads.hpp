// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pictures that came with a form which is not sent yet: a folder, each under a random name that its sender alone knows.
// What nobody sent within a day goes.

#include <filesystem>
#include <optional>

#include "domain/crypto.hpp"

namespace wl::engine::web {

/// "image/jpeg" by the first bytes; empty for what is no picture that is taken.
[[nodiscard]] std::string pictureType(std::string_view bytes);

class Uploads {
public:
    Uploads(std::filesystem::path folder, Rng& rng) : m_folder(std::move(folder)), m_rng(rng) {}
    /// Gives the name. Errors: upload.full, upload.write
    Result<std::string> keep(std::string_view bytes);
    /// Nothing if there is none of that name.
    [[nodiscard]] std::optional<std::string> bytesOf(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;

private:
    void prune();
    [[nodiscard]] std::filesystem::path pathOf(std::string_view name) const;

    std::filesystem::path m_folder;
    Rng& m_rng;
};

}  // namespace wl::engine::web
