#include "record/sql_store.hpp"

#include <sodium.h>

#include <algorithm>
#include <future>
#include <set>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "record/database.hpp"
#include "record/schema.hpp"
#include "record/text_index.hpp"
#include "record/tiles.hpp"
#include "record/verify.hpp"
#include "record/view_writer.hpp"

namespace mithaq::record {

namespace {

constexpr std::size_t kSaltBytes = 16;

std::string meta(Database& database, std::string_view key) {
  Query query = database.query("select value from meta where key=?1", key);
  return query.step() ? std::string(query.text(0)) : std::string();
}

void set_meta(Database& database, std::string_view key, std::string_view value) {
  database.run("insert into meta values(?1,?2) on conflict(key) do update set value=excluded.value", key,
               value);
}

Seq size_of(Database& database) {
  return static_cast<Seq>(database.integer("select max(seq)+1 from log", 0));
}

// A body as it will stand in the file.
struct EncodedBody {
  std::string json{};
  std::string hash{};
};

EncodedBody encode(const Body& body, std::string_view salt) {
  EncodedBody out{.json = to_canonical_json(body)};
  Sha256 hash;
  hash.update(salt);
  hash.update(out.json);
  out.hash = to_hex(hash.finish());
  return out;
}

// Encodes bodies one after another, a second thread always some ahead of who takes them: the database's work
// takes the first one's whole time.
class Encoder {
 public:
  Encoder(std::span<const Body> bodies, std::string_view salts) : bodies_(bodies), salts_(salts) {
    if (bodies_.size() > kAhead) ahead_ = start(kAhead);
    ready_ = run(0);
  }
  //   throws  Error{invalid_input} if a text in it is not valid UTF-8
  EncodedBody take(std::size_t at) {
    if (at >= first_ + kAhead) {
      first_ += kAhead;
      ready_ = ahead_.get();
      if (first_ + kAhead < bodies_.size()) ahead_ = start(first_ + kAhead);
    }
    return std::move(ready_[at - first_]);
  }

 private:
  static constexpr std::size_t kAhead = 512;

  std::vector<EncodedBody> run(std::size_t first) const {
    std::vector<EncodedBody> out;
    const std::size_t end = std::min(bodies_.size(), first + kAhead);
    out.reserve(end - first);
    for (std::size_t at = first; at < end; ++at) {
      out.push_back(encode(bodies_[at], salts_.substr(at * kSaltBytes, kSaltBytes)));
    }
    return out;
  }
  std::future<std::vector<EncodedBody>> start(std::size_t first) const {
    return std::async([this, first] { return run(first); });  // at once here, if no thread can be had
  }

  std::span<const Body> bodies_;
  std::string_view salts_;
  std::size_t first_ = 0;
  std::vector<EncodedBody> ready_{};
  std::future<std::vector<EncodedBody>> ahead_{};
};

}  // namespace

struct SqlStore::Parts {
  SqlOptions options;
  std::unique_ptr<Database> database;
  std::unique_ptr<TextIndex> index;
  std::unique_ptr<ViewWriter> writer;
  std::unique_ptr<View> view;
  std::optional<RowInserter> log, bodies;  // made when something is appended first

