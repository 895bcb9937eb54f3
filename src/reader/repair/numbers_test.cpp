#include "reader/repair/numbers.hpp"

#include <gtest/gtest.h>

#include "document/assemble.hpp"
#include "reader/repair/layout.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

std::string repaired(const std::string& raw, bool damaged = true) {
  static const SymbolRules rules = SymbolRules::load(test::data());
  const auto blocks = lay_out(raw, find_lines(raw));
  const auto edits = find_turned_numbers(document::assemble(raw, blocks, {}), rules, damaged);
  std::string text;
  for (const auto& paragraph : document::assemble(raw, blocks, edits))
    text += (text.empty() ? "" : "\n") + paragraph.text;
  return text;
}

TEST(Numbers, TurnASymbolOfTheAssemblyByItsYear) {
  EXPECT_EQ(repaired("اتخذت الجمعية العامة في كانون الأول/ديسمبر ١٩٩٤ القرار ٦٠/٤٩ بشأن الإرهاب."),
            "اتخذت الجمعية العامة في كانون الأول/ديسمبر ١٩٩٤ القرار ٤٩/٦٠ بشأن الإرهاب.");
  for (const std::string right : {"أشارت الجمعية العامة إلى قرارها ٤٩/٦٠ المؤرخ ٩ كانون الأول/ديسمبر ١٩٩٤.",
                                  "اتخذت الجمعية العامة في 1998 القرار 53/54.",  // both may be sessions
                                  "اتخذت الجمعية العامة القرار 117/54.",         // no year
                                  "عقد الاجتماع في 12/54 من عام 1999."}) {
    EXPECT_EQ(repaired(right), right);
  }
}

TEST(Numbers, TurnASymbolOfTheOicByTheSessionNamed) {
  const std::string context = "اعتمد المجلس في دورته الثالثة والأربعين عام 2016 ";
  EXPECT_EQ(repaired(context + "القرار 43/61-س حول ذلك."), context + "القرار 61/43-س حول ذلك.");
  EXPECT_EQ(repaired(context + "القرار 61/43-س حول ذلك."), context + "القرار 61/43-س حول ذلك.");
  EXPECT_EQ(repaired("في عام 2016 اعتمد القرار 43/61-س."), "في عام 2016 اعتمد القرار 43/61-س.");
}

TEST(Numbers, TurnAResolutionOfTheCouncilByItsYear) {
  EXPECT_EQ(repaired("بموجب قرار مجلس الأمن ٤٤٢١ (١٩٩٩) أنشئت البعثة."),
            "بموجب قرار مجلس الأمن ١٢٤٤ (١٩٩٩) أنشئت البعثة.");
  EXPECT_EQ(repaired("بموجب قرار مجلس الأمن ١٢٤٤ (١٩٩٩) أنشئت البعثة."),
            "بموجب قرار مجلس الأمن ١٢٤٤ (١٩٩٩) أنشئت البعثة.");
}

TEST(Numbers, TurnACountThatStandsAloneAgainstTwo) {
  const std::string context = "تضم الرابطة 34 دولة. وقررت الدول المشاركة الأربعة والثلاثون ذلك. ";
  EXPECT_EQ(repaired(context + "ويعيش الناس في الدول الـ 43 في سلام."),
            context + "ويعيش الناس في الدول الـ 34 في سلام.");
  EXPECT_EQ(repaired(context + "ويعيش الناس في الدول الـ 43 في سلام.", false),
            context + "ويعيش الناس في الدول الـ 43 في سلام.");
}

}  // namespace
}  // namespace mithaq::reader
