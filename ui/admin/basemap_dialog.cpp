// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/basemap_dialog.hpp"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "engine/basemap.hpp"
#include "engine/ground_tiles.hpp"
#include "ui/kit/empty_state.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using geo::SourceRole;

}  // namespace

BasemapDialog::BasemapDialog(ConsoleBridge& bridge, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_files(new QTreeWidget), m_name(new QLineEdit), m_copyright(new QLineEdit),
      m_add(new QPushButton(tr("&Add files…"))), m_remove(new QPushButton(tr("&Remove"))),
      m_build(new QPushButton(tr("&Make the map"))), m_close(new QPushButton(tr("Close"))),
      m_bare(new QPushButton(tr("Take the picture tiles a&way"))), m_progress(new QProgressBar), m_doing(new QLabel),
      m_error(new ToneLabel) {
    setObjectName(u"basemapDialog"_s);
    setWindowTitle(tr("Map of the city"));
    const auto what = [this](QWidget* widget, const QString& name, const QString& words) {
        widget->setObjectName(name);
        widget->setAccessibleName(words);
    };
    what(m_files, u"basemapFiles"_s, tr("Files of the map"));
    m_files->setHeaderLabels({tr("File"), tr("What is in it")});
    m_files->setRootIsDecorated(false);
    m_files->header()->setStretchLastSection(false);
    m_files->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_files->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    what(m_name, u"basemapName"_s, tr("Name of the city"));
    what(m_copyright, u"basemapCopyright"_s, tr("Whose data it is"));
    m_copyright->setPlaceholderText(tr("Shown on the map; empty: OpenStreetMap's line where a file is of it"));
    const auto city = bridge.engine().city();
    m_name->setText(fromText(city ? city->name : bridge.catalogue()->jurisdiction().name));
    what(m_add, u"basemapAdd"_s, tr("Add files"));
    what(m_remove, u"basemapRemove"_s, tr("Remove the file from the list"));
    what(m_build, u"basemapBuild"_s, tr("Make the map"));
    what(m_close, u"basemapClose"_s, tr("Close or stop"));
    what(m_bare, u"basemapBare"_s, tr("Draw the city's own map again in place of picture tiles"));
    connect(m_bare, &QPushButton::clicked, this, &BasemapDialog::removeTiles);
    what(m_progress, u"basemapProgress"_s, tr("How much is done"));
    m_progress->setRange(0, 1000);
    m_progress->hide();
    m_doing->setObjectName(u"basemapDoing"_s);
    m_doing->setWordWrap(true);
    m_error->setObjectName(u"basemapError"_s);
    m_error->setWordWrap(true);
    m_error->hide();
    auto* fileButtons = new QHBoxLayout;
    fileButtons->addWidget(m_add);
    fileButtons->addWidget(m_remove);
    fileButtons->addStretch();
    fileButtons->addWidget(m_bare);
    auto* form = new QFormLayout;
    form->addRow(tr("&City"), m_name);
    form->addRow(tr("© &line"), m_copyright);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_build);
    buttons->addWidget(m_close);
    auto* all = new QVBoxLayout(this);
    auto* how =
        new QLabel(tr("OpenStreetMap extracts (PBF, XML), GeoPackage, Shapefile, GeoJSON or vector tiles (MBTiles). "
                      "Picture tiles (MBTiles) are laid under the cases as they are. Everything stays on "
                      "this machine and is handed on to consoles that join."));
    how->setWordWrap(true);
    all->addWidget(how);
    all->addWidget(m_files, 1);
    all->addLayout(fileButtons);
    all->addLayout(form);
    all->addWidget(m_progress);
    all->addWidget(m_doing);
    all->addWidget(m_error);
    all->addLayout(buttons);
    resize(grid(180), grid(120));
    auto* empty = new EmptyState(m_files);
    empty->say(tr("No file chosen"), tr("Add the city's own geodata, or an extract of OpenStreetMap (Alt+A)."));
    connect(m_add, &QPushButton::clicked, this, &BasemapDialog::chooseFiles);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        delete m_files->currentItem();
        follow();
    });
    connect(new QShortcut(Qt::Key_Delete, m_files), &QShortcut::activated, m_remove, &QPushButton::click);
    connect(m_build, &QPushButton::clicked, this, &BasemapDialog::build);
    connect(m_close, &QPushButton::clicked, this, &BasemapDialog::reject);
    connect(m_files, &QTreeWidget::currentItemChanged, this, &BasemapDialog::follow);
    m_build->setDefault(true);
    follow();
    m_add->setFocus();
}

BasemapDialog::~BasemapDialog() {
    m_stop = true;
    if (m_work) m_work->wait();
}

void BasemapDialog::chooseFiles() {
    addFiles(QFileDialog::getOpenFileNames(
        this, tr("Geodata of the city"), {},
        tr("Geodata (*.pbf *.osm *.osm.gz *.gpkg *.shp *.geojson *.json *.mbtiles);;All files (*)")));
}

