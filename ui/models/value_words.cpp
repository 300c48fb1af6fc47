// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/value_words.hpp"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

#include "domain/case_number.hpp"

#include "ui/models/time_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

struct ValueWords {
    Q_DECLARE_TR_FUNCTIONS(ValueWords)
};

QString answerText(const QJsonValue& answer, const rules::ServiceAttribute* question) {
    if (answer.isArray()) {
        QStringList parts;
        for (const auto one : answer.toArray()) parts << answerText(one, question);
        return parts.join(u", "_s);
    }
    if (answer.isBool()) return answer.toBool() ? ValueWords::tr("Yes") : ValueWords::tr("No");
    const auto text = answer.isDouble() ? QString::number(answer.toDouble(), 'g', 12) : answer.toString();
    if (question)
        for (const auto& value : question->values)
            if (fromText(value.key) == text) return fromText(value.name);
    return text;
}

// The ways a case goes that no rule takes.
QString routeWords(const std::string& way) {
    if (way == "crew.area_and_service") return ValueWords::tr("the crew for this service here");
    if (way == "crew.area") return ValueWords::tr("the crew for this area");
    if (way == "crew.service") return ValueWords::tr("the crew for this service");
    if (way == "crew.department") return ValueWords::tr("the department's crew for everything");
    if (way == "service.department") return ValueWords::tr("the service's department");
    if (way == "service.no_department") return ValueWords::tr("nobody: the service names no department");
    if (way == "service.unknown") return ValueWords::tr("nobody: the service is unknown");
    return fromText(way);
}

}  // namespace

QString fromText(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }
std::string toText(const QString& text) { return text.toStdString(); }

QString areaName(const geo::CityMap* city, std::string_view code) {
    if (city)
        for (const auto& area : city->areas)
            if (area.code == code) return fromText(area.name);
    return fromText(code);
}

QStringList answerLines(std::string_view json, const rules::Service* service) {
    auto answers = QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size()))).object();
    QStringList lines;
    if (service) {
        auto questions = service->attributes;
        std::ranges::stable_sort(questions, {}, &rules::ServiceAttribute::order);
        for (const auto& question : questions) {
            const auto answer = answers.take(fromText(question.code));
            if (!answer.isUndefined())
                lines << fromText(question.description) + u": "_s + answerText(answer, &question);
        }
    }
    for (auto at = answers.constBegin(); at != answers.constEnd(); ++at)
        lines << at.key() + u": "_s + answerText(at.value(), nullptr);
    return lines;
}

QString valueWords(CaseField field, const Value& value, const WordContext& context) {
    if (!isSet(value)) return {};
    const auto& text = asText(value);
    switch (field) {
        case CaseField::Service: return fromText(context.catalogue.serviceName(text));
        case CaseField::Department: return fromText(context.catalogue.departmentName(text));
        case CaseField::Crew: return fromText(context.catalogue.crewName(text));
        case CaseField::Owner: return fromText(context.catalogue.staffName(text));
        case CaseField::Area: return areaName(context.city, text);
        case CaseField::Priority: return priorityWord(static_cast<Priority>(asInt(value)));
        case CaseField::FirstChannel: return channelWord(static_cast<Channel>(asInt(value)));
        case CaseField::ConsentGiven: return consentWord(static_cast<Consent>(asInt(value)));
        case CaseField::Confidential: return asInt(value) != 0 ? ValueWords::tr("Yes") : ValueWords::tr("No");
        case CaseField::Answers: return answerLines(text, context.catalogue.service(context.service)).join(u'\n');
        case CaseField::RequestedAt:
        case CaseField::DueOverride:
        case CaseField::PromisedAt:
        case CaseField::SourceUpdatedAt: return absoluteWords({asInt(value)}, context.zone);
        case CaseField::Position:
            if (const auto* at = std::get_if<GeoPoint>(&value))
                return u"%1, %2"_s.arg(at->lat(), 0, 'f', 5).arg(at->lon(), 0, 'f', 5);
            return {};
        case CaseField::Requester:
            if (const auto* id = std::get_if<EntityId>(&value); id && context.personName)
                return context.personName(*id);
            return ValueWords::tr("a citizen record");
        case CaseField::SourceRow: return QString::number(asInt(value));
        case CaseField::DuplicateOf: {
            const auto* id = std::get_if<EntityId>(&value);
            return id ? fromText(caseNumber(*id)) : QString();
        }
        case CaseField::RoutedBy: {
            const auto& rules = context.catalogue.routingRules();
            const auto rule = std::ranges::find(rules, text, &rules::RoutingRule::code);
            return rule != rules.end() ? fromText(rule->name) : routeWords(text);
        }
        case CaseField::Job: {
            const auto* job = context.catalogue.job(text);
            return job ? fromText(job->title) : fromText(text);
        }
        case CaseField::Title:
        case CaseField::Description:
        case CaseField::Address:
        case CaseField::Source:
        case CaseField::ExternalId:
        case CaseField::LocationNote:
        case CaseField::Zipcode:
        case CaseField::MediaUrl: return fromText(text);
    }
    return {};
}

}  // namespace wl::ui
