// A backup of either database, restored into either; and backups that are not whole.
#include "record/backup.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "record/beside.hpp"
#include "record/test_record.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;

const Beside kJobs{
    .name = "jobs",
    .tables = {"jobs", "job_parts"},
    .sql =
        "create table if not exists jobs(id identity, name text not null, head blob, parent integer);"
        "create table if not exists job_parts(job integer not null, part integer not null, "
        "primary key(job, part)) without rowid;"
        "create index if not exists jobs_by_name on jobs(name)"};

class BackupTest : public OnBoth {
 protected:
  std::unique_ptr<Database> database(const Location& location) const {
    return Database::open(location, Database::Mode::write, std::chrono::milliseconds(1000));
  }
  void fill() {
    const auto store = open();
    store->append(entries("a", {"المنظمة تتعاون", "second"}));
    store->append(entries("b", std::vector<std::string>(300, "قوات حفظ السلام")));
    store->append(std::vector<Body>{ReviewBody{.statement = 2, .by = "reader"},
                                    MergeBody{.entity = "OSCE", .into = "OSCE2"}});
    const Seq target = 3;
    store->erase(std::span(&target, 1), "clerk", "reason");
    const auto beside = database(location());
    create_beside(*beside, kJobs);
    create_beside(*beside, kJobs);  // the second time changes nothing
    beside->run("insert into jobs(name, head) values(?1,?2)", "واحد", Blob{std::string_view("\0\xFF", 2)});
    beside->run("insert into jobs(name, parent) values(?1,?2)", "two", 1);
    beside->run("insert into job_parts values(?1,?2)", 2, 7);
  }
  std::vector<Dialect> dialects() const {
    std::vector<Dialect> out{Dialect::sqlite};
    if (!test::postgres_url().empty()) out.push_back(Dialect::postgresql);
    return out;
  }
  static std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  Folder folder_;
};

MITHAQ_ON_BOTH(BackupTest);

TEST_P(BackupTest, ComesBackOnEitherDatabase) {
  fill();
  const auto file = folder_ / "monday.backup";
  const BackupReport written = write_backup(location(), file);
  EXPECT_EQ(written.entries, open()->size());
  EXPECT_EQ(written.rows, 3u);
  EXPECT_EQ(written.bytes, std::filesystem::file_size(file));
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(kind_thrown([&] { write_backup(location(), file); }), ErrorKind::conflict);
  for (const Dialect dialect : dialects()) {
    const Place place(dialect);
    const BackupReport restored = restore_backup(file, place.location(), options());
    EXPECT_EQ(restored.entries, written.entries);
    const auto store = SqlStore::open(place.location(), options());
    EXPECT_EQ(store->checkpoint(), open()->checkpoint());
    EXPECT_TRUE(store->verify().ok());
    EXPECT_FALSE(store->entry(3).body);
    EXPECT_EQ(store->view().search_paragraphs({{.text = "السلام"}}).hits.size(), 20u);
    const auto beside = database(place.location());
    {
      Query row = beside->query("select name, head, parent from jobs order by id");
      ASSERT_TRUE(row.step());
      EXPECT_EQ(row.text(0), "واحد");
      EXPECT_EQ(row.blob(1), std::string_view("\0\xFF", 2));
      ASSERT_TRUE(row.step());
      EXPECT_EQ(row.integer(2), 1);
      EXPECT_FALSE(row.step());
    }
    EXPECT_EQ(beside->integer("insert into jobs(name) values('x') returning id", 0), 3) << "numbers go on";
    EXPECT_EQ(beside->integer("select part from job_parts", 0), 7);
    // The record goes on, and so does its backup.
    store->append(entries("c", {"more"}));
    EXPECT_TRUE(store->verify().ok());
    const auto again = folder_ / ("again" + std::to_string(static_cast<int>(dialect)));
    EXPECT_EQ(write_backup(place.location(), again).entries, written.entries + 3);
    // Nothing is restored over a record.
    EXPECT_EQ(kind_thrown([&] { restore_backup(file, place.location(), options()); }), ErrorKind::conflict);
    EXPECT_EQ(store->size(), written.entries + 3);
  }
}

