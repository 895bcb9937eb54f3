// What only a file can suffer: altered rows, crashes, two programs at once, read-only media, a full disk.
#include "record/sql_store.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <set>

#include "base/error.hpp"
#include "record/schema.hpp"
#include "record/test_record.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;

// A person with a database tool. The record's own tokenizer is unknown to it.
void edit(const std::filesystem::path& path, const std::string& sql) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
      << sql << ": " << (message ? message : "");
  sqlite3_free(message);
  sqlite3_close(handle);
}

// Every row of every table, as text.
std::string dump(const std::filesystem::path& path, const std::string& tables_like = "%") {
  sqlite3* handle = nullptr;
  EXPECT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
  std::string out;
  const auto rows = [&](const std::string& sql, const auto& take) {
    sqlite3_stmt* statement = nullptr;
    ASSERT_EQ(sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sql;
    while (sqlite3_step(statement) == SQLITE_ROW) take(statement);
    sqlite3_finalize(statement);
  };
  std::vector<std::string> names;
  rows(
      "select name from sqlite_schema where type='table' and sql not like 'create virtual%' and name like '" +
          tables_like + "' order by name",
      [&](sqlite3_stmt* row) {
        names.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(row, 0)));
      });
  for (const std::string& name : names) {
    out += "[" + name + "]\n";
    rows("select * from " + name, [&](sqlite3_stmt* row) {
      for (int at = 0; at < sqlite3_column_count(row); ++at) {
        out += std::to_string(sqlite3_column_type(row, at)) + ":";
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(row, at));
        if (bytes != nullptr) out.append(bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, at)));
        out += "|";
      }
      out += "\n";
    });
  }
  sqlite3_close(handle);
  return out;
}

std::vector<std::string> texts(const std::string& word, std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < count; ++at) out.push_back("المنظمة " + word + " " + std::to_string(at));
  return out;
}

