#include "reader/repair/visual_order.hpp"

#include <gtest/gtest.h>

#include "document/assemble.hpp"

namespace mithaq::reader {
namespace {

// The text of each line after repair.
std::vector<std::string> repaired(std::string_view raw) {
  const std::vector<Line> lines = find_lines(raw);
  const VisualOrder order = find_visual_order(raw, lines);
  std::vector<std::string> texts;
  for (std::size_t each = 0; each < lines.size(); ++each) {
    const bool changed = !order.line_ends.empty() && !order.line_ends[each].empty();
    texts.push_back(changed ? order.line_ends[each] : std::string(slice(raw, lines[each].span)));
  }
  return texts;
}

TEST(VisualOrder, PutsWordsBackInOrder) {
  EXPECT_EQ(repaired("البحيرات  في  الصيد  حول  اتفاقا  الدولتان  وقعت ")[0],
            "وقعت الدولتان اتفاقا حول الصيد في البحيرات");
  // Words in one group keep their order unless a Latin word turned the group round.
  EXPECT_EQ(repaired("مرة  لأول  اللجنة  اجتمعت  في 1987.  النهائي  البيان ")[0],
            "البيان النهائي في 1987. اجتمعت اللجنة لأول مرة");
  EXPECT_EQ(repaired("مقره  في   :UNDP برنامج في  تعمل  التي  البعثة ")[0],
            "البعثة التي تعمل في برنامج UNDP: في مقره");
  EXPECT_EQ(repaired("معا  تعملان   UNDP/FAOو الوكالة  بين  العلاقة  كانت ")[0],
            "كانت العلاقة بين الوكالة وUNDP/FAO تعملان معا");
}

TEST(VisualOrder, PutsRunsBackInOrder) {
  const auto lines = repaired(
      " ،UNDP العلاقات القائمة بين الصندوق\n UNDP شراكة بعيدة "
      "المدى\nتعاون.\nتنسيق.\nتشاور.\nحوار.\nدعم.\nسلام.\n");
  EXPECT_EQ(lines[0], "العلاقات القائمة بين الصندوق UNDP،");
  EXPECT_EQ(lines[1], "شراكة بعيدة المدى UNDP");
  EXPECT_EQ(lines[2], "تعاون.");
  EXPECT_EQ(repaired("،(الحالي UNDP مدير) FAO")[0], "FAO (مدير UNDP الحالي)،");
}

TEST(VisualOrder, PutsLettersBackInOrder) {
  EXPECT_EQ(repaired("ةدحتملا مملأا ةمظنم نيب نواعتلا 1999 ةنس")[0].substr(0, 11), "سنة 1999");
}

TEST(VisualOrder, LeavesTextInReadingOrderAlone) {
  for (const std::string_view line :
       {"OSCE الرسمية، شاملة مؤتمرات القمة", " OSCE شراكة", "إن  الأمن في المنطقة لا ينفصل  عن أمن جيرانها",
        "ولا سيما إلى علا هلا", "للتعاون –  والتي تشمل السياسة", "... وهكذا", ".NET"}) {
    EXPECT_EQ(repaired(line)[0], slice(line, find_lines(line)[0].span)) << line;
  }
}

TEST(VisualOrder, PiecesLeadEachWordBackToTheRawText) {
  const std::string raw = "البحيرات  في  الصيد  حول  اتفاقا  الدولتان  وقعت ";
  const auto lines = find_lines(raw);
  const auto edits = find_visual_order(raw, lines).edits;
  ASSERT_EQ(edits.size(), 1u);
  const auto paragraphs = document::assemble(raw, lay_out(raw, lines), edits);
  const std::size_t at = paragraphs[0].text.find("الصيد");
  const auto spans = document::raw_spans(
      paragraphs[0], {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 10)});
  ASSERT_EQ(spans.size(), 1u);
  EXPECT_EQ(slice(raw, spans[0]), "الصيد");
}

}  // namespace
}  // namespace mithaq::reader
