#include "record/verify.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <future>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "record/schema.hpp"
#include "record/tiles.hpp"

namespace mithaq::record {

namespace {

constexpr Seq kProgressEvery = 4096;

std::string word(Seq seq) {
  return "entry " + std::to_string(seq);
}

// Reads the leaf hashes of the stored tiles one after another.
class StoredLeaves {
 public:
  explicit StoredLeaves(Database& database)
      : query_(database.scan("select tile, hashes from tiles where level=0 order by tile")) {}

  // The stored hash of leaf `seq`; nothing if its tile is missing or too short.
  //   requires  seq grows from call to call
  std::optional<Hash> at(Seq seq) {
    const Seq tile = seq >> kTileBits;
    while (more_ && (!loaded_ || tile_ < tile)) {
      more_ = query_.step();
      if (more_) {
        tile_ = static_cast<Seq>(query_.integer(0));
        hashes_ = query_.blob(1);
        loaded_ = true;
      }
    }
    if (!loaded_ || tile_ != tile) return std::nullopt;
    const std::size_t index = seq & (kTileHashes - 1);
    if (hashes_.size() < (index + 1) * sizeof(Hash)) return std::nullopt;
    return hash_at(hashes_, index);
  }

 private:
  Query query_;
  bool more_ = true;
  bool loaded_ = false;
  Seq tile_ = 0;
  std::string hashes_{};
};

// Sums of keyed hashes of the rows of each table: equal for the same rows in any order. The key is made for
// one verification, so nobody can choose rows whose hashes cancel out (SipHash-2-4 with 128 bits is a
// pseudo-random function; no table has the same row twice, because rows have keys).
class RowSums final : public RowTaker {
 public:
  using Key = std::array<unsigned char, crypto_shorthash_siphashx24_KEYBYTES>;
  explicit RowSums(const Key& key) : key_(key) {}

  void take(TableId table, std::span<const Cell> row) override {
    bytes_.clear();
    const auto append = [this](std::uint64_t number) {
      bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
    };
    for (const Cell& each : row) {
      bytes_ += static_cast<char>(each.type);
      switch (each.type) {
        case Cell::Type::null:
          break;
        case Cell::Type::integer:
          append(static_cast<std::uint64_t>(each.number));
          break;
        case Cell::Type::text:
        case Cell::Type::other:
          append(each.text.size());
          bytes_ += each.text;
          break;
      }
    }
    std::array<std::uint64_t, 2> hash{};
    static_assert(sizeof hash == crypto_shorthash_siphashx24_BYTES);
    crypto_shorthash_siphashx24(reinterpret_cast<unsigned char*>(hash.data()),
                                reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size(),
                                key_.data());
    Sum& sum = sums_[static_cast<std::size_t>(table)];
    sum.low += hash[0];
    sum.high += hash[1];
    ++sum.rows;
  }
  // Takes every row of every view as it stands.
  void take_tables(Database& database) {
    for (std::size_t table = 0; table < kViewTables.size(); ++table) {
      Query query = database.scan("select * from main." + std::string(kViewTables[table].name));
      std::vector<Cell> row;
      while (query.step()) {
        row.clear();
        for (int at = 0; at < query.columns(); ++at) row.push_back(query.cell(at));
        take(static_cast<TableId>(table), row);
      }
    }
  }
  bool operator==(const RowSums& other) const { return sums_ == other.sums_; }

