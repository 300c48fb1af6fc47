// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/compress.hpp"

#include <zstd.h>

#include <array>
#include <cassert>
#include <memory>

namespace wl {
namespace {

constexpr std::array<unsigned char, 7320> kDictionary{
#include "desk_text_1.inc"
};
constexpr std::string_view kMagic("\x28\xb5\x2f\xfd", 4);
constexpr int kTextLevel = 9;  // short texts: 40% smaller than without, some microseconds each

// Contexts are costly to make (hundreds of kB); one of each a thread.
ZSTD_CCtx* compressor() {
    thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    return context.get();
}
ZSTD_DCtx* decompressor() {
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
    return context.get();
}
const ZSTD_CDict* packingWords() {
    static const ZSTD_CDict* words = ZSTD_createCDict(kDictionary.data(), kDictionary.size(), kTextLevel);
    return words;
}
const ZSTD_DDict* unpackingWords() {
    static const ZSTD_DDict* words = ZSTD_createDDict(kDictionary.data(), kDictionary.size());
    return words;
}

std::string packWith(const ZSTD_CDict* words, std::string_view raw, bool named) {
    std::string packed(ZSTD_compressBound(raw.size()), '\0');
    auto* context = compressor();
    ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, named ? 1 : 0);
    ZSTD_CCtx_refCDict(context, words);
    const auto size = ZSTD_compress2(context, packed.data(), packed.size(), raw.data(), raw.size());
    assert(!ZSTD_isError(size));
    packed.resize(size);
    return packed;
}

Result<std::string> unpackWith(const ZSTD_DDict* words, std::string_view packed, std::size_t rawLength) {
    std::string raw(rawLength, '\0');
    const auto size =
        ZSTD_decompress_usingDDict(decompressor(), raw.data(), raw.size(), packed.data(), packed.size(), words);
    if (ZSTD_isError(size) || size != rawLength) return fail(ErrorKind::Corrupt, "zstd.frame");
    return raw;
}

}  // namespace

std::string compress(std::string_view raw, int level) {
    std::string packed(ZSTD_compressBound(raw.size()), '\0');
    const auto size = ZSTD_compressCCtx(compressor(), packed.data(), packed.size(), raw.data(), raw.size(), level);
    assert(!ZSTD_isError(size));
    packed.resize(size);
    return packed;
}

std::string compressWithWords(std::string_view raw) { return packWith(packingWords(), raw, true); }

Result<std::string> decompress(std::string_view packed, std::size_t rawLength) {
    // The two greatest sizes are zstd's words for "unknown" and "no frame"; no caller's length may meet them.
    const auto declared = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (declared == ZSTD_CONTENTSIZE_UNKNOWN || declared == ZSTD_CONTENTSIZE_ERROR || declared != rawLength)
        return fail(ErrorKind::Corrupt, "zstd.length");
    const auto words = ZSTD_getDictID_fromFrame(packed.data(), packed.size());
    if (words > kWords) return fail(ErrorKind::Corrupt, "zstd.dictionary", {}, std::to_string(words));
    return unpackWith(words == kWords ? unpackingWords() : nullptr, packed, rawLength);
}

std::string packText(std::string_view text) {
    const auto packed = packWith(packingWords(), text, false);
    if (packed.size() - kMagic.size() >= text.size()) return std::string(1, '\0').append(text);
    return std::string(1, '\1').append(packed, kMagic.size());
}

Result<std::string> unpackText(std::string_view packed, std::size_t limit) {
    if (packed.empty()) return fail(ErrorKind::Corrupt, "zstd.form");
    const auto form = packed.front();
    packed.remove_prefix(1);
    if (form == '\0') {
        if (packed.size() > limit) return fail(ErrorKind::Corrupt, "zstd.length");
        return std::string(packed);
    }
    if (form != '\1') return fail(ErrorKind::Corrupt, "zstd.form");
    const auto frame = std::string(kMagic).append(packed);
    const auto declared = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (declared == ZSTD_CONTENTSIZE_UNKNOWN || declared == ZSTD_CONTENTSIZE_ERROR || declared > limit)
        return fail(ErrorKind::Corrupt, "zstd.length");
    return unpackWith(unpackingWords(), frame, static_cast<std::size_t>(declared));
}

}  // namespace wl
