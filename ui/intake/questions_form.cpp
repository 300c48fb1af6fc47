// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/intake/questions_form.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDoubleValidator>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

const auto kDateFormat = u"yyyy-MM-dd HH:mm"_s;

}  // namespace

// One question with whichever editor its datatype asks for.
struct QuestionsForm::Row {
    rules::ServiceAttribute question;
    QWidget* box{};
    ToneLabel* error{};
    QLineEdit* line{};
    QPlainTextEdit* text{};
    QComboBox* combo{};
    std::vector<QCheckBox*> checks;

    [[nodiscard]] QWidget* editor() const {
        if (line) return line;
        if (text) return text;
        if (combo) return combo;
        return checks.empty() ? nullptr : checks.front();
    }
    [[nodiscard]] QStringList values() const {
        QStringList all;
        if (line && !line->text().trimmed().isEmpty()) all << line->text().trimmed();
        if (text && !text->toPlainText().trimmed().isEmpty()) all << text->toPlainText().trimmed();
        if (combo && combo->currentIndex() > 0) all << combo->currentData().toString();
        for (std::size_t i = 0; i < checks.size(); ++i)
            if (checks[i]->isChecked()) all << fromText(question.values[i].key);
        return all;
    }
    void set(const QJsonValue& value) const {
        QStringList all;
        if (value.isArray())
            for (const auto one : value.toArray()) all << one.toVariant().toString();
        else if (!value.isUndefined() && !value.isNull()) all << value.toVariant().toString();
        const auto first = all.value(0);
        if (line && line->text() != first) line->setText(first);
        if (text && text->toPlainText() != first) text->setPlainText(first);
        if (combo) combo->setCurrentIndex(first.isEmpty() ? 0 : std::max(0, combo->findData(first)));
        for (std::size_t i = 0; i < checks.size(); ++i)
            checks[i]->setChecked(all.contains(fromText(question.values[i].key)));
    }
    /// Empty if the answer can be filed.
    [[nodiscard]] QString complaint() const {
        const auto given = values();
        if (question.required && given.isEmpty()) return QuestionsForm::tr("An answer is needed.");
        if (question.datatype == "number" && !given.isEmpty()) {
            bool ok = false;
            (void)QLocale().toDouble(given.front(), &ok);
            if (!ok) return QuestionsForm::tr("This is not a number.");
        }
        if (question.datatype == "datetime" && !given.isEmpty() &&
            !QDateTime::fromString(given.front(), kDateFormat).isValid() &&
            !QDate::fromString(given.front(), Qt::ISODate).isValid())
            return QuestionsForm::tr("Write it as 2026-03-28 or 2026-03-28 14:30.");
        return {};
    }
};

