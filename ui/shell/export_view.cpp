// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/export_view.hpp"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QPointer>
#include <QProgressDialog>
#include <QSaveFile>
#include <QThreadPool>

#include <atomic>

#include "engine/case_json.hpp"
#include "ui/models/error_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

engine::ExportFormat formatOf(const QString& file) {
    const auto ending = QFileInfo(file).suffix().toLower();
    if (ending == u"geojson"_s) return engine::ExportFormat::GeoJson;
    if (ending == u"json"_s) return engine::ExportFormat::Open311;
    return engine::ExportFormat::Csv;
}

Result<std::size_t> writeFile(engine::Engine& engine, const engine::CaseListing& listing, const QString& name,
                              const std::function<bool(std::size_t, std::size_t)>& progress) {
    QSaveFile file(name);
    const auto broken = [&] { return fail(ErrorKind::World, "file.write", {}, file.errorString().toStdString()); };
    if (!file.open(QIODevice::WriteOnly)) return broken();
    WL_TRY(const auto reader, engine.openReader());
    const auto write = [&](std::string_view piece) -> Result<void> {
        if (file.write(piece.data(), static_cast<qint64>(piece.size())) < 0) return broken();
        return {};
    };
    WL_TRY(const auto written, engine::exportCases(*reader, listing, *engine.catalogue(), engine.now(),
                                                   {formatOf(name), false, progress}, write));
    if (!file.commit()) return broken();
    return written;
}

}  // namespace

ExportView::ExportView(ConsoleBridge& bridge, QWidget* window) : QObject(window), m_bridge(bridge), m_window(window) {}

void ExportView::ask(engine::CaseListingPtr listing) {
    auto* dialog = new QFileDialog(m_window, tr("Export the listed cases"));
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Table (*.csv)"), tr("Map layer (*.geojson)"), tr("Open311 (*.json)")});
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog](const QString& filter) { dialog->setDefaultSuffix(filter.section(u"*."_s, 1).chopped(1)); });
    connect(dialog, &QFileDialog::fileSelected, this, [this, listing](const QString& file) { write(listing, file); });
    dialog->open();
}

void ExportView::write(engine::CaseListingPtr listing, const QString& file) {
    auto* progress =
        new QProgressDialog(tr("Exporting cases"), tr("Stop"), 0, static_cast<int>(listing->keys.size()), m_window);
    progress->setObjectName(u"exportProgress"_s);
    progress->setAttribute(Qt::WA_DeleteOnClose);
    progress->setMinimumDuration(300);
    const auto stop = std::make_shared<std::atomic<bool>>(false);
    connect(progress, &QProgressDialog::canceled, this, [stop] { *stop = true; });
    const QPointer<QProgressDialog> shown(progress);
    const QPointer<ExportView> self(this);
    const auto post = [](auto task) { QMetaObject::invokeMethod(QCoreApplication::instance(), std::move(task)); };
    QThreadPool::globalInstance()->start([&engine = m_bridge.engine(), listing, file, shown, self, stop, post] {
        const auto report = [&](std::size_t done, std::size_t total) {
            post([shown, done, total] {
                if (!shown) return;
                const QLocale locale;
                shown->setValue(static_cast<int>(done));
                shown->setLabelText(tr("Exporting cases: %1 of %2")
                                        .arg(locale.toString(static_cast<qulonglong>(done)),
                                             locale.toString(static_cast<qulonglong>(total))));
            });
            return !*stop;
        };
        auto written = writeFile(engine, *listing, file, report);
        post([shown, self, file, written = std::move(written)] {
            if (shown) shown->close();
            if (!self) return;
            Q_EMIT self->told(
                written ? tr("%1 cases written to %2.").arg(QLocale().toString(static_cast<qulonglong>(*written)), file)
                        : errorWords(written.error()).line());
            Q_EMIT self->finished(written.has_value());
        });
    });
}

}  // namespace wl::ui
