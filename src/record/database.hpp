// A thin layer over SQLite and PostgreSQL: one SQL text for both, prepared statements kept for the next time,
// errors as ours, one transaction at a time.
//
// SQL that both understand: arguments are ?1, ?2 …; numbers are 64 bits wide, truth values are numbers; texts
// compare byte by byte; "on conflict do update", "returning" and "limit … offset" are the same. What differs
// (types in "create table") goes through schema_text. Whoever keeps tables beside the record opens a database
// of its own by the record's location.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "record/driver.hpp"
#include "record/location.hpp"

namespace mithaq::record {

// An argument of a statement whose text was put together at run time.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

class Database;

// Two programs were in each other's way and PostgreSQL gave this one up: the whole transaction may be tried
// again (run_transaction does).
class TransientConflict : public Error {
 public:
  explicit TransientConflict(const std::string& message) : Error(ErrorKind::conflict, message) {}
};

namespace driver {
// Statements of one text that nobody is running, and how many are running.
struct Statements {
  std::vector<std::unique_ptr<Statement>> idle{};
  std::size_t running = 0;
};
}  // namespace driver

// A statement that is running. Texts it gives are valid until the next step.
class Query {
 public:
  ~Query();
  // Runs a statement that gives no rows once more, with other arguments.
  void run_again(std::span<const Cell> arguments);
  Query(Query&& other) noexcept;
  Query& operator=(Query&&) = delete;
  Query(const Query&) = delete;

  // The next row; false if there is none.
  bool step() { return statement_->step(); }
  std::int64_t integer(int column) const { return statement_->integer(column); }
  double real(int column) const { return statement_->real(column); }
  std::string_view text(int column) const { return statement_->text(column); }
  std::string_view blob(int column) const { return statement_->blob(column); }
  bool is_null(int column) const { return statement_->type(column) == driver::Statement::Type::null; }
  bool is_integer(int column) const { return statement_->type(column) == driver::Statement::Type::integer; }
  Cell cell(int column) const;
  int columns() const { return statement_->columns(); }
  // True if a column of both rows has the same type and value.
  bool same_value(const Query& other, int column) const;

 private:
  friend class Database;
  Query(driver::Statements& home, std::unique_ptr<driver::Statement> statement)
      : home_(&home), statement_(std::move(statement)) {}

  void bind(int at, std::nullptr_t) { statement_->bind(at, nullptr); }
  void bind(int at, double value) { statement_->bind(at, value); }
  void bind(int at, std::string_view text) { statement_->bind(at, text); }
  void bind(int at, Blob blob) { statement_->bind(at, blob); }
  void bind(int at, const std::string& text) { bind(at, std::string_view(text)); }
  void bind(int at, const char* text) { bind(at, std::string_view(text)); }
  template <std::integral Number>
  void bind(int at, Number value) {
    statement_->bind(at, static_cast<std::int64_t>(value));
  }

  driver::Statements* home_;  // where it goes when nobody runs it
  std::unique_ptr<driver::Statement> statement_;
};

class Database {
 public:
  using Mode = driver::OpenMode;
  //   throws  Error{not_found, unavailable, conflict, corrupt} as said in sql_store.hpp
  static std::unique_ptr<Database> open(const Location& location, Mode mode,
                                        std::chrono::milliseconds patience);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Dialect dialect() const { return connection_->dialect(); }

