// The full-text index of the paragraphs: on SQLite an FTS5 table (fts5_index.cpp), on PostgreSQL tsvectors
// with GIN indexes (gin_index.cpp). Both are made of our analyzer's terms and answer every question with the
// same rows.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/analyzer.hpp"
#include "record/database.hpp"
#include "record/text_question.hpp"

namespace mithaq::record {

class TextIndex {
 public:
  //   throws  Error{unavailable} if the database's library has no full-text search
  static std::unique_ptr<TextIndex> open(Database& database, std::shared_ptr<const Analyzer> analyzer);
  virtual ~TextIndex() = default;

  // ---- writing, inside a transaction

  virtual void create() = 0;
  virtual void drop() = 0;
  virtual void add(ParagraphRowId row, std::string_view text) = 0;
  // Takes rows from `first` on, before `end`, out; the table of paragraphs still has them.
  virtual void remove(ParagraphRowId first, ParagraphRowId end) = 0;
  // Writes what was kept back; called before each commit.
  virtual void finish() {}
  // Forgets what was kept back or looked up: a transaction was rolled back, or another program has written.
  virtual void forget() {}
  // After texts were erased: none of their words stays anywhere in the index.
  virtual void scrub() = 0;

  // ---- reading

  // False if the index does not hold exactly the terms of the paragraphs; true where it cannot be looked at
  // (SQLite checks by writing).
  virtual bool is_whole() = 0;

  struct Totals {
    double rows = 0;
    double terms = 0;  // of all rows
  };
  // The rows and terms of the whole index; nothing if none of these phrases stands anywhere.
  virtual std::optional<Totals> totals(std::span<const Phrase> phrases) = 0;

  // Gives the rows that hold a phrase from the newest to the oldest, `limit` at most, until `take` says
  // false.
  virtual void each_row(const Phrase& phrase, std::size_t limit,
                        const std::function<bool(ParagraphRowId row)>& take) = 0;

  struct Match {
    ParagraphRowId row = 0;
    bool let_through = true;                 // if not, nothing below is known
    std::int64_t terms = 0;                  // how long the paragraph is
    std::span<const std::int64_t> counts{};  // how often each scored phrase of the question stands in it
    Totals totals{};
  };
  struct Bounds {
    ParagraphRowId from = 0;
    ParagraphRowId to = 0;  // included
    std::size_t limit = 0;  // at most so many matches, those that are not let through too
  };
  // Gives the rows that answer a question from the newest to the oldest, until `take` says false.
  //   lets_through  asked for each, in this order; all are if it is empty
  virtual void each_match(const TextQuestion& question, const Bounds& bounds,
                          const std::function<bool(ParagraphRowId row)>& lets_through,
                          const std::function<bool(const Match& match)>& take) = 0;

  // "select …" of the rows that answer a question, for a statement whose arguments `argument` takes.
  //   requires  every phrase of the question is one word
  virtual std::string select_rows(const TextQuestion& question,
                                  const std::function<std::string(Value value)>& argument) = 0;
};

// The one kind for a dialect; TextIndex::open chooses.
std::unique_ptr<TextIndex> open_fts5_index(Database& database, std::shared_ptr<const Analyzer> analyzer);
std::unique_ptr<TextIndex> open_gin_index(Database& database, std::shared_ptr<const Analyzer> analyzer);

}  // namespace mithaq::record
