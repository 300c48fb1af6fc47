// SPDX-License-Identifier: GPL-3.0-or-later
// Mail out of a real mailbox: dovecot on loopback, its Maildir filled by the test.
#undef QT_NO_CAST_FROM_ASCII  // a configuration is written here
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <arpa/inet.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "engine/gateway/gateway.hpp"
#include "rules/catalogue.hpp"

using namespace wl;
using namespace wl::engine;

namespace {

// A free port (0 given), or whether somebody listens at one.
int portOf(int port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(static_cast<std::uint16_t>(port));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* address = reinterpret_cast<sockaddr*>(&at);
    socklen_t size = sizeof at;
    const int done = port == 0 ? ::bind(fd, address, size) : ::connect(fd, address, size);
    if (port == 0) ::getsockname(fd, address, &size);
    ::close(fd);
    return done == 0 ? ntohs(at.sin_port) : 0;
}

}  // namespace

class MailFetchTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QProcess> m_dovecot;
    std::unique_ptr<Engine> m_engine;
    int m_port{}, m_mails{};

    QString path(const char* name) const { return m_dir->filePath(name); }
    void put(const QByteArray& bytes) {  // as a mail server delivers it
        const auto name = QString("%1.test").arg(1'700'000'000 + ++m_mails);
        QFile file(path("mail/tmp/") + name);
        if (!file.open(QIODevice::WriteOnly)) qFatal("%s", qPrintable(file.fileName()));
        file.write(bytes);
        file.close();
        std::filesystem::permissions(file.fileName().toStdString(), std::filesystem::perms::all);
        QFile::rename(file.fileName(), path("mail/new/") + name);
    }
    static QByteArray mail(int n) {
        return QString("From: a%1@example.org\r\nSubject: a hole\r\nMessage-ID: <m%1@example.org>\r\n\r\nText %1\r\n")
            .arg(n)
            .toUtf8();
    }
    bool startDovecot() {
        m_port = portOf(0);
        for (const char* folder : {"run", "mail/new", "mail/cur", "mail/tmp"}) QDir(m_dir->path()).mkpath(folder);
        for (const auto& entry : std::filesystem::recursive_directory_iterator(m_dir->path().toStdString()))
            std::filesystem::permissions(entry.path(), std::filesystem::perms::all);
        std::filesystem::permissions(m_dir->path().toStdString(), std::filesystem::perms::all);
        QFile file(path("dovecot.conf"));
        if (!file.open(QIODevice::WriteOnly)) return false;
        file.write(QString("dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\nbase_dir = %1/run\n"
                           "state_dir = %1/run\nlog_path = %1/log\nprotocols = imap\nssl = no\n"
                           "auth_allow_cleartext = yes\nfirst_valid_uid = 1\nmail_driver = maildir\n"
                           "mail_path = %1/mail\nmailbox_list_layout = fs\npassdb static {\n  password = secret\n}\n"
                           "userdb static {\n  fields {\n    uid = nobody\n    gid = nogroup\n    home = %1/mail\n  }\n"
                           "}\nservice imap-login {\n  chroot =\n  inet_listener imap {\n    listen = 127.0.0.1\n"
                           "    port = %2\n  }\n  inet_listener imaps {\n    port = 0\n  }\n}\n"
                           "service anvil {\n  chroot =\n}\n")
                       .arg(m_dir->path())
                       .arg(m_port)
                       .toUtf8());
        file.close();
        m_dovecot = std::make_unique<QProcess>();
        m_dovecot->start("/usr/sbin/dovecot", {"-F", "-c", file.fileName()});
        if (!m_dovecot->waitForStarted()) return false;
        return QTest::qWaitFor([this] { return portOf(m_port) != 0; }, 10'000);
    }
    GatewaySettings settings() const {
        GatewaySettings s;
        s.mail.folder = path("drop").toStdString();
        s.mailIn.imap.url = "imap://127.0.0.1:" + std::to_string(m_port);
        s.mailIn.imap.user = "desk";
        s.mailIn.imap.password = "secret";
        s.mailIn.imap.requireTls = false;
        s.mailIn.pauseSeconds = 1;
        return s;
    }
    std::unique_ptr<Gateway> start(const GatewaySettings& s) {
        auto started = Gateway::start(*m_engine, path("city").toStdString(), s);
        if (!started) qFatal("%s %s", started.error().code.c_str(), started.error().detail.c_str());
        return std::move(*started);
    }
    std::size_t messages() {
        std::size_t out = 0;
        const auto reader = m_engine->openReader();
        const auto listing = m_engine->queryAndWait({});
        for (const auto key : (*listing)->keys) {
            const auto history = *(*reader)->timeline(key);
            for (const auto& entry : history) out += std::holds_alternative<InteractionRecorded>(entry.op.body) ? 1 : 0;
        }
        return out;
    }

private Q_SLOTS:
    void init() {
        if (!QFile::exists("/usr/sbin/dovecot")) QSKIP("dovecot is not installed: no mailbox to fetch from");
        if (geteuid() != 0 || getpwnam("dovenull") == nullptr)
            QSKIP("dovecot needs root and its user dovenull here: no mailbox to fetch from");
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY2(startDovecot(), "dovecot does not start");
        EngineOptions o;
        o.dir = path("city").toStdString();
        QVERIFY(Engine::create(o));
        m_engine = std::move(*Engine::open(o));
        m_engine->waitUntilLoaded();
        rules::Service pothole;
        pothole.code = "POTHOLE", pothole.name = "Pothole", pothole.department = "PW", pothole.keywords = {"hole"};
        rules::Department works;
        works.code = "PW", works.name = "Public Works";
        QVERIFY(m_engine->submitAndWait(PublishCatalogue{{rules::toItem(pothole), rules::toItem(works)}}));
    }
    void cleanup() {
        m_engine.reset();
        if (m_dovecot) m_dovecot->terminate(), m_dovecot->waitForFinished();
        m_dovecot.reset();
    }

    void mailIsFetchedOnceAndMarkedAsSeen() {
        for (int n = 0; n < 5; ++n) put(mail(n));
        put("From: b@example.org\r\nSubject: a hole\r\n\r\nWithout a name \xff\r\n" + QByteArray(200'000, 'x'));
        auto gateway = start(settings());
        QTRY_COMPARE_WITH_TIMEOUT(messages(), std::size_t{6}, 20'000);
        put(mail(5));
        QTRY_COMPARE_WITH_TIMEOUT(messages(), std::size_t{7}, 20'000);
        gateway.reset();
        int seen = 0;
        for (const auto& name : QDir(path("mail/cur")).entryList(QDir::Files))
            seen += name.section(":2,", 1).contains('S');
        QCOMPARE(seen, 7);
        // What was noted is not fetched again; what was not is, and is there once.
        put(mail(6));
        gateway = start(settings());
        QTRY_COMPARE_WITH_TIMEOUT(messages(), std::size_t{8}, 20'000);
        gateway.reset();
        QVERIFY(QFile::remove(path("city/imap.note")));
        put(mail(7));
        gateway = start(settings());
        QTRY_COMPARE_WITH_TIMEOUT(messages(), std::size_t{9}, 20'000);
    }
    void takenMailCanBeMovedAway() {
        QDir(m_dir->path()).mkpath("mail/Done/cur");
        QDir(m_dir->path()).mkpath("mail/Done/new");
        QDir(m_dir->path()).mkpath("mail/Done/tmp");
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path("mail").toStdString()))
            std::filesystem::permissions(entry.path(), std::filesystem::perms::all);
        put(mail(1));
        auto s = settings();
        s.mailIn.imap.done = "Done";
        const auto gateway = start(s);
        QTRY_COMPARE_WITH_TIMEOUT(messages(), std::size_t{1}, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(QDir(path("mail/Done/cur")).entryList(QDir::Files).size(), 1, 10'000);
        QCOMPARE(QDir(path("mail/cur")).entryList(QDir::Files).size() +
                     QDir(path("mail/new")).entryList(QDir::Files).size(),
                 0);
    }
};

QTEST_GUILESS_MAIN(MailFetchTest)
#include "mail_fetch_test.moc"
