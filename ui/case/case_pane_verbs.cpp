// SPDX-License-Identifier: GPL-3.0-or-later
// What the case pane does: menus of what is possible, and the commands that follow from a choice.
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QToolButton>

#include "domain/workflow.hpp"
#include "engine/jobs.hpp"
#include "ui/case/case_details.hpp"
#include "ui/case/case_header.hpp"
#include "ui/case/case_pane_parts.hpp"
#include "ui/case/composer.hpp"
#include "ui/case/reason_sheet.hpp"
#include "ui/case/step_sheet.hpp"
#include "ui/kit/choice_popup.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

QString commandWords(std::string_view command) {
    struct Words {
        Q_DECLARE_TR_FUNCTIONS(CommandWords)
    };
    if (command == "OpenCase") return Words::tr("opening the case");
    if (command == "EditCase") return Words::tr("the change of the details");
    if (command == "ChangeStatus") return Words::tr("the change of the status");
    if (command == "RecordInteraction") return Words::tr("the entry");
    if (command == "OfferHandOff") return Words::tr("the offer to hand over");
    if (command == "ClaimCase" || command == "ReleaseCase") return Words::tr("the change of the owner");
    if (command == "AddReport") return Words::tr("the added report");
    if (command == "SplitReport") return Words::tr("taking a report off the case");
    if (command == "JudgeCases") return Words::tr("what was said of two cases");
    if (command == "WriteMessage" || command == "MoveMessage") return Words::tr("the message");
    if (command == "JudgePersons") return Words::tr("what was said of two records");
    if (command == "EditPerson" || command == "OpenPerson") return Words::tr("the change of the citizen's record");
    return Words::tr("the last change");
}

void CasePane::Parts::offerStatus() {
    if (!m_key) return;
    auto* menu = new QMenu(&m_pane);
    menu->setObjectName(u"statusMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int s = 0; s < kStatusCount; ++s) {
        const auto to = static_cast<Status>(s);
        if (!mayStep(m_detail.state.status, to)) continue;
        auto text = statusWord(to);
        if (to == Status::Waiting || to == Status::Closed || to == Status::Planned) text += u'…';
        auto* action = menu->addAction(QIcon::fromTheme(statusIconName(to)), text);
        action->setObjectName(u"status_"_s + fromText(code(to)));
        connect(action, &QAction::triggered, this, [this, to] { wantStep(to); });
    }
    menu->popup(m_header->statusButton()->mapToGlobal(QPoint(0, m_header->statusButton()->height())));
    if (!menu->actions().isEmpty()) menu->setActiveAction(menu->actions().front());
}

void CasePane::Parts::offerPriority() {
    if (!m_key) return;
    auto* popup = new ChoicePopup(priorityChoices(), tr("Priority"), &m_pane);
    connect(popup, &ChoicePopup::chosen, this,
            [this](const QString& code) { setField(CaseField::Priority, Value(std::int64_t{code.toLongLong()})); });
    popup->openUnder(m_header->priorityButton(), QString::number(m_detail.state.number(CaseField::Priority)));
}

void CasePane::Parts::offerOwner() {
    if (!m_key) return;
    auto* popup = new ChoicePopup(staffChoices(*m_bridge.catalogue(), m_bridge.engine().agent(),
                                               m_detail.state.text(CaseField::Department)),
                                  tr("Assign to"), &m_pane);
    connect(popup, &ChoicePopup::chosen, this, [this](const QString& code) {
        setField(CaseField::Owner, code.isEmpty() ? Value{} : Value(code.toStdString()));
    });
    popup->openUnder(m_header->ownerButton(), fromText(m_detail.state.text(CaseField::Owner)));
}

// Closes all cases of the job, with one undo.
void CasePane::Parts::finishJob() {
    const auto code = m_detail.state.text(CaseField::Job);
    const auto* job = m_key ? m_bridge.catalogue()->job(code) : nullptr;
    if (!job) return;
    m_reason->ask(
        tr("Finish the job “%1”: what was done? All its cases are closed as fixed.").arg(fromText(job->title)),
        tr("Finish"), [this, code](const std::string& note) {
            auto batch = engine::finishJob(m_bridge.reader(), *m_bridge.catalogue(), code, "fixed", note);
            if (!batch) return m_reason->showError(errorWords(batch.error()).line());
            m_bridge.submit(std::move(*batch), this, [this](const Result<engine::Receipt>& done) {
                if (!done) return m_reason->showError(errorWords(done.error()).line());
                m_reason->done();
                m_pane.setFocus();
            });
        });
}

void CasePane::Parts::offerCrew() {
    if (!m_key) return;
    auto* popup = new ChoicePopup(crewChoices(*m_bridge.catalogue(), m_detail.state.text(CaseField::Department)),
                                  tr("Give to a crew"), &m_pane);
    connect(popup, &ChoicePopup::chosen, this, [this](const QString& code) {
        setField(CaseField::Crew, code.isEmpty() ? Value{} : Value(code.toStdString()));
    });
    popup->openUnder(m_header->ownerButton(), fromText(m_detail.state.text(CaseField::Crew)));
}

void CasePane::Parts::offerDepartment() {
    if (!m_key) return;
    auto* popup = new ChoicePopup(departmentChoices(*m_bridge.catalogue()), tr("Hand off to"), &m_pane);
    connect(popup, &ChoicePopup::chosen, this, [this](const QString& code) {
        const auto to = code.toStdString();
        const auto name = fromText(m_bridge.catalogue()->departmentName(to));
        askReason(tr("Offer this case to %1; it stays here until they accept").arg(name), tr("Offer"),
                  [key = m_key, to](const std::string& why) { return engine::OfferHandOff{{key, {}}, to, {}, why}; });
    });
    popup->openUnder(m_header->ownerButton(), fromText(m_detail.state.text(CaseField::Department)));
}

