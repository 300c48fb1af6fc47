// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/mapping_text.hpp"

#include <QTest>

#include "channels/feed/mapping.hpp"
#include "ui/models/value_words.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;

class MappingTextTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shippedMappingsSurviveEditing() {
        for (const auto& shipped : feed::shippedMappings()) {
            const MappingText text(fromText(shipped.text));
            const auto parsed = feed::parseMapping(toText(text.toText()));
            QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().detail.c_str());
        }
    }
    void commentsGoAndQuotedSignsStay() {
        const MappingText text(u"# all\n[fields]\ntitle = \"{a} #{b}\"   # why\n"_s);
        QCOMPARE(text.value(u"fields"_s, u"title"_s), u"\"{a} #{b}\""_s);
    }
    void anEmptyValueTakesTheLineAway() {
        MappingText text(u"[status]\nopen = new\n* = closed\n"_s);
        text.set(u"status"_s, u"shut"_s, u"closed"_s);
        QCOMPARE(text.keys(u"status"_s), (QStringList{u"open"_s, u"shut"_s, u"*"_s}));
        text.set(u"status"_s, u"open"_s, {});
        QCOMPARE(text.keys(u"status"_s), (QStringList{u"shut"_s, u"*"_s}));
    }
};

QTEST_GUILESS_MAIN(MappingTextTest)
#include "mapping_text_test.moc"
