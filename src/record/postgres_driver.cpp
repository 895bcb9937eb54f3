// PostgreSQL behind driver.hpp, by libpq.
//
// Arguments and columns travel in PostgreSQL's binary format (numbers in network order). A statement is
// prepared on the server when it first runs, once for each combination of argument types. A connection that
// is lost is made again by the next statement outside of a transaction.
#include <arpa/inet.h>
#include <endian.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cstring>
#include <map>
#include <optional>

#include "base/error.hpp"
#include "record/database.hpp"
#include "record/schema.hpp"

namespace mithaq::record {

namespace {

// From PostgreSQL's catalogue pg_type; they never change.
constexpr Oid kBool = 16, kBytea = 17, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kOid = 26,
              kFloat4 = 700, kFloat8 = 701, kUnknown = 705, kBpchar = 1042, kVarchar = 1043, kNumeric = 1700;

struct ResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ResultDeleter>;

struct ConnectionDeleter {
  void operator()(PGconn* handle) const { PQfinish(handle); }
};

template <typename Number>
Number big_endian(const char* bytes) {
  std::array<unsigned char, sizeof(Number)> read;
  std::memcpy(read.data(), bytes, sizeof(Number));
  std::uint64_t value = 0;
  for (const unsigned char byte : read) value = value << 8 | byte;
  return static_cast<Number>(value);
}

// The whole part of a number in PostgreSQL's binary format of "numeric": digits to the base of 10,000.
std::int64_t whole_of_numeric(std::string_view bytes) {
  if (bytes.size() < 8) return 0;
  const auto field = [&bytes](std::size_t at) { return big_endian<std::int16_t>(bytes.data() + 2 * at); };
  const int digits = field(0), weight = field(1);
  std::int64_t value = 0;
  for (int at = 0; at <= weight; ++at) {
    value *= 10'000;
    if (at < digits) value += field(4 + static_cast<std::size_t>(at));
  }
  return field(2) == 0x4000 ? -value : value;
}

// Our SQL as PostgreSQL writes it: $1 for ?1, its schemas for "main." and "temp.".
std::string translated(std::string_view sql) {
  std::string out;
  out.reserve(sql.size());
  char before = ' ';
  for (std::size_t at = 0; at < sql.size();) {
    if (sql[at] == '\'') {
      const std::size_t end = std::min(sql.find('\'', at + 1), sql.size() - 1);
      out += sql.substr(at, end + 1 - at);
      at = end + 1;
      before = '\'';
      continue;
    }
    const bool word_goes_on = std::isalnum(static_cast<unsigned char>(before)) != 0 || before == '_';
    if (!word_goes_on && sql.substr(at).starts_with("main.")) {
      at += 5;  // the search path leads there
      continue;
    }
    if (!word_goes_on && sql.substr(at).starts_with("temp.")) {
      out += "pg_temp.";
      at += 5;
      continue;
    }
    before = sql[at];
    out += before == '?' ? '$' : before;
    ++at;
  }
  return out;
}

std::string quoted_name(std::string_view name) {
  std::string out = "\"";
  for (const char byte : name) {
    if (byte == '"') out += '"';
    out += byte;
  }
  return out + '"';
}

class PostgresConnection final : public driver::Connection {
 public:
  PostgresConnection(Location location, driver::OpenMode mode, std::chrono::milliseconds patience)
      : location_(std::move(location)), mode_(mode), patience_(patience) {
    connect();
  }

  Dialect dialect() const override { return Dialect::postgresql; }
  std::unique_ptr<driver::Statement> prepare(std::string_view sql, bool scan) override;
  std::unique_ptr<driver::RowSink> rows_into(const std::string& table, std::size_t columns) override;
  void script(const std::string& sql) override {
    require_ready();
    if (PQtransactionStatus(handle_.get()) == PQTRANS_INERROR) {
      for (auto& [table, rows] : waiting_) rows.clear();  // what follows goes back before they were added
    }
    send_rows();
    run_text(translated(sql));
  }
  std::int64_t changes() const override { return changes_; }
  bool has_table(std::string_view name) override {
    const auto query =
        prepare("select 1 from pg_tables where schemaname=current_schema() and tablename=?1", false);
    query->bind(1, name);
    return query->step();
  }
  bool in_transaction() const override { return open_; }

