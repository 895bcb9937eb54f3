#include "reader/formats/page_layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/utf8.hpp"

namespace mithaq::reader {
namespace {

// What stands on paper, from left to right, for a line in reading order that is all Arabic.
std::string turned(std::string_view text) {
  std::u32string letters = to_utf32(text);
  std::reverse(letters.begin(), letters.end());
  return to_utf8(letters);
}

std::string read(std::string_view visual, bool right_to_left = true) {
  return to_utf8(logical_order(to_utf32(visual), right_to_left));
}

TEST(LogicalOrder, TurnsArabicAndKeepsWhatRunsFromTheLeft) {
  EXPECT_EQ(read(turned("قرر المجلس")), "قرر المجلس");
  EXPECT_EQ(read(")OSCE( " + turned("أوروبا")), "أوروبا (OSCE)");
  EXPECT_EQ(read("Permanent Council " + turned("مقرر")), "مقرر Permanent Council");
  EXPECT_EQ(read("." + turned("المائة") + " " + turned("في") + " 8.5"), "8.5 في المائة.");
  EXPECT_EQ(read("2013 " + turned("أيار/مايو") + " 12"), "12 أيار/مايو 2013");
  EXPECT_EQ(read("٥٤/١١٧ " + turned("القرار")), "القرار ٥٤/١١٧");
  EXPECT_EQ(read(".S/2014/33 " + turned("الوثيقة")), "الوثيقة S/2014/33.");
  EXPECT_EQ(read("1041 .No " + turned("مقرر")), "مقرر No. 1041");
}

TEST(LogicalOrder, ReadsARangeOfNumbersFromTheRight) {
  EXPECT_EQ(read("5-3 " + turned("الفقرات")), "الفقرات 3-5");
}

TEST(LogicalOrder, KeepsLatinLinesAndTurnsTheArabicInThem) {
  EXPECT_EQ(read("with " + turned("منظمة التعاون") + " in Vienna, 3-5.", false),
            "with منظمة التعاون in Vienna, 3-5.");
}

// Words of one width on a page, given line by line in reading order; columns of a line separated by |.
class Page {
 public:
  // Puts a line of words from the right edge leftwards.
  void line(float right, float top, std::vector<std::string> words) {
    for (const std::string& word : words) {
      texts_.push_back(turned(word));
      boxes_.push_back({right - 28, top, right, top + 12, 12, {}});
      right -= 32;
    }
  }
  std::string text() {
    page_.words = boxes_;
    for (std::size_t each = 0; each < texts_.size(); ++each) page_.words[each].text = texts_[each];
    return lay_out_page(page_);
  }

 private:
  std::vector<std::string> texts_{};
  std::vector<PlacedWord> boxes_{};
  ExtractedPage page_{};
};

TEST(PageLayout, ReadsTheRightColumnFirstUnderAHeadingOverBoth) {
  Page page;
  page.line(300, 20, {"عنوان", "فوق", "العمودين", "معا", "كما", "يجب", "هنا"});
  for (int each = 0; each < 6; ++each) {
    const float top = static_cast<float>(60 + 16 * each);
    page.line(300, top, {"يمين", "كلمة", "أخرى", "هنا"});
    page.line(140, top + 5, {"يسار", "كلمة", "ثانية", "أيضا"});
  }
  const std::string text = page.text();
  EXPECT_TRUE(text.starts_with("عنوان فوق العمودين معا كما يجب هنا\n\nيمين كلمة أخرى هنا يمين")) << text;
  EXPECT_LT(text.rfind("يمين"), text.find("يسار")) << text;
}

TEST(PageLayout, ReadsATableRowByRow) {
  Page page;
  for (int each = 0; each < 6; ++each) {
    const float top = static_cast<float>(60 + 16 * each);
    page.line(300, top, {"دولة"});
    page.line(180, top, {"عضو"});
  }
  EXPECT_TRUE(page.text().starts_with("دولة\tعضو\nدولة\tعضو\n")) << page.text();
}

TEST(PageLayout, EndsAParagraphAtAWiderDistance) {
  Page page;
  page.line(300, 20, {"سطر", "أول"});
  page.line(300, 36, {"سطر", "ثان"});
  page.line(300, 52, {"سطر", "ثالث"});
  page.line(300, 78, {"فقرة", "أخرى"});
  EXPECT_EQ(page.text(), "سطر أول سطر ثان سطر ثالث\n\nفقرة أخرى\n");
}

TEST(PageLayout, GoesOnInTheNextLineWhereAWordHadNoRoom) {
  Page page;
  page.line(300, 20, {"تتعاون", "المنظمة", "مع", "شركائها", "في"});
  page.line(300, 36, {"الميدان", "وفي", "كانون"});  // the next word would have fitted
  page.line(300, 52, {"وتنشر", "بعثة", "مراقبة", "هناك", "من"});
  page.line(300, 68, {"1", "-", "وتعقد", "اجتماعات"});  // a number starts a paragraph
  EXPECT_EQ(page.text(),
            "تتعاون المنظمة مع شركائها في الميدان وفي كانون\n"
            "وتنشر بعثة مراقبة هناك من\n"
            "1 - وتعقد اجتماعات\n");
}

TEST(PageLayout, ReadsPresentationFormsAsTheLettersTheyShow) {
  ExtractedPage page;
  const std::string visual =
      turned("\uFEDF\uFEA0\uFEE8\uFE94 \uFE8D\uFEDF\uFEB4\uFEFC\uFEE1 \uFE8D\uFEF7\uFEE3\uFEE6");
  page.words.push_back({100, 20, 200, 32, 12, visual});
  EXPECT_EQ(lay_out_page(page), "لجنة السلام الأمن\n");
}

TEST(PageLayout, TurnsBracketsThatAreWrittenByTheirShape) {
  for (const std::string line : {"يلي: (أ) إنشاء آلية؛ (ب) تعيين", "يلي: )أ( إنشاء آلية؛ )ب( تعيين"}) {
    ExtractedPage page;
    const std::string visual = turned(line);
    page.words.push_back({100, 20, 300, 32, 12, visual});
    EXPECT_EQ(lay_out_page(page), "يلي: (أ) إنشاء آلية؛ (ب) تعيين\n");
  }
}

TEST(Extraction, LeavesOutWhatIsNotOfItsForm) {
  const Extraction extraction = parse_extraction(
      "word 1 2 3 4 5 before any page\npage 1 100 200 text\nword 1 2 3 4 12 كلمة\nword nan 2 3 4 12 x\n"
      "word 9 2 3 4 12 right before left\nword 1 2 3 4 12 \xFF\nline 1 2 3 4 88.5 سطر من "
      "كلمات\ngap\nend\nword 1 2");
  ASSERT_EQ(extraction.pages.size(), 1u);
  ASSERT_EQ(extraction.pages[0].words.size(), 1u);
  EXPECT_EQ(extraction.pages[0].words[0].text, "كلمة");
  ASSERT_EQ(extraction.pages[0].lines.size(), 1u);
  EXPECT_TRUE(extraction.pages[0].lines[0].ends_paragraph);
  EXPECT_TRUE(extraction.whole);
  EXPECT_EQ(parse_extraction("error encrypted it has a password\n").error_reason, "encrypted");
}

}  // namespace
}  // namespace mithaq::reader