TEST_P(BackupTest, OneThatWasCutOffOrAlteredIsRefused) {
  fill();
  const auto file = folder_ / "whole", other = folder_ / "other";
  write_backup(location(), file);
  const std::string whole = bytes_of(file);
  EXPECT_EQ(check_backup(file).bytes, whole.size());
  const auto refused = [&](const std::string& bytes, const std::string& what) {
    std::ofstream(other, std::ios::binary | std::ios::trunc) << bytes;
    const Place place(GetParam());
    EXPECT_EQ(kind_thrown([&] { restore_backup(other, place.location(), options()); }), ErrorKind::corrupt)
        << what;
    SqlOptions with = options();
    with.mode = SqlOptions::Mode::read;
    EXPECT_EQ(kind_thrown([&] { SqlStore::open(place.location(), with); }), ErrorKind::not_found) << what;
  };
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{16}, std::size_t{17},
                                 whole.size() / 3, whole.size() - 40, whole.size() - 1}) {
    refused(whole.substr(0, size), "cut to " + std::to_string(size));
  }
  for (std::size_t at = 0; at < whole.size(); at += whole.size() / 9) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    refused(bytes, "altered at " + std::to_string(at));
  }
  refused(whole + "x", "longer");
  EXPECT_EQ(kind_thrown([&] { check_backup(folder_ / "none"); }), ErrorKind::not_found);
}

// Who makes the checksum fit too is found out by what the head signs.
TEST_P(BackupTest, OneWhoseChecksumWasMadeToFitIsRefused) {
  fill();
  const auto file = folder_ / "whole", other = folder_ / "other";
  write_backup(location(), file);
  std::string bytes = bytes_of(file);
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"\"seq\":5", "\"seq\":6"},
                                 {"تتعاون", "تتعاوم"},
                                 {"mithaq.example/record", "mithaq.example/RECORD"}}) {
    std::string altered = bytes;
    for (std::size_t at = altered.find(from); at != std::string::npos; at = altered.find(from, at + 1)) {
      altered.replace(at, from.size(), to);
    }
    ASSERT_NE(altered, bytes);
    altered.resize(altered.size() - 32);
    const auto digest = sha256(altered);
    altered.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    std::ofstream(other, std::ios::binary | std::ios::trunc) << altered;
    const Place place(GetParam());
    EXPECT_EQ(kind_thrown([&] { restore_backup(other, place.location(), options()); }), ErrorKind::corrupt)
        << from;
  }
}

// Entries, tree and signature are sound, and yet it is no record: it stays nowhere. What others keep in the
// same schema does.
TEST_P(BackupTest, OneThatFailsWhenItIsVerifiedLeavesNothing) {
  fill();
  const auto file = folder_ / "whole", other = folder_ / "other";
  write_backup(location(), file);
  std::string bytes = bytes_of(file);
  const std::string name = "mithaq.example/record";
  const std::size_t at = bytes.find(name, bytes.find("origin"));
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, name.size(), "mithaq.example/RECORD");
  bytes.resize(bytes.size() - 32);
  const auto digest = sha256(bytes);
  bytes.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  std::ofstream(other, std::ios::binary | std::ios::trunc) << bytes;

  const Place place(GetParam());
  const bool postgresql = GetParam() == Dialect::postgresql;
  const auto open = [&] {
    return Database::open(place.location(), Database::Mode::create, std::chrono::milliseconds(1000));
  };
  if (postgresql)
    open()->script("create table paragraph_index_notes(text text); create table others(text text)");
  EXPECT_EQ(kind_thrown([&] { restore_backup(other, place.location(), options()); }), ErrorKind::corrupt);
  if (postgresql) {
    const auto database = open();
    Query left = database->query(
        "select cast(tablename as text) from pg_tables where schemaname=current_schema() order by 1");
    std::string tables;
    while (left.step()) tables += std::string(left.text(0)) + " ";
    EXPECT_EQ(tables, "others paragraph_index_notes ");
  } else {
    EXPECT_FALSE(std::filesystem::exists(place.location().file()));
  }
  // The sound one finds room there.
  EXPECT_GT(restore_backup(file, place.location(), options()).entries, 0u);
}

}  // namespace
}  // namespace mithaq::record
