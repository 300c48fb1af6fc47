// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/catalogue_dialog.hpp"

#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QShortcut>
#include <QSplitter>
#include <QThreadPool>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <span>

#include "engine/catalogue_file.hpp"
#include "ui/admin/item_form.hpp"
#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/query_slots.hpp"
#include "ui/models/value_words.hpp"
#include "ui/shell/window_memory.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

namespace {

enum Column : int { Name, Code, State };
constexpr int kMany = 12;  // from so many items on there is a search field

}  // namespace

CatalogueDialog::CatalogueDialog(ConsoleBridge& bridge, WindowMemory* memory, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_memory(memory), m_kinds(new QListWidget), m_search(new QLineEdit),
      m_items(new QTreeWidget), m_form(new ItemForm), m_parts(new QSplitter), m_summary(new QLabel),
      m_new(new QPushButton(tr("&New…"))), m_withdraw(new QPushButton(tr("&Withdraw"))),
      m_revert(new QPushButton(tr("&Revert"))), m_publish(new QPushButton(tr("&Publish"))),
      m_try(new QPushButton(tr("&Try the rules…"))) {
    setObjectName(u"catalogueDialog"_s);
    setWindowTitle(tr("Administration"));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    m_drafts.setStanding(*bridge.catalogue());
    layOut();
    connectParts();
    m_kinds->setCurrentRow(0);
    m_kinds->setFocus();
}

void CatalogueDialog::layOut() {
    m_kinds->setObjectName(u"catalogueKinds"_s);
    m_kinds->setAccessibleName(tr("What to administer"));
    for (const auto& one : formKinds()) m_kinds->addItem(new QListWidgetItem(themedIcon(one.icon), one.name));
    m_kinds->setFixedWidth(m_kinds->sizeHintForColumn(0) + grid(6));
    m_search->setObjectName(u"catalogueSearch"_s);
    m_search->setPlaceholderText(tr("Search by name or code (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search the list"));
    m_search->setClearButtonEnabled(true);
    m_items->setObjectName(u"catalogueItems"_s);
    m_items->setAccessibleName(tr("Items"));
    m_items->setHeaderLabels({tr("Name"), tr("Code"), tr("State")});
    m_items->setRootIsDecorated(false);
    m_items->setUniformRowHeights(true);
    m_items->header()->setObjectName(u"catalogueHeader"_s);
    m_items->header()->setStretchLastSection(false);
    m_items->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_items->header()->setSectionResizeMode(Code, QHeaderView::Interactive);
    m_items->header()->setSectionResizeMode(State, QHeaderView::ResizeToContents);
    m_items->header()->resizeSection(Code, grid(28));

    auto* verbs = new QHBoxLayout;
    for (auto* button : {m_new, m_withdraw, m_revert}) {
        button->setAutoDefault(false);
        verbs->addWidget(button);
    }
    m_new->setObjectName(u"catalogueNew"_s);
    m_new->setToolTip(tr("Ctrl+N"));
    m_withdraw->setObjectName(u"catalogueWithdraw"_s);
    m_withdraw->setToolTip(tr("Takes the item out when you publish"));
    m_revert->setObjectName(u"catalogueRevert"_s);
    m_revert->setToolTip(tr("Forgets what was changed on this item"));
    verbs->addStretch();
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid(2));
    column->addWidget(m_search);
    column->addWidget(m_items, 1);
    column->addLayout(verbs);
    m_parts->setObjectName(u"catalogueParts"_s);
    m_parts->addWidget(middle);
    m_parts->addWidget(m_form);
    m_parts->setStretchFactor(0, 2);
    m_parts->setStretchFactor(1, 3);
    m_parts->setChildrenCollapsible(false);
    m_parts->setSizes({grid(96), grid(150)});
    auto* both = new QHBoxLayout;
    both->setSpacing(grid(2));
    both->addWidget(m_kinds);
    both->addWidget(m_parts, 1);

    m_summary->setObjectName(u"catalogueSummary"_s);
    m_summary->setWordWrap(true);
    m_publish->setObjectName(u"cataloguePublish"_s);
    m_publish->setToolTip(tr("All changes at once (Ctrl+S)"));
    m_publish->setAutoDefault(false);
    m_try->setObjectName(u"catalogueTry"_s);
    m_try->setToolTip(tr("What would have happened to the last 1,000 cases"));
    m_try->setAutoDefault(false);
    auto* foot = new QHBoxLayout;
    const auto button = [&](const QString& text, const QString& name, auto what) {
        auto* made = new QPushButton(text);
        made->setObjectName(name);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, what);
        foot->addWidget(made);
    };
    button(tr("&Import…"), u"catalogueImport"_s, [this] { importFile(); });
    button(tr("&Export…"), u"catalogueExport"_s, [this] { exportFile(); });
    foot->addWidget(m_try);
    foot->addWidget(m_summary, 1);
    button(tr("Close"), u"catalogueClose"_s, [this] { reject(); });
    foot->addWidget(m_publish);
    auto* all = new QVBoxLayout(this);
    all->addLayout(both, 1);
    all->addLayout(foot);
    resize(grid(300), grid(180));
    if (!m_memory) return;
    m_memory->restore(*this);
    m_memory->restore(*m_parts);
}

