// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/reason_sheet.hpp"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace wl::ui {

using namespace Qt::StringLiterals;

ReasonSheet::ReasonSheet(QWidget* parent) : Sheet(u"reason"_s, parent), m_reason(new QLineEdit) {
    title()->setBuddy(m_reason);
    m_reason->setObjectName(u"reasonText"_s);
    m_reason->setPlaceholderText(tr("Why"));
    m_reason->setAccessibleName(tr("Why"));
    fields()->addWidget(m_reason);
}

void ReasonSheet::ask(const QString& words, const QString& button, std::function<void(const std::string&)> take) {
    m_take = std::move(take);
    title()->setText(words);
    go()->setText(button);
    showError({});
    show();
    m_reason->setFocus(Qt::ShortcutFocusReason);
}

void ReasonSheet::done() {
    m_reason->clear();
    hide();
}

void ReasonSheet::accept() {
    if (m_take) m_take(m_reason->text().trimmed().toStdString());
}

}  // namespace wl::ui
