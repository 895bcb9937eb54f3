// Repair as a whole: what must hold for every text.
#include "reader/repair/repair.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "base/utf8.hpp"
#include "document/assemble.hpp"
#include "reader/repair/layout.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

const Lexicon& lexicon() {
  static const Lexicon loaded = Lexicon::load(test::data());
  return loaded;
}

document::Document repaired(std::string raw) {
  document::Document document;
  document.raw = std::move(raw);
  repair(document, lexicon());
  return document;
}

std::string text_of(const document::Document& document) {
  std::string text;
  for (const auto& paragraph : document.paragraphs) text += paragraph.text + "\n\n";
  return text;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return valid_utf8(text.str());
}

constexpr std::string_view kDamaged =
    "تقرير الأمين العام عن التعاون بين المنظمات\n\n"
    "مسألة الحدود. ولم تتخذ أي قرار في ذلك اليوم.\n\n"
    "٥ - وقدم الأمين العام تقريرا عن سير المفاوضات.\n\n"
    "٦ - وأعربت الوفود عن تقديرها لما بذل من جهود.\n\n"
    "٧ - وشكرت الأمم المتحدة المتحدة جميع المشاركين.\n\n"
    "١ - اجتمعت اللجنة في مقر المنظمة وناقشت التقرير.\n\n"
    "٢ - وقررت اللجنة أن تعقد متتدى بعد منتدى الشباب.\n\n"
    "٣ - وسافر الفريق إلى المدن الكبرى وزار المخيمات.\n\n"
    "٤ - وفي الشهر التالي عقدت اللجنة جلستها الثالثة بشأن\n";

TEST(Repair, PutsADamagedTextRight) {
  const document::Document document = repaired(std::string(kDamaged));
  const std::string text = text_of(document);
  EXPECT_NE(text.find("بشأن مسألة الحدود"), std::string::npos) << text;
  EXPECT_NE(text.find("تعقد منتدى"), std::string::npos) << text;
  EXPECT_NE(text.find("وشكرت الأمم المتحدة جميع"), std::string::npos) << text;
  for (const document::Edit& edit : document.edits) {
    EXPECT_FALSE(edit.rule.empty());
    EXPECT_FALSE(edit.reason.empty());
    EXPECT_LE(edit.span.end, document.raw.size());
  }
}

TEST(Repair, OfARepairedTextChangesNothing) {
  const std::string once = text_of(repaired(std::string(kDamaged)));
  const document::Document twice = repaired(once);
  EXPECT_TRUE(twice.edits.empty()) << twice.edits.front().rule << ": " << twice.edits.front().before;
}

TEST(Repair, IsUndoneByLeavingTheEditsOut) {
  const document::Document document = repaired(std::string(kDamaged));
  ASSERT_FALSE(document.edits.empty());
  std::string lines;
  for (const auto& paragraph : document::assemble(document.raw, document.blocks, {}))
    lines += paragraph.text + "\n\n";
  lines.pop_back();
  EXPECT_EQ(lines, document.raw);
}

TEST(Repair, ReadsWhatAFormatLaidOut) {
  document::Document document;
  document.raw = "البحيرات  في  الصيد  حول  اتفاقا  الدولتان  وقعت ";
  document.blocks = {{{{0, document.raw.size()}}, document::ParagraphKind::heading, ""}};
  repair(document, lexicon());
  ASSERT_EQ(document.paragraphs.size(), 1u);
  EXPECT_EQ(document.paragraphs[0].text, "وقعت الدولتان اتفاقا حول الصيد في البحيرات");
  EXPECT_EQ(document.paragraphs[0].kind, document::ParagraphKind::heading);
}

TEST(Repair, SurvivesAnyBytes) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::string raw;
    const std::size_t size = random() % 400;
    static const std::string_view kPieces[] = {
        "ة",  "لا", "  ",   " ", "\n", "\n\n", "١ - ", "(",      "OSCE",  "،",   ".", "45/53-س", "ﻼ",  "ו",
        "ال", "في", "\xff", "#", "*",  "/",    "1999", "(1999)", "منظمة", "\\*", "٢", "-",       "\r", "\f"};
    while (raw.size() < size) raw += kPieces[random() % std::size(kPieces)];
    const document::Document document = repaired(valid_utf8(raw));
    for (const auto& paragraph : document.paragraphs) {
      EXPECT_EQ(find_invalid_utf8(paragraph.text), paragraph.text.size());
    }
  }
}

TEST(Repair, ChangesNothingInUndamagedDocuments) {
  MITHAQ_NEEDS_SHARED();
  std::size_t files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(test::shared() / "documents/clean")) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const document::Document document = repaired(read_file(entry.path()));
    for (const auto& edit : document.edits) {
      ADD_FAILURE() << entry.path().filename() << " " << edit.rule << ": " << edit.before << " -> "
                    << edit.after;
    }
    EXPECT_TRUE(document.doubts.empty()) << entry.path().filename();
  }
  EXPECT_GT(files, 900u);
}

// Every tenth line of a text whose words were not counted for data/, broken into lines of print, is written
// word by word from left to right.
TEST(Repair, FindsReversedLinesAmongSoundOnes) {
  MITHAQ_NEEDS_SHARED();
  std::istringstream stream(read_file(test::shared() / "documents/more/uqn_28686_uqn.txt"));
  std::vector<std::vector<std::string>> lines(1);
  for (std::string word; stream >> word;) {
    if (lines.back().size() == 12) lines.emplace_back();
    lines.back().push_back(word);
  }
  for (const bool wide : {true, false}) {
    std::string raw;
    std::vector<std::string> wanted;
    std::vector<bool> reversed;
    for (std::size_t each = 0; each < lines.size(); ++each) {
      const std::vector<std::string>& words = lines[each];
      std::string forward, backward;
      for (const std::string& word : words) {
        forward += (forward.empty() ? "" : " ") + word;
        backward = word + (backward.empty() ? "" : wide ? "  " : " ") + backward;
      }
      reversed.push_back(each % 10 == 5);
      raw += (reversed.back() ? backward : forward) + "\n";
      wanted.push_back(forward);
    }
    const std::vector<Line> found_lines = find_lines(raw);
    const document::Document document = repaired(raw);
    std::vector<std::string> texts;
    for (const Line& line : found_lines) texts.push_back(std::string(slice(raw, line.span)));
    for (const auto& edit : document.edits) {
      if (edit.kind != document::EditKind::permute) continue;
      for (std::size_t each = 0; each < found_lines.size(); ++each) {
        if (found_lines[each].span == edit.span) texts[each] = edit.after;
      }
    }
    std::size_t right = 0, all = 0, harmed = 0;
    for (std::size_t each = 0; each < wanted.size(); ++each) {
      if (reversed[each]) {
        ++all;
        right += texts[each] == wanted[each];
      } else {
        harmed += texts[each] != wanted[each];
      }
    }
    std::printf("reversed lines %s: %zu of %zu put right, %zu sound lines changed\n",
                wide ? "with wide gaps" : "with single blanks", right, all, harmed);
    EXPECT_EQ(harmed, 0u);
    EXPECT_GE(right * 100, all * (wide ? 95 : 35));
  }
}

}  // namespace
}  // namespace mithaq::reader