void CasePane::Parts::askReason(const QString& title, const QString& go,
                                std::function<engine::Command(const std::string&)> make) {
    if (!m_key) return;
    m_reason->ask(title, go, [this, make = std::move(make)](const std::string& why) { send(make(why), m_reason); });
}

void CasePane::Parts::send(engine::Command command, ReasonSheet* sheet) {
    m_problem->hide();
    m_bridge.submit(std::move(command), this, [this, key = m_key, sheet](const Result<engine::Receipt>& done) {
        if (key != m_key) return;
        if (!done)
            return sheet ? sheet->showError(errorWords(done.error()).line()) : problem(errorWords(done.error()).line());
        if (!sheet) return;
        sheet->done();
        m_pane.setFocus();
    });
}

void CasePane::Parts::answerOffer(HandOffAnswer answer) {
    const auto* offer = m_key ? m_detail.state.pendingHandOff() : nullptr;
    if (!offer) return;
    if (answer != HandOffAnswer::Returned) return send(engine::AnswerHandOff{{m_key, {}}, answer, {}});
    askReason(tr("Return this case to %1")
                  .arg(fromText(m_bridge.catalogue()->departmentName(m_detail.state.text(CaseField::Department)))),
              tr("Return"), [key = m_key](const std::string& why) {
                  return engine::AnswerHandOff{{key, {}}, HandOffAnswer::Returned, why};
              });
}

void CasePane::Parts::setField(CaseField field, Value value) {
    if (value == m_detail.state.value(field)) return;
    FieldValues fields;
    fields.set(field, std::move(value));
    m_problem->hide();
    m_details->submit(std::move(fields));
}

void CasePane::Parts::pauseOrResume() {
    if (m_detail.state.status == Status::Waiting) takeStep(Status::InProgress, {}, {}, {});
    else wantStep(Status::Waiting);
}

void CasePane::Parts::wantStep(Status to) {
    if (!mayStep(m_detail.state.status, to)) return;
    const bool reopening = isTerminal(m_detail.state.status) && !isTerminal(to);
    if (to != Status::Waiting && to != Status::Closed && to != Status::Planned && !reopening)
        return takeStep(to, {}, {}, {});
    const auto catalogue = m_bridge.catalogue();
    m_sheet->open(to, reopening, *catalogue, catalogue->staff(m_bridge.agent()), m_bridge.now());
}

void CasePane::Parts::takeStep(Status to, const std::string& reason, const std::string& note, Instant planned) {
    engine::CommandBatch batch;
    if (planned && to == Status::Planned) {
        engine::EditCase edit;
        edit.target.key = m_key;
        edit.fields.set(CaseField::PromisedAt, planned.ms);
        batch.commands.emplace_back(std::move(edit));
    }
    engine::ChangeStatus step;
    step.target.key = m_key;
    step.to = to;
    step.reason = reason;
    step.note = note;
    step.until = planned;
    // A duplicate is linked to the case that the comment names.
    if (reason == "duplicate")
        for (const auto& word : fromText(note).split(u' ', Qt::SkipEmptyParts))
            if (const auto other = m_bridge.reader().findCase(word.toStdString()); other && !step.duplicateOf.key)
                step.duplicateOf.key = *other;
    batch.commands.emplace_back(std::move(step));
    m_problem->hide();
    m_bridge.submit(std::move(batch), this, [this, key = m_key, to](const Result<engine::Receipt>& done) {
        if (key != m_key) return;
        if (done) {
            if (m_sheet->isVisible() && m_sheet->step() == to) {
                m_sheet->forget();
                m_pane.setFocus();
            }
        } else if (m_sheet->isVisible()) {
            m_sheet->showError(errorWords(done.error()).line());
        } else {
            problem(errorWords(done.error()).line());
        }
    });
}

void CasePane::Parts::record(const InteractionRecorded& said) {
    engine::RecordInteraction command;
    command.target.key = m_key;
    command.interaction = said;
    const auto* requester = std::get_if<EntityId>(&m_detail.state.value(CaseField::Requester));
    if (requester && said.direction != Direction::Internal) command.interaction.person = *requester;
    if (const auto* me = m_bridge.catalogue()->staff(m_bridge.engine().agent()); me && said.direction != Direction::In)
        command.interaction.author = me->name;
    m_bridge.submit(std::move(command), this, [this, key = m_key](const Result<engine::Receipt>& done) {
        if (key != m_key) return;
        if (done) m_composer->recorded();
        else m_composer->showError(errorWords(done.error()).line());
    });
}

void CasePane::Parts::undo(bool redo) {
    const auto answer = [this, redo](const Result<engine::Receipt>& done) {
        if (!done) return problem(errorWords(done.error()).line());
        m_problem->hide();
        const auto what = commandWords(done->undone);
        Q_EMIT m_pane.told(redo ? tr("Done again: %1").arg(what) : tr("Undone: %1").arg(what));
    };
    m_bridge.undo(redo, this, answer);
}

void CasePane::Parts::copyNumber() {
    if (!m_key) return;
    QGuiApplication::clipboard()->setText(fromText(m_detail.number));
    Q_EMIT m_pane.told(tr("Copied %1").arg(fromText(m_detail.number)));
}

}  // namespace wl::ui
