// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/side_pane.hpp"

#include "ui/intake/caller_section.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

SidePane::SidePane(ConsoleBridge& bridge, const std::filesystem::path& drafts, QWidget* parent)
    : QStackedWidget(parent), m_bridge(bridge), m_case(new CasePane(bridge, this)),
      m_intake(new IntakePanel(bridge, drafts, this)), m_citizen(new CitizenView(bridge, this)) {
    setObjectName(u"sidePane"_s);
    addWidget(m_case);
    addWidget(m_intake);
    addWidget(m_citizen);

    connect(m_case, &CasePane::shown, this, &SidePane::caseShown);
    connect(m_case, &CasePane::openCase, this, &SidePane::open);
    connect(m_case, &CasePane::openPerson, this, &SidePane::showPerson);
    connect(m_case, &CasePane::told, this, &SidePane::told);
    connect(m_case, &CasePane::pickPlaceRequested, this, [this](std::optional<GeoPoint> from) {
        m_asker = Asker::Case;
        Q_EMIT pickRequested(from);
    });
    connect(m_case, &CasePane::pickPlaceEnded, this, &SidePane::pickEnded);

    connect(m_intake, &IntakePanel::closeRequested, this, [this] { setCurrentWidget(m_case); });
    // What the caller is told stays in sight; only the list goes to the new case.
    connect(m_intake, &IntakePanel::caseOpened, this, &SidePane::caseWanted);
    connect(m_intake, &IntakePanel::openCase, this, &SidePane::open);
    connect(m_intake, &IntakePanel::openPerson, this, &SidePane::showPerson);
    connect(m_intake, &IntakePanel::draftPinChanged, this, &SidePane::draftPinChanged);
    connect(m_intake, &IntakePanel::told, this, &SidePane::told);
    connect(m_intake, &IntakePanel::pickPlaceRequested, this, [this](std::optional<GeoPoint> from) {
        m_asker = Asker::Intake;
        Q_EMIT pickRequested(from);
    });
    connect(m_intake, &IntakePanel::pickPlaceEnded, this, &SidePane::pickEnded);

    connect(m_citizen, &CitizenView::openCase, this, &SidePane::open);
    connect(m_citizen, &CitizenView::closeRequested, this, [this] { setCurrentWidget(m_case); });
    connect(m_citizen, &CitizenView::reportRequested, this, [this](const PersonId& person) {
        setCurrentWidget(m_intake);
        m_intake->beginBy(person);
    });
    // The pin of a draft is on the map only while its sheet is in sight.
    connect(this, &QStackedWidget::currentChanged, this, [this] {
        if (currentWidget() != m_intake) Q_EMIT draftPinChanged(std::nullopt);
    });
}

void SidePane::open(CaseKey key) {
    showCase(key);
    Q_EMIT caseWanted(key);
}

void SidePane::showCase(CaseKey key) {
    setCurrentWidget(m_case);
    m_case->showCase(key);
}

void SidePane::followCase(CaseKey key) {
    // Who works on a citizen's record is not taken away from it by a list that settles behind it.
    const auto* focus = window()->focusWidget();  // also while another program is in front
    const bool atCitizen =
        currentWidget() == m_citizen && focus && (focus == m_citizen || m_citizen->isAncestorOf(focus));
    if (atCitizen) m_case->showCase(key);
    else if (currentWidget() != m_intake) showCase(key);
}

void SidePane::showPerson(const PersonId& person) {
    m_citizen->showPerson(person);
    setCurrentWidget(m_citizen);
    m_citizen->setFocus(Qt::OtherFocusReason);
}

void SidePane::takeCall(const QString& number) {
    const auto known = knownBy(m_bridge, number);
    if (known.size() == 1) {
        showPerson(known.front());
    } else {
        setCurrentWidget(m_intake);
        m_intake->beginFor(number);
    }
}

// From a citizen's record it is that citizen who reports.
void SidePane::beginIntake() {
    if (currentWidget() == m_citizen && !m_citizen->current().isNull()) {
        const auto person = m_citizen->current();
        setCurrentWidget(m_intake);
        return m_intake->beginBy(person);
    }
    setCurrentWidget(m_intake);
    m_intake->begin();
}

void SidePane::beginIntakeAt(GeoPoint at) {
    setCurrentWidget(m_intake);
    m_intake->beginAt(at);
}

void SidePane::placePicked(GeoPoint at) {
    const bool draftMoved = m_asker == Asker::None && currentWidget() == m_intake;
    if (m_asker == Asker::Intake || draftMoved) m_intake->placePicked(at);
    else if (m_asker == Asker::Case) m_case->placePicked(at);
    m_asker = Asker::None;
}

void SidePane::cancelPick() {
    if (m_asker == Asker::Intake) m_intake->cancelPlacePick();
    if (m_asker == Asker::Case) m_case->cancelPlacePick();
    m_asker = Asker::None;
}

}  // namespace wl::ui
