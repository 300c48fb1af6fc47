// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who else reported this fault, which cases were joined with it, and which may be about the same: confirm or reject by
// one key. Hidden where there is nothing to say.

#include <QWidget>

#include "ui/models/console_bridge.hpp"

class QLabel;
class QListWidget;
class QListWidgetItem;

namespace wl::ui {

class IncidentCard final : public QWidget {
    Q_OBJECT

public:
    explicit IncidentCard(ConsoleBridge& bridge, QWidget* parent = nullptr);

    void show(const store::CaseDetail& detail);
    /// Puts the keyboard into what may be the same; false if nothing is known that may be.
    bool goToLikely();

Q_SIGNALS:
    void openCase(wl::CaseKey key);
    void openPerson(const wl::PersonId& person);
    void wanted(const wl::engine::Command& command);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showReporters();
    void showLikely(const std::vector<engine::DuplicateHit>& hits);
    void judge(const QListWidgetItem& item, Judgement judgement);
    bool reporterKey(int key);
    void follow();

    ConsoleBridge& m_bridge;
    CaseKey m_key;
    CaseId m_id;
    Instant m_requestedAt;
    store::Incident m_incident;
    std::vector<engine::DuplicateHit> m_hits;
    QLabel* m_reportersTitle;
    QListWidget* m_reporters;
    QLabel* m_likelyTitle;
    QListWidget* m_likely;
};

}  // namespace wl::ui
