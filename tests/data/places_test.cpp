// Holds every line of data/places.tsv against data/states.tsv and against what the reader needs of it.
#include <gtest/gtest.h>

#include <map>

#include "base/fold.hpp"
#include "base/table.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

constexpr const char* kLanguages[] = {"ar", "en", "fr", "ru", "es", "zh"};

std::set<std::string> ambiguous_names(const Table& table, std::size_t row) {
  std::set<std::string> names;
  for (const auto name : split_values(table.cell(row, "ambiguous"))) names.insert(fold(name));
  return names;
}

TEST(Places, HaveKnownKindsAndStates) {
  const Table states = Table::read(data() / "states.tsv");
  const Table places = Table::read(data() / "places.tsv");
  const std::set<std::string> known = unique_ids(states);
  const std::set<std::string> kinds = {"city", "region", "disputed",     "continent",
                                       "sea",  "river",  "world_region", "other"};
  unique_ids(places);
  std::set<std::string> with_city;
  for (std::size_t row = 0; row < places.row_count(); ++row) {
    EXPECT_TRUE(places.cell(row, "id").starts_with("place:")) << place_of(places, row);
    EXPECT_TRUE(kinds.contains(std::string(places.cell(row, "kind")))) << place_of(places, row);
    const std::string state(places.cell(row, "state"));
    EXPECT_TRUE(state.empty() || known.contains(state)) << place_of(places, row) << ": " << state;
    if (places.cell(row, "kind") == "city") with_city.insert(state);
  }
  EXPECT_GE(places.row_count(), 600u);
  // A State that is no wider than its city has none.
  const std::set<std::string> is_its_city = {"MCO", "SGP", "SMR", "VAT"};
  for (std::size_t row = 0; row < states.row_count(); ++row) {
    const std::string id(states.cell(row, "id"));
    if (states.cell(row, "kind") != "state" || is_its_city.contains(id)) continue;
    EXPECT_TRUE(with_city.contains(id)) << id << " has no city, not even its capital";
  }
}

TEST(Places, HaveNames) {
  const Table places = Table::read(data() / "places.tsv");
  std::size_t in_six_languages = 0;
  for (std::size_t row = 0; row < places.row_count(); ++row) {
    bool all = true;
    for (const std::string language : kLanguages) {
      const bool named = !places.cell(row, language).empty();
      all = all && named;
      if (language == "ar" || language == "en" || language == "fr") {
        EXPECT_TRUE(named) << place_of(places, row) << " has no name in " << language;
      }
    }
    if (all) ++in_six_languages;
  }
  EXPECT_GE(in_six_languages, 800u) << "of " << places.row_count();
}

// In Arabic and English two rows may share a name only if both say that it is ambiguous (عمان, a city and a
// State).
TEST(Places, ShareNoNameUnlessSaidSo) {
  const Table tables[] = {Table::read(data() / "states.tsv"), Table::read(data() / "places.tsv")};
  for (const std::string language : {"ar", "en"}) {
    std::map<std::string, std::pair<std::string, bool>> owner;
    for (const Table& table : tables) {
      for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string id(table.cell(row, "id"));
        const std::set<std::string> ambiguous = ambiguous_names(table, row);
        std::vector<std::string_view> names = split_values(table.cell(row, language + "_alias"));
        names.push_back(table.cell(row, language));
        for (const auto name : names) {
          const std::string folded = fold(name);
          const auto [other, fresh] = owner.emplace(folded, std::pair(id, ambiguous.contains(folded)));
          if (fresh) continue;
          EXPECT_NE(other->second.first, id) << place_of(table, row) << ": " << name << " is there twice";
          EXPECT_TRUE(other->second.second && ambiguous.contains(folded))
              << place_of(table, row) << ": " << name << " is also a name of " << other->second.first;
        }
      }
    }
  }
}

TEST(Places, SayWhichOfTheirNamesAreAmbiguous) {
  const Table places = Table::read(data() / "places.tsv");
  for (std::size_t row = 0; row < places.row_count(); ++row) {
    std::set<std::string_view> names;
    for (const std::string language : kLanguages) {
      names.insert(places.cell(row, language));
      for (const auto name : split_values(places.cell(row, language + "_alias"))) names.insert(name);
    }
    for (const auto name : split_values(places.cell(row, "ambiguous"))) {
      EXPECT_TRUE(names.contains(name)) << place_of(places, row) << ": " << name << " is no name of the row";
    }
  }
}

}  // namespace
}  // namespace mithaq::test
