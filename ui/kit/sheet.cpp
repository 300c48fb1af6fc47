// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/sheet.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

Sheet::Sheet(const QString& name, QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_fields(new QVBoxLayout), m_error(new ToneLabel), m_go(new QPushButton) {
    setObjectName(name + u"Sheet"_s);
    m_title->setFont(strongFont(font()));
    m_title->setWordWrap(true);
    m_fields->setSpacing(grid(2));
    m_error->setObjectName(name + u"Error"_s);
    m_go->setObjectName(name + u"Go"_s);
    m_go->setToolTip(tr("Enter"));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(name + u"Cancel"_s);
    cancel->setToolTip(tr("Esc"));
    connect(m_go, &QPushButton::clicked, this, [this] { accept(); });
    connect(cancel, &QPushButton::clicked, this, [this] { dismiss(); });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid(2));
    buttons->addWidget(m_error, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_go);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(3), grid(2), grid(3), grid(2));
    all->setSpacing(grid(2));
    all->addWidget(m_title);
    all->addLayout(m_fields);
    all->addLayout(buttons);
    hide();
}

void Sheet::showError(const QString& words) { m_error->setText(words); }

void Sheet::dismiss() {
    if (isHidden()) return;
    hide();
    Q_EMIT dismissed();
}

// A field of several lines keeps a plain Enter for itself; Ctrl+Enter comes here from any.
void Sheet::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return dismiss();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return accept();
    QWidget::keyPressEvent(event);
}

void Sheet::paintEvent(QPaintEvent*) { paintSheet(*this, Qt::TopEdge | Qt::BottomEdge); }

}  // namespace wl::ui