 private:
  struct Sum {
    std::uint64_t rows = 0, low = 0, high = 0;
    bool operator==(const Sum&) const = default;
  };
  Key key_;
  std::array<Sum, kTableCount> sums_{};
  std::string bytes_{};
};

// The rows that the entries give, without tables of their own. What a row depends on beside its entry (the
// places of documents and sections, which statements were reviewed) is looked up in the views that are being
// checked: if those rows are wrong, the sums of their own tables differ.
class ExpectedRows {
 public:
  ExpectedRows(Database& database, const RowSums::Key& key)
      : database_(database), lookup_(database, "main", nullptr), sums_(key) {
    Query reviewed = database_.query("select distinct statement from reviews");
    while (reviewed.step()) reviews_.try_emplace(static_cast<Seq>(reviewed.integer(0)));
    Query revised = database_.query("select distinct section from revisions");
    while (revised.step()) revised_.try_emplace(static_cast<Seq>(revised.integer(0)));
    Query handled = database_.query("select distinct document from handlings");
    while (handled.step()) handled_.try_emplace(static_cast<Seq>(handled.integer(0)));
  }

  //   throws  Error if the entry cannot be folded, or not so
  void add(const Header& header, std::string_view json) {
    const Seq seq = header.seq;
    const Body body = body_from_json(header.kind, json);
    if (const auto* came = std::get_if<DocumentBody>(&body)) {
      const auto handled = handled_.find(seq);
      if (handled == handled_.end()) {
        give_rows(seq, header.time, *came, came->metadata.handling, sums_);
      } else {
        handled->second = {.document = *came, .time = header.time, .handling = came->metadata.handling};
      }
    } else if (const auto* handling = std::get_if<HandlingBody>(&body)) {
      const auto of = lookup_.find_document(handling->document);
      require(of && *of < seq);
      const auto handled = handled_.find(*of);
      require(handled != handled_.end());
      handled->second.handling = handling->handling;
      give_rows(seq, *of, header.time, *handling, sums_);
    } else if (const auto* section = std::get_if<SectionBody>(&body)) {
      const auto document = lookup_.find_document(section->content.id);
      require(document && *document < seq);
      const auto revised = revised_.find(seq);
      if (revised == revised_.end()) {
        give_rows(seq, *document, *section, {}, sums_);
      } else {
        revised->second.document = *document;
      }
    } else if (const auto* revision = std::get_if<RevisionBody>(&body)) {
      const auto section_of = lookup_.find_section(revision->document, revision->section);
      require(section_of && section_of->section < seq);
      const auto revised = revised_.find(section_of->section);
      require(revised != revised_.end());
      revised->second.decisions.add(*revision, header.time);
      give_rows(seq, section_of->section, header.time, *revision, sums_);
    } else if (const auto* statement = std::get_if<StatementBody>(&body)) {
      if (!reviews_.contains(seq)) {
        const auto found = lookup_.find_section(statement->document, statement->section);
        require(found.has_value());
        if (found->revised) {
          reviews_.try_emplace(seq);  // not before the section's revisions are known
        } else {
          add_statement(seq, *statement, {});
        }
      }
    } else if (const auto* review = std::get_if<ReviewBody>(&body)) {
      require(review->statement < seq);
      const auto reviewed = reviews_.find(review->statement);
      require(reviewed != reviews_.end());
      reviewed->second.push_back({.seq = seq, .time = header.time, .body = *review});
      give_rows(seq, header.time, *review, sums_);
    } else {
      std::visit(
          [&](const auto& other) {
            if constexpr (requires { give_rows(seq, header.time, other, sums_); }) {
              give_rows(seq, header.time, other, sums_);
            }
          },
          body);
    }
  }
  // After the last entry: documents with the handling they have now, sections as they now read, statements
  // with their reviews laid over them.
  const RowSums& finish() {
    for (const auto& [seq, handled] : handled_) {
      require(handled.document.has_value());
      give_rows(seq, handled.time, *handled.document, handled.handling, sums_);
    }
    std::map<Seq, std::unique_ptr<RevisedSection>> sections;
    for (auto& [seq, revised] : revised_) {
      require(revised.document.has_value());
      auto section = std::make_unique<RevisedSection>(std::get<SectionBody>(body_at(seq, EntryKind::section)),
                                                      std::move(revised.decisions));
      give_rows(seq, *revised.document, section->body(), section->decisions(), sums_);
      sections.emplace(seq, std::move(section));
    }
    for (auto& [seq, reviews] : reviews_) {
      StatementBody body = std::get<StatementBody>(body_at(seq, EntryKind::statement));
      const auto found = lookup_.find_section(body.document, body.section);
      require(found.has_value());
      if (const auto section = sections.find(found->section); section != sections.end()) {
        section->second->place(body);
      }
      ReviewMark mark;
      for (const TimedReview& review : standing(std::move(reviews))) {
        apply_review(review.body, review.time, body.statement, mark);
      }
      add_statement(seq, body, mark);
    }
    return sums_;
  }