QuestionsForm::QuestionsForm(QWidget* parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_stop(new ToneLabel) {
    setObjectName(u"questionsForm"_s);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(grid(2));
    m_stop->setObjectName(u"stopMessage"_s);
    m_stop->setFont(strongFont(font()));
    m_stop->hide();
    m_layout->addWidget(m_stop);
}

QuestionsForm::~QuestionsForm() = default;

void QuestionsForm::setQuestions(std::vector<rules::ServiceAttribute> questions) {
    std::ranges::stable_sort(questions, {}, &rules::ServiceAttribute::order);
    const bool same =
        std::ranges::equal(questions, m_rows, {}, {}, [](const auto& row) -> const auto& { return row->question; });
    if (same) return;
    const auto had = answers();
    for (const auto& row : m_rows) {
        row->box->hide();
        row->box->deleteLater();
    }
    m_rows.clear();
    for (const auto& question : questions) addRow(question);
    setAnswers(had);
    setVisible(!m_rows.empty());
    joinTabOrder();
}

// New widgets stand last in the window's tab order; these come where the form is. They are shown at once, so that the
// focus can go to the first of them.
void QuestionsForm::joinTabOrder() {
    auto* before = previousInFocusChain();
    while (before != this && (before->focusPolicy() & Qt::TabFocus) == 0) before = before->previousInFocusChain();
    for (const auto& row : m_rows) {
        row->box->setVisible(isAsked(*row));
        std::vector<QWidget*> editors(row->checks.begin(), row->checks.end());
        if (editors.empty() && row->editor()) editors.push_back(row->editor());
        for (auto* editor : editors) {
            setTabOrder(before, editor);
            before = editor;
        }
    }
}

void QuestionsForm::addRow(const rules::ServiceAttribute& question) {
    auto row = std::make_unique<Row>();
    row->question = question;
    row->box = new QWidget(this);
    auto* column = new QVBoxLayout(row->box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid(1) / 2);
    const auto words = fromText(question.description);
    auto* label = new QLabel(question.required ? words + u" *"_s : words, row->box);
    label->setWordWrap(true);
    label->setToolTip(question.required ? tr("An answer is needed") : QString());
    column->addWidget(label);
    const auto name = u"answer_"_s + fromText(question.code);
    const auto changedNow = [this] { noteChange(); };
    const auto place = [&](QWidget* editor) {
        editor->setObjectName(name);
        editor->setAccessibleName(question.required ? tr("%1 (needed)").arg(words) : words);
        editor->setToolTip(fromText(question.datatypeDescription));
        column->addWidget(editor);
        label->setBuddy(editor);
    };
    if (!question.variable) {
        makeQuiet(label);
    } else if (question.datatype == "text") {
        row->text = new QPlainTextEdit;
        row->text->setTabChangesFocus(true);
        row->text->setFixedHeight(3 * fontMetrics().lineSpacing() + grid(3));
        connect(row->text, &QPlainTextEdit::textChanged, this, changedNow);
        place(row->text);
    } else if (question.datatype == "singlevaluelist") {
        row->combo = new QComboBox;
        row->combo->addItem(tr("Choose…"));
        for (const auto& value : question.values) row->combo->addItem(fromText(value.name), fromText(value.key));
        row->combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        connect(row->combo, &QComboBox::currentIndexChanged, this, changedNow);
        connect(row->combo, &QComboBox::activated, this, [this] { Q_EMIT edited(); });
        place(row->combo);
    } else if (question.datatype == "multivaluelist") {
        for (const auto& value : question.values) {
            auto* check = new QCheckBox(fromText(value.name));
            check->setObjectName(name + u'_' + fromText(value.key));
            check->setAccessibleName(words + u": "_s + check->text());
            connect(check, &QCheckBox::toggled, this, changedNow);
            connect(check, &QCheckBox::clicked, this, [this] { Q_EMIT edited(); });
            column->addWidget(check);
            row->checks.push_back(check);
        }
    } else {
        row->line = new QLineEdit;
        row->line->setPlaceholderText(fromText(question.datatypeDescription));
        if (question.datatype == "datetime") row->line->setPlaceholderText(tr("2026-03-28 or 2026-03-28 14:30"));
        connect(row->line, &QLineEdit::textChanged, this, changedNow);
        connect(row->line, &QLineEdit::editingFinished, this, [this] { Q_EMIT edited(); });
        place(row->line);
    }
    row->error = new ToneLabel(SlaState::Breached, row->box);
    row->error->setObjectName(name + u"_error"_s);
    row->error->hide();
    column->addWidget(row->error);
    m_layout->addWidget(row->box);
    m_rows.push_back(std::move(row));
}

void QuestionsForm::setAnswers(const QJsonObject& answers) {
    m_filling = true;
    m_kept = answers;
    for (const auto& row : m_rows) row->set(m_kept.take(fromText(row->question.code)));
    m_filling = false;
    noteChange();
}

QJsonObject QuestionsForm::answers() const {
    auto all = m_kept;
    for (const auto& row : m_rows) {
        const auto values = row->values();
        const auto code = fromText(row->question.code);
        if (values.isEmpty() || !isAsked(*row)) continue;
        if (row->checks.empty()) all.insert(code, values.front());
        else all.insert(code, QJsonArray::fromStringList(values));
    }
    return all;
}

bool QuestionsForm::hasKeyboard() const {
    const auto* focus = focusWidget();
    return focus && focus->hasFocus();
}

bool QuestionsForm::check() {
    bool fine = true;
    for (const auto& row : m_rows) {
        const auto words = isAsked(*row) ? row->complaint() : QString();
        row->error->setText(words);
        row->error->setVisible(!words.isEmpty());
        if (words.isEmpty()) continue;
        if (fine && row->editor()) row->editor()->setFocus(Qt::OtherFocusReason);
        fine = false;
    }
    return fine;
}

// A condition is on a question that stands before, so this ends.
bool QuestionsForm::isAsked(const Row& row) const {
    const auto& condition = row.question.onlyIf;
    if (condition.empty()) return true;
    const auto other = std::ranges::find_if(m_rows, [&](const auto& r) { return r->question.code == condition; });
    if (other == m_rows.end() || (*other)->question.order >= row.question.order) return true;
    const auto given = (*other)->values();
    const auto& wanted = row.question.onlyIfValue;
    return isAsked(**other) && (wanted.empty() ? !given.isEmpty() : given.contains(fromText(wanted)));
}

QString QuestionsForm::stopMessage() const {
    for (const auto& row : m_rows)
        if (isAsked(*row) && !row->question.stopValue.empty() &&
            row->values().contains(fromText(row->question.stopValue)))
            return row->question.stopMessage.empty() ? tr("This is not a case for the service desk.")
                                                     : fromText(row->question.stopMessage);
    return {};
}

void QuestionsForm::noteChange() {
    for (const auto& row : m_rows) row->box->setVisible(isAsked(*row));
    const auto stop = stopMessage();
    m_stop->setText(stop);
    m_stop->setVisible(!stop.isEmpty());
    for (const auto& row : m_rows)
        if (row->error->isVisibleTo(this) && row->complaint().isEmpty()) row->error->hide();
    if (!m_filling) Q_EMIT changed();
}

}  // namespace wl::ui
