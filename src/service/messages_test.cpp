#include "service/messages.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "base/error.hpp"
#include "base/table.hpp"
#include "reader/reasons.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

class MessagesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ("messages-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  Messages messages_of(const std::string& rows, Language language = Language::arabic) {
    std::ofstream(folder_ / "messages.tsv") << "en\tar\tsource\n" << rows;
    return Messages::load(folder_, language);
  }
  std::filesystem::path folder_{};
};

TEST_F(MessagesTest, SaysWholeSentencesAndSentencesWithGaps) {
  const Messages messages = messages_of(
      "done\tتم\tx\n"
      "no file {}\tلا ملف باسم {}\tx\n"
      "{} of {} files\t{} من {} من الملفات\tx\n"
      "refused {}: {}\tرُفض {}: {}\tx\n");
  EXPECT_EQ(messages.say("done"), "تم");
  EXPECT_EQ(messages.say("no file a: b.txt"), "لا ملف باسم a: b.txt");
  EXPECT_EQ(messages.say("3 of 10 files"), "3 من 10 من الملفات");
  EXPECT_EQ(messages.say("refused x.pdf: done"), "رُفض x.pdf: تم") << "a filling may be a sentence too";
  EXPECT_EQ(messages.say("refused x.pdf: no file y"), "رُفض x.pdf: لا ملف باسم y");
  EXPECT_EQ(messages.say("something new"), "something new");
  EXPECT_EQ(messages.say(""), "");
}

TEST_F(MessagesTest, PrefersTheLineWithTheMostWordsOfItsOwn) {
  const Messages messages = messages_of(
      "the {} is too large: {}\tكبير {}: {}\tx\n"
      "the file is too large: at most {} MiB\tالملف كبير: أقصاه {}\tx\n");
  EXPECT_EQ(messages.say("the file is too large: at most 64 MiB"), "الملف كبير: أقصاه 64");
  EXPECT_EQ(messages.say("the PDF is too large: no"), "كبير PDF: no");
}

TEST_F(MessagesTest, LeavesEnglishAlone) {
  EXPECT_EQ(messages_of("done\tتم\tx\n", Language::english).say("done"), "done");
}

TEST_F(MessagesTest, SaysRussianWhereThereIsSomeAndEnglishElsewhere) {
  std::ofstream(folder_ / "messages.tsv")
      << "en\tar\tsource\tru\ndone\tتم\tx\tготово\nno file {}\tلا ملف باسم {}\tx\n";
  const Messages messages = Messages::load(folder_, Language::russian);
  EXPECT_EQ(messages.say("done"), "готово");
  EXPECT_EQ(messages.say("no file y"), "no file y");
}

TEST_F(MessagesTest, RefusesATranslationThatLosesAGap) {
  EXPECT_THROW(messages_of("no file {}\tلا ملف\tx\n"), Error);
}

TEST(Messages, TheTableOfTheProjectLoads) {
  const Messages messages = Messages::load(test::data(), Language::arabic);
  EXPECT_NE(messages.say("the record has no document \"X\"").find("«X»"), std::string::npos);
}

TEST(Messages, TheTableOfTheProjectLoadsInRussian) {
  const Messages messages = Messages::load(test::data(), Language::russian);
  EXPECT_EQ(messages.say("the record has no document \"X\""), "в реестре нет документа «X»");
  EXPECT_EQ(messages.say("refused a.txt: no file a.txt"), "отклонено a.txt: нет файла a.txt");
}

std::string filled(std::string sentence) {
  for (std::size_t at = 0; (at = sentence.find("{}", at)) != std::string::npos;)
    sentence.replace(at, 2, "17");
  return sentence;
}

// No line of the table is taken for another one.
TEST(Messages, EachLineIsSaidAsItself) {
  const Table table = Table::read(test::data() / "messages.tsv");
  for (const auto& [language, column] : {std::pair{Language::arabic, "ar"}, {Language::russian, "ru"}}) {
    const Messages messages = Messages::load(test::data(), language);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      const std::string translation(table.cell(row, column));
      if (translation.empty()) continue;
      EXPECT_EQ(messages.say(filled(std::string(table.cell(row, "en")))), filled(translation));
    }
  }
}

// A sentence of ours said in both languages: what fills its gaps stays.
void expect_said(const std::string& sentence) {
  static const Messages arabic = Messages::load(test::data(), Language::arabic);
  static const Messages russian = Messages::load(test::data(), Language::russian);
  EXPECT_NE(arabic.say(sentence), sentence);
  EXPECT_NE(russian.say(sentence), sentence);
}

TEST(Messages, EveryReasonOfTheReaderIsSaidInArabicAndRussian) {
  for (int why = 0; why <= static_cast<int>(reader::Why::last); ++why)
    expect_said(filled(std::string(sentence_of(static_cast<reader::Why>(why)))));
  const Table collocations = Table::read(test::data() / "languages" / "ar" / "collocations.tsv");
  for (std::size_t row = 0; row < collocations.row_count(); ++row)
    expect_said(std::string(collocations.cell(row, "note")));
}

// Each rule that the reader's source names, as in "spelling.dual", has a name for people.
TEST(Messages, EveryRuleOfTheReaderHasANameInArabicAndRussian) {
  const std::regex rule(
      R"re("((?:visual-order|characters|paragraphs|spelling|numbers|date|encoding|page|ocr)\.[a-z-]+)")re");
  std::size_t found = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(test::project() / "src" / "reader")) {
    if (file.path().extension() != ".cpp" || file.path().filename() == "reasons.cpp" ||
        file.path().stem().string().ends_with("_test"))
      continue;
    std::stringstream source;
    source << std::ifstream(file.path()).rdbuf();
    const std::string text = source.str();
    for (std::sregex_iterator each(text.begin(), text.end(), rule), end; each != end; ++each) {
      ++found;
      const std::string name = (*each)[1];
      EXPECT_NE(reader::name_of_rule(name), name) << file.path();
      expect_said(std::string(reader::name_of_rule(name)));
    }
  }
  EXPECT_GE(found, 28U);
}

// The programs that read PDFs and images say in English why they could not: the words of fail("kind",
// "words").
TEST(Messages, WhatTheProgramsForHostileFormatsSayIsSaidInArabicAndRussian) {
  const std::regex failure(R"re(fail\("\w+",\s*(?:whole \? )?"([^"]+)"(?: : "([^"]+)")?\))re");
  std::size_t found = 0;
  for (const auto* name : {"pdf_main.cpp", "ocr_main.cpp"}) {
    std::stringstream source;
    source << std::ifstream(test::project() / "src" / "extractors" / name).rdbuf();
    const std::string text = source.str();
    for (std::sregex_iterator each(text.begin(), text.end(), failure), end; each != end; ++each) {
      for (const std::size_t group : {1, 2}) {
        if ((*each)[group].length() == 0) continue;
        ++found;
        expect_said((*each)[group].str());
      }
    }
  }
  EXPECT_GE(found, 14U);
}

}  // namespace
}  // namespace mithaq::service
