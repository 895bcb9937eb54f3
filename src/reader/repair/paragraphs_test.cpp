#include "reader/repair/paragraphs.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "document/assemble.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

struct Repaired {
  std::vector<document::Block> blocks;
  ParagraphRepair repair;
  std::vector<document::Paragraph> paragraphs;
};

Repaired repaired(std::string_view raw) {
  Repaired result;
  result.blocks = lay_out(raw, find_lines(raw));
  result.repair = find_paragraph_damage(raw, result.blocks, false);
  result.paragraphs = document::assemble(raw, result.blocks, result.repair.edits);
  return result;
}

// Eight paragraphs on two pages of two columns; the converter wrote each left column before its right one.
constexpr std::string_view kColumns =
    "في البلدان المجاورة. ثم عاد إلى مقره.\n\n"
    "٤ - وفي الشهر التالي عقدت اللجنة جلستها الثالثة بشأن\n\n"
    "١ - اجتمعت اللجنة في مقر المنظمة وناقشت التقرير.\n\n"
    "٢ - وقررت اللجنة أن ترسل بعثة إلى المنطقة كلها.\n\n"
    "٣ - وسافر الفريق إلى المدن الكبرى وزار المخيمات\n\n"
    "للسنة المقبلة. واعتمدت الميزانية بتوافق الآراء.\n\n"
    "٨ - وشكر الرئيس جميع المشاركين في هذه الأعمال.\n\n"
    "مسألة الحدود. ولم تتخذ أي قرار في ذلك اليوم.\n\n"
    "٥ - وقدم الأمين العام تقريرا عن سير المفاوضات.\n\n"
    "٦ - وأعربت الوفود عن تقديرها لما بذل من جهود.\n\n"
    "٧ - وبحث المجلس بعد ذلك جدول الأعمال المؤقت\n";

TEST(Paragraphs, JoinsColumnsByThePrintedNumbers) {
  const Repaired result = repaired(kColumns);
  ASSERT_EQ(result.paragraphs.size(), 8u);
  for (std::size_t each = 0; each < 8; ++each)
    EXPECT_EQ(result.paragraphs[each].number, std::to_string(each + 1));
  EXPECT_NE(result.paragraphs[2].text.find("المخيمات في البلدان المجاورة"), std::string::npos);
  EXPECT_NE(result.paragraphs[3].text.find("بشأن مسألة الحدود"), std::string::npos);
  EXPECT_NE(result.paragraphs[6].text.find("المؤقت للسنة المقبلة"), std::string::npos);
}

TEST(Paragraphs, ReportsAMissingNumberAndAHalfWithoutItsRest) {
  std::string raw(kColumns);
  const std::size_t at = raw.find("٦ -");
  raw.erase(at, raw.find("٧ -") - at);
  std::vector<std::string> rules;
  for (const auto& doubt : repaired(raw).repair.doubts) rules.push_back(doubt.rule);
  EXPECT_NE(std::find(rules.begin(), rules.end(), "paragraphs.gap"), rules.end());
}

TEST(Paragraphs, DropsARepeatedParagraph) {
  std::string raw;
  for (int number = 1; number <= 9; ++number) {
    raw += std::to_string(number) + " - وقررت اللجنة أن تنظر في البند رقم " + std::to_string(number * 7) +
           " من جدول أعمالها في دورتها المقبلة.\n\n";
  }
  raw += "4 - وقررت اللجنة أن تنظر في البند رقم 28 من جدول أعمالها في دورتها المقبلة.\n";
  const Repaired result = repaired(raw);
  EXPECT_EQ(result.paragraphs.size(), 9u);
  ASSERT_EQ(result.repair.edits.size(), 1u);
  EXPECT_EQ(result.repair.edits[0].rule, "paragraphs.repetition");
}

