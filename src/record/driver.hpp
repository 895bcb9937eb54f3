// What a database has to offer so that database.hpp works on it: one connection, its statements.
//
// SQLite: sqlite_driver.cpp. PostgreSQL: postgres_driver.cpp.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "record/location.hpp"

namespace mithaq::record {

enum class Dialect { sqlite, postgresql };

// Bytes among the arguments of a statement or the columns of a row.
struct Blob {
  std::string_view bytes;
};

// One column of a row; its text must outlive the use of it.
struct Cell {
  enum class Type : std::uint8_t { null, integer, text, other };  // other: bytes
  Cell(std::nullptr_t) {}                                         // NOLINT: values become cells by themselves
  template <std::integral Number>
  Cell(Number value) : type(Type::integer), number(static_cast<std::int64_t>(value)) {}
  Cell(std::string_view value) : type(Type::text), text(value) {}
  Cell(const std::string& value) : Cell(std::string_view(value)) {}
  Cell(const char* value) : Cell(std::string_view(value)) {}
  Cell(Blob value) : type(Type::other), text(value.bytes) {}

  Type type = Type::null;
  std::int64_t number = 0;
  std::string_view text{};
};

namespace driver {

// A statement, prepared once and run again and again. Texts that are bound must outlive the run; texts that
// it gives are valid until the next step.
class Statement {
 public:
  enum class Type : std::uint8_t { null, integer, text, other };

  virtual ~Statement() = default;
  // Arguments are numbered from 1.
  virtual void bind(int at, std::nullptr_t) = 0;
  virtual void bind(int at, std::int64_t value) = 0;
  virtual void bind(int at, double value) = 0;
  virtual void bind(int at, std::string_view text) = 0;
  virtual void bind(int at, Blob blob) = 0;

  // The next row; the first call runs the statement.
  virtual bool step() = 0;
  // Runs a statement that gives no rows, and resets it.
  virtual void run() = 0;
  // Ends a run; the arguments are bound anew before the next.
  virtual void reset() noexcept = 0;

  // Columns are numbered from 0.
  virtual int columns() const = 0;
  virtual Type type(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::string_view blob(int column) const = 0;
};

void bind_all(Statement& statement, std::span<const Cell> cells);

// Takes rows for one table; see RowInserter in database.hpp.
class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void add(std::span<const Cell> row) = 0;
};

enum class Begin { read, write, beside };  // as Transaction::Kind in database.hpp

class Connection {
 public:
  virtual ~Connection() = default;
  virtual Dialect dialect() const = 0;
  // A statement with ?1, ?2 … for arguments; "main." and "temp." before the names of tables mean the record's
  // and the temporary schema.
  //   scan  its rows are fetched a few at a time, because they may be more than memory holds
  virtual std::unique_ptr<Statement> prepare(std::string_view sql, bool scan) = 0;
  virtual std::unique_ptr<RowSink> rows_into(const std::string& table, std::size_t columns) = 0;
  // Several statements without arguments.
  virtual void script(const std::string& sql) = 0;
  virtual std::int64_t changes() const = 0;
  virtual bool has_table(std::string_view name) = 0;
  virtual bool in_transaction() const = 0;
  virtual void begin(Begin kind) = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
};

enum class OpenMode { create, write, read };

std::unique_ptr<Connection> open_sqlite(const std::filesystem::path& path, OpenMode mode,
                                        std::chrono::milliseconds patience);
std::unique_ptr<Connection> open_postgresql(const Location& location, OpenMode mode,
                                            std::chrono::milliseconds patience);

}  // namespace driver
}  // namespace mithaq::record