 private:
  static void require(bool condition) {
    if (!condition) throw Error(ErrorKind::corrupt, "an entry and the views do not fit");
  }
  void add_statement(Seq seq, const StatementBody& body, const ReviewMark& mark) {
    const auto found = lookup_.find_section(body.document, body.section);
    require(found && found->section < seq && found->document < found->section &&
            body.statement.evidence.paragraph < found->paragraphs);
    give_rows(seq, found->document, found->section, body, mark, sums_);
  }
  Body body_at(Seq seq, EntryKind kind) {
    Query query = database_.query("select body from bodies where seq=?1", seq);
    require(query.step());
    return body_from_json(kind, query.text(0));
  }

  Database& database_;
  ViewWriter lookup_;
  RowSums sums_;
  // By statement, from the view: its reviews, from the log.
  std::unordered_map<Seq, std::vector<TimedReview>> reviews_{};
  // By section, from the view: what people decided of it.
  struct Revised {
    std::optional<Seq> document{};
    SectionDecisions decisions{};
  };
  std::unordered_map<Seq, Revised> revised_{};
  // By document, from the view: what the log says of it.
  struct Handled {
    std::optional<DocumentBody> document{};
    std::string time{};
    document::Handling handling{};
  };
  std::unordered_map<Seq, Handled> handled_{};
};

class Check {
 public:
  Check(Database& database, TextIndex& index, const Analyzer& analyzer, const VerifyOptions& options)
      : database_(database), index_(index), analyzer_(analyzer), options_(options) {}

  VerifyReport run() {
    // For the temporary tables in which a wrong row is looked for.
    if (database_.dialect() == Dialect::sqlite) {
      database_.script("pragma temp.journal_mode=memory; pragma temp.synchronous=off");
    }
    {
      Transaction transaction(database_, Transaction::Kind::read);  // one state of the record throughout
      if (options_.views) start_views();
      read_head();
      read_log();
      check_erasures();
      check_strays();
      check_tiles();
      if (options_.views) check_views();
      transaction.commit();
    }
    if (options_.views && log_is_whole_) check_text_index();
    return std::move(report_);
  }

 private:
  // Begins to add up the rows of the views, in a second thread with a connection of its own where there can
  // be one: the log's own work takes the first one's time.
  void start_views() {
    RowSums::Key key{};
    randombytes_buf(key.data(), key.size());
    for (const ViewTable& table : kViewTables) {
      if (!database_.has_table(table.name)) return;  // comparing row by row says so
    }
    try {
      Savepoint savepoint(database_);
      expected_.emplace(database_, key);
      savepoint.release();
    } catch (const Error&) {
      return;  // they are not our tables
    }
    actual_ = std::make_unique<RowSums>(key);
    const std::string head = meta("checkpoint");
    std::unique_ptr<Database> second;
    try {
      if (database_.location() != ":memory:") {
        second = Database::open(database_.location(), Database::Mode::read, std::chrono::milliseconds(1000));
        second->connection().begin(driver::Begin::read);
        // Another program may have appended between the two beginnings.
        if (meta_of(*second, "checkpoint") != head) second.reset();
      }
    } catch (const Error&) {
      second.reset();
    }
    if (!second) return;
    adding_ = std::async([this, other = std::move(second)] {  // afterwards, if no thread can be had
      actual_->take_tables(*other);
      other->connection().commit();
    });
  }