  void begin(driver::Begin kind) override {
    expect(!open_ && !implicit_, "one transaction at a time");
    require_ready();
    std::string sql = kind == driver::Begin::read ? "begin isolation level repeatable read" : "begin";
    if (kind != driver::Begin::read) {
      const auto patience = std::max<std::int64_t>(patience_.count(), 1);
      sql += "; set local lock_timeout=" + std::to_string(patience);
    }
    if (kind == driver::Begin::write) {
      // One writer at a time; the lock ends with the transaction.
      sql += "; select pg_advisory_xact_lock(" + std::to_string(kApplicationId) +
             ", hashtext(current_schema()))";
    }
    open_ = true;
    try {
      run_text(sql);
    } catch (...) {
      rollback();
      throw;
    }
  }
  void commit() override {
    expect(open_, "a transaction to commit");
    require_ready();
    send_rows();
    const Result result(PQexec(handle_.get(), "commit"));
    require(result.get());
    open_ = false;
    // A transaction in which a statement failed ends with ROLLBACK, whatever it is told.
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") {
      throw Error(ErrorKind::bug, where() + ": a transaction that had failed was to be committed");
    }
  }
  void rollback() noexcept override {
    if (!open_) return;
    open_ = false;
    lost_inside_ = false;
    for (auto& [table, rows] : waiting_) rows.clear();
    if (!broken()) PQclear(PQexec(handle_.get(), "rollback"));
  }

  // ---- for statements

  // Connects again if the connection is lost.
  //   throws  Error{unavailable} if it cannot, or was lost inside the transaction that is running
  void require_ready() {
    if (lost_inside_) throw_lost();
    const auto now = std::chrono::steady_clock::now();
    if (!broken() && now - used_at_ > std::chrono::seconds(1)) PQconsumeInput(handle_.get());
    used_at_ = now;
    if (!broken()) return;
    if (open_) {
      lost_inside_ = true;
      throw_lost();
    }
    implicit_ = false;
    scans_ = 0;
    connect();
  }
  //   throws  what went wrong, if anything did
  void require(PGresult* result) {
    switch (PQresultStatus(result)) {
      case PGRES_COMMAND_OK:
      case PGRES_TUPLES_OK:
        changes_ = std::strtoll(PQcmdTuples(result), nullptr, 10);
        return;
      case PGRES_COPY_IN:
        return;
      default:
        fail(result);
    }
  }
  void run_text(const std::string& sql) {
    const Result result(PQexec(handle_.get(), sql.c_str()));
    require(result.get());
  }
  PGconn* handle() const { return handle_.get(); }
  std::uint64_t generation() const { return generation_; }
  std::string new_name(char kind) { return kind + std::to_string(++names_); }
  // A statement that nobody will run again; freed on the server at the next opportunity.
  void drop_later(const std::string& name, std::uint64_t generation) {
    if (generation == generation_) dropped_.push_back(name);
  }
  void free_dropped() {
    if (dropped_.empty() || PQtransactionStatus(handle_.get()) != PQTRANS_IDLE) return;
    std::string sql;
    for (const std::string& name : dropped_) sql += "deallocate " + name + ";";
    dropped_.clear();
    run_text(sql);
  }

