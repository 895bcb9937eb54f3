#include "record/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <optional>
#include <set>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "record/beside.hpp"
#include "record/database.hpp"
#include "record/schema.hpp"

namespace mithaq::record {

namespace {

constexpr std::string_view kBegin = "MITHAQ BACKUP 1\n";
constexpr Seq kProgressEvery = 4096;

// A frame is one letter, then fields, each with its length before it (32 bits, the lowest byte first).
enum class Frame : char {
  meta = 'M',    // key, value
  entry = 'E',   // header, salt, body
  erased = 'X',  // header
  beside = 'B',  // name, tables, SQL
  row = 'R',     // table, cells
  end = 'S',     // entries; then the SHA-256 of everything before the hash
};

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

std::string number_bytes(std::uint64_t number, int bytes) {
  std::string out;
  for (int at = 0; at < bytes; ++at) out += static_cast<char>(number >> (8 * at) & 0xFF);
  return out;
}
std::uint64_t number_of(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t at = bytes.size(); at > 0; --at)
    number = number << 8 | static_cast<unsigned char>(bytes[at - 1]);
  return number;
}

class BackupWriter {
 public:
  explicit BackupWriter(const std::filesystem::path& file) : file_(file), part_(file.string() + ".part") {
    if (std::filesystem::exists(file_)) {
      throw Error(ErrorKind::conflict, "there is a file " + file_.string() + " already");
    }
    // Whoever reads a backup reads the whole record.
    const int handle = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (handle < 0) fail();
    out_.reset(::fdopen(handle, "wb"));
    put(kBegin);
  }
  ~BackupWriter() {
    std::error_code none;
    if (!done_) std::filesystem::remove(part_, none);
  }
  BackupWriter(const BackupWriter&) = delete;
  BackupWriter& operator=(const BackupWriter&) = delete;

  void frame(Frame kind, std::initializer_list<std::string_view> fields) {
    const char letter = static_cast<char>(kind);
    put({&letter, 1});
    for (const std::string_view field : fields) {
      put(number_bytes(field.size(), 4));
      put(field);
    }
  }
  void finish(Seq entries) {
    frame(Frame::end, {std::to_string(entries)});
    const auto digest = hash_.finish();
    put({reinterpret_cast<const char*>(digest.data()), digest.size()});
    if (std::fflush(out_.get()) != 0 || ::fsync(::fileno(out_.get())) != 0) fail();
    if (::rename(part_.c_str(), file_.c_str()) != 0) fail();
    done_ = true;
  }
  std::uint64_t bytes() const { return bytes_; }

 private:
  void put(std::string_view bytes) {
    hash_.update(bytes);
    bytes_ += bytes.size();
    if (std::fwrite(bytes.data(), 1, bytes.size(), out_.get()) != bytes.size()) fail();
  }
  [[noreturn]] void fail() const {
    throw Error(ErrorKind::unavailable,
                "the backup " + file_.string() + " cannot be written (" + std::strerror(errno) + ")");
  }

  std::filesystem::path file_, part_;
  File out_{};
  Sha256 hash_{};
  std::uint64_t bytes_ = 0;
  bool done_ = false;
};

class BackupReader {
 public:
  explicit BackupReader(const std::filesystem::path& file) : file_(file) {
    in_.reset(std::fopen(file.c_str(), "rb"));
    if (!in_) throw Error(ErrorKind::not_found, "there is no backup " + file.string());
    if (take(kBegin.size()) != kBegin) {
      throw Error(ErrorKind::corrupt, file_.string() + " is not a backup of Mithaq");
    }
  }

  // The next frame; after the last, which is checked here, nothing.
  bool next() {
    kind = static_cast<Frame>(take(1)[0]);
    std::size_t count = 0;
    switch (kind) {
      case Frame::meta:
      case Frame::row:
        count = 2;
        break;
      case Frame::entry:
      case Frame::beside:
        count = 3;
        break;
      case Frame::erased:
      case Frame::end:
        count = 1;
        break;
      default:
        not_whole();
    }
    for (std::size_t at = 0; at < count; ++at) {
      const std::uint64_t size = number_of(take(4));
      take_into(fields[at], size);
    }
    if (kind == Frame::entry || kind == Frame::erased) ++entries_;
    if (kind == Frame::row) ++rows_;
    if (kind != Frame::end) return true;
    const auto digest = hash_.finish();
    const std::string expected(reinterpret_cast<const char*>(digest.data()), digest.size());
    std::string stored(expected.size(), '\0');
    if (std::fread(stored.data(), 1, stored.size(), in_.get()) != stored.size() || stored != expected ||
        std::fgetc(in_.get()) != EOF || fields[0] != std::to_string(entries_))
      not_whole();
    bytes_ += stored.size();
    return false;
  }
  BackupReport report() const { return {.entries = entries_, .rows = rows_, .bytes = bytes_}; }

