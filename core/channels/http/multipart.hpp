// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// multipart/form-data (RFC 7578): the fields of a form and the files that came with it. Bounded; keeps nothing.

#include "channels/http/http.hpp"

namespace wl::http {

struct FormFile {
    std::string field;  ///< name of the form's control
    std::string name;   ///< as the sender named it; not to be trusted
    std::string type;   ///< as the sender says
    std::string bytes;
};
struct FormData {
    Pairs fields;
    std::vector<FormFile> files;  ///< an empty control of a browser is none
};

/// At most 500 parts and 64 KiB a field; more of either, and what is no part, is left out. Empty where the type names
/// no boundary.
[[nodiscard]] FormData parseMultipart(std::string_view contentType, std::string_view body);
/// Fields and files of a request's body, form-encoded or multipart.
[[nodiscard]] FormData formOf(const Request& request);

}  // namespace wl::http
