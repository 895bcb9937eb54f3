#include "document/assemble.hpp"

#include <gtest/gtest.h>

namespace mithaq::document {
namespace {

// Three lines, one block each.
const std::string kRaw = "للتعاون  شراكة\nالمنطمتان معا\nبينهما.";

Span find(std::string_view words) {
  const std::size_t at = kRaw.find(words);
  return {at, at + words.size()};
}

std::vector<Block> blocks() {
  return {{{find("للتعاون  شراكة")}, ParagraphKind::body, ""},
          {{find("المنطمتان معا")}, ParagraphKind::body, ""},
          {{find("بينهما.")}, ParagraphKind::body, ""}};
}

Edit replace(std::string_view before, std::string_view after) {
  return {.rule = "spelling", .kind = EditKind::replace, .span = find(before), .after = std::string(after)};
}

TEST(Assemble, WithoutEditsGivesTheRawLines) {
  const auto paragraphs = assemble(kRaw, blocks(), {});
  ASSERT_EQ(paragraphs.size(), 3u);
  EXPECT_EQ(paragraphs[0].text, "للتعاون  شراكة");
  EXPECT_EQ(paragraphs[2].id, "p3");
}

TEST(Assemble, AppliesEveryKindAndMapsBack) {
  Edit permute{.rule = "visual-order.words", .kind = EditKind::permute, .span = find("للتعاون  شراكة")};
  permute.pieces = {{find("شراكة"), ""}, {{}, " "}, {find("للتعاون"), ""}};
  const Edit join{.rule = "paragraphs.join",
                  .kind = EditKind::join,
                  .span = find("بينهما."),
                  .target = find("المنطمتان معا")};
  const Edit move{.rule = "paragraphs.order", .kind = EditKind::move, .span = find("المنطمتان معا")};
  const std::vector<Edit> edits = {permute, join, move, replace("المنطمتان", "المنظمتان")};
  const auto paragraphs = assemble(kRaw, blocks(), edits);
  ASSERT_EQ(paragraphs.size(), 2u);
  EXPECT_EQ(paragraphs[0].text, "المنظمتان معا بينهما.");
  EXPECT_EQ(paragraphs[1].text, "شراكة للتعاون");

  // The joined paragraph stands in two places of the raw text; the reversed line in two, in reading order.
  const auto whole = [](const Paragraph& p) {
    return TextRange{0, static_cast<std::uint32_t>(p.text.size())};
  };
  EXPECT_EQ(raw_spans(paragraphs[0], whole(paragraphs[0])),
            (std::vector<Span>{find("المنطمتان معا"), find("بينهما.")}));
  EXPECT_EQ(raw_spans(paragraphs[1], whole(paragraphs[1])),
            (std::vector<Span>{find("شراكة"), find("للتعاون")}));
}

TEST(Assemble, UndoesAnEditByLeavingItOut) {
  const std::vector<Edit> edits = {replace("المنطمتان", "المنظمتان")};
  EXPECT_EQ(assemble(kRaw, blocks(), edits)[1].text, "المنظمتان معا");
  EXPECT_EQ(assemble(kRaw, blocks(), {})[1].text, "المنطمتان معا");
}

TEST(Assemble, LosesNothingInARingOfJoins) {
  const auto ring = std::vector<Edit>{
      {.rule = "x", .kind = EditKind::join, .span = find("المنطمتان معا"), .target = find("بينهما.")},
      {.rule = "x", .kind = EditKind::join, .span = find("بينهما."), .target = find("المنطمتان معا")}};
  EXPECT_EQ(assemble(kRaw, blocks(), ring).size(), 3u);
}

TEST(CodePointIndexTest, CountsArabicLetters) {
  const CodePointIndex index(kRaw);
  EXPECT_EQ(index.code_points_before(find("شراكة").begin), 9u);
  EXPECT_EQ(index.code_points_before(kRaw.size()), 36u);
}

}  // namespace
}  // namespace mithaq::document
