// SPDX-License-Identifier: GPL-3.0-or-later
// The pages that say what the file is: which file, which columns.
#include "ui/admin/import_pages.hpp"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QTableWidget>
#include <QTimeZone>

#include "ui/kit/empty_state.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kShownRows = 20;
constexpr int kWidestColumn = grid(60);

QTableWidget* table(const QString& name, const QString& label) {
    auto* t = new QTableWidget;
    t->setObjectName(name);
    t->setAccessibleName(label);
    t->setEditTriggers(QAbstractItemView::NoEditTriggers);
    t->setShowGrid(false);
    t->setTabKeyNavigation(false);
    t->verticalHeader()->hide();
    t->verticalHeader()->setDefaultSectionSize(grid(7));
    t->horizontalHeader()->setHighlightSections(false);
    t->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    t->horizontalHeader()->setMaximumSectionSize(kWidestColumn);
    return t;
}

QString errorLine(const Error& error) {
    const auto line = errorWords(error).line();
    return error.detail.empty() || line.contains(fromText(error.detail)) ? line : line + u' ' + fromText(error.detail);
}

QStringList columnsOf(const feed::Preview& preview) {
    QStringList out;
    for (const auto& name : preview.columns) out << fromText(name);
    return out;
}

}  // namespace

ImportFilePage::ImportFilePage(ImportWizard& wizard)
    : m_wizard(wizard), m_file(new QLineEdit), m_mapping(new QComboBox),
      m_rows(table(u"importPreview"_s, tr("First rows"))), m_empty(new EmptyState(m_rows->viewport())),
      m_told(new QLabel) {
    setTitle(tr("Which file?"));
    setSubTitle(tr("CSV, JSON or NDJSON, also packed as .gz or .zst. Nothing is stored before the last step."));
    m_file->setObjectName(u"importFile"_s);
    m_file->setAccessibleName(tr("File"));
    auto* browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setObjectName(u"importBrowse"_s);
    auto* line = new QHBoxLayout;
    line->addWidget(m_file, 1);
    line->addWidget(browseButton);
    m_mapping->setObjectName(u"importMapping"_s);
    m_mapping->addItem(tr("Guess from the names of the columns"));
    for (const auto& shipped : feed::shippedMappings())
        m_mapping->addItem(fromText(shipped.name), fromText(shipped.name));
    m_mapping->addItem(tr("From a mapping file…"), u"*"_s);
    m_told->setWordWrap(true);
    m_told->setObjectName(u"importTold"_s);
    auto* form = new QFormLayout;
    auto* fileLabel = new QLabel(tr("&File"));
    fileLabel->setBuddy(m_file);
    form->addRow(fileLabel, line);
    form->addRow(tr("&Mapping"), m_mapping);
    auto* all = new QVBoxLayout(this);
    all->addLayout(form);
    all->addWidget(m_told);
    all->addWidget(m_rows, 1);
    sayEmpty(nullptr);
    connect(browseButton, &QPushButton::clicked, this, &ImportFilePage::browse);
    connect(m_file, &QLineEdit::editingFinished, this, &ImportFilePage::look);
    connect(m_mapping, &QComboBox::activated, this, &ImportFilePage::look);
}

void ImportFilePage::sayEmpty(const Error* error) {
    if (error) {
        const auto words = errorWords(*error);
        m_empty->say(words.what, words.advice);
    } else {
        m_empty->say(tr("No file is chosen yet"), tr("Its first rows will be shown here."));
    }
    m_empty->show();
}

void ImportFilePage::setFile(const QString& path) {
    m_file->setText(path);
    look();
}

void ImportFilePage::browse() {
    const auto path = QFileDialog::getOpenFileName(this, tr("File to import"), {},
                                                   tr("Feeds (*.csv *.json *.ndjson *.gz *.zst);;All files (*)"));
    if (!path.isEmpty()) setFile(path);
}

