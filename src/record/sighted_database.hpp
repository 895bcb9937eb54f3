// The one place where every question of the view learns what somebody may see.
//
// A question names its tables with an "@" before them, "select … from @statements t …". For who may see
// everything the sign goes away; else each such table is only what belongs to documents that may be seen. So
// a new question obeys by being written like the others, and what is hidden is as if it had never been read.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "record/database.hpp"
#include "record/sight.hpp"

namespace mithaq::record {

// A query with arguments of its own.
class SightedQuery {
  std::unique_ptr<std::vector<Value>> held_;  // before the query, which reads them
  Query query_;

 public:
  SightedQuery(std::unique_ptr<std::vector<Value>> held, Query&& query)
      : held_(std::move(held)), query_(std::move(query)) {}
  operator Query&() { return query_; }  // NOLINT: it is one
  bool step() { return query_.step(); }
  std::int64_t integer(int column) const { return query_.integer(column); }
  std::string_view text(int column) const { return query_.text(column); }
  std::string_view blob(int column) const { return query_.blob(column); }
  bool is_null(int column) const { return query_.is_null(column); }
  const Query& row() const { return query_; }
};

// A database as somebody sees it. One thread at a time.
class SightedDatabase {
 public:
  explicit SightedDatabase(Database& database) : database_(database) {}

  void look_as(Sight sight);
  const Sight& sight() const { return sight_; }
  bool sees_everything() const { return sight_.everything; }

  // As Database::query; "@" before a table of the view. Texts must outlive the query.
  template <typename... Arguments>
  SightedQuery query(std::string_view sql, const Arguments&... arguments) {
    const std::string& text = expanded(sql, sizeof...(arguments));
    if (sight_.everything) return {nullptr, database_.query(text, arguments...)};
    auto values = std::make_unique<std::vector<Value>>();
    (values->push_back(value_of(arguments)), ...);
    return with_sight(text, std::move(values));
  }
  SightedQuery query_with(std::string_view sql, std::span<const Value> arguments) {
    const std::string& text = expanded(sql, arguments.size());
    if (sight_.everything) return {nullptr, database_.query_with(text, arguments)};
    return with_sight(text, std::make_unique<std::vector<Value>>(arguments.begin(), arguments.end()));
  }
  template <typename... Arguments>
  std::int64_t integer(std::string_view sql, std::int64_t otherwise, const Arguments&... arguments) {
    SightedQuery made = query(sql, arguments...);
    return made.step() && !made.is_null(0) ? made.integer(0) : otherwise;
  }
  // Throws not_open() if the same question has an answer for who sees everything: what was asked for is
  // hidden, not missing.
  template <typename... Arguments>
  void refuse_if_hidden(std::string_view sql, const Arguments&... arguments) {
    if (sight_.everything) return;
    if (database_.query(plain(sql), arguments...).step()) throw not_open();
  }

  // The sections that may be seen, for the full-text index, which knows only rows.
  class Sections {
   public:
    bool contains(std::int64_t section) const;
    const std::vector<std::int64_t>& list() const { return sections_; }  // ascending
    std::size_t paragraphs() const { return before_.empty() ? 0 : before_.back(); }
    // How many paragraphs stand in this section and the later ones.
    std::size_t paragraphs_from(std::int64_t section) const;

   private:
    friend class SightedDatabase;
    std::vector<std::int64_t> sections_{};
    std::vector<std::size_t> before_{0};  // paragraphs before each section, and before the end
  };
  // Read once for each sight and state of the record.
  const Sections& sections();

 private:
  template <typename Argument>
  static Value value_of(const Argument& argument) {
    if constexpr (std::is_integral_v<Argument>) {
      return static_cast<std::int64_t>(argument);
    } else if constexpr (std::is_convertible_v<Argument, std::string_view>) {
      return std::string(std::string_view(argument));
    } else {
      return argument;
    }
  }
  SightedQuery with_sight(const std::string& text, std::unique_ptr<std::vector<Value>> values);
  // The SQL without signs, or with what they stand for and the sight's arguments after `arguments` others.
  const std::string& expanded(std::string_view sql, std::size_t arguments);
  const std::string& plain(std::string_view sql);

  // What changes the visible sections beside new ones, which are read in addition.
  using State = std::array<std::int64_t, 3>;
  struct Kept {
    Sight sight{};
    State state{};
    std::int64_t last_section = -1;
    Sections sections{};
    std::uint64_t used = 0;
  };

  Database& database_;
  Sight sight_{};
  std::size_t places_ = 0;  // for handlings in an expanded text: a power of 2, so that few texts are made
  std::map<std::pair<std::string, std::size_t>, std::string, std::less<>> texts_{};  // by SQL and places
  std::vector<Kept> kept_{};
  std::uint64_t uses_ = 0;
};

}  // namespace mithaq::record
