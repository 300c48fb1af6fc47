// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/mail/charsets.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "channels/feed/charset.hpp"

namespace wl::mail {
namespace {

struct Closing {
    void operator()(UConverter* c) const { ucnv_close(c); }
    void operator()(UCharsetDetector* d) const { ucsdet_close(d); }
};
using Converter = std::unique_ptr<UConverter, Closing>;

std::string lower(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != '"' && c != '\'' && c != ' ' && c != ';')
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    return out;
}

// What programs mean by a name: the superset that their system really wrote (WHATWG Encoding, "Names and labels").
std::string meant(std::string_view declared) {
    static constexpr std::array<std::pair<const char*, const char*>, 20> kMeant{{
        {"us-ascii", "windows-1252"},
        {"ascii", "windows-1252"},
        {"iso-8859-1", "windows-1252"},
        {"iso8859-1", "windows-1252"},
        {"latin1", "windows-1252"},
        {"iso-8859-9", "windows-1254"},
        {"iso-8859-11", "windows-874"},
        {"tis-620", "windows-874"},
        {"gb2312", "gb18030"},
        {"gbk", "gb18030"},
        {"x-gbk", "gb18030"},
        {"ks_c_5601-1987", "windows-949"},
        {"ks_c_5601", "windows-949"},
        {"euc-kr", "windows-949"},
        {"shift_jis", "ibm-943_P15A-2003"},
        {"shift-jis", "ibm-943_P15A-2003"},
        {"sjis", "ibm-943_P15A-2003"},
        {"x-sjis", "ibm-943_P15A-2003"},
        {"big5", "big5-hkscs"},
        {"utf-7", "utf-7"},
    }};
    const auto name = lower(declared);
    for (const auto& [from, to] : kMeant)
        if (name == from) return to;
    return name;
}

// All of it in that charset, or nothing if a byte does not fit and `strict`.
std::optional<std::string> converted(std::string_view bytes, const std::string& charset, bool strict) {
    UErrorCode status = U_ZERO_ERROR;
    const Converter from(ucnv_open(charset.c_str(), &status));
    const Converter to(ucnv_open("UTF-8", &status));
    if (U_FAILURE(status)) return std::nullopt;
    if (strict) ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::string out;
    std::array<UChar, 1024> pivot{};
    auto *pivotFrom = pivot.data(), *pivotTo = pivot.data();
    const char* in = bytes.data();
    const auto* const end = in + bytes.size();
    std::array<char, 4096> piece{};
    bool first = true;
    while (true) {
        char* at = piece.data();
        status = U_ZERO_ERROR;
        ucnv_convertEx(to.get(), from.get(), &at, piece.data() + piece.size(), &in, end, pivot.data(), &pivotFrom,
                       &pivotTo, pivot.data() + pivot.size(), first, true, &status);
        first = false;
        out.append(piece.data(), at);
        if (status == U_BUFFER_OVERFLOW_ERROR) continue;
        if (U_FAILURE(status)) return std::nullopt;
        return out;
    }
}

bool isAscii(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string guessed(std::string_view bytes) {
    if (bytes.contains("\x1b$") || bytes.contains("\x1b("))
        if (auto text = converted(bytes, "ISO-2022-JP-2", true)) return *text;
    if (feed::isUtf8(bytes)) return std::string(bytes);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, Closing> detector(ucsdet_open(&status));
    if (U_SUCCESS(status)) {
        ucsdet_setText(detector.get(), bytes.data(),
                       static_cast<std::int32_t>(std::min<std::size_t>(bytes.size(), 65536)), &status);
        const auto* match = ucsdet_detect(detector.get(), &status);
        if (match && U_SUCCESS(status) && ucsdet_getConfidence(match, &status) >= 30)
            if (auto text = converted(bytes, meant(ucsdet_getName(match, &status)), true)) return *text;
    }
    std::string out;
    feed::appendWindows1252(out, bytes);
    return out;
}

}  // namespace

std::string toUtf8(std::string_view bytes, std::string_view declared) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    const auto charset = meant(declared);
    const bool named = !charset.empty() && charset != "unknown-8bit" && charset != "x-unknown" && charset != "default";
    const bool plain = isAscii(bytes);
    if (plain && !bytes.contains('\x1b') && !charset.starts_with("utf-16") && !charset.starts_with("utf-32") &&
        charset != "utf-7" && charset != "hz-gb-2312" && !charset.starts_with("iso-2022"))
        return std::string(bytes);
    if (!named || lower(declared).contains("ascii")) return guessed(bytes);
    if (charset == "windows-1252" && feed::isUtf8(bytes) && !plain) return std::string(bytes);  // the label is wrong
    if (charset == "utf-8" || charset == "utf8") {
        if (feed::isUtf8(bytes)) return std::string(bytes);
        // A few bad bytes in UTF-8, or no UTF-8 at all: what decides is which of the two loses less.
        const auto kept = converted(bytes, "UTF-8", false).value_or(std::string());
        std::size_t bad = 0, good = 0;
        for (std::size_t at = kept.find("\xef\xbf\xbd"); at != std::string::npos;
             at = kept.find("\xef\xbf\xbd", at + 3))
            ++bad;
        for (const char c : kept)
            if (static_cast<unsigned char>(c) >= 0xc0) ++good;
        return good - bad > bad ? kept : guessed(bytes);
    }
    if (auto text = converted(bytes, charset == "iso-2022-jp" ? "ISO-2022-JP-2" : charset, true)) return *text;
    if (feed::isUtf8(bytes)) return std::string(bytes);
    if (auto text = converted(bytes, charset, false)) return *text;
    return guessed(bytes);
}

}  // namespace wl::mail