  // True if every table has exactly the rows that the entries give.
  bool views_are_right() {
    if (!expected_ || !actual_) return false;
    try {
      Savepoint savepoint(database_);
      if (adding_.valid()) {
        adding_.get();
      } else {
        actual_->take_tables(database_);
      }
      const bool right = expected_->finish() == *actual_;
      savepoint.release();
      return right;
    } catch (const Error&) {
      return false;
    }
  }

  void report(std::string table, std::string row, std::string message) {
    if (report_.problems.size() < options_.problems_limit) {
      report_.problems.push_back({std::move(table), std::move(row), std::move(message)});
    }
  }
  void report(std::string table, Seq row, std::string message) {
    report(std::move(table), std::to_string(row), std::move(message));
  }

  static std::string meta_of(Database& database, std::string_view key) {
    Query query = database.query("select value from meta where key=?1", key);
    return query.step() ? std::string(query.text(0)) : std::string();
  }
  std::string meta(std::string_view key) { return meta_of(database_, key); }

  void read_head() {
    const std::string named = meta("verifier_key");
    key_ = options_.key ? options_.key : VerifierKey::parse(named);
    if (!key_) report("meta", "verifier_key", "the record does not name the key that signs it");
    if (options_.key && named != options_.key->to_string()) {
      report("meta", "verifier_key", "the record names another key than the one expected");
    }
    if (meta("analyzer") != analyzer_.fingerprint()) {
      report("meta", "analyzer", "the full-text index was made with other word lists: run mithaq rebuild");
    }
    static const std::unordered_set<std::string> kKnown{"format",   "origin",     "verifier_key",
                                                        "analyzer", "checkpoint", "views"};
    {
      Query query = database_.query("select key from meta");
      while (query.step()) {
        if (!kKnown.contains(std::string(query.text(0)))) {
          report("meta", std::string(query.text(0)), "a row that no record has");
        }
      }
    }
    const std::string note_text = meta("checkpoint");
    if (note_text.empty()) {
      if (database_.integer("select count(*) from log", 0) > 0) {
        report("meta", "checkpoint", "the signed head is missing");
      }
      return;
    }
    const auto note = parse_note(note_text);
    if (!note) {
      report("meta", "checkpoint", "the signed head cannot be read");
      return;
    }
    if (key_ && !verify_note(*note, *key_)) {
      report("meta", "checkpoint",
             "the signature of the head is wrong: the head was altered, or another key signed it");
    }
    head_ = parse_checkpoint(note->text);
    if (!head_) {
      report("meta", "checkpoint", "the signed head is no checkpoint");
      return;
    }
    if (head_->origin != meta("origin"))
      report("meta", "origin", "the record's name is not the one in its signed head");
  }

  void read_known_checkpoint() {
    if (!options_.known_checkpoint) return;
    const auto note = parse_note(*options_.known_checkpoint);
    const auto known = note ? parse_checkpoint(note->text) : std::nullopt;
    if (!known) {
      report("checkpoint", "known", "the checkpoint to compare with cannot be read");
    } else if (key_ && !verify_note(*note, *key_)) {
      report("checkpoint", "known", "the checkpoint to compare with was not signed by this record's key");
    } else {
      known_ = known;
    }
  }

