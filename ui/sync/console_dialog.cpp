// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sync/console_dialog.hpp"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"

namespace wl::ui {

ConsoleDialog::ConsoleDialog(ConsoleBridge& bridge, const engine::ConsoleStatus& console, const QString& title,
                             const QString& head, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_origin(console.origin), m_column(new QVBoxLayout(this)),
      m_problem(new ToneLabel(SlaState::Breached, this)) {
    setWindowTitle(title);
    m_column->setContentsMargins(grid(4), grid(4), grid(4), grid(4));
    m_column->setSpacing(grid(3));
    auto* headLabel = new QLabel(head, this);
    headLabel->setFont(headFont(font()));
    m_column->addWidget(headLabel);
}

QPushButton* ConsoleDialog::finish(const QString& yes, bool dangerous) {
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_column->addWidget(m_problem);
    m_column->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto* button =
        buttons->addButton(yes, dangerous ? QDialogButtonBox::DestructiveRole : QDialogButtonBox::AcceptRole);
    if (dangerous) {
        button->setAutoDefault(false);
        buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    }
    connect(button, &QPushButton::clicked, this, [this, button] { act(button); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_column->addWidget(buttons);
    return button;
}

void ConsoleDialog::act(QPushButton* yes) {
    yes->setEnabled(false);
    m_bridge.ask(work(), this, [this, yes](const Result<void>& done) {
        if (done) return accept();
        yes->setEnabled(true);
        m_problem->setText(errorWords(done.error()).line());
        m_problem->show();
    });
}

}  // namespace wl::ui
