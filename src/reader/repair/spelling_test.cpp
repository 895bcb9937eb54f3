#include "reader/repair/spelling.hpp"

#include <gtest/gtest.h>

#include "document/assemble.hpp"
#include "reader/repair/layout.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

const Lexicon& lexicon() {
  static const Lexicon loaded = Lexicon::load(test::data());
  return loaded;
}

// The text with its spelling repaired.
std::string repaired(const std::string& raw, bool damaged = true) {
  const auto blocks = lay_out(raw, find_lines(raw));
  const auto edits = find_spelling_damage(document::assemble(raw, blocks, {}), lexicon(), damaged);
  std::string text;
  for (const auto& paragraph : document::assemble(raw, blocks, edits))
    text += (text.empty() ? "" : "\n") + paragraph.text;
  return text;
}

TEST(Spelling, ChangesAnUnknownWordWithOneKnownNeighbour) {
  EXPECT_EQ(repaired("وعقدت اللجنة متتدى بعد منتدى الشباب."), "وعقدت اللجنة منتدى بعد منتدى الشباب.");
  EXPECT_EQ(repaired("تدعم اللجنة الديمقراطية وتعزز الديمقزاطية."),
            "تدعم اللجنة الديمقراطية وتعزز الديمقراطية.");
  EXPECT_EQ(repaired("زار الوفد جمهورية أوزيكستان."), "زار الوفد جمهورية أوزبكستان.");
}

TEST(Spelling, KeepsWhatOneLetterDoesNotConcern) {
  // Vowel signs, hamza and particles stay as they were written.
  EXPECT_EQ(repaired("تعزز الديمقزاطيّةَ وتدعم الديمقراطية."), "تعزز الديمقراطيّةَ وتدعم الديمقراطية.");
}

TEST(Spelling, LeavesWordsAloneThatMayBeWords) {
  for (const std::string text :
       {"تشترك الدول في إعارة الكتب.", "حضر السيد قيران والسفير الضبيعي.", "من أجل تشجيع الشبان على العمل.",
        "وتتواصل المناقشات حينما يلزم.", "العلاقات الأطول مدى."}) {
    EXPECT_EQ(repaired(text), text);
  }
}

TEST(Spelling, KnowsWordsThatAreWrongInTheirCompany) {
  EXPECT_EQ(repaired("تعمل اللجنة عن كذب مع المكتب."), "تعمل اللجنة عن كثب مع المكتب.");
  EXPECT_EQ(repaired("الأضرار التي نجحت عن الحرب."), "الأضرار التي نجمت عن الحرب.");
  EXPECT_EQ(repaired("تحدث عن كذب الشاهد."), "تحدث عن كذب الشاهد.");
}

TEST(Spelling, TakesOutAWordThatStandsTwice) {
  EXPECT_EQ(repaired("قررت الأمم المتحدة المتحدة ذلك."), "قررت الأمم المتحدة ذلك.");
  EXPECT_EQ(repaired("شيئا شيئا تتغير الأمور."), "شيئا شيئا تتغير الأمور.");
}

TEST(Spelling, ReadsTheDualWhereTheTextSpeaksOfTwo) {
  const std::string context = "اجتمعت المنظمتان. وقررت المنظمتان ذلك. وبين المنظمتين تعاون. ";
  EXPECT_EQ(repaired(context + "ولا تزال المنظمات تعملان معا."), context + "ولا تزال المنظمتان تعملان معا.");
  EXPECT_EQ(repaired(context + "والشراكة بين المنظمين قوية."), context + "والشراكة بين المنظمتين قوية.");
  EXPECT_EQ(repaired(context + "وتعمل المنظمات الأخرى معا."), context + "وتعمل المنظمات الأخرى معا.");
  EXPECT_EQ(repaired("والشراكة بين المنظمين قوية."), "والشراكة بين المنظمين قوية.");
}

TEST(Spelling, WritesTheAlefOfThePlural) {
  EXPECT_EQ(repaired("وهم لم يعملو معا."), "وهم لم يعملوا معا.");
}

TEST(Spelling, TurnsAnAcronymBackThatStandsOnceAgainstMany) {
  const std::string context =
      "تعمل UNDQ هنا. وتدعم UNDQ ذلك. وفي UNDQ خبراء. ومكتب UNDQ كبير. وقالت UNDQ ذلك. ";
  EXPECT_EQ(repaired(context + "وزارت UDNQ المدينة."), context + "وزارت UNDQ المدينة.");
}

TEST(Spelling, LooksAtNoLetterInAnUndamagedText) {
  EXPECT_EQ(repaired("وعقدت اللجنة متتدى في العاصمة.", false), "وعقدت اللجنة متتدى في العاصمة.");
}

}  // namespace
}  // namespace mithaq::reader
