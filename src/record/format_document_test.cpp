// The worked example of docs/record-format.md is what the program writes.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/encoding.hpp"
#include "record/test_record.hpp"

namespace mithaq::record {
namespace {

using namespace test_record;

TEST(RecordFormatDocument, WorkedExampleIsWhatTheProgramWrites) {
  std::ifstream file(test::project() / "docs" / "record-format.md", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  const std::string page = text.str();
  ASSERT_FALSE(page.empty());

  std::uint8_t next = 0;
  SqlOptions with = options();
  with.random = [&next](std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) byte = next++;
  };
  const auto store = SqlStore::open(":memory:", with);
  store->append(std::vector<Body>{
      DocumentBody{.id = document_id("ميثاق"),
                   .name = "ميثاق.txt",
                   .format = "text",
                   .encoding = "utf-8",
                   .metadata = {.language = "ar", .date = "2018-11-29"}},
      MergeBody{.entity = "doc:1", .into = "OIC", .by = "a clerk", .reason = "the same body"}});
  std::vector<std::string> expected{store->checkpoint(), store->verifier_key().to_string()};
  for (Seq seq = 0; seq < 2; ++seq) {
    const Entry entry = store->entry(seq);
    expected.push_back(to_canonical_json(entry.header));
    expected.push_back(entry.salt);
    expected.push_back(*entry.body);
    expected.push_back(to_hex(leaf_hash(to_canonical_json(entry.header))));
  }
  expected.push_back(to_hex(store->root()));
  for (const std::string& each : expected) {
    EXPECT_NE(page.find(each), std::string::npos) << "docs/record-format.md does not hold:\n" << each;
  }
}

}  // namespace
}  // namespace mithaq::record