void ImportFilePage::look() {
    auto& state = m_wizard.state();
    state.file = m_file->text().trimmed().toStdString();
    m_readable = false;
    m_rows->clear();
    m_rows->setRowCount(0);
    m_rows->setColumnCount(0);
    m_told->clear();
    if (state.file.empty()) {
        sayEmpty(nullptr);
        return Q_EMIT completeChanged();
    }
    auto preview = feed::previewFeed(state.file, {});
    if (!preview) {
        sayEmpty(&preview.error());
        return Q_EMIT completeChanged();
    }
    m_empty->hide();
    state.preview = std::move(*preview);
    const auto& found = state.preview;
    m_rows->setColumnCount(static_cast<int>(found.columns.size()));
    m_rows->setHorizontalHeaderLabels(columnsOf(found));
    m_rows->setRowCount(std::min(kShownRows, static_cast<int>(found.rows.size())));
    for (int r = 0; r < m_rows->rowCount(); ++r)
        for (int c = 0; c < m_rows->columnCount(); ++c)
            m_rows->setItem(
                r, c,
                new QTableWidgetItem(
                    fromText(found.rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)]).simplified()));
    m_rows->resizeColumnsToContents();
    m_readable = !found.rows.empty();
    m_told->setText(m_readable ? tr("Read as %1, %2 columns. The first rows:")
                                     .arg(fromText(feed::code(found.found.format)))
                                     .arg(found.columns.size())
                               : tr("There are no rows in this file."));
    chooseMapping();
    Q_EMIT completeChanged();
}

void ImportFilePage::chooseMapping() {
    auto& state = m_wizard.state();
    const auto choice = m_mapping->currentData().toString();
    if (choice == u"*"_s) {
        const auto path =
            QFileDialog::getOpenFileName(this, tr("Mapping file"), {}, tr("Mappings (*.map);;All files (*)"));
        QFile file(path);
        if (!path.isEmpty() && file.open(QIODevice::ReadOnly)) {
            m_mapping->insertItem(1, path, path);
            m_mapping->setCurrentIndex(1);
            state.mapping = MappingText(QString::fromUtf8(file.readAll()));
            return;
        }
        m_mapping->setCurrentIndex(0);
    } else if (!choice.isEmpty()) {
        for (const auto& shipped : feed::shippedMappings())
            if (fromText(shipped.name) == choice) state.mapping = MappingText(fromText(shipped.text));
        if (QFile file(choice); file.open(QIODevice::ReadOnly))
            state.mapping = MappingText(QString::fromUtf8(file.readAll()));
        return;
    }
    state.mapping = MappingText(fromText(feed::suggestMapping(state.preview, feed::slug(state.file.stem().string()),
                                                              m_wizard.bridge().catalogue()->jurisdiction().timeZone)));
}

ImportColumnsPage::ImportColumnsPage(ImportWizard& wizard)
    : m_wizard(wizard), m_source(new QLineEdit), m_zone(new QComboBox), m_dates(new QLineEdit),
      m_fields(table(u"importFields"_s, tr("Fields and columns"))), m_error(new QLabel) {
    setTitle(tr("Which column is what?"));
    setSubTitle(
        tr("A column's name, several with | between (the first that is not empty), or a template like \"{a}, {b}\"."));
    m_source->setObjectName(u"importSource"_s);
    m_source->setToolTip(
        tr("Name of the other system; its numbers are unique within it. Import under the same name again to update."));
    m_zone->setObjectName(u"importZone"_s);
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    for (const auto& id : QTimeZone::availableTimeZoneIds()) m_zone->addItem(QString::fromLatin1(id));
    m_dates->setObjectName(u"importDates"_s);
    m_error->setWordWrap(true);
    m_error->setObjectName(u"importColumnsError"_s);
    m_fields->setColumnCount(3);
    m_fields->horizontalHeader()->setMaximumSectionSize(-1);
    m_fields->setHorizontalHeaderLabels({tr("Field of the case"), tr("Column of the file"), tr("For example")});
    m_fields->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_fields->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    auto* save = new QPushButton(tr("&Save the mapping…"));
    save->setObjectName(u"importSaveMapping"_s);
    auto* form = new QFormLayout;
    form->addRow(tr("Name of the s&ource"), m_source);
    form->addRow(tr("&Time zone of its dates"), m_zone);
    form->addRow(tr("&Date formats"), m_dates);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_error, 1);
    foot->addWidget(save);
    auto* all = new QVBoxLayout(this);
    all->addLayout(form);
    all->addWidget(m_fields, 1);
    all->addLayout(foot);
    connect(save, &QPushButton::clicked, this, &ImportColumnsPage::saveAs);
}

