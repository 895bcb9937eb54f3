// What a record in a database can suffer, on SQLite and on PostgreSQL: altered rows, crashes, two programs at
// once.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <set>

#include "base/error.hpp"
#include "record/schema.hpp"
#include "record/test_record.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;

std::vector<std::string> texts(const std::string& word, std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < count; ++at) out.push_back("المنظمة " + word + " " + std::to_string(at));
  return out;
}

class RecordTest : public OnBoth {
 protected:
  std::unique_ptr<Database> database(Database::Mode mode = Database::Mode::write) const {
    return Database::open(location(), mode, std::chrono::milliseconds(1000));
  }
  // A person with a database tool. Written as SQLite says it.
  void edit(std::string sql) const {
    if (GetParam() == Dialect::postgresql) {
      const std::pair<std::string, std::string> words[] = {
          {"zeroblob(8192)", "decode(repeat('00',8192),'hex')"},
          {"zeroblob(32)", "decode(repeat('00',32),'hex')"},
          {"x'00'", "'\\x00'"},
          {"x''", "''"}};
      for (const auto& [of_sqlite, of_postgresql] : words) {
        for (std::size_t at = sql.find(of_sqlite); at != std::string::npos;
             at = sql.find(of_sqlite, at + of_postgresql.size())) {
          sql.replace(at, of_sqlite.size(), of_postgresql);
        }
      }
    }
    database()->script(sql);
  }
  // Every row of the tables of log and view, as text.
  std::string dump(const std::vector<std::string>& only = {}) const {
    const auto from = database(Database::Mode::read);
    std::string out;
    const auto rows = [&](const std::string& table, const std::string& key) {
      if (!only.empty() && std::find(only.begin(), only.end(), table) == only.end()) return;
      out += "[" + table + "]\n";
      Query query = from->query("select * from " + table + " order by " + key);
      while (query.step()) {
        for (int at = 0; at < query.columns(); ++at) {
          out += query.is_null(at) ? "null" : query.is_integer(at) ? std::to_string(query.integer(at)) : "'";
          out += query.is_integer(at) ? "|" : std::string(query.blob(at)) + "|";
        }
        out += "\n";
      }
    };
    for (const std::string_view table : kLogTables) {
      rows(std::string(table), table == "meta" ? "key" : table == "tiles" ? "level, tile" : "seq");
    }
    for (const ViewTable& table : kViewTables) rows(std::string(table.name), std::string(table.key));
    return out;
  }
  // A record with a little of everything: two documents, reviews, a merge, an erasure; 300 entries and more,
  // so that the tree has two levels of tiles.
  void fill() {
    const auto store = open();
    store->append(entries("a", texts("alpha", 150)));
    store->append(entries("b", texts("beta", 150)));
    store->append(std::vector<Body>{
        ReviewBody{.statement = 5, .by = "reader", .note = "seen"},
        ReviewBody{.statement = 6,
                   .action = ReviewAction::correct,
                   .by = "reader",
                   .correction = {.topic = "other"}},
        MergeBody{.entity = "OSCE", .into = "OSCE2"}, ActBody{.type = "pledge", .json = "{\"x\": 1}"},
        HandlingBody{
            .document = document_id("b"), .handling = {.tlp = document::Tlp::green}, .by = "officer"},
        RevisionBody{.document = document_id("a"),
                     .action = RevisionAction::choose_reading,
                     .reading = 1,
                     .by = "officer"}});
    const Seq target = 10;
    store->erase(std::span(&target, 1), "clerk", "reason");
  }
  VerifyReport verify() { return open(SqlOptions::Mode::read)->verify(); }
  // Keeps what stands in the record, and puts it back.
  class Kept {
   public:
    explicit Kept(const RecordTest& test) : test_(test), database_(test.database()) {
      for (const std::string& table : tables())
        database_->script("create table kept_" + table + " as select * from " + table);
    }
    ~Kept() {
      for (const std::string& table : tables()) database_->script("drop table kept_" + table);
    }
    Kept(const Kept&) = delete;
    Kept& operator=(const Kept&) = delete;
    void put_back() {
      Transaction transaction(*database_, Transaction::Kind::write);
      for (const std::string& table : tables())
        database_->script("delete from " + table + "; insert into " + table + " select * from kept_" + table);
      transaction.commit();
    }

