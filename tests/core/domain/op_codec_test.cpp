// SPDX-License-Identifier: GPL-3.0-or-later
// Ops as bytes: what is written is read back, personal data is sealed, newer versions' parts survive, damage is
// noticed.
#include <QTest>

#include "domain/case_fields.hpp"
#include "domain/cbor.hpp"
#include "domain/compress.hpp"
#include "domain/person_fields.hpp"
#include "memory_keys.hpp"
#include "support/property.hpp"

using namespace wl;
using namespace wl::test;

namespace {

const OriginId kAuthor = idFromBytes<OriginId>("author-number-01");
const EntityId kEntity = idFromBytes<EntityId>("entity-number-01");

template <class IdType>
IdType someId(Recipe& r) {
    IdType id;
    for (auto& b : id.bytes) b = static_cast<std::uint8_t>(r.next());
    return id;
}

Value someValue(Recipe& r, FieldType type) {
    if (r.chance(15)) return {};
    switch (type) {
        case FieldType::Int:
        case FieldType::Time: return static_cast<std::int64_t>(r.wide()) >> r.below(63);
        case FieldType::Text:
        case FieldType::Code: return r.text(30);
        case FieldType::Point:
            return GeoPoint{static_cast<std::int32_t>(r.below(1'800'000'001)) - 900'000'000,
                            static_cast<std::int32_t>(r.next() / 2) - 500'000'000};
        case FieldType::Entity: return someId<EntityId>(r);
    }
    return {};
}

FieldValues someFields(Recipe& r, std::span<const FieldSpec> table) {
    FieldValues out;
    for (const auto& field : table)
        if (r.chance(40)) out.set(field.id, someValue(r, field.type));
    return out;
}

Preds somePreds(Recipe& r, std::span<const FieldSpec> table) {
    Preds out;
    for (const auto& field : table) {
        if (!r.chance(30)) continue;
        auto& dots = out[field.id];
        for (auto n = r.below(4); n > 0; --n)
            dots.push_back({r.chance(50) ? kAuthor : someId<OriginId>(r), r.wide() >> r.below(64)});
    }
    return out;
}

std::vector<Dot> someDots(Recipe& r) {
    std::vector<Dot> out;
    for (auto n = r.below(4); n > 0; --n) out.push_back({r.chance(50) ? kAuthor : someId<OriginId>(r), r.next()});
    return out;
}

JudgedPair somePair(Recipe& r) {
    JudgedPair pair{someId<EntityId>(r), static_cast<Judgement>(r.below(3)),
                    r.chance(50),        static_cast<std::int64_t>(r.next()) - 900'000,
                    r.text(20),          someDots(r)};
    pair.other.bytes[0] |= 1U;
    return pair;
}

std::vector<AttachedFile> someFiles(Recipe& r) {
    std::vector<AttachedFile> out;
    for (auto n = r.below(3); n > 0; --n)
        out.push_back({std::string(64, "0123456789abcdef"[r.below(16)]), r.wide(), "image/png",
                       safeFileName(r.text(9))});
    return out;
}

MessageId someMessage(Recipe& r) {
    auto id = someId<MessageId>(r);
    id.bytes[0] |= 1;  // never the null id
    return id;
}

OpBody someBody(Recipe& r) {
    switch (r.below(15)) {
        case 0: return CaseOpened{someFields(r, kCaseFields)};
        case 1: return CaseEdited{someFields(r, kCaseFields), somePreds(r, kCaseFields)};
        case 2:
            return CaseStatusChanged{.from = static_cast<Status>(r.below(8)),
                                     .to = static_cast<Status>(r.below(8)),
                                     .workflow = r.next(),
                                     .reason = r.text(8),
                                     .at = {static_cast<std::int64_t>(r.wide() >> 20)},
                                     .note = r.text(20),
                                     .takesBack = r.chance(50) ? r.next() : 0U};
        case 3:
            return InteractionRecorded{.channel = static_cast<Channel>(1 + r.below(12)),
                                       .direction = static_cast<Direction>(1 + r.below(3)),
                                       .kind = static_cast<InteractionKind>(1 + r.below(6)),
                                       .visibility = static_cast<Visibility>(1 + r.below(2)),
                                       .at = {static_cast<std::int64_t>(r.next()) - 5},
                                       .body = r.text(60),
                                       .author = r.text(5),
                                       .externalId = r.text(5),
                                       .person = r.chance(50) ? someId<PersonId>(r) : PersonId{},
                                       .automatic = r.chance(50),
                                       .subject = r.text(8),
                                       .files = r.chance(30) ? someFiles(r) : std::vector<AttachedFile>{}};
        case 4: return PersonOpened{someFields(r, kPersonFields)};
        case 5: return PersonEdited{someFields(r, kPersonFields), somePreds(r, kPersonFields)};
        case 6: return PersonContactAdded{static_cast<ContactKind>(1 + r.below(4)), r.text(12), r.text(5)};
        case 7: {
            PersonContactRemoved b;
            for (auto n = r.below(4); n > 0; --n) b.removed.push_back({someId<OriginId>(r), r.next()});
            return b;
        }
        case 8:
            return ReportJoined{r.chance(50) ? someId<PersonId>(r) : PersonId{},
                                static_cast<Channel>(1 + r.below(12)),
                                {static_cast<std::int64_t>(r.next()) - 5},
                                static_cast<std::int64_t>(r.below(3)),
                                r.text(60)};
        case 9: return ReportsLeft{someDots(r), r.chance(50) ? someId<CaseId>(r) : CaseId{}};
        case 10: return CasesJudged{somePair(r)};
        case 11: return PersonsJudged{somePair(r)};
        case 12:
            return MessageWritten{.message = someMessage(r),
                                  .person = r.chance(50) ? someId<PersonId>(r) : PersonId{},
                                  .channel = static_cast<Channel>(1 + r.below(12)),
                                  .address = r.text(12),
                                  .templateCode = r.text(5),
                                  .language = r.text(2),
                                  .subject = r.text(12),
                                  .body = r.text(60),
                                  .why = static_cast<MessageWhy>(1 + r.below(3)),
                                  .state = static_cast<MessageState>(1 + r.below(3)),
                                  .at = {static_cast<std::int64_t>(r.next()) - 5},
                                  .until = {static_cast<std::int64_t>(r.next())},
                                  .reason = r.text(5),
                                  .event = r.text(5),
                                  .author = r.text(5)};
        case 13:
            return MessageMoved{.message = someMessage(r),
                                .to = static_cast<MessageState>(1 + r.below(9)),
                                .at = {static_cast<std::int64_t>(r.next()) - 5},
                                .until = {static_cast<std::int64_t>(r.next())},
                                .reason = r.text(5),
                                .externalId = r.text(5),
                                .note = r.text(30)};
        default: return CatalogueItemPublished{r.text(4), r.text(6), r.text(80)};
    }
}

Op someOp(Recipe& r) {
    Op op;
    op.entity = someId<EntityId>(r);
    op.hlc = {r.wide()};
    op.epoch = r.chance(80) ? 1 : r.next();
    op.tx = r.chance(70) ? 0 : r.next();
    op.agent = r.text(6);
    op.comment = r.chance(30) ? r.text(20) : std::string();
    op.body = someBody(r);
    return op;
}

Op opened(std::string description = "Water comes up at Ada Fern's gate") {
    CaseOpened b;
    b.fields.set(CaseField::Service, std::string("LEAK"));
    b.fields.set(CaseField::Description, std::move(description));
    b.fields.set(CaseField::LocationNote, std::string("blue gate"));
    Op op;
    op.entity = kEntity;
    op.hlc = {1234567};
    op.body = b;
    return op;
}

// The head of an op's map: kind, entity, clock and reader version; `pairs` counts what the test adds, too.
std::string opHead(std::uint64_t pairs, std::uint64_t kind, std::uint64_t minReader = 1) {
    std::string out;
    cbor::Writer w(out);
    w.map(pairs + 4);
    w.uint(0), w.uint(kind), w.uint(1), w.bytes(view(kEntity)), w.uint(2), w.uint(99), w.uint(3), w.uint(minReader);
    return out;
}

}  // namespace

class OpCodecTest : public QObject {
    Q_OBJECT

    MemoryKeys m_keys;
    SeededRng m_rng{3};

    Result<Op> read(std::string_view bytes) { return decodeOp(bytes, kAuthor, m_keys); }
    std::string written(const Op& op) {
        auto bytes = encodeOp(op, kAuthor, m_keys, m_rng);
        if (!bytes) qFatal("%s %s", bytes.error().code.c_str(), bytes.error().field.c_str());
        return *bytes;
    }

private Q_SLOTS:
    void everyKindComesBackAsItWas() {
        QVERIFY(holds(
            "round trip",
            [&](Recipe& r) -> std::string {
                const auto op = someOp(r);
                const auto bytes = encodeOp(op, kAuthor, m_keys, m_rng);
                if (!bytes) return "not written: " + bytes.error().code + " " + bytes.error().field;
                cbor::Reader in(*bytes);
                if (const auto item = in.skip(); !item || !in.atEnd()) return "not one canonical item";
                const auto back = read(*bytes);
                if (!back) return "not read: " + back.error().code + " " + back.error().field;
                auto expected = op;
                expected.minReader = back->minReader;  // raised where texts are sealed together
                return *back == expected ? "" : "kind " + std::to_string(kindNumber(op.body)) + " differs";
            },
            1000));
    }

    void aDotOfTheAuthorIsItsNumberAlone() {
        Op op = opened();
        CaseEdited b;
        b.fields.set(CaseField::Priority, std::int64_t{2});
        b.preds[2] = {{kAuthor, 5}};
        op.body = b;
        const auto shortForm = written(op);
        b.preds[2] = {{idFromBytes<OriginId>("somebody-else-01"), 5}};
        op.body = b;
        QCOMPARE(written(op).size(), shortForm.size() + 18);
    }

    void personalTextIsNotInTheBytes() {
        const auto bytes = written(opened());
        QVERIFY(bytes.find("Ada") == std::string::npos && bytes.find("gate") == std::string::npos);
        QVERIFY(bytes.find("LEAK") != std::string::npos);
    }
    void sealedFieldsAreLockedWithoutTheirKeyAndTheRestIsRead() {
        const auto bytes = written(opened());
        MemoryKeys none;
        const auto op = decodeOp(bytes, kAuthor, none);
        QVERIFY(op.has_value());
        QCOMPARE(op->locked, 1U);
        QCOMPARE(op->unread, 0U);
        const auto& fields = std::get<CaseOpened>(op->body).fields;
        QVERIFY(!fields.find(CaseField::Description) && !fields.find(CaseField::LocationNote));
        QCOMPARE(asText(*fields.find(CaseField::Service)), std::string("LEAK"));
    }
    void anotherKeyOpensNothing() {
        const auto bytes = written(opened());
        MemoryKeys other(99);
        std::uint32_t generation = 0;
        QVERIFY(other.sealingKey(kEntity, &generation).has_value());
        QCOMPARE(decodeOp(bytes, kAuthor, other).error().code, std::string("seal.tag"));
    }
    void erasingAKeyLocksTheOldAndANewGenerationSealsTheNext() {
        MemoryKeys keys(7);
        const auto before = encodeOp(opened(), kAuthor, keys, m_rng).value();
        keys.erase(kEntity);
        const auto after = encodeOp(opened("again"), kAuthor, keys, m_rng).value();
        QCOMPARE(decodeOp(before, kAuthor, keys)->locked, 1U);
        QCOMPARE(decodeOp(after, kAuthor, keys)->locked, 0U);
    }
    void theSamePlainTextNeverSealsTheSame() { QVERIFY(written(opened()) != written(opened())); }
    void sealedTextsCannotBeMovedToAnotherOp() {
        auto bytes = written(opened());
        QCOMPARE(decodeOp(bytes, idFromBytes<OriginId>("author-number-02"), m_keys).error().code,
                 std::string("seal.tag"));
        std::string clock, later;
        cbor::Writer(clock).uint(1234567), cbor::Writer(later).uint(1234568);
        bytes.replace(bytes.find(clock), clock.size(), later);
        QCOMPARE(read(bytes).error().code, std::string("seal.tag"));
    }
    void sealedTextsArePackedWithTheDesksWords() {
        const std::string text =
            "The street light in front of the house has been out for two weeks. It is very dark at night, and children "
            "are playing there. Please send somebody.";
        const auto without = written(opened("")).size();
        QVERIFY2(written(opened(text)).size() - without < text.size() / 2, "half as long");
        QCOMPARE(asText(*std::get<CaseOpened>(read(written(opened(text)))->body).fields.find(CaseField::Description)),
                 text);
    }
    void textsSealedOneByOneAreRead() {
        std::uint32_t generation = 0;
        const auto key = m_keys.sealingKey(kEntity, &generation).value();
        auto bytes = opHead(1, 1);
        cbor::Writer w(bytes);
        w.uint(7), w.map(1), w.uint(4), w.array(3), w.uint(generation);
        std::string plain;
        cbor::Writer(plain).text("as before");
        const auto nonce = randomBytes<Nonce>(m_rng);
        w.bytes(view(nonce)), w.bytes(seal(key, nonce, plain, std::string(view(kEntity)) + '\x04'));
        const auto op = read(bytes);
        QVERIFY2(op.has_value(), op ? "" : op.error().code.c_str());
        QCOMPARE(asText(*std::get<CaseOpened>(op->body).fields.find(CaseField::Description)), std::string("as before"));
        bytes.replace(bytes.find(std::string("\x04\x83")), 1, "\x13");  // the location's note
        QCOMPARE(read(bytes).error().code, std::string("seal.tag"));
    }
    void whatIsInsideTheSealMakesNoOpMalformed_data() {
        QTest::addColumn<QByteArray>("packed");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a form of a newer version") << QByteArray("\x07 text");
        QTest::newRow("no frame") << QByteArray("\x01\xff\xff\xff\xff");
        QTest::newRow("no map") << QByteArray("\x00hello", 6);
        QTest::newRow("cut off") << QByteArray("\x00\xa1\x04\x65he", 6);
        const auto bomb = compress(std::string(200'000'000, 'x')).substr(4);
        QTest::newRow("a bomb") << QByteArray("\x01") + QByteArray(bomb.data(), qsizetype(bomb.size()));
        QTest::newRow("a field that is never sealed") << QByteArray("\x00\xa1\x01\x61S", 5);
    }
    void whatIsInsideTheSealMakesNoOpMalformed() {
        QFETCH(QByteArray, packed);
        std::uint32_t generation = 0;
        const auto key = m_keys.sealingKey(kEntity, &generation).value();
        const auto salt = std::string(8, 's');
        const auto clock = std::string(7, '\0') + '\x63';  // 99
        const auto nonce = arrayFromBytes<Nonce>(view(blake2b({"seal", view(kAuthor), clock, salt})).substr(0, 24));
        auto bytes = opHead(1, 1, 2);
        cbor::Writer w(bytes);
        w.uint(11), w.array(3), w.uint(generation), w.bytes(salt);
        w.bytes(seal(key, nonce, {packed.data(), std::size_t(packed.size())}, view(kEntity)));
        const auto op = read(bytes);
        QVERIFY2(op.has_value(), op ? "" : op.error().code.c_str());
        QCOMPARE(op->unread, 1U);
        QCOMPARE(op->locked, 0U);
    }

    void anUnknownKindIsKeptWhateverItHolds() {
        auto bytes = opHead(4, 200);
        cbor::Writer w(bytes);
        w.uint(5), w.map(1), w.uint(1), w.map(1), w.uint(7), w.text("nested");
        w.uint(6), w.array(1), w.text("preds of another form");
        w.uint(7), w.text("seal of another form");
        w.uint(60), w.boolean(true);
        const auto op = read(bytes);
        QVERIFY2(op.has_value(), op ? "" : op.error().code.c_str());
        QCOMPARE(std::get<UnknownOp>(op->body).kind, std::uint64_t{200});
        QVERIFY(op->entity == kEntity);
        QCOMPARE(op->hlc.value, std::uint64_t{99});
    }
    void aKnownKindThatNeedsANewerReaderIsNotFolded() {
        auto bytes = opHead(1, 1, 7);
        cbor::Writer w(bytes);
        w.uint(5), w.text("fields of another form");
        const auto op = read(bytes);
        QVERIFY(op.has_value());
        QCOMPARE(std::get<UnknownOp>(op->body).kind, std::uint64_t{1});
        QCOMPARE(op->minReader, 7U);
    }
    void unknownFieldsAreCountedAndTheOthersRead() {
        auto bytes = opHead(1, 1);
        cbor::Writer w(bytes);
        w.uint(5), w.map(4);
        w.uint(1), w.text("LEAK");
        w.uint(3), w.map(1), w.uint(1), w.text("a title of many tongues");
        w.uint(200), w.sint(5);
        w.uint(201), w.array(3), w.null(), w.null(), w.boolean(false);
        const auto op = read(bytes);
        QVERIFY(op.has_value());
        QCOMPARE(op->unread, 3U);
        QCOMPARE(asText(*std::get<CaseOpened>(op->body).fields.find(CaseField::Service)), std::string("LEAK"));
    }
    void aSealedValueOfANewerFormIsCounted() {
        std::uint32_t generation = 0;
        const auto key = m_keys.sealingKey(kEntity, &generation).value();
        std::string plain;
        cbor::Writer v(plain);
        v.map(1), v.uint(1), v.text("de");
        const auto nonce = randomBytes<Nonce>(m_rng);
        auto bytes = opHead(1, 1);
        cbor::Writer w(bytes);
        w.uint(7), w.map(1), w.uint(4), w.array(3), w.uint(generation), w.bytes(view(nonce));
        w.bytes(seal(key, nonce, plain, std::string(view(kEntity)) + '\x04'));
        const auto op = read(bytes);
        QVERIFY2(op.has_value(), op ? "" : op.error().code.c_str());
        QCOMPARE(op->unread, 1U);
    }

    void whatTheReaderWouldRefuseIsNotWritten_data() {
        QTest::addColumn<int>("field");
        QTest::addColumn<int>("what");
        QTest::newRow("broken UTF-8, plain") << int(CaseField::Address) << 0;
        QTest::newRow("broken UTF-8, sealed") << int(CaseField::Description) << 0;
        QTest::newRow("a place off the earth") << int(CaseField::Position) << 1;
        QTest::newRow("a number for a text") << int(CaseField::Address) << 2;
        QTest::newRow("a field nobody knows") << 99 << 2;
    }
    void whatTheReaderWouldRefuseIsNotWritten() {
        QFETCH(int, field);
        QFETCH(int, what);
        const std::array<Value, 3> values{Value{std::string("caf\xe9")}, Value{GeoPoint{910'000'000, 0}},
                                          Value{std::int64_t{4}}};
        CaseOpened b;
        b.fields.set(static_cast<std::uint8_t>(field), values[static_cast<std::size_t>(what)]);
        Op op = opened();
        op.body = b;
        const auto bytes = encodeOp(op, kAuthor, m_keys, m_rng);
        QVERIFY(!bytes.has_value());
        QCOMPARE(bytes.error().kind, ErrorKind::Input);
    }
    void valuesOutsideTheirVocabularyAreNotWritten() {
        Op op = opened();
        for (const OpBody& body :
             {OpBody{InteractionRecorded{}}, OpBody{PersonContactAdded{}}, OpBody{MessageWritten{}},
              OpBody{MessageMoved{idFromBytes<MessageId>("message-numb-001"), static_cast<MessageState>(10), {}}},
              OpBody{CaseStatusChanged{
                  .from = Status::New, .to = static_cast<Status>(9), .reason = {}, .at = {}, .note = {}}}}) {
            op.body = body;
            QVERIFY(!encodeOp(op, kAuthor, m_keys, m_rng).has_value());
        }
        op = opened();
        op.comment = "\xff";
        QCOMPARE(encodeOp(op, kAuthor, m_keys, m_rng).error().field, std::string("comment"));
    }

    void anOpOfMoreThan64KiBIsRefusedAndNamesItsLargestField() {
        auto fits = encodeOp(opened(std::string(65'000, 'x')), kAuthor, m_keys, m_rng);
        QVERIFY(fits.has_value() && read(*fits).has_value());
        const auto tooLong = encodeOp(opened(std::string(65'536, 'x')), kAuthor, m_keys, m_rng);
        QVERIFY(!tooLong.has_value());
        QCOMPARE(tooLong.error().code, std::string("op.too_long"));
        QCOMPARE(tooLong.error().field, std::string("description"));
        QCOMPARE(read(std::string(kMaxOpBytes + 1, '\0')).error().code, std::string("op.too_long"));
    }

    void missingPartsAndTrailingBytesAreRefused() {
        std::string empty;
        cbor::Writer(empty).map(0);
        QCOMPARE(read(empty).error().code, std::string("op.incomplete"));
        QVERIFY(!read("").has_value());
        QCOMPARE(read(written(opened()) + '\0').error().code, std::string("op.trailing"));
    }

    void flippedBytesNeverCrashAndSealedOnesAreNoticed() {
        QVERIFY(holds(
            "damage",
            [&](Recipe& r) -> std::string {
                auto bytes = encodeOp(someOp(r), kAuthor, m_keys, m_rng).value();
                for (auto n = 1 + r.below(3); n > 0; --n)
                    bytes[r.below(bytes.size())] ^= static_cast<char>(1 + r.below(255));
                if (r.chance(10)) bytes.resize(r.below(bytes.size() + 1));
                const auto op = read(bytes);
                if (!op)
                    return op.error().kind == ErrorKind::Corrupt ? "" : "an error of another kind: " + op.error().code;
                if (op->unread > 0 || op->locked > 0 || std::holds_alternative<UnknownOp>(op->body)) return "";
                return encodeOp(*op, kAuthor, m_keys, m_rng) ? "" : "read, but cannot be written again";
            },
            3000));
    }
};

QTEST_GUILESS_MAIN(OpCodecTest)
#include "op_codec_test.moc"
