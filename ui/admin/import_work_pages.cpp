// SPDX-License-Identifier: GPL-3.0-or-later
// The pages that work on the rows: values, dry run, import.
#include <QComboBox>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

#include "ui/admin/import_pages.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::uint64_t kCheckRows = 10'000;
constexpr std::uint64_t kWordRows = 200'000;

QTableWidget* table(const QString& name, const QStringList& columns) {
    auto* t = new QTableWidget(0, static_cast<int>(columns.size()));
    t->setObjectName(name);
    t->setHorizontalHeaderLabels(columns);
    t->setEditTriggers(QAbstractItemView::NoEditTriggers);
    t->setShowGrid(false);
    t->setTabKeyNavigation(false);
    t->verticalHeader()->hide();
    t->verticalHeader()->setDefaultSectionSize(grid(7));
    t->horizontalHeader()->setHighlightSections(false);
    t->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    t->horizontalHeader()->setStretchLastSection(true);
    return t;
}

QString number(std::uint64_t n) { return QLocale().toString(static_cast<qulonglong>(n)); }

// What a word of that section may mean: code and words.
std::vector<std::pair<QString, QString>> meanings(const QString& section) {
    std::vector<std::pair<QString, QString>> all;
    if (section == u"status"_s)
        for (int s = 0; s < kStatusCount; ++s)
            all.emplace_back(fromText(code(static_cast<Status>(s))), statusWord(static_cast<Status>(s)));
    if (section == u"channel"_s)
        for (int c = 1; c <= kChannelCount; ++c)
            all.emplace_back(fromText(code(static_cast<Channel>(c))), channelWord(static_cast<Channel>(c)));
    if (section == u"priority"_s)
        for (int p = 1; p <= 4; ++p)
            all.emplace_back(fromText(code(static_cast<Priority>(p))), priorityWord(static_cast<Priority>(p)));
    if (section == u"resolution"_s)
        for (const auto r : kResolutions) all.emplace_back(fromText(r), resolutionWord(r));
    return all;
}

}  // namespace

QString rejectWords(const std::string& reason) {
    struct Words {
        Q_DECLARE_TR_FUNCTIONS(RejectWords)
    };
    if (reason == "missing") return Words::tr("a needed value is missing");
    if (reason == "impossible_date") return Words::tr("not a possible date");
    if (reason == "closed_before_opened") return Words::tr("closed before it was opened");
    if (reason == "closed_without_date") return Words::tr("closed, but without a closing date");
    if (reason == "unknown_status") return Words::tr("a status that the mapping does not know");
    if (reason == "not_a_number") return Words::tr("not a number");
    if (reason == "swapped_coordinates") return Words::tr("latitude and longitude are swapped");
    if (reason == "outside_bounds") return Words::tr("outside the city");
    if (reason == "location_missing") return Words::tr("neither address nor position");
    if (reason == "text_too_long") return Words::tr("more text than a case can hold");
    if (reason == "truncated") return Words::tr("the row breaks off");
    if (reason == "malformed_json") return Words::tr("not valid JSON");
    if (reason == "wrong_column_count") return Words::tr("another number of columns than the header");
    if (reason == "bad_encoding") return Words::tr("text in another encoding");
    return fromText(reason);
}

ImportValuesPage::ImportValuesPage(ImportWizard& wizard)
    : m_wizard(wizard), m_reading(new QWidget), m_told(new QLabel),
      m_words(table(u"importWords"_s, {tr("Of"), tr("Word in the file"), tr("Means")})), m_error(new QLabel) {
    setTitle(tr("What do its words mean?"));
    setSubTitle(tr(
        "Words of status, channel and priority found in the file. A row with a status that means nothing is refused."));
    m_told->setObjectName(u"importWordsRead"_s);
    auto* stop = new QPushButton(tr("Enough"));
    stop->setObjectName(u"importWordsEnough"_s);
    stop->setToolTip(tr("Go on with the words that were found so far"));
    auto* bar = new QProgressBar;
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setAccessibleName(tr("Reading the file"));
    auto* line = new QHBoxLayout(m_reading);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_told, 1);
    line->addWidget(bar);
    line->addWidget(stop);
    m_words->setAccessibleName(tr("Words and their meaning"));
    m_words->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_error->setWordWrap(true);
    auto* all = new QVBoxLayout(this);
    all->addWidget(m_reading);
    all->addWidget(m_words, 1);
    all->addWidget(m_error);
    connect(stop, &QPushButton::clicked, &wizard.session(), &ImportSession::cancel);
    connect(&wizard.session(), &ImportSession::findingWords, this,
            [this](quint64 read) { m_told->setText(tr("Looking for words: %1 rows read").arg(number(read))); });
    connect(&wizard.session(), &ImportSession::wordsFound, this, &ImportValuesPage::fill);
}

