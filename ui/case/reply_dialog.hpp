// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Writes to the citizen of a case: channel, language, template, one's own words, and beside them the message as it will
// leave, made of the real case at every keystroke. Ctrl+Enter sends. Where a rule keeps it back the dialog says why and
// asks for a reason to send it all the same; what was typed stays.

#include <QDialog>

#include "engine/messages/compose.hpp"
#include "ui/models/console_bridge.hpp"

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace wl::ui {

class ToneLabel;

class ReplyDialog final : public QDialog {
    Q_OBJECT

public:
    ReplyDialog(ConsoleBridge& bridge, store::CaseDetail detail, QWidget* parent);

Q_SIGNALS:
    void told(const QString& line);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fillChannels();
    void fillTemplates();
    void follow();
    void send();
    [[nodiscard]] Channel channel() const;
    [[nodiscard]] Result<engine::Composed> made() const;

    ConsoleBridge& m_bridge;
    store::CaseDetail m_detail;
    std::optional<store::PersonView> m_person;
    QComboBox *m_channel, *m_language, *m_template;
    QLineEdit* m_subject;
    QPlainTextEdit *m_words, *m_preview;
    QLabel *m_to, *m_count;
    ToneLabel* m_error;
    QLineEdit* m_override;
    QWidget* m_overrideRow;
    QPushButton* m_send;
    bool m_subjectTyped{};
};

}  // namespace wl::ui
