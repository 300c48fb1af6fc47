// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One JSON object becomes one record.

#include <memory>
#include <string_view>

#include "channels/feed/charset.hpp"
#include "channels/feed/record.hpp"

namespace wl::feed {

class JsonRowParser {
public:
    explicit JsonRowParser(Charset charset);
    ~JsonRowParser();
    JsonRowParser(const JsonRowParser&) = delete;
    JsonRowParser& operator=(const JsonRowParser&) = delete;

    /// `text` must be followed by SIMDJSON_PADDING readable bytes. Fills cells and raw, or problem and raw
    /// ("malformed_json", "bad_encoding"). The record's row number is the caller's.
    void parse(std::string_view text, ColumnTable& columns, Record& record);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace wl::feed