   private:
    static std::vector<std::string> tables() {
      std::vector<std::string> out(kLogTables.begin(), kLogTables.end());
      for (const ViewTable& table : kViewTables) out.emplace_back(table.name);
      return out;
    }
    const RecordTest& test_;
    std::unique_ptr<Database> database_;
  };
  void start_anew() {
    if (location().is_file()) {
      for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(location().text() + ending);
    } else {
      const auto from = database(Database::Mode::create);
      for (const std::string_view table : kLogTables)
        from->script("drop table if exists " + std::string(table));
      for (const ViewTable& table : kViewTables)
        from->script("drop table if exists " + std::string(table.name));
      if (!from->has_table("paragraph_index")) return;
      std::vector<std::int64_t> segments;
      {
        Query query = from->query("select segment from paragraph_index");
        while (query.step()) segments.push_back(query.integer(0));
      }
      for (const std::int64_t each : segments)
        from->script("drop table paragraph_index_" + std::to_string(each));
      from->script("drop table paragraph_index");
    }
  }
};

MITHAQ_ON_BOTH(RecordTest);

// Each way of tampering, and the table and row that verify must name.
TEST_P(RecordTest, EveryTamperingIsFoundAndNamed) {
  fill();
  const struct {
    std::string sql, table, row;
  } cases[] = {
      {"update log set header=replace(header,'statement','review') where seq=7", "log", "7"},
      {"update log set header=replace(header,'2027','2028') where seq=0", "log", "0"},
      {"update log set header=replace(header,'\"seq\":7','\"seq\": 7') where seq=7", "log", "7"},
      {"update log set header='' where seq=310", "log", "310"},
      {"delete from log where seq=0", "log", "0"},
      {"delete from log where seq=42", "log", "42"},
      {"delete from log where seq=310", "log", "310"},
      {"delete from log where seq>=300; delete from bodies where seq>=300", "log", "300"},
      {"delete from log", "log", "0"},
      {"update log set seq=-1 where seq=20; update log set seq=20 where seq=21; update log set seq=21 where "
       "seq=-1",
       "log", "20"},
      {"update log set header=(select header from log where seq=30) where seq=31", "log", "31"},
      {"insert into log select 311, header from log where seq=30", "log", "311"},
      {"insert into log select -5, header from log where seq=30", "log", "-5"},
      {"update log set seq=400 where seq=310", "log", "310"},
      {"update bodies set body=replace(body,'alpha','gamma') where seq=9", "bodies", "9"},
      {"update bodies set salt=x'00' where seq=9", "bodies", "9"},
      {"delete from bodies where seq=9", "bodies", "9"},
      {"insert into bodies values(10,x'00','{}')", "bodies", "10"},
      {"insert into bodies values(999,x'00','{}')", "bodies", "999"},
      {"update bodies set seq=-1 where seq=20; update bodies set seq=20 where seq=21; update bodies set "
       "seq=21 where seq=-1",
       "bodies", "20"},
      {"update tiles set hashes=zeroblob(8192) where level=0 and tile=0", "tiles", "0/0"},
      {"update tiles set hashes=zeroblob(32) where level=1", "tiles", "1/0"},
      {"update tiles set hashes=x'' where level=0 and tile=1", "tiles", "0/1"},
      {"delete from tiles where level=0 and tile=0", "tiles", "0"},
      {"delete from tiles where level=1", "tiles", "1"},
      {"insert into tiles values(0,2,x'00')", "tiles", "0/2"},
      {"update meta set value=replace(value,'311','310') where key='checkpoint'", "meta", "checkpoint"},
      {"update meta set value='' where key='checkpoint'", "meta", "checkpoint"},
      {"delete from meta where key='checkpoint'", "meta", "checkpoint"},
      {"update meta set value='other' where key='origin'", "meta", "origin"},
      {"update meta set value='x' where key='verifier_key'", "meta", "verifier_key"},
      {"insert into meta values('more','x')", "meta", "more"},
      {"update documents set title='x' where seq=0", "documents", "0"},
      {"delete from documents where seq=0", "documents", "0"},
      {"update sections set raw_offset=5 where seq=1", "sections", "1"},
      {"update paragraphs set pieces='[]' where ordinal=3 and section=0 and document=0", "paragraphs",
       std::to_string((1 << 22) + 3)},
      {"insert into paragraphs select 77,document,section,ordinal,id,number,kind,text,pieces from paragraphs "
       "limit 1",
       "paragraphs", "77"},
      {"update mentions set entity='NATO' where ordinal=2 and paragraph<" + std::to_string(2 << 22),
       "mentions", std::to_string((1 << 22) + 2) + "/2/0"},
      {"delete from doubts where section=1", "doubts", "1/0"},
      {"update edits set reason='' where section=1", "edits", "1/0"},
      {"update statements set status='done' where seq=8", "statements", "8"},
      {"update statements set time_from=time_from+1 where seq=8", "statements", "8"},
      {"delete from statements where seq=8", "statements", "8"},
      {"insert into statements select "
       "3000,document,section,paragraph,paragraph_id,range_begin,range_end,raw,type,topic,time,"
       "time_from,time_to,modality,negated,status,instrument,value,unit,rule,confidence,review,reviewed_by,"
       "reviewed_at from "
       "statements where seq=8",
       "statements", "3000"},
      {"update statement_parties set entity='NATO' where statement=8 and ordinal=0", "statement_parties",
       "8/0"},
      {"update statement_parties set key='NATO' where statement=8 and ordinal=0", "statement_parties", "8/0"},
      {"delete from statement_themes where statement=8", "statement_themes", "8/0"},
      {"update statement_places set name='x' where statement=8", "statement_places", "8/0"},
      // What two tables' rows exchange must not cancel out.
      {"update statements set topic='x' where seq=8; update statements set topic='y' where seq=9",
       "statements", "9"},
      {"update reviews set reviewer='somebody else' where seq=304", "reviews", "304"},
      {"update merges set target='X'", "merges", "306"},
      {"update acts set type='x'", "acts", "307"},
      {"update erasures set reason='x'", "erasures", "310"},
      {"update revisions set note='x'", "revisions", "309"},
      {"update doubts set chosen=null", "doubts", "1/0"},
      {"update handlings set person='x'", "handlings", "308"},
      {"update documents set handling='\"TLP:CLEAR\"' where handling like '%GREEN%'", "documents", "152"},
  };
  std::set<std::string> tables;
  Kept kept(*this);
  for (const auto& each : cases) {
    edit(each.sql);
    const VerifyReport report = verify();
    ASSERT_FALSE(report.ok()) << each.sql;
    bool named = false;
    std::string all;
    for (const Problem& problem : report.problems) {
      all += problem.table + " " + problem.row + ": " + problem.message + "\n";
      named = named || (problem.table == each.table && problem.row == each.row);
    }
    EXPECT_TRUE(named) << each.sql << "\n" << all;
    tables.insert(each.table);
    kept.put_back();
  }
  // No table is forgotten.
  for (const char* table : {"log", "bodies", "tiles", "meta"}) EXPECT_TRUE(tables.contains(table)) << table;
  for (const ViewTable& table : kViewTables)
    EXPECT_TRUE(tables.contains(std::string(table.name))) << table.name;
}

