// A thin layer over SQLite: prepared statements kept for the next time, errors as ours, one transaction at a
// time. The SQL that goes through it is the part that PostgreSQL understands too; what differs stands in
// schema.hpp.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace mithaq::record {

// An argument of a statement whose text was put together at run time.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

// A place for bytes among the arguments of a statement.
struct Blob {
  std::string_view bytes;
};

// One column of a row; its text must outlive the use of it.
struct Cell {
  enum class Type : std::uint8_t { null, integer, text, other };  // other: read, but never written by us
  Cell(std::nullptr_t) {}                                         // NOLINT: values become cells by themselves
  template <std::integral Number>
  Cell(Number value) : type(Type::integer), number(static_cast<std::int64_t>(value)) {}
  Cell(std::string_view value) : type(Type::text), text(value) {}
  Cell(const std::string& value) : Cell(std::string_view(value)) {}
  Cell(const char* value) : Cell(std::string_view(value)) {}

  Type type = Type::null;
  std::int64_t number = 0;
  std::string_view text{};
};

class Database;

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
  bool step();
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;
  std::string_view blob(int column) const;
  bool is_null(int column) const;
  bool is_integer(int column) const;
  Cell cell(int column) const;
  int columns() const;
  // True if a column of both rows has the same type and value.
  bool same_value(const Query& other, int column) const;

 private:
  friend class Database;
  using Idle = std::vector<sqlite3_stmt*>;
  Query(Database& database, Idle& idle, sqlite3_stmt* statement)
      : database_(&database), idle_(&idle), statement_(statement) {}

  void bind(int at, std::nullptr_t);
  void bind(int at, std::int64_t value);
  void bind(int at, double value);
  void bind(int at, std::string_view text);
  void bind(int at, Blob blob);
  void bind(int at, const std::string& text) { bind(at, std::string_view(text)); }
  void bind(int at, const char* text) { bind(at, std::string_view(text)); }
  template <std::integral Number>
  void bind(int at, Number value) {
    bind(at, static_cast<std::int64_t>(value));
  }

  Database* database_;
  Idle* idle_;  // where it goes when nobody runs it
  sqlite3_stmt* statement_;
};

class Database {
 public:
  enum class Mode { create, write, read };
  //   throws  Error{not_found, unavailable, conflict, corrupt} as said in sqlite_store.hpp
  static std::unique_ptr<Database> open(const std::filesystem::path& path, Mode mode,
                                        std::chrono::milliseconds patience);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Begins a statement with ?1, ?2 … bound to the arguments. Texts must outlive the query.
  template <typename... Arguments>
  Query query(std::string_view sql, const Arguments&... arguments) {
    Query made = prepare(sql);
    int at = 0;
    (made.bind(++at, arguments), ...);
    return made;
  }
  // The same with arguments that must outlive the query.
  Query query_with(std::string_view sql, std::span<const Value> arguments) {
    Query made = prepare(sql);
    int at = 0;
    for (const Value& each : arguments) {
      ++at;
      std::visit([&](const auto& value) { made.bind(at, value); }, each);
    }
    return made;
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
  void script(const std::string& sql);
  // Rows that the last statement changed.
  std::int64_t changes() const;
  bool in_transaction() const;

  sqlite3* handle() const { return handle_; }
  const std::filesystem::path& path() const { return path_; }
  [[noreturn]] void fail(int code) const;

 private:
  friend class Query;
  Database(sqlite3* handle, std::filesystem::path path) : handle_(handle), path_(std::move(path)) {}
  Query prepare(std::string_view sql);

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  sqlite3* handle_;
  std::filesystem::path path_;
  // Statements that nobody is running, by their SQL.
  std::unordered_map<std::string, std::vector<sqlite3_stmt*>, TextHash, std::equal_to<>> idle_{};
};

// One transaction; rolled back unless it is committed.
class Transaction {
 public:
  enum class Kind { read, write };
  Transaction(Database& database, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace mithaq::record