// The file is read beside the window; the words come when it is done.
void ImportValuesPage::initializePage() {
    m_words->setRowCount(0);
    m_error->clear();
    m_done = false;
    m_told->setText(tr("Looking for words"));
    m_reading->show();
    Q_EMIT completeChanged();
    const auto& state = m_wizard.state();
    const auto mapping = feed::parseMapping(toText(state.mapping.toText()));
    if (!mapping) return m_error->setText(errorWords(mapping.error()).line());
    m_wizard.session().findWords(state.file, *mapping, kWordRows);
}

void ImportValuesPage::cleanupPage() { m_wizard.session().stop(); }

void ImportValuesPage::fill(const FoundWords& found) {
    m_reading->hide();
    if (found.stopped) m_error->setText(errorWords(*found.stopped).line());
    // Words of the file that the mapping does not know, then those that it does.
    std::set<std::pair<QString, QString>> seen;
    const auto add = [&](const QString& section, const QString& word) {
        if (!word.isEmpty() && seen.emplace(section, word.toCaseFolded()).second) addWord(section, word);
    };
    for (const auto& [section, word] : found.words) add(fromText(section), fromText(word).simplified());
    for (const auto& section : {u"status"_s, u"channel"_s, u"priority"_s})
        for (const auto& word : m_wizard.state().mapping.keys(section)) add(section, word);
    m_words->resizeColumnToContents(0);
    m_words->resizeColumnToContents(2);
    m_done = !found.stopped;
    Q_EMIT completeChanged();
}

void ImportValuesPage::addWord(const QString& section, const QString& word) {
    const int row = m_words->rowCount();
    m_words->insertRow(row);
    m_words->setItem(row, 0, new QTableWidgetItem(section));
    m_words->setItem(row, 1, new QTableWidgetItem(word));
    auto* box = new QComboBox;
    box->setObjectName(u"importWord_"_s + section + u'_' + word);
    box->setAccessibleName(tr("Meaning of %1").arg(word));
    box->addItem(tr("(nothing)"), QString());
    for (const auto& [meaning, words] : meanings(section)) box->addItem(words, meaning);
    const auto set = m_wizard.state().mapping.value(section, word);
    if (const int at = box->findData(set); at >= 0) box->setCurrentIndex(at);
    else box->addItem(set, set), box->setCurrentIndex(box->count() - 1);
    m_words->setCellWidget(row, 2, box);
}

bool ImportValuesPage::validatePage() {
    auto& mapping = m_wizard.state().mapping;
    for (int row = 0; row < m_words->rowCount(); ++row) {
        const auto* box = qobject_cast<QComboBox*>(m_words->cellWidget(row, 2));
        mapping.set(m_words->item(row, 0)->text(), m_words->item(row, 1)->text(), box->currentData().toString());
    }
    const auto parsed = feed::parseMapping(toText(mapping.toText()));
    if (!parsed) m_error->setText(errorWords(parsed.error()).line() + u' ' + fromText(parsed.error().detail));
    return parsed.has_value();
}

