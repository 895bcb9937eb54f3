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
        ErrorKind::no_space);
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
      result = error.kind() == ErrorKind::no_space ? 0 : 2;
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

ActBody act(const std::string& type) {
  return {.type = type, .json = "{}"};
}

TEST_F(RecordFile, AppendsOnlyToTheRecordThatWasJudged) {
  const auto one = open(), other = open();
  const Body first = act("meeting.planned"), second = act("meeting.opened");
  EXPECT_EQ(one->append_at(0, {&first, 1}).first, 0u);
  // The other process looked at the record before.
  try {
    other->append_at(0, {&second, 1});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::conflict);
  }
  EXPECT_EQ(one->size(), 1u);
  EXPECT_EQ(other->append_at(1, {&second, 1}).first, 1u);
  EXPECT_TRUE(one->verify().ok());
}

TEST_F(RecordFile, GivesActsInTheirOrderWithoutWhatWasErased) {
  const auto store = open();
  std::vector<Body> bodies;
  for (int at = 0; at < 2500; ++at) bodies.emplace_back(act("meeting.n" + std::to_string(at)));
  store->append(bodies);
  const Seq gone[] = {7};
  store->erase(gone, "keeper", "a name");
  std::vector<Seq> seen;
  store->each_act(5, [&](Seq seq, const ActBody& body) {
    EXPECT_EQ(body.type, "meeting.n" + std::to_string(seq));
    seen.push_back(seq);
  });
  EXPECT_EQ(seen.size(), 2500u - 5 - 1);  // the erasure is no act
  EXPECT_EQ(seen[1], 6u);
  EXPECT_EQ(seen[2], 8u);
  EXPECT_EQ(seen.back(), 2499u);
}

}  // namespace
}  // namespace mithaq::record
