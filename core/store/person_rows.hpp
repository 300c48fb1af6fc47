// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A citizen record as one row, its contacts as rows of `contact`, and its words in the forgiving name index.

#include <optional>

#include "store/names.hpp"
#include "store/views.hpp"

namespace wl::store {

class PersonRows {
public:
    static Result<PersonRows> make(sql::Database& db, Origins& origins, bool writable);
    Result<std::optional<PersonView>> load(PersonKey key);
    Result<PersonKey> find(const PersonId& id);  ///< key 0 if unknown
    Result<void> insert(PersonKey key, const PersonState& state);
    Result<void> update(PersonKey key, const PersonState& state);
    /// Takes the record out of all tables and indexes.
    Result<void> erase(PersonKey key);

private:
    using Select = sql::Statement<1, 9>;
    using Find = sql::Statement<1, 1>;
    using Upsert = sql::Statement<11>;
    using InsertContact = sql::Statement<3>;
    using InsertWords = sql::Statement<4>;
    using DeleteRow = sql::Statement<1>;
    struct Writing {
        Upsert upsert;
        DeleteRow deleteContacts;
        InsertContact insertContact;
        DeleteRow deleteWords;
        InsertWords insertWords;
        DeleteRow deletePerson;
        DeleteRow deleteLinks;
        InsertContact insertLink;
    };
    PersonRows(sql::Database& db, Origins& origins, Select select, Find find, std::optional<Writing> writing)
        : m_db(&db), m_origins(&origins), m_select(std::move(select)), m_find(std::move(find)),
          m_writing(std::move(writing)) {}
    Result<void> write(PersonKey key, const PersonState& state);

    sql::Database* m_db;
    Origins* m_origins;
    Select m_select;
    Find m_find;
    std::optional<Writing> m_writing;
};

}  // namespace wl::store
