// Holds every line of data/states.tsv against ISO 3166-1 and against what the reader needs of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "base/fold.hpp"
#include "base/table.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

constexpr const char* kLanguages[] = {"ar", "en", "fr", "ru", "es", "zh"};

bool is_code(std::string_view text, std::size_t length, bool digits) {
  return text.size() == length && std::all_of(text.begin(), text.end(), [&](char c) {
           return digits ? (c >= '0' && c <= '9') : (c >= 'A' && c <= 'Z');
         });
}

TEST(States, HaveWellFormedCodes) {
  const Table states = Table::read(data() / "states.tsv");
  unique_ids(states);
  std::map<std::string, std::size_t> count;
  std::map<std::string, std::string> owner;
  for (std::size_t row = 0; row < states.row_count(); ++row) {
    const std::string kind(states.cell(row, "kind"));
    ++count[kind];
    EXPECT_TRUE(kind == "state" || kind == "territory" || kind == "former" || kind == "other")
        << place_of(states, row) << ": " << kind;
    EXPECT_TRUE(is_code(states.cell(row, "id"), 3, false)) << place_of(states, row);
    for (const auto& [column, length, digits] :
         {std::tuple("iso2", 2u, false), std::tuple("iso3", 3u, false), std::tuple("m49", 3u, true)}) {
      const std::string code(states.cell(row, column));
      if (code.empty()) {
        EXPECT_NE(kind, "state") << place_of(states, row) << " has no " << column;
        continue;
      }
      EXPECT_TRUE(is_code(code, length, digits)) << place_of(states, row) << ": " << code;
      // Former States may have given their two letters to another: CS stood for two in turn.
      if (kind == "former") continue;
      EXPECT_TRUE(owner.emplace(std::string(column) + code, states.cell(row, "id")).second)
          << place_of(states, row) << ": " << code << " is there twice";
    }
    const std::string_view iso3 = states.cell(row, "iso3");
    if (!iso3.empty()) {
      EXPECT_EQ(iso3, states.cell(row, "id")) << place_of(states, row);
    }
  }
  EXPECT_EQ(count["state"], 195u) << "193 Members of the United Nations, the Holy See and Palestine";
  EXPECT_GE(count["former"], 8u);
  EXPECT_GE(owner.size(), 3u * 245u);
}

TEST(States, HaveANameInEachOfSixLanguages) {
  const Table states = Table::read(data() / "states.tsv");
  for (std::size_t row = 0; row < states.row_count(); ++row) {
    for (const auto* language : kLanguages) {
      EXPECT_FALSE(states.cell(row, language).empty())
          << place_of(states, row) << " has no name in " << language;
    }
  }
}

TEST(States, ShareNoName) {
  const Table states = Table::read(data() / "states.tsv");
  for (const std::string language : kLanguages) {
    std::map<std::string, std::string> owner;
    for (std::size_t row = 0; row < states.row_count(); ++row) {
      std::vector<std::string_view> names = split_values(states.cell(row, language + "_alias"));
      names.push_back(states.cell(row, language));
      for (const auto name : names) {
        // A name wholly in capitals is read in capitals only, so it may look like another in small letters.
        const auto [other, fresh] = owner.emplace(fold(name), states.cell(row, "id"));
        EXPECT_TRUE(fresh || other->second != states.cell(row, "id"))
            << place_of(states, row) << ": " << name << " is needless, it folds to another name of the row";
        EXPECT_TRUE(fresh || other->second == states.cell(row, "id"))
            << place_of(states, row) << ": " << name << " is also a name of " << other->second;
      }
    }
  }
}

TEST(States, SayWhichOfTheirNamesAreAmbiguous) {
  const Table states = Table::read(data() / "states.tsv");
  std::size_t ambiguous = 0;
  for (std::size_t row = 0; row < states.row_count(); ++row) {
    std::set<std::string_view> names;
    for (const std::string language : kLanguages) {
      names.insert(states.cell(row, language));
      for (const auto name : split_values(states.cell(row, language + "_alias"))) names.insert(name);
    }
    for (const auto name : split_values(states.cell(row, "ambiguous"))) {
      ++ambiguous;
      EXPECT_TRUE(names.contains(name)) << place_of(states, row) << ": " << name << " is no name of the row";
    }
  }
  EXPECT_GT(ambiguous, 5u);
}

TEST(States, BeginBeforeTheyEnd) {
  const Table states = Table::read(data() / "states.tsv");
  for (std::size_t row = 0; row < states.row_count(); ++row) {
    const std::string from(states.cell(row, "from"));
    const std::string to(states.cell(row, "to"));
    if (!from.empty()) {
      EXPECT_TRUE(is_plain_edtf(from)) << place_of(states, row) << ": " << from;
    }
    if (!to.empty()) {
      EXPECT_TRUE(is_plain_edtf(to)) << place_of(states, row) << ": " << to;
    }
    if (!from.empty() && !to.empty()) {
      EXPECT_LT(from, to) << place_of(states, row);
    }
    EXPECT_EQ(states.cell(row, "kind") == "former", !to.empty()) << place_of(states, row);
  }
}

}  // namespace
}  // namespace mithaq::test
