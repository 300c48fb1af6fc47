// SPDX-License-Identifier: GPL-3.0-or-later
// Which records are found to be of one citizen, which are joined without being asked, and which never.
#include <QTemporaryDir>
#include <QTest>

#include "channels/phone_numbers.hpp"
#include "engine/engine.hpp"
#include "engine/person_matcher.hpp"

using namespace wl;
using namespace wl::engine;

class PersonMatcherTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{Instant{1'770'000'000'000}};
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<store::Reader> m_reader;

    PersonId open(const std::string& name, const std::string& phone, const std::string& address = {},
                  const std::string& email = {}) {
        OpenPerson p;
        p.fields.set(PersonField::Name, name);
        if (!address.empty()) p.fields.set(PersonField::Address, address);
        if (!phone.empty()) p.contacts.push_back({ContactKind::Phone, phone, {}});
        if (!email.empty()) p.contacts.push_back({ContactKind::Email, email, {}});
        auto done = m_engine->submitAndWait(std::move(p));
        if (!done) qFatal("%s", done.error().code.c_str());
        return done->personId;
    }
    std::vector<PersonPairHit> pass(PersonMatcher& matcher) {
        while (!matcher.loadNext().value()) {}
        std::vector<PersonPairHit> out;
        while (!matcher.passNext(&out).value()) {}
        return out;
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        EngineOptions o;
        o.dir = m_dir->path().toStdString() + "/city";
        o.clock = &m_clock;
        QVERIFY(Engine::create(o).has_value());
        m_engine = Engine::open(o).value();
        m_engine->waitUntilLoaded();
        QVERIFY(m_engine
                    ->submitAndWait(PublishCatalogue{
                        {rules::toItem(rules::Jurisdiction{.code = "x", .name = "X", .region = "US"})}})
                    .has_value());
        m_reader = m_engine->openReader().value();
        const std::array given{"Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jan"};
        const std::array family{"Fern", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Iris", "Juniper"};
        for (std::size_t i = 0; i < 100; ++i)
            open(std::string(given[i / 10]) + " " + family[i % 10], "+1617555" + std::to_string(1000 + i),
                 std::to_string(i + 1) + " Oak Street");
    }
    void cleanup() {
        m_reader.reset();
        m_engine.reset();
    }

    void numbersAreOneHoweverTheyAreTyped() {
        for (const auto* typed : {"(617) 555-0142", "617-555-0142", "+1 617 555 0142", "tel:+1-617-555-0142"})
            QCOMPARE(channels::toE164(typed, "US"), std::string("+16175550142"));
        QCOMPARE(channels::toE164("020 7946 0018", "GB"), std::string("+442079460018"));
        QCOMPARE(channels::toE164("Jo Example", "US"), std::string());
        QCOMPARE(channels::shownPhone("+16175550142", "US"), std::string("(617) 555-0142"));
        QCOMPARE(channels::shownPhone("+442079460018", "US"), std::string("+44 20 7946 0018"));
        const auto id = open("Kim Larch", "617 555 0142");
        QCOMPARE(m_reader->person(id)->state.contacts.front().value, std::string("+16175550142"));
    }

    void theSamePersonIsJoinedUnaskedAndFamiliesAreNot() {
        const auto again = open("Fern, Ada", "617-555-1000", "1 Oak Street");
        const auto sister = open("Alma Fern", "617-555-1000", "1 Oak Street");
        PersonMatcher matcher(*m_reader, "US");
        const auto pairs = pass(matcher);
        bool joined = false;
        for (const auto& pair : pairs) {
            const bool both = pair.b.state.id == again && pair.a.state.text(PersonField::Name) == "Ada Fern";
            joined = joined || (both && pair.unasked);
            if (pair.b.state.id == sister) QVERIFY2(!pair.unasked, rules::matching::reasonsOf(pair.likeness).c_str());
            if (pair.unasked) QVERIFY(both);
        }
        QVERIFY(joined);
    }

    void whoIsKnownByNumberIsProposedFirst() {
        PersonMatcher matcher(*m_reader, "US");
        while (!matcher.loadNext().value()) {}
        rules::matching::PersonFacts facts;
        rules::matching::readName("Ada Fern", facts);
        facts.phones.push_back("+16175551000");
        const auto hits = matcher.search(facts, {}, 5).value();
        QVERIFY(!hits.empty());
        QCOMPARE(hits.front().record.state.text(PersonField::Name), std::string("Ada Fern"));
    }

    void whatPeopleToldApartOrProtectedIsNotFoundAgain() {
        const auto again = open("Ada Fern", "617-555-1000", "1 Oak Street");
        PersonMatcher matcher(*m_reader, "US");
        while (!matcher.loadNext().value()) {}
        const auto pairs = matcher.pairsOf(m_reader->person(again)->key).value();
        QCOMPARE(pairs.size(), std::size_t{1});
        const auto other = pairs.front().a.state.id;
        QVERIFY(m_engine->submitAndWait(JudgePersons{again, other, Judgement::Different, false, 0, {}}).has_value());
        QCOMPARE(matcher.pairsOf(m_reader->person(again)->key)->size(), std::size_t{0});
        QVERIFY(m_engine->submitAndWait(JudgePersons{again, other, Judgement::None, false, 0, {}}).has_value());
        QCOMPARE(matcher.pairsOf(m_reader->person(again)->key)->size(), std::size_t{1});
        EditPerson protect;
        protect.person = other;
        protect.fields.set(PersonField::Protected, std::int64_t{1});
        QVERIFY(m_engine->submitAndWait(protect).has_value());
        QCOMPARE(matcher.pairsOf(m_reader->person(again)->key)->size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(PersonMatcherTest)
#include "person_matcher_test.moc"
