// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/catalogue_dialog.hpp"

#include <QCheckBox>
#include <QCoreApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QThreadPool>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <span>

#include "engine/catalogue_file.hpp"
#include "rules/publish_check.hpp"
#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/query_slots.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

namespace {

using Kind = FormField::Kind;

bool isOnByDefault(const char* member) {
    return QLatin1StringView(member) == "active"_L1 || QLatin1StringView(member) == "stops_clock"_L1;
}

QJsonObject objectOf(const QString& document) { return QJsonDocument::fromJson(document.toUtf8()).object(); }

// "policy/pothole.resolve" → "resolve" if it is about that item.
QString memberOf(const std::string& field, const std::string& kind, const std::string& code) {
    const auto path = fromText(field), own = fromText(kind + "/" + code);
    if (path == own) return u"*"_s;
    if (!path.startsWith(own + u'.')) return {};
    return path.mid(own.size() + 1).section(u'[', 0, 0).section(u'.', 0, 0);
}

}  // namespace

CatalogueDialog::CatalogueDialog(ConsoleBridge& bridge, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_kinds(new QListWidget), m_items(new QTreeWidget), m_scroll(new QScrollArea),
      m_summary(new QLabel), m_publish(new QPushButton(tr("Publish"))), m_try(new QPushButton(tr("Try the rules…"))) {
    setObjectName(u"catalogueDialog"_s);
    setWindowTitle(tr("Administration"));
    for (const auto& item : standing()) m_standing[{item.kind, item.code}] = item.document;
    layOut();
    m_kinds->setCurrentRow(0);
}

std::vector<rules::CatalogueItem> CatalogueDialog::standing() const {
    std::vector<rules::CatalogueItem> out;
    const auto c = m_bridge.catalogue();
    const auto take = [&](const auto& values) {
        for (const auto& v : values) out.push_back(rules::toItem(v));
    };
    take(c->services()), take(c->departments()), take(c->crews()), take(c->staffMembers()), take(c->calendars());
    take(c->policies()), take(c->pauseReasons()), take(c->routingRules()), take(c->ladders()), take(c->views());
    take(c->jobs());
    out.push_back(rules::toItem(c->jurisdiction()));
    return out;
}

void CatalogueDialog::layOut() {
    m_kinds->setObjectName(u"catalogueKinds"_s);
    m_kinds->setAccessibleName(tr("What to administer"));
    for (const auto& one : formKinds()) m_kinds->addItem(new QListWidgetItem(themedIcon(one.icon), one.name));
    m_kinds->setMaximumWidth(grid(45));
    m_items->setObjectName(u"catalogueItems"_s);
    m_items->setHeaderLabels({tr("Code"), tr("Name"), tr("State")});
    m_items->setRootIsDecorated(false);
    m_items->setUniformRowHeights(true);
    m_items->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_items->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    const auto button = [this](const QString& text, const QString& name, auto what) {
        auto* made = new QPushButton(text);
        made->setObjectName(name);
        connect(made, &QPushButton::clicked, this, what);
        return made;
    };
    auto* verbs = new QHBoxLayout;
    verbs->addWidget(button(tr("New…"), u"catalogueNew"_s, [this] { add(); }));
    verbs->addWidget(button(tr("Withdraw"), u"catalogueWithdraw"_s, [this] { withdraw(); }));
    verbs->addStretch();
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_items, 1);
    column->addLayout(verbs);
    auto* parts = new QSplitter;
    parts->addWidget(m_kinds);
    parts->addWidget(middle);
    parts->addWidget(m_scroll);
    parts->setStretchFactor(1, 2);
    parts->setStretchFactor(2, 3);
    parts->setChildrenCollapsible(false);
    parts->setSizes({grid(42), grid(108), grid(130)});

    m_summary->setObjectName(u"catalogueSummary"_s);
    m_summary->setWordWrap(true);
    m_publish->setObjectName(u"cataloguePublish"_s);
    m_publish->setDefault(true);
    m_try->setObjectName(u"catalogueTry"_s);
    m_try->setToolTip(tr("What would have happened to the last 1,000 cases"));
    connect(m_publish, &QPushButton::clicked, this, &CatalogueDialog::publish);
    connect(m_try, &QPushButton::clicked, this, &CatalogueDialog::tryRules);
    auto* foot = new QHBoxLayout;
    foot->addWidget(button(tr("Import…"), u"catalogueImport"_s, [this] { importFile(); }));
    foot->addWidget(button(tr("Export…"), u"catalogueExport"_s, [this] { exportFile(); }));
    foot->addWidget(m_try);
    foot->addWidget(m_summary, 1);
    foot->addWidget(button(tr("Close"), u"catalogueClose"_s, [this] { reject(); }));
    foot->addWidget(m_publish);
    auto* all = new QVBoxLayout(this);
    all->addWidget(parts, 1);
    all->addLayout(foot);
    resize(grid(280), grid(170));

    connect(m_kinds, &QListWidget::currentRowChanged, this, [this] { fillItems(); });
    connect(m_items, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem* item) {
        m_current = item ? Key{kind().kind, item->text(0).toStdString()} : Key{};
        fillForm();
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
    const auto found = m_items->findItems(code, Qt::MatchExactly, 0);
    if (!found.isEmpty()) m_items->setCurrentItem(found.front());
}

QString CatalogueDialog::documentOf(const Key& key) const {
    if (const auto draft = m_drafts.find(key); draft != m_drafts.end()) return fromText(draft->second);
    const auto found = m_standing.find(key);
    return found == m_standing.end() ? QString() : fromText(found->second);
}

void CatalogueDialog::fillItems() {
    const auto before = m_items->currentItem() ? m_items->currentItem()->text(0) : QString();
    m_items->clear();
    std::map<std::string, QString> codes;
    for (const auto& [key, document] : m_standing)
        if (key.first == kind().kind) codes[key.second] = QString();
    for (const auto& [key, document] : m_drafts)
        if (key.first == kind().kind)
            codes[key.second] = document.empty()           ? tr("withdrawn")
                                : m_standing.contains(key) ? tr("changed")
                                                           : tr("new");
    for (const auto& [code, state] : codes)
        new QTreeWidgetItem(m_items, {fromText(code),
                                      objectOf(documentOf({kind().kind, code})).value(u"name").toString(), state});
    m_try->setVisible(QLatin1StringView(kind().kind) == "routing_rule"_L1);
    showItem(before);
    if (!m_items->currentItem() && m_items->topLevelItemCount() > 0) m_items->setCurrentItem(m_items->topLevelItem(0));
    if (m_items->topLevelItemCount() == 0) fillForm();
    check();
}

void CatalogueDialog::fillForm() {
    m_errors.clear();
    m_typing.clear();
    m_form = new QWidget;
    auto* form = new QFormLayout(m_form);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto document = documentOf(m_current);
    const auto object = objectOf(document);
    if (m_current.second.empty()) {
        form->addRow(new QLabel(tr("There is nothing of this kind yet. “New…” makes the first.")));
    } else if (document.isEmpty()) {
        form->addRow(new QLabel(tr("It is withdrawn when you publish.")));
    } else {
        auto* general = new ToneLabel;
        m_errors["*"] = general;
        form->addRow(general);
        for (const auto& field : kind().fields) {
            const auto text = memberText(field, object);
            const auto name = u"form_"_s + QString::fromLatin1(field.member);
            QWidget* editor = nullptr;
            const bool large = field.kind == Kind::Text || field.kind == Kind::Week || field.kind == Kind::Days ||
                               field.kind == Kind::Closures || field.kind == Kind::Steps || field.kind == Kind::Json;
            if (field.kind == Kind::Flag) {
                auto* box = new QCheckBox(field.label);
                box->setChecked(text.isEmpty() ? isOnByDefault(field.member) : text == u"true"_s);
                connect(box, &QCheckBox::toggled, this,
                        [this, field](bool on) { typed(field, on ? u"true"_s : u"false"_s); });
                editor = box;
            } else if (field.kind == Kind::Choice) {
                auto* box = new QComboBox;
                box->addItem(tr("(any)"), QString());
                for (const auto& [key, item] : m_standing)
                    if (key.first == field.of)
                        box->addItem(u"%1 (%2)"_s.arg(objectOf(fromText(item)).value(u"name").toString(),
                                                      fromText(key.second)),
                                     fromText(key.second));
                if (!text.isEmpty() && box->findData(text) < 0) box->addItem(text, text);
                box->setCurrentIndex(std::max(0, box->findData(text)));
                connect(box, &QComboBox::activated, this,
                        [this, field, box] { typed(field, box->currentData().toString()); });
                editor = box;
            } else if (large) {
                auto* edit = new QPlainTextEdit(text);
                edit->setTabChangesFocus(true);
                edit->setPlaceholderText(field.hint);
                edit->setFixedHeight((field.kind == Kind::Text ? 3 : 7) * fontMetrics().lineSpacing() + grid(3));
                connect(edit, &QPlainTextEdit::textChanged, this,
                        [this, field, edit] { typed(field, edit->toPlainText()); });
                editor = edit;
            } else {
                auto* edit = new QLineEdit(text);
                edit->setPlaceholderText(field.hint);
                connect(edit, &QLineEdit::textEdited, this, [this, field](const QString& now) { typed(field, now); });
                editor = edit;
            }
            editor->setObjectName(name);
            editor->setAccessibleName(field.label);
            if (field.kind == Kind::Flag) form->addRow(editor);
            else form->addRow(field.label, editor);
            auto* error = new ToneLabel;
            error->setWordWrap(true);
            error->hide();
            form->addRow(error);
            m_errors[field.member] = error;
        }
    }
    m_scroll->setWidget(m_form);
    check();
}

void CatalogueDialog::typed(const FormField& field, const QString& text) {
    auto object = objectOf(documentOf(m_current));
    QString why;
    if (!setMember(field, text, object, &why)) {
        m_typing[field.member] = why;
        return check();
    }
    m_typing.erase(field.member);
    const auto document = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    const auto found = m_standing.find(m_current);
    if (found != m_standing.end() && found->second == document) m_drafts.erase(m_current);
    else m_drafts[m_current] = document;
    if (auto* item = m_items->currentItem()) {
        item->setText(1, object.value(u"name").toString());
        item->setText(2, !m_drafts.contains(m_current) ? QString()
                         : found == m_standing.end()   ? tr("new")
                                                       : tr("changed"));
    }
    check();
}

std::vector<rules::CatalogueItem> CatalogueDialog::changes() const {
    std::vector<rules::CatalogueItem> out;
    for (const auto& [key, document] : m_drafts) out.push_back({key.first, key.second, document});
    return out;
}

void CatalogueDialog::check() {
    const auto problems = rules::problemsOfPublishing(standing(), changes());
    std::map<std::string, QString> words;
    QString elsewhere;
    for (const auto& problem : problems) {
        const auto member = memberOf(problem.field, m_current.first, m_current.second);
        const auto line = errorWords(problem).line();
        if (member.isEmpty()) elsewhere = fromText(problem.field) + u": "_s + line;
        else words[m_errors.contains(member.toStdString()) ? member.toStdString() : "*"] = line;
    }
    for (const auto& [member, why] : m_typing) words[member] = why;
    for (const auto& [member, label] : m_errors) {
        const auto found = words.find(member);
        label->setText(found == words.end() ? QString() : found->second);
        label->setVisible(found != words.end());
    }
    const bool good = problems.empty() && m_typing.empty();
    m_publish->setEnabled(good && !m_drafts.empty());
    m_summary->setText(!good && !elsewhere.isEmpty() ? elsewhere
                       : !good                       ? tr("Something is wrong; it stands beside the field.")
                       : m_drafts.empty()            ? tr("Nothing is changed")
                                          : tr("%Ln item(s) changed; nothing holds until you publish", nullptr,
                                               static_cast<int>(m_drafts.size())));
}

void CatalogueDialog::add() {
    bool ok = false;
    const auto code = QInputDialog::getText(this, tr("New"), tr("A short code, for good (letters, digits, _)"),
                                            QLineEdit::Normal, {}, &ok)
                          .trimmed();
    if (!ok || code.isEmpty()) return;
    const Key key{kind().kind, code.toStdString()};
    if (!m_standing.contains(key) && !m_drafts.contains(key)) m_drafts[key] = "{}";
    fillItems();
    showItem(code);
}

void CatalogueDialog::withdraw() {
    if (m_current.second.empty()) return;
    if (m_standing.contains(m_current)) m_drafts[m_current] = {};
    else m_drafts.erase(m_current);
    fillItems();
}

void CatalogueDialog::importFile() {
    const auto name = QFileDialog::getOpenFileName(this, tr("Import"), {}, tr("Catalogue (*.json)"));
    if (name.isEmpty()) return;
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return m_summary->setText(tr("%1 cannot be read: %2").arg(name, file.errorString()));
    const auto items = engine::readCatalogueFile(file.readAll().toStdString());
    if (!items) return m_summary->setText(errorWords(items.error()).line());
    for (const auto& item : *items)
        if (const Key key{item.kind, item.code}; !m_standing.contains(key) || m_standing[key] != item.document)
            m_drafts[key] = item.document;
    fillItems();
}

void CatalogueDialog::exportFile() {
    const auto name = QFileDialog::getSaveFileName(this, tr("Export"), u"catalogue.json"_s, tr("Catalogue (*.json)"));
    if (name.isEmpty()) return;
    const auto done = store::writeFile(name.toStdString(), engine::writeCatalogueFile(standing()));
    m_summary->setText(done ? tr("Written to %1").arg(name) : errorWords(done.error()).line());
}

// What would have happened to the cases that came in last.
void CatalogueDialog::tryRules() {
    engine::CaseQuery query;
    query.order = {engine::CaseColumn::Requested, true};
    m_bridge.query(std::move(query), DispatchSlot, this, [this](const Result<engine::CaseListingPtr>& listing) {
        if (!listing) return m_summary->setText(errorWords(listing.error()).line());
        auto items = standing();
        for (auto& item : changes()) items.push_back(std::move(item));
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
    m_bridge.submit(engine::PublishCatalogue{changes()}, this, [this](const Result<engine::Receipt>& done) {
        if (!done) return m_summary->setText(errorWords(done.error()).line());
        m_drafts.clear();
        m_standing.clear();
        for (const auto& item : standing()) m_standing[{item.kind, item.code}] = item.document;
        fillItems();
        m_summary->setText(tr("Published. Ctrl+Z in the window takes it back."));
    });
}

void CatalogueDialog::reject() {
    if (!m_drafts.empty() && QMessageBox::question(this, tr("Administration"),
                                                   tr("Leave %Ln change(s) unpublished?", nullptr,
                                                      static_cast<int>(m_drafts.size()))) != QMessageBox::Yes)
        return;
    QDialog::reject();
}

}  // namespace wl::ui
