// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sync/join_dialog.hpp"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

JoinDialog::JoinDialog(const std::filesystem::path& folder, Join join, QWidget* parent)
    : QDialog(parent), m_folder(folder), m_join(std::move(join)), m_pages(new QStackedWidget(this)) {
    setObjectName(u"joinDialog"_s);
    setWindowTitle(tr("Join a city"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(4), grid(4), grid(4), grid(4));
    column->setSpacing(grid(3));
    m_pages->setObjectName(u"joinPages"_s);
    m_pages->addWidget(askPage());
    m_pages->addWidget(waitPage());
    column->addWidget(m_pages, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_go = buttons->addButton(tr("&Join"), QDialogButtonBox::AcceptRole);
    m_go->setObjectName(u"joinGo"_s);
    m_go->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &JoinDialog::begin);
    connect(buttons, &QDialogButtonBox::rejected, this, &JoinDialog::reject);
    column->addWidget(buttons);
    check();
    resize(grid(125), grid(80));
}

JoinDialog::~JoinDialog() {
    m_stop.request_stop();
    if (m_work) m_work->wait();
}

QWidget* JoinDialog::askPage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(grid(3));
    auto* how = new QLabel(tr("At a console of the city that lets others in, choose Consoles, then “Add a console”. It "
                              "shows a code and where it is."),
                           page);
    how->setWordWrap(true);
    column->addWidget(how);
    m_address = new QLineEdit(page);
    m_address->setObjectName(u"joinAddress"_s);
    m_address->setPlaceholderText(u"192.0.2.7:7311"_s);
    m_code = new QLineEdit(page);
    m_code->setObjectName(u"joinCode"_s);
    m_code->setPlaceholderText(u"7K2R-9QXM"_s);
    m_code->setFont(headFont(m_code->font()));
    m_name = new QLineEdit(QString::fromStdString(engine::proposedConsoleName()), page);
    m_name->setObjectName(u"joinName"_s);
    m_name->setMaxLength(80);
    m_address->setAccessibleName(tr("Where the other console is"));
    m_code->setAccessibleName(tr("Code"));
    m_name->setAccessibleName(tr("Name of this console"));
    auto* form = new QFormLayout;
    form->addRow(tr("&Where it is"), m_address);
    form->addRow(tr("&Code"), m_code);
    form->addRow(tr("&Name of this console"), m_name);
    column->addLayout(form);
    m_problem = new ToneLabel(SlaState::Breached, page);
    m_problem->setObjectName(u"joinProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    column->addStretch(1);
    for (auto* line : {m_address, m_code, m_name}) connect(line, &QLineEdit::textChanged, this, &JoinDialog::check);
    return page;
}

QWidget* JoinDialog::waitPage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(grid(3));
    m_state = new QLabel(page);
    m_state->setObjectName(u"joinState"_s);
    m_state->setWordWrap(true);
    column->addWidget(m_state);
    m_number = new QLabel(page);
    m_number->setObjectName(u"joinNumber"_s);
    m_number->setFont(displayFont(m_number->font()));
    m_number->setAlignment(Qt::AlignCenter);
    column->addWidget(m_number);
    column->addStretch(1);
    return page;
}

void JoinDialog::check() {
    m_go->setEnabled(!m_work && !m_address->text().trimmed().isEmpty() && !m_code->text().trimmed().isEmpty() &&
                     !m_name->text().trimmed().isEmpty());
}

void JoinDialog::begin() {
    engine::JoinOptions options;
    options.dir = m_folder;
    options.address = m_address->text().trimmed().toStdString();
    options.code = m_code->text().trimmed().toStdString();
    options.name = m_name->text().trimmed().toStdString();
    options.compare = [this](const std::string& digits) {
        QMetaObject::invokeMethod(this, [this, words = QString::fromStdString(digits)] { showComparison(words); });
    };
    m_stop = {};
    options.stop = m_stop.get_token();
    m_problem->hide();
    m_number->clear();
    m_state->setText(tr("Calling %1…").arg(m_address->text().trimmed()));
    m_pages->setCurrentIndex(WaitPage);
    m_work.reset(QThread::create([this, options, join = m_join] {
        auto joined = join(options);
        QMetaObject::invokeMethod(this, [this, joined = std::move(joined)] { finish(joined); });
    }));
    m_work->setObjectName(u"join"_s);
    check();
    m_work->start();
}

void JoinDialog::showComparison(const QString& digits) {
    m_pages->setCurrentIndex(WaitPage);
    m_state->setText(tr("The other console must show this number too. Wait until the person there lets this one in."));
    m_number->setText(digits);
    m_number->setAccessibleName(tr("Number to compare: %1").arg(digits));
}

void JoinDialog::finish(const Result<engine::JoinedCity>& joined) {
    m_work->wait();
    m_work.reset();
    check();
    if (joined) {
        m_city = QString::fromStdString(joined->city);
        return accept();
    }
    m_pages->setCurrentIndex(AskPage);
    if (joined.error().kind == ErrorKind::Cancelled) return;
    m_problem->setText(errorWords(joined.error()).line());
    m_problem->show();
    (joined.error().code.starts_with("pairing.") ? m_code : m_address)->setFocus();
}

// While it is under way, the first Cancel stops that.
void JoinDialog::reject() {
    if (m_work) m_stop.request_stop();
    else QDialog::reject();
}

}  // namespace wl::ui