  void read_log() {
    read_known_checkpoint();
    const Seq of = head_ ? head_->size : static_cast<Seq>(database_.integer("select max(seq)+1 from log", 0));
    StoredLeaves stored(database_);
    TreeHead from_rows, from_tiles;
    std::vector<Seq> differing;
    bool rows_whole = true;
    Seq next = 0;
    const auto add = [&](const std::optional<Hash>& row) {  // one leaf, in order
      const auto tile = stored.at(next);
      if (!row) rows_whole = false;
      if (!tile) tiles_whole_ = false;
      if (row && tile && *row != *tile) differing.push_back(next);
      from_rows.add(row ? *row : tile.value_or(Hash{}));
      from_tiles.add(tile.value_or(Hash{}));
      ++next;
      if (known_ && next == known_->size) known_root_ = from_rows.root();
    };
    {
      Query query = database_.scan(
          "select l.seq, l.header, b.salt, b.body from log l left join bodies b on b.seq=l.seq order by "
          "l.seq");
      while (query.step()) {
        const std::int64_t raw_seq = query.integer(0);
        if (raw_seq < 0) {
          report("log", std::to_string(raw_seq), "a row that no entry can have");
          continue;
        }
        const Seq seq = static_cast<Seq>(raw_seq);
        if (seq >= of) {
          report("log", seq,
                 word(seq) + " stands behind the signed head, which has " + std::to_string(of) + " entries");
          continue;
        }
        while (next < seq) {
          report("log", next, word(next) + " is missing");
          add(std::nullopt);
        }
        check_row(seq, query);
        add(leaf_hash(query.text(1)));
        if (options_.progress && next % kProgressEvery == 0) options_.progress(next, of);
      }
    }
    // A log that ends long before its head is said in one line.
    if (next < of) {
      report("log", next,
             of - next == 1
                 ? word(next) + " is missing"
                 : "entries " + std::to_string(next) + " to " + std::to_string(of - 1) + " are missing");
      rows_whole = false;
    }
    report_.entries = next;
    report_.root = from_rows.root();
    if (known_ && (known_->size > next || (known_->size > 0 && known_root_ != known_->root) ||
                   (known_->size == 0 && known_->root != empty_root()))) {
      report("checkpoint", "known",
             known_->size > next ? "the log has lost entries: the checkpoint kept elsewhere has " +
                                       std::to_string(known_->size) + ", the log " + std::to_string(next)
                                 : "the log does not contain the checkpoint kept elsewhere: its first " +
                                       std::to_string(known_->size) + " entries were changed");
    }
    if (!head_) return;
    const bool rows_right = rows_whole && next == head_->size && report_.root == head_->root;
    const bool tiles_right = next == head_->size && from_tiles.root() == head_->root;
    for (const Seq seq : differing) {
      if (rows_right) {
        report("tiles", "0/" + std::to_string(seq >> kTileBits),
               "the hash of " + word(seq) + " was altered in the tree");
      } else {
        report("log", seq,
               moved_.contains(seq) ? word(seq) + " was put in another place" : word(seq) + " was altered");
      }
    }
    if (!rows_right && !tiles_right && rows_whole && next == head_->size) {
      report("meta", "checkpoint", "the log does not have the root that its head signs");
    }
    // The right leaf was overwritten in the tree too: then the row cannot be named by comparing.
  }

  void check_row(Seq seq, const Query& row) {
    Header header;
    try {
      header = header_from_json(row.text(1));
    } catch (const Error& error) {
      report("log", seq, word(seq) + ": " + error.what());
      return;
    }
    if (header.seq != seq) {
      report("log", seq,
             "in place of " + word(seq) + " stands " + word(header.seq) + ": rows were moved or doubled");
      moved_.insert(seq);
    }
    if (row.is_null(3)) {
      without_body_.push_back(seq);
      return;
    }
    hash_.emplace();
    hash_->update(row.blob(2));
    hash_->update(row.text(3));
    if (to_hex(hash_->finish()) != header.body_hash) {
      report("bodies", seq, "the body of " + word(seq) + " was altered");
      return;
    }
    if (expected_) {
      try {
        expected_->add(header, row.text(3));
      } catch (const Error&) {
        expected_.reset();  // folding it again says what is wrong
      }
    }
    if (header.kind == EntryKind::erasure) {
      const Body body = body_from_json(header.kind, row.text(3));
      for (const Seq each : std::get<ErasureBody>(body).entries) erased_.insert(each);
    }
  }

