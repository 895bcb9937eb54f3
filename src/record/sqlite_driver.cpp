#include "record/sqlite_driver.hpp"

#include <sqlite3.h>

#include <cerrno>

#include "base/error.hpp"

namespace mithaq::record {

namespace {

// True if the system refused a write because of room. SQLite calls it SQLITE_FULL only if the disk itself is
// full, not if a quota or a limit on files is reached. Each file keeps the last error that it met;
// sqlite3_system_errno() gives what is left in errno after everything was rolled back.
bool is_out_of_space(sqlite3* handle) {
  const auto refused = [](sqlite3_file* file) {
    int system_error = 0;
    return file != nullptr && file->pMethods != nullptr &&
           file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &system_error) == SQLITE_OK &&
           (system_error == ENOSPC || system_error == EFBIG || system_error == EDQUOT);
  };
  sqlite3_file *record = nullptr, *log = nullptr;
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &record);
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  return refused(record) || refused(log);
}

[[noreturn]] void fail(sqlite3* handle, const std::string& path, int code) {
  const std::string where = "the record " + path;
  const std::string why = handle == nullptr ? "out of memory" : sqlite3_errmsg(handle);
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorKind::conflict,
                  where + " is being written by another program: try again when it has finished");
    case SQLITE_FULL:
      throw Error(ErrorKind::no_space,
                  "no space is left for " + where + ": nothing of this batch was written");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw Error(ErrorKind::unavailable, where + " cannot be written (" + why + ")");
    case SQLITE_IOERR:
      if (handle != nullptr && is_out_of_space(handle))
        throw Error(
            ErrorKind::no_space,
            where + " cannot be written: the disk is full, or a limit on the size of files is reached");
      [[fallthrough]];
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
      throw Error(ErrorKind::unavailable, where + " cannot be read or written (" + why + ")");
    case SQLITE_NOTADB:
      throw Error(ErrorKind::corrupt, path + " is not a record of Mithaq");
    case SQLITE_CORRUPT:
      throw Error(ErrorKind::corrupt, where + " is damaged (" + why + ")");
    case SQLITE_CONSTRAINT:
      throw Error(ErrorKind::corrupt, where + " holds rows that contradict each other (" + why + ")");
    case SQLITE_TOOBIG:
      throw Error(ErrorKind::invalid_input, "a text is too long for " + where);
    default:
      throw Error(ErrorKind::bug, where + ": " + why);
  }
}

class SqliteConnection;

class SqliteStatement final : public driver::Statement {
 public:
  SqliteStatement(const SqliteConnection& connection, sqlite3_stmt* statement)
      : connection_(connection), statement_(statement) {}
  ~SqliteStatement() override { sqlite3_finalize(statement_); }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  void bind(int at, std::nullptr_t) override { sqlite3_bind_null(statement_, at); }
  void bind(int at, std::int64_t value) override { sqlite3_bind_int64(statement_, at, value); }
  void bind(int at, double value) override { sqlite3_bind_double(statement_, at, value); }
  void bind(int at, std::string_view text) override {
    require(sqlite3_bind_text64(statement_, at, text.data() == nullptr ? "" : text.data(), text.size(),
                                SQLITE_STATIC, SQLITE_UTF8));
  }
  void bind(int at, Blob blob) override {
    require(sqlite3_bind_blob64(statement_, at, blob.bytes.data() == nullptr ? "" : blob.bytes.data(),
                                blob.bytes.size(), SQLITE_STATIC));
  }

  bool step() override {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    require(sqlite3_extended_errcode(sqlite3_db_handle(statement_)));
    return false;
  }
  void run() override {
    const int code = sqlite3_step(statement_);
    const int failed =
        code == SQLITE_DONE ? SQLITE_OK : sqlite3_extended_errcode(sqlite3_db_handle(statement_));
    sqlite3_reset(statement_);  // no lock stays behind; after a failure its message does
    require(failed);
  }
  void reset() noexcept override { sqlite3_reset(statement_); }

  int columns() const override { return sqlite3_column_count(statement_); }
  Type type(int column) const override {
    switch (sqlite3_column_type(statement_, column)) {
      case SQLITE_NULL:
        return Type::null;
      case SQLITE_INTEGER:
        return Type::integer;
      case SQLITE_TEXT:
        return Type::text;
      default:
        return Type::other;
    }
  }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  std::string_view text(int column) const override {
    return bytes(reinterpret_cast<const char*>(sqlite3_column_text(statement_, column)), column);
  }
  std::string_view blob(int column) const override {
    return bytes(static_cast<const char*>(sqlite3_column_blob(statement_, column)), column);
  }

