// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A disk that fills up: SQLite's own file layer with a limit on writes, made the default for this process.

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <limits>
#include <new>

namespace wl::store::test {

class FailingDisk {
public:
    static void install() {
        static sqlite3_vfs vfs = [] {
            auto* real = sqlite3_vfs_find(nullptr);
            sqlite3_vfs v = *real;
            v.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
            v.zName = "failing";
            v.pAppData = real;
            v.xOpen = open;
            return v;
        }();
        sqlite3_vfs_register(&vfs, 1);
    }
    /// The disk takes `writes` more writes and is full then.
    static void fillAfter(int writes) { s_room = writes; }
    static void heal() { s_room = std::numeric_limits<int>::max(); }

private:
    struct File {
        sqlite3_file base;
        sqlite3_file* real;
    };
    static sqlite3_file* realOf(sqlite3_file* f) { return reinterpret_cast<File*>(f)->real; }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* f, int flags, int* outFlags) {
        auto* file = new (f) File{};
        file->real = reinterpret_cast<sqlite3_file*>(file + 1);
        auto* real = static_cast<sqlite3_vfs*>(vfs->pAppData);
        const int rc = real->xOpen(real, name, file->real, flags, outFlags);
        static const sqlite3_io_methods methods = table();
        if (file->real->pMethods) file->base.pMethods = &methods;
        return rc;
    }
    static int write(sqlite3_file* f, const void* data, int size, sqlite3_int64 at) {
        if (s_room.fetch_sub(1) <= 0) {
            s_room = 0;
            return SQLITE_FULL;
        }
        return realOf(f)->pMethods->xWrite(realOf(f), data, size, at);
    }
    static sqlite3_io_methods table() {
        sqlite3_io_methods m{};
        m.iVersion = 2;
        m.xClose = [](sqlite3_file* f) { return realOf(f)->pMethods->xClose(realOf(f)); };
        m.xRead = [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
            return realOf(f)->pMethods->xRead(realOf(f), to, n, at);
        };
        m.xWrite = write;
        m.xTruncate = [](sqlite3_file* f, sqlite3_int64 n) { return realOf(f)->pMethods->xTruncate(realOf(f), n); };
        m.xSync = [](sqlite3_file* f, int flags) { return realOf(f)->pMethods->xSync(realOf(f), flags); };
        m.xFileSize = [](sqlite3_file* f, sqlite3_int64* n) { return realOf(f)->pMethods->xFileSize(realOf(f), n); };
        m.xLock = [](sqlite3_file* f, int level) { return realOf(f)->pMethods->xLock(realOf(f), level); };
        m.xUnlock = [](sqlite3_file* f, int level) { return realOf(f)->pMethods->xUnlock(realOf(f), level); };
        m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
            return realOf(f)->pMethods->xCheckReservedLock(realOf(f), out);
        };
        m.xFileControl = [](sqlite3_file* f, int op, void* arg) {
            return realOf(f)->pMethods->xFileControl(realOf(f), op, arg);
        };
        m.xSectorSize = [](sqlite3_file* f) { return realOf(f)->pMethods->xSectorSize(realOf(f)); };
        m.xDeviceCharacteristics = [](sqlite3_file* f) {
            return realOf(f)->pMethods->xDeviceCharacteristics(realOf(f));
        };
        m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
            return realOf(f)->pMethods->xShmMap(realOf(f), page, size, extend, out);
        };
        m.xShmLock = [](sqlite3_file* f, int at, int n, int flags) {
            return realOf(f)->pMethods->xShmLock(realOf(f), at, n, flags);
        };
        m.xShmBarrier = [](sqlite3_file* f) { realOf(f)->pMethods->xShmBarrier(realOf(f)); };
        m.xShmUnmap = [](sqlite3_file* f, int remove) { return realOf(f)->pMethods->xShmUnmap(realOf(f), remove); };
        return m;
    }
    inline static std::atomic<int> s_room{std::numeric_limits<int>::max()};
};

}  // namespace wl::store::test