TEST(Paragraphs, DropsARunningHeaderAndJoinsWhatItToreApart) {
  const std::string long_start =
      "وقد شارك في أعماله عدد كبير من الخبراء والمسؤولين من البلدان المطلة على البحيرات ومن المنظمات المعنية "
      "كلها، ";
  const std::string header = "المؤتمر السنوي حول الصيد في البحيرات الكبرى";
  const std::string raw = header + "\n\nملخص\n\nبدأ المؤتمر أعماله صباحا.\n\n" + long_start +
                          "وناقش دور المنظمات في\n\n" + header +
                          " 2\n\nحماية الثروة السمكية. وكان هناك اتفاق.\n\n" + long_start +
                          "ثم تحدث الوزير عن أهمية\n\nالمؤتمر السنوي حول الصيد\nفي البحيرات الكبرى 3\n\n" +
                          "التعاون بين الدول. ثم رفعت الجلسة.\n\n" + long_start +
                          "وفي المساء اجتمعوا من أجل\n\n" + header + " 4\n\nصياغة البيان الختامي.\n";
  const Repaired result = repaired(raw);
  std::string all;
  for (const auto& paragraph : result.paragraphs) all += paragraph.text + "\n";
  EXPECT_NE(all.find("دور المنظمات في حماية الثروة"), std::string::npos) << all;
  EXPECT_NE(all.find("عن أهمية التعاون بين"), std::string::npos) << all;
  EXPECT_NE(all.find("من أجل صياغة البيان"), std::string::npos) << all;
  EXPECT_EQ(result.paragraphs.size(), 6u) << all;  // the title stays once
}

TEST(Paragraphs, LeavesAListInsideAListAndARepeatedHeadingAlone) {
  std::string raw;
  for (int number = 1; number <= 12; ++number) {
    raw += std::to_string(number) + ". The Commission considered the item and took note of it.\n\n";
    if (number % 4 == 0) raw += "Voting\n\n";
  }
  EXPECT_TRUE(repaired(raw).repair.edits.empty());
  EXPECT_TRUE(
      repaired("1. First of all we meet here.\n\n2. Then we talk about it all.\n\n1. First of all we meet.\n")
          .repair.edits.empty());
}

// Numbered paragraphs of real sentences, set on pages of two columns and written left column first.
struct Pages {
  std::string raw;
  std::vector<std::string> wanted;
};

Pages set_in_columns(const std::vector<std::string>& sentences, const std::string& mark,
                     std::mt19937& random) {
  Pages pages;
  std::vector<std::string> words;
  std::size_t paragraphs = 24;
  std::vector<std::vector<std::string>> columns(1);
  std::size_t room = 150;
  for (std::size_t number = 1; number <= paragraphs; ++number) {
    std::string text = std::to_string(number) + mark;
    for (int each = 0; each < 3; ++each) text += sentences[random() % sentences.size()] + " ";
    text.pop_back();
    pages.wanted.push_back(text);
    std::istringstream stream(text);
    std::string word, part;
    while (stream >> word) {
      if (room == 0 && part.size() > 40) {
        columns.back().push_back(part);
        columns.emplace_back();
        part.clear();
        room = 120 + random() % 80;
      }
      part += (part.empty() ? "" : " ") + word;
      if (room > 0) --room;
    }
    columns.back().push_back(part);
  }
  for (std::size_t each = 0; each < columns.size(); each += 2) {
    for (const std::size_t column : {each + 1, each}) {
      if (column >= columns.size()) continue;
      for (const std::string& part : columns[column]) pages.raw += part + "\n\n";
    }
  }
  return pages;
}

TEST(Paragraphs, FindsTheOrderOfRealSentencesSetInColumns) {
  MITHAQ_NEEDS_SHARED();
  for (const std::string language : {"ar", "en", "fr", "ru"}) {
    std::ifstream file(test::shared() / ("documents/clean/unpc/UNv1.0.devset." + language));
    // Three sentences shorter than a column: a paragraph that fills a whole one is not put together.
    const std::size_t bytes_max = language == "ar" || language == "ru" ? 700 : 400;
    std::vector<std::string> sentences;
    for (std::string line; std::getline(file, line);) {
      if (line.ends_with('.') && line.size() > 150 && line.size() < bytes_max &&
          marker_of(line).kind == Marker::Kind::none) {
        sentences.push_back(line);
      }
    }
    ASSERT_GT(sentences.size(), 1000u);
    std::mt19937 random(7);
    std::size_t right = 0, all = 0;
    for (int round = 0; round < 50; ++round) {
      const Pages pages = set_in_columns(sentences, language == "ar" ? " - " : ". ", random);
      const Repaired result = repaired(pages.raw);
      for (std::size_t each = 0; each < pages.wanted.size(); ++each) {
        ++all;
        right += each < result.paragraphs.size() && result.paragraphs[each].text == pages.wanted[each];
      }
    }
    std::printf("%s: paragraphs exactly right and in their place: %zu of %zu\n", language.c_str(), right,
                all);
    EXPECT_GE(right * 100, all * 95) << language;
  }
}

}  // namespace
}  // namespace mithaq::reader
