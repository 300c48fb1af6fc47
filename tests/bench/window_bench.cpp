// SPDX-License-Identifier: GPL-3.0-or-later
// What a person at the desk feels, on a replica that desk_bench has made: from the start of the program to a window
// with cases in it, and how long the GUI thread is held up by switching, filtering, sorting and searching.
//
//   window_bench FOLDER            prints Markdown rows: what · to the screen · longest piece of GUI work
//   window_bench FOLDER --start NS opens the window, prints ms since NS (CLOCK_MONOTONIC), exits
#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QProcess>
#include <QQuickWindow>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

#include "ui/kit/theme.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/shell/command_palette.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/signals/signals_panel.hpp"

namespace {

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;

std::int64_t monotonic() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// Remembers the longest event the GUI thread worked on.
class WatchedApp final : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override {
        if (m_depth > 0 && tell <= 0) return QApplication::notify(receiver, event);
        ++m_depth;
        const auto began = monotonic();
        const QPointer<QObject> who(receiver);
        const auto type = static_cast<int>(event->type());
        const bool done = QApplication::notify(receiver, event);
        const auto held = static_cast<double>(monotonic() - began) / 1e6;
        --m_depth;
        if (m_depth == 0) longest = std::max(longest, held);
        if (tell > 0 && held > tell)
            std::fprintf(stderr, "%*sheld %.1f ms by event %d of %s %s\n", 2 * m_depth, "", held, type,
                         who ? who->metaObject()->className() : "", who ? qPrintable(who->objectName()) : "");
        return done;
    }
    double longest{};
    double tell = qEnvironmentVariable("WARDLINE_HELD").toDouble();  ///< ms; longer holds are named on stderr

private:
    int m_depth{};
};

// Of this thread, ms: what others on the machine do is not in it.
double ownTime() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

double middle(std::vector<double> values) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

struct Window {
    explicit Window(const std::filesystem::path& folder, QApplication& app) : theme(app) {
        engine::EngineOptions options;
        options.dir = folder;
        auto opened = engine::Engine::open(options);
        if (!opened) qFatal("%s", opened.error().code.c_str());
        engine = std::move(*opened);
        auto reader = engine->openReader();
        if (!reader) qFatal("%s", reader.error().code.c_str());
        bridge = std::make_unique<ConsoleBridge>(*engine, std::move(*reader));
        window = std::make_unique<MainWindow>(*bridge, theme, folder);
        table = window->findChild<CaseTable*>();
    }
    Theme theme;
    std::unique_ptr<engine::Engine> engine;
    std::unique_ptr<ConsoleBridge> bridge;
    std::unique_ptr<MainWindow> window;
    CaseTable* table{};
};

// Rows are there and have been painted.
bool shown(CaseTable& table) {
    if (table.model()->rowCount() == 0) return false;
    table.viewport()->repaint();
    return true;
}

int start(const std::filesystem::path& folder, WatchedApp& app, std::int64_t began) {
    Window w(folder, app);
    w.window->show();
    if (!QTest::qWaitFor([&] { return w.window->isVisible() && shown(*w.table); }, 60000)) return 3;
    std::printf("%.1f\n", static_cast<double>(monotonic() - began) / 1e6);
    return 0;
}

void row(const char* what, int runs, WatchedApp& app, const std::function<bool(int)>& once) {
    std::vector<double> whole, held;
    for (int i = 0; i < runs; ++i) {
        QTest::qWait(150);  // what the step before left behind
        app.longest = 0;
        const auto began = monotonic();
        if (!once(i)) {
            std::printf("| %s | not answered | |\n", what);
            return;
        }
        whole.push_back(static_cast<double>(monotonic() - began) / 1e6);
        held.push_back(app.longest);
    }
    std::printf("| %s | %.0f ms | %.1f ms |\n", what, middle(whole), *std::ranges::max_element(held));
    std::fflush(stdout);
}

