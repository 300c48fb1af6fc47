// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keys.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <sstream>

namespace wl::store {
namespace {

constexpr std::size_t kCacheLimit = 20'000;

std::unexpected<Error> worldError(const char* code, const std::filesystem::path& file) {
    return fail(ErrorKind::World, code, file.string(), std::strerror(errno));
}

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

std::string dekId(const EntityId& entity, std::uint32_t generation) {
    std::string id(view(entity));
    for (int shift = 24; shift >= 0; shift -= 8) id.push_back(static_cast<char>((generation >> shift) & 0xffU));
    return id;
}

}  // namespace

Result<std::string> readWholeFile(const std::filesystem::path& file, std::size_t limit) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return worldError("file.open", file);
    std::string out;
    char buffer[65536];
    ssize_t got = 0;
    while ((got = ::read(fd, buffer, sizeof buffer)) > 0 && out.size() <= limit)
        out.append(buffer, static_cast<std::size_t>(got));
    ::close(fd);
    if (got < 0) return worldError("file.read", file);
    if (out.size() > limit) return fail(ErrorKind::Input, "file.too_long", file.string());
    return out;
}

Result<void> writeFileAtomically(const std::filesystem::path& file, std::string_view bytes) {
    auto aside = file;
    aside += ".new";
    const int fd = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return worldError("file.open", aside);
    bool good = true;
    while (!bytes.empty() && good) {
        const auto put = ::write(fd, bytes.data(), bytes.size());
        good = put > 0;
        if (good) bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    good = good && ::fsync(fd) == 0;
    const int reason = errno;
    ::close(fd);
    errno = reason;
    if (!good || ::rename(aside.c_str(), file.c_str()) != 0) return worldError("file.write", file);
    const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

std::string machineId() {
    auto text = readWholeFile("/etc/machine-id", 256).value_or(std::string());
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

Result<RealmSecrets> readRealmSecrets(const std::filesystem::path& dir) {
    const auto file = dir / "realm.key";
    WL_TRY(auto lines, readKeyFile(file, "wardline realm 1"));
    RealmSecrets out;
    WL_TRY(out.realm.bytes, (keyOf<decltype(out.realm.bytes)>(lines, "realm", file)));
    WL_TRY(out.kek, (keyOf<SymmetricKey>(lines, "kek", file)));
    return out;
}

Result<OriginSecrets> readOriginSecrets(const std::filesystem::path& dir) {
    const auto file = dir / "origin.key";
    WL_TRY(auto lines, readKeyFile(file, "wardline origin 1"));
    OriginSecrets out;
    WL_TRY(out.origin.bytes, (keyOf<decltype(out.origin.bytes)>(lines, "origin", file)));
    WL_TRY(out.keys.publicKey, (keyOf<PublicKey>(lines, "public", file)));
    WL_TRY(out.keys.secretKey, (keyOf<SecretKey>(lines, "secret", file)));
    out.machine = lines["machine"];
    out.lastSeq = std::strtoull(lines["last_seq"].c_str(), nullptr, 10);
    return out;
}

Result<void> writeRealmSecrets(const std::filesystem::path& dir, const RealmSecrets& s) {
    return writeFileAtomically(dir / "realm.key",
                               "wardline realm 1\nrealm " + toHex(s.realm) + "\nkek " + toHex(view(s.kek)) + "\n");
}

Result<void> writeOriginSecrets(const std::filesystem::path& dir, const OriginSecrets& s) {
    return writeFileAtomically(dir / "origin.key", "wardline origin 1\norigin " + toHex(s.origin) + "\npublic " +
                                                       toHex(view(s.keys.publicKey)) + "\nsecret " +
                                                       toHex(view(s.keys.secretKey)) + "\nmachine " + s.machine +
                                                       "\nlast_seq " + std::to_string(s.lastSeq) + "\n");
}

Result<std::unique_ptr<StoreKeyRing>> StoreKeyRing::make(sql::Database& db, const RealmSecrets& realm, Rng* rng) {
    WL_TRY(auto find, Find::prepare(db, "SELECT wrapped FROM dek WHERE dek_id=?"));
    WL_TRY(auto findAny,
           FindAny::prepare(db, "SELECT dek_id, wrapped FROM dek WHERE dek_id BETWEEN ? AND ? AND wrapped IS NOT NULL"
                                " ORDER BY dek_id LIMIT 1"));
    std::optional<Insert> insert;
    if (rng) {
        WL_TRY(auto made, Insert::prepare(db, "INSERT INTO dek(dek_id, wrapped, kek_epoch) VALUES(?,?,?)"));
        insert.emplace(std::move(made));
    }
    return std::unique_ptr<StoreKeyRing>(new StoreKeyRing(realm, rng, std::move(find), std::move(findAny),
                                                          std::move(insert)));
}

void StoreKeyRing::remember(const EntityId& entity, const Named& named) {
    if (m_cache.size() > kCacheLimit) m_cache.clear();
    m_cache[entity] = named;
}

Result<SymmetricKey> StoreKeyRing::unwrap(std::string_view id, std::string_view wrapped) const {
    if (wrapped.size() < 24) return fail(ErrorKind::Corrupt, "keys.wrapped");
    WL_TRY(const std::string plain,
           wl::open(m_realm.kek, arrayFromBytes<Nonce>(wrapped.substr(0, 24)), wrapped.substr(24), id));
    return arrayFromBytes<SymmetricKey>(plain);
}

Result<StoreKeyRing::Named> StoreKeyRing::create(const EntityId& entity) {
    const auto number = randomBytes<std::array<std::uint8_t, 4>>(*m_rng);
    Named named{0, randomBytes<SymmetricKey>(*m_rng)};
    for (const auto byte : number) named.generation = (named.generation << 8) | byte;
    const auto nonce = randomBytes<Nonce>(*m_rng);
    const auto id = dekId(entity, named.generation);
    std::string wrapped(wl::view(nonce));
    wrapped += seal(m_realm.kek, nonce, wl::view(named.key), id);
    WL_CHECK(m_insert->exec(sql::Blob{id}, sql::Blob{wrapped}, m_realm.epoch));
    m_created.push_back({id, wrapped, m_realm.epoch});
    remember(entity, named);
    return named;
}

Result<SymmetricKey> StoreKeyRing::sealingKey(const EntityId& entity, std::uint32_t* generation) {
    if (!m_insert) return fail(ErrorKind::Refused, "keys.read_only");
    Named named;
    if (entity == m_new) {
        m_new = {};
        WL_TRY(named, create(entity));
    } else if (const auto known = m_cache.find(entity); known != m_cache.end()) {
        named = known->second;
    } else {
        // An erased key leaves its row without contents; a new one takes over.
        const auto first = dekId(entity, 0), last = dekId(entity, 0xffffffffU);
        m_findAny.bind(sql::Blob{first}, sql::Blob{last});
        WL_TRY(const bool row, m_findAny.step());
        const auto id = row ? m_findAny.text(0) : std::string();
        const auto wrapped = row ? m_findAny.text(1) : std::string();
        m_findAny.reset();
        if (!row) {
            WL_TRY(named, create(entity));
        } else {
            for (const char c : std::string_view(id).substr(16))
                named.generation = (named.generation << 8) | static_cast<std::uint8_t>(c);
            WL_TRY(named.key, unwrap(id, wrapped));
            remember(entity, named);
        }
    }
    *generation = named.generation;
    return named.key;
}

Result<SymmetricKey> StoreKeyRing::openingKey(const EntityId& entity, std::uint32_t generation) {
    if (const auto known = m_cache.find(entity); known != m_cache.end() && known->second.generation == generation)
        return known->second.key;
    const auto id = dekId(entity, generation);
    m_find.bind(sql::Blob{id});
    WL_TRY(const bool row, m_find.step());
    const std::string wrapped = row ? m_find.text(0) : std::string();
    m_find.reset();
    if (wrapped.empty()) return fail(ErrorKind::NotFound, "keys.missing");
    WL_TRY(const auto key, unwrap(id, wrapped));
    remember(entity, {generation, key});
    return key;
}

}  // namespace wl::store
