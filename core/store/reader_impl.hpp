// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the store: the read connection that Reader and FacetReader share.

#include "store/case_rows.hpp"
#include "store/message_queries.hpp"
#include "store/op_log.hpp"
#include "store/person_rows.hpp"
#include "store/reader.hpp"

namespace wl::store {

struct SearchTerms;

class Reader::Impl {
public:
    explicit Impl(sql::Database database) : db(std::move(database)) {}
    Result<void> prepare(const RealmSecrets& realm);

    using RowSelect = sql::Statement<1, 34>;
    struct Statements {
        RowSelect row;
        sql::Statement<1, 1> byNumber, byId, byRequester, byContact;
        sql::Statement<2, 1> byExternal, byInteraction, words, nextTerm;
        sql::Statement<2, 2> names;
        sql::Statement<2, 3> cells;
        sql::Statement<1, 3> ops;
        sql::Statement<1, 3> voids;
        sql::Statement<2, 1> holders;
    };
    Result<std::vector<CaseKey>> keys(sql::Statement<1, 1>& statement);
    void foresee(DerivedCase& clock, Status status, const std::string& service, const std::string& department,
                 const std::string& area, Instant requested) const;
    struct WordQuery {
        std::string text;  ///< FTS5 expression; empty where nothing was typed
        bool whole{true};  ///< false: words with very many endings are asked for by the first of them alone
    };
    /// Every word of `typed`, each as the beginning of one. Words with few endings are asked for by these: FTS5 makes
    /// the list of a prefix before its first answer, the lists of whole words it reads as it goes.
    Result<WordQuery> wordQuery(const SearchTerms& typed, bool bounded);

    std::shared_ptr<const Foresight> foresight;
    sql::Database db;
    Origins origins;
    Terms terms;
    std::unique_ptr<StoreKeyRing> keyRing;
    std::optional<CaseLoader> loader;
    std::optional<PersonRows> persons;
    std::optional<LogReader> log;
    std::optional<Statements> sql;
    std::optional<MessageQueries> messages;
};

/// What a typed text asks for.
struct SearchTerms {
    std::string number;  ///< normalised case number, if it is one
    std::string digits;  ///< if it looks like a phone number
    std::vector<std::string> words;  ///< lower-case, for the word index
};
[[nodiscard]] SearchTerms parseSearch(std::string_view text);

/// Three-letter pieces of a name as an FTS5 expression that matches any of them; empty if it is too short.
[[nodiscard]] std::string trigramQuery(std::string_view name);

/// How alike two names are, 0…1: the better of edit distance over words in any order and over the whole.
[[nodiscard]] double nameLikeness(std::string_view a, std::string_view b);

}  // namespace wl::store