int measure(const std::filesystem::path& folder, WatchedApp& app, const QString& self) {
    std::vector<double> starts;
    for (int i = 0; i < 5; ++i) {
        QProcess child;
        child.start(self, {QString::fromStdString(folder.string()), u"--start"_s, QString::number(monotonic())});
        if (!child.waitForFinished(120'000) || child.exitCode() != 0) return 3;
        starts.push_back(child.readAllStandardOutput().trimmed().toDouble());
    }
    std::printf("| start of the program to a window with its cases | %.0f ms | |\n", middle(starts));
    std::fflush(stdout);

    Window w(folder, app);
    w.window->show();
    w.engine->waitUntilLoaded();
    if (!QTest::qWaitFor([&] { return w.window->isSettled(); }, 120'000)) return 3;
    QTest::qWait(8000);  // orders by text are made ready
    auto& table = *w.table;
    // A listing is on the screen when the next one has been painted.
    const auto listed = [&](const auto& act) {
        bool got = false;
        const auto on = QObject::connect(table.model(), &QAbstractItemModel::modelReset, &table, [&] { got = true; });
        const auto moved =
            QObject::connect(table.model(), &QAbstractItemModel::rowsRemoved, &table, [&] { got = true; });
        const auto ordered =
            QObject::connect(table.model(), &QAbstractItemModel::layoutChanged, &table, [&] { got = true; });
        const auto added =
            QObject::connect(table.model(), &QAbstractItemModel::rowsInserted, &table, [&] { got = true; });
        act();
        const bool done = QTest::qWaitFor([&] { return got; }, 10'000);
        QObject::disconnect(on);
        for (const auto& one : {moved, ordered, added}) QObject::disconnect(one);
        table.viewport()->repaint();
        return done;
    };
    row("switch queue (closed, all open)", 6, app,
        [&](int i) { return listed([&] { w.window->showQueue(i % 2 ? u"open"_s : u"closed"_s); }); });
    w.window->showQueue(u"open"_s);
    row("sort by title, first time", 1, app,
        [&](int) { return listed([&] { table.model()->sort(static_cast<int>(engine::CaseColumn::Title)); }); });
    row("sort by address, first time", 1, app,
        [&](int) { return listed([&] { table.model()->sort(static_cast<int>(engine::CaseColumn::Address)); }); });
    const char* const words[] = {"deep playgr", "glass rail", "monday hole", "noise night", "water lamp"};
    auto* text = w.window->findChild<QLineEdit*>(u"filterText"_s);
    row("text filter, two words that are everywhere (120 ms of it are the pause after typing)", 5, app,
        [&](int i) { return listed([&] { text->setText(QString::fromLatin1(words[i])); }); });
    text->clear();
    QTest::qWait(500);
    auto* palette = w.window->findChild<CommandPalette*>();
    auto* list = w.window->findChild<QListWidget*>(u"paletteList"_s);
    row("Ctrl+K, three letters (90 ms of it are the pause after typing)", 5, app, [&](int i) {
        w.window->openSearch(QString::fromLatin1(words[i]).left(3));
        const bool found = QTest::qWaitFor(
            [&] {
                for (int r = 0; r < list->count(); ++r)
                    if (list->item(r)->text() == u"Cases"_s) return true;
                return false;
            },
            10'000);
        palette->hide();
        return found;
    });
    if (w.bridge->catalogue()->services().empty()) return 0;
    auto* figures = w.window->findChild<SignalsPanel*>();
    const auto opened = [&] { return figures->feed().figure(FigureKind::Opened); };
    row("Signals, first time: histories are read, all tiles drawn", 1, app, [&](int) {
        w.window->actions().signalsPerspective->trigger();
        return QTest::qWaitFor([&] { return opened() && figures->isSettled(); }, 60'000);
    });
    std::vector<double> own, pieces;
    row("a case comes in and stands in the tiles", 15, app, [&](int) {
        const auto before = opened()->now.n;
        const auto busy = ownTime();
        engine::OpenCase one;
        one.fields.set(CaseField::Service, w.bridge->catalogue()->services().front().code);
        one.fields.set(CaseField::Title, std::string("One more"));
        w.bridge->submit(one);
        const bool done = QTest::qWaitFor([&] { return opened()->now.n > before && figures->isSettled(); }, 60'000);
        QTest::qWait(40);  // what is still to be painted
        own.push_back(ownTime() - busy);
        pieces.push_back(app.longest);
        return done;
    });
    std::printf("| of that, the longest piece of work of the GUI thread (median) | | %.1f ms |\n", middle(pieces));
    std::printf("| of that, work of the GUI thread in all (CPU), painting included | %.1f ms | |\n", middle(own));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2 && argc != 4) return 2;
    const std::filesystem::path folder = argv[1];
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    WatchedApp app(argc, argv);
    if (argc == 4) return start(folder, app, std::atoll(argv[3]));
    return measure(folder, app, QString::fromLocal8Bit(argv[0]));
}
