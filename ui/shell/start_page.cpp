// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/start_page.hpp"

#include <QCommandLinkButton>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/time_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
constexpr int kWidth = grid(120);
constexpr int kSteps = 1000;
constexpr qint64 kTrusted = 2000;  // ms of work before its rate says anything

}  // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_text(new QLabel(this)), m_offers(new QWidget(this)),
      m_work(new QWidget(this)), m_bar(new QProgressBar(m_work)), m_counts(new QLabel(m_work)),
      m_stop(new QPushButton(tr("Stop"), m_work)) {
    setObjectName(u"startPage"_s);
    m_title->setFont(titleFont(font()));
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    makeQuiet(m_text);
    makeQuiet(m_counts);
    m_bar->setObjectName(u"workProgress"_s);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setTextVisible(false);
    m_stop->setObjectName(u"workStop"_s);
    m_stop->setAccessibleName(m_stop->text());
    connect(m_stop, &QPushButton::clicked, this, &StartPage::stopRequested);

    auto* work = new QVBoxLayout(m_work);
    work->setContentsMargins(0, 0, 0, 0);
    work->setSpacing(grid(2));
    work->addWidget(m_bar);
    work->addWidget(m_counts);
    work->addWidget(m_stop, 0, Qt::AlignLeft);
    auto* offers = new QVBoxLayout(m_offers);
    offers->setContentsMargins(0, 0, 0, 0);
    offers->setSpacing(grid(1));

    auto* middle = new QWidget(this);
    middle->setFixedWidth(kWidth);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid(3));
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addWidget(m_offers);
    column->addWidget(m_work);
    auto* outer = new QVBoxLayout(this);
    outer->addStretch(2);
    outer->addWidget(middle, 0, Qt::AlignHCenter);
    outer->addStretch(3);
    m_work->hide();
}

void StartPage::clearOffers() {
    while (auto* item = m_offers->layout()->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
}

void StartPage::offer(const QString& title, const QString& text, const std::vector<Offer>& offers) {
    clearOffers();
    m_work->hide();
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    QCommandLinkButton* first = nullptr;
    for (const auto& one : offers) {
        auto* button = new QCommandLinkButton(one.text, one.hint, m_offers);
        button->setObjectName(one.name);
        button->setAccessibleName(one.text);
        button->setIcon(themedIcon(one.icon));
        button->setAutoDefault(true);  // Enter takes it, as in a dialog
        // The page may be replaced by what the offer does.
        connect(button, &QCommandLinkButton::clicked, this, [take = one.take] { take(); }, Qt::QueuedConnection);
        m_offers->layout()->addWidget(button);
        if (!first) first = button;
    }
    m_offers->show();
    // What helps stands first and has the focus: Enter right away must not end the program.
    if (first) first->setFocus(Qt::OtherFocusReason);
}

void StartPage::beginWork(const QString& title) {
    m_offers->hide();
    m_title->setText(title);
    m_text->hide();
    m_bar->setRange(0, 0);
    m_counts->clear();
    m_phase.clear();
    m_work->show();
}

void StartPage::showProgress(const QString& phase, std::size_t done, std::size_t total) {
    if (phase != m_phase) {
        m_phase = phase;
        m_since.start();
    }
    m_bar->setRange(0, total > 0 ? kSteps : 0);
    if (total == 0) {
        m_counts->setText(phase);
        return;
    }
    m_bar->setValue(static_cast<int>(done * kSteps / total));
    const QLocale locale;
    auto line = tr("%1: %2 of %3")
                    .arg(phase, locale.toString(static_cast<qulonglong>(done)),
                         locale.toString(static_cast<qulonglong>(total)));
    if (const auto spent = m_since.elapsed(); spent > kTrusted && done > 0) {
        const double rate = static_cast<double>(done) / static_cast<double>(spent);  // per ms
        line += tr(" · %1 a second · %2 left")
                    .arg(locale.toString(qRound(rate * 1000)),
                         durationWords(Millis{static_cast<std::int64_t>(static_cast<double>(total - done) / rate)}));
    }
    m_counts->setText(line);
}

}  // namespace wl::ui
