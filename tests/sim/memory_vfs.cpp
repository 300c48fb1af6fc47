// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite's calls (https://sqlite.org/vfs.html) on a MemoryDisk. One thread and one connection a file: locks are
// granted.
#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include "sim/memory_disk.hpp"

namespace wl::sim {
namespace {

struct Handle {
    sqlite3_file base;
    MemoryDisk* disk;
    std::shared_ptr<MemoryDisk::File> file;
    std::string path;
    bool deleteOnClose;
};

// SQLite knows the first member of ours alone.
Handle& handleOf(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
MemoryDisk* diskAt(const char* path) { return dynamic_cast<MemoryDisk*>(&store::diskOf(path)); }
int codeOf(int why, int io) { return why == 0 ? SQLITE_OK : why == ENOSPC ? SQLITE_FULL : io; }

int closeFile(sqlite3_file* file) {
    auto& h = handleOf(file);
    if (h.deleteOnClose && h.disk && !h.disk->dead()) h.disk->remove(h.path);
    h.~Handle();
    return SQLITE_OK;
}
int readFile(sqlite3_file* file, void* out, int amount, sqlite3_int64 at) {
    auto& h = handleOf(file);
    if (h.disk && h.disk->dead()) return SQLITE_IOERR_READ;
    const auto& bytes = h.file->now;
    const auto from = static_cast<std::size_t>(at), wanted = static_cast<std::size_t>(amount);
    const auto there = from >= bytes.size() ? 0 : std::min(wanted, bytes.size() - from);
    if (there > 0) std::memcpy(out, bytes.data() + from, there);
    std::memset(static_cast<char*>(out) + there, 0, wanted - there);
    return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}
int writeFile(sqlite3_file* file, const void* data, int amount, sqlite3_int64 at) {
    auto& h = handleOf(file);
    if (const int why = h.disk->mayChange(); why != 0) return codeOf(why, SQLITE_IOERR_WRITE);
    h.disk->write(*h.file, static_cast<std::uint64_t>(at),
                  {static_cast<const char*>(data), static_cast<std::size_t>(amount)});
    return SQLITE_OK;
}
int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    auto& h = handleOf(file);
    if (const int why = h.disk->mayChange(); why != 0) return codeOf(why, SQLITE_IOERR_TRUNCATE);
    h.disk->truncate(*h.file, static_cast<std::uint64_t>(size));
    return SQLITE_OK;
}
int syncFile(sqlite3_file* file, int /*flags*/) {
    auto& h = handleOf(file);
    if (const int why = h.disk->mayChange(); why != 0) return codeOf(why, SQLITE_IOERR_FSYNC);
    h.disk->sync(*h.file);
    return SQLITE_OK;
}
int sizeOf(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(handleOf(file).file->now.size());
    return SQLITE_OK;
}
int granted(sqlite3_file*, int) { return SQLITE_OK; }
int nobodyElse(sqlite3_file*, int* out) {
    *out = 0;
    return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sectorSize(sqlite3_file*) { return 512; }
int noPromises(sqlite3_file*) { return 0; }
int mapShared(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    auto& shared = handleOf(file).file->shared;
    const auto index = static_cast<std::size_t>(region);
    *out = nullptr;
    if (index >= shared.size() && !extend) return SQLITE_OK;
    while (shared.size() <= index)
        shared.push_back(std::make_unique<std::vector<char>>(static_cast<std::size_t>(size), '\0'));
    *out = shared[index]->data();
    return SQLITE_OK;
}
int lockShared(sqlite3_file*, int, int, int) { return SQLITE_OK; }
void barrier(sqlite3_file*) {}
int unmapShared(sqlite3_file* file, int forget) {
    if (forget) handleOf(file).file->shared.clear();
    return SQLITE_OK;
}

const sqlite3_io_methods kMethods{2,          closeFile, readFile,    writeFile, truncateFile, syncFile,   sizeOf,
                                  granted,    granted,   nobodyElse,  control,   sectorSize,   noPromises, mapShared,
                                  lockShared, barrier,   unmapShared, nullptr,   nullptr};

int openFile(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* outFlags) {
    file->pMethods = nullptr;
    // Temporary files without a name have no disk and vanish with their handle.
    auto* disk = path ? diskAt(path) : nullptr;
    if (path && (!disk || disk->dead())) return SQLITE_CANTOPEN;
    auto contents = disk ? disk->file(path, (flags & SQLITE_OPEN_CREATE) != 0) : std::make_shared<MemoryDisk::File>();
    if (!contents) return SQLITE_CANTOPEN;
    if (!disk) {
        static MemoryDisk spare("/sim-temporary", 0);
        disk = &spare;
    }
    auto* h = new (file) Handle{{&kMethods}, disk, std::move(contents), path ? path : "", false};
    h->deleteOnClose = path && (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    if (outFlags) *outFlags = flags;
    return SQLITE_OK;
}
int deleteFile(sqlite3_vfs*, const char* path, int) {
    auto* disk = diskAt(path);
    if (!disk || disk->mayChange() != 0) return SQLITE_IOERR_DELETE;
    disk->remove(path);
    return SQLITE_OK;
}
int accessFile(sqlite3_vfs*, const char* path, int, int* out) {
    auto* disk = diskAt(path);
    *out = disk && disk->file(path, false) ? 1 : 0;
    return SQLITE_OK;
}
int fullPath(sqlite3_vfs*, const char* path, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
}
int randomness(sqlite3_vfs*, int size, char* out) {
    std::memset(out, 7, static_cast<std::size_t>(size));  // the same each time: a seed replays
    return size;
}
int sleepNot(sqlite3_vfs*, int) { return 0; }
int noTime(sqlite3_vfs*, double* out) {
    *out = 2460000.5;
    return SQLITE_OK;
}
int lastError(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

void registerMemoryVfs(const char* name) {
    static sqlite3_vfs vfs{};
    if (vfs.zName) return;
    vfs.iVersion = 1;
    vfs.szOsFile = static_cast<int>(sizeof(Handle));
    vfs.mxPathname = 512;
    vfs.zName = name;
    vfs.xOpen = openFile;
    vfs.xDelete = deleteFile;
    vfs.xAccess = accessFile;
    vfs.xFullPathname = fullPath;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleepNot;
    vfs.xCurrentTime = noTime;
    vfs.xGetLastError = lastError;
    sqlite3_vfs_register(&vfs, 0);
}

}  // namespace wl::sim
