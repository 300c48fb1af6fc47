// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/disk.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <vector>

namespace wl::store {
namespace {

std::unexpected<Error> worldError(const char* code, const std::filesystem::path& file) {
    const int reason = errno;
    return fail(ErrorKind::World, reason == ENOSPC ? "disk.full" : code, file.string(), std::strerror(reason));
}

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (m_fd >= 0) ::close(m_fd);
    }
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

class SystemFile final : public DiskFile {
public:
    SystemFile(int fd, std::filesystem::path file) : m_fd(fd), m_file(std::move(file)) {}

    Result<std::string> read(std::uint64_t at, std::size_t most) override {
        std::string out(most, '\0');
        std::size_t done = 0;
        while (done < most) {
            const auto got = ::pread(m_fd.get(), out.data() + done, most - done, static_cast<off_t>(at + done));
            if (got < 0) return worldError("file.read", m_file);
            if (got == 0) break;
            done += static_cast<std::size_t>(got);
        }
        out.resize(done);
        return out;
    }
    Result<void> write(std::uint64_t at, std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto put = ::pwrite(m_fd.get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
            if (put <= 0) return worldError("file.write", m_file);
            bytes.remove_prefix(static_cast<std::size_t>(put));
            at += static_cast<std::uint64_t>(put);
        }
        return {};
    }
    Result<void> truncate(std::uint64_t size) override {
        if (::ftruncate(m_fd.get(), static_cast<off_t>(size)) != 0) return worldError("file.write", m_file);
        return {};
    }
    Result<void> sync() override {
        if (::fdatasync(m_fd.get()) != 0) return worldError("file.sync", m_file);
        return {};
    }

private:
    Descriptor m_fd;
    std::filesystem::path m_file;
};

class SystemDisk final : public Disk {
public:
    const char* vfs() const override { return nullptr; }
    bool exists(const std::filesystem::path& file) override {
        std::error_code ignored;
        return std::filesystem::exists(file, ignored);
    }
    Result<void> makeFolder(const std::filesystem::path& folder) override {
        std::error_code bad;
        std::filesystem::create_directories(folder, bad);
        if (bad) return fail(ErrorKind::World, "folder.create", folder.string(), bad.message());
        return {};
    }
    Result<std::unique_ptr<DiskFile>> open(const std::filesystem::path& file) override {
        const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0) return worldError("file.open", file);
        return std::make_unique<SystemFile>(fd, file);
    }
    Result<std::string> read(const std::filesystem::path& file, std::size_t limit) override {
        const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
        if (fd.get() < 0) return worldError("file.open", file);
        std::string out;
        char buffer[65536];
        ssize_t got = 0;
        while ((got = ::read(fd.get(), buffer, sizeof buffer)) > 0 && out.size() <= limit)
            out.append(buffer, static_cast<std::size_t>(got));
        if (got < 0) return worldError("file.read", file);
        if (out.size() > limit) return fail(ErrorKind::Input, "file.too_long", file.string());
        return out;
    }
    Result<void> replace(const std::filesystem::path& file, std::string_view bytes) override {
        auto aside = file;
        aside += ".new";
        {
            const Descriptor fd(::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
            if (fd.get() < 0) return worldError("file.open", aside);
            while (!bytes.empty()) {
                const auto put = ::write(fd.get(), bytes.data(), bytes.size());
                if (put <= 0) return worldError("file.write", file);
                bytes.remove_prefix(static_cast<std::size_t>(put));
            }
            if (::fsync(fd.get()) != 0) return worldError("file.write", file);
        }
        if (::rename(aside.c_str(), file.c_str()) != 0) return worldError("file.write", file);
        const Descriptor folder(::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (folder.get() >= 0) ::fsync(folder.get());
        return {};
    }
    Result<std::shared_ptr<void>> lock(const std::filesystem::path& file) override {
        const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0) return worldError("file.open", file);
        auto held = std::make_shared<Descriptor>(fd);
        if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
            return fail(ErrorKind::Refused, "replica.in_use", file.parent_path().string());
        return held;
    }
    std::string machine() override {
        auto text = read("/etc/machine-id", 256).value_or(std::string());
        while (!text.empty() && text.back() == '\n') text.pop_back();
        return text;
    }
};

struct Mounts {
    std::mutex guard;
    std::vector<std::pair<std::string, Disk*>> all;
};
Mounts& mounts() {
    static Mounts it;
    return it;
}

}  // namespace

Disk& diskOf(const std::filesystem::path& path) {
    static SystemDisk system;
    auto& known = mounts();
    const std::scoped_lock lock(known.guard);
    const auto& text = path.native();
    for (const auto& [folder, disk] : known.all)
        if (text.starts_with(folder) && (text.size() == folder.size() || text[folder.size()] == '/')) return *disk;
    return system;
}

Mount::Mount(std::filesystem::path folder, Disk& disk) : m_folder(std::move(folder)) {
    const std::scoped_lock lock(mounts().guard);
    mounts().all.emplace_back(m_folder.native(), &disk);
}

Mount::~Mount() {
    const std::scoped_lock lock(mounts().guard);
    std::erase_if(mounts().all, [&](const auto& mount) { return mount.first == m_folder.native(); });
}

}  // namespace wl::store
