#include "acts/fields.hpp"

#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace mithaq::acts {
namespace {

enum class Colour { red, green };
constexpr std::array<std::string_view, 2> names_of(Colour) {
  return {"red", "green"};
}

struct Item {
  std::string title{};
  int seconds = 0;
};
template <typename Visitor>
void visit_fields(Visitor& visit, Item& item) {
  visit("title", item.title);
  visit("seconds", item.seconds);
}

struct Fact {
  std::string text{};
  Words title{};
  Colour colour = Colour::red;
  std::optional<Colour> perhaps{};
  std::optional<Instant> until{};
  std::optional<std::chrono::year_month_day> day{};
  std::vector<std::string> states{};
  std::vector<Item> items{};
  std::optional<Item> item{};
  std::int64_t amount = 0;
  bool urgent = false;
  document::Handling handling{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Fact& fact) {
  visit("text", fact.text);
  visit("title", fact.title);
  visit("colour", fact.colour);
  visit("perhaps", fact.perhaps);
  visit("until", fact.until);
  visit("day", fact.day);
  visit("states", fact.states);
  visit("items", fact.items);
  visit("item", fact.item);
  visit("amount", fact.amount);
  visit("urgent", fact.urgent);
  visit("handling", fact.handling);
}

std::string complaint(const nlohmann::json& json) {
  Fact fact;
  try {
    read_fields(json, fact);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "";
}

TEST(Fields, GoThereAndBack) {
  const nlohmann::json given = {
      {"text", "نص"},
      {"title", {{"ar", "مقرر"}, {"en", "Decision"}}},
      {"colour", "green"},
      {"perhaps", "red"},
      {"until", "2026-03-29T00:59:59.999Z"},
      {"day", "2024-02-29"},
      {"states", {"KAZ", "TUN"}},
      {"items", {{{"title", "a"}}, {{"title", "b"}, {"seconds", 180}}}},
      {"item", {{"title", "c"}}},
      {"amount", -5},
      {"urgent", true},
      {"handling", {{"tlp", "TLP:AMBER"}, {"statuses", {"OSCE/participating_state"}}}}};
  Fact fact;
  read_fields(given, fact);
  EXPECT_EQ(fact.items[1].seconds, 180);
  EXPECT_EQ(fact.handling.tlp, document::Tlp::amber);
  FieldWriter writer;
  visit_fields(writer, fact);
  EXPECT_EQ(writer.json(), given);
}

TEST(Fields, WhatIsWrongIsNamed) {
  EXPECT_EQ(complaint({{"txt", "a"}}), "the field \"txt\" is none that this act has");
  EXPECT_EQ(complaint({{"text", 1}}), "the field \"text\" is a text");
  EXPECT_EQ(complaint({{"colour", "blue"}}), "the field \"colour\" is none of red, green");
  EXPECT_EQ(complaint({{"items", {{{"seconds", "3"}}}}}), "the field \"items.0.seconds\" is a whole number");
  EXPECT_EQ(complaint({{"items", {{{"second", 3}}}}}),
            "the field \"items.0.second\" is none that this act has");
  EXPECT_NE(complaint({{"items", {{{"seconds", 3'000'000'000}}}}}), "");
  EXPECT_NE(complaint({{"amount", 18'000'000'000'000'000'000ULL}}), "");
  EXPECT_NE(complaint({{"amount", 1.5}}), "");
  EXPECT_NE(complaint({{"until", "2026-03-29T01:59:59+01:00"}}), "");
  EXPECT_NE(complaint({{"day", "2026-02-29"}}), "");
  EXPECT_NE(complaint({{"title", {{"xx", "a"}}}}), "");
  EXPECT_NE(complaint({{"text", std::string(kTextBytesMax + 1, 'a')}}), "");
  EXPECT_NE(complaint({{"text", "\xff"}}), "");
  EXPECT_NE(complaint({{"text", std::string("a\0b", 3)}}), "");
  EXPECT_NE(complaint({{"handling", {{"tlp", "SECRET"}}}}), "");
  EXPECT_NE(complaint(nlohmann::json::array()), "");
  EXPECT_EQ(complaint({{"text", nullptr}}), "");
}

TEST(Act, WordsFallBackToAnotherLanguage) {
  EXPECT_EQ(words_in({{"ar", "مقرر"}, {"en", "Decision"}}, "ar"), "مقرر");
  EXPECT_EQ(words_in({{"ar", "مقرر"}, {"en", "Decision"}}, "ru"), "Decision");
  EXPECT_EQ(words_in({{"fr", "Décision"}}, "ar"), "Décision");
  EXPECT_EQ(words_in({}, "ar"), "");
}

}  // namespace
}  // namespace mithaq::acts