  // Begins a statement with ?1, ?2 … bound to the arguments. Texts must outlive the query: a text that ends
  // with the line is refused by the compiler.
  template <typename... Arguments>
  Query query(std::string_view sql, Arguments&&... arguments) {
    static_assert((kOutlives<Arguments> && ...), "a text must outlive the query: give it a name");
    return bound(prepare(sql, false), arguments...);
  }
  // The same for rows that may be more than memory holds. On PostgreSQL they come a few at a time from one
  // state of the record; no transaction may begin or end before the query's own end.
  template <typename... Arguments>
  Query scan(std::string_view sql, Arguments&&... arguments) {
    static_assert((kOutlives<Arguments> && ...), "a text must outlive the query: give it a name");
    return bound(prepare(sql, true), arguments...);
  }
  // With arguments that must outlive the query.
  Query query_with(std::string_view sql, std::span<const Value> arguments) {
    return bound_to(prepare(sql, false), arguments);
  }
  Query scan_with(std::string_view sql, std::span<const Value> arguments) {
    return bound_to(prepare(sql, true), arguments);
  }
  // Runs a statement that gives no rows.
  template <typename... Arguments>
  void run(std::string_view sql, const Arguments&... arguments) {
    query(sql, arguments...).step();
  }
  // The first column of the first row, or `otherwise`.
  template <typename... Arguments>
  std::int64_t integer(std::string_view sql, std::int64_t otherwise, const Arguments&... arguments) {
    Query made = query(sql, arguments...);
    return made.step() && !made.is_null(0) ? made.integer(0) : otherwise;
  }
  // Several statements without arguments.
  void script(const std::string& sql) { connection_->script(sql); }
  // Several "create" statements, through schema_text.
  void create(std::string_view sql);
  // Rows that the last statement changed.
  std::int64_t changes() const { return connection_->changes(); }
  bool has_table(std::string_view name) { return connection_->has_table(name); }
  bool in_transaction() const { return connection_->in_transaction(); }

  const Location& location() const { return location_; }
  // As people may see it.
  std::string name() const { return location_.shown(); }
  driver::Connection& connection() { return *connection_; }

 private:
  friend class Transaction;
  Database(std::unique_ptr<driver::Connection> connection, Location location)
      : connection_(std::move(connection)), location_(std::move(location)) {}
  // Arguments is what a forwarding reference deduces: no reference, if the argument is a temporary.
  template <typename Argument>
  static constexpr bool kOutlives = !std::is_same_v<std::remove_cv_t<Argument>, std::string>;
  Query prepare(std::string_view sql, bool scan);
  void forget_idle();

  template <typename... Arguments>
  static Query bound(Query made, const Arguments&... arguments) {
    int at = 0;
    (made.bind(++at, arguments), ...);
    return made;
  }
  static Query bound_to(Query made, std::span<const Value> arguments) {
    int at = 0;
    for (const Value& each : arguments) {
      ++at;
      std::visit([&](const auto& value) { made.bind(at, value); }, each);
    }
    return made;
  }

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Cache = std::unordered_map<std::string, driver::Statements, TextHash, std::equal_to<>>;
  std::unique_ptr<driver::Connection> connection_;
  Location location_;
  Cache queries_{}, scans_{};  // by their SQL
};

// Adds rows to a table, column by column in its order. On PostgreSQL they travel together, many at a time: at
// the latest when a statement names the table, or the transaction is committed. One transaction at a time
// uses it.
class RowInserter {
 public:
  RowInserter(Database& database, const std::string& table, std::size_t columns)
      : sink_(database.connection().rows_into(table, columns)) {}
  void add(std::span<const Cell> row) { sink_->add(row); }

 private:
  std::unique_ptr<driver::RowSink> sink_;
};

// "create table" and the like as a dialect says it. Written with SQLite's words (integer, text, blob, real,
// "without rowid"), and "identity" for a number that the database gives to each row as its primary key:
//   create table jobs(id identity, state text not null, head blob, unique(state))
// A type is a word that comes right after a column's name.
std::string schema_text(Dialect dialect, std::string_view sql);

// One transaction; rolled back unless it is committed.
class Transaction {
 public:
  // read    one state of the database throughout
  // write   one writer at a time in the whole record
  // beside  writes to tables beside the log, e.g. jobs: on PostgreSQL several do so at once and lock rows
  enum class Kind { read, write, beside };
  Transaction(Database& database, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

// Inside a transaction: what fails until it is released is undone, and the transaction goes on.
class Savepoint {
 public:
  explicit Savepoint(Database& database);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  void release();

 private:
  Database& database_;
  bool open_ = true;
};

// Runs something inside a transaction and commits; tries again where programs were in each other's way.
//   throws  what `run` throws; TransientConflict after the last attempt
template <typename Run>
void run_transaction(Database& database, Transaction::Kind kind, const Run& run) {
  constexpr int kAttempts = 6;
  for (int attempt = 1;; ++attempt) {
    try {
      Transaction transaction(database, kind);
      run();
      transaction.commit();
      return;
    } catch (const TransientConflict&) {
      if (attempt == kAttempts) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5 << attempt));
  }
}

}  // namespace mithaq::record
