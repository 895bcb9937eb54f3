#include "reader/formats/html.hpp"

#include <gtest/gtest.h>

#include "reader/formats/formats.hpp"

namespace mithaq::reader {
namespace {

using document::ParagraphKind;

document::Document page(std::string_view html) {
  document::Document document;
  const auto refusal = read_html(html, document);
  EXPECT_FALSE(refusal) << refusal->message;
  return document;
}

// The text of each block, its lines separated by a bar.
std::vector<std::string> texts(const document::Document& document) {
  std::vector<std::string> out;
  for (const document::Block& block : document.blocks) {
    std::string text;
    for (const document::Span line : block.lines) {
      if (!text.empty()) text += '|';
      text += document::slice(document.raw, line);
    }
    out.push_back(text);
  }
  return out;
}

TEST(Html, GivesParagraphsHeadingsItemsAndRows) {
  const auto document = page(R"(<!DOCTYPE html><html lang="ar-EG"><head><title>تقرير عن الوساطة</title>
    <style>p { color: red }</style><script>if (a < b) document.write("<p>لا</p>")</script></head><body>
    <h1>تقرير</h1><h2>أولا - <b>مقدمة</b></h2>
    <p>تتعاون البعثة مع
       المكتب.<br>وتعقد   اجتماعا.</p>
    <ol start="3"><li>بند أول</li><li><p>بند ثان</p></ol>
    <table><tr><th>الدولة</th><th>السنة</th></tr><tr><td>تونس<td>1999</tr></table></body></html>)");
  EXPECT_EQ(texts(document),
            (std::vector<std::string>{"تقرير", "أولا - مقدمة", "تتعاون البعثة مع المكتب.|وتعقد اجتماعا.",
                                      "بند أول", "بند ثان", "الدولة\tالسنة", "تونس\t1999"}));
  ASSERT_EQ(document.blocks.size(), 7u);
  EXPECT_EQ(document.blocks[0].kind, ParagraphKind::title);
  EXPECT_EQ(document.blocks[1].kind, ParagraphKind::heading);
  EXPECT_EQ(document.blocks[3].kind, ParagraphKind::item);
  EXPECT_EQ(document.blocks[3].number, "3");
  EXPECT_EQ(document.blocks[4].kind, ParagraphKind::item);
  EXPECT_EQ(document.blocks[4].number, "4");
  EXPECT_EQ(document.blocks[6].kind, ParagraphKind::table_row);
  EXPECT_EQ(document.metadata.language, "ar");
  EXPECT_EQ(document.metadata.title, "تقرير عن الوساطة");
}

TEST(Html, ResolvesEntities) {
  EXPECT_EQ(
      texts(page("<p>&#1575;&#x644;&laquo;&amp;&nbsp;&raquo; &unknown; &copy AT&T &#0; &#x110000;</p>")),
      (std::vector<std::string>{"ال«&\u00A0» &unknown; &copy AT&T \uFFFD \uFFFD"}));
}

TEST(Html, ReadsATableThatLaysOutAPageAsParagraphs) {
  EXPECT_EQ(texts(page("<table><tr><td>قائمة<td><p>أول<p>ثان<p>ثالث<p>رابع</table>")),
            (std::vector<std::string>{"قائمة", "أول", "ثان", "ثالث", "رابع"}));
  EXPECT_EQ(texts(page("<table><tr><td>خارج<td><table><tr><td>أ<td>ب</table></table>")),
            (std::vector<std::string>{"خارج", "أ\tب"}));
}

TEST(Html, KeepsNoteMarksAwayFromTheirWords) {
  EXPECT_EQ(texts(page("<p>القرار<sup>1</sup> و5<sup>th</sup></p>")),
            (std::vector<std::string>{"القرار 1 و5th"}));
}

TEST(Html, ReadsPagesThatAreBroken) {
  EXPECT_EQ(texts(page("نص <b>بلا <i>نهاية")), (std::vector<std::string>{"نص بلا نهاية"}));
  EXPECT_EQ(texts(page("5 < 6 <> </ <p>x</p></p></div></table></tr>")),
            (std::vector<std::string>{"5 < 6 <> </", "x"}));
  EXPECT_TRUE(page("<p title=\"").blocks.empty());
  EXPECT_TRUE(page("<!-- <p>x</p>").blocks.empty());
  EXPECT_TRUE(page("<script><p>x</p>").blocks.empty());
}

TEST(Html, TakesTimeLinearInDepthTagsAndAttributes) {
  std::string deep, many, rows;
  for (int each = 0; each < 300'000; ++each) {
    deep += "<div>";
    many += "<b>";
    rows += "<table><tr><td>";
  }
  EXPECT_EQ(texts(page(deep + "قاع")), (std::vector<std::string>{"قاع"}));
  EXPECT_EQ(texts(page(many + "قاع")), (std::vector<std::string>{"قاع"}));
  EXPECT_EQ(texts(page(rows + "قاع")), (std::vector<std::string>{"قاع"}));
  EXPECT_EQ(texts(page("<p class=\"" + std::string(20'000'000, 'x') + "\">نص</p>")),
            (std::vector<std::string>{"نص"}));
}

TEST(Html, RefusesMoreParagraphsThanAnyPaperHas) {
  std::string html;
  for (int each = 0; each < 1'100'000; ++each) html += "<p>x";
  document::Document document;
  const auto refusal = read_html(html, document);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->reason, Refusal::Reason::too_large);
}

TEST(Html, FollowsTheEncodingThePageNames) {
  // "قرار" in Windows-1256, too short to be told by its letters.
  const std::string bytes =
      "<html><head><meta charset='windows-1256'></head><body><p>\xDE\xD1\xC7\xD1</p></body></html>";
  const ReadResult result = extract(bytes, {.name = "page.html"});
  ASSERT_TRUE(std::holds_alternative<document::Document>(result)) << std::get<Refusal>(result).message;
  EXPECT_EQ(texts(std::get<document::Document>(result)), (std::vector<std::string>{"قرار"}));
  EXPECT_EQ(std::get<document::Document>(result).encoding, "windows-1256");
}

}  // namespace
}  // namespace mithaq::reader