  void check_erasures() {
    report_.erased = erased_.size();
    for (const Seq seq : without_body_) {
      if (!erased_.contains(seq))
        report("bodies", seq, "the body of " + word(seq) + " is missing, and no erasure says why");
    }
    for (const Seq seq : erased_) {
      if (database_.integer("select 1 from bodies where seq=?1", 0, seq) != 0) {
        report("bodies", seq, word(seq) + " was erased, but a body stands beside it");
      }
    }
  }

  // Rows that belong to no entry.
  void check_strays() {
    Query query = database_.query(
        "select b.seq from bodies b where not exists (select 1 from log l where l.seq=b.seq)");
    while (query.step()) {
      report("bodies", std::string(query.text(0)), "a body without an entry");
    }
  }

  // Every tile above the leaves follows from the one below.
  void check_tiles() {
    const Seq size = head_ ? head_->size : report_.entries;
    if (!tiles_whole_) report("tiles", "0", "tiles of the tree are missing or too short");
    Query query = database_.scan("select level, tile, hashes from tiles order by level, tile");
    std::map<unsigned, std::uint64_t> expected;  // tiles seen on each level
    while (query.step()) {
      const auto level = static_cast<unsigned>(query.integer(0));
      const auto tile = static_cast<std::uint64_t>(query.integer(1));
      const std::string row = std::to_string(level) + "/" + std::to_string(tile);
      const std::uint64_t count =
          query.integer(0) < 0 || level * kTileBits >= 64 ? 0 : size >> (level * kTileBits);
      const std::uint64_t first = tile << kTileBits;
      if (query.integer(1) < 0 || first >= count) {
        // A tile that was full when the log had this size leaves no empty one behind.
        report("tiles", row, "a tile that no tree of this size has");
        continue;
      }
      const std::string_view hashes = query.blob(2);
      if (hashes.size() != std::min<std::uint64_t>(kTileHashes, count - first) * sizeof(Hash)) {
        report("tiles", row, "a tile of the wrong size");
        continue;
      }
      ++expected[level];
      if (level == 0) continue;
      for (std::size_t at = 0; at < hashes.size() / sizeof(Hash); ++at) {
        try {
          // The root of the tile below, which holds 256 hashes.
          Query child =
              database_.query("select hashes from tiles where level=?1 and tile=?2", level - 1, first + at);
          if (!child.step() || child.blob(0).size() != kTileHashes * sizeof(Hash) ||
              root_of_row(child.blob(0)) != hash_at(hashes, at)) {
            report("tiles", row,
                   "hash " + std::to_string(at) + " of this tile does not follow from the tile below");
          }
        } catch (const Error& error) {
          report("tiles", row, error.what());
        }
      }
    }
    for (unsigned level = 0; level * kTileBits < 64 && size >> (level * kTileBits) > 0; ++level) {
      const std::uint64_t count = size >> (level * kTileBits);
      const std::uint64_t tiles = (count + kTileHashes - 1) >> kTileBits;
      if (expected[level] != tiles) {
        report("tiles", std::to_string(level),
               std::to_string(tiles - expected[level]) + " tiles of this level are missing");
      }
    }
  }

  void check_views() {
    if (!report_.problems.empty()) {
      // The views follow from the log; where that is not whole, what differs says nothing more.
      report("views", "", "the views were not compared, because the log is not whole");
      return;
    }
    log_is_whole_ = true;
    if (views_are_right()) return;
    // Which row is wrong is found by folding everything again, beside the views. The temporary schema can be
    // written even if the record cannot.
    ViewWriter writer(database_, "temp", nullptr);
    writer.drop_tables();
    try {
      Savepoint savepoint(database_);
      writer.create_tables();
      fold_all(database_, writer, options_.progress);
      for (const ViewTable& table : kViewTables) compare(table);
      savepoint.release();
    } catch (const Error& error) {
      report("views", "", std::string("the entries cannot be folded again: ") + error.what());
    }
    writer.drop_tables();
  }

