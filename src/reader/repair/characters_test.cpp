#include "reader/repair/characters.hpp"

#include <gtest/gtest.h>

#include "document/assemble.hpp"
#include "reader/repair/visual_order.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

std::string repaired(const std::string& raw) {
  static const Lexicon lexicon = Lexicon::load(test::data());
  const auto lines = find_lines(raw);
  auto edits = find_visual_order(raw, lines).edits;
  const auto more = find_foreign_characters(raw, lines, lexicon, edits);
  edits.insert(edits.end(), more.begin(), more.end());
  std::string text;
  for (const auto& paragraph : document::assemble(raw, lay_out(raw, lines), edits))
    text += (text.empty() ? "" : "\n") + paragraph.text;
  return text;
}

TEST(Characters, ReadForeignLettersInsideAnArabicWord) {
  EXPECT_EQ(repaired("في مدينة كוسوفו الكبرى."), "في مدينة كوسوفو الكبرى.");
  EXPECT_EQ(repaired("الكلمة العبرية שלום والروسية мир."), "الكلمة العبرية שלום والروسية мир.");
}

TEST(Characters, ReadPresentationForms) {
  EXPECT_EQ(repaired("ﻣﻨﻈﻤﺔ ﺍﻟﺴﻼﻡ ﺍﻟﺪﻭﻟﻴﺔ"), "منظمة السلام الدولية");
  EXPECT_EQ(repaired("﴿ محمد ﷺ ﴾"), "﴿ محمد ﷺ ﴾");
}

TEST(Characters, ReadPresentationFormsThatStandFromLeftToRight) {
  // A lam-alef is one sign: its two letters come out in order.
  EXPECT_EQ(repaired("ﺔﻴﻟﻭﺪﻟﺍ ﻡﻼﺴﻟﺍ ﺔﻤﻈﻨﻣ"), "منظمة السلام الدولية");
}

}  // namespace
}  // namespace mithaq::reader
