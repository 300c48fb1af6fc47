// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/compress.hpp"

#include <zstd.h>

#include <cassert>
#include <memory>

namespace wl {
namespace {

// Contexts are costly to make (hundreds of kB); one of each a thread.
ZSTD_CCtx* compressor() {
    thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    return context.get();
}
ZSTD_DCtx* decompressor() {
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
    return context.get();
}

}  // namespace

std::string compress(std::string_view raw, int level) {
    std::string packed(ZSTD_compressBound(raw.size()), '\0');
    const auto size = ZSTD_compressCCtx(compressor(), packed.data(), packed.size(), raw.data(), raw.size(), level);
    assert(!ZSTD_isError(size));
    packed.resize(size);
    return packed;
}

Result<std::string> decompress(std::string_view packed, std::size_t rawLength) {
    // The two greatest sizes are zstd's words for "unknown" and "no frame"; no caller's length may meet them.
    const auto declared = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (declared == ZSTD_CONTENTSIZE_UNKNOWN || declared == ZSTD_CONTENTSIZE_ERROR || declared != rawLength)
        return fail(ErrorKind::Corrupt, "zstd.length");
    std::string raw(rawLength, '\0');
    const auto size = ZSTD_decompressDCtx(decompressor(), raw.data(), raw.size(), packed.data(), packed.size());
    if (ZSTD_isError(size) || size != rawLength) return fail(ErrorKind::Corrupt, "zstd.frame");
    return raw;
}

}  // namespace wl
