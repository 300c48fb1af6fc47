// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Feed files made from literals, packed as cities pack them, and rows as text.

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <string>

#include "channels/feed/reader.hpp"
#include "domain/compress.hpp"

namespace wl::test {

/// A folder that goes away with the test.
class FeedFolder {
public:
    std::filesystem::path write(const std::string& name, const std::string& bytes) const {
        QFile file(m_dir.filePath(QString::fromStdString(name)));
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return file.fileName().toStdString();
    }
    std::filesystem::path path(const std::string& name) const {
        return m_dir.filePath(QString::fromStdString(name)).toStdString();
    }
    static std::string read(const std::filesystem::path& path) {
        QFile file(QString::fromStdString(path.string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string("(no file)");
    }

private:
    QTemporaryDir m_dir;
};

/// One gzip member (RFC 1952) around what zlib deflates.
inline std::string gzip(const std::string& text) {
    const QByteArray zlib = qCompress(reinterpret_cast<const uchar*>(text.data()), static_cast<qsizetype>(text.size()));
    constexpr qsizetype kQtLength = 4, kZlibHeader = 2, kAdler = 4;
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    crc = ~crc;
    std::string out("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
    out += zlib.sliced(kQtLength + kZlibHeader).chopped(kAdler).toStdString();
    for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(crc >> shift);
    for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(text.size() >> shift);
    return out;
}

inline std::string zstd(const std::string& text) { return compress(text); }

/// "3: a=1 b=null | …" a line for each row, then the error or nothing.
inline std::string rowsOf(feed::Reader& reader) {
    std::string out;
    feed::Record record;
    for (;;) {
        const auto more = reader.next(record);
        if (!more) return out + "error " + more.error().code + " at " + more.error().detail + "\n";
        if (!*more) return out;
        out += std::to_string(record.row) + ":";
        for (const feed::Cell& cell : record.cells) {
            out += " " + reader.columns().name(cell.column) + "=";
            out += cell.null ? "null" : std::string(record.value(cell));
        }
        if (record.duplicates > 0) out += " duplicates=" + std::to_string(record.duplicates);
        if (!record.problem.empty()) out += " !" + record.problem;
        out += "\n";
    }
}

inline std::string rowsOf(const std::filesystem::path& path, const feed::ReadOptions& options = {}) {
    const auto reader = feed::openFeed(path, options);
    return reader ? rowsOf(**reader) : "error " + reader.error().code + " " + reader.error().detail;
}

/// The folder of real feeds, empty where there is none.
inline std::string realData() {
    QString dir = qEnvironmentVariable("WARDLINE_DATA");
    if (dir.isEmpty()) dir = qEnvironmentVariable("WARDLINE_SOURCE") + QStringLiteral("/../shared/data");
    return QDir(dir).exists() ? dir.toStdString() : std::string();
}

}  // namespace wl::test