  Frame kind = Frame::end;
  std::array<std::string, 3> fields{};

 private:
  [[noreturn]] void not_whole() const {
    throw Error(ErrorKind::corrupt,
                "the backup " + file_.string() + " was cut off or altered: nothing was restored");
  }
  std::string take(std::size_t size) {
    std::string out;
    take_into(out, size);
    return out;
  }
  // Piece by piece: a length that was altered must not ask for memory that no file fills.
  void take_into(std::string& out, std::uint64_t size) {
    out.clear();
    while (out.size() < size) {
      const std::size_t before = out.size();
      const std::size_t piece = std::min<std::uint64_t>(size - before, 1 << 20);
      out.resize(before + piece);
      if (std::fread(out.data() + before, 1, piece, in_.get()) != piece) not_whole();
    }
    hash_.update(out);
    bytes_ += out.size();
  }

  std::filesystem::path file_;
  File in_{};
  Sha256 hash_{};
  Seq entries_ = 0;
  std::uint64_t rows_ = 0, bytes_ = 0;
};

std::string cells_of(const Query& row) {
  std::string out;
  for (int at = 0; at < row.columns(); ++at) {
    const Cell cell = row.cell(at);
    out += static_cast<char>('0' + static_cast<int>(cell.type));
    if (cell.type == Cell::Type::integer) out += number_bytes(static_cast<std::uint64_t>(cell.number), 8);
    if (cell.type == Cell::Type::text || cell.type == Cell::Type::other) {
      out += number_bytes(cell.text.size(), 4);
      out += cell.text;
    }
  }
  return out;
}

// The cells hold pieces of `bytes`.
std::vector<Cell> cells_from(std::string_view bytes) {
  std::vector<Cell> out;
  const auto take = [&bytes](std::size_t size) {
    if (size > bytes.size()) throw Error(ErrorKind::corrupt, "a row of the backup cannot be read");
    const std::string_view taken = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return taken;
  };
  while (!bytes.empty()) {
    switch (static_cast<Cell::Type>(take(1)[0] - '0')) {
      case Cell::Type::null:
        out.emplace_back(nullptr);
        break;
      case Cell::Type::integer:
        out.emplace_back(static_cast<std::int64_t>(number_of(take(8))));
        break;
      case Cell::Type::text:
        out.emplace_back(take(number_of(take(4))));
        break;
      case Cell::Type::other:
        out.emplace_back(Blob{take(number_of(take(4)))});
        break;
    }
  }
  return out;
}

// The tables in the schema of a PostgreSQL database: a record's and those of others.
std::set<std::string> tables_in(Database& database) {
  std::set<std::string> out;
  Query query =
      database.query("select cast(tablename as text) from pg_tables where schemaname=current_schema()");
  while (query.step()) out.emplace(query.text(0));
  return out;
}

std::set<std::string> tables_in(const Location& record) {
  const auto database = Database::open(record, Database::Mode::create, std::chrono::milliseconds(5000));
  return tables_in(*database);
}

// True for a table that a record has.
bool is_of_a_record(const std::string& table, const std::set<std::string>& beside) {
  constexpr std::string_view kIndex = "paragraph_index";
  if (table == "beside" || beside.contains(table)) return true;
  if (std::find(kLogTables.begin(), kLogTables.end(), table) != kLogTables.end()) return true;
  if (std::any_of(kViewTables.begin(), kViewTables.end(),
                  [&](const ViewTable& each) { return each.name == table; }))
    return true;
  if (!table.starts_with(kIndex)) return false;
  const std::string_view segment = std::string_view(table).substr(kIndex.size());
  return segment.empty() || (segment.size() > 1 && segment[0] == '_' &&
                             segment.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

// Drops what a restore has made: a record's tables that were not there before it.
void drop_restored(const Location& record, const std::set<std::string>& before,
                   const std::set<std::string>& beside) {
  const auto database = Database::open(record, Database::Mode::write, std::chrono::milliseconds(5000));
  Transaction transaction(*database, Transaction::Kind::write);
  for (const std::string& table : tables_in(*database)) {
    if (!before.contains(table) && is_of_a_record(table, beside)) database->script("drop table " + table);
  }
  transaction.commit();
}

}  // namespace

BackupReport write_backup(const Location& record, const std::filesystem::path& file,
                          const BackupProgress& progress) {
  const auto database = Database::open(record, Database::Mode::read, std::chrono::milliseconds(5000));
  if (!database->has_table("log"))
    throw Error(ErrorKind::not_found, "there is no record at " + record.shown());
  BackupWriter writer(file);
  BackupReport report;
  Transaction transaction(*database, Transaction::Kind::read);
  {
    Query meta = database->query("select key, value from meta order by key");
    while (meta.step()) writer.frame(Frame::meta, {meta.text(0), meta.text(1)});
  }
  const auto of = static_cast<Seq>(database->integer("select max(seq)+1 from log", 0));
  {
    Query entry = database->scan(
        "select l.header, b.salt, b.body from log l left join bodies b on b.seq=l.seq order by l.seq");
    while (entry.step()) {
      if (entry.is_null(1)) {
        writer.frame(Frame::erased, {entry.text(0)});
      } else {
        writer.frame(Frame::entry, {entry.text(0), entry.blob(1), entry.text(2)});
      }
      ++report.entries;
      if (progress && report.entries % kProgressEvery == 0) progress(report.entries, of);
    }
  }
  for (const Beside& beside : all_beside(*database)) {
    writer.frame(Frame::beside, {beside.name, joined_names(beside.tables), beside.sql});
    for (const std::string& table : beside.tables) {
      Query row = database->scan("select * from " + table);
      while (row.step()) {
        writer.frame(Frame::row, {table, cells_of(row)});
        ++report.rows;
      }
    }
  }
  transaction.commit();
  writer.finish(report.entries);
  report.bytes = writer.bytes();
  if (progress) progress(of, of);
  return report;
}

BackupReport check_backup(const std::filesystem::path& file) {
  BackupReader reader(file);
  while (reader.next()) {
  }
  return reader.report();
}

BackupReport restore_backup(const std::filesystem::path& file, const Location& record,
                            const SqlOptions& options, const BackupProgress& progress) {
  const BackupReport report = check_backup(file);  // to its end, before anything is made
  BackupReader reader(file);
  RestoreSource source;
  std::set<std::string> beside_tables;
  bool more = reader.next();
  while (more && reader.kind == Frame::meta) {
    source.meta.emplace(reader.fields[0], reader.fields[1]);
    more = reader.next();
  }
  source.next_entry = [&](RestoreSource::Entry& entry) {
    if (!more || (reader.kind != Frame::entry && reader.kind != Frame::erased)) return false;
    entry.header = reader.fields[0];
    entry.has_body = reader.kind == Frame::entry;
    entry.salt = entry.has_body ? reader.fields[1] : "";
    entry.body = entry.has_body ? reader.fields[2] : "";
    more = reader.next();
    return true;
  };
  source.put_beside = [&](Database& database) {
    std::string name_of_table;
    std::optional<RowInserter> inserter;
    std::set<std::string> tables;
    for (; more; more = reader.next()) {
      if (reader.kind == Frame::beside) {
        const Beside beside{
            .name = reader.fields[0], .tables = parted_names(reader.fields[1]), .sql = reader.fields[2]};
        tables.insert(beside.tables.begin(), beside.tables.end());
        beside_tables.insert(beside.tables.begin(), beside.tables.end());
        create_beside_here(database, beside);
      } else if (reader.kind == Frame::row) {
        if (!tables.contains(reader.fields[0]))
          throw Error(ErrorKind::corrupt, "a row of the backup belongs to no table");
        const std::vector<Cell> cells = cells_from(reader.fields[1]);
        if (name_of_table != reader.fields[0]) {
          name_of_table = reader.fields[0];
          inserter.emplace(database, "main." + name_of_table, cells.size());
        }
        inserter->add(cells);
      }
    }
    for (const std::string& table : tables) continue_identity(database, table);
  };
  source.progress = progress;
  source.entries = report.entries;
  const bool made_here = record.is_file() && !std::filesystem::exists(record.file());
  std::set<std::string> before;
  bool restored = false;
  try {
    if (!record.is_file()) before = tables_in(record);
    const auto store = SqlStore::restore(record, options, source);
    restored = true;
    const VerifyReport verified = store->verify();
    if (!verified.ok() || verified.entries != report.entries) {
      throw Error(ErrorKind::corrupt,
                  "the record that was restored is not sound: " +
                      (verified.ok() ? "entries are missing" : verified.problems[0].message));
    }
  } catch (...) {
    std::error_code none;
    if (made_here) {
      for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(record.text() + ending, none);
    }
    // What failed before it was whole was never there. What is there and not sound does not stay.
    if (restored && !record.is_file()) drop_restored(record, before, beside_tables);
    throw;
  }
  return report;
}

}  // namespace mithaq::record