ImportCheckPage::ImportCheckPage(ImportWizard& wizard)
    : m_wizard(wizard), m_told(new QLabel),
      m_groups(table(u"importRejects"_s, {tr("Rows"), tr("Field"), tr("Reason"), tr("For example")})),
      m_all(new QPushButton(tr("Check &all rows"))) {
    setTitle(tr("What would be refused?"));
    setSubTitle(tr("A dry run: nothing is stored. Refused rows go into a file beside the import, with the reason."));
    setCommitPage(true);
    setButtonText(QWizard::CommitButton, tr("&Import"));
    m_told->setObjectName(u"importChecked"_s);
    m_told->setWordWrap(true);
    m_groups->setAccessibleName(tr("Reasons for refusing rows"));
    m_all->setObjectName(u"importCheckAll"_s);
    auto* top = new QHBoxLayout;
    top->addWidget(m_told, 1);
    top->addWidget(m_all);
    auto* all = new QVBoxLayout(this);
    all->addLayout(top);
    all->addWidget(m_groups, 1);
    connect(m_all, &QPushButton::clicked, this, [this] { run(0); });
    connect(&wizard.session(), &ImportSession::checking, this, [this](quint64 read, quint64 bad) {
        m_told->setText(tr("Checking: %1 rows read, %2 would be refused").arg(number(read), number(bad)));
    });
    connect(&wizard.session(), &ImportSession::checked, this, &ImportCheckPage::show);
}

void ImportCheckPage::initializePage() { run(kCheckRows); }
void ImportCheckPage::cleanupPage() { m_wizard.session().stop(); }

void ImportCheckPage::run(std::uint64_t limit) {
    m_done = false;
    Q_EMIT completeChanged();
    m_groups->setRowCount(0);
    m_all->setEnabled(false);
    m_told->setText(tr("Checking…"));
    const auto mapping = feed::parseMapping(toText(m_wizard.state().mapping.toText()));
    if (mapping) m_wizard.session().check(m_wizard.state().file, *mapping, m_wizard.bridge().now(), limit);
}

void ImportCheckPage::show(const DryRun& result) {
    m_wizard.state().dryRun = result;
    m_groups->setRowCount(static_cast<int>(result.groups.size()));
    for (int r = 0; r < m_groups->rowCount(); ++r) {
        const auto& group = result.groups[static_cast<std::size_t>(r)];
        auto* count = new QTableWidgetItem(number(group.rows));
        count->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_groups->setItem(r, 0, count);
        m_groups->setItem(r, 1, new QTableWidgetItem(fromText(group.field)));
        m_groups->setItem(r, 2, new QTableWidgetItem(rejectWords(group.code)));
        m_groups->setItem(
            r, 3,
            new QTableWidgetItem(tr("row %1: %2").arg(number(group.firstRow), fromText(group.example).simplified())));
    }
    m_groups->resizeColumnsToContents();
    auto text = result.whole ? tr("All %1 rows checked: %2 can be imported, %3 would be refused.")
                             : tr("The first %1 rows checked: %2 can be imported, %3 would be refused.");
    text = text.arg(number(result.read), number(result.good), number(result.bad));
    std::uint64_t words = 0;
    for (const auto& [word, rows] : result.unmapped) words += rows;
    if (words > 0)
        text += u' ' + tr("%1 rows have a word without a meaning; they are taken without it.").arg(number(words));
    if (result.stopped) text += u' ' + tr("Reading stopped: %1").arg(errorWords(*result.stopped).line());
    m_told->setText(text);
    m_all->setEnabled(!result.whole && !result.stopped);
    m_done = result.good > 0;
    Q_EMIT completeChanged();
}

ImportRunPage::ImportRunPage(ImportWizard& wizard)
    : m_wizard(wizard), m_bar(new QProgressBar), m_counts(new QLabel), m_told(new QLabel),
      m_cancel(new QPushButton(tr("&Stop"))), m_goOn(new QPushButton(tr("&Go on"))) {
    setTitle(tr("Importing"));
    setSubTitle(tr("It may be stopped: importing the file again goes on where it stopped."));
    setFinalPage(true);
    m_bar->setObjectName(u"importBar"_s);
    m_bar->setRange(0, 1000);
    m_counts->setObjectName(u"importCounts"_s);
    m_told->setObjectName(u"importSummary"_s);
    m_told->setWordWrap(true);
    m_told->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_cancel->setObjectName(u"importStop"_s);
    auto* line = new QHBoxLayout;
    line->addWidget(m_bar, 1);
    line->addWidget(m_cancel);
    line->addWidget(m_goOn);
    m_goOn->setObjectName(u"importGoOn"_s);
    m_goOn->setToolTip(tr("Import the rows that are still missing"));
    connect(m_goOn, &QPushButton::clicked, this, &ImportRunPage::run);
    auto* all = new QVBoxLayout(this);
    all->addLayout(line);
    all->addWidget(m_counts);
    all->addSpacing(grid(2));
    all->addWidget(m_told);
    all->addStretch();
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        m_wizard.session().cancel();
    });
    connect(m_told, &QLabel::linkActivated, this, [](const QString& link) { QDesktopServices::openUrl(QUrl(link)); });
    connect(&wizard.session(), &ImportSession::importing, this, &ImportRunPage::show);
    connect(&wizard.session(), &ImportSession::imported, this,
            [this](const ImportOutcome& outcome) { finish(outcome.result); });
}