void CatalogueDialog::connectParts() {
    connect(m_kinds, &QListWidget::currentRowChanged, this, [this] {
        m_search->clear();
        fillItems();
    });
    connect(m_items, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem* item) {
        m_current = item ? Key{kind().kind, toText(item->text(Code))} : Key{};
        fillForm();
    });
    connect(m_search, &QLineEdit::textChanged, this, &CatalogueDialog::narrow);
    connect(m_form, &ItemForm::edited, this, &CatalogueDialog::take);
    connect(m_new, &QPushButton::clicked, this, &CatalogueDialog::add);
    connect(m_withdraw, &QPushButton::clicked, this, &CatalogueDialog::withdraw);
    connect(m_revert, &QPushButton::clicked, this, &CatalogueDialog::revert);
    connect(m_publish, &QPushButton::clicked, this, &CatalogueDialog::publish);
    connect(m_try, &QPushButton::clicked, this, &CatalogueDialog::tryRules);
    connect(&m_bridge, &ConsoleBridge::catalogueChanged, this, &CatalogueDialog::standingChanged);
    connect(new QShortcut(QKeySequence::Save, this), &QShortcut::activated, m_publish, &QPushButton::click);
    connect(new QShortcut(QKeySequence::New, this), &QShortcut::activated, m_new, &QPushButton::click);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, this, [this] {
        m_search->setVisible(true);
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
}

const FormKind& CatalogueDialog::kind() const {
    return formKinds()[static_cast<std::size_t>(std::max(0, m_kinds->currentRow()))];
}

QStringList CatalogueDialog::kinds() const {
    QStringList out;
    for (const auto& one : formKinds()) out << QString::fromLatin1(one.kind);
    return out;
}

void CatalogueDialog::showKind(const QString& wanted) {
    m_kinds->setCurrentRow(static_cast<int>(kinds().indexOf(wanted)));
}

void CatalogueDialog::showItem(const QString& code) {
    const auto found = m_items->findItems(code, Qt::MatchExactly, Code);
    if (!found.isEmpty()) m_items->setCurrentItem(found.front());
}

void CatalogueDialog::fillItems() {
    const auto before = m_items->currentItem() ? m_items->currentItem()->text(Code) : QString();
    m_items->clear();
    for (const auto& code : m_drafts.codes(kind().kind)) {
        auto* item = new QTreeWidgetItem(m_items);
        item->setText(Code, fromText(code));
        showState(*item);
    }
    m_items->sortItems(Name, Qt::AscendingOrder);
    const QLatin1StringView shown(kind().kind);
    m_try->setVisible(shown == "routing_rule"_L1);
    m_search->setVisible(m_items->topLevelItemCount() > kMany || !m_search->text().isEmpty());
    m_new->setEnabled(shown != "jurisdiction"_L1 || m_items->topLevelItemCount() == 0);
    showItem(before);
    if (!m_items->currentItem() && m_items->topLevelItemCount() > 0) m_items->setCurrentItem(m_items->topLevelItem(0));
    if (m_items->topLevelItemCount() == 0) {
        m_current = {};
        fillForm();
    }
    narrow();
    check();
}

