// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keys_dialog.hpp"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/kit/look.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

KeysDialog::KeysDialog(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
    setObjectName(u"keysDialog"_s);
    setWindowTitle(tr("Keys"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(4), grid(4), grid(4), grid(4));
    column->setSpacing(grid(2));
    auto* filter = new QLineEdit(this);
    filter->setObjectName(u"keysFilter"_s);
    filter->setPlaceholderText(tr("Find a command"));
    filter->setAccessibleName(filter->placeholderText());
    filter->setClearButtonEnabled(true);
    auto* list = new QTreeWidget(this);
    list->setObjectName(u"keysList"_s);
    list->setAccessibleName(tr("Commands and their keys"));
    list->setHeaderLabels({tr("Command"), tr("Key")});
    list->setRootIsDecorated(false);
    list->setAlternatingRowColors(true);
    const auto line = [list](const QString& command, const QString& keys) {
        new QTreeWidgetItem(list, {command, keys});
    };
    line(tr("In the list: next case"), tr("J or Down"));
    line(tr("In the list: previous case"), tr("K or Up"));
    line(tr("In the list: open the case"), tr("Enter"));
    for (const auto* action : actions) {
        QStringList keys;
        for (const auto& key : action->shortcuts()) keys << key.toString(QKeySequence::NativeText);
        if (!keys.isEmpty()) line(QString(action->text()).remove(u'&').remove(u"…"_s), keys.join(u", "_s));
    }
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list->header()->setStretchLastSection(false);
    connect(filter, &QLineEdit::textChanged, list, [list](const QString& typed) {
        for (int i = 0; i < list->topLevelItemCount(); ++i) {
            auto* item = list->topLevelItem(i);
            item->setHidden(!item->text(0).contains(typed, Qt::CaseInsensitive) &&
                            !item->text(1).contains(typed, Qt::CaseInsensitive));
        }
    });
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(filter);
    column->addWidget(list, 1);
    column->addWidget(buttons);
    resize(grid(130), grid(150));
}

}  // namespace wl::ui
