<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>FilterWords</name>
    <message numerus="yes">
        <source>Untouched for %n day(s)</source>
        <translation>
            <numerusform>Untouched for %n day</numerusform>
            <numerusform>Untouched for %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chosen case(s)</source>
        <translation>
            <numerusform>%n chosen case</numerusform>
            <numerusform>%n chosen cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IntakePanel</name>
    <message numerus="yes">
        <source>%n report(s) of this fault by now.</source>
        <translation>
            <numerusform>%n report of this fault by now.</numerusform>
            <numerusform>%n reports of this fault by now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaletteResults</name>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncWords</name>
    <message numerus="yes">
        <source>%n edit(s) on this machine only</source>
        <translation>
            <numerusform>%n edit on this machine only</numerusform>
            <numerusform>%n edits on this machine only</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Behind by %n edit(s)</source>
        <translation>
            <numerusform>Behind by %n edit</numerusform>
            <numerusform>Behind by %n edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n console(s) in step</source>
        <translation>
            <numerusform>%1 of %n console in step</numerusform>
            <numerusform>%1 of %n consoles in step</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sends %n edit(s)</source>
        <translation>
            <numerusform>Sends %n edit</numerusform>
            <numerusform>Sends %n edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Lacks %n edit(s)</source>
        <translation>
            <numerusform>Lacks %n edit</numerusform>
            <numerusform>Lacks %n edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <comment>seconds</comment>
        <translation>
            <numerusform>%n s</numerusform>
            <numerusform>%n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %n machine(s)</source>
        <translation>
            <numerusform>On %n machine</numerusform>
            <numerusform>On %n machines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::app::Console</name>
    <message numerus="yes">
        <source>%n run(s) of entries are damaged and were left out; everything else is back.</source>
        <translation>
            <numerusform>%n run of entries is damaged and was left out; everything else is back.</numerusform>
            <numerusform>%n runs of entries are damaged and were left out; everything else is back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::BulkMenu</name>
    <message numerus="yes">
        <source>%Ln case(s) left as they were.</source>
        <translation>
            <numerusform>%Ln case left as it was.</numerusform>
            <numerusform>%Ln cases left as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) changed.</source>
        <translation>
            <numerusform>%Ln case changed.</numerusform>
            <numerusform>%Ln cases changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What to note on %n case(s) (Ctrl+Enter saves)</source>
        <translation>
            <numerusform>What to note on %n case (Ctrl+Enter saves)</numerusform>
            <numerusform>What to note on %n cases (Ctrl+Enter saves)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::CallerSection</name>
    <message numerus="yes">
        <source>%n earlier case(s)</source>
        <translation>
            <numerusform>%n earlier case</numerusform>
            <numerusform>%n earlier cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::CaseHeader</name>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::CatalogueDialog</name>
    <message numerus="yes">
        <source>%Ln item(s) changed; nothing holds until you publish</source>
        <translation>
            <numerusform>%Ln item changed; nothing holds until you publish</numerusform>
            <numerusform>%Ln items changed; nothing holds until you publish</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of the last %Ln case(s), %1 would have gone elsewhere, %2 to nobody or a catch-all.</source>
        <translation>
            <numerusform>Of the last %Ln case, %1 would have gone elsewhere, %2 to nobody or a catch-all.</numerusform>
            <numerusform>Of the last %Ln cases, %1 would have gone elsewhere, %2 to nobody or a catch-all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %Ln change(s) unpublished?</source>
        <translation>
            <numerusform>Leave %Ln change unpublished?</numerusform>
            <numerusform>Leave %Ln changes unpublished?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::ConflictsDialog</name>
    <message numerus="yes">
        <source>%n field(s) were changed by two people who did not see each other. Choose the value that is right; the others stay in the history.</source>
        <translation>
            <numerusform>%n field was changed by two people who did not see each other. Choose the value that is right; the others stay in the history.</numerusform>
            <numerusform>%n fields were changed by two people who did not see each other. Choose the value that is right; the others stay in the history.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::ConsolesDialog</name>
    <message numerus="yes">
        <source>%n edit(s) are on this machine only. If it is lost before it meets another console, they are lost too.</source>
        <translation>
            <numerusform>%n edit is on this machine only. If it is lost before it meets another console, the edit is lost too.</numerusform>
            <numerusform>%n edits are on this machine only. If it is lost before it meets another console, they are lost too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::DispatchPanel</name>
    <message numerus="yes">
        <source>Move %Ln case(s) from %1 to %2: %3 against %4 days of work</source>
        <translation>
            <numerusform>Move %Ln case from %1 to %2: %3 against %4 days of work</numerusform>
            <numerusform>Move %Ln cases from %1 to %2: %3 against %4 days of work</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) left as they were.</source>
        <translation>
            <numerusform>%Ln case left as it was.</numerusform>
            <numerusform>%Ln cases left as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) given away.</source>
        <translation>
            <numerusform>%Ln case given away.</numerusform>
            <numerusform>%Ln cases given away.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::IncidentCard</name>
    <message numerus="yes">
        <source>Reported by %n; X takes a report off, Enter opens it</source>
        <translation>
            <numerusform>Reported by %n; X takes a report off, Enter opens it</numerusform>
            <numerusform>Reported by %n; X takes a report off, Enter opens it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n case(s) changed since were left as they are.</source>
        <translation>
            <numerusform>%n case changed since was left as it is.</numerusform>
            <numerusform>%n cases changed since were left as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) selected. Letters act on all: W groups them into a job, A assigns.</source>
        <translation>
            <numerusform>%Ln case selected. Letters act on all: W groups them into a job, A assigns.</numerusform>
            <numerusform>%Ln cases selected. Letters act on all: W groups them into a job, A assigns.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::MapScene</name>
    <message numerus="yes">
        <source>%n case(s): %1</source>
        <translation>
            <numerusform>%n case: %1</numerusform>
            <numerusform>%n cases: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n case(s)</source>
        <translation>
            <numerusform>%1: %n case</numerusform>
            <numerusform>%1: %n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n case(s), %2 of %3 with a due time are on time</source>
        <translation>
            <numerusform>%1: %n case, %2 of %3 with a due time are on time</numerusform>
            <numerusform>%1: %n cases, %2 of %3 with a due time are on time</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::MergeDialog</name>
    <message numerus="yes">
        <source>All %n record(s) were compared.</source>
        <translation>
            <numerusform>The one record was compared.</numerusform>
            <numerusform>All %n records were compared.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Joined automatically: %n; X takes the two records apart for good</source>
        <translation>
            <numerusform>Joined automatically: %n; X takes the two records apart for good</numerusform>
            <numerusform>Joined automatically: %n; X takes the two records apart for good</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::RequesterCard</name>
    <message numerus="yes">
        <source>and %n more open</source>
        <translation>
            <numerusform>and %n more open</numerusform>
            <numerusform>and %n more open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::SamePerson</name>
    <message numerus="yes">
        <source>%n record(s) joined into this one; X takes one apart</source>
        <translation>
            <numerusform>%n record joined into this one; X takes it apart</numerusform>
            <numerusform>%n records joined into this one; X takes one apart</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::WorkloadModel</name>
    <message numerus="yes">
        <source>%Ln case(s) wait for acceptance</source>
        <translation>
            <numerusform>%Ln case waits for acceptance</numerusform>
            <numerusform>%Ln cases wait for acceptance</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::AlarmBar</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::AlarmWatch</name>
    <message numerus="yes">
        <source>%Ln of your cases: nobody has touched them for %1 days</source>
        <translation>
            <numerusform>%Ln of your cases: nobody has touched it for %1 days</numerusform>
            <numerusform>%Ln of your cases: nobody has touched them for %1 days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::JobDialog</name>
    <message numerus="yes">
        <source>%Ln case(s)</source>
        <translation>
            <numerusform>%Ln case</numerusform>
            <numerusform>%Ln cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) are one job now.</source>
        <translation>
            <numerusform>%Ln case is a job now.</numerusform>
            <numerusform>%Ln cases are one job now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::FinishJobDialog</name>
    <message numerus="yes">
        <source>“%1”: its open cases (%Ln in all) are closed, and what you write stands in each as a public update.</source>
        <translation>
            <numerusform>“%1”: its case is closed if it is open, and what you write stands in it as a public update.</numerusform>
            <numerusform>“%1”: its open cases (of %Ln) are closed, and what you write stands in each as a public update.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Patterns</name>
    <message numerus="yes">
        <source>%1: %2 in the whole city, %n day(s)</source>
        <translation>
            <numerusform>%1: %2 in the whole city, %n day</numerusform>
            <numerusform>%1: %2 in the whole city, %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 within %3 m, %n day(s)</source>
        <translation>
            <numerusform>%1: %2 within %3 m, %n day</numerusform>
            <numerusform>%1: %2 within %3 m, %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>once in %n day(s)</source>
        <translation>
            <numerusform>once in a day</numerusform>
            <numerusform>once in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>once in %n week(s)</source>
        <translation>
            <numerusform>once in a week</numerusform>
            <numerusform>once in %n weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>once in %n month(s)</source>
        <translation>
            <numerusform>once in a month</numerusform>
            <numerusform>once in %n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>once in %n year(s)</source>
        <translation>
            <numerusform>once in a year</numerusform>
            <numerusform>once in %n years</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::PatternsDialog</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 m, %n day(s)</source>
        <translation>
            <numerusform>%1 m, %n day</numerusform>
            <numerusform>%1 m, %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 cases looked at, the newest of %2. %n acknowledged.</source>
        <translation>
            <numerusform>%1 cases looked at, the newest of %2. %n acknowledged.</numerusform>
            <numerusform>%1 cases looked at, the newest of %2. %n acknowledged.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wl::ui::WallWindow</name>
    <message numerus="yes">
        <source>%1 in %n day(s)</source>
        <translation>
            <numerusform>%1 in %n day</numerusform>
            <numerusform>%1 in %n days</numerusform>
        </translation>
    </message>
</context>
</TS>