void CatalogueDialog::narrow() {
    const auto typed = m_search->text().simplified();
    QTreeWidgetItem* first = nullptr;
    for (int row = 0; row < m_items->topLevelItemCount(); ++row) {
        auto* item = m_items->topLevelItem(row);
        const bool fits = item->text(Name).contains(typed, Qt::CaseInsensitive) ||
                          item->text(Code).contains(typed, Qt::CaseInsensitive);
        item->setHidden(!fits);
        if (fits && !first) first = item;
    }
    if (first && m_items->currentItem() && m_items->currentItem()->isHidden()) m_items->setCurrentItem(first);
}

void CatalogueDialog::showState(QTreeWidgetItem& item) {
    const Key key{kind().kind, toText(item.text(Code))};
    const auto name = m_drafts.object(key).value(u"name").toString();
    if (!name.isEmpty() || item.text(Name).isEmpty()) item.setText(Name, name.isEmpty() ? item.text(Code) : name);
    switch (m_drafts.stateOf(key)) {
        case CatalogueDrafts::State::Standing: return item.setText(State, {});
        case CatalogueDrafts::State::Changed: return item.setText(State, tr("changed"));
        case CatalogueDrafts::State::New: return item.setText(State, tr("new"));
        case CatalogueDrafts::State::Withdrawn: return item.setText(State, tr("withdrawn"));
    }
}

void CatalogueDialog::fillForm() {
    const auto document = m_current.second.empty() ? std::string() : m_drafts.document(m_current);
    if (m_current.second.empty()) {
        m_form->say(tr("There is nothing of this kind yet. “New…” makes the first."));
    } else if (document.empty()) {
        m_form->say(tr("It is withdrawn when you publish. “Revert” keeps it."));
    } else {
        const auto choices = std::make_shared<const FormChoices>(m_drafts.whole(), m_bridge.engine().city());
        m_form->showItem(kind(), m_current.second, m_drafts.object(m_current), choices);
    }
    check();
}

void CatalogueDialog::take() {
    m_drafts.put(m_current, m_form->document());
    if (auto* item = m_items->currentItem()) showState(*item);
    check();
}

void CatalogueDialog::check() {
    const auto problems = m_drafts.problems();
    const auto elsewhere = m_form->mark(problems);
    const bool good = problems.empty() && m_form->isReadable();
    m_publish->setEnabled(good && !m_drafts.isEmpty());
    m_withdraw->setEnabled(!m_current.second.empty() &&
                           m_drafts.stateOf(m_current) != CatalogueDrafts::State::Withdrawn);
    m_revert->setEnabled(!m_current.second.empty() && m_drafts.stateOf(m_current) != CatalogueDrafts::State::Standing);
    m_summary->setText(!good && !elsewhere.isEmpty() ? elsewhere
                       : !good                       ? tr("Something is wrong; it stands beside the field.")
                       : m_drafts.isEmpty()          ? tr("Nothing is changed")
                                            : tr("%Ln item(s) changed; nothing holds until you publish", nullptr,
                                                 static_cast<int>(m_drafts.count())));
}

void CatalogueDialog::add() {
    auto* ask = new QInputDialog(this);
    ask->setObjectName(u"catalogueNewCode"_s);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setWindowTitle(tr("New: %1").arg(kind().name));
    ask->setLabelText(tr("A short code, for good (letters, digits, _ - .)"));
    connect(ask, &QInputDialog::textValueSelected, this, &CatalogueDialog::addItem);
    ask->open();
}

void CatalogueDialog::addItem(const QString& typed) {
    static const QRegularExpression form(u"^[A-Za-z0-9][\\w.:\\-]*$"_s);
    const auto code = typed.trimmed();
    if (!form.match(code).hasMatch())
        return m_summary->setText(tr("“%1” cannot be a code: letters, digits, _ - . without blanks.").arg(code));
    m_search->clear();
    if (const Key key{kind().kind, toText(code)}; m_drafts.document(key).empty()) m_drafts.put(key, std::string("{}"));
    fillItems();
    showItem(code);
    m_form->focusFirst();
}

void CatalogueDialog::withdraw() {
    if (m_current.second.empty()) return;
    m_drafts.withdraw(m_current);
    fillItems();
    fillForm();
    m_items->setFocus();
}

void CatalogueDialog::revert() {
    if (m_current.second.empty()) return;
    m_drafts.revert(m_current);
    fillItems();
    fillForm();
    m_items->setFocus();
}

