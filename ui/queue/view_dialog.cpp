// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/view_dialog.hpp"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/catalogue_form.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

ViewDialog::ViewDialog(ViewStore& views, const rules::Catalogue& catalogue, engine::CaseQuery query, std::string agent,
                       const QString& words, QWidget* parent)
    : QDialog(parent), m_views(views), m_query(std::move(query)), m_agent(std::move(agent)), m_name(new QLineEdit),
      m_who(new QComboBox), m_error(new ToneLabel), m_save(nullptr) {
    setObjectName(u"viewDialog"_s);
    setWindowTitle(tr("Save this view"));
    auto* form = new QFormLayout(this);
    auto* what = new QLabel(words);
    what->setWordWrap(true);
    what->setObjectName(u"viewWords"_s);
    makeQuiet(what);
    m_name->setObjectName(u"viewName"_s);
    m_name->setPlaceholderText(tr("as it stands in the list of queues"));
    m_who->setObjectName(u"viewFor"_s);
    m_who->addItem(tr("Only me, on this console"), QStringList{});
    m_who->addItem(tr("Everybody"), QStringList{u"all"_s});
    const FormChoices choices({}, nullptr);
    for (const auto& role : choices.of("role"))
        m_who->addItem(tr("The role: %1").arg(role.name), QStringList{u"role"_s, role.code});
    for (const auto& d : catalogue.departments())
        m_who->addItem(tr("The department: %1").arg(fromText(d.name)), QStringList{u"department"_s, fromText(d.code)});
    m_error->setObjectName(u"viewError"_s);
    m_error->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    m_save = buttons->button(QDialogButtonBox::Save);
    m_save->setObjectName(u"viewSave"_s);
    m_save->setEnabled(false);
    form->addRow(tr("Shows"), what);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&For"), m_who);
    form->addRow(m_error);
    form->addRow(buttons);
    setMinimumWidth(grid(110));
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString& name) { m_save->setEnabled(!name.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &ViewDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_name->setFocus();
}

void ViewDialog::save() {
    const auto fail = [this](const Error& error) {
        m_error->setText(errorWords(error).line());
        m_error->show();
    };
    auto view = engine::viewOf(toText(m_name->text().trimmed()), m_query.filter, m_query.order, m_agent);
    if (!view) return fail(view.error());
    const auto who = m_who->currentData().toStringList();
    if (who.value(0) == u"role"_s) view->role = toText(who.value(1));
    if (who.value(0) == u"department"_s) view->department = toText(who.value(1));
    m_save->setEnabled(false);
    m_views.add(std::move(*view), !who.isEmpty(), [this, fail](const Result<QString>& id) {
        m_save->setEnabled(true);
        if (!id) return fail(id.error());
        Q_EMIT saved(*id);
        accept();
    });
}

}  // namespace wl::ui
