// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop console: wires the command line, the look and the session together.
#include <QApplication>
#include <QLocale>
#include <QQuickWindow>
#include <QTranslator>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "app/args.hpp"
#include "app/call_line.hpp"
#include "app/console.hpp"
#include "ui/kit/theme.hpp"
#include "ui/shell/window_memory.hpp"

namespace {

// Without a render node OpenGL means a software rasteriser; Qt Quick's own is faster than that.
void chooseRenderer(const std::string& render) {
    const bool software = render == "software" || (render == "auto" && !std::filesystem::exists("/dev/dri"));
    if (software) QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
}

// Tiles and pictures of the map are made in workers and go again. Left to itself the C library keeps blocks of their
// size for each thread once the first was given back: 150 MB at 3840 × 2160.
void giveBackPictures() {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 512 * 1024);
#endif
}

}  // namespace

int main(int argc, char** argv) {
    const auto args = wl::app::parseArgs(argc, argv);
    if (!args) return args.error();
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("wardline",
                                                                std::make_shared<spdlog::sinks::stderr_sink_mt>()));
    giveBackPictures();
    chooseRenderer(args->render);
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("wardline"));
    QApplication::setApplicationDisplayName(QStringLiteral("Wardline"));
    if (QLocale().language() == QLocale::C) QLocale::setDefault(QLocale(QLocale::English));

    // The console that is running has the replica: it shows who calls.
    if (!args->caller.empty() && wl::app::CallLine::ring(args->data, QString::fromStdString(args->caller))) return 0;

    QTranslator words;
    if (words.load(QLocale(), QStringLiteral("wardline"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QApplication::installTranslator(&words);

    wl::ui::Theme theme(app);
    if (args->theme.empty()) theme.setChoice(wl::ui::WindowMemory(args->data).theme());
    else theme.setChoice(args->theme == "dark" ? wl::ui::ThemeChoice::Dark : wl::ui::ThemeChoice::Light);

    wl::app::Console console(*args, theme);
    QMetaObject::invokeMethod(&console, &wl::app::Console::start, Qt::QueuedConnection);
    return QApplication::exec();
}