  void check_text_index() {
    if (!index_.is_whole()) {
      report("paragraph_index", "", "the full-text index does not fit the paragraphs: run mithaq rebuild");
    }
  }

  void compare(const ViewTable& table) {
    const auto select = [&](std::string_view schema) {
      return "select * from " + std::string(schema) + "." + std::string(table.name) + " order by " +
             std::string(table.key);
    };
    const std::string here_sql = select("main"), again_sql = select("temp");
    Query here = database_.scan(here_sql), again = database_.scan(again_sql);
    const auto keys = static_cast<int>(std::count(table.key.begin(), table.key.end(), ',')) + 1;
    // Every table's key stands in its first columns, texts before numbers.
    using Key = std::vector<std::pair<std::string, std::int64_t>>;
    const auto key_of = [keys](const Query& row) {
      Key key;
      for (int at = 0; at < keys; ++at) {
        const bool number = row.is_integer(at);
        key.emplace_back(number ? std::string() : std::string(row.text(at)), number ? row.integer(at) : 0);
      }
      return key;
    };
    const auto name_of_key = [](const Key& key) {
      std::string name;
      for (const auto& [text, number] : key) {
        name += (name.empty() ? "" : "/") + (text.empty() ? std::to_string(number) : text);
      }
      return name;
    };
    bool more_here = here.step(), more_again = again.step();
    while (more_here || more_again) {
      if (report_.problems.size() >= options_.problems_limit) return;
      const auto here_key = more_here ? key_of(here) : Key{};
      const auto again_key = more_again ? key_of(again) : Key{};
      if (!more_again || (more_here && here_key < again_key)) {
        report(std::string(table.name), name_of_key(here_key), "a row that follows from no entry");
        more_here = here.step();
        continue;
      }
      if (!more_here || again_key < here_key) {
        report(std::string(table.name), name_of_key(again_key), "a row is missing");
        more_again = again.step();
        continue;
      }
      for (int at = 0; at < here.columns(); ++at) {
        if (!here.same_value(again, at)) {
          report(std::string(table.name), name_of_key(here_key), "a row was altered");
          break;
        }
      }
      more_here = here.step();
      more_again = again.step();
    }
  }

  Database& database_;
  TextIndex& index_;
  const Analyzer& analyzer_;
  const VerifyOptions& options_;
  VerifyReport report_{};
  std::optional<ExpectedRows> expected_{};
  std::unique_ptr<RowSums> actual_{};
  std::future<void> adding_{};  // after actual_, so that it ends first
  std::optional<VerifierKey> key_{};
  std::optional<Checkpoint> head_{};
  std::optional<Checkpoint> known_{};
  Hash known_root_{};
  bool tiles_whole_ = true;
  bool log_is_whole_ = false;
  std::optional<Sha256> hash_{};
  std::unordered_set<Seq> moved_{};
  std::vector<Seq> without_body_{};
  std::set<Seq> erased_{};
};

}  // namespace

VerifyReport verify_record(Database& database, TextIndex& index, const Analyzer& analyzer,
                           const VerifyOptions& options) {
  return Check(database, index, analyzer, options).run();
}

void fold_all(Database& database, ViewWriter& writer, const std::function<void(Seq done, Seq of)>& progress) {
  const auto of = static_cast<Seq>(database.integer("select count(*) from main.log", 0));
  Query query = database.scan(
      "select l.header, b.body from main.log l join main.bodies b on b.seq=l.seq order by l.seq");
  while (query.step()) {
    const Header header = header_from_json(query.text(0));
    try {
      writer.fold(header.seq, header.time, body_from_json(header.kind, query.text(1)));
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::unavailable || error.kind() == ErrorKind::no_space) throw;
      throw Error(ErrorKind::corrupt, "entry " + std::to_string(header.seq) + ": " + error.what());
    }
    if (progress && header.seq % kProgressEvery == 0) progress(header.seq, of);
  }
}

}  // namespace mithaq::record
