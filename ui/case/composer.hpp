// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where notes are written and calls, messages and visits are logged. Half-typed text is kept for each case.

#include <QWidget>

#include <map>

#include "domain/ids.hpp"
#include "domain/ops.hpp"

class QComboBox;
class QPlainTextEdit;
class QToolButton;

namespace wl::ui {

class ToneLabel;

class Composer final : public QWidget {
    Q_OBJECT

public:
    explicit Composer(QWidget* parent = nullptr);

    void setCase(CaseKey key);
    /// Puts the keyboard here, ready for a note, a call or a reply.
    void begin(InteractionKind kind, Direction direction);
    /// The text was recorded; or it was not, and stays where it is.
    void recorded();
    void showError(const QString& words);
    [[nodiscard]] bool hasText() const;

Q_SIGNALS:
    void submitted(const wl::InteractionRecorded& interaction);
    /// hasText() gives something else.
    void typingChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void send();
    void follow();
    void fit();
    [[nodiscard]] InteractionKind kind() const;

    CaseKey m_case;
    bool m_typing{};
    std::map<CaseKey, QString> m_texts;
    QComboBox* m_kind;
    QComboBox* m_direction;
    QComboBox* m_channel;
    QComboBox* m_visibility;
    QPlainTextEdit* m_text;
    ToneLabel* m_error;
    QToolButton* m_send;
    QWidget* m_options;
};

}  // namespace wl::ui
