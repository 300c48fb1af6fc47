// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/intake/service_section.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include "ui/kit/look.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

ServiceSection::ServiceSection(QWidget* parent)
    : QWidget(parent), m_line(new QLineEdit), m_list(new QListWidget), m_about(new QLabel) {
    m_line->setObjectName(u"serviceFind"_s);
    m_line->setAccessibleName(tr("Service"));
    m_line->setPlaceholderText(tr("What is it about? (hole, rubbish, lamp …)"));
    m_line->installEventFilter(this);
    m_list->setObjectName(u"serviceList"_s);
    m_list->setAccessibleName(tr("Matching services"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_about->setObjectName(u"serviceAbout"_s);
    m_about->setWordWrap(true);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(grid(1));
    all->addWidget(m_line);
    all->addWidget(m_list);
    all->addWidget(m_about);
    makeQuiet(m_about);
    connect(m_line, &QLineEdit::textEdited, this, &ServiceSection::refill);
    connect(m_list, &QListWidget::itemClicked, this, &ServiceSection::take);
    m_list->hide();
    m_about->hide();
}

void ServiceSection::setCatalogue(rules::CataloguePtr catalogue) {
    m_catalogue = std::move(catalogue);
    m_choices = serviceChoices(*m_catalogue);
    settle();
}

const rules::Service* ServiceSection::service() const {
    return m_catalogue && !m_code.isEmpty() ? m_catalogue->service(m_code.toStdString()) : nullptr;
}

void ServiceSection::begin() {
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void ServiceSection::choose(const QString& code) {
    m_code = code;
    settle();
}

void ServiceSection::settle() {
    const auto* chosen = service();
    m_line->setText(chosen ? fromText(chosen->name) : QString());
    m_list->hide();
    const auto about = chosen ? fromText(chosen->description) : QString();
    m_about->setText(about);
    m_about->setVisible(!about.isEmpty());
}

void ServiceSection::refill(const QString& typed) {
    m_list->clear();
    for (const auto i : matching(m_choices, typed)) {
        const auto& choice = m_choices[i];
        auto* item = new QListWidgetItem(QIcon::fromTheme(choice.icon, QIcon::fromTheme(u"tag"_s)),
                                         choice.name + u"  –  "_s + choice.detail, m_list);
        item->setData(Qt::UserRole, choice.code);
    }
    if (m_list->count() > 0) m_list->setCurrentRow(0);
    const int rows = std::min(m_list->count(), 7);
    m_list->setFixedHeight(rows * std::max(m_list->sizeHintForRow(0), grid(5)) + grid(1));
    m_list->setVisible(rows > 0);
    m_about->setText(rows > 0 ? QString() : tr("No service fits. Try another word, or part of one."));
    m_about->setVisible(rows == 0);
}

void ServiceSection::take() {
    const auto* item = m_list->currentItem();
    if (!item || m_list->isHidden()) return;
    m_code = item->data(Qt::UserRole).toString();
    settle();
    Q_EMIT chosen(m_code);
}

bool ServiceSection::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_line) return false;
    if (event->type() == QEvent::FocusOut && m_list->isVisible() && !m_line->text().trimmed().isEmpty()) {
        take();
        return false;
    }
    if (event->type() != QEvent::KeyPress) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool plain = key->modifiers() == Qt::NoModifier || key->modifiers() == Qt::KeypadModifier;
    if (plain && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
        if (m_list->isHidden()) refill(service() ? QString() : m_line->text());
        QApplication::sendEvent(m_list, event);
        return true;
    }
    if (plain && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && m_list->isVisible()) {
        take();
        focusNextChild();
        return true;
    }
    if (key->key() == Qt::Key_Escape && m_list->isVisible()) {
        settle();
        return true;
    }
    return false;
}

}  // namespace wl::ui