void ImportColumnsPage::initializePage() {
    const auto& state = m_wizard.state();
    m_source->setText(state.mapping.value(u"feed"_s, u"source"_s));
    m_zone->setCurrentText(state.mapping.value(u"feed"_s, u"timezone"_s));
    m_dates->setText(state.mapping.value(u"feed"_s, u"dates"_s));
    m_error->clear();
    m_fields->setRowCount(static_cast<int>(feed::kMapFieldCount));
    const auto columns = columnsOf(state.preview);
    for (int i = 0; i < m_fields->rowCount(); ++i) {
        const auto key = fromText(feed::code(static_cast<feed::MapField>(i)));
        auto* box = new QComboBox;
        box->setObjectName(u"importField_"_s + key);
        box->setAccessibleName(key);
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->addItem(QString());
        box->addItems(columns);
        const auto showFirst = [this, i](const QString& text) {
            const auto& now = m_wizard.state().preview;
            const auto column = std::ranges::find(now.columns, text.trimmed().toStdString()) - now.columns.begin();
            const auto first = static_cast<std::size_t>(column) < now.columns.size()
                                   ? fromText(now.examples[static_cast<std::size_t>(column)]).simplified()
                                   : QString();
            auto* item = new QTableWidgetItem(first);
            item->setForeground(quietText(palette()));
            m_fields->setItem(i, 2, item);
        };
        connect(box, &QComboBox::currentTextChanged, this, showFirst);
        box->setCurrentText(state.mapping.value(u"fields"_s, key));
        showFirst(box->currentText());
        m_fields->setItem(i, 0, new QTableWidgetItem(key));
        m_fields->setCellWidget(i, 1, box);
    }
    m_fields->resizeColumnToContents(0);
}

void ImportColumnsPage::store() {
    auto& mapping = m_wizard.state().mapping;
    mapping.set(u"feed"_s, u"source"_s, m_source->text().trimmed());
    if (mapping.value(u"feed"_s, u"name"_s).isEmpty()) mapping.set(u"feed"_s, u"name"_s, m_source->text().trimmed());
    mapping.set(u"feed"_s, u"timezone"_s, m_zone->currentText().trimmed());
    mapping.set(u"feed"_s, u"dates"_s, m_dates->text().trimmed());
    for (int i = 0; i < m_fields->rowCount(); ++i)
        if (const auto* box = qobject_cast<QComboBox*>(m_fields->cellWidget(i, 1)))
            mapping.set(u"fields"_s, m_fields->item(i, 0)->text(), box->currentText().trimmed());
}

bool ImportColumnsPage::validatePage() {
    store();
    const auto parsed = feed::parseMapping(m_wizard.state().mapping.toText().toStdString());
    m_error->setText(parsed ? QString() : errorLine(parsed.error()));
    return parsed.has_value();
}

void ImportColumnsPage::saveAs() {
    store();
    const auto path = QFileDialog::getSaveFileName(this, tr("Save the mapping"), m_source->text() + u".map"_s,
                                                   tr("Mappings (*.map)"));
    if (path.isEmpty()) return;
    QSaveFile file(path);
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(m_wizard.state().mapping.toText().toUtf8()) > 0 && file.commit();
    m_error->setText(written ? tr("Saved %1").arg(path) : tr("Could not write %1: %2").arg(path, file.errorString()));
}

}  // namespace wl::ui