  // Rows that wait to be sent, by table, in the format of COPY.
  std::string& waiting(const std::string& table) { return waiting_[table]; }
  // Sends those for tables that a statement names.
  void send_rows_for(std::string_view sql) {
    for (auto& [table, rows] : waiting_) {
      if (!rows.empty() && sql.find(table) != std::string_view::npos) send(table, rows);
    }
  }
  void send_rows() {
    for (auto& [table, rows] : waiting_) {
      if (!rows.empty()) send(table, rows);
    }
  }
  void send(const std::string& table, std::string& rows) {
    require_ready();
    const std::string sending = std::move(rows);
    rows.clear();
    run_text("copy " + table + " from stdin (format binary)");
    static constexpr char kHeader[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";  // the last zero ends the literal
    static constexpr char kEnd[] = "\377\377";
    static_assert(sizeof kHeader == 20);
    PQputCopyData(handle_.get(), kHeader, 19);
    PQputCopyData(handle_.get(), sending.data(), static_cast<int>(sending.size()));
    PQputCopyData(handle_.get(), kEnd, 2);
    PQputCopyEnd(handle_.get(), nullptr);
    // Both the end of copying and of the statement are waited for before anything is thrown.
    Result result(PQgetResult(handle_.get()));
    while (PGresult* more = PQgetResult(handle_.get())) PQclear(more);
    require(result.get());
  }

  // Cursors live inside a transaction: one of its own, if none is running.
  void begin_scan() {
    if (!open_ && !implicit_) {
      run_text("begin isolation level repeatable read read only");
      implicit_ = true;
      scans_ = 0;
    }
    if (implicit_) ++scans_;
  }
  void end_scan(const std::string& cursor, std::uint64_t generation) noexcept {
    if (generation != generation_ || broken()) return;
    if (PQtransactionStatus(handle_.get()) == PQTRANS_INTRANS) {
      PQclear(PQexec(handle_.get(), ("close " + cursor).c_str()));
    }
    if (implicit_ && --scans_ == 0) {
      implicit_ = false;
      PQclear(PQexec(handle_.get(), "commit"));
    }
  }

 private:
  bool broken() const { return handle_ == nullptr || gone_ || PQstatus(handle_.get()) != CONNECTION_OK; }
  std::string where() const { return "the record " + location_.shown(); }
  [[noreturn]] void throw_lost() const {
    throw Error(ErrorKind::unavailable, where() + ": the connection to PostgreSQL was lost: try again");
  }

  void connect() {
    ++generation_;
    dropped_.clear();
    gone_ = false;
    lost_inside_ = false;
    const std::string seconds = std::to_string(std::max<std::int64_t>(2, patience_.count() / 1000));
    // What stands behind the URL is not overridden by it; the time may be.
    const char* const words[] = {"connect_timeout", "dbname", "client_encoding", "fallback_application_name",
                                 nullptr};
    const char* const values[] = {seconds.c_str(), location_.text().c_str(), "UTF8", "mithaq", nullptr};
    handle_.reset(PQconnectdbParams(words, values, 1));
    if (handle_ == nullptr) throw Error(ErrorKind::unavailable, where() + ": out of memory");
    if (PQstatus(handle_.get()) != CONNECTION_OK) {
      std::string why = PQerrorMessage(handle_.get());
      while (!why.empty() && why.back() == '\n') why.pop_back();
      const bool unknown =
          why.find("database \"") != std::string::npos && why.find("does not exist") != std::string::npos;
      handle_.reset();
      if (unknown)
        throw Error(ErrorKind::not_found, "there is no database for " + where() + " (" + why + ")");
      throw Error(ErrorKind::unavailable, where() + " cannot be reached (" + why + ")");
    }
    PQsetNoticeProcessor(
        handle_.get(), [](void*, const char*) {}, nullptr);
    const Result about(
        PQexec(handle_.get(),
               "select current_schema(), current_setting('server_encoding'), "
               "current_setting('server_version_num'), split_part(current_setting('search_path'), "
               "',', 1)"));
    require(about.get());
    const auto value = [&about](int column) { return std::string(PQgetvalue(about.get(), 0, column)); };
    if (value(1) != "UTF8") {
      throw Error(ErrorKind::unavailable, where() + ": the database keeps texts as " + value(1) +
                                              ": make one with the encoding UTF8");
    }
    if (std::stoi(value(2)) < 150000) {
      throw Error(ErrorKind::unavailable, where() + ": PostgreSQL 15 or newer is needed");
    }
    std::string schema = value(0);
    if (PQgetisnull(about.get(), 0, 0) != 0) {
      std::string named = value(3);
      std::erase(named, '"');
      if (mode_ != driver::OpenMode::create || named.empty() || named == "$user") {
        throw Error(ErrorKind::not_found, "there is no schema \"" + named + "\" for " + where());
      }
      run_text("create schema if not exists " + quoted_name(named));
      schema = named;
    }
    // Temporary tables are looked for last: verify folds tables of the same names there.
    run_text("set search_path to " + quoted_name(schema) +
             ", pg_temp; set jit=off; set client_min_messages=error; set standard_conforming_strings=on; "
             // Acknowledged means on disk.
             "select set_config('synchronous_commit','on',false) where "
             "current_setting('synchronous_commit')='off'");
    used_at_ = std::chrono::steady_clock::now();
  }

  [[noreturn]] void fail(PGresult* result) {
    const char* field = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string state = field == nullptr ? "" : field;
    const char* primary = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string why = primary == nullptr ? PQerrorMessage(handle_.get()) : primary;
    const auto in_class = [&state](std::string_view wanted) { return state.starts_with(wanted); };
    if (state == "57P01" || state == "57P02" || state == "57P03" || in_class("08") || state == "25P03")
      gone_ = true;
    if (broken()) {
      if (open_) lost_inside_ = true;
      throw_lost();
    }
    if (state == "40001" || state == "40P01") {
      throw TransientConflict(where() +
                              " is being written by another program: try again when it has finished");
    }
    if (state == "55P03") {
      throw Error(ErrorKind::conflict,
                  where() + " is being written by another program: try again when it has finished");
    }
    if (state == "53100") {  // disk_full
      throw Error(ErrorKind::no_space,
                  "no space is left for " + where() + ": nothing of this batch was written");
    }
    if (state == "42501" || state == "25006") {
      throw Error(ErrorKind::unavailable, where() + " cannot be written (" + why + ")");
    }
    if (in_class("53") || in_class("57") || in_class("58") || in_class("54")) {
      throw Error(ErrorKind::unavailable, where() + " cannot be read or written (" + why + ")");
    }
    if (state == "22021" || state == "22P05") {
      throw Error(ErrorKind::invalid_input, "a text that PostgreSQL cannot keep (" + why + ")");
    }
    if (in_class("23")) {
      throw Error(ErrorKind::corrupt, where() + " holds rows that contradict each other (" + why + ")");
    }
    // A table or column is missing, or pages cannot be read.
    if (state == "42P01" || state == "42703" || in_class("XX")) {
      throw Error(ErrorKind::corrupt, where() + " is damaged (" + why + ")");
    }
    throw Error(ErrorKind::bug, where() + ": " + why + " (" + state + ")");
  }

  Location location_;
  driver::OpenMode mode_;
  std::chrono::milliseconds patience_;
  std::unique_ptr<PGconn, ConnectionDeleter> handle_{};
  std::uint64_t generation_ = 0;  // counts connections
  std::uint64_t names_ = 0;
  std::int64_t changes_ = 0;
  bool open_ = false;         // a transaction that somebody began
  bool implicit_ = false;     // a transaction for the scans that are running
  bool gone_ = false;         // the server said that it ends the connection
  bool lost_inside_ = false;  // lost inside the transaction that is open
  std::size_t scans_ = 0;
  std::map<std::string, std::string> waiting_{};
  std::vector<std::string> dropped_{};
  std::chrono::steady_clock::time_point used_at_{};
};

class PostgresStatement final : public driver::Statement {
 public:
  PostgresStatement(PostgresConnection& connection, std::string sql, bool scan)
      : connection_(connection), sql_(std::move(sql)), scan_(scan) {}
  ~PostgresStatement() override {
    reset();
    for (const Prepared& each : prepared_) connection_.drop_later(each.name, each.generation);
  }
  PostgresStatement(const PostgresStatement&) = delete;
  PostgresStatement& operator=(const PostgresStatement&) = delete;