class RecordFile : public testing::Test {
 protected:
  std::unique_ptr<SqlStore> open() { return SqlStore::open(path_, options()); }
  std::unique_ptr<SqlStore> open(SqlOptions::Mode mode) {
    SqlOptions with = options();
    with.mode = mode;
    with.patience = std::chrono::milliseconds(50);
    return SqlStore::open(path_, with);
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
  ErrorKind kind_thrown(const std::function<void()>& run, std::string* message = nullptr) {
    try {
      run();
    } catch (const Error& error) {
      if (message != nullptr) *message = error.what();
      return error.kind();
    }
    ADD_FAILURE() << "nothing was thrown";
    return ErrorKind::bug;
  }

  Folder folder_;
  std::filesystem::path path_ = folder_ / "record.db";
};

TEST_F(RecordFile, IsSoundAfterOpeningAgain) {
  fill();
  const VerifyReport report = verify();
  EXPECT_TRUE(report.ok()) << report.problems[0].table << " " << report.problems[0].row << ": "
                           << report.problems[0].message;
  EXPECT_EQ(report.entries, 311u);
  EXPECT_EQ(report.erased, 1u);
}

// Each way of tampering, and the table and row that verify must name.
TEST_F(RecordFile, EveryTamperingIsFoundAndNamed) {
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
  const auto copy = folder_ / "copy.db";
  for (const auto& each : cases) {
    std::filesystem::copy_file(path_, copy, std::filesystem::copy_options::overwrite_existing);
    edit(copy, each.sql);
    SqlOptions with = options();
    with.mode = SqlOptions::Mode::read;
    const VerifyReport report = SqlStore::open(copy, with)->verify();
    ASSERT_FALSE(report.ok()) << each.sql;
    bool named = false;
    std::string all;
    for (const Problem& problem : report.problems) {
      all += problem.table + " " + problem.row + ": " + problem.message + "\n";
      named = named || (problem.table == each.table && problem.row == each.row);
    }
    EXPECT_TRUE(named) << each.sql << "\n" << all;
    tables.insert(each.table);
    std::filesystem::remove(copy);
  }
  // No table is forgotten.
  for (const char* table : {"log", "bodies", "tiles", "meta"}) EXPECT_TRUE(tables.contains(table)) << table;
  for (const ViewTable& table : kViewTables)
    EXPECT_TRUE(tables.contains(std::string(table.name))) << table.name;
}

// A record whose tables an earlier version made is not misread; the log is the same.
TEST_F(RecordFile, TablesOfAnotherVersionAreMadeAnew) {
  fill();
  edit(path_, "delete from meta where key='views'; drop table handlings");
  for (const auto mode : {SqlOptions::Mode::read, SqlOptions::Mode::write}) {
    std::string message;
    EXPECT_EQ(kind_thrown([&] { open(mode); }, &message), ErrorKind::conflict);
    EXPECT_NE(message.find("run mithaq rebuild"), std::string::npos) << message;
  }
  {
    SqlOptions with = options();
    with.to_rebuild = true;
    SqlStore::open(path_, with)->rebuild();
  }
  EXPECT_TRUE(verify().ok());
}

TEST_F(RecordFile, AnAlteredTextIndexIsFound) {
  fill();
  {
    const auto store = open();
    EXPECT_TRUE(store->verify().ok());
  }
  edit(path_, "delete from paragraph_index_data where id>10");
  const auto store = open(SqlOptions::Mode::write);
  EXPECT_FALSE(store->verify().ok());
  store->rebuild();
  EXPECT_TRUE(store->verify().ok());
}

// Who replaces the whole record, key and all, is found out by whoever kept a checkpoint.
TEST_F(RecordFile, ARewrittenRecordDoesNotFitAnOlderCheckpoint) {
  fill();
  const std::string kept = open()->checkpoint();
  std::filesystem::remove(path_);
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

TEST_F(RecordFile, RebuildGivesTheSameRows) {
  fill();
  const std::string before = dump(path_);
  {
    const auto store = open(SqlOptions::Mode::write);
    store->rebuild();
    EXPECT_TRUE(store->verify().ok());
  }
  // The index's own pages depend on when its segments were merged; its content is checked by verify.
  const auto without_index = [](std::string text) {
    for (const char* part : {"data", "docsize", "idx", "config"}) {
      const std::string name = "[paragraph_index_" + std::string(part) + "]\n";
      const std::size_t begin = text.find(name);
      if (begin == std::string::npos) continue;
      const std::size_t end = text.find("\n[", begin + 1);
      text.erase(begin, end == std::string::npos ? end : end + 1 - begin);
    }
    return text;
  };
  EXPECT_EQ(without_index(dump(path_)), without_index(before));
  EXPECT_NE(before.find("[statements]"), std::string::npos);
}

TEST_F(RecordFile, ErasedWordsAreGoneFromTheFile) {
  {
    const auto store = open();
    store->append(entries("a", {"عادي", "Zzyzxqvwk lives here"}));
    store->append(entries("b", texts("other", 50)));
    const Seq target = 0;
    store->erase(std::span(&target, 1), "clerk", "request of 1 May");
    EXPECT_TRUE(store->verify().ok());
    EXPECT_TRUE(store->view().search_paragraphs({{.text = "Zzyzxqvwk"}}).hits.empty());
  }
  for (const char* ending : {"", "-wal"}) {
    std::ifstream file(path_.string() + ending, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(bytes.find("zyzxqvwk"), std::string::npos) << ending;
  }
}

// A child appends batch after batch and is killed in the middle; what it had acknowledged is there, and the
// record is sound.
TEST_F(RecordFile, KilledInTheMiddleOfABatch) {
  for (int round = 0; round < 6; ++round) {
    std::filesystem::remove(path_);
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

TEST_F(RecordFile, TwoProgramsTakeTurns) {
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
  sqlite3* writer = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &writer), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(writer, "begin immediate", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(two->view().documents().size(), 3u);
  std::string message;
  EXPECT_EQ(kind_thrown([&] { two->append(entries("d", texts("w", 1))); }, &message), ErrorKind::conflict);
  EXPECT_NE(message.find("another program"), std::string::npos) << message;
  sqlite3_exec(writer, "rollback", nullptr, nullptr, nullptr);
  sqlite3_close(writer);
  two->append(entries("d", texts("w", 1)));
  EXPECT_TRUE(one->verify().ok());
}

TEST_F(RecordFile, IsReadWhereNothingCanBeWritten) {
  fill();
  const std::string before = dump(path_);
  {
    const auto store = open(SqlOptions::Mode::read);
    EXPECT_EQ(store->size(), 311u);
    EXPECT_TRUE(store->verify().ok());
    EXPECT_EQ(store->view().documents().size(), 2u);
    EXPECT_FALSE(store->view().search_paragraphs({{.text = "منظمة"}}).hits.empty());
    EXPECT_EQ(kind_thrown([&] { store->append(entries("x", {"y"})); }), ErrorKind::unavailable);
    const Seq target = 0;
    EXPECT_EQ(kind_thrown([&] { store->erase(std::span(&target, 1), "", ""); }), ErrorKind::unavailable);
    EXPECT_EQ(kind_thrown([&] { store->rebuild(); }), ErrorKind::unavailable);
  }
  EXPECT_EQ(dump(path_), before);
  if (::geteuid() != 0) {  // root may write anywhere
    namespace fs = std::filesystem;
    fs::permissions(path_, fs::perms::owner_read);
    fs::permissions(path_.parent_path(), fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_TRUE(open(SqlOptions::Mode::read)->verify().ok());
    EXPECT_EQ(kind_thrown([&] { open()->append(entries("x", {"y"})); }), ErrorKind::unavailable);
    fs::permissions(path_.parent_path(), fs::perms::owner_all);
  }
}

TEST_F(RecordFile, AFullDiskLosesNothing) {
  fill();
  const std::string head = open()->checkpoint();
  SqlOptions with = options();
  with.pages_max = std::filesystem::file_size(path_) / 16384 + 20;
  {
    const auto store = SqlStore::open(path_, with);
    std::string message;
    EXPECT_EQ(
        kind_thrown([&] { store->append(entries("big", texts(std::string(5000, 'x'), 200))); }, &message),
        ErrorKind::unavailable);
    EXPECT_NE(message.find("no space"), std::string::npos) << message;
    EXPECT_EQ(store->checkpoint(), head);
    EXPECT_TRUE(store->verify().ok());
    store->append(entries("small", {"one"}));
    EXPECT_TRUE(store->verify().ok());
  }
  EXPECT_TRUE(verify().ok());
}

// The same with the operating system's limit, which fails in the middle of a write.
TEST_F(RecordFile, AWriteThatFailsHalfWayLosesNothing) {
  fill();
  const std::string head = open()->checkpoint();
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    int result = 1;
    try {
      const auto store = open();
      const rlimit limit{600'000, 600'000};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      store->append(entries("big", texts(std::string(5000, 'x'), 400)));
    } catch (const Error& error) {
      result = error.kind() == ErrorKind::unavailable ? 0 : 2;
    } catch (...) {
      result = 3;
    }
    ::_exit(result);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  const auto store = open();
  EXPECT_EQ(store->checkpoint(), head);
  EXPECT_TRUE(store->verify().ok());
}

TEST_F(RecordFile, WhatIsNoRecordIsRefused) {
  EXPECT_EQ(kind_thrown([&] { open(SqlOptions::Mode::read); }), ErrorKind::not_found);
  EXPECT_EQ(kind_thrown([&] { open(SqlOptions::Mode::write); }), ErrorKind::not_found);
  std::ofstream(path_) << "This is a letter, not a record, and long enough to be told from an empty file."
                       << std::string(9000, 'x');
  EXPECT_EQ(kind_thrown([&] { open(); }), ErrorKind::corrupt);
  std::filesystem::remove(path_);
  edit(path_, "create table other(x)");
  EXPECT_EQ(kind_thrown([&] { open(); }), ErrorKind::corrupt);
  EXPECT_EQ(kind_thrown([&] { SqlStore::open(folder_ / "no" / "such" / "folder.db", options()); }),
            ErrorKind::unavailable);
  std::filesystem::remove(path_);
  open();
  edit(path_, "update meta set value='99' where key='format'");
  EXPECT_EQ(kind_thrown([&] { open(); }), ErrorKind::corrupt);
}

TEST_F(RecordFile, OnlyItsKeyAppends) {
  open();
  SqlOptions with = options();
  with.key = SigningKey::generate("mithaq.example/record");
  EXPECT_EQ(kind_thrown([&] { SqlStore::open(path_, with)->append(entries("a", {"x"})); }),
            ErrorKind::forbidden);
  with.key.reset();
  EXPECT_EQ(kind_thrown([&] { SqlStore::open(path_, with)->append(entries("a", {"x"})); }),
            ErrorKind::invalid_input);
  with = options();
  with.analyzer = std::make_shared<Analyzer>();
  EXPECT_EQ(kind_thrown([&] { SqlStore::open(path_, with)->append(entries("a", {"x"})); }),
            ErrorKind::conflict);
  const auto store = SqlStore::open(path_, with);
  store->rebuild();
  store->append(entries("a", {"x"}));
  EXPECT_TRUE(store->verify().ok());
}

TEST_F(RecordFile, NoTextOfADocumentOrPersonStandsInTheLog) {
  fill();
  const std::string log = dump(path_, "log");
  for (const char* word : {"alpha", "المنظمة", "reader", "sha256-", "OSCE", "clerk"}) {
    EXPECT_EQ(log.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace mithaq::record
