// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console.hpp"

#include <QApplication>

#include <span>

#include "engine/demo/demo_catalogue.hpp"
#include "engine/demo/demo_replica.hpp"
#include "engine/rebuild.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/time_words.hpp"
#include "ui/shell/window_picture.hpp"
#include "ui/sync/join_dialog.hpp"
#include "ui/wall/wall_window.hpp"

namespace wl::app {
namespace {

using namespace Qt::StringLiterals;

QString phaseWords(std::string_view phase) {
    if (phase == "city") return Console::tr("Drawing the city");
    if (phase == "catalogue") return Console::tr("Writing the catalogue");
    if (phase == "cases") return Console::tr("Living through three years of cases");
    return Console::tr("Putting it in order");
}

constexpr Millis kStale{std::chrono::hours{20}};

// Where the city before this one is kept.
std::filesystem::path besideDemo(const std::filesystem::path& data) {
    const auto plain = data.has_filename() ? data : data.parent_path();
    return plain.string() + ".before";
}

// When anything happened last; none if it cannot be told.
Instant lastDone(engine::Engine& engine) {
    const auto listing = engine.queryAndWait({{}, {engine::CaseColumn::Updated, true}});
    const auto reader = engine.openReader();
    if (!listing || !reader || (*listing)->keys.empty()) return {};
    const auto rows = (*reader)->rows(std::span((*listing)->keys).first(1));
    return rows && !rows->empty() ? rows->front().updatedAt : Instant{};
}

}  // namespace

Console::Console(const Args& args, ui::Theme& theme) : m_args(args), m_theme(theme) {}

Console::~Console() {
    m_stop = true;
    if (m_work) m_work->wait();
}

engine::EngineOptions Console::options() const {
    engine::EngineOptions options;
    options.dir = m_args.data;
    if (m_args.demo) options.agent = engine::kDemoAgent;
    return options;
}

void Console::start() { open(); }

void Console::open() {
    // Asked before the rules begin to act on what fell due meanwhile.
    if (m_args.demo && !m_asItIs) {
        auto before = options();
        before.readOnly = true;
        const auto engine = engine::Engine::open(before);
        const auto last = engine ? lastDone(**engine) : Instant{};
        if (last && SystemClock().now() - last > kStale) return m_args.picture.empty() ? offerAnew(last) : makeAnew();
    }
    auto session = Session::open(options(), m_theme);
    if (session) {
        m_session = std::move(*session);
        auto& window = m_session->window();
        auto* wall = m_args.wall ? &window.openWall(true) : nullptr;
        if (!wall) window.show();
        m_start.reset();
        m_calls = std::make_unique<CallLine>(m_args.data);
        connect(m_calls.get(), &CallLine::called, &window, &ui::MainWindow::takeCall);
        m_calls->listen();
        if (!m_args.caller.empty()) window.takeCall(QString::fromStdString(m_args.caller));
        if (m_args.live) {
            m_live =
                std::make_unique<engine::LiveTraffic>(m_session->engine(), engine::LiveOptions{.seed = m_args.seed});
            m_live->start();
        }
        if (wall && !m_args.picture.empty()) takePicture(*wall, [wall] { return wall->isSettled(); });
        else if (!m_args.picture.empty()) takePicture(window, [&window] { return window.isSettled(); });
        return;
    }
    if (session.error().code != "replica.missing") explain(session.error());
    else if (m_args.demo) makeDemo();
    else offerStart();
}

void Console::showStart() {
    if (m_start) return;
    m_start = std::make_unique<ui::StartPage>();
    m_start->setWindowTitle(tr("Wardline"));
    m_start->resize(ui::grid(360), ui::grid(225));
    connect(m_start.get(), &ui::StartPage::stopRequested, this, [this] { m_stop = true; });
    m_start->show();
    if (!m_args.picture.empty() && !m_args.demo) takePicture(*m_start, [] { return true; });
}

void Console::offerStart() {
    showStart();
    m_start->offer(tr("There is no desk here yet"),
                   tr("This console keeps its data in %1.").arg(QString::fromStdString(m_args.data.string())),
                   {{u"startDemo"_s, tr("Create the demo city"),
                     tr("A fictional city with three years of cases, to look around in."), u"globe"_s,
                     [this] {
                         m_args.demo = true;
                         makeDemo();
                     }},
                    {u"startJoin"_s, tr("Join a city…"),
                     tr("Another console of your city shows a code; this one gets all its cases."),
                     u"network-connect"_s, [this] { joinCity(); }},
                    {u"startImport"_s, tr("Import a file…"),
                     tr("Cases of another system, from a CSV or JSON file, into a new desk."), u"document-import"_s,
                     [this] { makeEmpty(true); }},
                    {u"startEmpty"_s, tr("New empty desk"), tr("Start without any cases."), u"document-new"_s,
                     [this] { makeEmpty(false); }}});
}

void Console::explain(const Error& error) {
    showStart();
    const auto words = ui::errorWords(error);
    const ui::StartPage::Offer again{u"startAgain"_s, tr("Try again"), {}, u"view-refresh"_s, [this] { open(); }};
    const ui::StartPage::Offer quit{
        u"startQuit"_s, tr("Quit"), {}, u"application-exit"_s, [] { QApplication::quit(); }};
    ui::StartPage::Offer anew{u"startRebuild"_s, tr("Make it anew from the log"),
                              tr("The damaged file is kept beside it as replica.before-rebuild."), u"tools-wizard"_s,
                              [this] { rebuild(); }};
    if (error.kind == ErrorKind::Corrupt || error.code == "replica.foreign")
        return m_start->offer(words.what, words.advice, {anew, quit});
    if (error.code == "replica.newer") {
        anew.hint =
            tr("With what this version understands; the newer file is kept beside it as replica.before-rebuild.");
        return m_start->offer(words.what, words.advice, {again, anew, quit});
    }
    m_start->offer(words.what, words.advice, {again, quit});
}

void Console::makeEmpty(bool thenImport) {
    if (const auto made = engine::Engine::create(options()); !made) return explain(made.error());
    open();
    if (thenImport && m_session) m_session->window().openImport();
}

void Console::joinCity() {
    auto* dialog = new ui::JoinDialog(m_args.data, engine::joinCity, m_start.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, &Console::open);
    dialog->open();
}

void Console::makeDemo() {
    showStart();
    m_start->beginWork(tr("Making the demo city"));
    m_stop = false;
    engine::DemoOptions demo;
    demo.seed = m_args.seed;
    demo.now = SystemClock().now();
    demo.closed = m_args.demoClosed;
    demo.open = m_args.demoOpen;
    const auto progress = [this](std::string_view phase, std::size_t done, std::size_t total) {
        QMetaObject::invokeMethod(this, [this, words = phaseWords(phase), done, total] {
            if (m_start) m_start->showProgress(words, done, total);
        });
    };
    m_work.reset(QThread::create([this, demo, progress] {
        auto made = engine::makeDemoReplica(m_args.data, demo, progress, &m_stop);
        QMetaObject::invokeMethod(this, [this, made = std::move(made)] {
            if (made) open();
            else if (made.error().code == "demo.cancelled") m_args.demo ? QApplication::quit() : offerStart();
            else explain(made.error());
        });
    }));
    m_work->setObjectName(u"demo city"_s);
    m_work->start();
}

void Console::offerAnew(Instant lastDone) {
    showStart();
    const auto away = ui::coarseWords(SystemClock().now() - lastDone);
    const auto kept = QString::fromStdString(besideDemo(m_args.data).string());
    m_start->offer(tr("Nothing has happened in the demo city for %1").arg(away),
                   tr("It lives only while it is open. Nobody has worked in it since then, so most of its open cases "
                      "are breached by now."),
                   {{u"startAnew"_s, tr("Make it anew, up to now"),
                     tr("A fresh city with the same past; the old one is kept in %1.").arg(kept), u"view-refresh"_s,
                     [this] { makeAnew(); }},
                    {u"startAsItIs"_s, tr("Open it as it is"), tr("With what you did in it, and its breached cases."),
                     u"go-next"_s, [this] {
                         m_asItIs = true;
                         open();
                     }}});
}

void Console::makeAnew() {
    const auto kept = besideDemo(m_args.data);
    std::error_code error;
    std::filesystem::remove_all(kept, error);
    if (!error) std::filesystem::rename(m_args.data, kept, error);
    if (error) return explain({ErrorKind::World, "demo.files", m_args.data.string(), error.message()});
    makeDemo();
}

void Console::rebuild() {
    showStart();
    m_start->beginWork(tr("Making the database anew from its log"));
    m_stop = false;
    const auto progress = [this](std::string_view, std::int64_t done, std::int64_t total) {
        QMetaObject::invokeMethod(this, [this, done, total] {
            if (m_start)
                m_start->showProgress(tr("Entries of the log"), static_cast<std::size_t>(done),
                                      static_cast<std::size_t>(total));
        });
        return !m_stop;
    };
    if (m_work) m_work->wait();
    m_work.reset(QThread::create([this, progress] {
        auto made = engine::rebuildReplica(m_args.data, progress);
        QMetaObject::invokeMethod(this, [this, made = std::move(made)] {
            if (!made) return explain(made.error());
            if (made->lostSegments == 0) return open();
            m_start->offer(tr("Part of the log could not be read"),
                           tr("%n run(s) of entries are damaged and were left out; everything else is back.", nullptr,
                              static_cast<int>(made->lostSegments)),
                           {{u"startOpen"_s, tr("Open the desk"), {}, u"go-next"_s, [this] { open(); }}});
        });
    }));
    m_work->setObjectName(u"rebuild"_s);
    m_work->start();
}

void Console::takePicture(QWidget& widget, std::function<bool()> settled) {
    auto* picture =
        new ui::WindowPicture(widget, QString::fromStdString(m_args.picture.string()), std::move(settled), &widget);
    connect(picture, &ui::WindowPicture::taken, this, [](bool ok) { QApplication::exit(ok ? 0 : 3); });
}

}  // namespace wl::app