  void bind(int at, std::nullptr_t) override { argument(at) = {}; }
  void bind(int at, std::int64_t value) override {
    bind_number(at, kInt8, static_cast<std::uint64_t>(value));
  }
  void bind(int at, double value) override { bind_number(at, kFloat8, std::bit_cast<std::uint64_t>(value)); }
  void bind(int at, std::string_view text) override { bind_bytes(at, kText, text); }
  void bind(int at, Blob blob) override { bind_bytes(at, kBytea, blob.bytes); }

  bool step() override {
    if (!running_) start();
    if (++row_ < PQntuples(result_.get())) return true;
    if (!scan_ || last_) return false;
    fetch();
    return ++row_ < PQntuples(result_.get());
  }
  void run() override {
    step();
    reset();
  }
  void reset() noexcept override {
    if (!running_) return;
    running_ = false;
    result_.reset();
    if (scan_) connection_.end_scan(cursor_, cursor_generation_);
  }

  int columns() const override { return PQnfields(result_.get()); }
  Type type(int column) const override {
    if (PQgetisnull(result_.get(), row_, column) != 0) return Type::null;
    switch (PQftype(result_.get(), column)) {
      case kBool:
      case kInt2:
      case kInt4:
      case kInt8:
      case kOid:
      case kNumeric:
        return Type::integer;
      case kText:
      case kName:
      case kUnknown:
      case kBpchar:
      case kVarchar:
        return Type::text;
      default:
        return Type::other;
    }
  }
  std::int64_t integer(int column) const override {
    const std::string_view bytes = blob(column);
    if (bytes.empty()) return 0;
    switch (PQftype(result_.get(), column)) {
      case kBool:
        return bytes[0] != 0;
      case kInt2:
        return big_endian<std::int16_t>(bytes.data());
      case kInt4:
        return big_endian<std::int32_t>(bytes.data());
      case kOid:
        return big_endian<std::uint32_t>(bytes.data());
      case kInt8:
        return big_endian<std::int64_t>(bytes.data());
      case kNumeric:
        return whole_of_numeric(bytes);
      case kFloat4:
      case kFloat8:
        return static_cast<std::int64_t>(real(column));
      default:
        return std::strtoll(std::string(bytes).c_str(), nullptr, 10);
    }
  }
  double real(int column) const override {
    const std::string_view bytes = blob(column);
    switch (PQftype(result_.get(), column)) {
      case kFloat8:
        return bytes.empty() ? 0 : std::bit_cast<double>(big_endian<std::uint64_t>(bytes.data()));
      case kFloat4:
        return bytes.empty() ? 0 : std::bit_cast<float>(big_endian<std::uint32_t>(bytes.data()));
      default:
        return static_cast<double>(integer(column));
    }
  }
  std::string_view text(int column) const override {
    // SQLite writes a number out where a text is asked for.
    if (type(column) == Type::integer) {
      number_ = std::to_string(integer(column));
      return number_;
    }
    return blob(column);
  }
  std::string_view blob(int column) const override {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }

 private:
  struct Argument {
    Oid type = 0;  // none for null: the server knows what it stands beside
    bool null = true;
    std::string_view bytes{};
    std::array<char, 8> number{};
  };
  struct Prepared {
    std::vector<Oid> types;
    std::string name;
    std::uint64_t generation;
  };

  Argument& argument(int at) {
    const auto index = static_cast<std::size_t>(at - 1);
    if (arguments_.size() <= index) arguments_.resize(index + 1);
    return arguments_[index];
  }
  void bind_number(int at, Oid type, std::uint64_t value) {
    Argument& bound = argument(at);
    bound.type = type;
    bound.null = false;
    bound.bytes = {};
    const std::uint64_t turned = htobe64(value);
    std::memcpy(bound.number.data(), &turned, sizeof turned);
  }
  void bind_bytes(int at, Oid type, std::string_view bytes) {
    Argument& bound = argument(at);
    bound.type = type;
    bound.null = false;
    bound.bytes = bytes.data() == nullptr ? std::string_view("", 0) : bytes;
  }

  void start() {
    connection_.require_ready();
    connection_.send_rows_for(sql_);
    connection_.free_dropped();
    types_.clear();
    values_.clear();
    lengths_.clear();
    formats_.assign(arguments_.size(), 1);
    for (const Argument& each : arguments_) {
      types_.push_back(each.type);
      const bool number = each.type == kInt8 || each.type == kFloat8;
      values_.push_back(each.null ? nullptr : number ? each.number.data() : each.bytes.data());
      lengths_.push_back(number ? 8 : static_cast<int>(each.bytes.size()));
    }
    if (scan_) {
      declare();
    } else {
      const std::string& name = prepared();
      result_.reset(PQexecPrepared(connection_.handle(), name.c_str(), count(), values_.data(),
                                   lengths_.data(), formats_.data(), 1));
      connection_.require(result_.get());
    }
    running_ = true;
    last_ = !scan_;
    row_ = -1;
    if (scan_) fetch();
  }

  const std::string& prepared() {
    for (const Prepared& each : prepared_) {
      if (each.generation == connection_.generation() && each.types == types_) return each.name;
    }
    std::erase_if(prepared_,
                  [this](const Prepared& each) { return each.generation != connection_.generation(); });
    Prepared made{.types = types_, .name = connection_.new_name('s'), .generation = connection_.generation()};
    const Result result(
        PQprepare(connection_.handle(), made.name.c_str(), sql_.c_str(), count(), types_.data()));
    connection_.require(result.get());
    prepared_.push_back(std::move(made));
    return prepared_.back().name;
  }

