// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/work_line.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include <chrono>

#include "ui/kit/look.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
constexpr auto kPatience = 300ms;
constexpr int kSteps = 1000;

}  // namespace

WorkLine::WorkLine(QWidget* parent)
    : QWidget(parent), m_what(new QLabel(this)), m_bar(new QProgressBar(this)),
      m_stop(new QPushButton(tr("Stop"), this)) {
    setObjectName(u"workLine"_s);
    m_what->setObjectName(u"workLineText"_s);
    m_bar->setObjectName(u"workLineBar"_s);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setTextVisible(false);
    m_bar->setRange(0, kSteps);
    m_bar->setFixedWidth(grid(30));
    m_stop->setObjectName(u"workLineStop"_s);
    m_stop->setAccessibleName(m_stop->text());
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(grid(2), 0, grid(2), 0);
    line->addWidget(m_what);
    line->addWidget(m_bar);
    line->addWidget(m_stop);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, &QWidget::show);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_stop->setEnabled(false);
        Q_EMIT stopRequested();
    });
    hide();
}

void WorkLine::progress(const QString& what, qsizetype done, qsizetype total) {
    if (!m_working) {
        m_working = true;
        m_stop->setEnabled(true);
        m_patience.start();
    }
    const QLocale locale;
    m_what->setText(tr("%1: %2 of %3").arg(what, locale.toString(done), locale.toString(total)));
    m_bar->setValue(total > 0 ? static_cast<int>(done * kSteps / total) : 0);
}

void WorkLine::finish() {
    m_working = false;
    m_patience.stop();
    hide();
}

}  // namespace wl::ui
