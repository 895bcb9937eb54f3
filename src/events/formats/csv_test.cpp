#include "events/formats/csv.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/error.hpp"

namespace mithaq::events {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text) {
  Rows out;
  CsvRows rows(text);
  while (rows.next()) out.emplace_back(rows.fields().begin(), rows.fields().end());
  return out;
}

std::string refusal_of(std::string_view text) {
  try {
    rows_of(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "";
}

TEST(Csv, ReadsWhatTheStandardSays) {
  EXPECT_EQ(rows_of("a,b\n1,2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"
                    "a,b\r\n1,\r\n"),
            (Rows{{"a", "b"}, {"1", ""}}));
  EXPECT_EQ(rows_of("a\n\n\nb"), (Rows{{"a"}, {"b"}}));
  EXPECT_EQ(rows_of("\"x, y\",\"two\nlines\",\"he said \"\"no\"\"\"\n"),
            (Rows{{"x, y", "two\nlines", "he said \"no\""}}));
  EXPECT_EQ(rows_of("\"\",,\"\"\"\"\n"), (Rows{{"", "", "\""}}));
  EXPECT_EQ(rows_of("بانغي,\"وسط، أفريقيا\"\n"), (Rows{{"بانغي", "وسط، أفريقيا"}}));
  EXPECT_EQ(rows_of(""), Rows{});
  EXPECT_EQ(rows_of("\n"), Rows{});
}

TEST(Csv, RefusesByLine) {
  EXPECT_EQ(refusal_of("a,b\n1,\"2\n3,4\n"),
            "line 2: the file ends inside quotes: it is cut off, or a quote is not closed");
  EXPECT_EQ(refusal_of("a\n1\nx\"y\"\n"), "line 3: a quote stands inside a field that is not quoted");
  EXPECT_EQ(refusal_of("\"a\"b\"c\"\n"), "line 1: a quote inside quotes is not written twice");
  EXPECT_EQ(refusal_of("a\n\xC3\x28\n"), "line 2: the bytes are not UTF-8");
  EXPECT_NE(refusal_of(std::string(5000, ',')).find("more than 4096 fields"), std::string::npos);
  EXPECT_NE(refusal_of("a\n\"" + std::string(6 << 20, 'x') + "\"\n").find("line 2: the row is longer"),
            std::string::npos);
}

TEST(Csv, LinesAreThoseOfTheFile) {
  CsvRows rows("a\n\"1\n2\n3\"\nb\n");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.line(), 1u);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.line(), 2u);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.line(), 5u);
  EXPECT_TRUE(rows.ended_with_a_line());
}

// The obvious slow way: one byte after another.
Rows slow_rows(std::string_view text) {
  Rows out;
  std::vector<std::string> row;
  std::string field;
  bool inside = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char each = text[at];
    if (inside && each == '"' && at + 1 < text.size() && text[at + 1] == '"') {
      field += '"';
      ++at;
    } else if (each == '"') {
      inside = !inside;
    } else if (!inside && (each == ',' || each == '\n')) {
      if (each == '\n' && !field.empty() && field.back() == '\r') field.pop_back();
      row.push_back(std::exchange(field, {}));
      if (each == '\n') out.push_back(std::exchange(row, {}));
    } else {
      field += each;
    }
  }
  if (!field.empty() || !row.empty()) {
    row.push_back(field);
    out.push_back(row);
  }
  std::erase_if(out, [](const auto& each) { return each.size() == 1 && each[0].empty(); });
  return out;
}

// Rows of random fields, longer and shorter than the blocks that are looked at together.
TEST(Csv, AgreesWithTheSlowWay) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t row = 0, rows = random() % 6; row < rows; ++row) {
      for (std::size_t field = 0, fields = 1 + random() % 5; field < fields; ++field) {
        if (field > 0) text += ',';
        const bool quoted = random() % 2 == 0;
        if (quoted) text += '"';
        for (std::size_t at = 0, length = random() % 70; at < length; ++at) {
          const auto pick = random() % 12;
          if (!quoted) text += static_cast<char>('a' + pick);
          if (quoted) text += pick == 0 ? "\"\"" : pick == 1 ? "," : pick == 2 ? "\n" : pick == 3 ? "é" : "x";
        }
        if (quoted) text += '"';
      }
      text += random() % 2 == 0 ? "\n" : "\r\n";
    }
    ASSERT_EQ(rows_of(text), slow_rows(text)) << text;
  }
}

}  // namespace
}  // namespace mithaq::events