  void declare() {
    connection_.begin_scan();
    cursor_ = connection_.new_name('c');
    cursor_generation_ = connection_.generation();
    const std::string sql = "declare " + cursor_ + " no scroll cursor for " + sql_;
    try {
      const Result result(PQexecParams(connection_.handle(), sql.c_str(), count(), types_.data(),
                                       values_.data(), lengths_.data(), formats_.data(), 1));
      connection_.require(result.get());
    } catch (...) {
      connection_.end_scan(cursor_, cursor_generation_);
      throw;
    }
    fetch_rows_ = 64;
  }

  // The next rows of a scan: as many as come to some megabytes.
  void fetch() {
    connection_.require_ready();
    const std::string sql = "fetch " + std::to_string(fetch_rows_) + " from " + cursor_;
    result_.reset(PQexecParams(connection_.handle(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1));
    connection_.require(result_.get());
    const int rows = PQntuples(result_.get());
    last_ = rows < fetch_rows_;
    row_ = -1;
    constexpr std::size_t kBytesWanted = 2 << 20;
    const std::size_t bytes = std::max<std::size_t>(PQresultMemorySize(result_.get()), 1);
    if (bytes < kBytesWanted / 2) fetch_rows_ = std::min(fetch_rows_ * 4, 8192);
    if (bytes > kBytesWanted * 2) fetch_rows_ = std::max(fetch_rows_ / 4, 4);
  }

  int count() const { return static_cast<int>(arguments_.size()); }

  PostgresConnection& connection_;
  std::string sql_;
  bool scan_;
  std::vector<Argument> arguments_{};
  std::vector<Oid> types_{};
  std::vector<const char*> values_{};
  std::vector<int> lengths_{}, formats_{};
  std::vector<Prepared> prepared_{};
  Result result_{};
  bool running_ = false;
  bool last_ = true;  // no rows are left to fetch
  int row_ = -1;
  int fetch_rows_ = 64;
  std::string cursor_{};
  std::uint64_t cursor_generation_ = 0;
  mutable std::string number_{};
};

// Collects rows in the binary format of COPY.
class PostgresRows final : public driver::RowSink {
 public:
  PostgresRows(PostgresConnection& connection, std::string table)
      : connection_(connection), table_(std::move(table)) {}

  void add(std::span<const Cell> row) override {
    expect(connection_.in_transaction(), "rows are added inside a transaction");
    std::string& rows = connection_.waiting(table_);
    append<std::uint16_t>(rows, static_cast<std::uint16_t>(row.size()));
    for (const Cell& each : row) {
      switch (each.type) {
        case Cell::Type::null:
          append<std::uint32_t>(rows, 0xFFFFFFFF);
          break;
        case Cell::Type::integer:
          append<std::uint32_t>(rows, 8);
          append<std::uint64_t>(rows, static_cast<std::uint64_t>(each.number));
          break;
        case Cell::Type::text:
        case Cell::Type::other:
          append<std::uint32_t>(rows, static_cast<std::uint32_t>(each.text.size()));
          rows += each.text;
          break;
      }
    }
    constexpr std::size_t kBytesKept = 1 << 20;
    if (rows.size() >= kBytesKept) connection_.send(table_, rows);
  }

 private:
  template <typename Number>
  static void append(std::string& out, Number number) {
    for (int shift = 8 * (static_cast<int>(sizeof(Number)) - 1); shift >= 0; shift -= 8) {
      out += static_cast<char>(number >> shift & 0xFF);
    }
  }

  PostgresConnection& connection_;
  std::string table_;
};

std::unique_ptr<driver::RowSink> PostgresConnection::rows_into(const std::string& table, std::size_t) {
  return std::make_unique<PostgresRows>(*this, translated(table));
}

std::unique_ptr<driver::Statement> PostgresConnection::prepare(std::string_view sql, bool scan) {
  return std::make_unique<PostgresStatement>(*this, translated(sql), scan);
}

}  // namespace

std::unique_ptr<driver::Connection> driver::open_postgresql(const Location& location, OpenMode mode,
                                                            std::chrono::milliseconds patience) {
  return std::make_unique<PostgresConnection>(location, mode, patience);
}

}  // namespace mithaq::record
