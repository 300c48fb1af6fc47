// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/reason_sheet.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

ReasonSheet::ReasonSheet(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_reason(new QLineEdit), m_error(new ToneLabel), m_go(new QPushButton) {
    setObjectName(u"reasonSheet"_s);
    m_title->setFont(strongFont(font()));
    m_title->setWordWrap(true);
    m_title->setBuddy(m_reason);
    m_reason->setObjectName(u"reasonText"_s);
    m_reason->setPlaceholderText(tr("Why"));
    m_reason->setAccessibleName(tr("Why"));
    m_error->setObjectName(u"reasonError"_s);
    m_go->setObjectName(u"reasonGo"_s);
    m_go->setToolTip(tr("Enter"));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(u"reasonCancel"_s);
    cancel->setToolTip(tr("Esc"));
    const auto leave = [this] {
        hide();
        Q_EMIT dismissed();
    };
    connect(m_go, &QPushButton::clicked, this, &ReasonSheet::accept);
    connect(cancel, &QPushButton::clicked, this, leave);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid(2));
    buttons->addWidget(m_error, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_go);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(3), grid(2), grid(3), grid(2));
    all->setSpacing(grid(2));
    all->addWidget(m_title);
    all->addWidget(m_reason);
    all->addLayout(buttons);
    hide();
}

void ReasonSheet::ask(const QString& title, const QString& go, std::function<void(const std::string&)> take) {
    m_take = std::move(take);
    m_title->setText(title);
    m_go->setText(go);
    m_error->clear();
    show();
    m_reason->setFocus(Qt::ShortcutFocusReason);
}

void ReasonSheet::done() {
    m_reason->clear();
    hide();
}

void ReasonSheet::showError(const QString& words) { m_error->setText(words); }

void ReasonSheet::accept() {
    if (m_take) m_take(m_reason->text().trimmed().toStdString());
}

void ReasonSheet::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        hide();
        return Q_EMIT dismissed();
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return accept();
    QWidget::keyPressEvent(event);
}

void ReasonSheet::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), raised(palette()));
    painter.setPen(hairline(palette()));
    painter.drawLine(0, 0, width(), 0);
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

}  // namespace wl::ui
