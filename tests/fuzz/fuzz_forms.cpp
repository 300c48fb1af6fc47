// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies of forms: urlencoded and multipart.
#include "channels/http/multipart.hpp"
#include "fuzz/entry.hpp"

using namespace wl;

void fuzzOne(std::string_view bytes) {
    const auto pairs = http::parseForm(bytes);
    if (pairs.size() > 1000) __builtin_trap();
    const auto end = bytes.find('\n');
    const auto type = bytes.substr(0, end);
    const auto form = http::parseMultipart(type, end == std::string_view::npos ? "" : bytes.substr(end + 1));
    if (form.fields.size() + form.files.size() > 500) __builtin_trap();
    for (const auto& file : form.files)
        if (file.field.empty() || file.bytes.size() > bytes.size()) __builtin_trap();
}

std::vector<std::string> seeds() {
    return {"a=b&c=%20+&=&x",
            "multipart/form-data; boundary=b\n--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b--\r\n",
            "multipart/form-data; boundary=\"b c\"\n\r\n--b c\r\nContent-Disposition: form-data; name=f; "
            "filename=\"a\\\"b\"\r\nContent-Type: image/png\r\n\r\n\x89\r\n--b c--\r\n"};
}
