// What only a server can suffer: connections that are cut, a crash, another program's lock.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "base/error.hpp"
#include "record/test_record.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;

class PostgresqlTest : public testing::Test {
 protected:
  void SetUp() override {
    if (place_.missing()) GTEST_SKIP() << "PostgreSQL is not installed";
  }
  std::unique_ptr<SqlStore> open() { return SqlStore::open(place_.location(), options()); }
  std::unique_ptr<Database> database() {
    return Database::open(place_.location(), Database::Mode::create, std::chrono::milliseconds(200));
  }

  Place place_{Dialect::postgresql};
};

TEST_F(PostgresqlTest, ACutConnectionIsSaidAndMadeAgain) {
  const auto writer = database();
  writer->run("create table jobs_of_test(id bigint primary key)");
  {
    // Inside a transaction nothing goes on as if nothing had happened.
    Transaction transaction(*writer, Transaction::Kind::write);
    writer->run("insert into jobs_of_test values(?1)", 1);
    const std::int64_t pid = writer->integer("select pg_backend_pid()", 0);
    database()->integer("select pg_terminate_backend(cast(?1 as int))", 0, pid);
    EXPECT_EQ(kind_thrown([&] { writer->run("insert into jobs_of_test values(?1)", 2); }),
              ErrorKind::unavailable);
    EXPECT_EQ(kind_thrown([&] { writer->run("insert into jobs_of_test values(?1)", 3); }),
              ErrorKind::unavailable);
    EXPECT_EQ(kind_thrown([&] { transaction.commit(); }), ErrorKind::unavailable);
  }
  EXPECT_EQ(writer->integer("select count(*) from jobs_of_test", -1), 0);
  writer->run("insert into jobs_of_test values(?1)", 4);
  // Outside of one, at most one use fails.
  const std::int64_t pid = writer->integer("select pg_backend_pid()", 0);
  database()->integer("select pg_terminate_backend(cast(?1 as int))", 0, pid);
  EXPECT_EQ(kind_thrown([&] { writer->integer("select count(*) from jobs_of_test", -1); }),
            ErrorKind::unavailable);
  EXPECT_EQ(writer->integer("select count(*) from jobs_of_test", -1), 1);
}

// A server of its own is killed in the middle of appends and started again: what was acknowledged is there.
TEST_F(PostgresqlTest, AServerThatCrashesLosesNothing) {
  const std::string program = (test::project() / "tools" / "with_postgres").string();
  // The path of a socket has to be short.
  const std::string server = "/tmp/mithaq-pg-" + std::to_string(::getpid());
  const auto run = [&](const std::string& what) {
    return std::system((program + " --" + what + " " + server + " >/dev/null 2>&1").c_str());
  };
  struct Remove {
    std::function<void()> run;
    ~Remove() { run(); }
  } remove{[&] { run("remove"); }};
  ASSERT_EQ(run("fresh"), 0);
  std::ifstream file(server + "/url");
  std::string url;
  std::getline(file, url);
  const auto store = SqlStore::open(url, options());
  Seq acknowledged = 0;
  for (int round = 0; round < 3; ++round) {
    for (int batch = 0; batch < 5; ++batch) {
      store->append(
          entries("r" + std::to_string(round) + "b" + std::to_string(batch), {"one", "two", "three"}));
      acknowledged = store->size();
    }
    ASSERT_EQ(run("crash"), 0);
    EXPECT_EQ(kind_thrown([&] { store->append(entries("lost", {"x"})); }), ErrorKind::unavailable);
    EXPECT_EQ(kind_thrown([&] { store->size(); }), ErrorKind::unavailable);
    EXPECT_EQ(kind_thrown([&] { SqlStore::open(url, options()); }), ErrorKind::unavailable);
    ASSERT_EQ(run("start"), 0);
    EXPECT_EQ(store->size(), acknowledged);
    const VerifyReport report = store->verify();
    EXPECT_TRUE(report.ok()) << report.problems[0].message;
  }
}

TEST_F(PostgresqlTest, WhatIsNoRecordIsRefused) {
  SqlOptions with = options();
  with.mode = SqlOptions::Mode::read;
  EXPECT_EQ(kind_thrown([&] { SqlStore::open(place_.location(), with); }), ErrorKind::not_found);
  std::string other = test::postgres_url();
  other.replace(other.find("///mithaq"), 9, "///no_such_base");
  EXPECT_EQ(kind_thrown([&] { SqlStore::open(other, options()); }), ErrorKind::not_found);
  EXPECT_EQ(kind_thrown([&] { SqlStore::open("postgresql:///x?host=/no/such/folder", options()); }),
            ErrorKind::unavailable);
  // Tables of others in the same schema do not hinder.
  database()->script("create table others(x bigint)");
  open()->append(entries("a", {"x"}));
  EXPECT_TRUE(open()->verify().ok());
  database()->script("drop table tiles");
  EXPECT_EQ(kind_thrown([&] { open(); }), ErrorKind::corrupt);
}

