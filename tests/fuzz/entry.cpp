// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/entry.hpp"

#include <cstdint>
#include <cstdlib>
#include <fstream>

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    if (const char* folder = std::getenv("WARDLINE_SEEDS")) {
        int number = 0;
        for (const auto& seed : seeds())
            std::ofstream(std::string(folder) + "/seed-" + std::to_string(number++), std::ios::binary) << seed;
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzzOne({reinterpret_cast<const char*>(data), size});
    return 0;
}
