// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/error_words.hpp"

#include <QCoreApplication>

#include "ui/models/field_labels.hpp"

namespace wl::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ErrorWords)
};

QString detailOf(const Error& error) { return QString::fromStdString(error.detail).simplified(); }

// The thing in question: a field by its label, then the value.
QString thingOf(const Error& error) {
    auto thing = error.field.empty() ? QString() : caseFieldLabel(error.field);
    const auto detail = detailOf(error);
    if (thing.isEmpty()) return detail;
    return detail.isEmpty() ? thing : Words::tr("%1 (%2)", "field and its value").arg(thing, detail);
}

QString about(const QString& sentence, const QString& bare, const QString& thing) {
    return thing.isEmpty() ? bare : sentence.arg(thing);
}

ErrorWords byKind(const Error& error) {
    const auto thing = thingOf(error);
    switch (error.kind) {
        case ErrorKind::Input:
            return {about(Words::tr("This cannot be accepted: %1."), Words::tr("This input cannot be accepted."), thing),
                    Words::tr("Correct it and try again.")};
        case ErrorKind::Refused:
            return {about(Words::tr("Not allowed now: %1."), Words::tr("This is not allowed now."), thing),
                    Words::tr("Nothing was changed.")};
        case ErrorKind::Conflict:
            return {about(Words::tr("Somebody else changed this meanwhile: %1."),
                          Words::tr("Somebody else changed this meanwhile."), thing),
                    Words::tr("Look at the new value, then decide again.")};
        case ErrorKind::NotFound:
            return {about(Words::tr("Not found: %1."), Words::tr("It was not found."), thing), {}};
        case ErrorKind::Corrupt:
            return {about(Words::tr("Stored data is damaged: %1."), Words::tr("Stored data is damaged."), thing),
                    Words::tr("Nothing was deleted; run the check with wardlinectl verify.")};
        case ErrorKind::World:
            return {about(Words::tr("The computer could not do it: %1."), Words::tr("The computer could not do it."), thing),
                    Words::tr("Check disk space and access rights, then try again.")};
        case ErrorKind::Cancelled: return {Words::tr("Stopped."), {}};
    }
    return {QString::fromStdString(error.code), {}};
}

}  // namespace

ErrorWords errorWords(const Error& error) {
    if (error.code == "replica.missing")
        return {Words::tr("There is no data in %1.").arg(detailOf(error)), Words::tr("Create a desk or import a file.")};
    if (error.code == "replica.newer")
        return {Words::tr("The data was written by a newer version of Wardline (%1).").arg(detailOf(error)),
                Words::tr("Install that version; the data was not touched.")};
    if (error.code == "replica.corrupt")
        return {Words::tr("The database is damaged. It was set aside: %1.").arg(detailOf(error)),
                Words::tr("It can be rebuilt from the log with wardlinectl rebuild.")};
    return byKind(error);
}

}  // namespace wl::ui