TEST_F(PostgresqlTest, TransactionsBesideTheLogDoNotWaitForEachOther) {
  const auto one = database(), two = database();
  one->create("create table jobs(id identity, state text not null, head blob, weight real)");
  one->run("insert into jobs(state, head, weight) values(?1,?2,?3)", "queued",
           Blob{std::string_view("\0x", 2)}, 1.5);
  one->run("insert into jobs(state) values(?1)", "queued");
  Transaction first(*one, Transaction::Kind::beside), second(*two, Transaction::Kind::beside);
  const auto take = [](Database& from) {
    return from.integer(
        "update jobs set state='reading' where id=(select id from jobs where state='queued' order by id "
        "limit 1 for "
        "update skip locked) returning id",
        -1);
  };
  EXPECT_EQ(take(*one), 1);
  EXPECT_EQ(take(*two), 2);
  first.commit();
  second.commit();
  Query row = one->query("select head, weight, state from jobs order by id");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.blob(0), std::string_view("\0x", 2));
  EXPECT_EQ(row.real(1), 1.5);
  ASSERT_TRUE(row.step());
  EXPECT_TRUE(row.is_null(0));
  EXPECT_EQ(row.text(2), "reading");
  EXPECT_FALSE(row.step());
}

// Two transactions that wait for each other: one of them is tried again, and both end.
TEST_F(PostgresqlTest, ADeadlockIsTriedAgain) {
  database()->script(
      "create table rows(id bigint primary key, n bigint not null); insert into rows values(1,0),(2,0)");
  const auto add = [this](int from, int to) {
    const auto mine =
        Database::open(place_.location(), Database::Mode::write, std::chrono::milliseconds(20000));
    for (int round = 0; round < 10; ++round) {
      run_transaction(*mine, Transaction::Kind::beside, [&] {
        mine->run("update rows set n=n+1 where id=?1", from);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        mine->run("update rows set n=n+1 where id=?1", to);
      });
    }
  };
  std::thread other([&] { add(1, 2); });
  add(2, 1);
  other.join();
  EXPECT_EQ(database()->integer("select sum(n) from rows", 0), 40);
}

TEST_F(PostgresqlTest, AScanHoldsItsRowsWhateverIsAskedMeanwhile) {
  const auto from = database();
  from->script("create table numbers as select n from generate_series(1, 20000) n");
  Query scan = from->scan("select n from numbers where n>?1 order by n", 10);
  std::int64_t expected = 11;
  while (scan.step()) {
    ASSERT_EQ(scan.integer(0), expected++);
    if (expected % 1000 == 0) {
      EXPECT_EQ(from->integer("select count(*) from numbers", 0), 20000);
    }
  }
  EXPECT_EQ(expected, 20001);
}

TEST(Location, APasswordIsNotShown) {
  EXPECT_EQ(Location("postgresql://amina:secret@db.example:5433/mithaq").shown(),
            "postgresql://amina@db.example:5433/mithaq");
  EXPECT_EQ(Location("postgresql:///mithaq?user=a&password=secret&host=/run").shown(),
            "postgresql:///mithaq?user=a&password=&host=/run");
  EXPECT_EQ(Location("postgresql:///mithaq?host=/run").shown(), "postgresql:///mithaq?host=/run");
  EXPECT_EQ(Location("/tmp/a:b@c.mithaq").shown(), "/tmp/a:b@c.mithaq");
}

TEST(SchemaText, SaysTypesInEachDialect) {
  const std::string_view sql =
      "create table t(id identity, text text not null, n integer, b blob, r real, primary key(n, text)) "
      "without rowid";
  EXPECT_EQ(
      schema_text(Dialect::sqlite, sql),
      "create table t(id integer primary key, text text not null, n integer, b blob, r real, primary key(n, "
      "text)) without rowid");
  EXPECT_EQ(schema_text(Dialect::postgresql, sql),
            "create table t(id bigint generated by default as identity primary key, text text collate \"C\" "
            "not null, "
            "n bigint, b bytea, r double precision, primary key(n, text)) ");
}

// As PostgreSQL says it when its disk is full, whatever its words.
TEST_F(PostgresqlTest, AFullDiskIsToldByItsNumber) {
  const auto writer = database();
  const auto raise = [&](const std::string& state) {
    writer->script("do $$ begin raise exception 'nothing that names a disk' using errcode='" + state +
                   "'; end $$");
  };
  EXPECT_EQ(kind_thrown([&] { raise("53100"); }), ErrorKind::no_space);
  EXPECT_EQ(kind_thrown([&] { raise("53200"); }), ErrorKind::unavailable) << "out of memory";
}

}  // namespace
}  // namespace mithaq::record
