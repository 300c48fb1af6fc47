// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/mail_json.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>

#include "channels/mail/message.hpp"
#include "channels/mail/reply_text.hpp"
#include "domain/sha256.hpp"
#include "domain/time_zone.hpp"

namespace wl::engine {
namespace fs = std::filesystem;
namespace json = boost::json;
namespace {

Result<std::string> bytesOf(const fs::path& file, std::size_t limit) {
    std::ifstream in(file, std::ios::binary);
    std::string out(limit, '\0');
    in.read(out.data(), static_cast<std::streamsize>(limit));
    out.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    if (in.bad() || (!in.eof() && in.fail())) return fail(ErrorKind::World, "file.read", {}, file.string());
    return out;
}

json::array addresses(const std::vector<mail::Address>& list) {
    json::array out;
    for (const auto& one : list) out.push_back(json::string(one.address));
    return out;
}

}  // namespace

Result<std::vector<fs::path>> mailFiles(const fs::path& folder) {
    std::error_code error;
    if (fs::is_regular_file(folder, error)) return std::vector{folder};
    std::vector<fs::path> out;
    fs::recursive_directory_iterator at(folder, error), end;
    for (; !error && at != end; at.increment(error)) {
        if (!at->is_regular_file(error)) continue;
        const auto& path = at->path();
        if (path.extension() == ".eml") {
            out.push_back(path);
            continue;
        }
        WL_TRY(const auto head, bytesOf(path, 8192));
        if (mail::looksLikeMail(head)) out.push_back(path);
    }
    if (error) return fail(ErrorKind::World, "file.read", {}, folder.string() + ": " + error.message());
    std::ranges::sort(out);
    return out;
}

Result<json::value> mailJson(const fs::path& file, const fs::path& folder) {
    WL_TRY(const auto bytes, bytesOf(file, mail::Limits{}.bytes + 1));
    const auto m = mail::read(bytes);
    const auto reply = mail::replyOf(m.text);
    json::array references, files;
    for (const auto& id : m.references) references.push_back(json::string(id));
    for (const auto& one : m.files)
        files.push_back(json::object{{"name", one.name},
                                     {"type", one.type},
                                     {"size", one.bytes.size()},
                                     {"sha256", sha256Hex(one.bytes)},
                                     {"inline", one.isInline}});
    const auto shown = file == folder ? file.filename() : fs::relative(file, folder);
    json::object out{{"file", shown.string()},
                     {"from", m.from.address},
                     {"from_name", m.from.name},
                     {"to", addresses(m.to)},
                     {"cc", addresses(m.cc)},
                     {"subject", m.subject},
                     {"date", m.date ? json::value(isoInstant(m.date)) : json::value(nullptr)},
                     {"message_id", m.messageId},
                     {"in_reply_to", m.inReplyTo},
                     {"references", std::move(references)},
                     {"text", m.text},
                     {"reply", reply.text},
                     {"signature", reply.signature},
                     {"kind", mail::code(m.kind)},
                     {"attachments", std::move(files)},
                     {"left_out", m.leftOut}};
    if (!m.failedRecipients.empty()) {
        auto& failed = out["failed_recipients"].emplace_array();
        for (const auto& one : m.failedRecipients) failed.push_back(json::string(one));
    }
    return json::value(std::move(out));
}

}  // namespace wl::engine