// A record whose tables an earlier version made is not misread; the log is the same.
TEST_P(RecordTest, TablesOfAnotherVersionAreMadeAnew) {
  fill();
  edit("delete from meta where key='views'; drop table handlings");
  for (const auto mode : {SqlOptions::Mode::read, SqlOptions::Mode::write}) {
    std::string message;
    EXPECT_EQ(kind_thrown([&] { open(mode); }, &message), ErrorKind::conflict);
    EXPECT_NE(message.find("run mithaq rebuild"), std::string::npos) << message;
  }
  {
    SqlOptions with = options();
    with.to_rebuild = true;
    open(with)->rebuild();
  }
  EXPECT_TRUE(verify().ok());
}

TEST_P(RecordTest, AnAlteredTextIndexIsFound) {
  fill();
  {
    const auto store = open();
    EXPECT_TRUE(store->verify().ok());
  }
  for (const char* harm : {"update paragraph_index_0 set tokens='x'::tsvector where row=(select max(row) "
                           "from paragraph_index_0)",
                           "delete from paragraph_index_0 where row=(select max(row) from paragraph_index_0)",
                           "update paragraph_index set rows=rows+1"}) {
    if (GetParam() == Dialect::sqlite) harm = "delete from paragraph_index_data where id>10";
    edit(harm);
    const auto store = open(SqlOptions::Mode::write);
    EXPECT_FALSE(store->verify().ok()) << harm;
    store->rebuild();
    EXPECT_TRUE(store->verify().ok());
  }
}

// Who replaces the whole record, key and all, is found out by whoever kept a checkpoint.
TEST_P(RecordTest, ARewrittenRecordDoesNotFitAnOlderCheckpoint) {
  fill();
  const std::string kept = open()->checkpoint();
  start_anew();
  {
    const auto store = open();
    store->append(entries("a", texts("gamma", 400)));
    VerifyOptions with;
    EXPECT_TRUE(store->verify(with).ok());
    with.known_checkpoint = kept;
    EXPECT_FALSE(store->verify(with).ok());
    with.known_checkpoint = store->checkpoint();
    store->append(entries("b", texts("more", 3)));
    EXPECT_TRUE(store->verify(with).ok());
    with.known_checkpoint.reset();
    with.key = SigningKey::generate("mithaq.example/record").verifier();
    EXPECT_FALSE(store->verify(with).ok());
  }
}

