// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <set>

#include "domain/case_number.hpp"
#include "domain/crypto.hpp"

using namespace wl;

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

CaseId numbered(std::uint32_t n) {
    CaseId id;
    for (std::size_t i = 0; i < 4; ++i) id.bytes[i] = static_cast<std::uint8_t>(n >> (8 * i));
    return id;
}

}  // namespace

class CaseNumberTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTwoGroupsOfFiveAndReadsBack() {
        std::set<std::string> numbers;
        for (std::uint32_t n = 0; n < 20'000; ++n) {
            const auto number = caseNumber(numbered(n));
            QCOMPARE(number.size(), std::size_t{11});
            QCOMPARE(number[5], '-');
            QVERIFY(normaliseCaseNumber(number) == number);
            numbers.insert(number);
        }
        QCOMPARE(numbers.size(), std::size_t{20'000});
    }
    void everyWrongCharacterIsNoticed() {
        for (std::uint32_t n = 0; n < 100; ++n) {
            const auto number = caseNumber(numbered(n));
            for (std::size_t i = 0; i < number.size(); ++i) {
                if (number[i] == '-') continue;
                for (const char c : kAlphabet) {
                    auto wrong = number;
                    wrong[i] = c;
                    QCOMPARE(normaliseCaseNumber(wrong).has_value(), c == number[i]);
                }
            }
        }
    }
    void everySwapIsNoticed() {
        for (std::uint32_t n = 0; n < 2000; ++n) {
            auto number = caseNumber(numbered(n));
            number.erase(5, 1);
            for (std::size_t i = 0; i < number.size(); ++i)
                for (std::size_t k = i + 1; k < number.size(); ++k) {
                    auto wrong = number;
                    std::swap(wrong[i], wrong[k]);
                    QCOMPARE(normaliseCaseNumber(wrong).has_value(), wrong == number);
                }
        }
    }
    void whatPeopleTypeAndSayIsUnderstood() {
        std::string number;
        for (std::uint32_t n = 0; number.find('0') == std::string::npos || number.find('1') == std::string::npos; ++n)
            number = caseNumber(numbered(n));
        const auto with = [&](char from, char to, auto change) {
            auto typed = number;
            std::ranges::replace(typed, from, to);
            return change(typed);
        };
        const auto same = [](std::string s) { return s; };
        const auto lower = [](std::string s) {
            for (auto& c : s) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            return s;
        };
        for (const auto& typed :
             {with('0', 'O', same), with('0', 'o', same), with('1', 'I', same), with('1', 'L', same),
              with('1', 'l', lower), with('-', ' ', same), with('-', '.', lower), " " + number + " ", lower(number)})
            QVERIFY2(normaliseCaseNumber(typed) == number, typed.c_str());
    }
    void theBeginningOfANumberIsFiveCharactersOrMore() {
        QVERIFY(caseNumberStart("7k2r9") == "7K2R9-");
        QVERIFY(caseNumberStart("7k2r9 4oi") == "7K2R9-401");
        QVERIFY(!caseNumberStart("7k2r"));
        QVERIFY(!caseNumberStart("7k2r9-4qxhm"));
        QVERIFY(!caseNumberStart("sewer, 5"));
    }
    void anythingElseIsNoNumber() {
        const auto number = caseNumber(numbered(1));
        for (const auto& typed : {std::string(), std::string("-"), number.substr(0, 10), number + "0", number + number,
                                  std::string("UUUUU-UUUUU"), std::string(10, '\0'), std::string("12345-6789é"),
                                  number.substr(0, 9) + "_" + number.substr(10)})
            QVERIFY2(!normaliseCaseNumber(typed).has_value(), typed.c_str());
    }
};

QTEST_GUILESS_MAIN(CaseNumberTest)
#include "case_number_test.moc"