void ImportRunPage::initializePage() { run(); }

void ImportRunPage::run() {
    m_done = false;
    m_told->clear();
    m_counts->clear();
    m_bar->setValue(0);
    m_goOn->hide();
    m_cancel->show();
    m_cancel->setEnabled(true);
    setTitle(tr("Importing"));
    m_wizard.state().summary.reset();
    Q_EMIT completeChanged();
    m_wizard.button(QWizard::CancelButton)->setEnabled(false);  // "Stop" ends it in an orderly way
    const auto mapping = feed::parseMapping(toText(m_wizard.state().mapping.toText()));
    if (mapping) m_wizard.session().import(m_wizard.bridge().engine(), m_wizard.state().file, *mapping);
}

void ImportRunPage::show(const engine::ImportProgress& p) {
    if (p.bytesTotal > 0) m_bar->setValue(static_cast<int>(1000 * p.bytesDone / p.bytesTotal));
    auto text = tr("%1 rows read · %2 new · %3 updated · %4 unchanged · %5 refused · %6 rows/s")
                    .arg(number(p.read), number(p.imported), number(p.updated), number(p.unchanged), number(p.rejected),
                         number(static_cast<std::uint64_t>(p.rowsPerSecond())));
    if (p.bytesDone > 0 && p.bytesDone < p.bytesTotal && p.seconds > 1) {
        const auto left =
            p.seconds * static_cast<double>(p.bytesTotal - p.bytesDone) / static_cast<double>(p.bytesDone);
        text += u" · "_s + tr("%1 left").arg(durationWords(Millis{static_cast<std::int64_t>(left * 1000)}));
    }
    m_counts->setText(text);
}

void ImportRunPage::finish(const Result<engine::ImportSummary>& summary) {
    m_wizard.state().summary = summary;
    m_cancel->hide();
    m_done = true;
    m_wizard.button(QWizard::FinishButton)->setFocus();
    if (!summary) {
        setTitle(tr("Nothing was imported"));
        m_told->setText(errorWords(summary.error()).line().toHtmlEscaped());
        return Q_EMIT completeChanged();
    }
    show(summary->counts);
    setTitle(summary->stopped ? tr("Stopped") : tr("Imported"));
    QStringList lines;
    if (summary->stopped)
        lines << tr("%1 What was stored before stays; running the import again goes on from there.")
                     .arg(errorWords(*summary->stopped).line());
    else m_bar->setValue(m_bar->maximum());
    if (!summary->rejectFile.empty()) {
        const auto path = QString::fromStdString(summary->rejectFile.string());
        lines << tr("Refused rows are in <a href=\"%1\">%2</a>. Repair them there and import that file with the same "
                    "mapping.")
                     .arg(QUrl::fromLocalFile(path).toString(), path.toHtmlEscaped());
    }
    m_goOn->setVisible(summary->stopped && summary->stopped->kind == ErrorKind::Cancelled);
    const auto& counts = summary->counts;
    if (counts.imported == 0 && counts.updated == 0 && counts.unchanged > 0)
        lines.prepend(tr("Nothing changed: %1 rows are as they were imported before.").arg(number(counts.unchanged)));
    if (lines.isEmpty()) lines << tr("Every row was taken.");
    m_told->setText(lines.join(u"<br><br>"_s));
    Q_EMIT completeChanged();
}

}  // namespace wl::ui
