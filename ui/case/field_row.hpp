// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One field of the open case, edited where it stands. Text commits on Enter or when the focus leaves, Esc brings the
// shown value back. What is typed survives everything that arrives meanwhile; rival values stand beside the field.

#include <QWidget>

#include <functional>
#include <optional>

#include "domain/case_fields.hpp"
#include "domain/vocab.hpp"
#include "ui/models/choice_match.hpp"

class QHBoxLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace wl::ui {

class ToneLabel;

class FieldRow final : public QWidget {
    Q_OBJECT

public:
    enum class Kind : std::uint8_t { Line, Text, Choice, ReadOnly };

    FieldRow(CaseField field, Kind kind, QWidget* parent = nullptr);

    [[nodiscard]] CaseField field() const { return m_field; }
    /// What the case holds now: `raw` is the text or code, `words` what is read (the same for text).
    void show(const QString& raw, const QString& words);
    /// Called when the list is opened, so that it is never stale.
    void setChoices(std::function<std::vector<Choice>()> choices) { m_choices = std::move(choices); }
    void addTool(QToolButton* tool);
    [[nodiscard]] QLineEdit* line() const { return m_line; }

    [[nodiscard]] bool isTouched() const;
    [[nodiscard]] QString typed() const;
    /// Another case is shown: forget what was typed.
    void reset();
    /// Takes the text as typed by the user, without committing it.
    void type(const QString& text);
    /// Commits what was typed, unless another value waits beside it.
    void commit();
    /// The commit was refused: it may be tried again.
    void refused() { m_sent.reset(); }

    /// Somebody else's value beside the typed one. `author` may be empty.
    void showTheirs(const QString& words, const QString& author);
    /// Concurrent values that nobody has settled, the shown one first: raw and words with author and time.
    struct Rival {
        QString raw;
        QString words;
        QString by;
    };
    void showRivals(const std::vector<Rival>& rivals);
    void showError(const QString& words);
    void clearMessage();
    [[nodiscard]] QString message() const;

public Q_SLOTS:
    void edit();

Q_SIGNALS:
    /// The user wants this value. `overTheirs`: they have seen the other one and insist.
    void committed(const QString& raw, bool overTheirs);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void revert();
    void fit();
    void showMessage(const QString& text, SlaState tone);
    QPushButton* addChoice(const QString& text, const QString& name);
    void clearButtons();
    QWidget* editor() const;

    CaseField m_field;
    Kind m_kind;
    QString m_raw;
    std::optional<QString> m_sent;  ///< committed, not yet seen in the case
    bool m_theirs{};                ///< another value waits beside the typed one
    std::function<std::vector<Choice>()> m_choices;
    QLineEdit* m_line{};
    QPlainTextEdit* m_text{};
    QToolButton* m_button{};
    QWidget* m_note;
    ToneLabel* m_message;
    std::vector<QPushButton*> m_buttons;
    QHBoxLayout* m_top;
    QVBoxLayout* m_noteLayout;
};

}  // namespace wl::ui
