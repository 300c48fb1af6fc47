// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What may fail in the world returns Result<T>. An Error carries no text for users: `ui` and `app` translate
// its code, and name the thing it is about from `field` and `detail`.

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace wl {

enum class ErrorKind : std::uint8_t {
    Input,      ///< what the user or a peer gave is not acceptable (exit status 2)
    Refused,    ///< understood, but a rule says no (exit status 1)
    Conflict,   ///< somebody else changed it since (exit status 1)
    NotFound,   ///< the thing named does not exist (exit status 1)
    Corrupt,    ///< stored bytes are not what was written (exit status 3)
    World,      ///< disk, network, operating system (exit status 3)
    Cancelled,  ///< the user stopped it
};

struct Error {
    ErrorKind kind{};
    std::string code;    ///< machine-readable, stable: "case.number.unknown"
    std::string field;   ///< the field or thing it is about, may be empty
    std::string detail;  ///< value, path, position or system message, may be empty
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string code, std::string field = {},
                                                 std::string detail = {}) {
    return std::unexpected(Error{kind, std::move(code), std::move(field), std::move(detail)});
}

}  // namespace wl

// Leaves the function with the error of a Result, or gives its value to `decl`.
#define WL_JOIN2(a, b) a##b
#define WL_JOIN(a, b) WL_JOIN2(a, b)
#define WL_TRY(decl, expr) WL_TRY_IMPL(decl, expr, WL_JOIN(wlTry, __LINE__))
#define WL_TRY_IMPL(decl, expr, tmp)                               \
    auto tmp = (expr);                                             \
    if (!(tmp).has_value()) return std::unexpected((tmp).error()); \
    decl = std::move(*(tmp))
#define WL_CHECK(expr)                                                                                  \
    do {                                                                                                \
        if (auto wlChecked = (expr); !wlChecked.has_value()) return std::unexpected(wlChecked.error()); \
    } while (false)
