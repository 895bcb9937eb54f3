// Small documents and stores for the tests of this folder.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/sha256.hpp"
#include "record/ingest.hpp"
#include "record/memory_store.hpp"
#include "record/sql_store.hpp"
#include "tests/support/test_paths.hpp"
#include "tests/support/test_postgres.hpp"

namespace mithaq::record::test_record {

inline SigningKey key() {
  std::array<std::uint8_t, 32> seed{};
  seed.fill(42);
  return SigningKey::from_seed("mithaq.example/record", seed);
}

inline Clock clock() {
  return [] { return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)); };
}

// Salts that are the same in every run.
inline std::function<void(std::span<std::uint8_t>)> counting_random() {
  return [state = std::uint64_t{1}](std::span<std::uint8_t> bytes) mutable {
    for (std::uint8_t& byte : bytes) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      byte = static_cast<std::uint8_t>(state >> 56);
    }
  };
}

inline SqlOptions options() {
  SqlOptions out;
  out.origin = "mithaq.example/record";
  out.key = key();
  out.clock = clock();
  out.random = counting_random();
  out.analyzer = Analyzer::load(test::data());
  return out;
}

inline MemoryOptions memory_options() {
  return {.origin = "mithaq.example/record", .key = key(), .clock = clock(), .random = counting_random()};
}

inline std::string document_id(const std::string& name) {
  return "sha256-" + to_hex(sha256(name));
}

// A section of a document: one paragraph for each text, "p1" and so on, laid out line by line; the first
// word of each paragraph is a mention, and the paragraph is the evidence of one statement.
inline document::Document section(const std::string& name, const std::vector<std::string>& texts,
                                  std::size_t number = 0, std::size_t offset = 0) {
  document::Document out;
  out.id = document_id(name);
  out.name = name + ".txt";
  out.format = "text";
  out.encoding = "utf-8";
  out.metadata = {
      .title = "تقرير " + name, .language = "ar", .symbol = "A/55/98", .date = "2000-06-29", .issuer = "UN"};
  out.section = number;
  out.raw_offset_bytes = offset;
  out.raw_offset_code_points = offset;
  for (const std::string& text : texts) {
    const document::Span line{out.raw.size(), out.raw.size() + text.size()};
    out.raw += text + "\n";
    out.blocks.push_back({.lines = {line}, .kind = document::ParagraphKind::body});
    const auto index = static_cast<std::uint32_t>(out.paragraphs.size());
    const auto size = static_cast<std::uint32_t>(text.size());
    out.paragraphs.push_back({.id = "p" + std::to_string(index + 1),
                              .kind = document::ParagraphKind::body,
                              .text = text,
                              .pieces = {{.text = {0, size}, .raw = line}}});
    const auto word = static_cast<std::uint32_t>(std::min(text.find(' '), text.size()));
    out.mentions.push_back({.type = document::MentionType::organization,
                            .place = {index, {0, word}},
                            .entities = {"OSCE"},
                            .name = "Organization for Security and Co-operation in Europe"});
    document::Statement statement;
    statement.type = document::StatementType::cooperation;
    statement.evidence = {index, {0, size}};
    statement.parties = {
        {.role = document::PartyRole::actor, .entity = "OSCE", .name = "OSCE", .mention = index},
        {.role = document::PartyRole::counterpart, .name = "لجنة لم يسجلها أحد"}};
    statement.themes = {"mediation"};
    statement.topic = "منع النزاعات";
    statement.places = {"KGZ"};
    statement.place_names = {"Kyrgyzstan"};
    statement.time = "1999";
    statement.instrument = "OIC resolution 53/45-POL, paragraph 5";
    statement.rule = "test";
    out.statements.push_back(std::move(statement));
  }
  out.edits.push_back({.rule = "test.flag",
                       .grade = document::Grade::flag,
                       .span = {0, 1},
                       .before = "x",
                       .reason = "a reason"});
  if (!texts.empty()) {
    // Its first letter, which may be more than a byte.
    std::uint32_t letter = 1;
    while (letter < texts[0].size() && (static_cast<unsigned char>(texts[0][letter]) & 0xC0) == 0x80)
      ++letter;
    out.doubts.push_back({.rule = "test.doubt",
                          .place = {0, {0, letter}},
                          .raw = {{0, letter}},
                          .readings = {{.text = "56", .reason = "printed", .taken = true},
                                       {.text = "65", .reason = "counted"}}});
  }
  return out;
}

// All entries of a document with these paragraphs.
inline std::vector<Body> entries(const std::string& name, const std::vector<std::string>& texts) {
  return entries_of(section(name, texts), true);
}

// The kind of the error that is thrown, which must be one.
inline ErrorKind kind_thrown(const std::function<void()>& run, std::string* message = nullptr) {
  try {
    run();
  } catch (const Error& error) {
    if (message != nullptr) *message = error.what();
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorKind::bug;
}

// A folder that goes when the test ends.
class Folder {
 public:
  Folder() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("mithaq-record-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code none;
    std::filesystem::remove_all(path_, none);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// Where a test's record is, on either database.
class Place {
 public:
  explicit Place(Dialect dialect)
      : location_(dialect == Dialect::sqlite ? Location(folder_ / "record.db") : Location(schema_.url())) {}
  const Location& location() const { return location_; }
  // True if PostgreSQL is wanted and not installed.
  bool missing() const { return !location_.is_file() && test::postgres_url().empty(); }

 private:
  Folder folder_{};
  test::PostgresSchema schema_{};
  Location location_;
};

// A test of records on both databases.
class OnBoth : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    if (place_.missing()) GTEST_SKIP() << "PostgreSQL is not installed";
  }
  const Location& location() const { return place_.location(); }
  std::unique_ptr<SqlStore> open(SqlOptions with = options()) const {
    return place_.missing() ? nullptr : SqlStore::open(location(), with);
  }
  std::unique_ptr<SqlStore> open(SqlOptions::Mode mode) const {
    SqlOptions with = options();
    with.mode = mode;
    with.patience = std::chrono::milliseconds(100);
    return open(with);
  }

 private:
  Place place_{GetParam()};
};

inline std::string name_of_dialect(const testing::TestParamInfo<Dialect>& dialect) {
  return dialect.param == Dialect::sqlite ? "sqlite" : "postgresql";
}
#define MITHAQ_ON_BOTH(fixture)                                                                     \
  INSTANTIATE_TEST_SUITE_P(Records, fixture, testing::Values(Dialect::sqlite, Dialect::postgresql), \
                           name_of_dialect)

}  // namespace mithaq::record::test_record
