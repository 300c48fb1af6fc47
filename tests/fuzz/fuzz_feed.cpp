// SPDX-License-Identifier: GPL-3.0-or-later
// Feed files: the first byte chooses format and mapping, the rest is the file (also packed).
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "channels/feed/reader.hpp"
#include "channels/feed/row_converter.hpp"
#include "fuzz/entry.hpp"

using namespace wl;

void fuzzOne(std::string_view bytes) {
    if (bytes.empty()) return;
    const auto choice = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    const int fd = ::memfd_create("feed", 0);
    if (fd < 0 || ::write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) std::abort();
    static const auto mappings = [] {
        std::vector<feed::Mapping> out;
        for (const auto& shipped : feed::shippedMappings()) out.push_back(feed::parseMapping(shipped.text).value());
        return out;
    }();
    const auto& mapping = mappings[choice / 4 % mappings.size()];
    feed::ReadOptions options;
    options.format = static_cast<feed::Format>(choice % 4);
    if (auto reader = feed::openFeed("/proc/self/fd/" + std::to_string(fd), options)) {
        auto converter = feed::RowConverter::of(mapping).value();
        feed::Record record;
        feed::ImportedCase out;
        std::vector<feed::RowProblem> problems;
        for (auto row = (*reader)->next(record); row && *row; row = (*reader)->next(record)) {
            for (const auto& cell : record.cells)
                if (std::size_t{cell.begin} + cell.size > record.text.size()) std::abort();
            if (record.problem.empty()) converter.convert(record, (*reader)->columns(), out, problems);
        }
    }
    ::close(fd);
}

std::vector<std::string> seeds() {
    const std::string csv = "case_enquiry_id,open_dt,closed_dt,case_status,type,latitude,longitude\n1,2015-01-02 "
                            "10:00:00,,Open,\"Pot\nhole\",42.3,-71.1\n";
    const std::string json =
        R"([{"service_request_id":"1","status":"open","requested_datetime":"2015-01-02T10:00:00Z","lat":42.3,"long":-71.1,"x":null}])";
    const std::string lines = R"({"service_request_id":"1","status":"closed"})"
                              "\n"
                              R"({"service_request_id":"2"})"
                              "\n";
    std::vector<std::string> out;
    for (const auto& text : {csv, json, lines})
        for (char choice = 0; choice < 12; ++choice) out.push_back(std::string(1, choice) + text);
    out.push_back(std::string(1, '\0') + "\x1f\x8b\x08" + csv);
    return out;
}
