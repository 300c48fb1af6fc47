// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signals/report_dialog.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPrintPreviewDialog>
#include <QPrinter>
#include <QPushButton>
#include <QTextDocument>
#include <QVBoxLayout>

#include <array>

#include "ui/kit/look.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/shell/window_memory.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEvery = 10 * 60'000;  // ms
constexpr std::array kKinds{ReportKind::Daily, ReportKind::Weekly, ReportKind::Monthly};
constexpr std::array kFlags{"reportDaily", "reportWeekly", "reportMonthly"};

}  // namespace

ReportDialog::ReportDialog(ConsoleBridge& bridge, WindowMemory& memory, ReportPlan board, CodeNames names,
                           QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_memory(memory), m_board(std::move(board)), m_names(std::move(names)),
      m_which(new QComboBox(this)), m_department(new QComboBox(this)), m_said(new QLabel(this)),
      m_folder(new QLineEdit(this)) {
    setObjectName(u"reportDialog"_s);
    setWindowTitle(tr("Report"));
    auto* all = new QVBoxLayout(this);
    auto* form = new QFormLayout;
    m_which->setObjectName(u"reportWhich"_s);
    m_which->addItem(tr("The figures on the board: %1").arg(m_board.subtitle));
    m_which->addItem(tr("Daily briefing: yesterday"));
    m_which->addItem(tr("Weekly report: last week"));
    m_which->addItem(tr("Monthly report to the council: last month"));
    form->addRow(tr("&Report"), m_which);
    m_department->setObjectName(u"reportDepartment"_s);
    m_department->addItem(tr("All departments"), QString());
    for (const auto& d : bridge.catalogue()->departments()) m_department->addItem(fromText(d.name), fromText(d.code));
    m_department->setEnabled(false);
    form->addRow(tr("&Department"), m_department);
    connect(m_which, &QComboBox::currentIndexChanged, this, [this](int at) { m_department->setEnabled(at == 2); });
    all->addLayout(form);

    auto* schedule = new QGroupBox(tr("Written by themselves, as PDF and CSV, while this console is open"), this);
    auto* rows = new QFormLayout(schedule);
    const std::array words{tr("Every &morning: the briefing of the day before"),
                           tr("Every Monda&y: last week, each department and all"),
                           tr("On the &first: the council's report of last month")};
    for (std::size_t i = 0; i < kFlags.size(); ++i) {
        auto* box = new QCheckBox(words[i], schedule);
        box->setObjectName(QString::fromLatin1(kFlags[i]));
        box->setChecked(memory.flag(kFlags[i], false));
        connect(box, &QCheckBox::toggled, this, [this, flag = kFlags[i]](bool on) {
            m_memory.set(flag, on);
            Q_EMIT scheduleChanged();
        });
        rows->addRow(box);
    }
    m_folder->setObjectName(u"reportFolder"_s);
    m_folder->setText(memory.text("reportFolder"));
    m_folder->setPlaceholderText(tr("No folder: nothing is written"));
    auto* browse = new QPushButton(tr("&Choose…"), schedule);
    browse->setObjectName(u"reportBrowse"_s);
    auto* folder = new QHBoxLayout;
    folder->addWidget(m_folder, 1);
    folder->addWidget(browse);
    auto* label = new QLabel(tr("F&older"), schedule);
    label->setBuddy(m_folder);
    rows->addRow(label, folder);
    const auto take = [this] {
        m_memory.set("reportFolder", m_folder->text().trimmed());
        Q_EMIT scheduleChanged();
    };
    connect(m_folder, &QLineEdit::editingFinished, this, take);
    connect(browse, &QPushButton::clicked, this, [this, take] {
        const auto chosen = QFileDialog::getExistingDirectory(this, tr("Folder for reports"), m_folder->text());
        if (chosen.isEmpty()) return;
        m_folder->setText(chosen);
        take();
    });
    all->addWidget(schedule);
    m_said->setObjectName(u"reportSaid"_s);
    m_said->setWordWrap(true);
    makeQuiet(m_said);
    all->addWidget(m_said);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto add = [&](const QString& text, const char* id) {
        auto* button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setObjectName(QString::fromLatin1(id));
        return button;
    };
    auto* look = add(tr("&Print preview…"), "reportPreview");
    look->setDefault(true);
    connect(look, &QPushButton::clicked, this, &ReportDialog::preview);
    connect(add(tr("Save as PD&F…"), "reportPdf"), &QPushButton::clicked, this, [this] { save(true); });
    connect(add(tr("Save as C&SV…"), "reportCsv"), &QPushButton::clicked, this, [this] { save(false); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    all->addWidget(buttons);
}

ReportPlan ReportDialog::plan() const {
    const auto at = m_which->currentIndex();
    if (at <= 0) return m_board;
    return planOf(kKinds[static_cast<std::size_t>(at - 1)], m_bridge.now(),
                  at == 2 ? m_department->currentData().toString().toStdString() : std::string(), m_names);
}

void ReportDialog::make(std::function<void(QTextDocument&, const ReportFigures&)> use) {
    m_said->setText(tr("Counting…"));
    const auto wanted = plan();
    askReport(m_bridge, wanted, this, [this, wanted, use = std::move(use)](const Result<ReportFigures>& figures) {
        if (!figures) return m_said->setText(errorWords(figures.error()).line());
        m_said->clear();
        const auto document = reportDocument(wanted, *figures, m_names, m_bridge.now());
        use(*document, *figures);
    });
}

void ReportDialog::preview() {
    make([this](QTextDocument& document, const ReportFigures&) {
        QPrinter printer(QPrinter::HighResolution);
        printer.setPageSize(QPageSize(QPageSize::A4));
        QPrintPreviewDialog dialog(&printer, this);
        dialog.setObjectName(u"reportPreviewDialog"_s);
        connect(&dialog, &QPrintPreviewDialog::paintRequested, this, [&](QPrinter* on) { document.print(on); });
        dialog.resize(grid(240), grid(200));
        dialog.exec();
    });
}

void ReportDialog::save(bool pdf) {
    const auto ending = pdf ? u".pdf"_s : u".csv"_s;
    const auto path = QFileDialog::getSaveFileName(this, tr("Save the report"), plan().file + ending,
                                                   pdf ? tr("PDF (*.pdf)") : tr("CSV (*.csv)"));
    if (path.isEmpty()) return;
    make([this, path, pdf](QTextDocument& document, const ReportFigures& figures) {
        const bool done =
            pdf ? writePdf(document, path) : writeText(reportCsv(figures, m_bridge.catalogue()->timeZone()), path);
        m_said->setText(done ? tr("Written: %1").arg(path)
                             : tr("%1 cannot be written. Choose another folder, or make room on its disk.").arg(path));
    });
}

ReportSchedule::ReportSchedule(ConsoleBridge& bridge, WindowMemory& memory, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_memory(memory) {
    m_timer.setInterval(kEvery);
    connect(&m_timer, &QTimer::timeout, this, &ReportSchedule::check);
    m_timer.start();
}

void ReportSchedule::check() {
    const auto folder = m_memory.text("reportFolder");
    if (folder.isEmpty()) return;
    const CodeNames names(m_bridge.catalogue(), m_bridge.engine().city());
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        if (!m_memory.flag(kFlags[i], false)) continue;
        std::vector<std::string> departments{""};
        if (kKinds[i] == ReportKind::Weekly)
            for (const auto& d : names.catalogue().departments()) departments.push_back(d.code);
        for (const auto& department : departments) {
            const auto plan = planOf(kKinds[i], m_bridge.now(), department, names);
            const auto path = QDir(folder).filePath(plan.file);
            if (!QFile::exists(path + u".pdf"_s)) write(plan, path);
        }
    }
}

void ReportSchedule::write(const ReportPlan& plan, const QString& path) {
    askReport(m_bridge, plan, this, [this, plan, path](const Result<ReportFigures>& figures) {
        if (!figures) return Q_EMIT told(errorWords(figures.error()).line());
        const CodeNames names(m_bridge.catalogue(), m_bridge.engine().city());
        const auto document = reportDocument(plan, *figures, names, m_bridge.now());
        // The table first: a PDF that is there says that all of it is.
        const bool done = writeText(reportCsv(*figures, m_bridge.catalogue()->timeZone()), path + u".csv"_s) &&
                          writePdf(*document, path + u".pdf"_s);
        if (!done)
            return Q_EMIT told(
                tr("The report %1 cannot be written. Look at its folder under Signals, Report.").arg(path));
        Q_EMIT told(tr("Report written: %1").arg(path + u".pdf"_s));
        Q_EMIT written(path + u".pdf"_s);
    });
}

}  // namespace wl::ui