void BasemapDialog::addFiles(const QStringList& files) {
    const std::pair<QString, SourceRole> roles[]{{tr("Find out"), SourceRole::Auto},
                                                 {tr("Districts, wards, neighbourhoods"), SourceRole::Areas},
                                                 {tr("Boundary of the city"), SourceRole::Boundary},
                                                 {tr("Parks"), SourceRole::Parks},
                                                 {tr("Water"), SourceRole::Water},
                                                 {tr("Land use"), SourceRole::LandUse},
                                                 {tr("Buildings"), SourceRole::Buildings},
                                                 {tr("Streets"), SourceRole::Streets},
                                                 {tr("Addresses"), SourceRole::Addresses}};
    for (const auto& file : files) {
        auto* item = new QTreeWidgetItem(m_files, {QFileInfo(file).fileName()});
        item->setToolTip(0, file);
        item->setData(0, Qt::UserRole, file);
        auto* role = new QComboBox;
        role->setAccessibleName(tr("What is in %1").arg(QFileInfo(file).fileName()));
        for (const auto& [words, value] : roles) role->addItem(words, static_cast<int>(value));
        m_files->setItemWidget(item, 1, role);
        m_files->setCurrentItem(item);
    }
    follow();
    if (!files.isEmpty()) m_build->setFocus();
}

void BasemapDialog::follow() {
    const bool some = m_files->topLevelItemCount() > 0;
    const bool busy = m_work != nullptr;
    m_files->findChild<EmptyState*>()->setVisible(!some);
    m_build->setEnabled(some && !busy);
    m_add->setEnabled(!busy);
    m_remove->setEnabled(!busy && m_files->currentItem());
    m_progress->setVisible(busy);
    m_bare->setVisible(engine::groundTiles(m_bridge.engine()) != nullptr);
    m_bare->setEnabled(!busy);
    m_close->setText(busy ? tr("Stop") : tr("Close"));
}

void BasemapDialog::reject() {
    if (!m_work) return QDialog::reject();
    m_stop = true;
    m_doing->setText(tr("Stopping…"));
}

void BasemapDialog::build() {
    std::vector<geo::BasemapSource> sources;
    for (int i = 0; i < m_files->topLevelItemCount(); ++i) {
        auto* item = m_files->topLevelItem(i);
        const auto* role = qobject_cast<QComboBox*>(m_files->itemWidget(item, 1));
        sources.push_back({item->data(0, Qt::UserRole).toString().toStdString(),
                           static_cast<SourceRole>(role->currentData().toInt())});
    }
    m_error->hide();
    m_stop = false;
    geo::BasemapOptions options;
    options.name = toText(m_name->text().trimmed());
    options.copyright = toText(m_copyright->text().trimmed());
    options.progress = [this](std::string_view phase, const std::string& of, double share) {
        const auto words = phase == "build" ? tr("Putting the map together")
                                            : tr("Reading %1").arg(QFileInfo(fromText(of)).fileName());
        QMetaObject::invokeMethod(this, [this, words, share] {
            if (m_stop) return;
            m_doing->setText(words);
            m_progress->setValue(static_cast<int>(share * 1000));
        });
        return !m_stop;
    };
    m_work.reset(QThread::create([this, sources = std::move(sources), options = std::move(options)]() mutable {
        const auto made = make(sources, options);
        QMetaObject::invokeMethod(this, [this, made] { finish(made); });
    }));
    m_work->setObjectName(u"basemap"_s);
    m_work->start();
    follow();
    m_close->setFocus();
}

// On a thread of its own; gives what to say at the end.
Result<QString> BasemapDialog::make(const std::vector<geo::BasemapSource>& sources, geo::BasemapOptions& options) {
    auto& engine = m_bridge.engine();
    const auto number = [](auto n) { return QLocale().toString(static_cast<qulonglong>(n)); };
    for (const auto& source : sources) {
        WL_TRY(const bool pictures, engine::arePictures(source.file, options.copyright));
        if (!pictures) continue;
        if (sources.size() > 1) return fail(ErrorKind::Input, "basemap.tiles_alone", source.file.string());
        WL_TRY(const auto facts, engine::setGroundTiles(engine, source.file, [&](double share) {
                   return options.progress("copy", source.file.string(), share);
               }));
        return tr("The tiles lie under the cases: %1, from zoom %2 to %3.")
            .arg(number(facts.tiles))
            .arg(facts.minZoom)
            .arg(facts.maxZoom);
    }
    options.casesAt = engine::middleOfCases(engine);
    geo::BasemapReport report;
    WL_TRY(auto map, geo::buildBasemap(sources, options, &report));
    WL_CHECK(engine.setCity(std::make_shared<const geo::CityMap>(std::move(map))));
    return tr("The map stands: %1 streets, %2 buildings, %3 addresses, %4 areas (%5 s).")
        .arg(number(report.streets), number(report.buildings), number(report.addresses), number(report.areas),
             QLocale().toString(report.seconds, 'f', 1));
}

void BasemapDialog::removeTiles() {
    if (const auto done = engine::removeGroundTiles(m_bridge.engine()); !done) {
        m_error->setText(errorWords(done.error()).line());
        m_error->show();
    }
    follow();
}

void BasemapDialog::finish(const Result<QString>& made) {
    m_work->wait();
    m_work.reset();
    follow();
    m_doing->clear();
    if (!made) {
        const auto words = errorWords(made.error());
        m_error->setText(words.line() + u' ' + tr("The map before it stays."));
        m_error->show();
        return;
    }
    m_doing->setText(*made);
    Q_EMIT told(*made);
}

}  // namespace wl::ui
