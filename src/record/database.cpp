#include "record/database.hpp"

#include <sqlite3.h>

#include "base/error.hpp"

namespace mithaq::record {

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  idle_->push_back(statement_);
}

Query::Query(Query&& other) noexcept
    : database_(other.database_), idle_(other.idle_), statement_(other.statement_) {
  other.statement_ = nullptr;
}

bool Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  database_->fail(sqlite3_extended_errcode(database_->handle()));
}

void Query::run_again(std::span<const Cell> arguments) {
  sqlite3_reset(statement_);
  int at = 0;
  for (const Cell& each : arguments) {
    ++at;
    switch (each.type) {
      case Cell::Type::null:
        bind(at, nullptr);
        break;
      case Cell::Type::integer:
        bind(at, each.number);
        break;
      case Cell::Type::text:
      case Cell::Type::other:
        bind(at, each.text);
        break;
    }
  }
  const int code = sqlite3_step(statement_);
  const int failed = code == SQLITE_DONE ? SQLITE_OK : sqlite3_extended_errcode(database_->handle());
  sqlite3_reset(statement_);  // no lock stays behind; after a failure its message does
  if (failed != SQLITE_OK) database_->fail(failed);
}

std::int64_t Query::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}
double Query::real(int column) const {
  return sqlite3_column_double(statement_, column);
}
bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
bool Query::is_integer(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
}
Cell Query::cell(int column) const {
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_NULL:
      return {nullptr};
    case SQLITE_INTEGER:
      return {integer(column)};
    case SQLITE_TEXT:
      return {text(column)};
    default: {
      Cell other(blob(column));
      other.type = Cell::Type::other;
      return other;
    }
  }
}
int Query::columns() const {
  return sqlite3_column_count(statement_);
}

bool Query::same_value(const Query& other, int column) const {
  const int type = sqlite3_column_type(statement_, column);
  if (type != sqlite3_column_type(other.statement_, column)) return false;
  if (type == SQLITE_NULL) return true;
  if (type == SQLITE_INTEGER) return integer(column) == other.integer(column);
  return blob(column) == other.blob(column);
}

std::string_view Query::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return bytes == nullptr
             ? std::string_view{}
             : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::string_view Query::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return bytes == nullptr
             ? std::string_view{}
             : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

void Query::bind(int at, std::nullptr_t) {
  sqlite3_bind_null(statement_, at);
}
void Query::bind(int at, std::int64_t value) {
  sqlite3_bind_int64(statement_, at, value);
}
void Query::bind(int at, double value) {
  sqlite3_bind_double(statement_, at, value);
}

void Query::bind(int at, std::string_view text) {
  const int code = sqlite3_bind_text64(statement_, at, text.data() == nullptr ? "" : text.data(), text.size(),
                                       SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) database_->fail(code);
}

void Query::bind(int at, Blob blob) {
  const int code = sqlite3_bind_blob64(statement_, at, blob.bytes.data() == nullptr ? "" : blob.bytes.data(),
                                       blob.bytes.size(), SQLITE_STATIC);
  if (code != SQLITE_OK) database_->fail(code);
}

std::unique_ptr<Database> Database::open(const std::filesystem::path& path, Mode mode,
                                         std::chrono::milliseconds patience) {
  const bool in_memory = path == ":memory:";
  std::error_code none;
  if (!in_memory && mode != Mode::create && !std::filesystem::exists(path, none)) {
    throw Error(ErrorKind::not_found, "there is no record at " + path.string());
  }
  // Its count of memory, which nobody asks for, costs a lock for each piece. Refused, without harm, once
  // SQLite runs: then somebody set it before.
  static const int without_count = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(without_count);
  const auto try_open = [&](const std::string& name, int flags) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<Database> database(new Database(handle, path));
    if (handle == nullptr || code != SQLITE_OK) database->fail(code);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
    return database;
  };
  if (mode != Mode::read) {
    return try_open(path.string(), SQLITE_OPEN_READWRITE | (mode == Mode::create ? SQLITE_OPEN_CREATE : 0));
  }
  auto database = try_open(path.string(), SQLITE_OPEN_READONLY);
  try {
    database->integer("select count(*) from sqlite_schema", 0);
    return database;
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

Database::~Database() {
  for (auto& [sql, statements] : idle_) {
    for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  }
  sqlite3_close_v2(handle_);
}

Query Database::prepare(std::string_view sql) {
  auto found = idle_.find(sql);
  if (found == idle_.end()) found = idle_.emplace(std::string(sql), std::vector<sqlite3_stmt*>{}).first;
  sqlite3_stmt* statement = nullptr;
  if (!found->second.empty()) {
    statement = found->second.back();
    found->second.pop_back();
  } else {
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(code);
  }
  return {*this, found->second, statement};
}

void Database::script(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}
bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

void Database::fail(int code) const {
  const std::string where = "the record " + path_.string();
  const std::string why = handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_);
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorKind::conflict,
                  where + " is being written by another program: try again when it has finished");
    case SQLITE_FULL:
      throw Error(ErrorKind::unavailable,
                  "no space is left for " + where + ": nothing of this batch was written");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw Error(ErrorKind::unavailable, where + " cannot be written (" + why + ")");
    case SQLITE_IOERR:
      if (handle_ != nullptr && sqlite3_extended_errcode(handle_) == SQLITE_IOERR_WRITE)
        throw Error(
            ErrorKind::unavailable,
            where + " cannot be written: the disk is full, or a limit on the size of files is reached");
      [[fallthrough]];
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
      throw Error(ErrorKind::unavailable, where + " cannot be read or written (" + why + ")");
    case SQLITE_NOTADB:
      throw Error(ErrorKind::corrupt, path_.string() + " is not a record of Mithaq");
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

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
  expect(!database.in_transaction(), "one transaction at a time");
  database_.run(kind == Kind::write ? "begin immediate" : "begin");
}

Transaction::~Transaction() {
  if (!open_ || !database_.in_transaction()) return;  // SQLite rolls back by itself after some errors
  sqlite3_exec(database_.handle(), "rollback", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.run("commit");
  open_ = false;
}

}  // namespace mithaq::record
