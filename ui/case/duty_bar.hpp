// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Says over the case what waits for somebody: an offer to take it over, one that came back, an escalation. Hidden where
// nothing does. Its buttons only ask.

#include <QWidget>

#include "rules/catalogue.hpp"
#include "store/views.hpp"

class QPushButton;

namespace wl::ui {

class ToneLabel;

class DutyBar final : public QWidget {
    Q_OBJECT

public:
    explicit DutyBar(QWidget* parent = nullptr);

    void show(const store::CaseDetail& detail, const rules::Catalogue& catalogue, const std::string& agent,
              Instant now);

Q_SIGNALS:
    void acceptRequested();
    void returnRequested();
    void withdrawRequested();
    void acknowledgeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ToneLabel* m_words;
    QPushButton *m_accept, *m_return, *m_withdraw, *m_acknowledge;
};

}  // namespace wl::ui
