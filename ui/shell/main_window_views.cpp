// SPDX-License-Identifier: GPL-3.0-or-later
// Saved views: keeping what the list shows, another name, none.
#include <QInputDialog>

#include "ui/models/case_feed.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/filter_words.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/queue/queue_panel.hpp"
#include "ui/queue/queue_rail.hpp"
#include "ui/queue/view_dialog.hpp"
#include "ui/shell/main_window.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

void MainWindow::connectViews() {
    const auto& a = m_actions;
    connect(a.saveView, &QAction::triggered, this, &MainWindow::saveView);
    connect(a.renameView, &QAction::triggered, this, &MainWindow::renameView);
    connect(a.deleteView, &QAction::triggered, this, &MainWindow::deleteView);
    connect(&m_views, &ViewStore::failed, this, [this](const Error& error) {
        tell(tr("The saved views cannot be read: %1").arg(errorWords(error).line()));
    });
    m_rail->addActions({a.saveView, a.renameView, a.deleteView});
    m_rail->setContextMenuPolicy(Qt::ActionsContextMenu);
}

// The queue with what the bar narrows it by, and its order.
void MainWindow::saveView() {
    const auto* queue = m_queues.entry(m_rail->chosen());
    if (!queue) return;
    const engine::CaseQuery query{both(queue->filter, m_panel->bar().filter()), m_panel->model().order()};
    const CodeNames names(m_bridge.catalogue(), m_bridge.engine().city());
    QStringList words;
    for (const auto& chip : filterChips(query.filter, names)) words << chip.text;
    auto* dialog = new ViewDialog(m_views, *m_bridge.catalogue(), query, m_bridge.agent(),
                                  words.isEmpty() ? tr("All cases") : words.join(u" · "_s), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ViewDialog::saved, this, [this](const QString& id) {
        m_panel->bar().clearAll();
        showQueue(id);
        tell(tr("The view is kept and counted from now on."));
    });
    dialog->open();
}

void MainWindow::renameView() {
    const auto id = m_rail->chosen();
    const auto* view = m_views.find(id);
    if (!view) return;
    auto* ask = new QInputDialog(this);
    ask->setObjectName(u"renameViewDialog"_s);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setWindowTitle(tr("Rename this view"));
    ask->setLabelText(view->personal ? tr("Its new name") : tr("Its new name, for everybody who has it"));
    ask->setTextValue(QString::fromStdString(view->view.name));
    connect(ask, &QInputDialog::textValueSelected, this, [this, id](const QString& name) {
        m_views.rename(id, name, [this](const Result<QString>& done) {
            if (!done) tell(errorWords(done.error()).line());
        });
    });
    ask->open();
}

void MainWindow::deleteView() {
    const auto id = m_rail->chosen();
    const auto* view = m_views.find(id);
    if (!view) return;
    const auto name = QString::fromStdString(view->view.name);
    const bool personal = view->personal;
    m_views.remove(id, [this, name, personal](const Result<QString>& done) {
        if (!done) return tell(errorWords(done.error()).line());
        showQueue(u"open"_s);
        tell(personal ? tr("The view “%1” is deleted.").arg(name)
                      : tr("The view “%1” is deleted for everybody; Ctrl+Z takes that back.").arg(name));
    });
}

}  // namespace wl::ui
