#include "record/verify.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <set>
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
      : query_(database.query("select tile, hashes from tiles where level=0 order by tile")) {}

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

class Check {
 public:
  Check(Database& database, const Analyzer& analyzer, const VerifyOptions& options)
      : database_(database), analyzer_(analyzer), options_(options) {}

  VerifyReport run() {
    read_head();
    read_log();
    check_erasures();
    check_strays();
    check_tiles();
    if (options_.views) check_views();
    return std::move(report_);
  }

 private:
  void report(std::string table, std::string row, std::string message) {
    if (report_.problems.size() < options_.problems_limit) {
      report_.problems.push_back({std::move(table), std::move(row), std::move(message)});
    }
  }
  void report(std::string table, Seq row, std::string message) {
    report(std::move(table), std::to_string(row), std::move(message));
  }

  std::string meta(std::string_view key) {
    Query query = database_.query("select value from meta where key=?1", key);
    return query.step() ? std::string(query.text(0)) : std::string();
  }

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
    static const std::unordered_set<std::string> kKnown{"format", "origin", "verifier_key", "analyzer",
                                                        "checkpoint"};
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
      Query query = database_.query(
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
    Query query = database_.query("select level, tile, hashes from tiles order by level, tile");
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
    // The temporary schema can be written even if the record cannot.
    database_.script("pragma temp.journal_mode=off; pragma temp.synchronous=off");
    ViewWriter writer(database_, "temp", false);
    writer.drop_tables();
    {
      Transaction transaction(database_, Transaction::Kind::read);
      writer.create_tables();
      try {
        fold_all(database_, writer, options_.progress);
        for (const ViewTable& table : kViewTables) compare(table);
      } catch (const Error& error) {
        report("views", "", std::string("the entries cannot be folded again: ") + error.what());
      }
      writer.drop_tables();
      transaction.commit();
    }
    if (sqlite3_db_readonly(database_.handle(), "main") != 0 ||
        database_.integer("pragma query_only", 0) != 0)
      return;
    try {
      Transaction transaction(database_, Transaction::Kind::write);
      database_.run("insert into paragraph_index(paragraph_index) values('integrity-check')");
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::corrupt) throw;
      report("paragraph_index", "", "the full-text index does not fit the paragraphs: run mithaq rebuild");
    }
  }

  void compare(const ViewTable& table) {
    const auto select = [&](std::string_view schema) {
      return "select * from " + std::string(schema) + "." + std::string(table.name) + " order by " +
             std::string(table.key);
    };
    const std::string here_sql = select("main"), again_sql = select("temp");
    Query here = database_.query(here_sql), again = database_.query(again_sql);
    const auto keys = static_cast<int>(std::count(table.key.begin(), table.key.end(), ',')) + 1;
    // Every table's key stands in its first columns.
    const auto key_of = [keys](const Query& row) {
      std::vector<std::int64_t> key;
      for (int at = 0; at < keys; ++at) key.push_back(row.integer(at));
      return key;
    };
    const auto name_of_key = [](const std::vector<std::int64_t>& key) {
      std::string name;
      for (const std::int64_t part : key) name += (name.empty() ? "" : "/") + std::to_string(part);
      return name;
    };
    bool more_here = here.step(), more_again = again.step();
    while (more_here || more_again) {
      if (report_.problems.size() >= options_.problems_limit) return;
      const auto here_key = more_here ? key_of(here) : std::vector<std::int64_t>{};
      const auto again_key = more_again ? key_of(again) : std::vector<std::int64_t>{};
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
  const Analyzer& analyzer_;
  const VerifyOptions& options_;
  VerifyReport report_{};
  std::optional<VerifierKey> key_{};
  std::optional<Checkpoint> head_{};
  std::optional<Checkpoint> known_{};
  Hash known_root_{};
  bool tiles_whole_ = true;
  std::optional<Sha256> hash_{};
  std::unordered_set<Seq> moved_{};
  std::vector<Seq> without_body_{};
  std::set<Seq> erased_{};
};

}  // namespace

VerifyReport verify_record(Database& database, const Analyzer& analyzer, const VerifyOptions& options) {
  return Check(database, analyzer, options).run();
}

void fold_all(Database& database, ViewWriter& writer, const std::function<void(Seq done, Seq of)>& progress) {
  const auto of = static_cast<Seq>(database.integer("select count(*) from main.log", 0));
  Query query = database.query(
      "select l.header, b.body from main.log l join main.bodies b on b.seq=l.seq order by l.seq");
  while (query.step()) {
    const Header header = header_from_json(query.text(0));
    try {
      writer.fold(header.seq, header.time, body_from_json(header.kind, query.text(1)));
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::unavailable) throw;
      throw Error(ErrorKind::corrupt, "entry " + std::to_string(header.seq) + ": " + error.what());
    }
    if (progress && header.seq % kProgressEvery == 0) progress(header.seq, of);
  }
}

}  // namespace mithaq::record
