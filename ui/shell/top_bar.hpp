// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The strip at the top: search, vital signs, where the data is, who works here.

#include <QAbstractButton>
#include <QWidget>

#include "domain/vocab.hpp"
#include "ui/models/queue_list_model.hpp"

class QLabel;
class QToolButton;

namespace wl::ui {

/// A count that matters, with symbol and word; a click shows its queue.
class VitalSign final : public QAbstractButton {
    Q_OBJECT

public:
    VitalSign(QString queue, SlaState look, QWidget* parent);
    void show(const QString& word, std::int64_t count, bool known);
    [[nodiscard]] const QString& queue() const { return m_queue; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString m_queue;
    SlaState m_look;
    QString m_count;
    bool m_calm{true};
};

class TopBar final : public QWidget {
    Q_OBJECT

public:
    TopBar(ConsoleBridge& bridge, const QueueListModel& queues, QAction* search, QWidget* parent = nullptr);

Q_SIGNALS:
    void queueWanted(const QString& id);
    void agentChosen(const QString& code);
    void consolesWanted();

private:
    void refresh();
    void showSync();
    void chooseAgent();

    ConsoleBridge& m_bridge;
    const QueueListModel& m_queues;
    QList<VitalSign*> m_vitals;
    QLabel* m_answered;
    QToolButton* m_sync;
    QToolButton* m_agent;
};

}  // namespace wl::ui
