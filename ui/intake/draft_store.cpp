// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/intake/draft_store.hpp"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kFormat = 1;

QString folderOf(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }

}  // namespace

QString DraftStore::newId() { return QUuid::createUuid().toString(QUuid::Id128); }
QString DraftStore::pathOf(const QString& id) const { return folderOf(m_folder) + u'/' + id + u".json"_s; }

std::vector<IntakeDraft> DraftStore::list() const {
    std::vector<IntakeDraft> drafts;
    const QDir folder(folderOf(m_folder));
    for (const auto& name : folder.entryList({u"*.json"_s}, QDir::Files)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) continue;
        const auto document = QJsonDocument::fromJson(file.readAll()).object();
        file.close();
        if (document.value(u"format"_s).toInt() != kFormat) {
            file.rename(folder.filePath(name) + u".unreadable"_s);
            continue;
        }
        drafts.push_back({name.chopped(5), document.value(u"title"_s).toString(),
                          QDateTime::fromString(document.value(u"saved"_s).toString(), Qt::ISODateWithMs),
                          document.value(u"form"_s).toObject()});
    }
    std::ranges::sort(drafts, std::greater{}, &IntakeDraft::savedAt);
    return drafts;
}

Result<void> DraftStore::save(const IntakeDraft& draft) const {
    if (!QDir().mkpath(folderOf(m_folder))) return fail(ErrorKind::World, "draft.folder", {}, m_folder.string());
    QSaveFile file(pathOf(draft.id));
    const QJsonObject document{{u"format"_s, kFormat},
                               {u"title"_s, draft.title},
                               {u"saved"_s, draft.savedAt.toUTC().toString(Qt::ISODateWithMs)},
                               {u"form"_s, draft.form}};
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(document).toJson()) > 0 && file.commit();
    if (!written) return fail(ErrorKind::World, "draft.write", {}, file.errorString().toStdString());
    return {};
}

void DraftStore::remove(const QString& id) const { QFile::remove(pathOf(id)); }

}  // namespace wl::ui
