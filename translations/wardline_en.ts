<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>FilterWords</name>
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
        <source>%n case(s) left as they were.</source>
        <translation>
            <numerusform>%n case left as they were.</numerusform>
            <numerusform>%n cases left as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) changed.</source>
        <translation>
            <numerusform>%n case changed.</numerusform>
            <numerusform>%n cases changed.</numerusform>
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
    <name>wl::ui::MapScene</name>
    <message numerus="yes">
        <source>%n case(s): %1</source>
        <translation>
            <numerusform>%n case: %1</numerusform>
            <numerusform>%n cases: %1</numerusform>
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
</TS>
