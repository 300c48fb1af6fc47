// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plain_json.hpp"

#include <QtTest>

#include <boost/json.hpp>

using wl::engine::plainJson;
namespace json = boost::json;

class PlainJsonTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doublesArePlainDecimals() {
        QCOMPARE(plainJson(42.0), std::string("42"));
        QCOMPARE(plainJson(42.3601), std::string("42.3601"));
        QCOMPARE(plainJson(-71.0589e-5), std::string("-0.000710589"));
        QCOMPARE(plainJson(1e21), std::string("1000000000000000000000"));
        for (const double value : {42.3601, 1.0 / 3, 5e-324, 1.7976931348623157e308})
            QCOMPARE(json::parse(plainJson(value)).to_number<double>(), value);
    }
    void everythingElseIsAsBoostWritesIt() {
        const auto value =
            json::parse(R"({"a":[1,null,true,"q\"x\n",{}],"b":{"c":[],"d":-7},"é\t":18446744073709551615})");
        QCOMPARE(plainJson(value), std::string(json::serialize(value)));
    }
};

QTEST_APPLESS_MAIN(PlainJsonTest)
#include "plain_json_test.moc"
