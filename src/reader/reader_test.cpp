#include "reader/reader.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/utf8.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

using document::Document;

Lexicon lexicon() {
  return Lexicon::load(test::data());
}

std::vector<Document> sections_of(std::string_view bytes, const ReadOptions& options) {
  std::vector<Document> sections;
  const auto refusal = read_sections(bytes, lexicon(), options,
                                     [&](Document&& section) { sections.push_back(std::move(section)); });
  EXPECT_FALSE(refusal) << refusal->message;
  return sections;
}

std::string long_text(std::size_t paragraphs) {
  std::string text;
  for (std::size_t each = 0; each < paragraphs; ++each) {
    text += std::to_string(each + 1) +
            " - تتعاون البعثة مع مكتب المفوضية، وقد اتفق الطرفان على تبادل المعلومات.\r\n\r\n";
  }
  return text;
}

TEST(ReadSections, TogetherAreTheWholeTextAndKnowWhereTheyStand) {
  const std::string text = "\xEF\xBB\xBF" + long_text(400);
  const auto sections = sections_of(text, {.name = "long.txt", .section_bytes = 8192});
  ASSERT_GT(sections.size(), 4u);
  std::string together;
  std::size_t code_points = 0;
  std::set<std::string> ids;
  for (std::size_t each = 0; each < sections.size(); ++each) {
    const Document& section = sections[each];
    EXPECT_EQ(section.section, each);
    EXPECT_EQ(section.raw_offset_bytes, together.size());
    EXPECT_EQ(section.raw_offset_code_points, code_points);
    EXPECT_LE(section.raw.size(), 8192u + 1024u);
    EXPECT_EQ(section.id, sections[0].id);
    EXPECT_TRUE(section.raw.ends_with("\r\n\r\n")) << "a section ends with a paragraph";
    for (const auto& paragraph : section.paragraphs)
      EXPECT_TRUE(ids.insert(paragraph.id).second) << paragraph.id;
    together += section.raw;
    code_points += count_code_points(section.raw);
  }
  EXPECT_EQ(together, text);
}

TEST(ReadSections, AreTheSameFromEveryEncoding) {
  const std::string text = long_text(300);
  std::string utf16 = "\xFE\xFF";
  for (const char32_t value : to_utf32(text)) {
    utf16 += static_cast<char>(value >> 8);
    utf16 += static_cast<char>(value & 255);
  }
  const auto sections = sections_of(utf16, {.section_bytes = 8192});
  std::string together;
  for (const Document& section : sections) together += section.raw;
  EXPECT_EQ(together, "\xEF\xBB\xBF" + text);
  EXPECT_EQ(sections[0].encoding, "utf-16be");
}

TEST(ReadSections, GiveAShortDocumentAsReadDocumentDoes) {
  const std::string text = long_text(5);
  const auto sections = sections_of(text, {.name = "a.txt"});
  ASSERT_EQ(sections.size(), 1u);
  const auto whole = std::get<Document>(read_document(text, lexicon(), {.name = "a.txt"}));
  EXPECT_EQ(sections[0].id, whole.id);
  EXPECT_EQ(sections[0].raw, whole.raw);
  ASSERT_EQ(sections[0].paragraphs.size(), whole.paragraphs.size());
  EXPECT_EQ(sections[0].paragraphs[0].id, whole.paragraphs[0].id);
}

TEST(ReadSections, CutALongPageBetweenItsBlocks) {
  std::string html = "<html><body>";
  for (int each = 0; each < 500; ++each) html += "<p>تتعاون البعثة مع مكتب المفوضية في كل شهر.</p>";
  const auto sections = sections_of(html, {.name = "a.html", .section_bytes = 8192});
  ASSERT_GT(sections.size(), 3u);
  std::size_t paragraphs = 0;
  for (const Document& section : sections) paragraphs += section.paragraphs.size();
  EXPECT_EQ(paragraphs, 500u);
}

TEST(ReadSections, CutALineWithoutEndBetweenWords) {
  std::string line;
  while (line.size() < 2'000'000) line += "تتعاون البعثة مع مكتب المفوضية ";
  std::size_t bytes = 0, count = 0;
  const auto refusal =
      read_sections(line, lexicon(), {.name = "line.txt", .section_bytes = 1 << 17}, [&](Document&& section) {
        bytes += section.raw.size();
        ++count;
        EXPECT_TRUE(section.raw.back() == ' ' || bytes == line.size());
      });
  EXPECT_FALSE(refusal);
  EXPECT_EQ(bytes, line.size());
  EXPECT_GT(count, 14u);
}

TEST(ReadSections, CutALetterlessRunBetweenCharacters) {
  std::string line;
  while (line.size() < 50'000) line += "中";
  for (const Document& section : sections_of(line, {.section_bytes = 4096})) {
    EXPECT_EQ(find_invalid_utf8(section.raw), section.raw.size());
  }
}

TEST(ReadDocument, GivesADoubtAboutBrokenBytesItsParagraph) {
  const std::string text = long_text(2) + "وطلب المجلس \xFF إلى الأمانة تقريرا.\n";
  const auto document = std::get<Document>(read_document(text, lexicon(), {.name = "a.txt"}));
  ASSERT_FALSE(document.doubts.empty());
  const document::Doubt& doubt = document.doubts.front();
  EXPECT_EQ(doubt.rule, "encoding.invalid");
  EXPECT_EQ(document::slice(document.paragraphs.at(doubt.place.paragraph).text, doubt.place.range), "\uFFFD");
}

TEST(ReadDocument, NumbersTheParagraphsOfAPageByWhatIsTypedInThem) {
  const auto document = std::get<Document>(
      read_document("<html><p>٥ - قرر المجلس أمرا.</p><p>(أ) بند</p></html>", lexicon(), {.name = "a.html"}));
  ASSERT_EQ(document.paragraphs.size(), 2u);
  EXPECT_EQ(document.paragraphs[0].number, "5");
  EXPECT_EQ(document.paragraphs[1].kind, document::ParagraphKind::item);
}

}  // namespace
}  // namespace mithaq::reader
