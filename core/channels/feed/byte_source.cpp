// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/byte_source.hpp"

#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <system_error>
#include <vector>

namespace wl::feed {
namespace {

constexpr std::size_t kPiece = 256 * 1024;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
struct FreeZstd {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
struct FreeInflate {
    void operator()(z_stream* stream) const {
        inflateEnd(stream);
        delete stream;
    }
};

}  // namespace

struct ByteSource::State {
    std::unique_ptr<std::FILE, CloseFile> file;
    std::string path;
    Packing packing{Packing::Plain};
    std::uint64_t read{}, total{}, given{};
    std::vector<char> in = std::vector<char>(kPiece);
    std::vector<char> out;
    std::size_t inAt{}, inEnd{};
    bool atEnd{};     // the file has no more bytes
    bool between{true};  // no frame or member is half read
    std::unique_ptr<ZSTD_DCtx, FreeZstd> zstd;
    std::unique_ptr<z_stream, FreeInflate> gzip;

    // Makes sure that there is input unless the file is at its end.
    Result<void> fill() {
        if (inAt < inEnd || atEnd) return {};
        inAt = 0;
        inEnd = std::fread(in.data(), 1, in.size(), file.get());
        if (inEnd < in.size()) {
            if (std::ferror(file.get()))
                return fail(ErrorKind::World, "feed.unreadable", path, std::generic_category().message(errno));
            atEnd = inEnd == 0;
        }
        read += inEnd;
        return {};
    }
    [[nodiscard]] std::unexpected<Error> broken(const char* code) const {
        return fail(ErrorKind::Input, code, path, std::to_string(given));
    }

    Result<std::string_view> nextPlain() {
        WL_CHECK(fill());
        const std::string_view piece(in.data() + inAt, inEnd - inAt);
        inAt = inEnd;
        return piece;
    }

    Result<std::string_view> nextZstd() {
        for (;;) {
            WL_CHECK(fill());
            if (inAt == inEnd && atEnd && between) return std::string_view{};
            ZSTD_inBuffer input{in.data() + inAt, inEnd - inAt, 0};
            ZSTD_outBuffer output{out.data(), out.size(), 0};
            const std::size_t rest = ZSTD_decompressStream(zstd.get(), &output, &input);
            if (ZSTD_isError(rest)) return broken("feed.damaged");
            const bool moved = input.pos > 0 || output.pos > 0;
            inAt += input.pos;
            between = rest == 0;
            if (output.pos > 0) return std::string_view(out.data(), output.pos);
            if (!moved && inAt == inEnd && atEnd) return broken("feed.truncated");
        }
    }

    Result<std::string_view> nextGzip() {
        for (;;) {
            WL_CHECK(fill());
            if (between) {
                if (inAt == inEnd && atEnd) return std::string_view{};
                // Padding with zeros after the last member is allowed (tar does it).
                while (given > 0 && inAt < inEnd && in[inAt] == 0) ++inAt;
                if (inAt == inEnd) continue;
                if (inflateReset(gzip.get()) != Z_OK) return broken("feed.damaged");
                between = false;
            }
            gzip->next_in = reinterpret_cast<Bytef*>(in.data() + inAt);
            gzip->avail_in = static_cast<uInt>(inEnd - inAt);
            gzip->next_out = reinterpret_cast<Bytef*>(out.data());
            gzip->avail_out = static_cast<uInt>(out.size());
            const int status = inflate(gzip.get(), Z_NO_FLUSH);
            inAt = inEnd - gzip->avail_in;
            const std::size_t made = out.size() - gzip->avail_out;
            if (status == Z_STREAM_END) between = true;
            if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) return broken("feed.damaged");
            if (made > 0) return std::string_view(out.data(), made);
            if (!between && inAt == inEnd && atEnd) return broken("feed.truncated");
        }
    }
};

ByteSource::ByteSource(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ByteSource::~ByteSource() = default;
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
    auto s = std::make_unique<State>();
    s->path = path.string();
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return fail(ErrorKind::NotFound, "feed.missing", s->path);
    if (std::filesystem::is_directory(path, error))
        return fail(ErrorKind::World, "feed.unreadable", s->path, std::generic_category().message(EISDIR));
    s->file.reset(std::fopen(path.c_str(), "rb"));
    if (!s->file) return fail(ErrorKind::World, "feed.unreadable", s->path, std::generic_category().message(errno));
    s->total = std::filesystem::file_size(path, error);
    if (error) s->total = 0;  // a pipe: progress is not known
    WL_CHECK(s->fill());
    const std::string_view head(s->in.data(), s->inEnd);
    if (head.starts_with("\x28\xB5\x2F\xFD")) {
        s->packing = Packing::Zstd;
        s->zstd.reset(ZSTD_createDCtx());
        s->out.resize(kPiece);
    } else if (head.starts_with("\x1F\x8B")) {
        s->packing = Packing::Gzip;
        s->gzip.reset(new z_stream{});
        s->out.resize(kPiece);
        constexpr int kGzipOnly = 15 + 16;
        if (inflateInit2(s->gzip.get(), kGzipOnly) != Z_OK) return fail(ErrorKind::World, "feed.unreadable", s->path);
    }
    return ByteSource(std::move(s));
}

Result<std::string_view> ByteSource::next() {
    auto piece = [this] {
        switch (m_state->packing) {
            case Packing::Zstd: return m_state->nextZstd();
            case Packing::Gzip: return m_state->nextGzip();
            case Packing::Plain: break;
        }
        return m_state->nextPlain();
    }();
    if (piece) m_state->given += piece->size();
    return piece;
}

Packing ByteSource::packing() const { return m_state->packing; }
std::uint64_t ByteSource::bytesRead() const { return m_state->read - (m_state->inEnd - m_state->inAt); }
std::uint64_t ByteSource::bytesTotal() const { return m_state->total; }
std::uint64_t ByteSource::position() const { return m_state->given; }

}  // namespace wl::feed
