// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A fuzz target gives these two; entry.cpp is libFuzzer's side of it. WARDLINE_SEEDS=FOLDER writes the seeds there.

#include <string>
#include <string_view>
#include <vector>

void fuzzOne(std::string_view bytes);
std::vector<std::string> seeds();
