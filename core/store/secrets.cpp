// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secrets.hpp"

#include <map>
#include <optional>
#include <sstream>

#include "store/disk.hpp"

namespace wl::store {
namespace {

std::optional<std::string> fromHex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    const auto nibble = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = nibble(hex[i]), low = nibble(hex[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
    }
    return out;
}

// "name value" lines under a first line that names the kind of file.
Result<std::map<std::string, std::string>> readKeyFile(const std::filesystem::path& file, std::string_view kind) {
    WL_TRY(const auto text, readWholeFile(file, 4096));
    std::istringstream in(text);
    std::string line;
    if (!std::getline(in, line) || line != kind) return fail(ErrorKind::Corrupt, "keys.kind", file.string());
    std::map<std::string, std::string> out;
    while (std::getline(in, line)) {
        const auto space = line.find(' ');
        if (space == std::string::npos) return fail(ErrorKind::Corrupt, "keys.line", file.string());
        out[line.substr(0, space)] = line.substr(space + 1);
    }
    return out;
}

template <class Array>
Result<Array> keyOf(std::map<std::string, std::string>& lines, const char* name, const std::filesystem::path& file) {
    const auto bytes = fromHex(lines[name]);
    if (!bytes || bytes->size() != Array{}.size()) return fail(ErrorKind::Corrupt, "keys.value", file.string(), name);
    return arrayFromBytes<Array>(*bytes);
}

}  // namespace

Result<std::string> readWholeFile(const std::filesystem::path& file, std::size_t limit) {
    return diskOf(file).read(file, limit);
}

Result<void> writeFileAtomically(const std::filesystem::path& file, std::string_view bytes) {
    return diskOf(file).replace(file, bytes);
}

std::string machineId() { return diskOf("/").machine(); }

OriginSecrets makeOriginSecrets(const RealmId& realm, Rng& rng) {
    OriginSecrets own;
    own.keys = makeKeyPair(rng);
    own.tls = makeKeyPair(rng);
    own.origin = originOf(own.keys.publicKey, realm);
    own.machine = machineId();
    return own;
}

Result<RealmSecrets> readRealmSecrets(const std::filesystem::path& dir) {
    const auto file = dir / "realm.key";
    WL_TRY(auto lines, readKeyFile(file, "wardline realm 1"));
    RealmSecrets out;
    WL_TRY(out.realm.bytes, (keyOf<decltype(out.realm.bytes)>(lines, "realm", file)));
    WL_TRY(out.kek, (keyOf<SymmetricKey>(lines, "kek", file)));
    return out;
}

Result<OriginSecrets> readOriginSecrets(const std::filesystem::path& dir, const char* name) {
    const auto file = dir / name;
    WL_TRY(auto lines, readKeyFile(file, "wardline origin 1"));
    OriginSecrets out;
    WL_TRY(out.origin.bytes, (keyOf<decltype(out.origin.bytes)>(lines, "origin", file)));
    WL_TRY(out.keys.publicKey, (keyOf<PublicKey>(lines, "public", file)));
    WL_TRY(out.keys.secretKey, (keyOf<SecretKey>(lines, "secret", file)));
    // A file of an older version has no key for a certificate; the store makes one when it opens.
    if (lines.contains("tls_secret")) {
        WL_TRY(out.tls.publicKey, (keyOf<PublicKey>(lines, "tls_public", file)));
        WL_TRY(out.tls.secretKey, (keyOf<SecretKey>(lines, "tls_secret", file)));
    }
    if (lines.contains("was")) { WL_TRY(out.was.bytes, (keyOf<decltype(out.was.bytes)>(lines, "was", file))); }
    out.machine = lines["machine"];
    out.lastSeq = std::strtoull(lines["last_seq"].c_str(), nullptr, 10);
    return out;
}

Result<void> writeRealmSecrets(const std::filesystem::path& dir, const RealmSecrets& s) {
    return writeFileAtomically(dir / "realm.key",
                               "wardline realm 1\nrealm " + toHex(s.realm) + "\nkek " + toHex(view(s.kek)) + "\n");
}

Result<void> writeOriginSecrets(const std::filesystem::path& dir, const OriginSecrets& s, const char* name) {
    return writeFileAtomically(dir / name,
                               "wardline origin 1\norigin " + toHex(s.origin) + "\npublic " +
                                   toHex(view(s.keys.publicKey)) + "\nsecret " + toHex(view(s.keys.secretKey)) +
                                   "\ntls_public " + toHex(view(s.tls.publicKey)) + "\ntls_secret " +
                                   toHex(view(s.tls.secretKey)) + (s.was.isNull() ? "" : "\nwas " + toHex(s.was)) +
                                   "\nmachine " + s.machine + "\nlast_seq " + std::to_string(s.lastSeq) + "\n");
}

}  // namespace wl::store