 private:
  std::string_view bytes(const char* begin, int column) const {
    if (begin == nullptr) return {};
    return {begin, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  void require(int code) const;

  const SqliteConnection& connection_;
  sqlite3_stmt* statement_;
};

class SqliteConnection final : public driver::Connection {
 public:
  SqliteConnection(sqlite3* handle, std::filesystem::path path) : handle_(handle), path_(std::move(path)) {}
  ~SqliteConnection() override { sqlite3_close_v2(handle_); }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Dialect dialect() const override { return Dialect::sqlite; }
  std::unique_ptr<driver::Statement> prepare(std::string_view sql, bool) override {
    sqlite3_stmt* statement = nullptr;
    require(sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                               &statement, nullptr));
    return std::make_unique<SqliteStatement>(*this, statement);
  }
  std::unique_ptr<driver::RowSink> rows_into(const std::string& table, std::size_t columns) override;
  void script(const std::string& sql) override {
    require(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
  }
  std::int64_t changes() const override { return sqlite3_changes64(handle_); }
  bool has_table(std::string_view name) override {
    const auto query =
        prepare("select 1 from main.sqlite_schema where type in ('table','view') and name=?1", false);
    query->bind(1, name);
    return query->step();
  }
  bool in_transaction() const override { return sqlite3_get_autocommit(handle_) == 0; }
  void begin(driver::Begin kind) override {
    script(kind == driver::Begin::read ? "begin" : "begin immediate");
  }
  void commit() override { script("commit"); }
  void rollback() noexcept override {
    if (!in_transaction()) return;  // SQLite rolls back by itself after some errors
    sqlite3_exec(handle_, "rollback", nullptr, nullptr, nullptr);
  }

  sqlite3* handle() const { return handle_; }
  void require(int code) const {
    if (code != SQLITE_OK) fail(handle_, path_.string(), code);
  }

 private:
  sqlite3* handle_;
  std::filesystem::path path_;
};

class SqliteRows final : public driver::RowSink {
 public:
  explicit SqliteRows(std::unique_ptr<driver::Statement> insert) : insert_(std::move(insert)) {}
  void add(std::span<const Cell> row) override {
    driver::bind_all(*insert_, row);
    insert_->run();
  }

 private:
  std::unique_ptr<driver::Statement> insert_;
};

std::unique_ptr<driver::RowSink> SqliteConnection::rows_into(const std::string& table, std::size_t columns) {
  std::string sql = "insert into " + table + " values(?1";
  for (std::size_t column = 2; column <= columns; ++column) sql += ",?" + std::to_string(column);
  return std::make_unique<SqliteRows>(prepare(sql + ")", false));
}

void SqliteStatement::require(int code) const {
  connection_.require(code);
}

}  // namespace

sqlite3* sqlite_handle(Database& database) {
  expect(database.dialect() == Dialect::sqlite, "a record that is a file");
  return static_cast<SqliteConnection&>(database.connection()).handle();
}

void fail_sqlite(Database& database, int code) {
  fail(sqlite_handle(database), database.name(), code);
}

std::unique_ptr<driver::Connection> driver::open_sqlite(const std::filesystem::path& path, OpenMode mode,
                                                        std::chrono::milliseconds patience) {
  const bool in_memory = path == ":memory:";
  std::error_code none;
  if (!in_memory && mode != OpenMode::create && !std::filesystem::exists(path, none)) {
    throw Error(ErrorKind::not_found, "there is no record at " + path.string());
  }
  // Its count of memory, which nobody asks for, costs a lock for each piece. Refused, without harm, once
  // SQLite runs: then somebody set it before.
  static const int without_count = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(without_count);
  const auto try_open = [&](const std::string& name, int flags) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    auto connection = std::make_unique<SqliteConnection>(handle, path);
    if (handle == nullptr) fail(nullptr, path.string(), SQLITE_NOMEM);
    connection->require(code);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
    return connection;
  };
  if (mode != OpenMode::read) {
    return try_open(path.string(),
                    SQLITE_OPEN_READWRITE | (mode == OpenMode::create ? SQLITE_OPEN_CREATE : 0));
  }
  auto connection = try_open(path.string(), SQLITE_OPEN_READONLY);
  try {
    connection->prepare("select count(*) from sqlite_schema", false)->step();
    return connection;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::unavailable) throw;
  }
  // On read-only media SQLite cannot make the file that readers of a write-ahead log share. Nobody can be
  // writing there, so the file is read as it stands; a log that was left over would not be seen.
  const std::filesystem::path log = path.string() + "-wal";
  if (std::filesystem::exists(log, none) && std::filesystem::file_size(log, none) > 0) {
    throw Error(ErrorKind::unavailable,
                "the record " + path.string() +
                    " was not closed properly and cannot be recovered on read-only media: "
                    "copy it, with its -wal file, to a place that can be written");
  }
  std::string name = "file:";
  for (const char byte : std::filesystem::absolute(path).string()) {
    if (byte == '%' || byte == '?' || byte == '#') {
      static constexpr char kHex[] = "0123456789ABCDEF";
      name += '%';
      name += kHex[static_cast<unsigned char>(byte) >> 4];
      name += kHex[static_cast<unsigned char>(byte) & 15];
    } else {
      name += byte;
    }
  }
  return try_open(name + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

}  // namespace mithaq::record