// Somebody published: here, at another console, or by undo.
void CatalogueDialog::standingChanged() {
    const auto before = m_drafts.document(m_current);
    m_drafts.setStanding(*m_bridge.catalogue());
    const bool other = m_drafts.document(m_current) != before;
    fillItems();
    if (other) fillForm();
}

void CatalogueDialog::importFile() {
    const auto name = QFileDialog::getOpenFileName(this, tr("Import"), {}, tr("Catalogue (*.json)"));
    if (name.isEmpty()) return;
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return m_summary->setText(tr("%1 cannot be read: %2").arg(name, file.errorString()));
    const auto items = engine::readCatalogueFile(file.readAll().toStdString());
    if (!items) return m_summary->setText(errorWords(items.error()).line());
    for (const auto& item : *items) m_drafts.put({item.kind, item.code}, item.document);
    fillItems();
    fillForm();
}

void CatalogueDialog::exportFile() {
    const auto name = QFileDialog::getSaveFileName(this, tr("Export"), u"catalogue.json"_s, tr("Catalogue (*.json)"));
    if (name.isEmpty()) return;
    const auto done = store::writeFile(name.toStdString(), engine::writeCatalogueFile(m_drafts.standing()));
    m_summary->setText(done ? tr("Written to %1").arg(name) : errorWords(done.error()).line());
}

// What would have happened to the cases that came in last.
void CatalogueDialog::tryRules() {
    engine::CaseQuery query;
    query.order = {engine::CaseColumn::Requested, true};
    m_bridge.query(std::move(query), DispatchSlot, this, [this](const Result<engine::CaseListingPtr>& listing) {
        if (!listing) return m_summary->setText(errorWords(listing.error()).line());
        auto items = m_drafts.standing();
        for (auto& item : m_drafts.changes()) items.push_back(std::move(item));
        const auto proposed = rules::Catalogue::build(items);
        m_try->setEnabled(false);
        const QPointer<CatalogueDialog> self(this);
        QThreadPool::globalInstance()->start([&engine = m_bridge.engine(), self, proposed, listing = *listing] {
            const auto last = std::span(listing->keys).first(std::min<std::size_t>(listing->keys.size(), 1000));
            auto trial = engine.openReader().and_then([&](const auto& reader) {
                return engine::tryRouting(*reader, last, *proposed);
            });
            QMetaObject::invokeMethod(QCoreApplication::instance(), [self, trial = std::move(trial)] {
                if (self) self->showTrial(trial);
            });
        });
    });
}

void CatalogueDialog::showTrial(const Result<engine::RoutingTrial>& trial) {
    m_try->setEnabled(true);
    if (!trial) return m_summary->setText(errorWords(trial.error()).line());
    QStringList lines{tr("Of the last %Ln case(s), %1 would have gone elsewhere, %2 to nobody or a catch-all.", nullptr,
                         static_cast<int>(trial->cases))
                          .arg(trial->changed)
                          .arg(trial->alarms),
                      QString()};
    for (const auto& [rule, n] : trial->byRule) lines << u"%1: %2"_s.arg(fromText(rule)).arg(n);
    auto* box = new QMessageBox(QMessageBox::Information, tr("What would have happened"), lines.join(u'\n'),
                                QMessageBox::Close, this);
    box->setObjectName(u"routingTrial"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void CatalogueDialog::publish() {
    m_bridge.submit(engine::PublishCatalogue{m_drafts.changes()}, this, [this](const Result<engine::Receipt>& done) {
        if (!done) return m_summary->setText(errorWords(done.error()).line());
        standingChanged();  // what was changed meanwhile is still a draft
        m_summary->setText(tr("Published. Ctrl+Z in the window takes it back."));
    });
}

void CatalogueDialog::reject() {
    if (!m_drafts.isEmpty() && QMessageBox::question(this, tr("Administration"),
                                                     tr("Leave %Ln change(s) unpublished?", nullptr,
                                                        static_cast<int>(m_drafts.count()))) != QMessageBox::Yes)
        return;
    QDialog::reject();
}

void CatalogueDialog::done(int result) {
    if (m_memory) {
        m_memory->keep(*this);
        m_memory->keep(*m_parts);
    }
    QDialog::done(result);
}

}  // namespace wl::ui
