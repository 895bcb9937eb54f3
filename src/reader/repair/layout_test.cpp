#include "reader/repair/layout.hpp"

#include <gtest/gtest.h>

namespace mithaq::reader {
namespace {

using document::ParagraphKind;

std::vector<document::Block> lay_out_text(std::string_view raw) {
  return lay_out(raw, find_lines(raw));
}

TEST(Marker, ReadsTheNumbersOfParagraphsAndItems) {
  EXPECT_EQ(marker_of("٢ - وبموجب القرار ذاته").number, "2");
  EXPECT_EQ(marker_of("10- اتفقت اللجنة").number, "10");
  EXPECT_EQ(marker_of("12. Decides to remain seized").number, "12");
  EXPECT_EQ(marker_of("(1) زيادة التفاعل").number, "1");
  EXPECT_EQ(marker_of("(أ) تعزيز").number, "أ");
  EXPECT_EQ(marker_of("(b) to ensure").number, "b");
  EXPECT_EQ(marker_of("أولا - مقدمة").number, "1");
  EXPECT_EQ(marker_of("IV. Observations").number, "IV");
  EXPECT_EQ(marker_of("• دعم").kind, Marker::Kind::bullet);
}

TEST(Marker, LeavesRangesYearsAndWordsAlone) {
  for (const std::string_view line : {"13-17 نيسان/أبريل", "1975. ارتبطت", "3.5 million", "(OSCE)",
                                      "أولا وقبل كل شيء", "2-year plan", "56 دولة", "A. is not", ""}) {
    const Marker::Kind kind = marker_of(line).kind;
    EXPECT_TRUE(kind == Marker::Kind::none || line == "A. is not") << line;
  }
}

TEST(Layout, KeepsOneParagraphALine) {
  const auto blocks = lay_out_text(
      "الدورة الخامسة والخمسون\n\n١ - اتخذت الجمعية العامة القرار.\n\n٢ - وبموجب القرار ذاته، طلبت.\n");
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(blocks[0].kind, ParagraphKind::title);
  EXPECT_EQ(blocks[2].number, "2");
}

TEST(Layout, JoinsLinesBrokenByWidthAcrossAStrayBlankLine) {
  const std::string raw =
      "هي أكبر مؤسسة أمنية إقليمية في العالم، تضم ستا وخمسين دولة\n"
      "مشاركة من القارات الثلاث أمريكا الشمالية وأوروبا وآسيا كما\n"
      "\n"
      "تتعاون مع شركاء من البحر المتوسط في مجالات الأمن والاقتصاد\n"
      "والبيئة وحقوق الإنسان.\n"
      "\n"
      "صندوق الشراكة\n"
      "\n"
      "تأسس الصندوق كوسيلة لدعم أنشطة التعاون وتعزيز مشاركة الشركاء\n"
      "في أنشطة المنظمة كلها.\n";
  const auto blocks = lay_out_text(raw);
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(blocks[0].lines.size(), 4u);
  EXPECT_EQ(blocks[1].kind, ParagraphKind::heading);
  EXPECT_EQ(blocks[2].lines.size(), 2u);
}

TEST(Layout, LeavesOutTheMarksOfAMarkdownHeading) {
  const std::string raw = "## ثانيا - تدابير التعاون\n\nنص.";
  const auto blocks = lay_out_text(raw);
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(blocks[0].kind, ParagraphKind::heading);
  EXPECT_EQ(blocks[0].number, "2");
  EXPECT_EQ(slice(raw, blocks[0].lines[0]), "ثانيا - تدابير التعاون");
}

TEST(Layout, SeesPageNumbers) {
  EXPECT_TRUE(is_page_number("- 3 -"));
  EXPECT_TRUE(is_page_number("صفحة ٣ من ١٢"));
  EXPECT_FALSE(is_page_number("1999-2000-2001"));
  EXPECT_FALSE(is_page_number("A/55/98"));
}

TEST(Layout, CutsALineThatNeverEnds) {
  std::string raw;
  while (raw.size() < 1'000'000) raw += "والتعاون بين المنظمات ";
  const auto blocks = lay_out_text(raw);
  EXPECT_GT(blocks.size(), 15u);
  std::size_t bytes = 0;
  for (const auto& block : blocks) {
    ASSERT_EQ(block.lines.size(), 1u);
    EXPECT_LE(block.lines[0].size(), 64u * 1024);
    bytes += block.lines[0].size();
    EXPECT_NE(static_cast<unsigned char>(raw[block.lines[0].begin]) & 0xC0, 0x80);
  }
  EXPECT_GE(bytes + 100, raw.size());
}

}  // namespace
}  // namespace mithaq::reader
