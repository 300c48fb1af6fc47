// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The questions of one service (Open311 attributes), one under the other: by datatype, with required marks and the
// message for an answer that must divert the caller. Answers are a JSON object: code -> text or list of texts.

#include <QJsonObject>
#include <QWidget>

#include <optional>

#include "rules/catalogue.hpp"

class QVBoxLayout;

namespace wl::ui {

class ToneLabel;

class QuestionsForm final : public QWidget {
    Q_OBJECT

public:
    explicit QuestionsForm(QWidget* parent = nullptr);
    ~QuestionsForm() override;

    /// Answers whose code the new service has too are kept.
    void setQuestions(std::vector<rules::ServiceAttribute> questions);
    void setAnswers(const QJsonObject& answers);
    [[nodiscard]] QJsonObject answers() const;
    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }
    /// True if the keyboard is in one of the answers.
    [[nodiscard]] bool hasKeyboard() const;

    /// What keeps the form from being filed, marked beside each question; the first one gets the focus.
    [[nodiscard]] bool check();
    /// What to tell the caller instead of filing; empty if no answer asks for it.
    [[nodiscard]] QString stopMessage() const;

Q_SIGNALS:
    /// While typing.
    void changed();
    /// An answer is complete (focus left, list chosen).
    void edited();

private:
    struct Row;
    [[nodiscard]] bool isAsked(const Row& row) const;
    void addRow(const rules::ServiceAttribute& question);
    void noteChange();
    void joinTabOrder();

    QVBoxLayout* m_layout;
    ToneLabel* m_stop;
    std::vector<std::unique_ptr<Row>> m_rows;
    QJsonObject m_kept;  ///< answers to questions that this service does not ask
    bool m_filling{};
};

}  // namespace wl::ui