TEST_P(RecordTest, RebuildGivesTheSameRows) {
  fill();
  const std::string before = dump();
  {
    const auto store = open(SqlOptions::Mode::write);
    store->rebuild();
    EXPECT_TRUE(store->verify().ok());
  }
  EXPECT_EQ(dump(), before);
  EXPECT_NE(before.find("[statements]"), std::string::npos);
}

// A child appends batch after batch and is killed in the middle; what it had acknowledged is there, and the
// record is sound.
TEST_P(RecordTest, KilledInTheMiddleOfABatch) {
  for (int round = 0; round < 6; ++round) {
    start_anew();
    open();
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(pipe_ends[0]);
      try {
        const auto store = open();
        for (int batch = 0;; ++batch) {
          store->append(entries("d" + std::to_string(batch), texts("word", 40)));
          const Seq size = store->size();
          if (::write(pipe_ends[1], &size, sizeof size) != sizeof size) break;
        }
      } catch (...) {
      }
      ::_exit(1);
    }
    ::close(pipe_ends[1]);
    Seq acknowledged = 0, size = 0;
    for (int seen = 0; seen < 3 + round && ::read(pipe_ends[0], &size, sizeof size) == sizeof size; ++seen)
      acknowledged = size;
    ::usleep(static_cast<useconds_t>(700 * round));
    ::kill(child, SIGKILL);
    while (::read(pipe_ends[0], &size, sizeof size) == sizeof size) acknowledged = size;
    ::close(pipe_ends[0]);
    ::waitpid(child, nullptr, 0);
    const auto store = open();
    EXPECT_GE(store->size(), acknowledged);
    EXPECT_EQ(store->size() % 42, 0u) << "half a batch";
    EXPECT_GT(acknowledged, 0u);
    const VerifyReport report = store->verify();
    EXPECT_TRUE(report.ok()) << report.problems[0].message;
    store->append(entries("after", {"one"}));
    EXPECT_TRUE(store->verify().ok());
  }
}

TEST_P(RecordTest, TwoProgramsTakeTurns) {
  const auto one = open();
  const auto two = open(SqlOptions::Mode::write);
  one->append(entries("a", texts("x", 3)));
  two->append(entries("b", texts("y", 300)));
  two->append(entries("a", texts("x", 3)));  // known from the other
  one->append(entries("c", texts("z", 3)));
  EXPECT_EQ(one->size(), two->size());
  EXPECT_EQ(one->size(), 5u + 302u + 5u);
  EXPECT_TRUE(one->verify().ok());
  EXPECT_TRUE(two->verify().ok());
  EXPECT_EQ(two->view().documents().size(), 3u);

  // While one writes, the other reads what was, and is told why it cannot write.
  {
    const auto writer = database();
    Transaction transaction(*writer, Transaction::Kind::write);
    EXPECT_EQ(two->view().documents().size(), 3u);
    std::string message;
    EXPECT_EQ(kind_thrown([&] { two->append(entries("d", texts("w", 1))); }, &message), ErrorKind::conflict);
    EXPECT_NE(message.find("another program"), std::string::npos) << message;
  }
  two->append(entries("d", texts("w", 1)));
  EXPECT_TRUE(one->verify().ok());
}

TEST_P(RecordTest, OnlyItsKeyAppends) {
  open();
  SqlOptions with = options();
  with.key = SigningKey::generate("mithaq.example/record");
  EXPECT_EQ(kind_thrown([&] { open(with)->append(entries("a", {"x"})); }), ErrorKind::forbidden);
  with.key.reset();
  EXPECT_EQ(kind_thrown([&] { open(with)->append(entries("a", {"x"})); }), ErrorKind::invalid_input);
  with = options();
  with.analyzer = std::make_shared<Analyzer>();
  EXPECT_EQ(kind_thrown([&] { open(with)->append(entries("a", {"x"})); }), ErrorKind::conflict);
  const auto store = open(with);
  store->rebuild();
  store->append(entries("a", {"x"}));
  EXPECT_TRUE(store->verify().ok());
}

TEST_P(RecordTest, NoTextOfADocumentOrPersonStandsInTheLog) {
  fill();
  const std::string log = dump({"log"});
  for (const char* word : {"alpha", "المنظمة", "reader", "sha256-", "OSCE", "clerk"}) {
    EXPECT_EQ(log.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace mithaq::record