  // True if nothing is there yet. A database of PostgreSQL may hold tables of others.
  bool is_empty();
  void create_record();
  // The tables of a record without entries, in a transaction that has begun.
  void create_tables();
  void restore(const RestoreSource& source);
  void check_record();
  void require_writing();
  // Inserts one entry and folds it; the transaction, the tree's edge and the checkpoint are the caller's.
  void insert(Seq seq, const std::string& time, const Body& body, const EncodedBody& encoded,
              TileWriter& tiles, std::string_view salt);
  void sign_head(TileWriter& tiles);
};

std::unique_ptr<SqlStore> SqlStore::open(const Location& location, const SqlOptions& options) {
  return open_or_restore(location, options, nullptr);
}

std::unique_ptr<SqlStore> SqlStore::restore(const Location& location, const SqlOptions& options,
                                            const RestoreSource& source) {
  SqlOptions with = options;
  with.mode = SqlOptions::Mode::create;
  return open_or_restore(location, with, &source);
}

std::unique_ptr<SqlStore> SqlStore::open_or_restore(const Location& location, const SqlOptions& options,
                                                    const RestoreSource* source) {
  expect(sodium_init() >= 0, "libsodium starts");
  auto parts = std::make_unique<Parts>();
  parts->options = options;
  if (!parts->options.analyzer) parts->options.analyzer = std::make_shared<Analyzer>();
  if (!parts->options.random) {
    parts->options.random = [](std::span<std::uint8_t> bytes) {
      randombytes_buf(bytes.data(), bytes.size());
    };
  }
  const auto mode = options.mode == SqlOptions::Mode::create  ? Database::Mode::create
                    : options.mode == SqlOptions::Mode::write ? Database::Mode::write
                                                              : Database::Mode::read;
  parts->database = Database::open(location, mode, options.patience);
  Database& database = *parts->database;
  const bool sqlite = database.dialect() == Dialect::sqlite;
  parts->index = TextIndex::open(database, parts->options.analyzer);
  // The place of an erased body is overwritten, not only given free.
  if (sqlite) database.script("pragma secure_delete=on; pragma temp_store=file");
  parts->writer = std::make_unique<ViewWriter>(database, "main", parts->index.get());
  if (source != nullptr) {
    parts->restore(*source);
  } else if (parts->is_empty()) {
    if (options.mode != SqlOptions::Mode::create) {
      throw Error(sqlite ? ErrorKind::corrupt : ErrorKind::not_found,
                  sqlite ? location.shown() + " is not a record of Mithaq"
                         : "there is no record at " + location.shown());
    }
    parts->create_record();
  }
  parts->check_record();
  if (sqlite) {
    // Said when the size of a page is known: SQLite counts pages of the size that it has then.
    database.script("pragma cache_size=-" + std::to_string(options.cache_bytes >> 10));
    if (options.mode != SqlOptions::Mode::read) {
      // Acknowledged means on disk: each commit of the write-ahead log is synced.
      database.script("pragma synchronous=full; pragma wal_autocheckpoint=4000");
      if (options.pages_max > 0)
        database.script("pragma max_page_count=" + std::to_string(options.pages_max));
    }
  }
  parts->view = std::make_unique<View>(database, parts->options.analyzer, *parts->index);
  return std::unique_ptr<SqlStore>(new SqlStore(std::move(parts)));
}

SqlStore::SqlStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SqlStore::~SqlStore() = default;

bool SqlStore::Parts::is_empty() {
  if (database->dialect() == Dialect::sqlite)
    return database->integer("select count(*) from sqlite_schema", 0) == 0;
  return std::none_of(kLogTables.begin(), kLogTables.end(),
                      [this](std::string_view table) { return database->has_table(table); });
}

void SqlStore::Parts::create_record() {
  if (!options.key) {
    throw Error(ErrorKind::invalid_input, "a new record needs the key that signs its head");
  }
  if (options.origin.empty() || options.origin.find('\n') != std::string::npos) {
    throw Error(ErrorKind::invalid_input, "the name of a record is one line of text");
  }
  // Pages of 16 KB: against 8 KB an append takes a tenth less processor and writes a twentieth more.
  const bool sqlite = database->dialect() == Dialect::sqlite;
  if (sqlite) database->script("pragma page_size=16384; pragma journal_mode=wal; pragma synchronous=full");
  Transaction transaction(*database, Transaction::Kind::write);
  if (!is_empty()) return;  // made by another meanwhile
  create_tables();
  set_meta(*database, "format", kFormatVersion);
  set_meta(*database, "origin", options.origin);
  set_meta(*database, "verifier_key", options.key->verifier().to_string());
  set_meta(*database, "analyzer", options.analyzer->fingerprint());
  set_meta(*database, "views", views_fingerprint());
  transaction.commit();
}

void SqlStore::Parts::create_tables() {
  if (database->dialect() == Dialect::sqlite) {
    database->script("pragma application_id=" + std::to_string(kApplicationId));
  }
  database->create(kLogSchema);
  writer->create_tables();
}

void SqlStore::Parts::restore(const RestoreSource& source) {
  const auto refuse = [](const std::string& why) {
    throw Error(ErrorKind::corrupt, "the backup holds no sound record (" + why + "): nothing was restored");
  };
  const auto value = [&source](std::string_view key) {
    const auto found = source.meta.find(key);
    return found == source.meta.end() ? std::string() : found->second;
  };
  if (value("format") != kFormatVersion) refuse("it has the format " + value("format"));
  if (!is_empty()) throw Error(ErrorKind::conflict, "there is a record at " + database->name() + " already");
  if (database->dialect() == Dialect::sqlite) {
    database->script("pragma page_size=16384; pragma journal_mode=wal; pragma synchronous=full");
  }
  Transaction transaction(*database, Transaction::Kind::write);
  if (!is_empty()) throw Error(ErrorKind::conflict, "there is a record at " + database->name() + " already");
  create_tables();
  for (const auto& [key, text] : source.meta) set_meta(*database, key, text);
  log.emplace(*database, "main.log", 2);
  bodies.emplace(*database, "main.bodies", 3);
  TileWriter tiles(*database, 0);
  RestoreSource::Entry entry;
  while (source.next_entry(entry)) {
    const Header header = header_from_json(entry.header);
    const std::uint64_t seq = tiles.size();
    if (header.seq != seq) refuse("entries are missing or in another order");
    const Cell log_row[] = {seq, entry.header};
    log->add(log_row);
    if (entry.has_body) {
      Sha256 hash;
      hash.update(entry.salt);
      hash.update(entry.body);
      if (to_hex(hash.finish()) != header.body_hash) refuse("the body of entry " + std::to_string(seq));
      const Cell body_row[] = {seq, Blob{entry.salt}, entry.body};
      bodies->add(body_row);
    }
    tiles.add(leaf_hash(entry.header));
    if (source.progress && tiles.size() % 4096 == 0) source.progress(tiles.size(), source.entries);
  }
  const std::string head = value("checkpoint");
  if (tiles.size() > 0) {
    const auto note = parse_note(head);
    const auto checkpoint = note ? parse_checkpoint(note->text) : std::nullopt;
    const auto key = VerifierKey::parse(value("verifier_key"));
    if (!checkpoint || !key || !verify_note(*note, *key)) refuse("its head is not signed by its key");
    if (checkpoint->size != tiles.size() || checkpoint->root != tiles.root())
      refuse("its entries are not those that its head signs");
  }
  tiles.store(*database);
  fold_all(*database, *writer, source.progress);
  writer->finish();
  set_meta(*database, "analyzer", options.analyzer->fingerprint());
  set_meta(*database, "views", views_fingerprint());
  if (source.put_beside) source.put_beside(*database);
  transaction.commit();
  if (database->dialect() == Dialect::postgresql) database->script("analyze");
}

void SqlStore::Parts::check_record() {
  const std::string path = database->name();
  if (!std::all_of(kLogTables.begin(), kLogTables.end(),
                   [this](std::string_view table) { return database->has_table(table); })) {
    throw Error(ErrorKind::corrupt, path + " is not a record of Mithaq");
  }
  const std::string format = meta(*database, "format");
  if (format != kFormatVersion) {
    throw Error(ErrorKind::corrupt, path + " has the format " + (format.empty() ? "of no record" : format) +
                                        ", this program reads format " + std::string(kFormatVersion));
  }
  if (!options.to_rebuild && meta(*database, "views") != views_fingerprint()) {
    throw Error(ErrorKind::conflict, "the tables of " + path +
                                         " are those of another version of this program: run mithaq rebuild");
  }
}

void SqlStore::Parts::require_writing() {
  const std::string path = database->name();
  if (options.mode == SqlOptions::Mode::read)
    throw Error(ErrorKind::unavailable, path + " is open for reading only");
  if (!options.key || !options.clock)
    throw Error(ErrorKind::invalid_input, "appending needs a key and a clock");
  if (options.key->verifier().to_string() != meta(*database, "verifier_key")) {
    throw Error(ErrorKind::forbidden, "the key is not the one that signs " + path);
  }
  if (options.analyzer->fingerprint() != meta(*database, "analyzer")) {
    throw Error(ErrorKind::conflict,
                "the full-text index of " + path + " was made with other word lists: run mithaq rebuild");
  }
  if (!log) {
    log.emplace(*database, "main.log", 2);
    bodies.emplace(*database, "main.bodies", 3);
  }
}

void SqlStore::Parts::insert(Seq seq, const std::string& time, const Body& body, const EncodedBody& encoded,
                             TileWriter& tiles, std::string_view salt) {
  const Header header{.seq = seq, .kind = kind_of(body), .time = time, .body_hash = encoded.hash};
  const std::string line = to_canonical_json(header);
  const Cell log_row[] = {seq, line};
  const Cell body_row[] = {seq, Blob{salt}, encoded.json};
  log->add(log_row);
  bodies->add(body_row);
  tiles.add(leaf_hash(line));
  // What a body holds that its JSON does not, e.g. an act's blanks, must not reach the view.
  writer->fold(seq, time, body);
}

void SqlStore::Parts::sign_head(TileWriter& tiles) {
  writer->finish();
  tiles.store(*database);
  const Checkpoint head{.origin = meta(*database, "origin"), .size = tiles.size(), .root = tiles.root()};
  set_meta(*database, "checkpoint", sign_note(to_text(head), *options.key));
}

Appended SqlStore::append(std::span<const Body> entries, IfDuplicate duplicate) {
  return append_if(entries, duplicate, std::nullopt);
}

Appended SqlStore::append_at(Seq size, std::span<const Body> entries) {
  return append_if(entries, IfDuplicate::refuse, size);
}

Appended SqlStore::append_if(std::span<const Body> entries, IfDuplicate duplicate,
                             std::optional<Seq> expected_size) {
  Database& database = *parts_->database;
  ViewWriter& writer = *parts_->writer;
  if (entries.empty()) return {.first = size()};
  parts_->require_writing();
  for (const Body& body : entries) {
    if (kind_of(body) == EntryKind::erasure) {
      throw Error(ErrorKind::invalid_input,
                  "an erasure is made by erase(), which also destroys what it names");
    }
  }
  const std::string time = format_time(parts_->options.clock());
  std::string salts(entries.size() * kSaltBytes, '\0');
  parts_->options.random({reinterpret_cast<std::uint8_t*>(salts.data()), salts.size()});

  writer.forget();
  Transaction transaction(database, Transaction::Kind::write);
  try {
    Appended appended{.first = size_of(database)};
    if (expected_size && appended.first != *expected_size)
      throw Error(ErrorKind::conflict, "somebody wrote to the record meanwhile: nothing was written");
    TileWriter tiles(database, appended.first);
    std::set<std::pair<std::string, std::size_t>> known_sections;
    const auto is_known = [&](const Body& body) {
      if (const auto* document = std::get_if<DocumentBody>(&body)) {
        return writer.find_document(document->id).has_value();
      }
      if (const auto* section = std::get_if<SectionBody>(&body)) {
        if (!writer.find_section(section->content.id, section->content.section)) return false;
        known_sections.emplace(section->content.id, section->content.section);
        return true;
      }
      const auto* statement = std::get_if<StatementBody>(&body);
      return statement != nullptr && !known_sections.empty() &&
             known_sections.contains({statement->document, statement->section});
    };
    Encoder encoder(entries, salts);
    for (std::size_t at = 0; at < entries.size(); ++at) {
      const EncodedBody encoded = encoder.take(at);
      if (is_known(entries[at])) {
        if (duplicate == IfDuplicate::refuse) {
          throw Error(ErrorKind::conflict, "the record has this document already; nothing was added");
        }
        ++appended.skipped;
        continue;
      }
      writer.require_possible(entries[at]);
      parts_->insert(appended.first + appended.count, time, entries[at], encoded, tiles,
                     std::string_view(salts).substr(at * kSaltBytes, kSaltBytes));
      ++appended.count;
    }
    if (appended.count > 0) parts_->sign_head(tiles);
    transaction.commit();
    return appended;
  } catch (...) {
    writer.forget();
    throw;
  }
}

Seq SqlStore::size() const {
  return size_of(*parts_->database);
}

namespace {

Entry entry_of(const Query& row) {
  Entry entry{.header = header_from_json(row.text(1))};
  if (!row.is_null(2)) {
    entry.salt = to_hex(row.blob(2));
    entry.body = std::string(row.text(3));
  }
  return entry;
}

}  // namespace

Entry SqlStore::entry(Seq seq) const {
  Query query = parts_->database->query(
      "select l.seq, l.header, b.salt, b.body from log l left join bodies b on b.seq=l.seq where l.seq=?1",
      seq);
  if (!query.step()) throw Error(ErrorKind::not_found, "the record has no entry " + std::to_string(seq));
  return entry_of(query);
}

void SqlStore::each_act(Seq first, const std::function<void(Seq, const ActBody&)>& take) const {
  std::vector<std::pair<Seq, std::string>> page;
  constexpr std::size_t kRows = 1000;
  do {
    page.clear();
    Query query = parts_->database->query(
        "select a.seq, b.body from acts a join bodies b on b.seq=a.seq where a.seq>=?1 order by a.seq limit "
        "?2",
        first, kRows);
    while (query.step()) page.emplace_back(static_cast<Seq>(query.integer(0)), std::string(query.text(1)));
    for (const auto& [seq, body] : page) {
      take(seq, std::get<ActBody>(body_from_json(EntryKind::act, body)));
      first = seq + 1;
    }
  } while (page.size() == kRows);
}

void SqlStore::each_entry(Seq first, const std::function<bool(const Entry&)>& take) const {
  // Page by page, since whoever takes an entry may do anything with the record; a page is some megabytes.
  constexpr std::size_t kBytesWanted = 2 << 20;
  std::size_t rows = 64;
  for (Seq next = first;;) {
    std::vector<Entry> page;
    std::size_t bytes = 0;
    {
      Query query = parts_->database->query(
          "select l.seq, l.header, b.salt, b.body from log l left join bodies b on b.seq=l.seq where "
          "l.seq>=?1 order by l.seq limit ?2",
          next, rows);
      while (query.step()) {
        bytes += query.text(1).size() + query.text(3).size();
        page.push_back(entry_of(query));
      }
    }
    for (const Entry& entry : page) {
      if (!take(entry)) return;
    }
    if (page.size() < rows) return;
    next = page.back().header.seq + 1;
    if (bytes < kBytesWanted / 2) rows = std::min<std::size_t>(rows * 2, 4096);
    if (bytes > kBytesWanted * 2) rows = std::max<std::size_t>(rows / 2, 4);
  }
}

std::string SqlStore::checkpoint() const {
  return meta(*parts_->database, "checkpoint");
}

Hash SqlStore::root() const {
  const Seq entries = size();
  return entries == 0 ? empty_root() : range_root(0, entries, TileReader(*parts_->database).reader());
}

std::vector<Hash> SqlStore::inclusion_proof(Seq seq, Seq tree_size) const {
  if (seq >= tree_size || tree_size > size()) {
    throw Error(ErrorKind::invalid_input, "there is no entry " + std::to_string(seq) + " in a tree of " +
                                              std::to_string(tree_size) + " entries of this record");
  }
  return make_inclusion_proof(seq, tree_size, TileReader(*parts_->database).reader());
}

std::vector<Hash> SqlStore::consistency_proof(Seq old_size, Seq tree_size) const {
  if (old_size == 0 || old_size > tree_size || tree_size > size()) {
    throw Error(ErrorKind::invalid_input, "there is no proof from " + std::to_string(old_size) + " to " +
                                              std::to_string(tree_size) + " entries of this record");
  }
  return make_consistency_proof(old_size, tree_size, TileReader(*parts_->database).reader());
}

std::optional<Seq> SqlStore::erase(std::span<const Seq> entries, const std::string& by,
                                   const std::string& reason) {
  Database& database = *parts_->database;
  parts_->require_writing();
  const std::string time = format_time(parts_->options.clock());
  std::string salt(kSaltBytes, '\0');
  parts_->options.random({reinterpret_cast<std::uint8_t*>(salt.data()), salt.size()});
  parts_->writer->forget();
  Transaction transaction(database, Transaction::Kind::write);
  const Seq seq = size_of(database);
  TileWriter tiles(database, seq);

  // What hangs on an entry goes with it.
  std::set<Seq> all;
  const auto add_all = [&](std::string_view sql, Seq from) {
    std::vector<Seq> found;
    Query query = database.query(sql, from);
    while (query.step()) found.push_back(static_cast<Seq>(query.integer(0)));
    all.insert(found.begin(), found.end());
    return found;
  };
  for (const Seq each : entries) {
    if (each >= seq) throw Error(ErrorKind::not_found, "the record has no entry " + std::to_string(each));
    // Without it the document would be opened again to whom it was closed.
    if (database.integer("select 1 from handlings where seq=?1", 0, each) != 0) continue;
    all.insert(each);
    std::vector<Seq> statements{each};
    add_all("select seq from sections where document=?1", each);
    add_all("select seq from handlings where document=?1", each);
    add_all("select r.seq from sections s join revisions r on r.section=s.seq where s.document=?1", each);
    add_all("select seq from revisions where section=?1", each);
    const auto of_document = add_all(
        "select t.seq from sections s join statements t on t.paragraph>=(s.seq<<22) and "
        "t.paragraph<((s.seq+1)<<22) "
        "where s.document=?1",
        each);
    statements.insert(statements.end(), of_document.begin(), of_document.end());
    const auto of_section =
        add_all("select seq from statements where paragraph>=(?1<<22) and paragraph<((?1+1)<<22)", each);
    statements.insert(statements.end(), of_section.begin(), of_section.end());
    for (const Seq statement : statements) add_all("select seq from reviews where statement=?1", statement);
  }
  ErasureBody body{.by = by, .reason = reason};
  for (const Seq each : all) {
    Query query = database.query(
        "select 1 from bodies b where b.seq=?1 and not exists (select 1 from erasures e where e.seq=b.seq)",
        each);
    if (query.step()) body.entries.push_back(each);
  }
  if (body.entries.empty()) return std::nullopt;
  try {
    // The view forgets first: it still needs the bodies of what is left.
    parts_->insert(seq, time, body, encode(body, salt), tiles, salt);
    for (const Seq each : body.entries) database.run("delete from bodies where seq=?1", each);
    parts_->index->scrub();
    parts_->sign_head(tiles);
    transaction.commit();
  } catch (...) {
    parts_->writer->forget();
    throw;
  }
  if (database.dialect() == Dialect::sqlite) {
    // The write-ahead log still holds the old pages. If another program is reading, its end does this.
    database.integer("pragma wal_checkpoint(truncate)", 0);
  } else {
    // What was deleted is given free; docs/record-format.md says what the server's own log still holds.
    for (const std::string_view table : {"bodies", "documents", "paragraphs", "mentions", "doubts", "edits",
                                         "statements", "statement_parties", "statement_places", "reviews"}) {
      database.script("vacuum " + std::string(table));
    }
  }
  return seq;
}

VerifyReport SqlStore::verify(const VerifyOptions& options) const {
  return verify_record(*parts_->database, *parts_->index, *parts_->options.analyzer, options);
}

const View& SqlStore::view() const {
  return *parts_->view;
}

View& SqlStore::view() {
  return *parts_->view;
}

VerifierKey SqlStore::verifier_key() const {
  const auto key = VerifierKey::parse(meta(*parts_->database, "verifier_key"));
  if (!key) throw Error(ErrorKind::corrupt, "the record does not name the key that signs it");
  return *key;
}

void SqlStore::rebuild(const std::function<void(Seq done, Seq of)>& progress) {
  Database& database = *parts_->database;
  if (parts_->options.mode == SqlOptions::Mode::read) {
    throw Error(ErrorKind::unavailable, database.name() + " is open for reading only");
  }
  ViewWriter& writer = *parts_->writer;
  writer.forget();
  Transaction transaction(database, Transaction::Kind::write);
  try {
    writer.drop_tables();
    writer.create_tables();
    fold_all(database, writer, progress);
    writer.finish();
    set_meta(database, "analyzer", parts_->options.analyzer->fingerprint());
    set_meta(database, "views", views_fingerprint());
    transaction.commit();
    // The planner's numbers are those of the old tables.
    if (database.dialect() == Dialect::postgresql) database.script("analyze");
  } catch (...) {
    writer.forget();
    throw;
  }
}

}  // namespace mithaq::record
