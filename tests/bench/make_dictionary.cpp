// SPDX-License-Identifier: GPL-3.0-or-later
// How a dictionary for short texts was made: make_dictionary NUMBER TEXT OUT. Its contents are the text as it is; the
// tables come from samples of its sentences, alone, in twos, and with their words out of order.
#include <zdict.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    if (argc != 4) return std::fprintf(stderr, "usage: make_dictionary NUMBER TEXT OUT\n"), 2;
    std::ifstream in(argv[2]);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    std::vector<std::string> sentences;
    std::string sentence;
    for (const char c : text) {
        if (c != '\n') sentence += c;
        if (c != '\n' && c != '.') continue;
        sentence.erase(0, sentence.find_first_not_of(' '));
        if (sentence.size() > 8) sentences.push_back(sentence);
        sentence.clear();
    }
    unsigned x = 1;
    const auto below = [&](std::size_t n) { return ((x = x * 1664525U + 1013904223U) >> 8) % n; };
    const auto any = [&]() -> const std::string& { return sentences[below(sentences.size())]; };
    std::string samples;
    std::vector<std::size_t> sizes;
    for (int i = 0; i < 4000; ++i) {
        std::string sample;
        const auto kind = below(3);
        if (kind == 0) sample = any();
        if (kind == 1) {
            sample = any() + " ";
            sample += any();
        }
        for (auto words = kind == 2 ? 6 + below(25) : 0; words > 0; --words) {
            const auto& from = any();
            auto first = below(from.size());
            while (first > 0 && from[first - 1] != ' ') --first;
            sample += from.substr(first, from.find(' ', first) - first);
            sample += below(9) == 0 ? " " + std::to_string(below(1000)) + " " : " ";
        }
        const auto before = samples.size();
        samples += "\xa1\x04\x78";  // as it stands in an op: a map of one field, a text
        samples += static_cast<char>(sample.size());
        samples += sample;
        sizes.push_back(samples.size() - before);
    }
    ZDICT_params_t parameters{};
    parameters.compressionLevel = 19;
    parameters.dictID = static_cast<unsigned>(std::atoi(argv[1]));
    std::string out(text.size() + 65'536, '\0');
    const auto size = ZDICT_finalizeDictionary(out.data(), out.size(), text.data(), text.size(), samples.data(),
                                               sizes.data(), static_cast<unsigned>(sizes.size()), parameters);
    if (ZDICT_isError(size)) return std::fprintf(stderr, "%s\n", ZDICT_getErrorName(size)), 1;
    std::ofstream(argv[3], std::ios::binary).write(out.data(), static_cast<std::streamsize>(size));
    return 0;
}
